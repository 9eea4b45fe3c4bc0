//! What the words before a numeral say of its bounds.

use std::sync::LazyLock;

use chronique_text::fold_into;

use crate::ActorLexiconError;
use crate::folded::Folded;
use crate::tsv::Table;

const BOUNDS: &str = include_str!("../data/bounds.tsv");

/// A bound of `bounds.tsv`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Bound {
    /// *au moins*
    Least,
    /// *plus de*
    Over,
    /// *au plus*
    Most,
    /// *moins de*
    Under,
    /// *environ*
    About,
    /// *à*, *ou* between two numerals
    To,
    /// *et* between two numerals
    And,
    /// *entre*, *de* before a range
    Between,
}

static PHRASES: LazyLock<Folded<Bound>> =
    LazyLock::new(|| parse("bounds.tsv", BOUNDS).expect("the embedded list is tested"));

fn parse(file: &str, source: &str) -> Result<Folded<Bound>, ActorLexiconError> {
    let mut phrases = Vec::new();
    for [kind, forms] in (Table { file, source }).rows(["bound", "forms"])? {
        let bound = match kind.text {
            "least" => Bound::Least,
            "over" => Bound::Over,
            "most" => Bound::Most,
            "under" => Bound::Under,
            "about" => Bound::About,
            "to" => Bound::To,
            "and" => Bound::And,
            "between" => Bound::Between,
            _ => {
                return Err(kind.error("no bound: write least, over, most, under, about, to, and or between"));
            }
        };
        phrases.extend(forms.forms()?.into_iter().map(|form| (form.text, bound)));
    }
    Ok(Folded::new(phrases))
}

/// What the last words before a numeral say, the longest phrase first; words come in their order.
pub(crate) fn bound(words: &[&str]) -> Option<Bound> {
    (0..words.len()).find_map(|from| {
        let mut folded = String::new();
        for (at, word) in words[from..].iter().enumerate() {
            if at > 0 && !folded.ends_with('\'') {
                folded.push(' ');
            }
            fold_into(word, &mut folded);
        }
        PHRASES.get(&folded)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_decides() {
        for (words, expected) in [
            (&["il", "y", "a"][..], Some(Bound::To)),
            (&["ont", "au", "moins"], Some(Bound::Least)),
            (&["Moins", "de"], Some(Bound::Under)),
            (&["à", "peu", "près"], Some(Bound::About)),
            (&["jusqu’", "à"], Some(Bound::Most)),
            (&["soldats", "de"], Some(Bound::Between)),
            (&["les"], None),
            (&[], None),
        ] {
            assert_eq!(bound(words), expected, "{words:?}");
        }
    }

    #[test]
    fn wrong_bounds_are_named_by_line_and_column() {
        let error = parse("mine.tsv", "bound\tforms\nmore\tx\n").unwrap_err();
        assert_eq!((error.line(), error.column()), (2, 1), "{error}");
    }
}
