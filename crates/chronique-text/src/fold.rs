use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Span;

/// A text without case and accents, with a way back to the source.
///
/// It is what [`fold_into`] makes, and [`Folded::source`] says which bytes of the source each part
/// came from. Building reads the source once.
///
/// ```
/// use chronique_text::{Folded, Span};
///
/// let source = "à l’Hôtel-Dieu";
/// let folded = Folded::new(source);
/// assert_eq!(folded.as_str(), "a l'hotel-dieu");
/// assert_eq!(&source[folded.source(Span::new(4, 9)).range()], "Hôtel");
/// ```
#[derive(Clone, Debug)]
pub struct Folded {
    folded: String,
    /// For each byte of the folded text, the source byte where its character starts; then the end.
    source: Vec<u32>,
}

impl Folded {
    /// Folds a text.
    ///
    /// # Panics
    /// If the source has more than [`Text::MAX_LEN`](crate::Text::MAX_LEN) bytes.
    #[must_use]
    pub fn new(source: &str) -> Folded {
        let offset = |at: usize| u32::try_from(at).expect("a Text holds at most MAX_LEN bytes");
        let mut folded = String::with_capacity(source.len());
        let mut starts = Vec::with_capacity(source.len() + 1);
        for (at, char) in source.char_indices() {
            fold_char(char, &mut folded);
            starts.resize(folded.len(), offset(at));
        }
        starts.push(offset(source.len()));
        Folded { folded, source: starts }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.folded
    }

    /// The source bytes of a span of the folded text, on `char` boundaries of the source.
    ///
    /// Where one source character became several, as `œ` becomes `oe`, a part of them stands for the
    /// whole character. Marks that folding took off belong to the character before them.
    ///
    /// # Panics
    /// If the span ends outside the folded text.
    #[must_use]
    pub fn source(&self, folded: Span) -> Span {
        let (start, end) = (folded.start() as usize, folded.end() as usize);
        let first = self.source[start];
        if start == end {
            return Span::new(first, first);
        }
        let last = self.source[end - 1];
        let after = self.source[end..].iter().copied().find(|&at| at > last);
        Span::new(first, after.unwrap_or(last))
    }
}

/// Appends `source` without case and accents to `out`: one rule for every crate that compares names.
///
/// Compatibility decomposition (NFKD) without combining marks, in small letters; `œ`, `æ`, `ß`, `ı`,
/// `ø`, `ł`, `đ` become ASCII; typographic apostrophes, hyphens, dashes and spaces become `'`, `-` and
/// the space; soft hyphens and other invisible marks go. Line ends stay. Folding twice changes nothing.
///
/// ```
/// let mut folded = String::new();
/// chronique_text::fold_into("L’Œuvre d’ALGÉRIE", &mut folded);
/// assert_eq!(folded, "l'oeuvre d'algerie");
/// ```
pub fn fold_into(source: &str, out: &mut String) {
    out.reserve(source.len());
    let mut at = 0;
    while let Some(&byte) = source.as_bytes().get(at) {
        if byte.is_ascii() {
            out.push(char::from(byte.to_ascii_lowercase()));
            at += 1;
            continue;
        }
        let Some(char) = source[at..].chars().next() else { return };
        fold_char(char, out);
        at += char.len_utf8();
    }
}

/// What stands for the letters from U+00C0 to U+00FF; 0 where that is no single letter.
const LATIN: &[u8; 64] = b"aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0\0aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0y";

/// Appends one character without case and accents to `out`, as [`fold_into`] does.
///
/// ```
/// let mut folded = String::new();
/// chronique_text::fold_char('Œ', &mut folded);
/// assert_eq!(folded, "oe");
/// ```
#[inline]
pub fn fold_char(char: char, out: &mut String) {
    match char {
        '\0'..='\x7F' => out.push(char.to_ascii_lowercase()),
        '\u{C0}'..='\u{FF}' if LATIN[char as usize - 0xC0] != 0 => {
            out.push(char::from(LATIN[char as usize - 0xC0]));
        }
        // An acute accent alone, which decomposition would take for a space.
        '\u{2019}' | '\u{00B4}' => out.push('\''),
        '«' | '»' => out.push(char),
        _ => fold_slowly(char, out),
    }
}

fn fold_slowly(char: char, out: &mut String) {
    for part in std::iter::once(char).nfkd().flat_map(char::to_lowercase).nfkd() {
        plain(part, out);
    }
}

/// What stands for a decomposed small letter or sign.
fn plain(part: char, out: &mut String) {
    match part {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{02B9}' | '\u{2032}' => out.push('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => {}
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}' => {}
        '\u{0085}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
        '\0'..='\x7F' => out.push(part),
        'œ' => out.push_str("oe"),
        'æ' => out.push_str("ae"),
        'ß' => out.push_str("ss"),
        'ı' => out.push('i'),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'þ' => out.push_str("th"),
        'ς' => out.push('σ'),
        _ if part.is_whitespace() => out.push(' '),
        _ if is_combining_mark(part) => {}
        _ => out.push(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(source: &str) -> String {
        let mut out = String::new();
        fold_into(source, &mut out);
        out
    }

    #[test]
    fn case_accents_and_typography_go() {
        let cases = [
            ("ASCII", "Goma 12!", "goma 12!"),
            ("accents", "Évêché ÀÂÄ ÎïÔöÛüÙÿ ç", "eveche aaa iioouuuy c"),
            ("decomposed", "E\u{301}ve\u{302}que", "eveque"),
            ("ligatures", "ŒUVRE cœur Æther ß", "oeuvre coeur aether ss"),
            ("other Latin letters", "Łódź Đurić Ørsted Iğdır İzmir", "lodz duric orsted igdir izmir"),
            ("apostrophes", "l’un ‘a’ l'un", "l'un 'a' l'un"),
            (
                "hyphens and spaces",
                "Haut‑Karabakh 1\u{202F}500\u{A0}€ 2014–2015",
                "haut-karabakh 1 500 € 2014-2015",
            ),
            ("invisible marks", "Ka\u{AD}ra\u{200B}bakh", "karabakh"),
            ("lines stay", "a\nb\r\n", "a\nb\r\n"),
            ("other scripts", "ΟΔΟΣ Москва", "οδοσ москва"),
        ];
        for (name, source, folded) in cases {
            assert_eq!(fold(source), folded, "{name}");
            assert_eq!(Folded::new(source).as_str(), folded, "{name}");
        }
    }

    #[test]
    fn letters_fold_by_table_as_by_decomposition() {
        for char in '\u{A0}'..='\u{24F}' {
            let mut slowly = String::new();
            fold_slowly(char, &mut slowly);
            let expected = if char == '\u{B4}' { "'" } else { &slowly };
            assert_eq!(fold(&char.to_string()), expected, "{char}");
        }
    }

    #[test]
    fn a_part_of_an_expanded_character_leads_to_the_whole() {
        let folded = Folded::new("cœur");
        assert_eq!(folded.source(Span::new(1, 2)), Span::new(1, 3));
        assert_eq!(folded.source(Span::new(2, 4)), Span::new(1, 4));
        assert_eq!(folded.source(Span::new(5, 5)), Span::new(5, 5));
    }

    #[test]
    fn marks_belong_to_the_character_before() {
        let folded = Folded::new("e\u{301}a");
        assert_eq!(folded.source(Span::new(0, 1)), Span::new(0, 3));
        assert_eq!(folded.source(Span::new(1, 2)), Span::new(3, 4));
    }
}
