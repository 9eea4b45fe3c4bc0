//! Times the steps of place recognition on the texts of rows `{"id", "text"}` on standard input, on one thread.
//!
//! `cargo run --release -p chronique-places --example speed < articles.jsonl`

use std::hint::black_box;
use std::io::BufRead;
use std::time::Instant;

use chronique_places::Gazetteer;
use chronique_syntax::Syntax;
use chronique_text::Text;
use chronique_tokens::{Tokenizer, Tokens};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let gazetteer = Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer())?;
    println!("open the gazetteer: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let tokenizer = Tokenizer::french();
    let mut texts: Vec<(Text, Tokens)> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = Text::new(row["text"].as_str().unwrap_or(""))?;
        let tokens = tokenizer.tokenize(&text, [text.span()]);
        texts.push((text, tokens));
    }
    let bytes: usize = texts.iter().map(|(text, _)| text.as_str().len()).sum();
    let names = |(text, tokens): &(Text, Tokens)| gazetteer.name_spans(text, tokens).len();
    let places = |(text, tokens): &(Text, Tokens)| gazetteer.places(text, tokens, &Syntax::default()).len();
    let steps: [(&str, &dyn Fn(&(Text, Tokens)) -> usize); 2] =
        [("match names", &names), ("recognise and resolve places", &places)];
    for (step, run) in steps {
        // The best of five: the machine has other things to do.
        let best = (0..5)
            .map(|_| {
                let start = Instant::now();
                black_box(texts.iter().map(run).sum::<usize>());
                start.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min);
        println!("{step}: {:.1} MB/s", bytes as f64 / best / 1e6);
    }
    Ok(())
}
