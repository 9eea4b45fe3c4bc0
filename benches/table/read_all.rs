//! Reads the articles on standard input, one a line, as a batch, and writes the seconds it took: what
//! `benches/table/compare.py` compares the table of Python with.

use std::io::{self, Write};
use std::time::Instant;

use chronique::{Article, Pipeline};

fn main() {
    let jobs = std::env::args().nth(1).and_then(|jobs| jobs.parse().ok()).unwrap_or(1);
    let chronique = Pipeline::builder().jobs(jobs).build().expect("threads can be had");
    let lines = io::stdin().lines().map(|line| line.expect("standard input is text"));
    let articles: Vec<_> = lines.map(|line| Article::new(line).expect("lines are short")).collect();
    let begun = Instant::now();
    let documents = chronique.read_all(articles);
    let seconds = begun.elapsed().as_secs_f64();
    let events: usize = documents.iter().map(|document| document.events().len()).sum();
    writeln!(io::stdout(), "{seconds} {events}").expect("standard output is open");
}
