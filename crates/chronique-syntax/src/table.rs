//! Tables of a model image: hashed feature weights, and maps from hashed keys to small numbers.

use std::ops::Range;

use crate::image::{Damage, Section};

/// Sparse rows of weights under hashed features.
///
/// A slot is a hashed feature. Most slots of a text have no row, and the bitmap that says so fits
/// the processor's cache; rows hold pairs of a class and its weight.
#[derive(Debug)]
pub(crate) struct Weights {
    bits: u32,
    /// For each 64 slots: which have a row, and how many rows stand before them.
    blocks: Vec<(u64, u32)>,
    /// End of each row in `pairs`, in pairs; starts with 0.
    ends: Vec<u32>,
    /// Where the pairs stand in the image.
    pairs: Range<usize>,
}

impl Weights {
    /// Reads a table whose classes are all below `classes`.
    pub(crate) fn read(section: &mut Section<'_>, classes: usize) -> Result<Weights, Damage> {
        let bits = section.u32()?;
        if !(6..=26).contains(&bits) {
            return Err(Damage("the size of a weight table"));
        }
        let (words, _) = section.bytes(1 << (bits - 3))?.as_chunks::<8>();
        let mut rows = 0;
        let blocks = words
            .iter()
            .map(|word| {
                let word = u64::from_le_bytes(*word);
                let before = rows;
                rows += word.count_ones();
                (word, before)
            })
            .collect();
        let mut ends = Vec::with_capacity(rows as usize + 1);
        let mut end = 0u32;
        ends.push(end);
        for &len in section.bytes(rows as usize)? {
            end += u32::from(len);
            ends.push(end);
        }
        let pairs = section.range(end as usize * 2)?;
        if section.slice(pairs.clone()).iter().step_by(2).any(|&class| usize::from(class) >= classes) {
            return Err(Damage("a class of a weight table"));
        }
        Ok(Weights { bits, blocks, ends, pairs })
    }

    /// The slot of a hashed feature.
    #[inline]
    pub(crate) const fn slot(&self, hash: u64) -> u32 {
        slot(hash, self.bits)
    }

    /// Adds the weights of every slot to the scores.
    #[inline]
    pub(crate) fn add<const CLASSES: usize>(
        &self,
        image: &[u8],
        hashes: &[u64],
        scores: &mut [i32; CLASSES],
    ) {
        let pairs = image[self.pairs.clone()].as_chunks::<2>().0;
        for &hash in hashes {
            let slot = self.slot(hash);
            let (bits, before) = self.blocks[(slot >> 6) as usize];
            let bit = 1u64 << (slot & 63);
            if bits & bit != 0 {
                let row = (before + (bits & (bit - 1)).count_ones()) as usize;
                for &[class, weight] in &pairs[self.ends[row] as usize..self.ends[row + 1] as usize] {
                    scores[usize::from(class)] += i32::from(weight.cast_signed());
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
