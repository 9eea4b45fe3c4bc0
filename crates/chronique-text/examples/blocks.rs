//! Prints the blocks of the text on standard input: start, end (bytes), kind and text.

use std::io::{Read, Write, stdin, stdout};

use chronique_text::{BlockRules, Text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut source = String::new();
    stdin().read_to_string(&mut source)?;
    let text = Text::new(source)?;
    let mut out = stdout().lock();
    for block in BlockRules::french().blocks(&text) {
        let (start, end) = (block.span.start(), block.span.end());
        writeln!(out, "{start}\t{end}\t{}\t{}", block.kind, text.slice(block.span))?;
    }
    Ok(())
}
