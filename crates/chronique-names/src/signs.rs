//! The signs by which a name is told: how it is written, its words, its neighbours, its place in the tree, what lists say.

use chronique_syntax::{Deprel, Upos, WordId};
use chronique_text::fold_into;
use chronique_tokens::{TokenId, TokenKind};

use crate::Name;

/// Of a name, so many words are looked at.
const WORDS: u32 = 6;

/// So many tokens to the left, the noun that governs a name is looked for.
const REACH: u32 = 4;

/// Room for a value that is put together.
#[derive(Default)]
struct Value(String);

impl Value {
    /// The words of a run, folded, with spaces between.
    fn words(&mut self, name: &Name<'_>, run: impl Iterator<Item = u32>) -> &str {
        self.0.clear();
        for at in run {
            if !self.0.is_empty() {
                self.0.push(' ');
            }
            if at < name.sentence.start || at >= name.sentence.end {
                // The end of the sentence is a neighbour too.
                self.0.push('¶');
            } else if name.tokens.token(TokenId(at)).kind == TokenKind::Number {
                self.0.push('0');
            } else {
                fold_into(name.form(at), &mut self.0);
            }
        }
        &self.0
    }

    fn join(&mut self, parts: &[&str]) -> &str {
        self.0.clear();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.0.push(' ');
            }
            self.0.push_str(part);
        }
        &self.0
    }
}

fn fold(name: &Name<'_>, at: u32) -> String {
    let mut value = Value::default();
    value.words(name, std::iter::once(at));
    value.0
}

/// Shows every sign of a name with its value, always in the same order.
pub(crate) fn signs(name: &Name<'_>, see: &mut impl FnMut(&'static str, &str)) {
    let mut value = Value::default();
    see("any name", "");
    if let [(_, first), rest @ ..] = name.known {
        for &(sign, said) in name.known {
            see(sign, said);
        }
        // The first fact says where the name comes from: with it, others say another thing.
        for &(sign, said) in rest {
            see("together", value.join(&[first, sign, said]));
        }
        let before = fold(name, name.run.start.wrapping_sub(1));
        see("known, and before", value.join(&[first, &before]));
        value.0.clear();
        write_shape(name.form(name.run.start), &mut value.0);
        let shape = std::mem::take(&mut value.0);
        see("known, and writing", value.join(&[first, &shape]));
    }
    own(name, &mut value, see);
    around(name, &mut value, see);
    if let Some(top) = name.top() {
        tree(name, top, &mut value, see);
    }
}

/// How the name is written, and its words.
fn own(name: &Name<'_>, value: &mut Value, see: &mut impl FnMut(&'static str, &str)) {
    let (first, last) = (name.run.start, name.run.end - 1);
    let len = name.run.len();
    see("words", ["1", "2", "3", "more"][len.clamp(1, 4) - 1]);
    see("writing", {
        value.0.clear();
        for at in name.run.clone().take(3) {
            if at > first {
                value.0.push(' ');
            }
            write_shape(name.form(at), &mut value.0);
        }
        &value.0
    });
    for at in name.run.clone().take(WORDS as usize) {
        see("word of it", value.words(name, at..=at));
    }
    if len > 1 {
        see("first word", value.words(name, first..=first));
        see("last word", value.words(name, last..=last));
    }
    if len <= 3 {
        see("whole name", value.words(name, name.run.clone()));
    }
    let word = value.words(name, last..=last);
    let ending = |letters: usize| word.char_indices().rev().nth(letters - 1).map(|(at, _)| &word[at..]);
    for letters in [2, 3, 4] {
        if let Some(ending) = ending(letters) {
            see("ending", ending);
        }
    }
    let beginning = |letters: usize| word.char_indices().nth(letters).map(|(at, _)| &word[..at]);
    if let Some(beginning) = beginning(3) {
        see("beginning", beginning);
    }
}

/// What stands before and after.
fn around(name: &Name<'_>, value: &mut Value, see: &mut impl FnMut(&'static str, &str)) {
    let (first, end) = (name.run.start, name.run.end);
    let before = |steps: u32| first.wrapping_sub(steps);
    see("before", value.words(name, std::iter::once(before(1))));
    see("two before", value.words(name, [before(2), before(1)].into_iter()));
    see("second before", value.words(name, std::iter::once(before(2))));
    see("after", value.words(name, std::iter::once(end)));
    see("two after", value.words(name, [end, end + 1].into_iter()));
    see("second after", value.words(name, std::iter::once(end + 1)));
    see("between", value.words(name, [before(1), end].into_iter()));
    see("writing before", shape_at(name, before(1)));
    see("writing after", shape_at(name, end));
    // The noun that governs it, over articles and adjectives: le maire socialiste de Plouvien.
    let noun = (1..=REACH).map(before).take_while(|at| name.sentence.contains(at)).find(|&at| {
        let word = name.tokens.token(TokenId(at));
        word.kind == TokenKind::Word && is_noun(name, at)
    });
    if let Some(noun) = noun {
        let small = !name.form(noun).starts_with(char::is_uppercase);
        see(if small { "noun before" } else { "name before" }, value.words(name, noun..=noun));
    }
}

/// Where it hangs in the tree.
fn tree(name: &Name<'_>, top: WordId, value: &mut Value, see: &mut impl FnMut(&'static str, &str)) {
    let syntax = name.syntax;
    let word = syntax.word(top);
    let function = word.deprel.base().as_str();
    see("tag", word.upos.as_str());
    see("function", function);
    let preposition = syntax.child(top, Deprel::Case).map_or("", |word| syntax.lemma(word));
    let article = match syntax.child(top, Deprel::Det) {
        Some(det) => syntax.lemma(det),
        None => "",
    };
    see("preposition and article", value.join(&[preposition, article]));
    if let Some(head) = syntax.head(top) {
        let lemma = syntax.lemma(head);
        see("governor", lemma);
        see("function and governor", value.join(&[function, lemma]));
        see("preposition and governor", value.join(&[preposition, lemma]));
        see("tag of the governor", value.join(&[function, syntax.word(head).upos.as_str()]));
    }
    for child in syntax.children(top).filter(|child| !name.run.contains(&syntax.word(*child).token.0)).take(8)
    {
        let relation = syntax.word(child).deprel.base();
        if matches!(relation, Deprel::Appos | Deprel::Amod | Deprel::Nmod | Deprel::Acl | Deprel::Flat) {
            see("has", value.join(&[relation.as_str(), syntax.lemma(child)]));
        }
    }
}

fn is_noun(name: &Name<'_>, token: u32) -> bool {
    let words = name.syntax.words();
    let at = words.partition_point(|word| word.token.0 < token);
    words.get(at).is_some_and(|word| word.token.0 == token && matches!(word.upos, Upos::Noun | Upos::Propn))
}

/// How a neighbour is written.
fn shape_at(name: &Name<'_>, at: u32) -> &'static str {
    if !name.sentence.contains(&at) {
        return "nothing";
    }
    match name.tokens.token(TokenId(at)).kind {
        TokenKind::Number => "number",
        TokenKind::Word => {
            let mut chars = name.form(at).chars();
            match (chars.next().is_some_and(char::is_uppercase), chars.next().is_some_and(char::is_uppercase))
            {
                (true, true) => "capitals",
                (true, false) => "capital",
                _ => "small",
            }
        }
        _ => "mark",
    }
}

/// Writes capitals as `X`, small letters as `x` and digits as `0`, runs once: `Xx-Xx` for *Port-Vila*.
fn write_shape(form: &str, out: &mut String) {
    let mut last = None;
    for char in form.chars().take(24) {
        let shape = match char {
            char if char.is_uppercase() => 'X',
            char if char.is_alphabetic() => 'x',
            char if char.is_numeric() => '0',
            char => char,
        };
        if last != Some(shape) {
            out.push(shape);
        }
        last = Some(shape);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_is_told_in_short() {
        for (form, expected) in
            [("Port-Vila", "Xx-Xx"), ("ONU", "X"), ("M23", "X0"), ("d'Ivoire", "x'Xx"), ("", "")]
        {
            let mut shape = String::new();
            write_shape(form, &mut shape);
            assert_eq!(shape, expected, "{form}");
        }
    }
}
