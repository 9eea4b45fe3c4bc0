//! `chronique-tools score-syntax`: what a model makes of the gold tokens of a treebank.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use chronique_syntax::parser::State;
use chronique_syntax::training::{Sentence, contractions};
use chronique_syntax::{Deprel, Model};

use super::conllu;

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
    /// How often each file is parsed, to measure speed.
    #[arg(long, default_value_t = 1)]
    repeat: usize,
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
    for path in &arguments.treebanks {
        let mut gold = conllu::read(path, &contractions)?;
        if arguments.held_out {
            gold = gold.into_iter().step_by(super::HELD_OUT).collect();
        }
        let (mut words, mut tags, mut morphs, mut lemmas, mut heads, mut labels, mut subtypes) =
            (0, 0, 0, 0, 0, 0, 0);
        let mut split = 0;
        for gold in &gold {
            model.read_sentence(
                || gold.tokens.iter().map(|token| token.form.as_str()),
                &mut sentence,
                &mut state,
            );
            if sentence.nodes.len() != gold.words.len() {
                split += 1;
                continue;
            }
            words += gold.words.len();
            for (at, word) in gold.words.iter().enumerate() {
                let (upos, morph) = sentence.word_tags[at];
                tags += usize::from(upos == word.upos);
                morphs += usize::from(morph == word.morph);
                lemmas += usize::from(sentence.lemma(at) == word.lemma);
                let (head, label) = state.arc(at);
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
        let share = |part: usize| 100.0 * part as f64 / words as f64;
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
    Ok(())
}
