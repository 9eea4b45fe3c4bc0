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

/// The text broken at spaces into lines of at most `width` cells; a longer word has its own line,
/// cut. White space and control characters become single spaces.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in
        text.split(|char: char| char.is_whitespace() || char.is_control()).filter(|word| !word.is_empty())
    {
        let line = lines.last_mut().expect("there is a line");
        if line.is_empty() {
            *line = fit(word, word.width().min(width));
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(fit(word, word.width().min(width)));
        }
    }
    lines
}

/// The text on one line: white space and control characters become single spaces.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|char: char| char.is_whitespace() || char.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
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
        assert_eq!(wrap("aaaaaaaaaa b", 4), ["aaa…", "b"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
