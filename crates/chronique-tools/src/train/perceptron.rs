//! An averaged perceptron over hashed features, with whole numbers only: the same weights on every machine.

use chronique_syntax::training::slot;

/// Marks the last pair of a row in the image.
const LAST: u8 = 0x80;

#[derive(Clone, Debug)]
struct Cell {
    class: u8,
    weight: i32,
    /// When the weight was changed last, and the sum of its values until then.
    stamp: u32,
    total: i64,
}

/// The weights under training.
#[derive(Clone, Debug)]
pub(super) struct Perceptron {
    bits: u32,
    /// For each slot, one more than the number of its row.
    index: Vec<u32>,
    rows: Vec<Vec<Cell>>,
    time: u32,
    /// How often an update must ask for a feature before it has weights (Goldberg & Elhadad 2011).
    threshold: u8,
    /// For each slot, how often one did so far.
    asked: Vec<u8>,
}

impl Perceptron {
    pub(super) fn new(bits: u32, threshold: u8) -> Perceptron {
        let slots = 1 << bits;
        Perceptron {
            bits,
            index: vec![0; slots],
            rows: Vec::new(),
            time: 0,
            threshold,
            asked: vec![0; slots],
        }
    }

    /// Adds the weights of every feature to the scores.
    pub(super) fn add(&self, features: &[u64], scores: &mut [i32]) {
        for &feature in features {
            let row = self.index[slot(feature, self.bits) as usize];
            if row != 0 {
                for cell in &self.rows[row as usize - 1] {
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
            let row = &mut self.index[slot];
            if *row == 0 {
                self.asked[slot] += 1;
                if self.asked[slot] < self.threshold {
                    continue;
                }
                self.rows.push(Vec::new());
                *row = u32::try_from(self.rows.len()).expect("fewer rows than slots");
            }
            let cells = &mut self.rows[*row as usize - 1];
            let at = cells.iter().position(|cell| cell.class == class).unwrap_or_else(|| {
                cells.push(Cell { class, weight: 0, stamp: self.time, total: 0 });
                cells.len() - 1
            });
            let cell = &mut cells[at];
            cell.total += i64::from(cell.weight) * i64::from(self.time - cell.stamp);
            cell.stamp = self.time;
            cell.weight += by;
        }
    }

    /// Puts the averages, a hundredfold, in the place of the weights, so that they can be used.
    pub(super) fn average(&mut self) {
        for cell in self.rows.iter_mut().flatten() {
            let total = cell.total + i64::from(cell.weight) * i64::from(self.time - cell.stamp);
            cell.weight = (total * 100 / i64::from(self.time.max(1))) as i32;
            (cell.total, cell.stamp) = (0, 0);
        }
        self.time = 1;
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
        let mut words = vec![0u64; self.index.len() / 64];
        let mut pairs = Vec::new();
        for (slot, &row) in self.index.iter().enumerate().filter(|&(_, &row)| row != 0) {
            let mut cells: Vec<(u8, i64)> = self.rows[row as usize - 1]
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
