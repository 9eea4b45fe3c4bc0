//! The codebook as built: the second half of `docs/events.md`, written from the lexicon of triggers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use anyhow::Context as _;
use chronique::events::{EventType, FRENCH_LEXICON};

/// What stands over the part of the page that is written by this tool.
const MARK: &str = "<!-- Below: written by `chronique-tools codebook` from the lexicon. -->\n";

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/events.md");

/// Writes the page anew.
pub(crate) fn run() -> anyhow::Result<()> {
    fs::write(PAGE, page(&read()?)?).context(PAGE)
}

/// Fails if the committed page is not what the lexicon gives.
pub(crate) fn check() -> anyhow::Result<()> {
    let committed = read()?;
    let current = page(&committed)? == committed;
    anyhow::ensure!(current, "docs/events.md is not current: run `chronique-tools codebook`");
    Ok(())
}

fn read() -> anyhow::Result<String> {
    fs::read_to_string(PAGE).context(PAGE)
}

/// The page with its second half written from the lexicon.
fn page(committed: &str) -> anyhow::Result<String> {
    let (by_hand, _) =
        committed.split_once(MARK).context("docs/events.md has lost the mark of its generated half")?;
    Ok(format!("{by_hand}{MARK}\n{}", codebook()))
}

/// A row of the lexicon: id, lemma, pos, type, mode, frame, gates, example, near-miss.
struct Row(Vec<&'static str>);

impl Row {
    fn cell(&self, column: usize) -> &'static str {
        self.0.get(column).copied().unwrap_or_default()
    }

    /// The lemma or pattern without the mark of the word that names the act: *ouvrir le feu*.
    fn words(&self) -> String {
        self.cell(1).replace('*', "")
    }
}

fn codebook() -> String {
    let lines = FRENCH_LEXICON.lines().filter(|line| !line.starts_with('#') && !line.starts_with("id\t"));
    let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for row in lines.map(|line| Row(line.split('\t').collect())) {
        rows.entry(row.cell(3)).or_default().push(row);
    }
    let count: usize = rows.values().map(Vec::len).sum();
    let lemmas: BTreeSet<String> = rows.values().flatten().map(Row::words).collect();
    let mut out = format!(
        "## The codebook as built\n\n\
         {count} rows on {} lemmas and patterns. `chronique lexicon WORD` writes a row with its gates. Each example is read\n\
         by a test and must make an event by its row; the near-miss beside it must not. `V` is a verb, `N` a noun.\n\n",
        lemmas.len()
    );
    for &event_type in EventType::ALL {
        if let Some(rows) = rows.get(event_type.as_str()) {
            section(&mut out, event_type, rows);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn section(out: &mut String, event_type: EventType, rows: &[Row]) {
    let about = event_type.about();
    let _ =
        writeln!(out, "### {event_type}\n\n{about} Quad class {}; {} rows.\n", event_type.quad(), rows.len());
    if !event_type.modes().is_empty() {
        out.push_str("| mode | what | rows that name it |\n|---|---|---|\n");
        for mode in event_type.modes() {
            let named = rows.iter().filter(|row| row.cell(4) == mode.as_str()).count();
            let _ = writeln!(out, "| {mode} | {} | {named} |", mode.about());
        }
        out.push('\n');
    }
    let (shown, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| !row.cell(7).is_empty());
    if !shown.is_empty() {
        out.push_str("| words | | mode | example | leaves alone |\n|---|---|---|---|---|\n");
        for row in shown {
            let cells = [2, 4, 7, 8].map(|column| row.cell(column));
            let _ = writeln!(out, "| {} | {} |", row.words(), cells.join(" | "));
        }
        out.push('\n');
    }
    let others: BTreeSet<String> = others.into_iter().map(Row::words).collect();
    if !others.is_empty() {
        let _ = writeln!(out, "And: {}.\n", Vec::from_iter(others).join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_codebook_is_what_the_lexicon_gives() {
        if std::env::var_os("CHRONIQUE_BLESS").is_some() {
            run().unwrap();
        }
        check().unwrap();
    }

    #[test]
    fn every_type_and_every_row_is_in_it() {
        let book = codebook();
        for event_type in EventType::ALL {
            assert!(book.contains(&format!("### {event_type}\n")), "{event_type}");
        }
        let lines = FRENCH_LEXICON.lines().filter(|line| !line.starts_with('#')).skip(1);
        for row in lines.map(|line| Row(line.split('\t').collect())) {
            assert!(book.contains(&row.words()), "{}", row.cell(0));
        }
    }
}
