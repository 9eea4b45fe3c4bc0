use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map from words of a table to what the table says of them.
///
/// Words of any text may be looked up in it, but only a table's be put in: its hash is quick, and resists no ill will.
///
/// ```
/// let mut genders = chronique_text::WordMap::default();
/// genders.insert("paix".into(), 'f');
/// assert_eq!(genders.get("paix"), Some(&'f'));
/// ```
pub type WordMap<V> = HashMap<Box<str>, V, BuildHasherDefault<WordHash>>;

/// A set of words of a table, as [`WordMap`].
///
/// ```
/// let articles: chronique_text::WordSet = ["le", "la"].map(Into::into).into_iter().collect();
/// assert!(articles.contains("le") && !articles.contains("ne"));
/// ```
pub type WordSet = HashSet<Box<str>, BuildHasherDefault<WordHash>>;

/// A quick hash of short words, eight bytes at a time.
///
/// ```
/// use std::hash::{BuildHasher, BuildHasherDefault};
///
/// let hashing = BuildHasherDefault::<chronique_text::WordHash>::default();
/// assert_ne!(hashing.hash_one("paix"), hashing.hash_one("pain"));
/// ```
#[derive(Clone, Copy, Default, Debug)]
pub struct WordHash(u64);

impl Hasher for WordHash {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        words.iter().for_each(|&word| self.write_u64(u64::from_le_bytes(word)));
        self.write_u64(rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)));
    }

    /// The mark that ends a string: one string a key needs none.
    fn write_u8(&mut self, _: u8) {}

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
