//! `chronique-tools score-syntax`: what a model makes of the gold tokens of a treebank.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use chronique_syntax::parser::State;
use chronique_syntax::training::{Sentence, contractions};
use chronique_syntax::{Deprel, Model};

use super::conllu::{self, GoldSentence, GoldWord};

/// What to score.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The image of the model.
    #[arg(long)]
    model: PathBuf,
    /// Gzipped CoNLL-U files.
    treebanks: Vec<PathBuf>,
    /// Take only the sentences of each file that training holds out, if it holds out any.
    #[arg(long)]
    held_out: bool,
    /// Write the trees of all files here as CoNLL-U, for other scorers.
    #[arg(long)]
    conllu: Option<PathBuf>,
    /// How often each file is parsed, to measure speed.
    #[arg(long, default_value_t = 1)]
    repeat: usize,
}

/// A head that the treebank does not have as a word.
const NOWHERE: u32 = u32::MAX - 1;

/// The gold word of each word: those of the tokens that were split as the treebank splits them.
fn align<'g>(sentence: &Sentence, gold: &'g GoldSentence) -> Vec<Option<(u32, &'g GoldWord)>> {
    let mut counts = vec![0; gold.tokens.len()];
    for (token, _) in &sentence.words {
        counts[*token as usize] += 1;
    }
    let mut pairs = Vec::new();
    for (at, token) in gold.tokens.iter().enumerate() {
        let end = gold.tokens.get(at + 1).map_or(gold.words.len(), |next| next.word);
        let same = counts[at] == end - token.word;
        pairs.extend(
            (0..counts[at])
                .map(|part| same.then(|| ((token.word + part) as u32, &gold.words[token.word + part]))),
        );
    }
    pairs
}

/// Scores, on gold sentences and tokens.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let image = std::fs::read(&arguments.model).with_context(|| format!("{}", arguments.model.display()))?;
    let started = std::time::Instant::now();
    let model = Model::from_bytes(image)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "opened in {:?}", started.elapsed())?;
    let contractions = contractions();
    let (mut sentence, mut state) = (Sentence::default(), State::default());
    let mut trees = String::new();
    for path in &arguments.treebanks {
        let mut gold = conllu::read(path, &contractions)?;
        if arguments.held_out {
            gold = gold.into_iter().step_by(super::HELD_OUT).collect();
        }
        let (mut words, mut tags, mut morphs, mut lemmas, mut heads, mut labels, mut subtypes) =
            (0, 0, 0, 0, 0, 0, 0);
        let (mut made, mut split) = (0, 0);
        for gold in &gold {
            model.read_sentence(
                || gold.tokens.iter().map(|token| token.form.as_str()),
                &mut sentence,
                &mut state,
            );
            if arguments.conllu.is_some() {
                write_tree(&sentence, &state, gold, model.labels(), &mut trees);
            }
            split += usize::from(sentence.nodes.len() != gold.words.len());
            words += gold.words.len();
            made += sentence.nodes.len();
            let pairs = align(&sentence, gold);
            let gold_of: Vec<u32> = pairs.iter().map(|pair| pair.map_or(NOWHERE, |(gold, _)| gold)).collect();
            for (at, word) in
                pairs.iter().enumerate().filter_map(|(at, pair)| pair.map(|(_, word)| (at, word)))
            {
                let (upos, morph) = sentence.word_tags[at];
                tags += usize::from(upos == word.upos);
                morphs += usize::from(morph == word.morph);
                lemmas += usize::from(sentence.lemma(at) == word.lemma);
                let (head, label) = state.arc(at);
                let root = if head as usize >= gold_of.len() { gold.words.len() as u32 } else { NOWHERE };
                let head = gold_of.get(head as usize).copied().unwrap_or(root);
                let label = model.labels().get(usize::from(label)).copied().unwrap_or(Deprel::Root);
                heads += usize::from(head == word.head);
                labels += usize::from(head == word.head && label.base() == word.deprel.base());
                subtypes += usize::from(head == word.head && label == word.deprel);
            }
        }
        let started = std::time::Instant::now();
        for _ in 0..arguments.repeat {
            for gold in &gold {
                let forms = || gold.tokens.iter().map(|token| token.form.as_str());
                model.read_sentence(forms, &mut sentence, &mut state);
            }
        }
        let speed = (words * arguments.repeat) as f64 / started.elapsed().as_secs_f64() / 1000.0;
        let share = |part: usize| 200.0 * part as f64 / (words + made) as f64;
        writeln!(
            out,
            "{}: {words} words, {split} sentences split otherwise; UPOS {:.2} FEATS {:.2} lemmas {:.2} \
             UAS {:.2} LAS {:.2} with subtypes {:.2}; {speed:.0} k words/s",
            path.file_name().unwrap_or_default().to_string_lossy(),
            share(tags),
            share(morphs),
            share(lemmas),
            share(heads),
            share(labels),
            share(subtypes),
        )?;
    }
    match &arguments.conllu {
        Some(path) => {
            std::fs::write(path, trees).with_context(|| format!("{}: cannot write", path.display()))
        }
        None => Ok(()),
    }
}

/// Writes what the model made of a sentence: a range line for the two words of a token, and no columns beyond the tree's.
fn write_tree(sentence: &Sentence, state: &State, gold: &GoldSentence, labels: &[Deprel], out: &mut String) {
    let words = &sentence.words;
    for (at, &(token, part)) in words.iter().enumerate() {
        let form = &gold.tokens[token as usize].form;
        let starts = at == 0 || words[at - 1].0 != token;
        if part.is_some() && starts {
            out.push_str(&format!("{}-{}\t{form}{}\n", at + 1, at + 2, "\t_".repeat(8)));
        }
        // Words that the text joins are tokens of their own here.
        let joined =
            gold.joined.iter().find(|joined| part.is_none() && gold.tokens[token as usize].word == joined.0);
        if let Some((first, last, form)) = joined {
            out.push_str(&format!("{}-{}\t{form}{}\n", at + 1, at + 1 + last - first, "\t_".repeat(8)));
        }
        let (upos, morph) = sentence.word_tags[at];
        let (head, label) = state.arc(at);
        let (head, label) = match labels.get(usize::from(label)) {
            Some(label) if (head as usize) < words.len() => (head + 1, *label),
            _ => (0, Deprel::Root),
        };
        let (form, lemma) = (part.unwrap_or(form), sentence.lemma(at));
        out.push_str(&format!("{}\t{form}\t{lemma}\t{upos}\t_\t{morph}\t{head}\t{label}\t_\t_\n", at + 1));
    }
    out.push('\n');
}
