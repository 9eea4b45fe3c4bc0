//! Reads rows `{"id", "text"}` on standard input and writes rows `{"id", "places"}`, offsets in code points.
//!
//! `cargo run --release -p chronique-places --example places < articles.jsonl > places.jsonl`

use std::io::{BufRead, Write};

use chronique_places::Gazetteer;
use chronique_syntax::{Model, Syntax};
use chronique_text::{CodePoints, Text};
use chronique_tokens::Tokenizer;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gazetteer = Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer())?;
    let tokenizer = Tokenizer::french();
    let model = Model::from_bytes(chronique_model_fr::model()).ok();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = Text::new(row["text"].as_str().unwrap_or(""))?;
        let tokens = tokenizer.tokenize(&text, [text.span()]);
        let syntax = model.as_ref().map_or_else(Syntax::default, |model| model.analyze(&text, &tokens));
        let points = CodePoints::new(&text);
        let places: Vec<Value> = gazetteer
            .places(&text, &tokens, &syntax)
            .iter()
            .map(|place| {
                json!({
                    "start": points.of_byte(place.span.start()), "end": points.of_byte(place.span.end()),
                    "text": text.slice(place.span), "role": place.role.as_str(), "name": &*place.name,
                    "id": &*place.id, "kind": place.kind.as_str(), "country": place.country.map(|c| c.to_string()),
                    "lat": place.point.map(|p| p.0), "lon": place.point.map(|p| p.1), "reason": place.reason.to_string(),
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "places": places}))?;
    }
    Ok(())
}
