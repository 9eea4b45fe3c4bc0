//! `chronique parse`, `places` and `times`: one layer at a time.

use std::fmt::Write;

use chronique::syntax::Model;
use chronique::text::{Span, Text};
use chronique::{Article, Pipeline, export};

use crate::args::{Parse, ParseFormat, Places, Times};
use crate::data::{bytes, named};
use crate::{Fault, input, print};

/// Writes the trees of a plain text. Paragraphs are regions; none is taken for page debris, so
/// that the text of a treebank keeps all its sentences.
pub(crate) fn parse(options: &Parse) -> Result<(), Fault> {
    let ParseFormat::Conllu = options.format;
    let text = Text::new(input::text(&options.file).map_err(Fault::Other)?);
    let text = text.map_err(|error| Fault::Other(error.to_string()))?;
    let pipeline = match &options.model {
        Some(file) => {
            let model = Model::from_bytes(bytes(file)?).map_err(|error| named(file, error))?;
            Pipeline::builder().model(model).build()?
        }
        None => Pipeline::french(),
    };
    let (tokens, syntax) = pipeline.parse(&text, paragraphs(text.as_str()));
    let mut out = Vec::new();
    chronique::syntax::write_conllu(&mut out, &text, &tokens, &syntax)?;
    print(&String::from_utf8(out).expect("words are UTF-8"))
}

/// The stretches of a text between blank lines.
fn paragraphs(text: &str) -> Vec<Span> {
    let span = |start: usize, end: usize| {
        let offset = |at: usize| u32::try_from(at).expect("offsets of a Text fit u32");
        Span::new(offset(start), offset(end))
    };
    let mut paragraphs = Vec::new();
    let (mut start, mut at) = (None, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.extend(start.take().map(|start| span(start, at)));
        } else {
            start.get_or_insert(at);
        }
        at += line.len();
    }
    paragraphs.extend(start.map(|start| span(start, at)));
    paragraphs
}

pub(crate) fn places(options: &Places) -> Result<(), Fault> {
    let chronique = options.data.pipeline()?.build()?;
    if let Some(text) = &options.text {
        let document = chronique.read(article(text)?);
        return print(&export::explain_places(&document, export::Style::Plain));
    }
    let name = options.name.as_deref().unwrap_or_default();
    let mut out = String::new();
    for place in chronique.gazetteer().named(name) {
        let country = place.country().map_or_else(String::new, |country| country.to_string());
        let point = place.point().map_or_else(String::new, |(lat, lon)| format!("{lat:.4}\t{lon:.4}"));
        let (name, id, kind, people) = (place.name(), place.id(), place.kind(), place.population());
        let _ = writeln!(out, "{name}\t{id}\t{kind}\t{country}\t{point}\t{people}");
    }
    if out.is_empty() {
        return Err(Fault::Other(format!("no place is named « {name} » in the gazetteer")));
    }
    print(&format!("name\tid\tkind\tcountry\tlat\tlon\tpopulation\n{out}"))
}

pub(crate) fn times(options: &Times) -> Result<(), Fault> {
    let document = Pipeline::french().read(article(&options.phrase)?.with_date(options.date));
    if document.times().is_empty() {
        return Err(Fault::Other(format!("no time expression in « {} »", options.phrase)));
    }
    print(&export::explain_times(&document, export::Style::Plain))
}

fn article(text: &str) -> Result<Article, Fault> {
    Article::new(text).map_err(|error| Fault::Other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_end_paragraphs() {
        let table: [(&str, &[(u32, u32)]); 6] = [
            ("", &[]),
            ("\n \n", &[]),
            ("a", &[(0, 1)]),
            ("a\nb\n\n\nc\n", &[(0, 4), (6, 8)]),
            ("\r\na\r\n\r\nb", &[(2, 5), (7, 8)]),
            ("\u{a0}\né", &[(3, 5)]),
        ];
        for (text, expected) in table {
            let found: Vec<_> = paragraphs(text).iter().map(|span| (span.start(), span.end())).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
