use std::fmt;

/// A short form packed into one number, so that look-ups allocate nothing and compare at once.
///
/// ASCII capitals are made small; a form of more than 16 bytes has no key.
pub(crate) fn small_key(form: &[u8]) -> Option<u128> {
    key(form, u8::to_ascii_lowercase)
}

/// As [`small_key`], but with capitals as they are.
pub(crate) fn exact_key(form: &[u8]) -> Option<u128> {
    key(form, |&byte| byte)
}

fn key(form: &[u8], map: impl Fn(&u8) -> u8) -> Option<u128> {
    (form.len() <= 16).then(|| form.iter().fold(0, |key, byte| key << 8 | u128::from(map(byte))))
}

/// When an abbreviation takes the dot that follows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Dot {
    Always,
    /// Before a digit: `p. 12`.
    Number,
    /// Beside a digit: `12 sept.`.
    Dated,
    /// Before a capital.
    Capital,
    /// Before anything on the line, and the sentence goes on: `M. le maire`.
    Name,
}

/// The words that the scanner treats apart. Every list is sorted by key.
#[derive(Clone, Default, Debug)]
pub(crate) struct Rules {
    pub(crate) elisions: Vec<u128>,
    pub(crate) whole: Vec<String>,
    pub(crate) clitics: Vec<u128>,
    abbreviations: Vec<(u128, Dot)>,
    pub(crate) endings: Vec<u128>,
    pub(crate) ordinals: Vec<u128>,
    pub(crate) domains: Vec<u128>,
    pub(crate) openers: Vec<u128>,
    pub(crate) units: Vec<u128>,
}

impl Rules {
    pub(crate) fn parse(text: &str) -> Result<Rules, TokenizerError> {
        let mut rules = Rules::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = |column, what: String| TokenizerError::new("token rules", number + 1, column, what);
            let mut fields = line.split('\t');
            let kind = fields.next().unwrap_or_default();
            let form = fields.next().unwrap_or_default();
            let condition = fields.next();
            if form.is_empty() {
                return Err(error(2, format!("`{kind}` needs a form after a tab")));
            }
            let Some(small) = small_key(form.to_lowercase().as_bytes()) else {
                return Err(error(2, format!("`{form}` has more than 16 bytes")));
            };
            match kind {
                "elision" => rules.elisions.push(small),
                "whole" => rules.whole.push(form.to_lowercase()),
                "clitic" => rules.clitics.push(small),
                "ending" => rules.endings.push(small),
                "ordinal" => rules.ordinals.push(small),
                "domain" => rules.domains.push(small),
                "opener" => rules.openers.push(small),
                "unit" => rules.units.push(small),
                "abbreviation" => {
                    let dot = match condition {
                        Some("always") => Dot::Always,
                        Some("number") => Dot::Number,
                        Some("dated") => Dot::Dated,
                        Some("capital") => Dot::Capital,
                        Some("name") => Dot::Name,
                        other => {
                            let other = other.unwrap_or_default();
                            let what = "one of always, number, dated, capital, name";
                            return Err(error(3, format!("the condition `{other}` is not {what}")));
                        }
                    };
                    rules.abbreviations.extend(exact_key(form.as_bytes()).map(|key| (key, dot)));
                    rules.abbreviations.extend(capitalised(form).map(|key| (key, dot)));
                }
                _ => {
                    let what =
                        "one of elision, whole, clitic, abbreviation, ending, ordinal, domain, opener, unit";
                    return Err(error(1, format!("the kind `{kind}` is not {what}")));
                }
            }
            if kind != "abbreviation" && condition.is_some() {
                return Err(error(3, format!("`{kind}` takes no condition")));
            }
        }
        for list in [
            &mut rules.elisions,
            &mut rules.clitics,
            &mut rules.endings,
            &mut rules.ordinals,
            &mut rules.domains,
            &mut rules.openers,
            &mut rules.units,
        ] {
            list.sort_unstable();
        }
        rules.abbreviations.sort_by_key(|&(key, _)| key);
        Ok(rules)
    }

    pub(crate) fn abbreviation(&self, form: &str) -> Option<Dot> {
        let key = exact_key(form.as_bytes())?;
        let at = self.abbreviations.binary_search_by_key(&key, |&(key, _)| key).ok()?;
        Some(self.abbreviations[at].1)
    }
}

/// Whether a list of keys holds a form, whatever its capitals.
pub(crate) fn holds(list: &[u128], form: &str) -> bool {
    if form.len() > 16 {
        return false;
    }
    let key =
        if form.is_ascii() { small_key(form.as_bytes()) } else { small_key(form.to_lowercase().as_bytes()) };
    key.is_some_and(|key| list.binary_search(&key).is_ok())
}

fn capitalised(form: &str) -> Option<u128> {
    let first = form.chars().next().filter(|first| first.is_lowercase())?;
    let upper: String = first.to_uppercase().chain(form.chars().skip(1)).collect();
    exact_key(upper.as_bytes())
}

/// The error of a tokenizer's word list that can't be read.
///
/// It names the line and the column of the TSV text, from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenizerError {
    list: &'static str,
    line: usize,
    column: usize,
    what: String,
}

impl TokenizerError {
    pub(crate) fn new(list: &'static str, line: usize, column: usize, what: String) -> TokenizerError {
        TokenizerError { list, line, column, what }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column (tab-separated field), from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for TokenizerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}, column {}: {}", self.list, self.line, self.column, self.what)
    }
}

impl std::error::Error for TokenizerError {}
