use std::ops::Range;

use chronique_syntax::{Syntax, Upos};
use chronique_text::Text;
use chronique_tokens::{TokenId, TokenKind, Tokens};

/// The runs of capitalised words that may be names, as indices of tokens, in order.
///
/// A run ends with its sentence. What opens a sentence counts only if the tagger takes it for a proper noun, and so does a
/// run with no proper noun in it.
///
/// ```
/// use chronique_names::name_runs;
/// use chronique_syntax::Model;
/// use chronique_text::Text;
/// use chronique_tokens::Tokenizer;
///
/// let text = Text::new("Hier, Awa Diarra a quitté Tessalit. Les bergers sont restés.")?;
/// let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
/// let syntax = Model::from_bytes(chronique_model_fr::model())?.analyze(&text, &tokens);
/// let span = |run: std::ops::Range<u32>| {
///     tokens.as_slice()[run.start as usize].span.cover(tokens.as_slice()[run.end as usize - 1].span)
/// };
/// let names: Vec<&str> = name_runs(&text, &tokens, &syntax).into_iter().map(|run| text.slice(span(run))).collect();
/// assert_eq!(names, ["Awa Diarra", "Tessalit"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn name_runs(text: &Text, tokens: &Tokens, syntax: &Syntax) -> Vec<Range<u32>> {
    let mut runs = Vec::new();
    let mut word = 0;
    for sentence in tokens.sentences() {
        let (mut run, mut proper) = (sentence.tokens.start..sentence.tokens.start, false);
        for at in sentence.tokens.clone() {
            while syntax.words().get(word).is_some_and(|word| word.token.0 < at) {
                word += 1;
            }
            let upos = syntax.words().get(word).filter(|word| word.token.0 == at).map(|word| word.upos);
            let propn = matches!(upos, Some(Upos::Propn | Upos::X));
            let token = tokens.token(TokenId(at));
            let capital = token.kind == TokenKind::Word
                && text.slice(token.span).starts_with(char::is_uppercase)
                && !text.slice(token.span).ends_with(['\'', '’']);
            if capital && (at > sentence.tokens.start || propn) {
                if run.end != at || run.is_empty() {
                    keep(&mut runs, &run, proper);
                    (run, proper) = (at..at, false);
                }
                run.end = at + 1;
                proper |= propn;
            }
        }
        keep(&mut runs, &run, proper);
    }
    runs
}

fn keep(runs: &mut Vec<Range<u32>>, run: &Range<u32>, proper: bool) {
    if proper && !run.is_empty() {
        runs.push(run.clone());
    }
}
