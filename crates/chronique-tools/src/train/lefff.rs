//! Reading of the Lefff, a morphological lexicon of French, into Universal Dependencies.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context as _;
use chronique_syntax::training::Lexical;
use chronique_syntax::{Morph, Upos};

use super::conllu::read_gz;

/// A line of the Lefff.
#[derive(Clone, Debug)]
pub(super) struct LefffEntry {
    /// Normal form.
    pub(super) form: String,
    pub(super) upos: Upos,
    pub(super) lemma: String,
    pub(super) morphs: Vec<Morph>,
    /// Whether lemma and morphology follow the treebanks: those of closed classes do not.
    pub(super) open: bool,
}

fn upos(category: &str) -> Option<Upos> {
    Some(match category {
        "v" => Upos::Verb,
        "nc" => Upos::Noun,
        "adj" => Upos::Adj,
        "np" => Upos::Propn,
        "adv" | "advneg" | "advPref" | "clneg" => Upos::Adv,
        "prep" => Upos::Adp,
        "csu" | "que" | "que_restr" => Upos::Sconj,
        "det" => Upos::Det,
        "pro" | "cln" | "cla" | "cld" | "clr" | "prel" | "pri" | "cll" | "clg" | "clar" | "cldr" | "ce"
        | "ilimp" | "caimp" => Upos::Pron,
        "pres" => Upos::Intj,
        "coo" => Upos::Cconj,
        "auxAvoir" | "auxEtre" => Upos::Aux,
        _ => return None,
    })
}

/// The entries of the Lefff whose forms are one token.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<LefffEntry>> {
    let text = read_gz(path)?;
    let rows = || {
        text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>())
    };
    // A participle used as adjective has the verb as lemma there, and its own masculine here.
    let mut masculine = HashMap::new();
    for row in rows() {
        if let &[form, "adj", lemma, "Kms"] = row.as_slice() {
            masculine.entry(lemma.to_owned()).or_insert_with(|| form.to_owned());
        }
    }
    let mut normal = String::new();
    let mut all = Vec::new();
    for (number, row) in (1..).zip(rows()) {
        let &[form, category, lemma, features] = row.as_slice() else { continue };
        let Some(upos) = upos(category) else { continue };
        if form.is_empty() || form.contains([' ', '_']) || is_rare(category, features) {
            continue;
        }
        Lexical::new(form, &mut normal);
        let participle = category == "adj" && features.starts_with('K');
        let lemma = if participle { masculine.get(lemma).map_or(lemma, String::as_str) } else { lemma };
        let morphs = morphologies(category, features)
            .with_context(|| format!("{}:{number}: cannot read “{features}”", path.display()))?;
        let open =
            matches!(category, "v" | "nc" | "adj" | "adv" | "prep" | "csu" | "coo" | "auxAvoir" | "auxEtre");
        all.push(LefffEntry { form: normal.clone(), upos, lemma: lemma.into(), morphs, open });
    }
    Ok(all)
}

/// Forms that no news text has: the imperfect subjunctive and the simple past of the first two persons.
fn is_rare(category: &str, features: &str) -> bool {
    category == "v"
        && matches!(features, "T1s" | "T1p" | "T2s" | "T2p" | "ST2s" | "J1s" | "J1p" | "J2s" | "J2p" | "J12s")
}

/// The morphologies of a line: `P13s` is two, and a participle may be passive.
fn morphologies(category: &str, features: &str) -> Option<Vec<Morph>> {
    let features = features.split('_').next().unwrap_or_default();
    let base = |code: &str| {
        let mut morph = Morph::default();
        for c in code.chars() {
            let (name, value) = match c {
                'm' => ("Gender", "Masc"),
                'f' => ("Gender", "Fem"),
                's' => ("Number", "Sing"),
                'p' => ("Number", "Plur"),
                '1'..='3' => ("Person", ["1", "2", "3"][c as usize - '1' as usize]),
                _ => continue,
            };
            morph.set_feature(name, value);
        }
        morph
    };
    if !matches!(category, "v" | "auxAvoir" | "auxEtre" | "adj")
        || !features.starts_with(|c: char| c.is_uppercase())
    {
        let closed = matches!(category, "adv" | "prep" | "csu" | "coo");
        return Some(vec![if closed { Morph::default() } else { base(features) }]);
    }
    let mut morphs = Vec::new();
    let rest = features.trim_start_matches(char::is_uppercase);
    let mut set = |morph: &Morph, pairs: &[(&str, &str)]| {
        let mut morph = *morph;
        for (name, value) in pairs {
            morph.set_feature(name, value);
        }
        if !morphs.contains(&morph) {
            morphs.push(morph);
        }
    };
    for tense in features.chars().take_while(|c| c.is_uppercase()) {
        match tense {
            'W' => set(&Morph::default(), &[("VerbForm", "Inf")]),
            'G' => set(&Morph::default(), &[("Tense", "Pres"), ("VerbForm", "Part")]),
            'K' if category == "adj" => set(&base(rest), &[]),
            'K' => {
                let past = [("Tense", "Past"), ("VerbForm", "Part"), ("Voice", "Pass")];
                if category == "v" {
                    set(&base(rest), &past[..2]);
                    set(&base(rest), &past);
                } else {
                    set(&Morph::default(), &past[..2]);
                }
            }
            _ => {
                let (mood, tense) = match tense {
                    'P' => ("Ind", "Pres"),
                    'F' => ("Ind", "Fut"),
                    'I' => ("Ind", "Imp"),
                    'J' => ("Ind", "Past"),
                    'C' => ("Cnd", "Pres"),
                    'Y' => ("Imp", "Pres"),
                    'S' => ("Sub", "Pres"),
                    'T' => ("Sub", "Past"),
                    _ => return None,
                };
                let number: String = rest.chars().filter(|c| !c.is_ascii_digit()).collect();
                let persons: Vec<char> = rest.chars().filter(char::is_ascii_digit).collect();
                for person in persons {
                    let finite = base(&format!("{number}{person}"));
                    set(&finite, &[("Mood", mood), ("Tense", tense), ("VerbForm", "Fin")]);
                }
            }
        }
    }
    Some(morphs)
}
