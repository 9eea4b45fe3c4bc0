//! `chronique parse`, `places`, `times` and `lexicon`: one layer at a time.

use std::path::Path;

use chronique::events::{FRENCH_LEXICON, rows_about};
use chronique::places::Gazetteer;
use chronique::syntax::Model;
use chronique::text::{Span, Text};
use chronique::times::{Basis, Direction};
use chronique::{Article, Pipeline, export};

use crate::args::{Lexicon, Parse, ParseFormat, Places, Prefer, Times};
use crate::data::{bytes, named};
use crate::{Fault, input, print, style, warn};

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

/// Writes rows of the lexicon as a table that `--lexicon` takes.
pub(crate) fn lexicon(options: &Lexicon) -> Result<(), Fault> {
    let Some(word) = &options.word else { return print(FRENCH_LEXICON) };
    let rows = rows_about(FRENCH_LEXICON, word);
    if rows.lines().count() < 2 {
        return Err(Fault::Other(format!(
            "no row of the lexicon is about « {word} »: give a lemma, such as fuir for « ont fui », or an id that explain shows"
        )));
    }
    print(&rows)
}

pub(crate) fn places(options: &Places) -> Result<(), Fault> {
    let style = style(options.color);
    if let Some(text) = &options.text {
        let chronique = options.data.pipeline()?.build()?;
        let document = chronique.read(article(text)?);
        return print(&export::explain_places(&document, style));
    }
    let gazetteer = options.data.gazetteer()?.unwrap_or_else(chronique::french_gazetteer);
    let name = options.name.as_deref().unwrap_or_default();
    let near = match &options.near {
        Some(near) => {
            let place = gazetteer.ranked(near, None).into_iter().next().map(|best| best.place);
            Some(place.ok_or_else(|| unknown(&gazetteer, near, "--near: "))?)
        }
        None => None,
    };
    let ranked = gazetteer.ranked(name, near.as_ref());
    if ranked.is_empty() {
        return Err(unknown(&gazetteer, name, ""));
    }
    let shown = match options.limit {
        0 => &ranked[..],
        limit => &ranked[..limit.min(ranked.len())],
    };
    if options.json {
        return print(&(export::ranked_places_json(name, near.as_ref(), shown) + "\n"));
    }
    print(&export::ranked_places(name, near.as_ref(), shown, ranked.len(), style))
}

/// The message for a name that no place bears, with those that are nearly it.
fn unknown(gazetteer: &Gazetteer, name: &str, option: &str) -> Fault {
    let similar: Vec<String> = gazetteer.similar(name, 3).iter().map(ToString::to_string).collect();
    let hint = if similar.is_empty() {
        "add it with --gazetteer FILE if it is missing".to_owned()
    } else {
        format!("did you mean {}?", similar.join(", "))
    };
    Fault::Other(format!("{option}no place is named « {name} » in the gazetteer; {hint}"))
}

pub(crate) fn times(options: &Times) -> Result<(), Fault> {
    let text = match options.phrase.as_str() {
        "-" => input::text(Path::new("-")).map_err(Fault::Other)?,
        phrase => phrase.to_owned(),
    };
    let prefer = match options.prefer {
        Prefer::Past => Direction::Past,
        Prefer::Future => Direction::Future,
        Prefer::None => Direction::None,
    };
    let chronique = Pipeline::builder().prefer(prefer).build()?;
    let document = chronique.read(article(&text)?.with_date(options.date));
    let open = document.times().iter().find(|time| time.reason.basis == Basis::Open);
    if let Some(open) = open.filter(|_| options.date.is_none()) {
        let words = document.text().slice(open.span);
        warn(format!("« {words} » stays open without a day to read it against: give --date YYYY-MM-DD"));
    }
    if options.json {
        return print(&(export::times_json(&document) + "\n"));
    }
    if document.times().is_empty() {
        let shown: String = text.trim().chars().take(40).collect();
        let hint = match prefer {
            Direction::Future => "",
            _ => "; with --prefer future bare forms such as « le 16 » or « midi » are times too",
        };
        return Err(Fault::Other(format!("no time expression in « {shown} »{hint}")));
    }
    print(&export::times_table(&document, style(options.color)))
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
