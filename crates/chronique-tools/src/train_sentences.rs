//! Trains the sentence splitter of `chronique-tokens`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chronique_text::Text;
use chronique_tokens::Tokenizer;

use crate::train::read_gz;

/// Trains the sentence splitter of French from treebanks and news.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the treebanks, gzipped CoNLL-U.
    #[arg(long)]
    treebanks: PathBuf,
    /// Articles with a title, gzipped JSONL.
    #[arg(long)]
    news: PathBuf,
    /// Where the list of weights is written.
    #[arg(long)]
    out: PathBuf,
}

/// What may be learned from: see the folder's SOURCES.md.
const TREEBANKS: [&str; 2] = ["fr_sequoia-ud-train", "fr_gsd-ud-dev"];

/// How often the sentences of a source are shuffled and read once more. Of where a heading ends there
/// are few examples; a shuffled copy shows it with another neighbour.
const COPIES: u64 = 3;

/// Each how-manieth article is read, so that news do not outweigh the treebanks.
const EACH: usize = 3;

/// The sentences of a shuffled page. What a page writes in small letters elsewhere is a cue, so that the
/// pages must not be much longer than those that are read later.
const PAGE: usize = 300;

const HEADER: &str = "\
# Where French sentences end: cues and their weights (log of odds), learned from UD_French-Sequoia, train
# (LGPL-LR), UD_French-GSD, dev (CC BY-SA 4.0), Wikinews (CC BY 2.5) and NTREX-128 (CC BY-SA 4.0); see SOURCES.md.
# Made by: chronique-tools train-sentences --treebanks DIR --news news_open.jsonl.gz --out sentences_fr.tsv
# A cue is a template and its values; `unmarked` is a place without a full stop.
";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut sources = Vec::new();
    for name in TREEBANKS {
        sources.push(sentences(&read_gz(&arguments.treebanks.join(format!("{name}.conllu.gz")))?));
    }
    // News come without sentences, but their titles and paragraphs stand on lines of their own, in which
    // what the treebanks taught is nearly always right.
    let taught = learn(&sources)?;
    sources.push(news(&arguments.news, &Tokenizer::french().with_sentence_weights(&taught)?)?);
    let list = learn(&sources)?;
    fs::write(&arguments.out, format!("{HEADER}{list}"))
        .with_context(|| format!("can't write {}", arguments.out.display()))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: {} cues", arguments.out.display(), list.lines().count())?;
    Ok(())
}

/// The list of weights that lists of sentences teach.
fn learn(sources: &[Vec<String>]) -> anyhow::Result<String> {
    let mut texts = Vec::new();
    for sentences in sources {
        texts.push(joined(sentences)?);
        for copy in 0..COPIES {
            for page in shuffled(sentences, copy).chunks(PAGE) {
                texts.push(joined(page)?);
            }
        }
    }
    Ok(Tokenizer::french().train_sentences(&texts))
}

/// The sentences of a treebank.
fn sentences(conllu: &str) -> Vec<String> {
    conllu.lines().filter_map(|line| line.strip_prefix("# text = ")).map(str::to_owned).collect()
}

/// The titles of articles, and the sentences that `tokenizer` finds in their paragraphs.
fn news(path: &Path, tokenizer: &Tokenizer) -> anyhow::Result<Vec<String>> {
    let mut sentences = Vec::new();
    for (number, line) in read_gz(path)?.lines().enumerate().step_by(EACH) {
        let at = || format!("{}, line {}", path.display(), number + 1);
        let article: serde_json::Value = serde_json::from_str(line).with_context(at)?;
        let field =
            |name: &str| article[name].as_str().with_context(|| format!("{}: `{name}` is no text", at()));
        sentences.push(field("title")?.trim().to_owned());
        for paragraph in field("text")?.lines() {
            let text = Text::new(paragraph)?;
            let tokens = tokenizer.tokenize(&text, [text.span()]);
            sentences.extend(tokens.sentences().iter().map(|sentence| text.slice(sentence.span).to_owned()));
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    Ok(sentences)
}

/// The sentences in another order, the same for the same `seed`.
fn shuffled(sentences: &[String], seed: u64) -> Vec<&str> {
    let mut order: Vec<&str> = sentences.iter().map(String::as_str).collect();
    let mut state = 77 + seed;
    for at in (1..order.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (state >> 33) as usize % (at + 1));
    }
    order
}

/// Sentences as one line, and the bytes at which they start.
fn joined(sentences: &[impl AsRef<str>]) -> anyhow::Result<(Text, Vec<u32>)> {
    let (mut source, mut starts) = (String::new(), Vec::new());
    for sentence in sentences {
        starts.push(u32::try_from(source.len())?);
        source.push_str(sentence.as_ref());
        source.push(' ');
    }
    Ok((Text::new(source)?, starts))
}
