//! `chronique-tools names`: the model of names from WiNER-fr, the same bytes on every run.

mod measure;
mod perceptron;
mod winer;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;

/// What to learn from and where to write.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the gzipped WiNER-fr.
    #[arg(long)]
    winer: PathBuf,
    /// Folders of annotated articles (`*.jsonl`, with a `text`): what stands in them is not learnt from.
    #[arg(long, required = true)]
    without: Vec<PathBuf>,
    /// The table of weights to write.
    #[arg(long)]
    out: PathBuf,
    /// Also count how right the model is on the articles that it did not learn from.
    #[arg(long)]
    measure: bool,
}

const HEADER: &str = "\
# What speaks for and against a name being a place's, a person's, an organisation's or another: sign, value, weights.
# The weights of its signs sum up; the largest sum wins. Learnt from WiNER-fr by Yoann Dupont, github.com/YoannDupont/WiNER-fr
# (texts of Wikinews CC BY 2.5, annotations CC BY 4.0); this table: CC BY 4.0. See SOURCES.md.
# Made by: chronique-tools names --winer DIR --without DIR… --out names.tsv
sign\tvalue\tplace\tperson\torganisation\tother
";

/// Learns and writes the table.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let articles = winer::read(&arguments.winer, &arguments.without)?;
    let mut model = perceptron::Perceptron::default();
    model.learn(articles.iter().filter(|article| article.part == winer::Part::Train));
    let table = format!("{HEADER}{}", model.table());
    fs::write(&arguments.out, &table).with_context(|| format!("can't write {}", arguments.out.display()))?;
    let mut out = std::io::stdout().lock();
    let count = |part| articles.iter().filter(|article| article.part == part).count();
    writeln!(
        out,
        "{} articles learnt from, {} for tuning, {} for tests; {} signs, {} bytes",
        count(winer::Part::Train),
        count(winer::Part::Tune),
        count(winer::Part::Test),
        table.lines().count() - HEADER.lines().count(),
        table.len(),
    )?;
    if arguments.measure {
        let model = chronique_names::NameModel::parse(&table)?;
        measure::write(&articles, &model, &mut out)?;
    }
    Ok(())
}
