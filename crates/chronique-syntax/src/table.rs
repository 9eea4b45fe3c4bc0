//! Tables of a model image: hashed feature weights, and maps from hashed keys to small numbers.

use std::ops::Range;

use crate::image::{Damage, Section};

/// Rows of weights under hashed features.
///
/// A slot is a hashed feature; a bitmap that fits the processor's cache says which slots have a row. In the image a row is a run of pairs of a weight and a class; the class of
/// its last pair has the highest bit set. The few long rows, which frequent features such as a single
/// tag have, make up most of the pairs that a text asks for: they are spread out when the table is
/// read, one weight for each class, and added sixteen classes at a time.
#[derive(Debug)]
pub(crate) struct Weights {
    bits: u32,
    /// For each eight slots, how many rows stand before them, and in the low byte which of them have a row.
    blocks: Vec<u32>,
    /// Of each row, where its pairs start; with [`SPREAD`], its number among the spread rows.
    starts: Vec<u32>,
    /// Where the pairs stand in the image.
    pairs: Range<usize>,
    /// The long rows, each of `lanes` runs of weights by class.
    spread: Vec<[i16; LANES]>,
    lanes: usize,
}

/// Features that are looked up side by side.
const BATCH: usize = 128;

/// Most classes of a table.
const CLASSES: usize = 128;

/// Classes that are added at once.
const LANES: usize = 16;

/// Pairs from which on a row is spread out: a few thousand rows of half a million, and most of the pairs asked for.
const LONG: u32 = 12;

/// Marks the place of a row that is spread out.
const SPREAD: u32 = 1 << 31;

/// Marks the last pair of a row.
const LAST: u8 = 0x80;

/// The same mark in four pairs at once.
const LAST_OF_FOUR: u64 = 0x8000_8000_8000_8000;

/// How many bits of a byte are set: a look-up where the oldest processors of x86-64 have no instruction for it.
const ONES: [u8; 256] = {
    let mut ones = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        ones[byte] = byte.count_ones() as u8;
        byte += 1;
    }
    ones
};

impl Weights {
    /// Reads a table whose classes are all below `classes`, which are at most 128.
    pub(crate) fn read(section: &mut Section<'_>, classes: usize) -> Result<Weights, Damage> {
        let (bits, len) = (section.u32()?, section.u32()?);
        if !(6..=26).contains(&bits) || len >= SPREAD {
            return Err(Damage("the size of a weight table"));
        }
        let slots = section.bytes(1 << (bits - 3))?;
        let count = slots.iter().map(|byte| byte.count_ones() as usize).sum::<usize>();
        if count >> 24 != 0 {
            return Err(Damage("the number of rows of a weight table"));
        }
        // Three pairs of nothing follow the last row, so that four can be read at once.
        let pairs = section.range((len as usize).saturating_add(3).saturating_mul(2))?;
        let (all, _) = section.slice(pairs.clone()).as_chunks::<2>();
        let mut blocks = Vec::with_capacity(slots.len());
        let mut starts = Vec::with_capacity(count);
        let (lanes, mut long, mut spread) = (classes.div_ceil(LANES), 0, Vec::new());
        let mut at = 0;
        for &slots in slots {
            blocks.push((starts.len() as u32) << 8 | u32::from(slots));
            for _ in 0..slots.count_ones() {
                let start = at;
                loop {
                    if at >= len || usize::from(all[at as usize][1] & !LAST) >= classes {
                        return Err(Damage("a row of a weight table"));
                    }
                    at += 1;
                    if all[at as usize - 1][1] & LAST != 0 {
                        break;
                    }
                }
                if at - start < LONG {
                    starts.push(start);
                    continue;
                }
                starts.push(SPREAD | long);
                long += 1;
                let first = spread.len();
                spread.resize(first + lanes, [0; LANES]);
                let row = spread[first..].as_flattened_mut();
                for &[weight, class] in &all[start as usize..at as usize] {
                    row[usize::from(class & !LAST)] = i16::from(weight.cast_signed());
                }
            }
        }
        let rest_is_empty = all[at as usize..].iter().all(|&pair| pair == [0, LAST]);
        if at != len || !rest_is_empty {
            return Err(Damage("the end of a weight table"));
        }
        Ok(Weights { bits, blocks, starts, pairs, spread, lanes })
    }

    /// The score of each class: the sum of the weights of all features, which are at most 256.
    #[inline]
    pub(crate) fn scores(&self, image: &[u8], hashes: &[u64]) -> [i16; CLASSES] {
        let pairs = image[self.pairs.clone()].as_chunks::<2>().0;
        let mut scores = [0i16; CLASSES];
        // Each pass makes loads that do not wait for one another and has no branch to guess: which
        // rows exist, where they stand, their first four pairs. Only then come the sums.
        let mut rows = [0u32; BATCH];
        let (mut short, mut long) = ([0u32; BATCH], [0u32; BATCH]);
        let mut heads = [0u64; BATCH];
        for hashes in hashes.chunks(BATCH) {
            let mut found = 0;
            for &hash in hashes {
                let slot = slot(hash, self.bits);
                let block = self.blocks[(slot >> 3) as usize];
                let bit = 1u32 << (slot & 7);
                rows[found] = (block >> 8) + u32::from(ONES[(block & (bit - 1)) as usize]);
                found += usize::from(block & bit != 0);
            }
            let (mut shorts, mut longs) = (0, 0);
            for &row in &rows[..found] {
                let start = self.starts[row as usize];
                (short[shorts], long[longs]) = (start, start & !SPREAD);
                let is_long = (start >> 31) as usize;
                shorts += 1 - is_long;
                longs += is_long;
            }
            for (head, &start) in heads.iter_mut().zip(&short[..shorts]) {
                let four = pairs[start as usize..start as usize + 4].as_flattened().as_chunks::<8>().0;
                *head = u64::from_le_bytes(four[0]);
            }
            for &row in &long[..longs] {
                let row = &self.spread[row as usize * self.lanes..][..self.lanes];
                for (scores, weights) in scores.as_chunks_mut::<LANES>().0.iter_mut().zip(row) {
                    for (score, &weight) in scores.iter_mut().zip(weights) {
                        *score = score.wrapping_add(weight);
                    }
                }
            }
            let mut add = |[weight, class]: [u8; 2]| {
                let score = &mut scores[usize::from(class & !LAST)];
                *score = score.wrapping_add(i16::from(weight.cast_signed()));
            };
            for (&head, &start) in heads.iter().zip(&short[..shorts]) {
                let last = head & LAST_OF_FOUR;
                // All pairs up to the first that is marked; all four if none is.
                let mask = last ^ last.wrapping_sub(1);
                for &pair in (head & mask).to_le_bytes().as_chunks::<2>().0 {
                    add(pair);
                }
                if last == 0 {
                    for &pair in &pairs[start as usize + 4..] {
                        add(pair);
                        if pair[1] & LAST != 0 {
                            break;
                        }
                    }
                }
            }
        }
        scores
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
