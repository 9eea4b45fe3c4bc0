//! One stage of chronique, or a peer in Rust, over articles: what the comparisons of `benches/peers` score and time.
//!
//! `peers-stage STAGE [--spans] [--rounds N] < articles.jsonl`, or `peers-stage name-list`
//!
//! Articles are rows `{"text"}`, perhaps with `date`, `hour`, `minute` and `prefer` (`future`). All are read first, then
//! gone through N times, one after the other. With `--spans` each gives a row with the spans found, in code points; else the
//! number of spans is all that is written.

use std::error::Error;
use std::io::{BufRead, Write};

use chronique::places::Gazetteer;
use chronique::syntax::Model;
use chronique::text::{CodePoints, Span, Text};
use chronique::times::{Anchor, Direction, TimeExpression, TimeGrammar};
use chronique::tokens::Tokenizer;
use chronique::{Article, Date, Pipeline, export, french_gazetteer};
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

/// An article with what its times are relative to.
struct Row {
    article: Article,
    at: Option<(u8, u8)>,
    prefer: Direction,
}

/// What a stage makes of an article, written as JSON if `spans` is asked for, and how many spans.
type Stage = Box<dyn Fn(&Row, bool) -> (usize, Value)>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().ok_or("which stage?")?;
    let (mut spans, mut rounds) = (false, 1);
    while let Some(option) = arguments.next() {
        match option.as_str() {
            "--spans" => spans = true,
            "--rounds" => rounds = arguments.next().ok_or("how many rounds?")?.parse()?,
            _ => return Err(format!("there is no option {option}").into()),
        }
    }
    let mut out = std::io::stdout().lock();
    if name == "name-list" {
        french_gazetteer().each_key(|key| drop(writeln!(out, "{key}")));
        return Ok(());
    }
    let stage = stage(&name)?;
    let rows = std::io::stdin().lock().lines().map(|line| row(&line?)).collect::<Result<Vec<_>, _>>()?;
    let mut found = 0;
    for _ in 0..rounds {
        for row in &rows {
            let (number, value) = stage(row, spans);
            found += number;
            if spans {
                writeln!(out, "{value}")?;
            }
        }
    }
    if !spans {
        writeln!(out, "{found}")?;
    }
    Ok(())
}

fn row(line: &str) -> Result<Row, Box<dyn Error>> {
    let row: Value = serde_json::from_str(line)?;
    let date: Option<Date> = row["date"].as_str().map(str::parse).transpose()?;
    let small = |name: &str| row[name].as_u64().and_then(|value| u8::try_from(value).ok());
    Ok(Row {
        article: Article::new(row["text"].as_str().unwrap_or_default())?.with_date(date),
        at: small("hour").zip(small("minute")),
        prefer: if row["prefer"] == "future" { Direction::Future } else { Direction::Past },
    })
}

fn stage(name: &str) -> Result<Stage, Box<dyn Error>> {
    let tokenizer = Tokenizer::french();
    let model = || Model::from_bytes(chronique_model_fr::model());
    Ok(match name {
        "tokens" => Box::new(move |row, spans| {
            let text = row.article.text();
            let tokens = tokenizer.tokenize(text, [text.span()]);
            let found = tokens.as_slice();
            (found.len(), shown(spans, "tokens", text, found.iter().map(|token| token.span)))
        }),
        "unicode-words" => Box::new(|row, spans| {
            let text = row.article.text();
            let words = text.as_str().split_word_bound_indices();
            let words: Vec<Span> = words
                .filter(|(_, word)| !word.trim().is_empty())
                .map(|(at, word)| Span::new(offset(at), offset(at + word.len())))
                .collect();
            (words.len(), shown(spans, "tokens", text, words.iter().copied()))
        }),
        "syntax" => {
            let model = model()?;
            Box::new(move |row, _| {
                let text = row.article.text();
                let tokens = tokenizer.tokenize(text, [text.span()]);
                (model.analyze(text, &tokens).words().len(), Value::Null)
            })
        }
        "names" => {
            let gazetteer = gazetteer();
            Box::new(move |row, spans| {
                let text = row.article.text();
                let found = gazetteer.name_spans(text, &tokenizer.tokenize(text, [text.span()]));
                (found.len(), shown(spans, "places", text, found.iter().copied()))
            })
        }
        "places" => {
            let (gazetteer, model) = (gazetteer(), model()?);
            Box::new(move |row, spans| {
                let text = row.article.text();
                let tokens = tokenizer.tokenize(text, [text.span()]);
                let found = gazetteer.places(text, &tokens, &model.analyze(text, &tokens));
                (found.len(), shown(spans, "places", text, found.iter().map(|place| place.span)))
            })
        }
        "times" => {
            let grammar = TimeGrammar::french();
            Box::new(move |row, spans| {
                let text = row.article.text();
                let mut anchor = Anchor::new(row.article.date()).prefer(row.prefer);
                if let Some((hour, minute)) = row.at {
                    anchor = anchor.at(hour, minute);
                }
                let found = grammar.times(text, &tokenizer.tokenize(text, [text.span()]), &anchor);
                (found.len(), if spans { json!({ "times": times(text, &found) }) } else { Value::Null })
            })
        }
        "read" => {
            let chronique = Pipeline::french();
            Box::new(move |row, spans| {
                let document = chronique.read(row.article.clone());
                if spans {
                    let places = document.places().iter().map(|place| place.span);
                    let mut value = shown(true, "places", document.text(), places);
                    value["times"] = times(document.text(), document.times());
                    return (document.events().len(), value);
                }
                (export::to_json(&document).len(), Value::Null)
            })
        }
        _ => return Err(format!("there is no stage {name}").into()),
    })
}

fn gazetteer() -> Gazetteer {
    french_gazetteer()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("a text is shorter than 4 GiB")
}

fn shown(spans: bool, layer: &str, text: &Text, found: impl Iterator<Item = Span>) -> Value {
    if !spans {
        return Value::Null;
    }
    let points = CodePoints::new(text);
    let found: Vec<_> =
        found.map(|span| [points.of_byte(span.start()), points.of_byte(span.end())]).collect();
    json!({ layer: found })
}

/// Each time as start, end, TIMEX3 value, begin and end; the end of a range's first is that of the second.
fn times(text: &Text, found: &[TimeExpression]) -> Value {
    let points = CodePoints::new(text);
    let rows = found.iter().enumerate().map(|(at, time)| {
        let interval = time.interval();
        let closing = found.get(at + 1).filter(|_| time.opens_range).and_then(TimeExpression::interval);
        json!([
            points.of_byte(time.span.start()),
            points.of_byte(time.span.end()),
            time.value.to_string(),
            interval.map(|(begin, _)| begin.to_string()),
            closing.or(interval).map(|(_, end)| end.to_string()),
        ])
    });
    Value::Array(rows.collect())
}
