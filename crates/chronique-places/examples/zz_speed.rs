//! t
use chronique_syntax::Syntax;
use chronique_text::Text;
use chronique_tokens::Tokenizer;
use std::time::Instant;
fn main() {
    let bytes = chronique_gazetteer_fr::gazetteer();
    for _ in 0..3 {
        let t = Instant::now();
        let g = chronique_places::Gazetteer::from_bytes(bytes).unwrap();
        eprintln!("open {:?} {}", t.elapsed(), g.len());
    }
    let g = chronique_places::Gazetteer::from_bytes(bytes).unwrap();
    let mut texts = Vec::new();
    let mut n = 0;
    for l in std::io::stdin().lines() {
        let v: serde_json::Value = serde_json::from_str(&l.unwrap()).unwrap();
        let t = Text::new(v["text"].as_str().unwrap()).unwrap();
        n += t.len() as usize;
        texts.push(t);
    }
    let tk = Tokenizer::french();
    let t = Instant::now();
    let toks: Vec<_> = texts.iter().map(|t| tk.tokenize(t, [t.span()])).collect();
    let e = t.elapsed();
    eprintln!("tokenize {:.1} MB/s", n as f64 / 1e6 / e.as_secs_f64());
    let s = Syntax::default();
    for _ in 0..3 {
        let t = Instant::now();
        let mut c = 0;
        for (x, k) in texts.iter().zip(&toks) {
            c += g.places(x, k, &s).len();
        }
        let e = t.elapsed();
        eprintln!("places {:.1} MB/s {} in {} B", n as f64 / 1e6 / e.as_secs_f64(), c, n);
    }
}
