//! Sentences made from those of treebanks, for what news has and treebanks lack: capitals, headlines without
//! a stop, and inserted clauses of speech.

use chronique_syntax::{Deprel, Morph, Number, Upos, VerbForm};

use super::conllu::{GoldSentence, GoldToken, GoldWord};

/// The verbs of inserted clauses.
const INSERTIONS: &str = include_str!("../../data/insertions.tsv");

/// Longest subject of an inserted clause, in words.
const LONGEST: usize = 9;

/// A verb of inserted clauses: lemma, participle, present singular and plural.
struct Verb<'a>([&'a str; 4]);

/// Made sentences, each with the number of the one that it was made from.
pub(super) fn all<'a>(
    sentences: impl Iterator<Item = (usize, &'a GoldSentence)> + Clone,
) -> Vec<(usize, GoldSentence)> {
    let verbs: Vec<Verb<'_>> = INSERTIONS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| <[&str; 4]>::try_from(line.split('\t').collect::<Vec<_>>()).ok().map(Verb))
        .collect();
    let subjects: Vec<(&GoldSentence, usize, std::ops::Range<usize>)> =
        sentences.clone().flat_map(|(_, sentence)| subjects(sentence)).collect();
    let mut made = Vec::new();
    let mut count = 0;
    for (at, sentence) in sentences {
        match at % 8 {
            0 => made.push((at, capitals(sentence))),
            4 => made.extend(without_stop(sentence).map(|copy| (at, copy))),
            1 | 2 | 5 | 6 => {
                let Some(mut copy) = without_stop(sentence).filter(takes_insertion) else {
                    continue;
                };
                let verb = &verbs[count % verbs.len()];
                // The steps are prime to one another, so that verbs and subjects meet in ever new pairs.
                let (from, head, range) = &subjects[(count * 97) % subjects.len()];
                insert(&mut copy, count, verb, from, *head, range.clone());
                made.push((at, copy));
                count += 1;
            }
            _ => {}
        }
    }
    made
}

/// A copy in capitals.
fn capitals(sentence: &GoldSentence) -> GoldSentence {
    let mut copy = sentence.clone();
    copy.words.iter_mut().for_each(|word| word.form = word.form.to_uppercase());
    copy.tokens.iter_mut().for_each(|token| token.form = token.form.to_uppercase());
    copy
}

/// A copy without the stop at its end.
fn without_stop(sentence: &GoldSentence) -> Option<GoldSentence> {
    let mut copy = sentence.clone();
    let stop = copy.words.pop().filter(|stop| stop.form == "." && copy.words.len() > 2)?;
    copy.tokens.pop();
    let (old, new) = (copy.words.len() as u32 + 1, copy.words.len() as u32);
    if stop.head >= new || copy.words.iter().any(|word| word.head == new) {
        return None;
    }
    copy.words.iter_mut().filter(|word| word.head == old).for_each(|word| word.head = new);
    Some(copy)
}

/// Whether a clause of speech can follow: a full sentence that has none.
fn takes_insertion(sentence: &GoldSentence) -> bool {
    let finite = |word: &GoldWord| word.morph.verb_form() == Some(VerbForm::Fin);
    sentence.words.iter().any(finite)
        && (5..=40).contains(&sentence.words.len())
        && sentence
            .words
            .iter()
            .all(|word| word.deprel != Deprel::ParataxisInsert && !matches!(&*word.form, "«" | "»" | "\""))
}

/// The nominal subjects that can be moved: the head, and the words that depend on it.
fn subjects(sentence: &GoldSentence) -> Vec<(&GoldSentence, usize, std::ops::Range<usize>)> {
    let words = &sentence.words;
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.deprel != Deprel::Nsubj || !matches!(word.upos, Upos::Noun | Upos::Propn) {
            continue;
        }
        let within = |mut other: usize| {
            while other < words.len() && other != at {
                other = words[other].head as usize;
            }
            other == at
        };
        let members: Vec<usize> = (0..words.len()).filter(|&other| within(other)).collect();
        let range = members[0]..members[members.len() - 1] + 1;
        let plain = members.iter().all(|&member| {
            let word = &words[member];
            !matches!(word.upos, Upos::Punct | Upos::Verb | Upos::Aux | Upos::Pron | Upos::X)
        });
        let determined = word.upos == Upos::Propn || words[range.start].upos == Upos::Det;
        let whole = |at: usize| at == words.len() || sentence.tokens.iter().any(|token| token.word == at);
        if plain
            && determined
            && members.len() == range.len()
            && range.len() <= LONGEST
            && whole(range.start)
            && whole(range.end)
        {
            found.push((sentence, at, range));
        }
    }
    found
}

/// Adds a clause of speech and a stop: `« …, a déclaré le maire.`, in the shapes that news has.
fn insert(
    copy: &mut GoldSentence,
    number: usize,
    verb: &Verb<'_>,
    from: &GoldSentence,
    head: usize,
    range: std::ops::Range<usize>,
) {
    const PARTICIPLE: &str = "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part";
    let Verb([lemma, participle, singular, plural]) = *verb;
    let root =
        copy.words.iter().position(|word| word.deprel == Deprel::Root).expect("a sentence has a root") as u32;
    let mut build = Builder { root, sentence: copy };
    // A quotation, its end, or words without marks; a comma unless the mark divides well enough.
    let comma = match number % 4 {
        0 => {
            build.quote(true);
            true
        }
        1 => true,
        2 => {
            build.quote(true);
            false
        }
        _ => {
            build.quote(false);
            number % 8 == 3
        }
    };
    let said = build.root;
    let comma = comma.then(|| build.word(",", ",", Upos::Punct, "_", 0, Deprel::Punct));
    let finite = |number: &str| format!("Mood=Ind|Number={number}|Person=3|Tense=Pres|VerbForm=Fin");
    let many = from.words[head].morph.number() == Some(Number::Plur);
    let shape = number / 4 % 5;
    let verb = match shape {
        0 => {
            let (form, number) = if many { (plural, "Plur") } else { (singular, "Sing") };
            build.word(form, lemma, Upos::Verb, &finite(number), said, Deprel::ParataxisInsert)
        }
        1 => {
            let (clitic, clitic_lemma, feats) = [
                ("-t-il", "lui", "Emph=No|Gender=Masc|Number=Sing|Person=3|PronType=Prs"),
                ("-t-elle", "lui", "Emph=No|Gender=Fem|Number=Sing|Person=3|PronType=Prs"),
                ("-t-on", "on", "Number=Sing|Person=3|PronType=Ind"),
            ][number / 20 % 3];
            let first = build.len();
            build.word("a", "avoir", Upos::Aux, &finite("Sing"), first + 2, Deprel::AuxTense);
            build.word(clitic, clitic_lemma, Upos::Pron, feats, first + 2, Deprel::Nsubj);
            build.word(participle, lemma, Upos::Verb, PARTICIPLE, said, Deprel::ParataxisInsert)
        }
        _ => {
            let first = build.len();
            let (form, number) = if many { ("ont", "Plur") } else { ("a", "Sing") };
            build.word(form, "avoir", Upos::Aux, &finite(number), first + 1, Deprel::AuxTense);
            build.word(participle, lemma, Upos::Verb, PARTICIPLE, said, Deprel::ParataxisInsert)
        }
    };
    if let Some(comma) = comma {
        build.sentence.words[comma as usize].head = verb;
    }
    if shape != 1 {
        build.phrase(from, head, range, verb);
    } else if number / 20 % 3 == 2 {
        let first = build.len();
        build.word("de", "de", Upos::Adp, "_", first + 1, Deprel::Case);
        build.word("source", "source", Upos::Noun, "Gender=Fem|Number=Sing", verb, Deprel::OblArg);
        let kind = ["militaire", "proche", "diplomatique", "judiciaire"][number / 60 % 4];
        build.word(kind, kind, Upos::Adj, "Number=Sing", first + 1, Deprel::Amod);
    }
    if number.is_multiple_of(3) {
        let day = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"][number / 3 % 7];
        build.word(day, day, Upos::Noun, "Gender=Masc|Number=Sing", verb, Deprel::OblMod);
    }
    build.word(".", ".", Upos::Punct, "_", said, Deprel::Punct);
    build.close();
}

/// A sentence under construction, whose root stays where it is.
struct Builder<'a> {
    root: u32,
    sentence: &'a mut GoldSentence,
}

impl Builder<'_> {
    /// Adds a word that is a token.
    fn word(&mut self, form: &str, lemma: &str, upos: Upos, feats: &str, head: u32, deprel: Deprel) -> u32 {
        let at = self.sentence.words.len();
        self.sentence.tokens.push(GoldToken { form: form.into(), word: at });
        let morph: Morph = feats.parse().expect("the features are those of the tagset");
        self.sentence.words.push(GoldWord {
            form: form.into(),
            lemma: lemma.into(),
            upos,
            morph,
            head,
            deprel,
        });
        at as u32
    }

    /// The number of the next word.
    fn len(&self) -> u32 {
        self.sentence.words.len() as u32
    }

    /// Puts quotation marks around the sentence so far, or only after it: the quotation began earlier.
    fn quote(&mut self, opens: bool) {
        if opens {
            self.open();
        }
        self.word("»", "»", Upos::Punct, "_", self.root, Deprel::Punct);
    }

    /// Puts a quotation mark before the sentence.
    fn open(&mut self) {
        self.word("«", "«", Upos::Punct, "_", self.root, Deprel::Punct);
        let GoldSentence { words, tokens, .. } = &mut *self.sentence;
        let len = words.len() as u32;
        words.rotate_right(1);
        tokens.rotate_right(1);
        tokens.iter_mut().for_each(|token| token.word += 1);
        tokens[0].word = 0;
        // The root's head was the number of words before the mark came.
        words
            .iter_mut()
            .for_each(|word| word.head = if word.head + 1 >= len { u32::MAX } else { word.head + 1 });
        self.root += 1;
    }

    /// Adds a subject of another sentence.
    fn phrase(&mut self, from: &GoldSentence, head: usize, range: std::ops::Range<usize>, verb: u32) {
        let shift = |at: usize, offset: usize| (at - range.start + offset) as u32;
        let offset = self.sentence.words.len();
        for (at, word) in from.words.iter().enumerate().take(range.end).skip(range.start) {
            let (to, deprel) = if at == head {
                (verb, Deprel::Nsubj)
            } else {
                (shift(word.head as usize, offset), word.deprel)
            };
            // A capital at the start of its sentence would be out of place here.
            let lower = at == range.start && word.upos == Upos::Det;
            let form = if lower { word.form.to_lowercase() } else { word.form.clone() };
            self.sentence.words.push(GoldWord { form, head: to, deprel, ..word.clone() });
        }
        for token in from.tokens.iter().filter(|token| range.contains(&token.word)) {
            let lower = token.word == range.start && from.words[range.start].upos == Upos::Det;
            let form = if lower { token.form.to_lowercase() } else { token.form.clone() };
            self.sentence.tokens.push(GoldToken { form, word: shift(token.word, offset) as usize });
        }
    }

    /// Hangs the root from the end of the sentence.
    fn close(self) {
        let len = self.sentence.words.len() as u32;
        self.sentence.words[self.root as usize].head = len;
        assert!(self.sentence.words.iter().all(|word| word.head <= len), "every head is a word or the root");
    }
}
