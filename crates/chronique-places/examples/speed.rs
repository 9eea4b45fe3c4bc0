//! Times the steps of place recognition on the texts of rows `{"id", "text"}` on standard input, on one thread.
//!
//! `cargo run --release -p chronique-places --example speed [IMAGE] < articles.jsonl`

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

use chronique_places::Gazetteer;
use chronique_syntax::Syntax;
use chronique_text::Text;
use chronique_tokens::{Tokenizer, Tokens};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let start = Instant::now();
    let gazetteer = match std::env::args_os().nth(1) {
        Some(image) => Gazetteer::open(image)?,
        None => Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer())?,
    };
    writeln!(out, "open the gazetteer: {:.2} ms", start.elapsed().as_secs_f64() * 1e3)?;
    let tokenizer = Tokenizer::french();
    let mut texts: Vec<(Text, Tokens)> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = Text::new(row["text"].as_str().unwrap_or(""))?;
        let tokens = tokenizer.tokenize(&text, [text.span()]);
        texts.push((text, tokens));
    }
    let names = speed(&texts, |text, tokens| gazetteer.name_spans(text, tokens).len());
    writeln!(out, "match names: {names:.1} MB/s")?;
    let places = speed(&texts, |text, tokens| gazetteer.places(text, tokens, &Syntax::default()).len());
    writeln!(out, "recognise and resolve places: {places:.1} MB/s")?;
    Ok(())
}

/// Megabytes a second, the best of five runs: the machine has other things to do.
fn speed(texts: &[(Text, Tokens)], step: impl Fn(&Text, &Tokens) -> usize) -> f64 {
    let bytes: usize = texts.iter().map(|(text, _)| text.as_str().len()).sum();
    let times = (0..5).map(|_| {
        let start = Instant::now();
        black_box(texts.iter().map(|(text, tokens)| step(text, tokens)).sum::<usize>());
        start.elapsed().as_secs_f64()
    });
    bytes as f64 / times.fold(f64::INFINITY, f64::min) / 1e6
}
