//! Writes the syntax of a French text as CoNLL-U: `cargo run --example conllu -- FILE`.

use std::error::Error;
use std::io::{BufWriter, stdout};

use chronique_syntax::{Model, write_conllu};
use chronique_text::Text;
use chronique_tokens::Tokenizer;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: conllu FILE")?;
    let text = Text::new(std::fs::read_to_string(path)?)?;
    let model = Model::from_bytes(chronique_model_fr::model())?;
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let syntax = model.analyze(&text, &tokens);
    write_conllu(&mut BufWriter::new(stdout().lock()), &text, &tokens, &syntax)?;
    Ok(())
}
