use unicode_normalization::char::is_combining_mark;

/// What the scanner must know of one character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Class {
    /// White space, control characters and invisible marks that stand alone.
    Space,
    /// Ends a line.
    Line,
    Letter,
    Digit,
    /// Belongs to the token before it: combining marks, soft hyphens, joiners, marks of direction.
    Join,
    Apostrophe,
    Hyphen,
    Dot,
    Punctuation,
    Symbol,
    Emoji,
    /// The first byte of a character outside ASCII: see [`wide`].
    Wide,
}

const ASCII: [Class; 256] = {
    let mut table = [Class::Wide; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'\n' | b'\r' | 0x0B | 0x0C => Class::Line,
            0..=b' ' | 0x7F => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            b'.' => Class::Dot,
            b'%' | b'$' | b'&' | b'+' | b'<' | b'=' | b'>' | b'^' | b'`' | b'|' | b'~' | b'#' | b'@' => {
                Class::Symbol
            }
            _ => Class::Punctuation,
        };
        byte += 1;
    }
    table
};

/// The class of the character at byte `at`, and its length in bytes. Past the end: a line end of length 0.
#[inline]
pub(crate) fn class_at(text: &str, at: usize) -> (Class, usize) {
    let bytes = text.as_bytes();
    let Some(&byte) = bytes.get(at) else { return (Class::Line, 0) };
    match ASCII[byte as usize] {
        // Latin letters with accents: U+00C0 to U+024F, but for × and ÷.
        Class::Wide
            if matches!(byte, 0xC3..=0xC9) && !(byte == 0xC3 && matches!(bytes[at + 1], 0x97 | 0xB7)) =>
        {
            (Class::Letter, 2)
        }
        Class::Wide => wide(text, at),
        class => (class, 1),
    }
}

/// How far a byte leads into a run of letters and digits: 1 for one of ASCII, 2 for the first of two
/// bytes of a Latin letter, 0 for what must be looked at.
const RUN: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => 1,
            // Those of U+00C0 to U+00FF are looked at in `run_end`, because of × and ÷.
            0xC3..=0xC9 => 2,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// The byte after the run of letters, digits and joined marks that starts at or before `at`.
#[inline]
pub(crate) fn run_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while let Some(next) = bytes.get(at..at + 8) {
            let letters = ascii_letters(next.try_into().expect("a slice of eight bytes"));
            at += letters;
            if letters < 8 {
                break;
            }
        }
        let Some(&byte) = bytes.get(at) else { break };
        match RUN[byte as usize] {
            1 => at += 1,
            2 if byte != 0xC3 || !matches!(bytes[at + 1], 0x97 | 0xB7) => at += 2,
            _ if byte.is_ascii() => break,
            _ => match wide(text, at) {
                (Class::Letter | Class::Digit | Class::Join, len) => at += len,
                _ => break,
            },
        }
    }
    at
}

/// How many of eight bytes are ASCII letters before the first that is none; without a branch per byte.
#[inline]
fn ascii_letters(bytes: [u8; 8]) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(bytes);
    let small = (word & !HIGH) | (ONES * 0x20);
    // The high bit of each byte is set from `a` on, and from the byte after `z` on.
    let from_a = small + ONES * (0x80 - b'a' as u64);
    let past_z = small + ONES * (0x80 - b'z' as u64 - 1);
    let letters = from_a & !past_z & !word & HIGH;
    ((letters ^ HIGH).trailing_zeros() / 8) as usize
}

#[cold]
fn decode(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("a boundary before the end of the text")
}

fn wide(text: &str, at: usize) -> (Class, usize) {
    let char = decode(text, at);
    (of_wide(char), char.len_utf8())
}

fn of_wide(char: char) -> Class {
    match char {
        '\u{2019}' | '\u{2018}' | '\u{201B}' | '\u{02BC}' | '\u{2032}' | '\u{00B4}' => Class::Apostrophe,
        '\u{2010}' | '\u{2011}' => Class::Hyphen,
        '\u{2028}' | '\u{2029}' | '\u{0085}' => Class::Line,
        '\u{00AD}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => {
            Class::Join
        }
        '\u{FE00}'..='\u{FE0F}' | '\u{E0020}'..='\u{E007F}' => Class::Join,
        '\u{200B}' | '\u{FEFF}' | '\u{180E}' => Class::Space,
        '\u{00A1}' | '\u{00A7}' | '\u{00AB}' | '\u{00B6}' | '\u{00B7}' | '\u{00BB}' | '\u{00BF}' => {
            Class::Punctuation
        }
        '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' => Class::Emoji,
        '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}' if !char.is_alphanumeric() => Class::Symbol,
        _ if is_combining_mark(char) => Class::Join,
        _ if char.is_alphanumeric() => Class::Letter,
        _ if char.is_whitespace() || char.is_control() => Class::Space,
        '\u{00A2}'..='\u{00F7}' => Class::Symbol,
        '\u{0600}'..='\u{0605}' | '\u{1D000}'..='\u{1F0FF}' => Class::Symbol,
        _ => Class::Punctuation,
    }
}

/// Whether the character at byte `at` is a capital letter.
#[inline]
pub(crate) fn is_upper(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        Some(_) => decode(text, at).is_uppercase(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_at_once_are_as_one_by_one() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut bytes = *b"azAZmnop";
                bytes[at] = byte;
                let expected = if byte.is_ascii_alphabetic() { 8 } else { at };
                assert_eq!(ascii_letters(bytes), expected, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn runs() {
        let cases = [
            ("Karabakh.", 8),
            ("été 2023", 5),
            ("e\u{301}te\u{301} ", 7),
            ("3×4", 1),
            ("ÿ÷", 2),
            ("Ka\u{AD}rabakh!", 10),
            ("abcdefghijklmnopq-", 17),
            ("", 0),
        ];
        for (text, end) in cases {
            assert_eq!(run_end(text, 0), end, "{text}");
        }
    }
}
