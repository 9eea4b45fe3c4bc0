//! Reads articles, one JSON object with `id`, `text` and perhaps `date` (and `hour`, `minute`) per line
//! of standard input, and writes their time expressions, with offsets in code points, to standard output.
//!
//! `cargo run -p chronique-times --example times [past|future|none] < articles.jsonl`

use std::error::Error;
use std::io::{BufRead, Write};

use chronique_text::{CodePoints, Text};
use chronique_times::{Anchor, Direction, TimeGrammar};
use chronique_tokens::Tokenizer;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let prefer = match std::env::args().nth(1).as_deref() {
        None | Some("past") => Direction::Past,
        Some("future") => Direction::Future,
        Some("none") => Direction::None,
        Some(other) => return Err(format!("“{other}” is none of past, future, none").into()),
    };
    let (tokenizer, grammar) = (Tokenizer::french(), TimeGrammar::french());
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let text = Text::new(article["text"].as_str().unwrap_or(""))?;
        let published = article["date"].as_str().map(str::parse).transpose()?;
        let tokens = tokenizer.tokenize(&text, [text.span()]);
        let points = CodePoints::new(&text);
        let mut anchor = Anchor::new(published).prefer(prefer);
        let small = |name: &str| article[name].as_u64().and_then(|value| u8::try_from(value).ok());
        if let (Some(hour), Some(minute)) = (small("hour"), small("minute")) {
            anchor = anchor.at(hour, minute);
        }
        let times: Vec<Value> = grammar
            .times(&text, &tokens, &anchor)
            .iter()
            .map(|time| {
                json!({
                    "start": points.of_byte(time.span.start()),
                    "end": points.of_byte(time.span.end()),
                    "text": text.slice(time.span),
                    "kind": time.kind.as_str(),
                    "value": time.value.to_string(),
                    "edge": time.edge.map(chronique_times::Edge::as_str),
                    "reason": time.reason.to_string(),
                })
            })
            .collect();
        writeln!(out, "{}", json!({ "id": article["id"], "times": times }))?;
    }
    Ok(())
}
