use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::signs::signs;
use crate::{Name, NameClass};

const WEIGHTS: &str = include_str!("../data/names.tsv");

static FRENCH: LazyLock<NameModel> =
    LazyLock::new(|| NameModel::parse(WEIGHTS).expect("the embedded table is tested"));

/// What each sign of a name weighs for each [`NameClass`].
///
/// Weights are whole numbers: the same on every machine.
#[derive(Clone, Default, Debug)]
pub struct NameModel {
    weights: HashMap<u64, [i32; 4], BuildHasherDefault<Ready>>,
}

/// A name as it was weighed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weighed {
    scores: [i32; 4],
}

impl Weighed {
    /// What it is most likely to name.
    #[must_use]
    pub fn class(&self) -> NameClass {
        let best = (0..4).max_by_key(|&at| (self.scores[at], std::cmp::Reverse(at)));
        NameClass::ALL[best.expect("there are four")]
    }

    /// By how much more speaks for this class than for the best of the others; negative if another is likelier.
    #[must_use]
    pub fn margin(&self, class: NameClass) -> i32 {
        let others = NameClass::ALL.into_iter().filter(|&other| other != class);
        let best = others.map(|other| self.scores[other as usize]).max();
        self.scores[class as usize].saturating_sub(best.unwrap_or(0))
    }
}

/// A sign with what it weighed for a class: `before «maire de» +35`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// The sign.
    pub sign: &'static str,
    /// What it says here; may be empty.
    pub value: Box<str>,
    /// What it weighs for the class, against the mean of the others.
    pub weight: i32,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.value {
            "" => write!(f, "{} {:+}", self.sign, self.weight),
            value => write!(f, "{} «{value}» {:+}", self.sign, self.weight),
        }
    }
}

/// The error of a table of weights that can't be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameModelError {
    line: usize,
    problem: String,
}

impl fmt::Display for NameModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

impl std::error::Error for NameModelError {}

impl NameModel {
    /// The model of French news.
    ///
    /// Learnt from [WiNER-fr](https://github.com/YoannDupont/WiNER-fr), Wikinews annotated by Yoann Dupont (CC BY); the table and its
    /// licence are in `data/`.
    #[must_use]
    pub fn french() -> &'static NameModel {
        &FRENCH
    }

    /// Reads a table `sign · value · place · person · organisation · other` with a header line; lines with `#` in front are left out.
    ///
    /// ```
    /// use chronique_names::NameModel;
    ///
    /// let error = NameModel::parse("sign\tvalue\tplace\tperson\torganisation\tother\nending\tville\tmuch\t0\t0\t0").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: \"much\" is no weight: write a whole number");
    /// ```
    ///
    /// # Errors
    /// [`NameModelError`] names the line and what is wrong with it.
    pub fn parse(table: &str) -> Result<NameModel, NameModelError> {
        let rows = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
        let mut model = NameModel::default();
        model.weights.reserve(table.len() / 32);
        for (at, line) in rows.skip(1) {
            let error = |problem: String| NameModelError { line: at + 1, problem };
            let mut cells = line.split('\t');
            let (Some(sign), Some(value)) = (cells.next(), cells.next()) else {
                return Err(error("a row has a sign, a value and four weights".to_owned()));
            };
            let mut weights = [0; 4];
            for weight in &mut weights {
                let cell = cells.next().unwrap_or("");
                *weight = cell
                    .parse::<i16>()
                    .map_err(|_| error(format!("{cell:?} is no weight: write a whole number")))?
                    .into();
            }
            model.weights.insert(key(sign, value), weights);
        }
        Ok(model)
    }

    /// Weighs a name.
    #[must_use]
    pub fn weigh(&self, name: &Name<'_>) -> Weighed {
        let mut scores = [0i32; 4];
        signs(name, &mut |sign, value| {
            if let Some(weights) = self.weights.get(&key(sign, value)) {
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score = score.saturating_add(*weight);
                }
            }
        });
        Weighed { scores }
    }

    /// The signs that weighed most for or against a class, the heaviest first; without those that nearly all names share.
    #[must_use]
    pub fn told(&self, name: &Name<'_>, class: NameClass) -> Vec<Told> {
        /// So many are enough for a reader.
        const SHOWN: usize = 4;
        const SHARED: [&str; 4] = ["any name", "words", "by the rules", "known, and writing"];
        let mut told: Vec<Told> = Vec::new();
        signs(name, &mut |sign, value| {
            if let Some(weights) = self.weights.get(&key(sign, value)).filter(|_| !SHARED.contains(&sign)) {
                let own = weights[class as usize];
                let others = (weights.iter().sum::<i32>() - own) / 3;
                told.push(Told { sign, value: value.into(), weight: own - others });
            }
        });
        told.sort_by_key(|told| std::cmp::Reverse(told.weight.abs()));
        told.truncate(SHOWN);
        told
    }
}

/// What the model learns from: every sign of a name with its value.
///
/// For training; the order is fixed.
#[doc(hidden)]
#[must_use]
pub fn all_signs(name: &Name<'_>) -> Vec<(&'static str, Box<str>)> {
    let mut all = Vec::new();
    signs(name, &mut |sign, value| all.push((sign, value.into())));
    all
}

/// A sign and its value as one number: eight bytes at a time, the sign first.
fn key(sign: &str, value: &str) -> u64 {
    let mut key = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |word: u64| key = (key ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    for part in [sign, value] {
        let mut words = part.as_bytes().chunks_exact(8);
        for word in &mut words {
            add(u64::from_le_bytes(word.try_into().expect("eight bytes")));
        }
        add(words.remainder().iter().fold(part.len() as u64, |word, &byte| word << 8 | u64::from(byte)));
    }
    key ^ key >> 32
}

/// The hash of what is a hash.
#[derive(Clone, Copy, Default, Debug)]
struct Ready(u64);

impl Hasher for Ready {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, &byte| hash << 8 | u64::from(byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chronique_syntax::Syntax;
    use chronique_text::Text;
    use chronique_tokens::Tokenizer;

    const TABLE: &str = "sign\tvalue\tplace\tperson\torganisation\tother\n\
                         before\ta\t30\t-10\t-10\t-10\n\
                         ending\tille\t20\t0\t-10\t-10\n\
                         listed\tcity\t9\t0\t0\t0\n";

    fn at<T>(source: &str, word: &str, see: impl FnOnce(&Name<'_>) -> T) -> T {
        let text = Text::new(source).unwrap();
        let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
        let run = (0..).find(|&at| tokens.form(chronique_tokens::TokenId(at), &text) == word).unwrap();
        see(&Name::new(&text, &tokens, &Syntax::default(), run..run + 1).unwrap())
    }

    #[test]
    fn signs_sum_up_and_the_heaviest_are_told_first() {
        let model = NameModel::parse(TABLE).unwrap();
        at("Elle vit à Bourneville.", "Bourneville", |name| {
            let weighed = model.weigh(name);
            assert_eq!((weighed.class(), weighed.margin(NameClass::Place)), (NameClass::Place, 60));
            assert_eq!(weighed.margin(NameClass::Person), -60);
            let told: Vec<String> =
                model.told(name, NameClass::Place).iter().map(ToString::to_string).collect();
            assert_eq!(told, ["before «a» +40", "ending «ille» +26"]);
        });
        // Facts of the caller are signs as all others are.
        at("Bourneville attend.", "Bourneville", |name| {
            assert_eq!(model.weigh(name).margin(NameClass::Place), 20);
            let known = name.clone().known(&[("listed", "city")]);
            assert_eq!(model.weigh(&known).margin(NameClass::Place), 29);
        });
    }

    #[test]
    fn the_embedded_table_is_whole() {
        let rows = WEIGHTS.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(
            NameModel::french().weights.len(),
            rows - 1,
            "two signs share a key, or a row is told twice"
        );
        assert!(WEIGHTS.len() < 1 << 20);
    }

    #[test]
    fn wrong_rows_are_named_by_their_line() {
        for (table, line) in
            [("h\nbefore\n", 2), ("h\nbefore\ta\t1\t2\t3\n", 2), ("# x\nh\nbefore\ta\t1\t2\t3\t99999\n", 3)]
        {
            let error = NameModel::parse(table).unwrap_err();
            assert!(error.to_string().starts_with(&format!("line {line}: ")), "{error}");
        }
    }
}
