//! The contractions of French, which are two words each: *du* = *de* + *le*.

use crate::Upos;
use crate::lexical::Lexical;

/// The list of contractions.
const LIST: &str = include_str!("../data/contractions.tsv");

/// A token of two words.
#[derive(Clone, Copy, Debug)]
pub struct Contraction {
    /// Hash of the token's normal form.
    pub form: u64,
    /// The two words.
    pub parts: [&'static str; 2],
    /// Hashes of their normal forms.
    pub hashes: [u64; 2],
    /// Their tags.
    pub upos: [Upos; 2],
    /// Whether the token is also an article, unless it is tagged as a preposition.
    pub article: bool,
}

/// All contractions.
///
/// # Panics
/// If the embedded list is ill-formed, which a test excludes.
#[must_use]
pub fn contractions() -> Vec<Contraction> {
    let mut normal = String::new();
    let mut hash = |form: &str| Lexical::new(form, &mut normal).form;
    let rows = LIST.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let fields: Vec<&'static str> = row.split('\t').collect();
        let &[token, first, second, tag, article] = fields.as_slice() else {
            panic!("data/contractions.tsv: five fields expected in “{row}”")
        };
        Contraction {
            form: hash(token),
            parts: [first, second],
            hashes: [hash(first), hash(second)],
            upos: [Upos::Adp, tag.parse().expect("data/contractions.tsv holds tags")],
            article: article == "yes",
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_is_sorted_and_well_formed() {
        assert_eq!(contractions().len(), 10);
        let tokens: Vec<_> = LIST.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(tokens.is_sorted());
    }
}
