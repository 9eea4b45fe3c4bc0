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

/// The byte after the run of letters, digits and joined marks that starts at or before `at`.
#[inline]
pub(crate) fn run_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while at < bytes.len() && matches!(ASCII[bytes[at] as usize], Class::Letter | Class::Digit) {
            at += 1;
        }
        match class_at(text, at) {
            (Class::Letter | Class::Digit | Class::Join, len) => at += len,
            _ => return at,
        }
    }
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
