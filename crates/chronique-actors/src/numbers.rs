//! Numerals in words and digits.

use std::sync::LazyLock;

use chronique_text::fold_into;

use crate::ActorLexiconError;
use crate::folded::Folded;
use crate::tsv::Table;

const NUMBERS: &str = include_str!("../data/numbers.tsv");

/// A word of `numbers.tsv`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NumberWord {
    /// A numeral.
    Number(u32),
    /// A noun that counts, with its unit.
    Quantity(u32),
    /// A noun that says that there are several, and not how many.
    Several,
}

static WORDS: LazyLock<Folded<NumberWord>> =
    LazyLock::new(|| parse("numbers.tsv", NUMBERS).expect("the embedded list is tested"));

fn parse(file: &str, source: &str) -> Result<Folded<NumberWord>, ActorLexiconError> {
    let mut words = Vec::new();
    for [value, kind, forms] in (Table { file, source }).rows(["value", "kind", "forms"])? {
        let number = value.text.parse().map_err(|_| value.error("no number"))?;
        let word = match kind.text {
            "number" => NumberWord::Number(number),
            "quantity" => NumberWord::Quantity(number),
            "several" => NumberWord::Several,
            _ => return Err(kind.error("no kind: write number, quantity or several")),
        };
        words.extend(forms.forms()?.into_iter().map(|form| (form.text, word)));
    }
    Ok(Folded::new(words))
}

/// What a word of a numeral says; the whole of `vingt-deux` is a number too.
pub(crate) fn number_word(form: &str) -> Option<NumberWord> {
    /// No numeral word is longer, so that longer words need no folding.
    const LONGEST: usize = 40;
    if form.len() > LONGEST {
        return None;
    }
    let mut folded = String::with_capacity(form.len());
    fold_into(form, &mut folded);
    if let Some(word) = WORDS.get(&folded) {
        return Some(word);
    }
    let (first, rest) = folded.split_once('-')?;
    let all = matches!(WORDS.get(first), Some(NumberWord::Number(_)))
        && rest.split('-').all(|part| part == "et" || matches!(WORDS.get(part), Some(NumberWord::Number(_))));
    all.then_some(NumberWord::Number(0))
}

/// The value of digits as French writes them: `1 500`, `1.500`, `3,5`.
pub(crate) fn read_digits(form: &str) -> Option<f64> {
    if !form.starts_with(|char: char| char.is_ascii_digit()) || form.len() > 24 {
        return None;
    }
    let (whole, decimals) = form.split_once(',').unwrap_or((form, ""));
    let mut value = 0.0;
    let mut group = 3;
    for char in whole.chars() {
        match char.to_digit(10) {
            Some(digit) => {
                value = value * 10.0 + f64::from(digit);
                group += 1;
            }
            None if char.is_whitespace() || char == '.' => {
                if group == 0 {
                    return None;
                }
                group = 0;
            }
            None => return None,
        }
    }
    if group < 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tail = decimals.bytes().rev().fold(0.0, |tail, byte| (tail + f64::from(byte - b'0')) / 10.0);
    Some(value + tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        for (form, expected) in [
            ("12", Some(12.0)),
            ("1 500", Some(1500.0)),
            ("1\u{202f}500", Some(1500.0)),
            ("10.000", Some(10_000.0)),
            ("2,5", Some(2.5)),
            ("14h30", None),
            ("3.1", None),
            ("1er", None),
            ("", None),
            ("douze", None),
        ] {
            assert_eq!(read_digits(form), expected, "{form}");
        }
    }

    #[test]
    fn words() {
        for (form, expected) in [
            ("Deux", Some(NumberWord::Number(2))),
            ("dizaines", Some(NumberWord::Quantity(10))),
            ("poignée", Some(NumberWord::Several)),
            ("vingt-deux", Some(NumberWord::Number(0))),
            ("quatre-vingts", Some(NumberWord::Number(0))),
            ("deux-roues", None),
            ("soldats", None),
        ] {
            assert_eq!(number_word(form), expected, "{form}");
        }
    }
}
