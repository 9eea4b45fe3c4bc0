//! Walks over the bytes of a finite-state map once, before the map is trusted: the reader of the crate `fst` indexes
//! without checks and panics on bytes that no builder wrote. What passes here can be read without a panic.
//!
//! A map (format 3 of fst) is a header of 16 bytes, nodes one after the other, the number of keys, the address of the
//! root, and a checksum. A node is read backwards from its address, its last byte: state, sizes, inputs, targets, outputs.

/// The length of the header: the first node begins here.
const HEADER: usize = 16;
/// The length of what follows the root: number of keys, root address, checksum.
const FOOTER: usize = 20;
/// Outputs stay below this, so that the sum along a path of at most 2³² nodes does not overflow.
const OUTPUTS: u64 = 1 << 32;

/// Whether the bytes are a finite-state map whose nodes are all within bounds and point to nodes before them.
pub(crate) fn is_sound(bytes: &[u8]) -> bool {
    let word = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    let Some(body) = bytes.len().checked_sub(FOOTER) else { return false };
    if word(0) != Some(3) || body < HEADER {
        return false;
    }
    let Some(root) = word(body + 8).and_then(|root| usize::try_from(root).ok()) else { return false };
    if root == 0 {
        return body == HEADER;
    }
    root.checked_add(1) == Some(body) && nodes_are_sound(bytes, root)
}

fn nodes_are_sound(bytes: &[u8], root: usize) -> bool {
    let mut nodes = Bits::new(root + 1);
    let mut targets = Bits::new(root + 1);
    let mut at = root;
    loop {
        nodes.set(at);
        let Some(start) = node(bytes, at, &mut targets) else { return false };
        if start == HEADER {
            return targets.0.iter().zip(&nodes.0).all(|(target, node)| target & !node == 0);
        }
        at = start - 1;
    }
}

/// The first byte of the node whose last byte is at `at`, if it is sound; its targets are noted.
fn node(bytes: &[u8], at: usize, targets: &mut Bits) -> Option<usize> {
    let state = bytes[at];
    // Steps back over `n` bytes; never before the first node.
    let back = |at: usize, n: usize| at.checked_sub(n).filter(|&at| at >= HEADER);
    let common = state & 0b0011_1111;
    let at = if common == 0 { back(at, 1)? } else { at };
    if state >> 6 == 0b11 {
        // The one target is the node before.
        targets.set(back(at, 1)?);
        return Some(at);
    }
    let (count, is_final) = if state >> 6 == 0b10 {
        (1, false)
    } else {
        let count = match (common, bytes[at]) {
            (0, 1) => 256,
            (0, count) => usize::from(count),
            _ => usize::from(common),
        };
        (count, state & 0b0100_0000 != 0)
    };
    let at = back(at, 1)?;
    let (target_size, output_size) = (usize::from(bytes[at] >> 4), usize::from(bytes[at] & 0xf));
    if target_size > 8 || output_size > 8 || (target_size == 0 && count > 0) {
        return None;
    }
    // A node of many targets has their inputs, and over 32 an index of them; a node of one has its input in the state.
    let inputs = match (state >> 6, count) {
        (0b10, _) => 0,
        (_, 33..) => count + 256,
        _ => count,
    };
    let target_end = back(at, inputs)?;
    let output_end = back(target_end, count * target_size)?;
    let start = back(output_end, (count + usize::from(is_final)) * output_size)?;
    for nth in 1..=count {
        let delta = number(&bytes[target_end - nth * target_size..][..target_size]);
        if delta != 0 {
            let target = start.checked_sub(usize::try_from(delta).ok()?)?;
            if target < HEADER {
                return None;
            }
            targets.set(target);
        }
    }
    let outputs = bytes[start..output_end].chunks_exact(output_size.max(1));
    (output_size <= 4 || outputs.into_iter().all(|output| number(output) < OUTPUTS)).then_some(start)
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

struct Bits(Vec<u64>);

impl Bits {
    fn new(len: usize) -> Bits {
        Bits(vec![0; len / 64 + 1])
    }

    fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(keys: &[(&str, u64)]) -> Vec<u8> {
        fst::Map::from_iter(keys.iter().copied()).unwrap().as_fst().to_vec()
    }

    /// Reads everything that a map can be asked for.
    fn read(bytes: &[u8]) {
        let Ok(map) = fst::Map::new(bytes) else { return };
        let fst = map.as_fst();
        let mut stack = vec![(fst.root(), fst::raw::Output::zero(), 0)];
        let mut steps = 0;
        while let Some((node, value, depth)) = stack.pop() {
            steps += 1;
            if steps > 2_000 {
                break;
            }
            let _ = value.cat(node.final_output());
            for byte in 0..=255 {
                if let Some(at) = node.find_input(byte) {
                    let transition = node.transition(at);
                    stack.push((fst.node(transition.addr), value.cat(transition.out), depth + 1));
                }
            }
        }
    }

    #[test]
    fn what_builders_write_is_sound() {
        let many: Vec<String> =
            (0..3_000).map(|n| format!("{}{n:04}", char::from(b'!' + (n / 40) as u8))).collect();
        let mut many: Vec<(&str, u64)> =
            many.iter().zip(1..).map(|(key, n)| (key.as_str(), n * 977)).collect();
        many.sort_unstable();
        for keys in [&[][..], &[("", 7)], &[("goma", 0)], &[("a", 1), ("ab", 1 << 30), ("b", 3)], &many] {
            assert!(is_sound(&map(keys)), "{} keys", keys.len());
        }
        assert!(!is_sound(&map(&[("a", 1 << 40)])));
    }

    #[test]
    fn forged_bytes_are_refused_or_read_without_panic() {
        let whole = map(&[("baku", 300), ("bamako", 70_000), ("bamba", 5), ("goma", 9), ("gomel", 1 << 20)]);
        let mut refused = 0;
        for at in 0..whole.len() {
            for value in 0..=255 {
                let mut forged = whole.clone();
                forged[at] = value;
                if is_sound(&forged) {
                    read(&forged);
                } else {
                    refused += 1;
                }
            }
        }
        assert!(refused > whole.len());
        (0..whole.len()).for_each(|len| assert!(!is_sound(&whole[..len])));
    }
}
