//! What the spelling of a token says: the atoms from which features are made.

use crate::hash::hash_bytes;

/// The spelling of one token, as hashes of its normal form.
#[derive(Clone, Copy, Default, Debug)]
pub struct Lexical {
    /// The whole normal form: small letters, straight apostrophes, numbers as their shape.
    pub form: u64,
    /// Its last two, three and four characters.
    pub suffixes: [u64; 3],
    /// Its first three characters.
    pub prefix: u64,
    /// Capitals, digits and signs, as `shape` packs them.
    pub shape: u8,
}

/// Capitals, digits and signs of a form, in five bits.
mod shape {
    pub(super) const LOWER: u8 = 0;
    pub(super) const CAPITALIZED: u8 = 1;
    pub(super) const CAPITALS: u8 = 2;
    pub(super) const MIXED: u8 = 3;
    pub(super) const DIGITS: u8 = 4;
    pub(super) const LETTERS_AND_DIGITS: u8 = 5;
    pub(super) const SIGNS: u8 = 6;
    pub(super) const INITIAL: u8 = 7;
    pub(super) const HYPHEN: u8 = 8;
    pub(super) const FIRST: u8 = 16;
    pub(super) const HEADLINE: u8 = 32;
}

impl Lexical {
    /// Reads the spelling of a form; `normal` receives its normal form.
    pub fn new(form: &str, normal: &mut String) -> Lexical {
        normal.clear();
        let (mut capitals, mut small, mut digits, mut hyphens) = (0u32, 0u32, 0u32, 0u32);
        let begins_with_digit = form.starts_with(|c: char| c.is_ascii_digit());
        let first_is_capital = form.trim_start_matches('-').starts_with(char::is_uppercase);
        for c in form.chars() {
            match c {
                'a'..='z' => {
                    small += 1;
                    normal.push(c);
                }
                'A'..='Z' => {
                    capitals += 1;
                    normal.push(c.to_ascii_lowercase());
                }
                '0'..='9' => {
                    digits += 1;
                    normal.push(if begins_with_digit { '0' } else { c });
                }
                '’' | 'ʼ' => normal.push('\''),
                // The treebanks have other quotation marks than many a newspaper.
                '“' | '„' => normal.push('«'),
                '”' | '‟' => normal.push('»'),
                '-' => {
                    hyphens += 1;
                    normal.push(c);
                }
                _ if c.is_ascii() => normal.push(c),
                _ if c.is_uppercase() => {
                    capitals += 1;
                    normal.extend(c.to_lowercase());
                }
                _ => {
                    small += u32::from(c.is_alphabetic());
                    normal.push(c);
                }
            }
        }
        let letters = capitals + small;
        let mut shape = match () {
            () if digits > 0 && letters == 0 => shape::DIGITS,
            () if digits > 0 => shape::LETTERS_AND_DIGITS,
            () if letters == 0 => shape::SIGNS,
            () if capitals == 0 => shape::LOWER,
            () if small == 0 && capitals > 1 => shape::CAPITALS,
            () if small == 0 => shape::INITIAL,
            () if first_is_capital => shape::CAPITALIZED,
            () => shape::MIXED,
        };
        if hyphens > 0 && letters > 0 {
            shape |= shape::HYPHEN;
        }
        let bytes = normal.as_bytes();
        let form = hash_bytes(bytes);
        let mut starts = normal.char_indices().rev().map(|(at, _)| at);
        let mut suffix = |skip: usize| starts.nth(skip).map_or(form, |at| hash_bytes(&bytes[at..]));
        let suffixes = [suffix(1), suffix(0), suffix(0)];
        let prefix = normal.char_indices().nth(3).map_or(form, |(at, _)| hash_bytes(&bytes[..at]) ^ 1);
        Lexical { form, suffixes, prefix, shape }
    }

    /// Whether all its letters, two or more, are capitals.
    const fn is_capitals(self) -> bool {
        self.shape & 7 == shape::CAPITALS
    }

    /// Whether it begins with a capital.
    #[must_use]
    pub const fn is_capitalized(self) -> bool {
        matches!(self.shape & 7, shape::CAPITALIZED | shape::CAPITALS | shape::INITIAL)
    }

    /// Whether it is not plainly a word in small letters with at most one capital at its start.
    #[must_use]
    pub const fn is_unusual(self) -> bool {
        matches!(
            self.shape & 7,
            shape::CAPITALS | shape::MIXED | shape::LETTERS_AND_DIGITS | shape::DIGITS | shape::INITIAL
        )
    }

    /// Whether it holds neither letter nor digit.
    #[must_use]
    pub const fn is_sign(self) -> bool {
        self.shape & 7 == shape::SIGNS
    }
}

/// Marks the first word of a sentence, and the words of a sentence in capitals: there, a capital says little.
pub fn mark_position(sentence: &mut [Lexical]) {
    let words = sentence.iter().filter(|word| !word.is_sign()).count();
    let capitals = sentence.iter().filter(|word| word.is_capitals()).count();
    let headline = capitals >= 3 && capitals * 5 >= words * 3;
    let mut at_start = true;
    for word in sentence {
        if at_start {
            word.shape |= shape::FIRST;
        }
        at_start &= word.is_sign();
        if headline {
            word.shape |= shape::HEADLINE;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling() {
        let mut normal = String::new();
        for (form, expected, capitalized, unusual) in [
            ("Élysée", "élysée", true, false),
            ("aujourd’hui", "aujourd'hui", false, false),
            ("1 500", "0 000", false, true),
            ("M23", "m23", false, true),
            ("ONU", "onu", true, true),
            ("-t-il", "-t-il", false, false),
            ("“", "«", false, false),
            ("", "", false, false),
            ("ß", "ß", false, false),
        ] {
            let lexical = Lexical::new(form, &mut normal);
            assert_eq!(normal, expected, "{form}");
            assert_eq!(lexical.is_capitalized(), capitalized, "{form}");
            assert_eq!(lexical.is_unusual(), unusual, "{form}");
        }
        let [a, b] = ["Maires", "maires"].map(|form| Lexical::new(form, &mut normal));
        assert_eq!((a.form, a.suffixes, a.prefix), (b.form, b.suffixes, b.prefix));
        assert_ne!(a.shape, b.shape);
    }
}
