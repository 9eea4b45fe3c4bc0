use std::collections::BTreeMap;
use std::fmt::Write as _;

use chronique_text::Text;

use crate::Tokenizer;
use crate::cues::{Cues, View};
use crate::model::SentenceModel;
use crate::scan::Scanner;
use crate::sentences::each_place;

const EPOCHS: usize = 12;
const RATE: f64 = 0.15;
const DECAY: f64 = 0.002;
/// Cues that were seen less often say nothing.
const LEAST: u32 = 3;
/// As many cues are kept.
const MOST: usize = 12_000;
/// A smaller weight is left out.
const SMALLEST: f64 = 0.15;

#[derive(Default)]
struct Names(Vec<String>);

impl Cues for Names {
    fn cue(&mut self, _: u64, name: impl Fn() -> String) {
        self.0.push(name());
    }
}

struct Example {
    cues: Vec<usize>,
    ends: bool,
}

impl Tokenizer {
    /// Learns where sentences end, from texts and the bytes at which their sentences start.
    ///
    /// The result is the list that `data/sentences_fr.tsv` holds: one cue and its weight a line. It
    /// is a logistic regression, and the same texts give the same list. The texts are taken as
    /// undivided: line ends say nothing.
    #[must_use]
    pub fn train_sentences(&self, texts: &[(Text, Vec<u32>)]) -> String {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut seen: Vec<u32> = Vec::new();
        let mut examples = Vec::new();
        let empty = SentenceModel::parse("").expect("an empty list is read");
        for (text, starts) in texts {
            let (mut tokens, mut gaps) = (Vec::new(), Vec::new());
            for scanned in Scanner::new(text.as_str(), text.span(), self.rules()) {
                tokens.push(scanned.token);
                gaps.push(scanned.gap);
            }
            let view = View { text: text.as_str(), tokens: &tokens };
            let ends = |next: usize| starts.binary_search(&tokens[next].span.start()).is_ok();
            each_place(view, &gaps, &empty, ends, |Names(names), ends| {
                let cues = names.into_iter().map(|name| {
                    let next = numbers.len();
                    let number = *numbers.entry(name).or_insert(next);
                    seen.resize(seen.len().max(number + 1), 0);
                    seen[number] += 1;
                    number
                });
                examples.push(Example { cues: cues.collect(), ends });
            });
        }
        for example in &mut examples {
            example.cues.retain(|&cue| seen[cue] >= LEAST);
        }
        let weights = fit_most_telling(&mut examples, &seen);
        let mut list = String::new();
        for (name, number) in &numbers {
            if weights[*number].abs() >= SMALLEST {
                let _ = writeln!(list, "{name}\t{:.2}", weights[*number]);
            }
        }
        list
    }
}

/// Learns from all cues, and once more from those alone that said most.
fn fit_most_telling(examples: &mut [Example], seen: &[u32]) -> Vec<f64> {
    let weights = fit(examples, seen.len());
    if weights.len() <= MOST {
        return weights;
    }
    let worth = |cue: usize| weights[cue].abs() * f64::from(seen[cue]).sqrt();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&left, &right| worth(right).total_cmp(&worth(left)));
    let mut kept = vec![false; weights.len()];
    for &cue in &order[..MOST] {
        kept[cue] = true;
    }
    for example in examples.iter_mut() {
        example.cues.retain(|&cue| kept[cue]);
    }
    fit(examples, seen.len())
}

/// Logistic regression by stochastic gradients whose steps shrink for cues that are often seen; the
/// mean of the weights after each epoch.
fn fit(examples: &[Example], cues: usize) -> Vec<f64> {
    let mut weights = vec![0.0; cues];
    let mut total = vec![0.0; cues];
    let mut squares = vec![1e-6; cues];
    // The order is shuffled by a fixed stride, so that neighbours do not learn from each other.
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 1_u64;
    for _ in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (state >> 33) as usize % (at + 1));
        }
        for &number in &order {
            let example = &examples[number];
            let sum: f64 = example.cues.iter().map(|&cue| weights[cue]).sum();
            let error = f64::from(u8::from(example.ends)) - 1.0 / (1.0 + (-sum).exp());
            for &cue in &example.cues {
                let gradient = error - DECAY * weights[cue];
                squares[cue] += gradient * gradient;
                weights[cue] += RATE * gradient / f64::sqrt(squares[cue]);
            }
        }
        for (total, weight) in total.iter_mut().zip(&weights) {
            *total += weight / EPOCHS as f64;
        }
    }
    total
}
