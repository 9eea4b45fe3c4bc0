use crate::Text;

/// Distance between two checkpoints, in bytes: a look-up reads at most this many.
const STRIDE: usize = 64;

/// An index from byte offsets of a [`Text`] to Unicode code points and back.
///
/// Rust counts bytes; Python, JSON, CSV and Arrow users count code points. This is the only place
/// that converts. Building reads the text once; a look-up reads at most 64 bytes of it.
///
/// ```
/// use chronique_text::{CodePoints, Text};
///
/// let text = Text::new("Évacués à Goma")?;
/// let points = CodePoints::new(&text);
/// assert_eq!(points.of_byte(13), 10);
/// assert_eq!(points.to_byte(10), Some(13));
/// assert_eq!(points.to_byte(99), None);
/// # Ok::<(), chronique_text::TextTooLong>(())
/// ```
#[derive(Clone, Debug)]
pub struct CodePoints {
    text: Text,
    /// Code points that start before byte `i * STRIDE`.
    before: Vec<u32>,
    total: u32,
}

impl CodePoints {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &Text) -> CodePoints {
        let mut before = Vec::with_capacity(text.as_str().len() / STRIDE + 1);
        let mut total = 0;
        for chunk in text.as_str().as_bytes().chunks(STRIDE) {
            before.push(total);
            total += starts(chunk);
        }
        CodePoints { text: text.clone(), before, total }
    }

    /// The number of code points before byte `byte`; past the end, the number of all.
    #[must_use]
    pub fn of_byte(&self, byte: u32) -> u32 {
        let byte = byte as usize;
        match self.before.get(byte / STRIDE) {
            Some(&before) if byte < self.text.as_str().len() => {
                let from = byte / STRIDE * STRIDE;
                before + starts(&self.text.as_str().as_bytes()[from..byte])
            }
            _ => self.total,
        }
    }

    /// The byte at which code point `point` starts; the length of the text for the number of all
    /// code points, and `None` past that.
    #[must_use]
    pub fn to_byte(&self, point: u32) -> Option<u32> {
        if point >= self.total {
            return (point == self.total).then(|| self.text.len());
        }
        let stride = self.before.partition_point(|&before| before <= point) - 1;
        let bytes = self.text.as_str().as_bytes();
        let mut seen = self.before[stride];
        let at = (stride * STRIDE..bytes.len())
            .find(|&at| {
                let start = is_start(bytes[at]);
                seen += u32::from(start);
                start && seen > point
            })
            .expect("a code point below the total starts somewhere");
        Some(u32::try_from(at).expect("offsets of a Text fit u32"))
    }

    /// The number of code points of the text.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.total
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn starts(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|&&byte| is_start(byte)).count())
        .expect("a text has at most u32::MAX bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_goes_there_and_back() {
        let text = Text::new("L’Azerbaïdjan 🇦🇿 — e\u{301}te\u{301} ".repeat(20)).unwrap();
        let points = CodePoints::new(&text);
        let boundaries = text.as_str().char_indices().map(|(at, _)| at).chain([text.as_str().len()]);
        for (point, byte) in boundaries.enumerate() {
            let (point, byte) = (u32::try_from(point).unwrap(), u32::try_from(byte).unwrap());
            assert_eq!(points.of_byte(byte), point);
            assert_eq!(points.to_byte(point), Some(byte));
        }
        assert_eq!(points.to_byte(points.total() + 1), None);
    }

    #[test]
    fn the_empty_text_has_one_boundary() {
        let points = CodePoints::new(&Text::new("").unwrap());
        assert_eq!((points.of_byte(0), points.to_byte(0), points.to_byte(1)), (0, Some(0), None));
    }
}
