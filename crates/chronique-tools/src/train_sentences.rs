//! Trains the sentence splitter of `chronique-tokens`.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use chronique_text::Text;
use chronique_tokens::Tokenizer;

use crate::train::read_gz;

/// Trains the sentence splitter of French from treebanks.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the treebanks, gzipped CoNLL-U.
    #[arg(long)]
    treebanks: PathBuf,
    /// Where the list of weights is written.
    #[arg(long)]
    out: PathBuf,
}

/// What may be learned from: see the folder's SOURCES.md.
const TREEBANKS: [&str; 2] = ["fr_sequoia-ud-train", "fr_gsd-ud-dev"];

const HEADER: &str = "\
# Where French sentences end: cues and their weights (log of odds), learned from
# UD_French-Sequoia, train (LGPL-LR) and UD_French-GSD, dev (CC BY-SA 4.0); see SOURCES.md for their licences.
# Made by: chronique-tools train-sentences --treebanks DIR --out sentences_fr.tsv
# A cue is a template and its values; `unmarked` is a place without a full stop.
";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut texts = Vec::new();
    for name in TREEBANKS {
        texts.push(joined(&read_gz(&arguments.treebanks.join(format!("{name}.conllu.gz")))?)?);
    }
    let list = Tokenizer::french().train_sentences(&texts);
    fs::write(&arguments.out, format!("{HEADER}{list}"))
        .with_context(|| format!("can't write {}", arguments.out.display()))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: {} cues", arguments.out.display(), list.lines().count())?;
    Ok(())
}

/// The sentences of a treebank as one line, and the bytes at which they start.
fn joined(conllu: &str) -> anyhow::Result<(Text, Vec<u32>)> {
    let (mut source, mut starts) = (String::new(), Vec::new());
    for sentence in conllu.lines().filter_map(|line| line.strip_prefix("# text = ")) {
        starts.push(u32::try_from(source.len())?);
        source.push_str(sentence);
        source.push(' ');
    }
    Ok((Text::new(source)?, starts))
}
