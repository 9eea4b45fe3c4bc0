use crate::cues::{Cues, Place, Seen, View, key, tell};
use crate::rules::TokenizerError;

const EMPTY: u32 = 0;

fn tag(key: u64) -> u32 {
    ((key >> 32) as u32).max(1)
}

/// The weights of the cues that tell whether a sentence ends.
#[derive(Clone, Debug)]
pub(crate) struct SentenceModel {
    /// Tags and weights in a table of open addressing; its length is a power of two. A tag is the upper
    /// half of a key: two cues share place and tag once in billions.
    table: Vec<(u32, f32)>,
}

impl SentenceModel {
    /// Reads a list of cues and weights.
    pub(crate) fn parse(source: &str) -> Result<SentenceModel, TokenizerError> {
        let mut weights = Vec::new();
        for (number, line) in source.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error =
                |column, what: String| TokenizerError::new("sentence weights", number + 1, column, what);
            let (name, weight) = line
                .split_once('\t')
                .ok_or_else(|| error(2, format!("the weight of `{line}` is missing")))?;
            let weight: f32 =
                weight.trim_end().parse().map_err(|_| error(2, format!("`{weight}` is not a number")))?;
            weights.push((key(name), weight));
        }
        Ok(SentenceModel::new(&weights))
    }

    fn new(weights: &[(u64, f32)]) -> SentenceModel {
        let mut model =
            SentenceModel { table: vec![(EMPTY, 0.0); (2 * weights.len() + 1).next_power_of_two()] };
        for &(key, weight) in weights {
            let at = model.slot(key);
            model.table[at] = (tag(key), weight);
        }
        model
    }

    /// Where a key stands, or may be put: the table is never full.
    fn slot(&self, key: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut at = key as usize & mask;
        while self.table[at].0 != EMPTY && self.table[at].0 != tag(key) {
            at = (at + 1) & mask;
        }
        at
    }

    fn weight(&self, key: u64) -> f32 {
        self.table[self.slot(key)].1
    }

    /// How sure the model is that a sentence ends at a place: the log of the odds.
    pub(crate) fn score(&self, view: View<'_>, seen: Option<&Seen>, place: &Place) -> f32 {
        let mut sum = Sum { model: self, sum: 0.0 };
        tell(view, seen, place, &mut sum);
        sum.sum
    }
}

struct Sum<'m> {
    model: &'m SentenceModel,
    sum: f32,
}

impl Cues for Sum<'_> {
    fn cue(&mut self, key: u64, _: impl Fn() -> String) {
        self.sum += self.model.weight(key);
    }
}
