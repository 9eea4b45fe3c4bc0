//! The keys of an image: a finite-state map from names to where their postings begin.
//!
//! The crate `fst` writes it (its format 3); this reads it, because its reader indexes without checks and wants all bytes
//! in one slice. Here nothing is trusted, so nothing needs to be walked over before: what lies out of bounds is a missing
//! key. A node is read backwards from its address, its last byte:
//!
//! ```text
//! 11cccccc                 one way on, to the node right before; the byte is number c of COMMON, or stands before if c = 0
//! 10cccccc                 one way on: [output] [distance] sizes [byte]
//! 0fnnnnnn                 n ways on, or as many as stands before if n = 0; f: a key ends here
//!                          [final output] [outputs] [distances] [bytes] [index of bytes, if n > 32] sizes [n]
//! ```
//! `sizes` are two half-bytes, of a distance and of an output. Distances count from the first byte of the node, backwards:
//! every way leads to a smaller address, so that no round trip is possible. Distance 0 is the empty node, where a key ends.

use crate::store::Store;

/// The bytes that the format writes in six bits, from 1.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";
/// The map begins with its format and its kind, and ends with the number of keys, the address of the root and a checksum.
const HEADER: usize = 16;
const FOOTER: usize = 20;
const FORMAT: u64 = 3;
/// With more ways on, a node has an index of them.
const INDEXED: usize = 32;
/// No node is longer: 256 ways with distances and outputs of eight bytes.
const NODE: usize = 3 + 256 + 256 * 17 + 8;

const _: () = assert!(NODE <= crate::store::WINDOW);

/// Where the map lies, and its root.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys {
    start: usize,
    root: usize,
    /// The number of keys, by the map itself.
    pub(crate) len: u64,
}

/// A place in the map: the bytes fed so far lead to a node, and add up to a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cursor {
    node: usize,
    value: u64,
}

/// A node, taken apart.
struct Node<'s> {
    /// The address of its first byte.
    first: usize,
    /// What stands before sizes, index and number.
    body: &'s [u8],
    index: Option<&'s [u8]>,
    count: usize,
    is_final: bool,
    distance: usize,
    output: usize,
    /// The byte of the one way on, where it is not in the body.
    one: Option<u8>,
}

impl Keys {
    /// The map in a section of an image; `None` if its first and last bytes are no map's.
    pub(crate) fn open(store: &Store, section: std::ops::Range<usize>) -> Option<Keys> {
        let word = |at: usize| Some(u64::from_le_bytes(store.window(at, 8)?.try_into().ok()?));
        if section.len() < HEADER + FOOTER || word(section.start)? != FORMAT {
            return None;
        }
        let end = section.end - FOOTER;
        let root = usize::try_from(word(end + 8)?).ok()?;
        // The root is the last node, and the empty node of a map without keys is at 0.
        (root == 0 || section.start + root + 1 == end).then_some(())?;
        Some(Keys { start: section.start, root, len: word(end)? })
    }

    pub(crate) fn root(&self) -> Cursor {
        Cursor { node: self.root, value: 0 }
    }

    /// Where one more byte leads.
    #[inline]
    pub(crate) fn step(&self, store: &Store, at: Cursor, byte: u8) -> Option<Cursor> {
        let state = self.state(store, at.node)?;
        if state > 0b1100_0000 {
            // The commonest node, in long names.
            let next = at.node - 1;
            return (COMMON[usize::from(state & 0b0011_1111) - 1] == byte)
                .then_some(Cursor { node: next, ..at });
        }
        let node = self.node(store, at.node)?;
        node.way(node.find(byte)?, at.value).map(|(_, cursor)| cursor)
    }

    /// The last byte of a node.
    #[inline]
    fn state(&self, store: &Store, address: usize) -> Option<u8> {
        (address >= HEADER).then_some(())?;
        Some(store.window(self.start + address, 1)?[0])
    }

    /// The value of the key that ends here, if one does.
    #[inline]
    pub(crate) fn value(&self, store: &Store, at: Cursor) -> Option<u64> {
        if at.node == 0 {
            return Some(at.value);
        }
        if self.state(store, at.node)? & 0b1100_0000 != 0b0100_0000 {
            return None;
        }
        let node = self.node(store, at.node)?;
        node.is_final.then(|| at.value.wrapping_add(number(node.body, 0, node.output)))
    }

    /// The ways on, in order of their bytes.
    pub(crate) fn ways<'s>(
        &self,
        store: &'s Store,
        at: Cursor,
    ) -> impl Iterator<Item = (u8, Cursor)> + use<'s> {
        let node = self.node(store, at.node);
        let count = node.as_ref().map_or(0, |node| node.count);
        (0..count).filter_map(move |nth| node.as_ref()?.way(nth, at.value))
    }

    /// The value of a key.
    pub(crate) fn get(&self, store: &Store, key: &str) -> Option<u64> {
        let end = key.bytes().try_fold(self.root(), |at, byte| self.step(store, at, byte))?;
        self.value(store, end)
    }

    /// The node whose last byte is at `address`; `None` for the empty node, and for what is none.
    #[inline]
    fn node<'s>(&self, store: &'s Store, address: usize) -> Option<Node<'s>> {
        if address < HEADER {
            return None;
        }
        let len = (address + 1 - HEADER).min(NODE);
        let bytes = store.window(self.start + address + 1 - len, len)?;
        let (&state, mut body) = bytes.split_last()?;
        let common = usize::from(state & 0b0011_1111);
        let mut one = common.checked_sub(1).and_then(|nth| COMMON.get(nth)).copied();
        let mut before = None;
        if common == 0 {
            let (&byte, rest) = body.split_last()?;
            (before, body) = (Some(byte), rest);
        }
        if state & 0b1000_0000 != 0 {
            one = one.or(before);
        } else {
            one = None;
        }
        let mut node =
            Node { first: 0, body, index: None, count: 1, is_final: false, distance: 0, output: 0, one };
        if state >> 6 == 0b11 {
            node.first = address - usize::from(common == 0);
            node.body = &[];
            return Some(node);
        }
        let (&sizes, rest) = node.body.split_last()?;
        (node.distance, node.output) = (usize::from(sizes >> 4), usize::from(sizes & 0xf));
        node.body = rest;
        if node.distance > 8 || node.output > 8 {
            return None;
        }
        let mut inputs = 0;
        if node.one.is_none() {
            node.is_final = state & 0b0100_0000 != 0;
            node.count = match before {
                // One way on is never written so: it stands for 256.
                Some(1) => 256,
                Some(count) => usize::from(count),
                None => common,
            };
            if node.count > INDEXED {
                let (rest, index) = node.body.split_at_checked(node.body.len().checked_sub(256)?)?;
                (node.body, node.index) = (rest, Some(index));
            }
            inputs = node.count;
        }
        let finals = if node.is_final { node.output } else { 0 };
        let size = inputs + node.count * (node.distance + node.output) + finals;
        let from = node.body.len().checked_sub(size)?;
        node.body = &node.body[from..];
        node.first = address + 1 - len + from;
        Some(node)
    }
}

impl Node<'_> {
    /// The number of the way that a byte takes.
    #[inline]
    fn find(&self, byte: u8) -> Option<usize> {
        if let Some(one) = self.one {
            return (one == byte).then_some(0);
        }
        if let Some(index) = self.index {
            return Some(usize::from(index[usize::from(byte)])).filter(|&nth| nth < self.count);
        }
        let inputs = self.body.len() - self.count;
        // They stand in reverse.
        self.body[inputs..].iter().rev().position(|&input| input == byte)
    }

    /// The byte of a way and where it leads.
    #[inline]
    fn way(&self, nth: usize, value: u64) -> Option<(u8, Cursor)> {
        if let (Some(byte), 0) = (self.one, self.distance) {
            return Some((byte, Cursor { node: self.first.checked_sub(1)?, value }));
        }
        let (inputs, back) = match self.one {
            Some(_) => (0, 0),
            None => (self.count, self.count - 1 - nth),
        };
        let byte = self.one.unwrap_or_else(|| self.body[self.body.len() - 1 - nth]);
        let outputs = self.body.len() - inputs - self.count * (self.distance + self.output);
        let distances = outputs + self.count * self.output;
        let output = number(self.body, outputs + back * self.output, self.output);
        let distance = number(self.body, distances + back * self.distance, self.distance);
        let node = match usize::try_from(distance).ok()? {
            0 => 0,
            distance => self.first.checked_sub(distance)?,
        };
        Some((byte, Cursor { node, value: value.wrapping_add(output) }))
    }
}

/// The little-endian number of so many bytes.
#[inline]
fn number(bytes: &[u8], at: usize, size: usize) -> u64 {
    bytes[at..at + size].iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn map(keys: &[(&str, u64)]) -> Vec<u8> {
        fst::Map::from_iter(keys.iter().copied()).unwrap().as_fst().to_vec()
    }

    fn open(bytes: Vec<u8>) -> Option<(Store, Keys)> {
        let len = bytes.len();
        let store = Store::Memory(Cow::Owned(bytes), 0);
        let keys = Keys::open(&store, 0..len)?;
        Some((store, keys))
    }

    /// All keys in order, of at most so many.
    fn all(store: &Store, keys: &Keys, most: usize) -> Vec<(Vec<u8>, u64)> {
        let mut found = Vec::new();
        let mut stack = vec![(Vec::new(), keys.root())];
        let mut steps = 0;
        while let Some((prefix, at)) = stack.pop() {
            steps += 1;
            if steps > most {
                break;
            }
            if let Some(value) = keys.value(store, at) {
                found.push((prefix.clone(), value));
            }
            let ways: Vec<_> = keys.ways(store, at).collect();
            stack.extend(ways.into_iter().rev().map(|(byte, next)| ([&prefix[..], &[byte]].concat(), next)));
        }
        found
    }

    #[test]
    fn reads_what_the_builder_writes() {
        let many: Vec<String> =
            (0..3_000).map(|n| format!("{}{n:04}", char::from(b'!' + (n / 40) as u8))).collect();
        let mut many: Vec<(&str, u64)> =
            many.iter().zip(1..).map(|(key, n)| (key.as_str(), n * 977)).collect();
        many.sort_unstable();
        let bytes: Vec<String> = ('\0'..='\u{7f}').map(String::from).collect();
        let bytes: Vec<(&str, u64)> = bytes.iter().map(String::as_str).zip(1..).collect();
        for expected in [
            &[][..],
            &[("", 7)],
            &[("goma", 0)],
            &[("a", 1), ("ab", 1 << 30), ("b", 3)],
            &[("a", 1 << 63), ("b", 3)],
            &bytes,
            &many,
        ] {
            let (store, keys) = open(map(expected)).unwrap();
            let read = all(&store, &keys, usize::MAX);
            let expected: Vec<(Vec<u8>, u64)> =
                expected.iter().map(|&(key, value)| (key.as_bytes().to_vec(), value)).collect();
            assert_eq!(read, expected);
            assert_eq!(keys.len as usize, expected.len());
            for (key, value) in &expected {
                let key = std::str::from_utf8(key).unwrap();
                assert_eq!(keys.get(&store, key), Some(*value), "{key}");
                assert_eq!(keys.get(&store, &format!("{key}?é")), None);
            }
        }
    }

    #[test]
    fn forged_bytes_are_read_without_panic() {
        let whole = map(&[("baku", 300), ("bamako", 70_000), ("bamba", 5), ("goma", 9), ("gomel", 1 << 20)]);
        let read = |bytes: Vec<u8>| open(bytes).map(|(store, keys)| all(&store, &keys, 2_000));
        for at in 0..whole.len() {
            for value in 0..=255 {
                let mut forged = whole.clone();
                forged[at] = value;
                read(forged);
            }
        }
        (0..whole.len()).for_each(|len| assert!(read(whole[..len].to_vec()).is_none()));
    }
}
