//! The layout of a model image: a header, then the sections one after the other.

use std::fmt;
use std::ops::Range;

use crate::hash::mix;

/// The first bytes of every image.
pub const MAGIC: [u8; 8] = *b"CHRSYNT\0";

/// The version of the layout and of all features; an image of another version is refused.
pub const VERSION: u32 = 2;

/// Magic, version, padding, checksum.
pub const HEADER: usize = 24;

/// The error of an image that is no syntax model, or one of another version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelError(Kind);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    Magic { len: usize },
    Version { found: u32 },
    Checksum,
    Damage(&'static str),
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Magic { len } => write!(f, "these {len} bytes are no syntax model of Chronique"),
            Kind::Version { found } => write!(
                f,
                "the syntax model has version {found}, and this program reads version {VERSION}: \
                 take the model of the same release"
            ),
            Kind::Checksum => {
                f.write_str("the syntax model is damaged: its checksum does not match its bytes")
            }
            Kind::Damage(what) => write!(f, "the syntax model is damaged: {what} is out of range"),
        }
    }
}

impl std::error::Error for ModelError {}

/// What is wrong in a section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Damage(pub &'static str);

impl From<Damage> for ModelError {
    fn from(damage: Damage) -> ModelError {
        ModelError(Kind::Damage(damage.0))
    }
}

/// Checks the header of an image.
pub(crate) fn check(image: &[u8]) -> Result<(), ModelError> {
    if image.len() < HEADER || image[..8] != MAGIC {
        return Err(ModelError(Kind::Magic { len: image.len() }));
    }
    let mut section = Section { image, at: 8 };
    let version = section.u32()?;
    if version != VERSION {
        return Err(ModelError(Kind::Version { found: version }));
    }
    section.u32()?;
    let sum = section.bytes(8)?;
    if checksum(&image[HEADER..]).to_le_bytes() != sum { Err(ModelError(Kind::Checksum)) } else { Ok(()) }
}

/// The checksum of the bytes after the header: four lanes, so that it runs at the speed of memory.
pub fn checksum(bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut lanes = [1u64, 2, 3, 4];
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    let tail = rest.iter().fold(bytes.len() as u64, |hash, &byte| mix(hash, u64::from(byte)));
    lanes.iter().fold(tail, |hash, &lane| mix(hash, lane))
}

/// A place in an image from which values are read in order.
#[derive(Debug)]
pub struct Section<'i> {
    image: &'i [u8],
    at: usize,
}

impl<'i> Section<'i> {
    /// The sections after the header.
    pub fn first(image: &'i [u8]) -> Section<'i> {
        Section { image, at: HEADER }
    }

    /// The whole of some bytes without header.
    #[must_use]
    pub fn alone(image: &'i [u8]) -> Section<'i> {
        Section { image, at: 0 }
    }

    /// The range of the next `len` bytes.
    pub fn range(&mut self, len: usize) -> Result<Range<usize>, Damage> {
        let end = self.at.checked_add(len).filter(|&end| end <= self.image.len());
        let end = end.ok_or(Damage("the length of a section"))?;
        let range = self.at..end;
        self.at = end;
        Ok(range)
    }

    /// The next `len` bytes.
    pub fn bytes(&mut self, len: usize) -> Result<&'i [u8], Damage> {
        self.range(len).map(|range| &self.image[range])
    }

    /// The bytes of a range that [`Section::range`] gave.
    pub fn slice(&self, range: Range<usize>) -> &'i [u8] {
        &self.image[range]
    }

    /// The next number of four bytes.
    pub fn u32(&mut self) -> Result<u32, Damage> {
        let (words, _) = self.bytes(4)?.as_chunks::<4>();
        Ok(u32::from_le_bytes(words[0]))
    }

    /// Whether every byte was read.
    pub fn is_at_end(&self) -> bool {
        self.at == self.image.len()
    }
}
