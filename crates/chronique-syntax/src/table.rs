//! Tables of a model image: hashed feature weights, and maps from hashed keys to small numbers.

use std::ops::Range;

use crate::image::{Damage, Section};

/// Rows of weights under hashed features.
///
/// A slot is a hashed feature. In the image a row is a run of pairs of a weight and a class; the class of
/// its last pair has the highest bit set. What a parser waits for is memory, so that the tables through which
/// a row is found are kept small: two bytes a slot's row, and a quarter of a byte a slot. The few long rows, which
/// frequent features such as a single tag have, make up most of the pairs that a text asks for: they are spread out when
/// the table is read, one weight for each class, and added sixteen classes at a time.
#[derive(Debug)]
pub(crate) struct Weights {
    bits: u32,
    /// For each 64 slots.
    blocks: Vec<Block>,
    /// Of each row, where it starts in pairs from the first of its block; of a long row, with [`SPREAD`], its number in its
    /// block.
    starts: Vec<u16>,
    /// Where the pairs stand in the image.
    pairs: Range<usize>,
    /// For each block, how many long rows stand before it.
    spread_before: Vec<u16>,
    /// The long rows, each of `lanes` runs of weights by class.
    spread: Vec<[i8; LANES]>,
    lanes: usize,
}

/// Sixty-four slots.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// Which of them have a row.
    slots: u64,
    /// How many rows stand before them.
    rows: u32,
    /// How many pairs stand before them.
    pairs: u32,
}

/// Features that are looked up side by side: as many as a stage of the parser has at most.
const BATCH: usize = 56;

/// Most classes of a table.
pub(crate) const CLASSES: usize = 128;

/// Classes that are added at once.
const LANES: usize = 16;

/// Pairs from which on a row is spread out: a few thousand rows of half a million, and most of the pairs asked for.
const LONG: u32 = 12;

/// Marks the place of a row that is spread out.
const SPREAD: u16 = 1 << 15;

/// Marks the last pair of a row.
const LAST: u8 = 0x80;

/// The same mark in four pairs at once.
const LAST_OF_FOUR: u64 = 0x8000_8000_8000_8000;

impl Weights {
    /// Reads a table whose classes are all below `classes`, which are at most 128.
    pub(crate) fn read(section: &mut Section<'_>, classes: usize) -> Result<Weights, Damage> {
        const ROW: Damage = Damage("a row of a weight table");
        let (bits, len) = (section.u32()?, section.u32()?);
        if !(6..=26).contains(&bits) {
            return Err(Damage("the size of a weight table"));
        }
        let (words, _) = section.bytes(1 << (bits - 3))?.as_chunks::<8>();
        // Three pairs of nothing follow the last row, so that four can be read at once.
        let pairs = section.range((len as usize).saturating_add(3).saturating_mul(2))?;
        let (all, _) = section.slice(pairs.clone()).as_chunks::<2>();
        let (mut rows, mut at) = (0, 0);
        let mut blocks = Vec::with_capacity(words.len());
        let mut spread_before = Vec::with_capacity(words.len());
        let mut starts =
            Vec::with_capacity(words.iter().flatten().map(|byte| byte.count_ones() as usize).sum());
        let (lanes, mut long, mut spread) = (classes.div_ceil(LANES), 0u16, Vec::new());
        for word in words {
            let block = Block { slots: u64::from_le_bytes(*word), rows, pairs: at };
            spread_before.push(long);
            let mut longs = 0;
            for _ in 0..block.slots.count_ones() {
                let start = at;
                loop {
                    if at >= len || usize::from(all[at as usize][1] & !LAST) >= classes {
                        return Err(ROW);
                    }
                    at += 1;
                    if all[at as usize - 1][1] & LAST != 0 {
                        break;
                    }
                }
                // A table with more long rows than can be numbered keeps the others as they are.
                let Some(next) = long.checked_add(1).filter(|_| at - start >= LONG) else {
                    let place = u16::try_from(start - block.pairs).ok().filter(|place| place & SPREAD == 0);
                    starts.push(place.ok_or(ROW)?);
                    continue;
                };
                long = next;
                starts.push(SPREAD | longs);
                longs += 1;
                let first = spread.len();
                spread.resize(first + lanes, [0; LANES]);
                let row = spread[first..].as_flattened_mut();
                for &[weight, class] in &all[start as usize..at as usize] {
                    row[usize::from(class & !LAST)] = weight.cast_signed();
                }
            }
            rows += block.slots.count_ones();
            blocks.push(block);
        }
        let rest_is_empty = all[at as usize..].iter().all(|&pair| pair == [0, LAST]);
        if at != len || !rest_is_empty {
            return Err(Damage("the end of a weight table"));
        }
        Ok(Weights { bits, blocks, starts, pairs, spread_before, spread, lanes })
    }

    /// The score of each class: the sum of the weights of all features, which are at most 256.
    #[inline]
    pub(crate) fn scores(&self, image: &[u8], hashes: &[u64]) -> [i16; CLASSES] {
        let mut scores = [0; CLASSES];
        self.add(image, hashes, &mut scores);
        scores
    }

    /// Adds the weights of more features to the scores.
    pub(crate) fn add(&self, image: &[u8], hashes: &[u64], scores: &mut [i16; CLASSES]) {
        let pairs = image[self.pairs.clone()].as_chunks::<2>().0;
        // Each pass makes loads that do not wait for one another, little else, and has no branch to guess: the
        // blocks of the slots, where the rows stand, their first four pairs. Only then come the sums.
        let mut blocks = [(0u32, Block { slots: 0, rows: 0, pairs: 0 }); BATCH];
        let (mut rows, mut firsts) = ([(0u32, 0u32, 0u32); BATCH], [0u16; BATCH]);
        let (mut short, mut long) = ([0u32; BATCH], [0u32; BATCH]);
        let mut heads = [0u64; BATCH];
        for hashes in hashes.chunks(BATCH) {
            for (block, &hash) in blocks.iter_mut().zip(hashes) {
                let slot = slot(hash, self.bits);
                *block = (slot, self.blocks[(slot >> 6) as usize]);
            }
            let mut found = 0;
            for &(slot, block) in &blocks[..hashes.len()] {
                let bit = 1u64 << (slot & 63);
                rows[found] = (block.rows + (block.slots & (bit - 1)).count_ones(), block.pairs, slot >> 6);
                found += usize::from(block.slots & bit != 0);
            }
            for (first, &(row, ..)) in firsts.iter_mut().zip(&rows[..found]) {
                *first = self.starts[row as usize];
            }
            let (mut shorts, mut longs) = (0, 0);
            for (&first, &(_, pairs, block)) in firsts.iter().zip(&rows[..found]) {
                short[shorts] = pairs + u32::from(first);
                long[longs] = u32::from(self.spread_before[block as usize]) + u32::from(first & !SPREAD);
                let is_long = usize::from(first >> 15);
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
                        *score = score.wrapping_add(i16::from(weight));
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
