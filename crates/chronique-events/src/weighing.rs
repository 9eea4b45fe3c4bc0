use chronique_text::WordMap;

use crate::LexiconError;
use crate::table::rows;

/// What speaks for or against a reading: a sign, and what it says here.
pub(crate) type Sign = (&'static str, &'static str);

/// What each sign weighs: the rows of a table of sign, value and weight.
#[derive(Clone, Default, Debug)]
pub(crate) struct Weighing {
    of: WordMap<WordMap<f32>>,
}

impl Weighing {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Weighing, LexiconError> {
        let mut of: WordMap<WordMap<f32>> = WordMap::default();
        for row in rows(name, text) {
            let weight = row
                .cell(2)
                .parse()
                .ok()
                .filter(|weight: &f32| weight.is_finite())
                .ok_or_else(|| row.error(2, "no number"))?;
            of.entry(row.cell(0).into()).or_default().insert(row.cell(1).into(), weight);
        }
        Ok(Weighing { of })
    }

    pub(crate) fn weight(&self, (sign, value): Sign) -> f32 {
        self.of.get(sign).and_then(|values| values.get(value)).copied().unwrap_or(0.0)
    }

    /// How much speaks for a reading: above 0, more than against it.
    pub(crate) fn sum(&self, signs: &[Sign]) -> f32 {
        signs.iter().map(|&sign| self.weight(sign)).sum()
    }
}

/// The signs that weigh most, the heaviest first, for readers.
pub(crate) fn told(weighing: &Weighing, signs: &[Sign]) -> String {
    /// How many signs a reader wants to see.
    const SHOWN: usize = 4;
    let mut held: Vec<(f32, Sign)> = signs
        .iter()
        .filter(|(sign, _)| *sign != "base")
        .map(|&sign| (weighing.weight(sign), sign))
        .filter(|(weight, _)| *weight != 0.0)
        .collect();
    held.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let told = held.iter().take(SHOWN).map(|(weight, (sign, value))| {
        let space = if value.is_empty() { "" } else { " " };
        format!("{sign}{space}{value} {weight:+.1}")
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_up_and_are_told_the_heaviest_first() {
        let table = Weighing::parse("w.tsv", "base\t\t-1\ntype\tASSAULT\t0.5\ntype\tAID\t-0.2\nlead\t\t-3\n")
            .unwrap();
        let signs = [("base", ""), ("type", "ASSAULT"), ("lead", ""), ("type", "unknown")];
        assert!((table.sum(&signs) + 3.5).abs() < 1e-6);
        assert_eq!(told(&table, &signs), "lead -3.0, type ASSAULT +0.5");
    }

    #[test]
    fn wrong_cells_are_named_by_line_and_column() {
        for (table, at) in [("base\t\tmuch\n", (1, 3)), ("base\t\t1\ntype\tAID\tinf\n", (2, 3))] {
            let error = Weighing::parse("w.tsv", table).unwrap_err();
            assert_eq!((error.line(), error.column()), at, "{error}");
        }
    }
}
