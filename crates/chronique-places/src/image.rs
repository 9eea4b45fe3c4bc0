//! The bytes of a gazetteer: how they are laid out, checked and read.
//!
//! ```text
//! magic "CHRONGAZ" · version u32 · 0 u32 · checksum u64 of what follows, up to the sections · lengths of the sections 7 × u64
//! checksums u64 of each page of the sections, see `store`
//! keys      map: key → first posting << 8 | number of postings, see `keys`
//! postings  u32 each: place << 8 | flags
//! places    32 bytes each, see `Record`
//! strings   display names, each a length byte and UTF-8
//! countries two capitals and the index of the country's place (u32)
//! sources   UTF-8
//! openings  what keys begin with, blocks of u64, see `openings`
//! ```
//! Numbers are little-endian. Every access is bounds-checked and nothing is built: an image made with ill will is refused or
//! gives wrong places, it does not panic. Bytes in memory are checked whole when opened; of a file, each page when it is read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Write};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::gazetteer::{ErrorKind, GazetteerError};
use crate::keys::{Cursor, Keys, Pairs};
use crate::openings::{BLOCK, Opening};
use crate::place::{CountryCode, Feature};
use crate::store::{self, PAGE, Pages, Store, WINDOW};

pub(crate) const MAGIC: &[u8; 8] = b"CHRONGAZ";
pub(crate) const VERSION: u32 = 3;
pub(crate) const SECTIONS: usize = 7;
/// Magic, version, nothing, checksum; then lengths.
const LENGTHS: usize = 24;
pub(crate) const HEADER: usize = LENGTHS + SECTIONS * 8;
pub(crate) const RECORD: usize = 32;
pub(crate) const NO_PARENT: u32 = u32::MAX;
/// Countries and sources are held in memory: they are short.
pub(crate) const SHORT: usize = 1 << 20;

/// A checked image.
#[derive(Clone)]
pub(crate) struct Image {
    store: Arc<Store>,
    keys: Keys,
    /// Made when the first word is looked for, so that opening reads nothing for it.
    pairs: Arc<OnceLock<Box<Pairs>>>,
    postings: Range<usize>,
    places: Range<usize>,
    strings: Range<usize>,
    openings: Range<usize>,
    countries: Arc<[(CountryCode, u32)]>,
    sources: Arc<str>,
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Image").field("names", &self.keys.len).field("places", &self.len()).finish()
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

/// Writes an image of these sections, one after the other.
pub(crate) fn write(body: &[u8], lengths: [usize; SECTIONS], out: &mut impl Write) -> std::io::Result<()> {
    let mut tail = Vec::with_capacity(SECTIONS * 8 + store::pages(body.len()) * 8);
    tail.extend(lengths.iter().flat_map(|&length| (length as u64).to_le_bytes()));
    tail.extend(store::sums(body).flat_map(u64::to_le_bytes));
    out.write_all(MAGIC)?;
    out.write_all(&VERSION.to_le_bytes())?;
    out.write_all(&[0; 4])?;
    out.write_all(&checksum(&tail).to_le_bytes())?;
    out.write_all(&tail)?;
    out.write_all(body)
}

/// What stands before the sections.
struct Header {
    sections: [Range<usize>; SECTIONS],
    sums: Box<[u64]>,
}

impl Header {
    fn body(&self) -> usize {
        HEADER + self.sums.len() * 8
    }

    fn body_len(&self) -> usize {
        self.sections[SECTIONS - 1].end
    }

    /// `start` is what an image of `len` bytes begins with; `more` gives as many bytes as are asked for after [`HEADER`].
    fn read(
        start: &[u8],
        len: u64,
        more: impl FnOnce(usize) -> Result<Vec<u8>, GazetteerError>,
    ) -> Result<Header, GazetteerError> {
        let error = |kind| Err(GazetteerError { kind });
        if start.len() < HEADER || &start[..8] != MAGIC {
            return error(ErrorKind::NotAnImage { len });
        }
        let version = u32::from_le_bytes(start[8..12].try_into().expect("four bytes"));
        if version != VERSION {
            return error(ErrorKind::Version { found: version });
        }
        if start[12..16] != [0; 4] {
            return error(ErrorKind::Damaged("its header is broken".to_owned()));
        }
        let word = |at: usize| u64::from_le_bytes(start[at..at + 8].try_into().expect("eight bytes"));
        let mut sections = [const { 0..0 }; SECTIONS];
        let mut end = 0_u64;
        for (at, section) in sections.iter_mut().enumerate() {
            let from = end;
            end = end.saturating_add(word(LENGTHS + at * 8));
            let index = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            *section = index(from)..index(end);
        }
        // The length is right before anything of that length is taken from memory.
        let pages = end.div_ceil(PAGE as u64);
        let expected = end.saturating_add(pages * 8 + HEADER as u64);
        if expected != len || usize::try_from(expected).is_err() {
            return error(ErrorKind::Length { found: len, expected });
        }
        let sums = more(store::pages(sections[SECTIONS - 1].end) * 8)?;
        if checksum(&[&start[LENGTHS..HEADER], &sums].concat()) != word(16) {
            return error(ErrorKind::Damaged("the checksum of its header differs".to_owned()));
        }
        let sums = sums.chunks_exact(8).map(|sum| u64::from_le_bytes(sum.try_into().expect("eight bytes")));
        Ok(Header { sections, sums: sums.collect() })
    }
}

impl Image {
    pub(crate) fn open(image: Cow<'static, [u8]>) -> Result<Image, GazetteerError> {
        let header =
            Header::read(&image, image.len() as u64, |sums| Ok(image[HEADER..HEADER + sums].to_vec()))?;
        if !store::sums(&image[header.body()..]).eq(header.sums.iter().copied()) {
            return Err(damaged("a checksum differs"));
        }
        let body = header.body();
        Image::new(&header, Store::Memory(image, body))
    }

    pub(crate) fn open_file(mut file: File) -> Result<Image, GazetteerError> {
        let io = |error: std::io::Error| GazetteerError { kind: ErrorKind::File(error.to_string()) };
        let len = file.metadata().map_err(io)?.len();
        let mut start = Vec::with_capacity(HEADER);
        (&file).take(HEADER as u64).read_to_end(&mut start).map_err(io)?;
        let header = Header::read(&start, len, |sums| {
            let mut bytes = vec![0; sums];
            file.read_exact(&mut bytes).map_err(io)?;
            Ok(bytes)
        })?;
        let pages = Pages::new(file, header.body() as u64, header.body_len(), header.sums.clone());
        Image::new(&header, Store::File(pages))
    }

    fn new(header: &Header, store: Store) -> Result<Image, GazetteerError> {
        let [keys, postings, places, strings, countries, sources, openings] = header.sections.clone();
        let broken = [(&postings, 4), (&places, RECORD), (&countries, 6), (&openings, BLOCK)]
            .iter()
            .any(|(table, row)| !table.len().is_multiple_of(*row));
        if broken {
            return Err(damaged("a table has a broken row"));
        }
        let rows = short(&store, countries)?;
        let countries = rows.chunks_exact(6).filter_map(|row| {
            let code = std::str::from_utf8(&row[..2]).ok().and_then(CountryCode::new)?;
            Some((code, u32::from_le_bytes(row[2..].try_into().expect("four bytes"))))
        });
        let countries = countries.collect();
        let sources = String::from_utf8(short(&store, sources)?).unwrap_or_default().into();
        let Some(keys) = Keys::open(&store, keys) else { return Err(damaged("it has no keys")) };
        let (store, pairs) = (Arc::new(store), Arc::default());
        Ok(Image { store, keys, pairs, postings, places, strings, openings, countries, sources })
    }

    /// The number of places.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.places.len() / RECORD).unwrap_or(u32::MAX)
    }

    /// What was found damaged or could not be read so far.
    pub(crate) fn damage(&self) -> Option<&str> {
        self.store.damage()
    }

    /// Reads all of it.
    pub(crate) fn check(&self) -> Result<(), GazetteerError> {
        self.store.check().map_err(|damage| damaged(&damage))
    }

    /// Whether a key may begin so: `false` is certain.
    #[inline]
    pub(crate) fn may_open(&self, opening: Opening) -> bool {
        let block = self.bytes(&self.openings, opening.block(self.openings.len()), BLOCK);
        // What can't be read rules nothing out.
        block.and_then(|block| block.try_into().ok()).is_none_or(|block| opening.is_in(block))
    }

    /// The start of all keys.
    pub(crate) fn root(&self) -> Cursor {
        self.keys.root()
    }

    /// Where one more byte of a key leads.
    #[inline]
    pub(crate) fn step(&self, at: Cursor, byte: u8) -> Option<Cursor> {
        self.keys.step(&self.store, at, byte)
    }

    /// Where the first words of a key lead.
    #[inline]
    pub(crate) fn start(&self, words: &str) -> Option<Cursor> {
        let (at, rest) = match words.as_bytes() {
            [first @ b'a'..=b'z', second @ b'a'..=b'z', rest @ ..] => {
                let pairs = self.pairs.get_or_init(|| self.keys.pairs(&self.store));
                (pairs[usize::from(first - b'a')][usize::from(second - b'a')]?, rest)
            }
            bytes => (self.root(), bytes),
        };
        self.follow(at, rest)
    }

    /// Where more words of a key lead, after a space.
    #[inline]
    pub(crate) fn walk(&self, at: Cursor, words: &str) -> Option<Cursor> {
        self.follow(self.step(at, b' ')?, words.as_bytes())
    }

    #[inline]
    fn follow(&self, at: Cursor, bytes: &[u8]) -> Option<Cursor> {
        bytes.iter().try_fold(at, |at, &byte| self.step(at, byte))
    }

    /// The value of the key that ends here, if one does.
    #[inline]
    pub(crate) fn value(&self, at: Cursor) -> Option<u64> {
        self.keys.value(&self.store, at)
    }

    /// The ways on from here.
    pub(crate) fn ways(&self, at: Cursor) -> impl Iterator<Item = (u8, Cursor)> + use<'_> {
        self.keys.ways(&self.store, at)
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<u64> {
        self.keys.get(&self.store, key)
    }

    /// The bytes from `at` of a section.
    #[inline]
    fn bytes(&self, section: &Range<usize>, at: usize, len: usize) -> Option<&[u8]> {
        let start = section.start.checked_add(at)?;
        (start.checked_add(len)? <= section.end).then_some(())?;
        self.store.window(start, len)
    }

    pub(crate) fn record(&self, place: u32) -> Option<Record> {
        let bytes = self.bytes(&self.places, (place as usize).checked_mul(RECORD)?, RECORD)?;
        Some(Record::read(bytes.try_into().expect("a record's bytes")))
    }

    /// The place and the flags of each posting behind a key's value.
    pub(crate) fn postings(&self, value: u64) -> impl Iterator<Item = (u32, u8)> + '_ {
        let first = usize::try_from(value >> 8).unwrap_or(usize::MAX).saturating_mul(4);
        let len = ((value & 0xff) as usize * 4).min(self.postings.len().saturating_sub(first));
        let rows = self.bytes(&self.postings, first, len).unwrap_or_default();
        rows.chunks_exact(4).map(|row| {
            let posting = u32::from_le_bytes(row.try_into().expect("four bytes"));
            (posting >> 8, (posting & 0xff) as u8)
        })
    }

    pub(crate) fn string(&self, offset: u32) -> &str {
        let at = offset as usize;
        let len = self.bytes(&self.strings, at, 1).map_or(0, |len| usize::from(len[0]));
        let text = self.bytes(&self.strings, at.saturating_add(1), len).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or("")
    }

    /// The place that is the country.
    pub(crate) fn country(&self, code: CountryCode) -> Option<u32> {
        let at = self.countries.binary_search_by_key(&code, |&(code, _)| code).ok()?;
        Some(self.countries[at].1)
    }

    pub(crate) fn sources(&self) -> &str {
        &self.sources
    }

    pub(crate) fn feature(record: &Record) -> Feature {
        Feature::from_code(record.feature)
    }
}

fn damaged(what: &str) -> GazetteerError {
    GazetteerError { kind: ErrorKind::Damaged(what.to_owned()) }
}

/// All bytes of a short section.
fn short(store: &Store, section: Range<usize>) -> Result<Vec<u8>, GazetteerError> {
    if section.len() > SHORT {
        return Err(damaged("a section is too long"));
    }
    let mut bytes = Vec::with_capacity(section.len());
    for at in section.clone().step_by(WINDOW) {
        let window = store.window(at, WINDOW.min(section.end - at));
        bytes.extend(window.ok_or_else(|| damaged(store.damage().unwrap_or("it ends too early")))?);
    }
    Ok(bytes)
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

    /// Makes the checksums right again.
    fn reseal(image: &mut [u8], body: usize) {
        let sums: Vec<u8> = store::sums(&image[body..]).flat_map(u64::to_le_bytes).collect();
        image[HEADER..body].copy_from_slice(&sums);
        let sum = checksum(&image[LENGTHS..body]).to_le_bytes();
        image[16..24].copy_from_slice(&sum);
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
        let body = HEADER + 8 * store::pages(whole.len() - HEADER);
        for at in 8..whole.len() {
            for value in [0, 1, 0x3f, 0x7f, 0x80, 0xc0, 0xff] {
                let mut forged = whole.clone();
                forged[at] = value;
                reseal(&mut forged, body);
                places(forged);
            }
        }
    }
}
