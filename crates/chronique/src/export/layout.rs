//! Aligned text: display widths, wrapping, colour.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether text for people carries colours (ANSI escapes).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Style {
    /// Nothing but text.
    #[default]
    Plain,
    /// For a terminal.
    Colour,
}

/// What a stretch of text is for; colours follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ink {
    Strong,
    Faint,
    Who,
    Place,
    Time,
}

impl Style {
    /// The text in its colour.
    pub(super) fn paint(self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Who => "34",
            Ink::Place => "32",
            Ink::Time => "35",
        };
        if self == Style::Plain || text.trim().is_empty() {
            text.to_owned()
        } else {
            format!("\x1b[{code}m{text}\x1b[0m")
        }
    }
}

/// The text in a column of `width` cells: cut with an ellipsis or filled with spaces.
pub(super) fn fit(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    if text.width() > width {
        for char in text.chars() {
            let wide = char.width().unwrap_or(0);
            if used + wide + 1 > width {
                break;
            }
            used += wide;
            out.push(char);
        }
        out.truncate(out.trim_end().len());
        out.push('…');
        used = out.width();
    } else {
        out.push_str(text);
        used = text.width();
    }
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    out
}

/// The text broken at spaces into lines of at most `width` cells; a longer word is broken itself,
/// after a `|` if it can be. White space and control characters become single spaces.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in words(text) {
        let mut rest = word;
        while !rest.is_empty() {
            let (piece, after) = if rest.width() <= width { (rest, "") } else { split(rest, width) };
            let wide = piece.width();
            let line = lines.last_mut().expect("there is a line");
            if line.is_empty() {
                line.push_str(piece);
                used = wide;
            } else if used + 1 + wide <= width {
                line.push(' ');
                line.push_str(piece);
                used += 1 + wide;
            } else {
                lines.push(piece.to_owned());
                used = wide;
            }
            rest = after;
        }
    }
    lines
}

/// A word that is wider than `width`, cut in two: the first part fits and is not empty.
fn split(word: &str, width: usize) -> (&str, &str) {
    let (mut used, mut hard, mut soft) = (0, 0, None);
    for (at, char) in word.char_indices() {
        used += char.width().unwrap_or(0);
        if used > width && at > 0 {
            break;
        }
        hard = at + char.len_utf8();
        if char == '|' {
            soft = Some(hard);
        }
    }
    word.split_at(soft.unwrap_or(hard))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| char.is_whitespace() || char.is_control()).filter(|word| !word.is_empty())
}

/// The text on one line: white space and control characters become single spaces.
pub(super) fn one_line(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_their_width() {
        for (text, width, expected) in [
            ("Goma", 6, "Goma  "),
            ("Haut-Karabakh", 8, "Haut-Ka…"),
            ("Haut Karabakh", 6, "Haut…"),
            ("東京都", 5, "東京…"),
            ("", 2, "  "),
        ] {
            assert_eq!(fit(text, width).trim_end(), expected.trim_end(), "{text}");
            assert_eq!(fit(text, width).width(), width, "{text}");
        }
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("Un  séisme\nà Agadir", 9), ["Un séisme", "à Agadir"]);
        assert_eq!(wrap("aaaaaaaaaa b", 4), ["aaaa", "aaaa", "aa b"]);
        assert_eq!(wrap("x=un|deux|trois y", 8), ["x=un|", "deux|", "trois y"]);
        assert_eq!(wrap("東京都", 1), ["東", "京", "都"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
