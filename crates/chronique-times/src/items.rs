//! The items that patterns look at: tokens and parts of tokens, with what each can mean.

use chronique_text::{Span, Text};
use chronique_tokens::{TokenKind, Tokens};
use unicode_normalization::UnicodeNormalization;

use crate::words::{Class, WordId, Words};

/// A token, a part of one (`13-15`, `mi-mars`), or what a rule has found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) span: Span,
    /// First and last token.
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) word: WordId,
    /// [`Class`] bits.
    pub(crate) classes: u64,
    pub(crate) payload: Payload,
}

/// The value of an item that is not in the word list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Payload {
    None,
    /// A numeral, in tenths.
    Number(u32),
    /// A clock time.
    Clock {
        hour: u8,
        minute: u8,
        second: Option<u8>,
    },
    /// A date in figures.
    Numeric {
        day: u8,
        month: u8,
        year: Option<i16>,
    },
    /// `er`, which makes an ordinal of the `1` before it.
    Suffix,
    /// The number of what a rule has found.
    Found(u32),
}

/// Reads the items of sentences; its buffers serve one after the other.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    folded: String,
}

impl Reader {
    /// The items of the tokens `range`, into `items`.
    pub(crate) fn read(
        &mut self,
        words: &Words,
        text: &Text,
        tokens: &Tokens,
        range: std::ops::Range<u32>,
        items: &mut Vec<Item>,
    ) {
        items.clear();
        for index in range {
            let token = &tokens.as_slice()[index as usize];
            let form = text.slice(token.span);
            match token.kind {
                TokenKind::Url | TokenKind::Email | TokenKind::Hashtag => {
                    items.push(Item::bare(token.span, index));
                }
                _ => self.read_token(words, form, token.span, index, items),
            }
        }
        join_ordinals(items);
        compose_numbers(words, items);
        check_years(words, items);
    }

    fn read_token(&mut self, words: &Words, form: &str, span: Span, index: u32, items: &mut Vec<Item>) {
        let starts_with_digit = form.starts_with(|first: char| first.is_ascii_digit());
        let whole = self.item(words, form, span, index);
        let known = whole.word != 0 || whole.payload != Payload::None;
        let joined = || {
            form.len() < 64
                && form.char_indices().any(|(at, c)| at > 0 && is_joint(c))
                && form.bytes().any(|byte| byte.is_ascii_alphanumeric())
        };
        if known || !joined() {
            items.push(whole);
            return;
        }
        // Take apart only what is known in every part: `mi-mars`, `ce jour-là`, `13-15`, not `Mai-Ndombe`.
        let mark = items.len();
        let mut from = 0;
        let joints = form.char_indices().filter(|&(_, c)| is_joint(c)).map(|(at, c)| (at, c.len_utf8()));
        for (at, width) in joints.chain([(form.len(), 0)]) {
            let part = |from: usize, to: usize| {
                let offset = |at: usize| span.start() + u32::try_from(at).expect("within a token");
                Span::new(offset(from), offset(to))
            };
            if at > from {
                let item = self.item(words, &form[from..at], part(from, at), index);
                if item.word == 0 && item.payload == Payload::None {
                    items.truncate(mark);
                    items.push(whole);
                    return;
                }
                items.push(item);
            }
            if width > 0 && starts_with_digit {
                items.push(self.item(words, &form[at..at + width], part(at, at + width), index));
            }
            from = at + width;
        }
    }

    fn item(&mut self, words: &Words, form: &str, span: Span, index: u32) -> Item {
        let mut item = Item::bare(span, index);
        if form.len() > 64 {
            return item;
        }
        fold(form, &mut self.folded);
        item.word = words.id(&self.folded);
        item.classes = words.bits(item.word);
        if item.classes & Class::Number.bit() != 0 {
            item.classes |= Class::Count.bit();
        }
        if self.folded == "premier" && item.is(Class::Ordinal) {
            item.classes |= Class::Day.bit();
        }
        if item.classes & Class::Some.bit() != 0 {
            item.classes |= Class::Count.bit();
        }
        let first = form.chars().next().unwrap_or(' ');
        if first.is_uppercase() {
            item.classes |= Class::Capital.bit();
        } else if first.is_lowercase() {
            item.classes |= Class::Lower.bit();
            if form.len() > 3 && form.ends_with(['s', 'x']) && !item.is(Class::Function) {
                item.classes |= Class::Plural.bit();
            }
        } else if matches!(first, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '»' | '"' | '”' | '…' | '–' | '—')
        {
            item.classes |= Class::Stop.bit();
        }
        if item.word == 0 || first.is_ascii_digit() {
            numeral(&self.folded, form, &mut item);
        }
        item
    }
}

impl Item {
    fn bare(span: Span, index: u32) -> Item {
        Item { span, first: index, last: index, word: 0, classes: 0, payload: Payload::None }
    }

    pub(crate) fn is(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }

    /// The number that the item stands for, in tenths.
    pub(crate) fn tenths(&self, words: &Words) -> Option<u32> {
        match self.payload {
            Payload::Number(tenths) => Some(tenths),
            Payload::None => {
                let value = words
                    .sense(self.word, Class::Number)
                    .or_else(|| words.sense(self.word, Class::Ordinal))
                    .or_else(|| words.sense(self.word, Class::Dozen))?;
                u32::try_from(value).ok()?.checked_mul(10)
            }
            _ => None,
        }
    }

    /// The whole number that the item stands for.
    pub(crate) fn number(&self, words: &Words) -> Option<u32> {
        self.tenths(words).filter(|tenths| tenths % 10 == 0).map(|tenths| tenths / 10)
    }
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '–' | '/')
}

/// Lower case, one apostrophe, composed accents; accents stay, since *à* and *a*, *dès* and *des* differ.
fn fold(form: &str, folded: &mut String) {
    folded.clear();
    let push = |folded: &mut String, c: char| match c {
        '\0'..='\x7F' => folded.push(c.to_ascii_lowercase()),
        '’' | 'ʼ' | '′' => folded.push('\''),
        '\u{2010}' | '\u{2011}' => folded.push('-'),
        c => folded.extend(c.to_lowercase()),
    };
    if form.is_ascii() {
        folded.push_str(form);
        folded.make_ascii_lowercase();
    } else if form.chars().any(|c| ('\u{300}'..'\u{370}').contains(&c)) {
        form.nfc().for_each(|c| push(folded, c));
    } else {
        form.chars().for_each(|c| push(folded, c));
    }
    if folded.len() > 1 && folded.starts_with('-') {
        folded.remove(0);
    }
}

/// Reads figures: `12`, `1er`, `14h30`, `23/12/2018`, `XIXe`.
fn numeral(folded: &str, form: &str, item: &mut Item) {
    if matches!(folded, "er" | "ère") {
        item.payload = Payload::Suffix;
        return;
    }
    if let Some(number) = roman(form) {
        item.payload = Payload::Number(number * 10);
        item.classes |= Class::Roman.bit();
        return;
    }
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 8 {
        return;
    }
    let Ok(value) = folded[..digits].parse::<u32>() else { return };
    match &folded[digits..] {
        "" => {
            item.payload = Payload::Number(value * 10);
            item.classes |= Class::Count.bit();
            if digits <= 2 {
                item.classes |= small(value);
                if digits == 2 {
                    item.classes |= Class::ShortYear.bit();
                }
            }
            if digits == 4 && (1000..2200).contains(&value) {
                item.classes |= Class::Year.bit();
            }
            if value % 10 == 0 && (digits == 4 && (1000..2200).contains(&value) || digits == 2 && value > 0) {
                item.classes |= Class::Decade.bit();
            }
        }
        "er" | "ère" | "re" | "e" | "è" | "ème" | "eme" | "nd" | "nde" | "ième" => {
            item.payload = Payload::Number(value * 10);
            item.classes |= Class::Ordinal.bit();
            if (1..=31).contains(&value) {
                item.classes |= Class::Day.bit();
            }
        }
        rest => {
            if let Some((hour, minute, second)) = clock(value, rest) {
                item.payload = Payload::Clock { hour, minute, second };
                item.classes |= Class::Clock.bit();
            } else if let Some((day, month, year)) = numeric(folded) {
                item.payload = Payload::Numeric { day, month, year };
                item.classes |= match year {
                    Some(_) => Class::Numeric.bit() | Class::DayDate.bit(),
                    None => Class::DayMonth.bit(),
                };
            } else if let Some(tenths) = decimal(value, rest) {
                item.payload = Payload::Number(tenths);
                item.classes |= Class::Count.bit();
            }
        }
    }
}

/// The classes of a number of one or two figures.
fn small(value: u32) -> u64 {
    let bit = |class: Class, fits: bool| if fits { class.bit() } else { 0 };
    bit(Class::Day, (1..=31).contains(&value))
        | bit(Class::Hour, value < 24)
        | bit(Class::Minute, value < 60)
        | bit(Class::MonthNumber, (1..=12).contains(&value))
}

/// `h30`, `h`, `:30`, `:30:15` after an hour.
fn clock(hour: u32, rest: &str) -> Option<(u8, u8, Option<u8>)> {
    let mut parts = rest.split(['h', ':']).skip(1);
    let separator = rest.chars().next().filter(|first| matches!(first, 'h' | ':'))?;
    let minute = parts.next()?.trim_end_matches("min").trim_end_matches("mn");
    let minute: u8 = match minute {
        "" if separator == 'h' => 0,
        two if two.len() == 2 => two.parse().ok()?,
        _ => return None,
    };
    let second = match parts.next() {
        Some(two) if two.len() == 2 => Some(two.parse().ok()?),
        Some(_) => return None,
        None => None,
    };
    let hour = if hour == 24 { 0 } else { u8::try_from(hour).ok()? };
    let fits = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
    (fits && parts.next().is_none()).then_some((hour, minute, second))
}

/// `23/12/2018`, `23.12.18`, `2018-12-23`, and `2/3` without a year.
fn numeric(form: &str) -> Option<(u8, u8, Option<i16>)> {
    let separator = form.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = form.split(separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let two = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
    let (day, month, year) = match third {
        Some(third) if first.len() == 4 && separator == '-' => {
            (two(third)?, two(second)?, Some(first.parse().ok()?))
        }
        Some(third) if third.len() == 4 => (two(first)?, two(second)?, Some(third.parse().ok()?)),
        Some(third) if third.len() == 2 && separator == '/' => {
            (two(first)?, two(second)?, Some(short_year(third.parse().ok()?)))
        }
        None if separator == '/' => (two(first)?, two(second)?, None),
        _ => return None,
    };
    crate::Date::new(year.unwrap_or(2000), month, day).ok()?;
    Some((day, month, year))
}

/// The year of two figures: up to 50 after 2000, then before.
pub(crate) fn short_year(two: i16) -> i16 {
    if two < 50 { 2000 + two } else { 1900 + two }
}

fn decimal(whole: u32, rest: &str) -> Option<u32> {
    let tenth = rest.strip_prefix([',', '.'])?;
    let tenth: u32 = tenth.parse().ok().filter(|_| tenth.len() == 1)?;
    whole.checked_mul(10)?.checked_add(tenth)
}

/// A Roman ordinal or numeral up to 39: `XIXe`, `XXI`.
fn roman(form: &str) -> Option<u32> {
    let letters = form.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
    if letters == 0 || !matches!(&form[letters..], "" | "e" | "è" | "ème" | "eme" | "er" | "ᵉ") {
        return None;
    }
    let value = |byte: u8| match byte {
        b'I' => 1,
        b'V' => 5,
        _ => 10,
    };
    let bytes = &form.as_bytes()[..letters];
    let mut total = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let smaller = bytes.get(at + 1).is_some_and(|&next| value(next) > value(byte));
        total += if smaller { -value(byte) } else { value(byte) };
    }
    u32::try_from(total).ok().filter(|total| (1..40).contains(total))
}

/// Joins `1` and `er` where a space has come between them, as wikis do.
fn join_ordinals(items: &mut Vec<Item>) {
    let mut kept = 0;
    for at in 0..items.len() {
        let item = items[at];
        if item.payload == Payload::Suffix && kept > 0 {
            let number = &mut items[kept - 1];
            if matches!(number.payload, Payload::Number(10)) && number.word == 0 {
                number.span = number.span.cover(item.span);
                number.last = item.last;
                number.classes = Class::Ordinal.bit() | Class::Day.bit();
                continue;
            }
        }
        items[kept] = item;
        kept += 1;
    }
    items.truncate(kept);
}

/// Joins the words of one numeral: *vingt et un*, *quatre-vingt-dix*, *deux cents*.
fn compose_numbers(words: &Words, items: &mut Vec<Item>) {
    let value = |item: &Item| {
        let word = item.payload == Payload::None && item.is(Class::Number);
        if word { words.sense(item.word, Class::Number).and_then(|n| u32::try_from(n).ok()) } else { None }
    };
    let and = words.id("et");
    let mut kept = 0;
    let mut at = 0;
    while at < items.len() {
        let mut item = items[at];
        let mut end = at + 1;
        if let Some(mut total) = value(&item) {
            while let Some(next) = items.get(end) {
                let linked = next.word == and && and != 0 && (20..=60).contains(&total);
                let step = usize::from(linked);
                let Some(number) = items.get(end + step).and_then(value) else { break };
                let fits = if linked { number == 1 || number == 11 } else { true };
                let Some(sum) = append(total, number).filter(|_| fits) else { break };
                total = sum;
                end += step + 1;
            }
            item.payload = Payload::Number(total.saturating_mul(10));
            item.classes |= small(total);
            if total % 10 == 0 && (10..100).contains(&total) {
                item.classes |= Class::Decade.bit();
            }
            if total == 1 {
                // `un` is the article, and never a day.
                item.classes &= !(Class::Day.bit() | Class::Minute.bit());
            }
            if end > at + 1 {
                item.span = item.span.cover(items[end - 1].span);
                item.last = items[end - 1].last;
                item.word = 0;
            }
        }
        items[kept] = item;
        kept += 1;
        at = end;
    }
    items.truncate(kept);
}

/// The numeral `total` followed by the word for `next`, if they make one.
fn append(total: u32, next: u32) -> Option<u32> {
    match next {
        100 if (2..10).contains(&total) => Some(total * 100),
        1000 if (2..1000).contains(&total) => Some(total * 1000),
        20 if total % 100 == 4 => Some(total + 76),
        1..=99 if total >= 100 && total.is_multiple_of(100) => Some(total + next),
        1..=9 if matches!(total % 100, 20 | 30 | 40 | 50 | 60 | 80) => Some(total + next),
        // 71 to 79 and 91 to 99 count on from 60 and 80; `dix-sept` is 10 and 7.
        10..=16 if matches!(total % 100, 60 | 80) => Some(total + next),
        7..=9 if total % 20 == 10 && matches!(total % 100, 10 | 70 | 90) => Some(total + next),
        100 if total >= 1000 && total.is_multiple_of(1000) => Some(total + 100),
        _ => None,
    }
}

/// Takes the class of a year from numbers that count something (*2000 soldats*), and marks the ones
/// that need no context.
fn check_years(words: &Words, items: &mut [Item]) {
    for at in 0..items.len() {
        if !items[at].is(Class::Year) {
            continue;
        }
        let year = items[at].number(words).unwrap_or(0);
        let recent = (1900..2040).contains(&year);
        let counts = items.get(at + 1).is_some_and(|next| next.is(Class::Lower) && !next.is(Class::Function));
        let unit = items.get(at + 1).is_some_and(|next| next.is(Class::Unit));
        if unit || counts && (year.is_multiple_of(50) || !recent) {
            items[at].classes &= !Class::Year.bit();
        } else if recent {
            items[at].classes |= Class::SureYear.bit();
        }
    }
}
