use std::ops::Range;

use chronique_syntax::{Deprel, Number, Syntax, Upos, WordId};
use chronique_text::Text;

use crate::bounds::{Bound, bound};
use crate::numbers::{NumberWord, number_word, read_digits};

/// A number of people, as news tell it: *trois*, *au moins 12*, *une dizaine*, *des centaines*.
///
/// | text | value | min | max | approximate | stated |
/// | --- | --- | --- | --- | --- | --- |
/// | *trois soldats* | 3 | | | | yes |
/// | *au moins 12 civils* | 12 | 12 | | | yes |
/// | *plus de 30 blessés* | 30 | 31 | | | yes |
/// | *moins de 10*, *jusqu'à 10* | 10 | | 9, 10 | | yes |
/// | *près de*, *environ 200 personnes* | 200 | | | yes | yes |
/// | *entre 10 et 15*, *10 à 15 morts* | 10 | 10 | 15 | | yes |
/// | *une quinzaine de rebelles* | 15 | | | yes | yes |
/// | *des centaines de manifestants* | 200 | 200 | | yes | no |
///
/// *Un groupe de*, *une partie des soldats* give no number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Count {
    /// The figure that stands for it: the one stated, or the usual sense of *une dizaine* (10).
    pub value: u32,
    /// At least so many, where stated or implied.
    pub min: Option<u32>,
    /// At most so many.
    pub max: Option<u32>,
    /// Whether the text rounds: *environ*, *une dizaine*.
    pub approximate: bool,
    /// Whether the text states a figure, and not only an order of magnitude: *des dizaines*.
    pub stated: bool,
}

impl Count {
    /// Whether a word is a noun that counts others: *dizaine*, *centaines*, *million*.
    #[must_use]
    pub fn is_quantity(syntax: &Syntax, text: &Text, noun: WordId) -> bool {
        syntax.word(noun).upos == Upos::Noun
            && matches!(number_word(syntax.form(noun, text)), Some(NumberWord::Quantity(_)))
    }

    /// The number of what a noun names; `None` where the text gives none (*des*, *plusieurs*).
    ///
    /// The noun may be the thing counted (*soldats* in *une dizaine de soldats*) or the noun that
    /// counts it (*dizaine*). An indefinite article counts one.
    #[must_use]
    pub fn of(syntax: &Syntax, text: &Text, noun: WordId) -> Option<Count> {
        let quantity = |id: WordId| match number_word(syntax.form(id, text)) {
            Some(NumberWord::Quantity(unit)) if syntax.word(id).upos != Upos::Num => Some(unit),
            _ => None,
        };
        if let Some(unit) = quantity(noun) {
            return Some(of_quantity(syntax, text, noun, unit));
        }
        if number_word(syntax.form(noun, text)) == Some(NumberWord::Several) {
            return None;
        }
        let above = syntax.head(noun).filter(|_| syntax.word(noun).deprel.base() == Deprel::Nmod);
        if let Some((above, unit)) = above.and_then(|above| Some((above, quantity(above)?))) {
            return Some(of_quantity(syntax, text, above, unit));
        }
        // The last of "entre 10 et 15 soldats" stands next to the noun, whichever the tree makes its numeral;
        // and a numeral right before a noun counts it, wherever the tree hangs it.
        let is_numeral = |id: &WordId| syntax.word(*id).upos == Upos::Num;
        let sentence = syntax.sentence(syntax.sentence_of(noun));
        let nearest = syntax.subtree(noun).start.max(noun.0.saturating_sub(3))..noun.0;
        let beside = noun.0.saturating_sub(1).max(sentence.start)..noun.0;
        // "en a blessé neuf": the numeral stands for those that it counts.
        let own = Some(noun).filter(is_numeral);
        let numeral =
            own.or_else(|| nearest.rev().chain(beside).map(WordId).find(is_numeral)).or_else(|| {
                let mut before = syntax.children(noun).filter(|&child| child < noun);
                before.find(|&child| {
                    syntax.word(child).deprel == Deprel::Nummod || is_article(syntax, text, child)
                })
            })?;
        let words = numeral_run(syntax, text, numeral);
        let value = read(syntax, text, words.clone())?;
        Some(bounded(syntax, text, words, value))
    }
}

/// *un*, *une*, *aucun* before a noun.
fn is_article(syntax: &Syntax, text: &Text, id: WordId) -> bool {
    syntax.word(id).deprel == Deprel::Det
        && matches!(number_word(syntax.form(id, text)), Some(NumberWord::Number(_)))
}

/// *une dizaine*, *trois centaines*, *des milliers*, *1,5 million*.
fn of_quantity(syntax: &Syntax, text: &Text, noun: WordId, unit: u32) -> Count {
    let before = syntax.children(noun).filter(|&child| child < noun);
    let numeral = before
        .filter(|&child| matches!(syntax.word(child).deprel, Deprel::Nummod | Deprel::Det))
        .find_map(|child| {
            let words = numeral_run(syntax, text, child);
            Some((read_decimal(syntax, text, words.clone())?, words))
        });
    match numeral {
        Some((factor, words)) => {
            let value = scale(factor, unit);
            let article = syntax.word(WordId(words.start)).upos == Upos::Det;
            let mut count = bounded(syntax, text, words, value);
            // "une dizaine" rounds, "deux millions" is a figure.
            count.approximate |= article || unit < 1_000_000;
            count
        }
        None if syntax.word(noun).morph.number() == Some(Number::Sing) => {
            Count { value: unit, min: None, max: None, approximate: true, stated: true }
        }
        None => {
            let value = unit.saturating_mul(2);
            Count { value, min: Some(value), max: None, approximate: true, stated: false }
        }
    }
}

fn scale(factor: f64, unit: u32) -> u32 {
    // A cast from f64 saturates.
    (factor * f64::from(unit)).round() as u32
}

/// The words of a numeral: what is written next to it and is a number too.
fn numeral_run(syntax: &Syntax, text: &Text, numeral: WordId) -> Range<u32> {
    let sentence = syntax.sentence(syntax.sentence_of(numeral));
    let is_number = |at: u32| {
        let form = syntax.form(WordId(at), text);
        read_digits(form).is_some() || matches!(number_word(form), Some(NumberWord::Number(_)))
    };
    let (mut start, mut end) = (numeral.0, numeral.0 + 1);
    while start > sentence.start && numeral.0 - start < 8 && is_number(start - 1) {
        start -= 1;
    }
    while end < sentence.end && end - numeral.0 < 8 && is_number(end) {
        end += 1;
    }
    start..end
}

fn read_decimal(syntax: &Syntax, text: &Text, words: Range<u32>) -> Option<f64> {
    if words.len() == 1
        && let Some(value) = read_digits(syntax.form(WordId(words.start), text))
    {
        return Some(value);
    }
    read(syntax, text, words).map(f64::from)
}

/// The value of a numeral in digits or words.
fn read(syntax: &Syntax, text: &Text, words: Range<u32>) -> Option<u32> {
    let (mut total, mut current, mut any) = (0_u32, 0_u32, false);
    for id in words.map(WordId) {
        let form = syntax.form(id, text);
        if let Some(digits) = read_digits(form) {
            current = scale(digits, 1);
            any = true;
            continue;
        }
        for part in form.split('-') {
            match number_word(part) {
                Some(NumberWord::Number(1000)) => {
                    total = total.saturating_add(current.max(1).saturating_mul(1000));
                    current = 0;
                }
                Some(NumberWord::Number(100)) => current = current.max(1).saturating_mul(100),
                // "quatre-vingts"
                Some(NumberWord::Number(20)) if current % 100 == 4 => current += 76,
                Some(NumberWord::Number(value)) => current = current.saturating_add(value),
                _ if part == "et" => continue,
                _ => return None,
            }
            any = true;
        }
    }
    any.then(|| total.saturating_add(current))
}

/// The count with what the words before its numeral say of its bounds.
fn bounded(syntax: &Syntax, text: &Text, numeral: Range<u32>, value: u32) -> Count {
    let mut count = Count { value, min: None, max: None, approximate: false, stated: true };
    let sentence = syntax.sentence(syntax.sentence_of(WordId(numeral.start)));
    let from = sentence.start.max(numeral.start.saturating_sub(3));
    let words: Vec<&str> = (from..numeral.start).map(|at| syntax.form(WordId(at), text)).collect();
    let (last, others) = words.split_last().map_or(("", &[][..]), |(last, others)| (*last, others));
    match bound(&words) {
        Some(Bound::Least) => count.min = Some(value),
        Some(Bound::Over) => count.min = Some(value.saturating_add(1)),
        Some(Bound::Most) => count.max = Some(value),
        Some(Bound::Under) => count.max = Some(value.saturating_sub(1)),
        Some(Bound::About) => count.approximate = true,
        Some(Bound::To | Bound::And) => {
            let low = (numeral.start - from >= 2)
                .then(|| numeral.start - 2)
                .and_then(|at| read(syntax, text, at..at + 1))
                .filter(|&low| low < value && low > 0);
            let opened = others.len() >= 2 && bound(&others[..1]) == Some(Bound::Between);
            if let Some(low) = low.filter(|_| opened || bound(&[last]) == Some(Bound::To)) {
                count = Count { value: low, min: Some(low), max: Some(value), ..count };
            }
        }
        Some(Bound::Between) | None => {}
    }
    count
}
