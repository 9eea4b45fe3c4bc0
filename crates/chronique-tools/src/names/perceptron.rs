//! An averaged perceptron with a margin, in whole numbers: the same weights on every machine.

use std::collections::HashMap;
use std::fmt::Write as _;

use chronique_names::NameClass;

use super::winer::Annotated;

/// A sign is learnt if so many names of the training articles have it.
const COMMON: u32 = 3;

const EPOCHS: u32 = 8;

/// By how much the right class has to win, or the weights change.
const MARGIN: i32 = 80;

/// An average of 1 is written as so many.
const UNIT: i64 = 4;

/// What is written with no more than this everywhere is left out.
const FLOOR: i64 = 1;

#[derive(Default)]
pub(super) struct Perceptron {
    signs: Vec<(&'static str, Box<str>)>,
    weights: Vec<[i32; 4]>,
    totals: Vec<[i64; 4]>,
    time: i64,
}

impl Perceptron {
    pub(super) fn learn<'a>(&mut self, articles: impl Iterator<Item = &'a Annotated>) {
        let examples: Vec<_> = articles.flat_map(|article| &article.examples).collect();
        let mut counts: HashMap<(&str, &str), u32> = HashMap::new();
        for (sign, value) in examples.iter().flat_map(|example| &example.signs) {
            *counts.entry((sign, value)).or_default() += 1;
        }
        let mut ids: HashMap<(&'static str, &str), usize> = HashMap::new();
        let mut known: Vec<(Vec<usize>, NameClass)> = Vec::new();
        for example in &examples {
            let mut own = Vec::new();
            for (sign, value) in &example.signs {
                if counts[&(*sign, &**value)] >= COMMON {
                    own.push(*ids.entry((sign, value)).or_insert_with(|| {
                        self.signs.push((sign, value.clone()));
                        self.signs.len() - 1
                    }));
                }
            }
            known.push((own, example.class));
        }
        self.weights = vec![[0; 4]; self.signs.len()];
        self.totals = vec![[0; 4]; self.signs.len()];
        let mut order: Vec<usize> = (0..known.len()).collect();
        let mut state = 0x2545_f491_4f6c_dd1du64;
        for _ in 0..EPOCHS {
            shuffle(&mut order, &mut state);
            for &at in &order {
                let (signs, class) = &known[at];
                self.step(signs, *class as usize);
            }
        }
    }

    fn step(&mut self, signs: &[usize], right: usize) {
        self.time += 1;
        let mut scores = [0i32; 4];
        for &sign in signs {
            for (score, weight) in scores.iter_mut().zip(self.weights[sign]) {
                *score += weight;
            }
        }
        let others = (0..4).filter(|&class| class != right);
        let wrong =
            others.max_by_key(|&class| (scores[class], std::cmp::Reverse(class))).expect("three others");
        if scores[right] - scores[wrong] < MARGIN {
            for &sign in signs {
                for (class, by) in [(right, 1), (wrong, -1)] {
                    self.weights[sign][class] += by;
                    self.totals[sign][class] += i64::from(by) * self.time;
                }
            }
        }
    }

    /// The averages as the rows of a table, by sign and value.
    pub(super) fn table(&self) -> String {
        let average = |sign: usize, class: usize| {
            let sum = i64::from(self.weights[sign][class]) * self.time - self.totals[sign][class];
            // Rounded half away from zero.
            (2 * sum * UNIT + sum.signum() * self.time) / (2 * self.time)
        };
        let mut rows: Vec<(&str, &str, [i64; 4])> = (0..self.signs.len())
            .map(|sign| {
                (self.signs[sign].0, &*self.signs[sign].1, std::array::from_fn(|class| average(sign, class)))
            })
            .filter(|(_, _, weights)| weights.iter().any(|weight| weight.abs() > FLOOR))
            .collect();
        rows.sort_unstable();
        let mut table = String::new();
        for (sign, value, [place, person, organisation, other]) in rows {
            writeln!(table, "{sign}\t{value}\t{place}\t{person}\t{organisation}\t{other}")
                .expect("a string takes all");
        }
        table
    }
}

/// Fisher and Yates's shuffle, by xorshift.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for at in (1..order.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        order.swap(at, (*state % (at as u64 + 1)) as usize);
    }
}
