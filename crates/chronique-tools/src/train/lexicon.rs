//! Building of the model's lexicon from treebanks and the Lefff.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::ensure;
use chronique_syntax::training::{
    Contraction, LONGEST_ENDING, Lexical, bucket_and_print, ending_key, hash_bytes,
};
use chronique_syntax::{Morph, Upos, VerbForm};

use super::conllu::GoldSentence;
use super::lefff::LefffEntry;

/// How often a form must have one tag, and no other more than once in five hundred, to be certain.
const CERTAIN: u32 = 25;

/// How often a morphology must be seen with a tag for unknown words to have it.
const OPEN: u32 = 4;

type Reading = (Upos, Morph, u16);

#[derive(Default)]
struct Form {
    class: u32,
    readings: Vec<Reading>,
    tags: BTreeMap<Upos, u32>,
}

/// Gives each distinct value a number, in order of arrival.
struct Numbers<T> {
    list: Vec<T>,
    index: HashMap<T, u16>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbers<T> {
    fn new() -> Numbers<T> {
        Numbers { list: Vec::new(), index: HashMap::new() }
    }

    fn of(&mut self, value: T) -> u16 {
        *self.index.entry(value).or_insert_with_key(|value| {
            self.list.push(value.clone());
            u16::try_from(self.list.len() - 1).expect("at most 65536 distinct values")
        })
    }
}

/// What a rule drops from the end of a normal form, and what it puts there.
type Rule = (u8, String);

fn rule(normal: &str, lemma: &str) -> Rule {
    let common = normal.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    let drop = normal.chars().count() - common;
    match u8::try_from(drop) {
        Ok(drop) if common > 0 && drop < u8::MAX => (drop, lemma.chars().skip(common).collect()),
        _ => (u8::MAX, lemma.to_owned()),
    }
}

/// The bit of a tag in a dictionary class; verbs are told apart by their form.
fn class_bits(upos: Upos, morphs: &[Morph]) -> u32 {
    if upos != Upos::Verb {
        return 1 << upos as u32;
    }
    morphs.iter().fold(0, |bits, morph| {
        bits | match (morph.verb_form(), morph.tense()) {
            (Some(VerbForm::Inf), _) => 1 << 17,
            (Some(VerbForm::Part), Some(chronique_syntax::Tense::Past)) => 1 << 18,
            (Some(VerbForm::Part), _) => 1 << 19,
            _ => 1 << upos as u32,
        }
    })
}

/// Treebanks and the weight of their readings.
pub(super) struct Source<'a> {
    pub(super) sentences: &'a [GoldSentence],
    /// 0: its readings do not follow the others.
    pub(super) weight: u32,
}

/// Writes the lexicon.
pub(super) fn write(
    sources: &[Source<'_>],
    lefff: &[LefffEntry],
    contractions: &[Contraction],
    out: &mut Vec<u8>,
) -> anyhow::Result<()> {
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    let mut rules = Numbers::new();
    rules.of((0, String::new()));
    let mut counts: BTreeMap<(String, Upos, Morph, String), u32> = BTreeMap::new();
    let mut open: BTreeMap<(Upos, Morph), u32> = BTreeMap::new();
    let mut normal = String::new();
    for source in sources {
        for sentence in source.sentences {
            for word in sentence.words.iter().filter(|_| source.weight > 0) {
                Lexical::new(&word.form, &mut normal);
                let key = (normal.clone(), word.upos, word.morph, word.lemma.clone());
                *counts.entry(key).or_default() += source.weight;
                *open.entry((word.upos, word.morph)).or_default() += 1;
            }
            for (at, token) in sentence.tokens.iter().enumerate() {
                let hash = Lexical::new(&token.form, &mut normal).form;
                let end = sentence.tokens.get(at + 1).map_or(sentence.words.len(), |next| next.word);
                let contracted = contractions.iter().any(|contraction| contraction.form == hash);
                let upos = match sentence.words[token.word].upos {
                    Upos::Adp if contracted && end - token.word == 1 => Upos::Det,
                    upos => upos,
                };
                *forms.entry(normal.clone()).or_default().tags.entry(upos).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut examples: Vec<(String, Upos, u16)> = Vec::new();
    for ((form, upos, morph, lemma), _) in ranked {
        let number = if keeps_form(upos) { 0 } else { rules.of(rule(&form, &lemma)) };
        let readings = &mut forms.entry(form.clone()).or_default().readings;
        if !readings.iter().any(|reading| (reading.0, reading.1) == (upos, morph)) {
            readings.push((upos, morph, number));
            examples.push((form, upos, number));
        }
    }
    // *mali*, *rabat* and *soudan* are rare nouns, and names: where no treebank has the noun, the tagger
    // is told of the name alone.
    let names: HashSet<&str> =
        lefff.iter().filter(|entry| entry.upos == Upos::Propn).map(|entry| entry.form.as_str()).collect();
    for entry in lefff {
        let form = forms.entry(entry.form.clone()).or_default();
        let common = matches!(entry.upos, Upos::Noun | Upos::Adj | Upos::Verb);
        let shadowed = common
            && names.contains(entry.form.as_str())
            && form.tags.keys().all(|&tag| matches!(tag, Upos::Propn | Upos::X));
        if !shadowed {
            form.class |= class_bits(entry.upos, &entry.morphs);
        }
        if entry.open {
            let number = rules.of(rule(&entry.form, &entry.lemma));
            for &morph in &entry.morphs {
                if !form.readings.iter().any(|reading| (reading.0, reading.1) == (entry.upos, morph)) {
                    form.readings.push((entry.upos, morph, number));
                }
            }
            examples.push((entry.form.clone(), entry.upos, number));
        }
    }

    let mut morphs = Numbers::new();
    let mut open: Vec<_> = open.into_iter().filter(|(_, count)| *count >= OPEN).collect();
    open.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut body = Vec::new();
    for &upos in Upos::ALL {
        let ids: Vec<u16> = open
            .iter()
            .filter(|((tag, _), _)| *tag == upos)
            .map(|((_, morph), _)| morphs.of(morph.packed()))
            .collect();
        body.push(u8::try_from(ids.len().min(255))?);
        body.extend(ids.iter().take(255).flat_map(|id| id.to_le_bytes()));
    }
    let mut sets = Numbers::new();
    let mut entries = Vec::new();
    for (form, Form { class, readings, tags }) in &forms {
        let total: u32 = tags.values().sum();
        let certain = tags.iter().find(|&(_, &count)| total >= CERTAIN && (total - count) * 500 <= total);
        let mut set = Vec::from(class.to_le_bytes());
        set.push(certain.map_or(u8::MAX, |(&upos, _)| upos as u8));
        set.push(u8::try_from(readings.len())?);
        for &(upos, morph, rule) in readings {
            set.push(upos as u8);
            set.extend(morphs.of(morph.packed()).to_le_bytes());
            set.extend(rule.to_le_bytes());
        }
        entries.push((hash_bytes(form.as_bytes()), sets.of(set)));
    }
    let endings = endings(&examples);

    out.extend(u32::try_from(morphs.list.len())?.to_le_bytes());
    out.extend(morphs.list.iter().flat_map(|morph| morph.to_le_bytes()));
    out.extend(body);
    out.extend(u32::try_from(rules.list.len())?.to_le_bytes());
    for (drop, ending) in &rules.list {
        out.extend([*drop, u8::try_from(ending.len())?]);
        out.extend(ending.as_bytes());
    }
    out.extend(u32::try_from(sets.list.len())?.to_le_bytes());
    out.extend(sets.list.iter().flatten());
    write_fingerprints(&entries, 16, out)?;
    write_fingerprints(&endings, 14, out)
}

/// Whether the lemma of such a word is the word as it stands.
fn keeps_form(upos: Upos) -> bool {
    matches!(upos, Upos::Propn | Upos::X | Upos::Punct | Upos::Sym)
}

/// The endings that choose a lemma rule for unknown words: each where a shorter one would choose wrongly.
fn endings(examples: &[(String, Upos, u16)]) -> Vec<(u64, u16)> {
    let open = |upos| matches!(upos, Upos::Noun | Upos::Adj | Upos::Verb | Upos::Adv);
    let mut counts: BTreeMap<(Upos, &str), BTreeMap<u16, u32>> = BTreeMap::new();
    for (form, upos, rule) in examples.iter().filter(|example| open(example.1)) {
        for (at, _) in form.char_indices().rev().take(LONGEST_ENDING) {
            *counts.entry((*upos, &form[at..])).or_default().entry(*rule).or_default() += 1;
        }
    }
    // Shorter endings first, so that what they choose is known.
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|((_, ending), _)| ending.chars().count());
    let mut chosen: HashMap<(Upos, &str), u16> = HashMap::new();
    let mut kept = Vec::new();
    for ((upos, ending), rules) in all {
        let (&rule, &count) =
            rules.iter().max_by_key(|&(rule, count)| (*count, std::cmp::Reverse(*rule))).expect("counted");
        let shorter = ending.char_indices().skip(1).find_map(|(at, _)| chosen.get(&(upos, &ending[at..])));
        let would = shorter.and_then(|rule| rules.get(rule)).copied().unwrap_or(0);
        if shorter != Some(&rule) && count >= would + 4 {
            chosen.insert((upos, ending), rule);
            kept.push((ending_key(upos, ending), rule));
        }
    }
    kept
}

/// Writes a map of hashed keys.
fn write_fingerprints(entries: &[(u64, u16)], bits: u32, out: &mut Vec<u8>) -> anyhow::Result<()> {
    let mut buckets: Vec<BTreeMap<[u8; 3], u16>> = vec![BTreeMap::new(); 1 << bits];
    for &(hash, value) in entries {
        let (bucket, print) = bucket_and_print(hash, bits);
        buckets[bucket].entry(print).or_insert(value);
    }
    out.extend(bits.to_le_bytes());
    for bucket in &buckets {
        ensure!(bucket.len() < 256, "a bucket of the word table overflows: raise its number of bits");
        out.push(bucket.len() as u8);
    }
    for (print, value) in buckets.iter().flatten() {
        out.extend(print);
        out.extend(value.to_le_bytes());
    }
    Ok(())
}
