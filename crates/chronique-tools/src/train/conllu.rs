//! Reading of CoNLL-U.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use chronique_syntax::training::{Contraction, Lexical};
use chronique_syntax::{Deprel, Morph, Upos};
use flate2::read::GzDecoder;

/// A word of a treebank.
#[derive(Clone, Debug)]
pub(super) struct GoldWord {
    pub(super) form: String,
    pub(super) lemma: String,
    pub(super) upos: Upos,
    pub(super) morph: Morph,
    /// Index of the head; the number of words for the root.
    pub(super) head: u32,
    pub(super) deprel: Deprel,
}

/// A surface token of a treebank: a word, or two.
#[derive(Clone, Debug)]
pub(super) struct GoldToken {
    pub(super) form: String,
    /// Index of its first word.
    pub(super) word: usize,
}

/// A sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub(super) struct GoldSentence {
    pub(super) words: Vec<GoldWord>,
    pub(super) tokens: Vec<GoldToken>,
    /// Words that the text writes as one, and that are read as tokens of their own: first, last, written form.
    pub(super) joined: Vec<(usize, usize, String)>,
}

/// The text of a gzipped file.
pub(crate) fn read_gz(path: &Path) -> anyhow::Result<String> {
    let file = File::open(path).with_context(|| format!("{}: cannot open", path.display()))?;
    let mut text = String::new();
    GzDecoder::new(file)
        .read_to_string(&mut text)
        .with_context(|| format!("{}: no gzipped text", path.display()))?;
    Ok(text)
}

/// The sentences of a gzipped CoNLL-U file; contractions other than those of the list become words of their own.
pub(super) fn read(path: &Path, contractions: &[Contraction]) -> anyhow::Result<Vec<GoldSentence>> {
    let text = read_gz(path)?;
    let (mut all, mut sentence) = (Vec::new(), GoldSentence::default());
    let mut covered = 0;
    let mut normal = String::new();
    for (number, line) in (1..).zip(text.lines()) {
        let place = || format!("{}:{number}", path.display());
        if line.is_empty() {
            covered = 0;
            let words = std::mem::take(&mut sentence.words);
            let len = words.len() as u32;
            sentence.words = words
                .into_iter()
                .map(|w| GoldWord { head: if w.head == u32::MAX { len } else { w.head }, ..w })
                .collect();
            all.push(std::mem::take(&mut sentence));
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, form, lemma, upos, _, feats, head, deprel, _, _] = fields.as_slice() else {
            bail!("{}: 10 columns expected, {} found", place(), fields.len())
        };
        if id.contains('.') {
            continue;
        }
        if let Some((_, last)) = id.split_once('-') {
            let hash = Lexical::new(form, &mut normal).form;
            if contractions.iter().any(|contraction| contraction.form == hash) {
                covered = last.parse().with_context(place)?;
                sentence.tokens.push(GoldToken { form: form.into(), word: sentence.words.len() });
            } else {
                let at = sentence.words.len();
                let parts = last.parse::<usize>().with_context(place)?.saturating_sub(at + 1);
                sentence.joined.push((at, at + parts, form.into()));
            }
            continue;
        }
        if id.parse::<usize>().with_context(place)? > covered {
            sentence.tokens.push(GoldToken { form: form.into(), word: sentence.words.len() });
        }
        let upos = upos.parse().ok().with_context(|| format!("{}: no part of speech: {upos}", place()))?;
        let mut morph = Morph::default();
        for (name, value) in feats.split('|').filter_map(|feature| feature.split_once('=')) {
            // GSD alone marks the active; GSD gives numerals a number where Sequoia gives a type.
            let elsewhere =
                matches!((name, value), ("Voice", "Act")) || upos == Upos::Num && name == "Number";
            // The model reads these two off the tree.
            if !elsewhere && !matches!(name, "ExtPos" | "Foreign") {
                morph.set_feature(name, value);
            }
        }
        if upos == Upos::Num {
            morph.set_feature("NumType", "Card");
        }
        let deprel =
            deprel.parse().ok().with_context(|| format!("{}: unknown relation {deprel}", place()))?;
        let head: u32 = head.parse().with_context(place)?;
        sentence.words.push(GoldWord {
            form: form.into(),
            lemma: lemma.into(),
            upos,
            morph,
            head: head.checked_sub(1).unwrap_or(u32::MAX),
            deprel,
        });
    }
    Ok(all)
}
