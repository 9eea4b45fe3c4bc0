use std::ops::Range;

/// A half-open range of bytes of one text.
///
/// Offsets are `u32`, because a text is an article: 4 GiB is out of reach and half the memory is
/// saved. Both ends lie on `char` boundaries of the text that the span was made for.
///
/// ```
/// use chronique_text::Span;
///
/// let goma = Span::new(2, 6);
/// assert_eq!(&"à Goma"[..][goma.end() as usize..], "a");
/// assert!(goma.overlaps(Span::new(5, 9)));
/// assert_eq!(goma.cover(Span::new(8, 9)), Span::new(2, 9));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from byte `start` up to, not including, byte `end`.
    ///
    /// # Panics
    /// If `start > end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Span {
        assert!(start <= end, "a span ends at or after its start");
        Span { start, end }
    }

    /// The first byte.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The byte after the last one.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// The number of bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as an index into a `str` or a slice of bytes.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
