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

/// Where two small letters lead from the root.
pub(crate) type Pairs = [[Option<Cursor>; 26]; 26];

/// A node, taken apart as far as its inputs: whether it has a way on for a byte is known before its sizes are.
struct Node<'s> {
    /// What stands before sizes, index and number.
    body: &'s [u8],
    /// The address of the first byte of `body`.
    start: usize,
    /// Where the bytes of the ways on begin in `body`.
    inputs: usize,
    index: Option<&'s [u8; 256]>,
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
        let bytes = self.until(store, at.node)?;
        if let Some((input, len)) = next(bytes) {
            // The commonest node, in long names.
            return (input == byte).then_some(Cursor { node: at.node - len, ..at });
        }
        let node = Node::read(bytes, at.node)?;
        let nth = node.find(byte)?;
        node.way(nth, at.value)
    }

    /// Where each pair of letters leads from the root. Half of the steps of a text are the first two, at the widest nodes.
    pub(crate) fn pairs(&self, store: &Store) -> Box<Pairs> {
        let mut pairs = Box::new([[None; 26]; 26]);
        for (first, row) in (b'a'..).zip(pairs.iter_mut()) {
            let Some(one) = self.step(store, self.root(), first) else { continue };
            for (second, pair) in (b'a'..).zip(row) {
                *pair = self.step(store, one, second);
            }
        }
        pairs
    }

    /// The bytes of a node, with others before; `None` for the empty node.
    #[inline]
    fn until<'s>(&self, store: &'s Store, address: usize) -> Option<&'s [u8]> {
        let len = (address + 1).checked_sub(HEADER)?.min(NODE);
        store.window(self.start + address + 1 - len, len)
    }

    /// The value of the key that ends here, if one does.
    #[inline]
    pub(crate) fn value(&self, store: &Store, at: Cursor) -> Option<u64> {
        if at.node == 0 {
            return Some(at.value);
        }
        let bytes = self.until(store, at.node)?;
        if bytes.last()? >> 6 != 0b01 {
            return None;
        }
        let node = Node::read(bytes, at.node)?;
        let first = node.first()?;
        Some(at.value.wrapping_add(number(&node.body[..first + node.output], node.output)))
    }

    /// The ways on, in order of their bytes.
    pub(crate) fn ways<'s>(
        &self,
        store: &'s Store,
        at: Cursor,
    ) -> impl Iterator<Item = (u8, Cursor)> + use<'s> {
        let bytes = self.until(store, at.node).unwrap_or_default();
        let next = next(bytes).map(|(input, len)| (input, Cursor { node: at.node - len, ..at }));
        let node = Node::read(bytes, at.node).filter(|_| next.is_none());
        let count = node.as_ref().map_or(0, |node| node.count);
        let ways = (0..count).filter_map(move |nth| {
            let node = node.as_ref()?;
            Some((node.input(nth), node.way(nth, at.value)?))
        });
        next.into_iter().chain(ways)
    }

    /// The value of a key.
    pub(crate) fn get(&self, store: &Store, key: &str) -> Option<u64> {
        let end = key.bytes().try_fold(self.root(), |at, byte| self.step(store, at, byte))?;
        self.value(store, end)
    }
}

/// The byte of the one way on, if it leads to the node right before, and the length of the node that `bytes` end with.
#[inline]
fn next(bytes: &[u8]) -> Option<(u8, usize)> {
    match bytes {
        [.., input, 0b1100_0000] => Some((*input, 2)),
        [.., state] if *state > 0b1100_0000 => Some((COMMON[usize::from(state & 0b0011_1111) - 1], 1)),
        _ => None,
    }
}

impl<'s> Node<'s> {
    /// The node that `bytes` end with, at `address`, which is not [`next`]; `None` for what is none.
    #[inline]
    fn read(bytes: &'s [u8], address: usize) -> Option<Node<'s>> {
        let start = address + 1 - bytes.len();
        let (&state, mut body) = bytes.split_last()?;
        let mut number = usize::from(state & 0b0011_1111);
        let mut one = None;
        let is_one = state >> 6 == 0b10;
        if number == 0 {
            let (&before, rest) = body.split_last()?;
            body = rest;
            // One way on is never written so: it stands for 256.
            number = if before == 1 { 256 } else { usize::from(before) };
            one = is_one.then_some(before);
        } else if is_one {
            one = Some(COMMON[number - 1]);
        }
        let count = if is_one { 1 } else { number };
        let (&sizes, rest) = body.split_last()?;
        body = rest;
        let mut index = None;
        if count > INDEXED {
            (body, index) = body.split_last_chunk().map(|(rest, index)| (rest, Some(index)))?;
        }
        let (distance, output) = (usize::from(sizes >> 4), usize::from(sizes & 0xf));
        if distance > 8 || output > 8 {
            return None;
        }
        let inputs = body.len().checked_sub(if is_one { 0 } else { count })?;
        Some(Node { body, start, inputs, index, count, is_final: state >> 6 == 0b01, distance, output, one })
    }

    /// The number of the way that a byte takes.
    #[inline]
    fn find(&self, byte: u8) -> Option<usize> {
        if let Some(one) = self.one {
            return (one == byte).then_some(0);
        }
        if let Some(index) = self.index {
            return Some(usize::from(index[usize::from(byte)])).filter(|&nth| nth < self.count);
        }
        // They stand in reverse.
        self.body[self.inputs..].iter().rev().position(|&input| input == byte)
    }

    /// The byte of a way.
    fn input(&self, nth: usize) -> u8 {
        self.one.unwrap_or_else(|| self.body[self.body.len() - 1 - nth])
    }

    /// Where the node begins in its body; `None` if it would begin before.
    #[inline]
    fn first(&self) -> Option<usize> {
        let finals = if self.is_final { self.output } else { 0 };
        self.inputs.checked_sub(self.count * (self.distance + self.output) + finals)
    }

    /// Where a way leads.
    #[inline(always)]
    fn way(&self, nth: usize, value: u64) -> Option<Cursor> {
        let first = self.first()?;
        let outputs = self.inputs - self.count * self.distance;
        let distance = number(&self.body[..self.inputs - nth * self.distance], self.distance);
        let output = number(&self.body[..outputs - nth * self.output], self.output);
        let node = match usize::try_from(distance).ok()? {
            0 => 0,
            distance => (self.start + first).checked_sub(distance)?,
        };
        Some(Cursor { node, value: value.wrapping_add(output) })
    }
}

/// The little-endian number that the last `size` bytes are.
#[inline(always)]
fn number(bytes: &[u8], size: usize) -> u64 {
    match bytes.last_chunk() {
        // Loaded at once, with what stands before it shifted out.
        Some(&word) => u64::from_le_bytes(word).checked_shr(64 - 8 * size as u32).unwrap_or(0),
        None => {
            bytes[bytes.len() - size..].iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
        }
    }
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
