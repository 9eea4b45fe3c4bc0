//! Tables of a model image: hashed feature weights, and maps from hashed keys to small numbers.

use std::ops::Range;

use crate::image::{Damage, Section};

/// Sparse rows of weights under hashed features.
///
/// A slot is a hashed feature. Most slots of a text have no row, and the bitmap that says so fits
/// the processor's cache. A row is a run of pairs of a weight and a class; the class of its last
/// pair has the highest bit set.
#[derive(Debug)]
pub(crate) struct Weights {
    bits: u32,
    /// For each 64 slots.
    blocks: Vec<Block>,
    /// Start of each row, in pairs from the start of its block.
    starts: Vec<u16>,
    /// Where the pairs stand in the image.
    pairs: Range<usize>,
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

/// Features that are looked up side by side.
const BATCH: usize = 128;

/// Marks the last pair of a row.
const LAST: u8 = 0x80;

/// The same mark in four pairs at once.
const LAST_OF_FOUR: u64 = 0x8000_8000_8000_8000;

impl Weights {
    /// Reads a table whose classes are all below `classes`, which are at most 128.
    pub(crate) fn read(section: &mut Section<'_>, classes: usize) -> Result<Weights, Damage> {
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
        let mut starts =
            Vec::with_capacity(words.iter().flatten().map(|byte| byte.count_ones() as usize).sum());
        for word in words {
            let block = Block { slots: u64::from_le_bytes(*word), rows, pairs: at };
            for _ in 0..block.slots.count_ones() {
                starts.push(u16::try_from(at - block.pairs).map_err(|_| Damage("a row of a weight table"))?);
                loop {
                    if at >= len || usize::from(all[at as usize][1] & !LAST) >= classes {
                        return Err(Damage("a row of a weight table"));
                    }
                    at += 1;
                    if all[at as usize - 1][1] & LAST != 0 {
                        break;
                    }
                }
            }
            rows += block.slots.count_ones();
            blocks.push(block);
        }
        let rest_is_empty = all[at as usize..].iter().all(|&pair| pair == [0, LAST]);
        if at != len || !rest_is_empty {
            return Err(Damage("the end of a weight table"));
        }
        Ok(Weights { bits, blocks, starts, pairs })
    }

    /// Adds the weights of every feature to the scores.
    #[inline]
    pub(crate) fn add<const CLASSES: usize>(
        &self,
        image: &[u8],
        hashes: &[u64],
        scores: &mut [i32; CLASSES],
    ) {
        let pairs = image[self.pairs.clone()].as_chunks::<2>().0;
        let mut sum =
            |[weight, class]: [u8; 2]| scores[usize::from(class & !LAST)] += i32::from(weight.cast_signed());
        // Each pass makes loads that do not wait for one another and has no branch to guess: which
        // rows exist, where they stand, their first four pairs. Only then come the sums.
        let mut rows = [(0u32, 0u32); BATCH];
        let mut heads = [0u64; BATCH];
        for hashes in hashes.chunks(BATCH) {
            let mut found = 0;
            for &hash in hashes {
                let slot = slot(hash, self.bits);
                let block = self.blocks[(slot >> 6) as usize];
                let bit = 1u64 << (slot & 63);
                rows[found] = (block.rows + (block.slots & (bit - 1)).count_ones(), block.pairs);
                found += usize::from(block.slots & bit != 0);
            }
            for (row, start) in &mut rows[..found] {
                *start += u32::from(self.starts[*row as usize]);
            }
            for (head, &(_, start)) in heads.iter_mut().zip(&rows[..found]) {
                let four = pairs[start as usize..start as usize + 4].as_flattened().as_chunks::<8>().0;
                *head = u64::from_le_bytes(four[0]);
            }
            for (&head, &(_, start)) in heads.iter().zip(&rows[..found]) {
                let last = head & LAST_OF_FOUR;
                // All pairs up to the first that is marked; all four if none is.
                let mask = last ^ last.wrapping_sub(1);
                for &pair in (head & mask).to_le_bytes().as_chunks::<2>().0 {
                    sum(pair);
                }
                if last == 0 {
                    for &pair in &pairs[start as usize + 4..] {
                        sum(pair);
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
