//! `chronique explain`.

use std::fmt::Write;

use chronique::{Document, export};

use crate::args::Explain;
use crate::input::{self, Item};
use crate::read::outcome;
use crate::{Fault, Outcome, print, style, warn};

pub(crate) fn run(options: &Explain) -> Result<Outcome, Fault> {
    let chronique = options.data.pipeline()?.build()?;
    let style = style(options.color);
    let (mut told, mut failed) = (0, 0);
    for item in input::items(&options.input) {
        // One text needs no heading.
        let alone = matches!(item, Item::Text { .. }) && options.input.files.len() <= 1;
        let article = match item.article(&options.input) {
            Ok(article) => article,
            Err(failure) if alone => return Err(Fault::Other(failure.message)),
            Err(failure) => {
                failed += 1;
                warn(&failure.message);
                continue;
            }
        };
        if options.id.as_deref().is_some_and(|id| article.id() != Some(id)) {
            continue;
        }
        let document = chronique.read(article);
        let heading = if alone { String::new() } else { heading(&document, told == 0) };
        print(&(heading + &export::explain(&document, style)))?;
        told += 1;
        if options.id.is_some() {
            break;
        }
    }
    match &options.id {
        Some(id) if told == 0 => Err(Fault::Other(format!(
            "no article has the id `{id}`: ids stand in the column `{}` (--id-column); an article without one is \
             named by file and line, as in `archive.jsonl:3`",
            options.input.id_column
        ))),
        _ => Ok(outcome(failed)),
    }
}

/// The id of an article among others, and its day.
fn heading(document: &Document, first: bool) -> String {
    let mut heading = String::new();
    if !first {
        heading.push('\n');
    }
    heading.push_str(document.id().unwrap_or("article"));
    if let Some(date) = document.date() {
        let _ = write!(heading, ", {date}");
    }
    heading.push_str("\n\n");
    heading
}
