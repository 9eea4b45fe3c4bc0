//! Pieces of SVG.

use std::fmt::Write;

/// The names of the quad classes.
pub(crate) const QUADS: [&str; 4] =
    ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];

/// Appends text so that HTML and SVG show it as it is and run none of it; line ends become line feeds,
/// and other control characters replacement characters.
///
/// ```
/// let mut out = String::new();
/// chronique_draw::escape("<b>Goma</b> & 'Beni'", &mut out);
/// assert_eq!(out, "&lt;b&gt;Goma&lt;/b&gt; &amp; &#39;Beni&#39;");
/// ```
pub fn escape(text: &str, out: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\n' | '\t' => out.push(char),
            // XML has no way to write these two.
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            char => out.push(char),
        }
    }
}

/// Escaped text.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// A number of pixels to one tenth, as short as it can be written.
pub(crate) fn px(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    // No "-0".
    format!("{}", if tenths == 0.0 { 0.0 } else { tenths })
}

/// `1 event`, `2 events`.
pub(crate) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Text cut to a number of characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// The opening of a drawing; what it is is told to those who don't see it.
pub(crate) fn open(width: f64, height: f64, about: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chq-draw\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" role=\"img\" \
         aria-label=\"{about}\"><style>{}</style>",
        include_str!("draw.css"),
        w = px(width),
        h = px(height),
        about = escaped(about),
    )
}

/// A row of the quad classes that there are, each with its colour.
pub(crate) fn legend(quads: [usize; 4], x: f64, y: f64, out: &mut String) {
    let mut x = x;
    for (at, n) in quads.into_iter().enumerate().filter(|&(_, n)| n > 0) {
        let words = format!("{} {n}", QUADS[at]);
        let _ = write!(
            out,
            "<circle class=\"q{}\" cx=\"{}\" cy=\"{}\" r=\"5\"/><text x=\"{}\" y=\"{}\">{words}</text>",
            at + 1,
            px(x + 5.0),
            px(y - 4.0),
            px(x + 14.0),
            px(y)
        );
        x += 14.0 + text_width(&words) + 18.0;
    }
}

/// About how wide a text of 12 pixels is: enough to keep labels apart.
pub(crate) fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * 6.6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_escapes() {
        assert_eq!(
            escaped("<a href='x' title=\"y\">&\r\n\r\0\u{1b}\u{ffff}é"),
            "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;\n\n\u{fffd}\u{fffd}\u{fffd}é"
        );
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([px(-0.04), px(12.0), px(3.16)], ["0", "12", "3.2"]);
    }
}
