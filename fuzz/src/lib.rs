#![doc = include_str!("../README.md")]

mod archives;
mod images;
mod tables;
mod texts;

use proptest::strategy::BoxedStrategy;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

/// One kind of input and what must hold of it.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, and that of its folder in `corpus`.
    pub name: &'static str,
    /// Makes inputs.
    pub inputs: fn() -> BoxedStrategy<Vec<u8>>,
    /// Panics where an input breaks what must hold.
    pub check: fn(&[u8]),
    /// How many executions it gets of 1,000: the slow ones get fewer.
    pub share: u32,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "text", inputs: texts::inputs, check: texts::text, share: 270 },
    Target { name: "tokens", inputs: texts::inputs, check: texts::tokens, share: 270 },
    Target { name: "parse", inputs: texts::inputs, check: texts::parse, share: 70 },
    Target { name: "times", inputs: texts::inputs, check: texts::times, share: 100 },
    Target { name: "places", inputs: texts::inputs, check: texts::places, share: 100 },
    Target { name: "articles", inputs: texts::inputs, check: texts::articles, share: 8 },
    Target { name: "json-lines", inputs: archives::lines, check: archives::json_lines, share: 40 },
    Target { name: "csv", inputs: archives::rows, check: archives::csv, share: 20 },
    Target { name: "tables", inputs: tables::inputs, check: tables::tables, share: 60 },
    Target {
        name: "gazetteer-tables",
        inputs: tables::place_inputs,
        check: tables::gazetteer_tables,
        share: 20,
    },
    Target { name: "gazetteer-images", inputs: images::gazetteers, check: images::gazetteer, share: 41 },
    Target { name: "models", inputs: images::models, check: images::model, share: 1 },
];

impl Target {
    /// Runs the target on so many inputs; the same seed makes the same inputs.
    ///
    /// # Errors
    /// The smallest input found that breaks what must hold, and how.
    pub fn run(&self, executions: u32, seed: u64) -> Result<(), (Vec<u8>, String)> {
        let config = Config { cases: executions, failure_persistence: None, ..Config::default() };
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let run = TestRunner::new_with_rng(config, rng).run(&(self.inputs)(), |input| {
            (self.check)(&input);
            Ok(())
        });
        match run {
            Ok(()) => Ok(()),
            Err(TestError::Fail(reason, input)) => Err((input, reason.to_string())),
            Err(TestError::Abort(reason)) => Err((Vec::new(), reason.to_string())),
        }
    }
}
