//! The working memory for one sentence, reused from one to the next.

use crate::contraction::Contraction;
use crate::hash::hash_bytes;
use crate::lexical::{Lexical, mark_position};
use crate::lexicon::Lexicon;
use crate::parser::Node;
use crate::tagger::Seen;
use crate::word_class::WordClasses;
use crate::{Morph, Upos};

/// What is known of a sentence before and after tagging: its tokens, then its words.
#[derive(Clone, Default, Debug)]
pub struct Sentence {
    /// Its tokens.
    pub seen: Vec<Seen>,
    /// The readings of each token in the lexicon.
    pub readings: Vec<Option<u16>>,
    /// The tag of each token; that of a contraction is that of its first word.
    pub tags: Vec<Upos>,
    /// The morphology of each token.
    pub morphs: Vec<Morph>,
    normals: String,
    /// End of each token's normal form in `normals`.
    ends: Vec<usize>,
    normal: String,
    classes: WordClasses,
    /// Token, part and lemma of each word.
    pub words: Vec<(u32, Option<&'static str>)>,
    /// The words as the parser sees them.
    pub nodes: Vec<Node>,
    /// Tags and morphologies of the words.
    pub word_tags: Vec<(Upos, Morph)>,
    pub(crate) lemmas: String,
    pub(crate) lemma_ends: Vec<usize>,
}

impl Sentence {
    /// Reads the spelling of the tokens and looks them up.
    pub fn begin<'t>(&mut self, forms: impl Iterator<Item = &'t str>, lexicon: &Lexicon, image: &[u8]) {
        self.seen.clear();
        self.readings.clear();
        self.normals.clear();
        self.ends.clear();
        for form in forms {
            let lexical = Lexical::new(form, &mut self.normal);
            self.normals.push_str(&self.normal);
            self.ends.push(self.normals.len());
            let readings = lexicon.find(image, lexical.form);
            self.seen.push(Seen { lexical, class: lexicon.class(readings) });
            self.readings.push(readings);
        }
        self.mark();
    }

    fn mark(&mut self) {
        // The marks need the spelling alone; `Seen` keeps it beside the dictionary's tags.
        let mut spellings: Vec<Lexical> = self.seen.iter().map(|seen| seen.lexical).collect();
        mark_position(&mut spellings);
        for (seen, lexical) in self.seen.iter_mut().zip(spellings) {
            seen.lexical = lexical;
        }
    }

    /// The lemma of a word.
    #[must_use]
    pub fn lemma(&self, word: usize) -> &str {
        let start = word.checked_sub(1).map_or(0, |before| self.lemma_ends[before]);
        &self.lemmas[start..self.lemma_ends[word]]
    }

    /// Makes the words of the tagged tokens: lemmas, and what the parser sees.
    pub fn split<'t>(
        &mut self,
        forms: impl Iterator<Item = &'t str>,
        contractions: &[Contraction],
        lexicon: &Lexicon,
        image: &[u8],
    ) {
        self.words.clear();
        self.nodes.clear();
        self.word_tags.clear();
        self.lemmas.clear();
        self.lemma_ends.clear();
        let mut counts = [0u32; 3];
        for (token, form) in forms.enumerate() {
            let lexical = self.seen[token].lexical;
            let number = u32::try_from(token).expect("a text has at most u32::MAX tokens");
            let (upos, morph) = (self.tags[token], self.morphs[token]);
            let split =
                contractions.iter().find(|&c| c.form == lexical.form && (upos == Upos::Adp || !c.article));
            if let Some(contraction) = split {
                for ((part, hash), upos) in
                    contraction.parts.iter().zip(contraction.hashes).zip(contraction.upos)
                {
                    let readings = lexicon.find(image, hash);
                    let reading = lexicon.analyses(readings).iter().find(|reading| reading.upos == upos);
                    let morph = reading.map_or_else(Morph::default, |reading| reading.morph);
                    let start = self.lemmas.len();
                    match reading {
                        Some(reading) => lexicon.apply(reading.rule, part, &mut self.lemmas),
                        None => self.lemmas.push_str(part),
                    }
                    self.push(number, Some(part), hash, upos, morph, start, &mut counts);
                }
            } else {
                let start = self.lemmas.len();
                self.lemmatize(token, form, lexicon, image);
                self.push(number, None, lexical.form, upos, morph, start, &mut counts);
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn push(
        &mut self,
        token: u32,
        part: Option<&'static str>,
        form: u64,
        upos: Upos,
        morph: Morph,
        lemma_start: usize,
        counts: &mut [u32; 3],
    ) {
        let lemma = &self.lemmas[lemma_start..];
        let kind = match (upos, lemma) {
            (Upos::Punct, ",") => Some(0),
            (Upos::Punct, "\"" | "«" | "»" | "“" | "”" | "„" | "‟") => Some(1),
            (Upos::Verb, _) => Some(2),
            _ => None,
        };
        if let Some(kind) = kind {
            counts[kind] += 1;
        }
        // The parser knows numbers by their shape, and quotation marks by those of the treebanks.
        let lemma = match upos {
            Upos::Num | Upos::Punct => form,
            Upos::Noun => self.classes.of(hash_bytes(lemma.as_bytes())),
            _ => hash_bytes(lemma.as_bytes()),
        };
        self.nodes.push(Node { before: *counts, ..Node::new(form, lemma, upos, morph) });
        self.lemma_ends.push(self.lemmas.len());
        self.words.push((token, part));
        self.word_tags.push((upos, morph));
    }

    /// Appends the lemma of a token.
    fn lemmatize(&mut self, token: usize, form: &str, lexicon: &Lexicon, image: &[u8]) {
        let (upos, morph, lexical) = (self.tags[token], self.morphs[token], self.seen[token].lexical);
        // The normal form of a number is its shape, and says nothing of its lemma.
        let figures = form.starts_with(|c: char| c.is_ascii_digit()) && upos == Upos::Num;
        if figures || matches!(upos, Upos::Propn | Upos::X | Upos::Punct | Upos::Sym) {
            self.lemmas.push_str(form);
            return;
        }
        let start = token.checked_sub(1).map_or(0, |before| self.ends[before]);
        let normal = &self.normals[start..self.ends[token]];
        let readings = lexicon.analyses(self.readings[token]);
        let same_tag = || readings.iter().filter(|reading| reading.upos == upos);
        let reading = same_tag().find(|reading| reading.morph == morph).or_else(|| same_tag().next());
        let rule = match reading {
            Some(reading) => Some(reading.rule),
            None if lexical.is_unusual() => {
                self.lemmas.push_str(form);
                return;
            }
            None => lexicon.guess(image, upos, normal),
        };
        match rule {
            Some(rule) => lexicon.apply(rule, normal, &mut self.lemmas),
            None => self.lemmas.push_str(normal),
        }
    }
}
