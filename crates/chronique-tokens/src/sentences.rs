//! Where sentences end.

use crate::class::is_upper;
use crate::scan::Gap;
use crate::{Sentence, Token, TokenKind};

/// The most tokens of a sentence. News stay far below; a list or a word repeated a million times does
/// not, and what reads sentences must not take the square of its length.
const MAX_TOKENS: usize = 1024;

/// Gathers tokens into sentences.
pub(crate) struct Splitter<'o> {
    pub(crate) text: &'o str,
    pub(crate) sentences: &'o mut Vec<Sentence>,
}

impl Splitter<'_> {
    /// Splits the tokens of one region; `gaps[i]` stands before `tokens[i]`, whose index is `first + i`.
    pub(crate) fn split(&mut self, tokens: &[Token], gaps: &[Gap], first: u32, region: u32) {
        let mut start = 0;
        for end in 1..=tokens.len() {
            if end == tokens.len() || end - start == MAX_TOKENS || self.ends(tokens, gaps, start, end) {
                let index =
                    |at: usize| first + u32::try_from(at).expect("a text has at most u32::MAX tokens");
                self.sentences.push(Sentence {
                    tokens: index(start)..index(end),
                    span: tokens[start].span.cover(tokens[end - 1].span),
                    region,
                });
                start = end;
            }
        }
    }

    /// Whether a sentence that starts at `start` ends before token `next`.
    fn ends(&self, tokens: &[Token], gaps: &[Gap], start: usize, next: usize) -> bool {
        match gaps[next] {
            Gap::Blank | Gap::NewLine => return true,
            // A final mark and what closes after it are punctuation.
            Gap::Line if tokens[next - 1].kind != TokenKind::Punctuation => return false,
            Gap::Line => {}
        }
        // The mark that ends the sentence, behind closing quotes and brackets.
        let mut mark = next;
        while mark > start && self.closes(tokens, mark - 1) && next - mark < 3 {
            mark -= 1;
        }
        if mark == start || !self.is_final(tokens[mark - 1]) {
            return false;
        }
        if self.closes(tokens, next) {
            return false;
        }
        let opener = tokens[next];
        if !tokens[next - 1].space_after && opener.kind != TokenKind::Word {
            return false;
        }
        self.may_start(tokens, next)
    }

    fn form(&self, token: Token) -> &str {
        &self.text[token.span.range()]
    }

    fn is_final(&self, token: Token) -> bool {
        token.kind == TokenKind::Punctuation
            && matches!(self.form(token).as_bytes(), [b'.' | b'!' | b'?', ..] | [0xE2, 0x80, 0xA6])
    }

    /// Whether a token closes a quotation or a bracket.
    fn closes(&self, tokens: &[Token], at: usize) -> bool {
        match self.form(tokens[at]) {
            "»" | "”" | ")" | "]" | "’" => true,
            // A straight quote closes when no space stands before it.
            "\"" | "'" => at > 0 && !tokens[at - 1].space_after,
            _ => false,
        }
    }

    /// Whether a token looks like the first of a sentence.
    fn may_start(&self, tokens: &[Token], at: usize) -> bool {
        let form = self.form(tokens[at]);
        match tokens[at].kind {
            TokenKind::Word => is_upper(form, 0),
            TokenKind::Punctuation => match form {
                "«" | "“" | "„" | "\"" | "'" | "(" | "[" | "—" | "–" | "-" | "--" | "¿" | "¡" => {
                    tokens.get(at + 1).is_some_and(|&next| {
                        next.kind == TokenKind::Number || !self.form(next).starts_with(char::is_lowercase)
                    })
                }
                "•" | "·" => true,
                _ => false,
            },
            _ => true,
        }
    }
}
