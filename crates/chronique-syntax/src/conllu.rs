use std::io::{self, Write};

use chronique_text::Text;
use chronique_tokens::Tokens;

use crate::{Syntax, WordId};

/// Writes the syntax of a text as [CoNLL-U](https://universaldependencies.org/format.html).
///
/// Each sentence has a `# sent_id` (its number, from 1) and its `# text`; contractions are ranges
/// (`7-8 du`), `SpaceAfter=No` says where no white space follows. White space inside a token or a
/// sentence becomes a single space, because the format is made of lines.
///
/// # Errors
/// Those of the writer.
///
/// ```
/// use chronique_syntax::{Model, write_conllu};
/// use chronique_text::Text;
/// use chronique_tokens::Tokenizer;
///
/// let model = Model::from_bytes(chronique_model_fr::model())?;
/// let text = Text::new("Le président du Mali est arrivé.")?;
/// let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
/// let syntax = model.analyze(&text, &tokens);
/// let mut conllu = Vec::new();
/// write_conllu(&mut conllu, &text, &tokens, &syntax)?;
/// let conllu = String::from_utf8(conllu)?;
/// assert!(conllu.starts_with("# sent_id = 1\n# text = Le président du Mali est arrivé.\n1\tLe\tle\tDET\t_\t"));
/// assert!(conllu.contains("\n3-4\tdu\t_\t"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_conllu(out: &mut impl Write, text: &Text, tokens: &Tokens, syntax: &Syntax) -> io::Result<()> {
    let sentences = syntax.sentences().zip(tokens.sentences());
    for (number, (words, sentence)) in sentences.enumerate() {
        writeln!(out, "# sent_id = {}", number + 1)?;
        out.write_all(b"# text = ")?;
        write_line(out, text.slice(sentence.span))?;
        out.write_all(b"\n")?;
        let first = words.start;
        let mut last_of_token = first;
        for at in words.clone() {
            let (id, word) = (WordId(at), syntax.word(WordId(at)));
            let token = tokens.token(word.token);
            let parts = syntax.words_of(word.token);
            if at >= last_of_token {
                last_of_token = parts.end.max(at + 1);
                if parts.len() > 1 {
                    write!(out, "{}-{}\t", parts.start - first + 1, parts.end - first)?;
                    write_line(out, text.slice(token.span))?;
                    out.write_all(b"\t_\t_\t_\t_\t_\t_\t_\t")?;
                    writeln!(out, "{}", if token.space_after { "_" } else { "SpaceAfter=No" })?;
                }
            }
            write!(out, "{}\t", at - first + 1)?;
            write_line(out, syntax.form(id, text))?;
            out.write_all(b"\t")?;
            write_line(out, syntax.lemma(id))?;
            let head = word.head.map_or(0, |head| head.0 - first + 1);
            let glued = !token.space_after && parts.len() < 2;
            writeln!(
                out,
                "\t{}\t_\t{}\t{head}\t{}\t_\t{}",
                word.upos,
                word.morph,
                word.deprel,
                if glued { "SpaceAfter=No" } else { "_" }
            )?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes text with each run of white space and control characters as one space; `_` if nothing is left.
fn write_line(out: &mut impl Write, text: &str) -> io::Result<()> {
    let mut some = false;
    for part in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|part| !part.is_empty()) {
        if some {
            out.write_all(b" ")?;
        }
        some = true;
        out.write_all(part.as_bytes())?;
    }
    if some { Ok(()) } else { out.write_all(b"_") }
}
