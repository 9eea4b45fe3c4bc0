//! Prints the tokens and sentences of the text on standard input as CoNLL-U.

use std::io::{Read, Write, stdin, stdout};

use chronique_text::Text;
use chronique_tokens::{TokenId, Tokenizer};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut source = String::new();
    stdin().read_to_string(&mut source)?;
    let text = Text::new(source)?;
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let mut out = stdout().lock();
    for sentence in tokens.sentences() {
        let mut head = 0;
        for (number, id) in (1..).zip(sentence.tokens.clone()) {
            let form = tokens.form(TokenId(id), &text);
            let space = if tokens.token(TokenId(id)).space_after { "_" } else { "SpaceAfter=No" };
            let relation = if head == 0 { "root" } else { "dep" };
            writeln!(out, "{number}\t{form}\t_\tX\t_\t_\t{head}\t{relation}\t_\t{space}")?;
            head = 1;
        }
        writeln!(out)?;
    }
    Ok(())
}
