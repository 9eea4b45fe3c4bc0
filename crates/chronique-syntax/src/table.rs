//! Tables of a model image: hashed feature weights, and maps from hashed keys to small numbers.

use std::ops::Range;

use crate::image::{Damage, Section};

/// Rows of weights under hashed features, for up to `CLASSES` classes.
///
/// A slot is a hashed feature. In the image a row is a run of pairs of a weight and a class; the class of
/// its last pair has the highest bit set. What a parser waits for is memory, so that the rows are laid out anew when the table
/// is read: all that is known of a slot stands in one cache line. The few long rows, which frequent features such as a single
/// tag have, make up most of the pairs that a text asks for: they stand apart, spread out, one weight for each class, and
/// are added many classes at a time. So do those for which a line has no room.
#[derive(Debug)]
pub(crate) struct Weights<const CLASSES: usize> {
    bits: u32,
    /// For each 32 slots.
    lines: Vec<Line>,
    spread: Vec<Spread<CLASSES>>,
}

/// The weights of a row by class, from the start of a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Spread<const CLASSES: usize>([i8; CLASSES]);

/// What is known of 32 slots: a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Line {
    /// Which of them have a row.
    slots: u32,
    /// How many rows are spread out before them.
    spread: u32,
    /// A byte for each row, then the pairs of the short ones. The byte of a short row says where its pairs start; that of
    /// a row spread out is its number in the line, with [`SPREAD`].
    rows: [u8; ROOM],
}

/// Bytes of a line for its rows.
const ROOM: usize = 64 - 4 - 4;

/// Marks the byte of a row that is spread out.
const SPREAD: u8 = 0x80;

/// Pairs from which on a row is spread out: a few thousand rows of half a million, and most of the pairs asked for.
const LONG: usize = 12;

/// Classes whose sums are made at once; a table has room for a multiple of them.
const LANE: usize = 32;

/// Marks the last pair of a row.
const LAST: u8 = 0x80;

/// Features that are looked up side by side: as many as a stage of the parser has at most.
const BATCH: usize = 56;

impl<const CLASSES: usize> Weights<CLASSES> {
    /// Reads a table whose classes are all below `classes`, which are at most `CLASSES`.
    pub(crate) fn read(section: &mut Section<'_>, classes: usize) -> Result<Self, Damage> {
        const { assert!(CLASSES.is_multiple_of(LANE)) };
        const ROW: Damage = Damage("a row of a weight table");
        let (bits, len) = (section.u32()?, section.u32()? as usize);
        if !(6..=26).contains(&bits) {
            return Err(Damage("the size of a weight table"));
        }
        let blocks = section.bytes(1 << (bits - 3))?.as_chunks::<4>().0;
        // Three pairs of nothing follow the last row.
        let pairs = section.bytes(len.saturating_add(3).saturating_mul(2))?.as_chunks::<2>().0;
        let (mut pairs, padding) = pairs.split_at(len);
        if pairs.iter().fold(0, |most, [_, class]| most.max(class & !LAST)) as usize >= classes {
            return Err(ROW);
        }
        let mut table = Weights { bits, lines: Vec::with_capacity(blocks.len()), spread: Vec::new() };
        for &slots in blocks {
            let slots = u32::from_le_bytes(slots);
            let mut rows: [&[[u8; 2]]; 32] = [&[]; 32];
            let rows = &mut rows[..slots.count_ones() as usize];
            for row in &mut *rows {
                let last = pairs.iter().position(|[_, class]| class & LAST != 0).ok_or(ROW)?;
                (*row, pairs) = pairs.split_at(last + 1);
            }
            table.push_line(slots, rows);
        }
        if !pairs.is_empty() || padding.iter().any(|&pair| pair != [0, LAST]) {
            return Err(Damage("the end of a weight table"));
        }
        Ok(table)
    }

    /// Adds the line of the next 32 slots.
    fn push_line(&mut self, slots: u32, rows: &[&[[u8; 2]]]) {
        let mut line = Line { slots, spread: self.spread.len() as u32, rows: [0; ROOM] };
        // Where the room does not suffice, the longest rows have to go.
        let mut long = LONG;
        while rows.len() + rows.iter().map(|row| 2 * row.len()).filter(|&size| size < 2 * long).sum::<usize>()
            > ROOM
        {
            long -= 1;
        }
        let (mut start, mut number) = (rows.len(), 0);
        for (at, row) in rows.iter().enumerate() {
            if row.len() < long {
                line.rows[at] = start as u8;
                for pair in *row {
                    line.rows[start..start + 2].copy_from_slice(pair);
                    start += 2;
                }
            } else {
                line.rows[at] = SPREAD | number;
                number += 1;
                let mut weights = [0; CLASSES];
                for &[weight, class] in *row {
                    weights[usize::from(class & !LAST)] = weight.cast_signed();
                }
                self.spread.push(Spread(weights));
            }
        }
        self.lines.push(line);
    }

    /// The score of each class: the sum of the weights of all features, which are at most 256.
    #[inline]
    pub(crate) fn scores(&self, hashes: &[u64]) -> [i16; CLASSES] {
        let mut scores = [0; CLASSES];
        self.add(hashes, &mut scores);
        scores
    }

    /// Adds the weights of more features to the scores.
    pub(crate) fn add(&self, hashes: &[u64], scores: &mut [i16; CLASSES]) {
        let mut found = [(0, 0); BATCH];
        let (mut short, mut long) = ([(0, 0); BATCH], [0; BATCH]);
        for hashes in hashes.chunks(BATCH) {
            // First come loads that do not wait for one another, and little else: one from each line.
            for (found, &hash) in found.iter_mut().zip(hashes) {
                let slot = slot(hash, self.bits);
                *found = (slot, self.lines[(slot >> 5) as usize].slots);
            }
            // Which rows there are, short and long: no branch to guess.
            let (mut shorts, mut longs) = (0, 0);
            for &(slot, slots) in &found[..hashes.len()] {
                let (at, bit) = ((slot >> 5) as usize, 1 << (slot & 31));
                let Line { spread, rows, .. } = &self.lines[at];
                let row = rows[(slots & (bit - 1)).count_ones() as usize];
                (short[shorts], long[longs]) = ((at, row), spread + u32::from(row & !SPREAD));
                let (exists, is_long) = (slots & bit != 0, row & SPREAD != 0);
                shorts += usize::from(exists & !is_long);
                longs += usize::from(exists & is_long);
            }
            // Some classes of all rows at a time: their sums stay in registers, and no row waits for another.
            for (lane, scores) in scores.as_chunks_mut::<LANE>().0.iter_mut().enumerate() {
                let mut sums = *scores;
                for &row in &long[..longs] {
                    let weights = &self.spread[row as usize].0.as_chunks::<LANE>().0[lane];
                    for (sum, &weight) in sums.iter_mut().zip(weights) {
                        *sum = sum.wrapping_add(i16::from(weight));
                    }
                }
                *scores = sums;
            }
            for &(at, start) in &short[..shorts] {
                for &[weight, class] in self.lines[at].rows[usize::from(start)..].as_chunks::<2>().0 {
                    let score = &mut scores[usize::from(class & !LAST)];
                    *score = score.wrapping_add(i16::from(weight.cast_signed()));
                    if class & LAST != 0 {
                        break;
                    }
                }
            }
        }
    }
}

/// The slot of a hashed feature in a table of `1 << bits` slots.
#[inline]
pub const fn slot(hash: u64, bits: u32) -> u32 {
    (hash.wrapping_mul(0xd6e8_feb8_6659_fd93) >> (64 - bits)) as u32
}

/// A map from hashed keys to small numbers, which keeps 40 bits of each key instead of the key.
///
/// Among half a million keys an unknown one is taken for a known one about once in two million
/// look-ups: the price of five bytes a word instead of its letters.
#[derive(Debug)]
pub(crate) struct Fingerprints {
    /// End of each bucket in `entries`, in entries; starts with 0.
    ends: Vec<u32>,
    entries: Range<usize>,
    bits: u32,
}

/// Bytes of a fingerprint, then of a value.
pub(crate) const ENTRY: usize = 5;

impl Fingerprints {
    /// Reads a map whose values are all below `values`.
    pub(crate) fn read(section: &mut Section<'_>, values: usize) -> Result<Fingerprints, Damage> {
        let bits = section.u32()?;
        if !(1..=20).contains(&bits) {
            return Err(Damage("the size of a word table"));
        }
        let mut end = 0u32;
        let mut ends = Vec::with_capacity((1 << bits) + 1);
        ends.push(end);
        for &len in section.bytes(1 << bits)? {
            end += u32::from(len);
            ends.push(end);
        }
        let entries = section.range(end as usize * ENTRY)?;
        let (all, _) = section.slice(entries.clone()).as_chunks::<ENTRY>();
        if all.iter().any(|entry| usize::from(u16::from_le_bytes([entry[3], entry[4]])) >= values) {
            return Err(Damage("a value of a word table"));
        }
        Ok(Fingerprints { ends, entries, bits })
    }

    /// The value of a key's hash.
    #[inline]
    pub(crate) fn find(&self, image: &[u8], hash: u64) -> Option<u16> {
        let (bucket, print) = bucket_and_print(hash, self.bits);
        let entries = image[self.entries.clone()].as_chunks::<ENTRY>().0;
        entries[self.ends[bucket] as usize..self.ends[bucket + 1] as usize]
            .iter()
            .find(|entry| entry[..3] == print)
            .map(|entry| u16::from_le_bytes([entry[3], entry[4]]))
    }
}

/// The bucket of a key among `1 << bits`, and the fingerprint that stands for it there.
#[inline]
pub fn bucket_and_print(hash: u64, bits: u32) -> (usize, [u8; 3]) {
    let hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    let [_, a, b, c, ..] = hash.to_le_bytes();
    ((hash >> (64 - bits)) as usize, [a, b, c])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::mix;

    /// A table of 256 slots, of which some lines are empty, some have room for all rows and some do not, and its rows.
    fn table(classes: usize) -> (Vec<u8>, Vec<Vec<[u8; 2]>>) {
        let random = |seed: usize| mix(seed as u64, 17) as usize >> 20;
        let rows: Vec<Vec<[u8; 2]>> = (0..256)
            .map(|slot| {
                let (line, number) = (slot >> 5, random(slot));
                let longest = if number % 5 == 0 { classes.min(40) } else { 6 };
                let len = if number % 8 < line { 1 + number / 64 % longest } else { 0 };
                (0..len)
                    .map(|class| {
                        [random(slot * 256 + class) as u8, (class + number % (classes - len + 1)) as u8]
                    })
                    .collect()
            })
            .collect();
        let mut image = [8u32, rows.iter().map(|row| row.len() as u32).sum()].map(u32::to_le_bytes).concat();
        for eight in rows.chunks(8) {
            image.push((0..8).filter(|&at| !eight[at].is_empty()).map(|at| 1 << at).sum());
        }
        for row in rows.iter().filter(|row| !row.is_empty()) {
            image.extend_from_slice(row.as_flattened());
            *image.last_mut().expect("a pair") |= LAST;
        }
        image.extend_from_slice(&[[0, LAST]; 3].concat());
        (image, rows)
    }

    #[test]
    fn weights_are_those_of_the_rows_wherever_they_stand() {
        let (image, rows) = table(100);
        let weights = Weights::<128>::read(&mut Section::alone(&image), 100).expect("a table");
        let all = rows.iter().filter(|row| !row.is_empty()).count();
        let long = rows.iter().filter(|row| row.len() >= LONG).count();
        assert!(0 < long && long < weights.spread.len() && weights.spread.len() < all, "rows of each kind");
        for hashes in (0..4096).collect::<Vec<u64>>().chunks(70) {
            let mut expected = [0i16; 128];
            for &hash in hashes {
                for &[weight, class] in &rows[slot(hash, 8) as usize] {
                    expected[usize::from(class)] += i16::from(weight.cast_signed());
                }
            }
            assert_eq!(weights.scores(hashes), expected);
        }
    }

    #[test]
    fn damaged_tables_are_refused() {
        let (image, _) = table(30);
        let read =
            |image: &[u8], classes| Weights::<32>::read(&mut Section::alone(image), classes).map(|_| ());
        assert_eq!(read(&image, 30), Ok(()));
        assert_eq!(read(&image, 20), Err(Damage("a row of a weight table")));
        let last = image.len() - 7;
        for (at, expected) in [
            (0, "the size of a weight table"),
            // The last pair of the last row, no pair and one more, then what follows.
            (last, "a row of a weight table"),
            (last + 1, "the end of a weight table"),
        ] {
            let mut damaged = image.clone();
            damaged[at] ^= LAST;
            assert_eq!(read(&damaged, 30), Err(Damage(expected)), "{at}");
        }
    }
}
