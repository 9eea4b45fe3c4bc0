//! A filter before the keys: what keys begin with, as bits that answer *perhaps* or *no*.
//!
//! Half of the capitals of a text begin no name. To learn that from the keys takes a walk through memory that no cache holds;
//! here it takes one look at eight bytes. It is a Bloom filter of which all bits of one opening lie in one block.

use std::hash::Hasher;

use chronique_text::WordHash;

use crate::key;

/// The filter has so many bits for each opening, of which it sets two: one in twenty others passes.
const BITS: usize = 10;
/// The bytes of a block.
pub(crate) const BLOCK: usize = 8;

/// The hash of what a key begins with: its only word, or its first two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Opening(u64);

impl Opening {
    pub(crate) fn of(key: &str) -> Opening {
        let (first, second) = key::first_two(key);
        let opening = Opening::word(first);
        second.map_or(opening, |second| opening.then(second))
    }

    /// Of one word.
    #[inline]
    pub(crate) fn word(word: &str) -> Opening {
        Opening(0).then(word)
    }

    /// Of two words, the first of which this is of.
    #[inline]
    pub(crate) fn then(self, word: &str) -> Opening {
        let mut hash = WordHash::default();
        hash.write_u64(self.0);
        hash.write(word.as_bytes());
        Opening(hash.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// In which of so many bytes its block begins.
    #[inline]
    pub(crate) fn block(self, len: usize) -> usize {
        ((u128::from(self.0) * (len / BLOCK) as u128) >> 64) as usize * BLOCK
    }

    /// Whether its bits are set in its block.
    #[inline]
    pub(crate) fn is_in(self, block: [u8; BLOCK]) -> bool {
        u64::from_le_bytes(block) & self.bits() == self.bits()
    }

    fn bits(self) -> u64 {
        1 << (self.0 >> 16 & 63) | 1 << (self.0 >> 24 & 63)
    }
}

/// The filter of these openings.
pub(crate) fn filter(openings: &[Opening]) -> Vec<u8> {
    let mut filter = vec![0; (openings.len() * BITS).div_ceil(8 * BLOCK) * BLOCK];
    for opening in openings {
        let at = opening.block(filter.len());
        let bits = opening.bits().to_le_bytes();
        filter[at..at + BLOCK].iter_mut().zip(bits).for_each(|(byte, bits)| *byte |= bits);
    }
    filter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(filter: &[u8], opening: Opening) -> bool {
        let at = opening.block(filter.len());
        opening.is_in(filter[at..at + BLOCK].try_into().unwrap())
    }

    #[test]
    fn an_opening_is_the_only_word_or_the_first_two() {
        assert_eq!(Opening::of("goma"), Opening::word("goma"));
        assert_eq!(Opening::of("cote d ivoire"), Opening::word("cote").then("d"));
        assert_ne!(Opening::of("d cote"), Opening::of("cote d"));
    }

    /// Images hold these bits: another hash is another format.
    #[test]
    fn the_hash_stays() {
        assert_eq!(Opening::of("cote d ivoire"), Opening(0xE342_4155_70FC_65F8));
    }

    #[test]
    fn what_was_put_in_passes_and_few_others() {
        let opening = |n: usize| Opening::of(&format!("bourg {n}"));
        let openings: Vec<Opening> = (0..20_000).map(opening).collect();
        let filter = filter(&openings);
        assert!(openings.iter().all(|&opening| is_in(&filter, opening)));
        let others = (20_000..40_000).filter(|&n| is_in(&filter, opening(n))).count();
        assert!(others < 20_000 / 20, "{others}");
    }
}
