//! An averaged perceptron over hashed features, with whole numbers only: the same weights on every machine.

use std::collections::BTreeMap;

use chronique_syntax::training::slot;

/// Marks the last pair of a row in the image.
const LAST: u8 = 0x80;

/// The weights of one feature: where they stand in the arena, how many there are, and room for how many.
#[derive(Clone, Copy, Default, Debug)]
struct Row {
    start: u32,
    len: u8,
    room: u8,
}

impl Row {
    fn range(self) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start + usize::from(self.len)
    }
}

/// The weight of a class.
#[derive(Clone, Copy, Default, Debug)]
struct Cell {
    class: u8,
    weight: i32,
}

/// When a weight was changed last, and the sum of its values until then.
#[derive(Clone, Copy, Default, Debug)]
struct History {
    stamp: u32,
    total: i64,
}

/// The weights under training.
///
/// The time of training is that of waiting for memory. So a decision touches two lines of it for each feature, the slot
/// and its cells, and what only updates need lies elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Perceptron {
    bits: u32,
    /// The row of each slot.
    rows: Vec<Row>,
    cells: Vec<Cell>,
    /// The past of each cell.
    histories: Vec<History>,
    time: u32,
    /// How often an update must ask for a feature before it has weights (Goldberg & Elhadad 2011).
    threshold: u8,
    /// For each slot, how often one did so far.
    asked: Vec<u8>,
}

/// Features that are looked up at once.
const BATCH: usize = 64;

impl Perceptron {
    pub(super) fn new(bits: u32, threshold: u8) -> Perceptron {
        let slots = 1 << bits;
        Perceptron {
            bits,
            rows: vec![Row::default(); slots],
            // The first cell is what slots without a row point at.
            cells: vec![Cell::default()],
            histories: vec![History::default()],
            time: 0,
            threshold,
            asked: vec![0; slots],
        }
    }

    /// Adds the weights of every feature to the scores.
    pub(super) fn add(&self, features: &[u64], scores: &mut [i32]) {
        let (mut rows, mut firsts) = ([Row::default(); BATCH], [Cell::default(); BATCH]);
        for features in features.chunks(BATCH) {
            // Loads that do not wait for one another come first.
            for (row, &feature) in rows.iter_mut().zip(features) {
                *row = self.rows[slot(feature, self.bits) as usize];
            }
            let rows = &rows[..features.len()];
            for (first, row) in firsts.iter_mut().zip(rows) {
                *first = self.cells[row.start as usize];
            }
            for (row, first) in rows.iter().zip(&firsts).filter(|(row, _)| row.len > 0) {
                scores[usize::from(first.class)] += first.weight;
                for cell in &self.cells[row.range()][1..] {
                    scores[usize::from(cell.class)] += cell.weight;
                }
            }
        }
    }

    /// Counts one more decision.
    pub(super) fn tick(&mut self) {
        self.time += 1;
    }

    /// Changes the weight of a class under every feature.
    pub(super) fn update(&mut self, features: &[u64], class: usize, by: i32) {
        let class = u8::try_from(class).expect("at most 256 classes");
        for &feature in features {
            let slot = slot(feature, self.bits) as usize;
            let row = self.rows[slot];
            if row.room == 0 {
                self.asked[slot] += 1;
                if self.asked[slot] < self.threshold {
                    continue;
                }
            }
            let found = self.cells[row.range()].iter().position(|cell| cell.class == class);
            let at = match found {
                Some(at) => row.start as usize + at,
                None => self.push(slot, class),
            };
            let (cell, history) = (&mut self.cells[at], &mut self.histories[at]);
            history.total += i64::from(cell.weight) * i64::from(self.time - history.stamp);
            history.stamp = self.time;
            cell.weight += by;
        }
    }

    /// Gives a slot one more cell, and moves its row to where there is room if need be.
    fn push(&mut self, slot: usize, class: u8) -> usize {
        let row = &mut self.rows[slot];
        if row.len == row.room {
            let old = row.range();
            row.room = if row.room == 0 { 2 } else { row.room.saturating_mul(2) };
            row.start = u32::try_from(self.cells.len()).expect("fewer cells than u32::MAX");
            let end = self.cells.len() + usize::from(row.room);
            self.cells.extend_from_within(old.clone());
            self.cells.resize(end, Cell::default());
            self.histories.extend_from_within(old);
            self.histories.resize(end, History::default());
        }
        let at = row.range().end;
        row.len += 1;
        self.cells[at] = Cell { class, weight: 0 };
        self.histories[at] = History { stamp: self.time, total: 0 };
        at
    }

    /// Puts the averages, a hundredfold, in the place of the weights, so that they can be used.
    pub(super) fn average(&mut self) {
        for (cell, history) in self.cells.iter_mut().zip(&mut self.histories) {
            let total = history.total + i64::from(cell.weight) * i64::from(self.time - history.stamp);
            cell.weight = (total * 100 / i64::from(self.time.max(1))) as i32;
            *history = History::default();
        }
        self.time = 1;
    }

    /// The mean of several averages over the same features.
    ///
    /// Scores are sums of weights: who decides by the mean decides by the vote of all.
    pub(super) fn mean(all: &[Perceptron]) -> Perceptron {
        let first = &all[0];
        let count = i32::try_from(all.len()).expect("a handful");
        let mut mean = Perceptron::new(first.bits, 1);
        for slot in 0..first.rows.len() {
            let mut sums: BTreeMap<u8, i32> = BTreeMap::new();
            for one in all {
                for cell in &one.cells[one.rows[slot].range()] {
                    *sums.entry(cell.class).or_default() += cell.weight;
                }
            }
            for (class, sum) in sums {
                let at = mean.push(slot, class);
                mean.cells[at].weight = sum / count;
            }
        }
        mean.time = 1;
        mean
    }

    /// The averages as bytes, in the layout that the model reads.
    ///
    /// An average of `unit` hundredths becomes 1; what is less than `floor` or half a unit vanishes, what is beyond 127 is cut.
    pub(super) fn write(&self, unit: i64, floor: i64, out: &mut Vec<u8>) -> Statistics {
        let mut statistics = Statistics::default();
        let quantize = |cell: &Cell| {
            let weight = i64::from(cell.weight);
            if weight.abs() < floor {
                return 0;
            }
            (2 * weight + weight.signum() * unit) / (2 * unit)
        };
        let mut words = vec![0u64; self.rows.len() / 64];
        let mut pairs = Vec::new();
        for (slot, row) in self.rows.iter().enumerate() {
            let mut cells: Vec<(u8, i64)> = self.cells[row.range()]
                .iter()
                .map(|cell| (cell.class, quantize(cell)))
                .filter(|c| c.1 != 0)
                .collect();
            cells.sort_unstable();
            if cells.is_empty() {
                continue;
            }
            words[slot / 64] |= 1 << (slot % 64);
            statistics.rows += 1;
            for &(class, weight) in &cells {
                statistics.cut += usize::from(weight.abs() > 127);
                pairs.push([weight.clamp(-127, 127) as i8 as u8, class]);
            }
            pairs.last_mut().expect("a row is not empty")[1] |= LAST;
        }
        statistics.pairs = pairs.len();
        out.extend(self.bits.to_le_bytes());
        out.extend((pairs.len() as u32).to_le_bytes());
        out.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        out.extend(pairs.iter().flatten());
        // The reader takes four pairs at once.
        out.extend([0, LAST].repeat(3));
        statistics
    }
}

/// What became of the weights.
#[derive(Debug, Default)]
pub(super) struct Statistics {
    pub(super) rows: usize,
    pub(super) pairs: usize,
    pub(super) cut: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The score of each of three classes.
    fn scores(weights: &Perceptron, features: &[u64]) -> [i32; 3] {
        let mut scores = [0; 3];
        weights.add(features, &mut scores);
        scores
    }

    #[test]
    fn a_feature_has_weights_once_it_was_asked_for_often_enough() {
        let mut weights = Perceptron::new(8, 2);
        weights.update(&[7], 1, 1);
        assert_eq!(scores(&weights, &[7]), [0, 0, 0]);
        weights.update(&[7], 1, 1);
        assert_eq!(scores(&weights, &[7]), [0, 1, 0]);
        assert_eq!(scores(&weights, &[8]), [0, 0, 0]);
    }

    #[test]
    fn rows_keep_their_weights_as_they_grow_and_the_average_counts_time() {
        let mut weights = Perceptron::new(8, 1);
        for class in 0..3 {
            weights.tick();
            weights.update(&[1, 2], class, 1 + class as i32);
        }
        weights.tick();
        assert_eq!(scores(&weights, &[1, 2]), [2, 4, 6]);
        weights.average();
        // Of four decisions the first weight had its value during three, the last during one.
        assert_eq!(scores(&weights, &[1]), [75, 100, 75]);
    }

    #[test]
    fn the_mean_decides_as_the_sum_of_all() {
        let [mut one, mut other] = [Perceptron::new(8, 1), Perceptron::new(8, 1)];
        one.update(&[1], 0, 4);
        other.update(&[1], 2, 2);
        other.update(&[5], 1, 6);
        let mean = Perceptron::mean(&[one, other]);
        assert_eq!(scores(&mean, &[1, 5]), [2, 3, 1]);
    }
}
