//! The bytes of a gazetteer: how they are laid out, checked and read.
//!
//! ```text
//! magic "CHRONGAZ" · version u32 · section lengths 6 × u32 · checksum u64 of the sections
//! keys      fst map: key → first posting << 8 | number of postings
//! postings  u32 each: place << 8 | flags
//! places    32 bytes each, see `Record`
//! strings   display names, each a length byte and UTF-8
//! countries two capitals and the index of the country's place (u32)
//! sources   UTF-8
//! ```
//! Numbers are little-endian. Every access is bounds-checked, and the keys are walked over once when the image is opened
//! ([`crate::fst_check`]): an image made with ill will is refused or gives wrong places, it does not panic.

use std::borrow::Cow;

use fst::Map;

use crate::fst_check::is_sound;
use crate::gazetteer::{ErrorKind, GazetteerError};
use crate::place::{CountryCode, Feature};

pub(crate) const MAGIC: &[u8; 8] = b"CHRONGAZ";
pub(crate) const VERSION: u32 = 1;
pub(crate) const SECTIONS: usize = 6;
pub(crate) const HEADER: usize = 8 + 4 + SECTIONS * 4 + 8;
pub(crate) const RECORD: usize = 32;
pub(crate) const NO_PARENT: u32 = u32::MAX;

type Bytes = Cow<'static, [u8]>;

/// A checked image.
#[derive(Clone)]
pub(crate) struct Image {
    keys: Map<Bytes>,
    postings: Bytes,
    places: Bytes,
    strings: Bytes,
    countries: Bytes,
    sources: Bytes,
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Image").field("names", &self.keys.len()).field("places", &self.len()).finish()
    }
}

/// One place as stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Record {
    /// Hundred-thousandths of a degree; `i32::MIN` latitude: no point.
    pub(crate) lat: i32,
    pub(crate) lon: i32,
    /// Offset of the display name.
    pub(crate) name: u32,
    pub(crate) population: u32,
    /// Scheme in the top byte, number below.
    pub(crate) id: u64,
    pub(crate) country: [u8; 2],
    pub(crate) feature: u8,
    pub(crate) reserved: u8,
    pub(crate) parent: u32,
}

impl Record {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.lat.to_le_bytes());
        out.extend(self.lon.to_le_bytes());
        out.extend(self.name.to_le_bytes());
        out.extend(self.population.to_le_bytes());
        out.extend(self.id.to_le_bytes());
        out.extend(self.country);
        out.push(self.feature);
        out.push(self.reserved);
        out.extend(self.parent.to_le_bytes());
    }

    fn read(bytes: &[u8; RECORD]) -> Record {
        let four = |at: usize| -> [u8; 4] { bytes[at..at + 4].try_into().expect("four bytes") };
        Record {
            lat: i32::from_le_bytes(four(0)),
            lon: i32::from_le_bytes(four(4)),
            name: u32::from_le_bytes(four(8)),
            population: u32::from_le_bytes(four(12)),
            id: u64::from_le_bytes(bytes[16..24].try_into().expect("eight bytes")),
            country: [bytes[24], bytes[25]],
            feature: bytes[26],
            reserved: bytes[27],
            parent: u32::from_le_bytes(four(28)),
        }
    }
}

/// A checksum that finds damage (FNV-1a over words of eight bytes); no protection against ill will.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut sum = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
        sum = (sum ^ word).wrapping_mul(PRIME).rotate_left(23);
    }
    for &byte in words.remainder() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(PRIME);
    }
    sum
}

impl Image {
    pub(crate) fn open(image: Bytes) -> Result<Image, GazetteerError> {
        let error = |kind| Err(GazetteerError { kind });
        if image.len() < HEADER || &image[..8] != MAGIC {
            return error(ErrorKind::NotAnImage { len: image.len() });
        }
        let four = |at: usize| u32::from_le_bytes(image[at..at + 4].try_into().expect("four bytes"));
        let version = four(8);
        if version != VERSION {
            return error(ErrorKind::Version { found: version });
        }
        let mut start = HEADER;
        let mut ranges = [(0, 0); SECTIONS];
        for (at, range) in ranges.iter_mut().enumerate() {
            let end = start.saturating_add(four(12 + 4 * at) as usize);
            *range = (start, end);
            start = end;
        }
        if start != image.len() {
            return error(ErrorKind::Length { found: image.len(), expected: start });
        }
        let stored = u64::from_le_bytes(image[HEADER - 8..HEADER].try_into().expect("eight bytes"));
        if checksum(&image[HEADER..]) != stored {
            return error(ErrorKind::Damaged("the checksum differs"));
        }
        let section = |at: usize| -> Bytes {
            let (start, end): (usize, usize) = ranges[at];
            match &image {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[start..end]),
                Cow::Owned(bytes) => Cow::Owned(bytes[start..end].to_vec()),
            }
        };
        let keys = section(0);
        if !is_sound(&keys) {
            return error(ErrorKind::Damaged("the keys can't be read"));
        }
        let Ok(keys) = Map::new(keys) else {
            return error(ErrorKind::Damaged("the keys can't be read"));
        };
        let image = Image {
            keys,
            postings: section(1),
            places: section(2),
            strings: section(3),
            countries: section(4),
            sources: section(5),
        };
        if [(&image.postings, 4), (&image.places, RECORD), (&image.countries, 6)]
            .iter()
            .any(|(table, row)| !table.len().is_multiple_of(*row))
        {
            return error(ErrorKind::Damaged("a table has a broken row"));
        }
        Ok(image)
    }

    /// The number of places.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.places.len() / RECORD).unwrap_or(u32::MAX)
    }

    pub(crate) fn keys(&self) -> &Map<Bytes> {
        &self.keys
    }

    pub(crate) fn record(&self, place: u32) -> Option<Record> {
        let start = (place as usize).checked_mul(RECORD)?;
        let bytes = self.places.get(start..start + RECORD)?;
        Some(Record::read(bytes.try_into().expect("a record's bytes")))
    }

    /// The place and the flags of each posting behind a key's value.
    pub(crate) fn postings(&self, value: u64) -> impl Iterator<Item = (u32, u8)> + '_ {
        let first = usize::try_from(value >> 8).unwrap_or(usize::MAX);
        let count = (value & 0xff) as usize;
        (first..first.saturating_add(count)).map_while(|at| {
            let bytes = self.postings.get(at.checked_mul(4)?..at.checked_add(1)?.checked_mul(4)?)?;
            let posting = u32::from_le_bytes(bytes.try_into().expect("four bytes"));
            Some((posting >> 8, (posting & 0xff) as u8))
        })
    }

    pub(crate) fn string(&self, offset: u32) -> &str {
        let at = offset as usize;
        let text = self.strings.get(at).and_then(|&len| self.strings.get(at + 1..at + 1 + usize::from(len)));
        text.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// The place that is the country.
    pub(crate) fn country(&self, code: CountryCode) -> Option<u32> {
        let row = |at: usize| &self.countries[at * 6..at * 6 + 6];
        let (mut low, mut high) = (0, self.countries.len() / 6);
        while low < high {
            let middle = usize::midpoint(low, high);
            match row(middle)[..2].cmp(code.as_str().as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    return Some(u32::from_le_bytes(row(middle)[2..].try_into().expect("four bytes")));
                }
            }
        }
        None
    }

    pub(crate) fn sources(&self) -> &str {
        std::str::from_utf8(&self.sources).unwrap_or("")
    }

    pub(crate) fn feature(record: &Record) -> Feature {
        Feature::from_code(record.feature)
    }
}

#[cfg(test)]
mod tests {
    use chronique_text::Text;
    use chronique_tokens::Tokenizer;

    use super::*;
    use crate::{ExternalId, Gazetteer, GazetteerBuilder, IdScheme, NameStatus, NewPlace};

    fn image() -> Vec<u8> {
        let mut builder = GazetteerBuilder::new("test");
        let mut parent = None;
        let rows = [("Mali", Feature::Country), ("Mopti", Feature::Admin1), ("Mopti", Feature::Seat1)];
        for (number, (name, feature)) in (1..).zip(rows) {
            let place = builder.place(NewPlace {
                name: name.to_owned(),
                id: ExternalId { scheme: IdScheme::User, number },
                feature,
                country: CountryCode::new("ML"),
                point: Some((14.5, -4.2)),
                population: 100_000,
                parent,
            });
            builder.name(place, name, NameStatus::French);
            parent = Some(place);
        }
        builder.build()
    }

    #[test]
    fn forged_images_do_not_panic() {
        let whole = image();
        let text = Text::new("À Mopti, au Mali, la région de Mopti (Mali) est calme.").unwrap();
        let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
        let places = |image: Vec<u8>| {
            let gazetteer = Gazetteer::from_bytes(image).ok()?;
            let _ = gazetteer.named("Mopti").map(|place| place.within().count()).sum::<usize>();
            Some(gazetteer.places(&text, &tokens, &chronique_syntax::Syntax::default()).len())
        };
        assert_eq!(places(whole.clone()), Some(4));
        for at in 8..whole.len() {
            for value in [0, 1, 0x3f, 0x7f, 0x80, 0xc0, 0xff] {
                let mut forged = whole.clone();
                forged[at] = value;
                let sum = checksum(&forged[HEADER..]).to_le_bytes();
                forged[HEADER - 8..HEADER].copy_from_slice(&sum);
                places(forged);
            }
        }
    }
}
