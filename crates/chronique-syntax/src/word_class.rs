//! Words that the parser takes for one, because each alone is rare in treebanks: days and months.

use crate::hash::hash_bytes;

/// The list of words and their classes.
const LIST: &str = include_str!("../data/word_classes.tsv");

/// Hashes of lemmas and of their classes, in the order of the former.
#[derive(Clone, Debug)]
pub(crate) struct WordClasses(Vec<(u64, u64)>);

impl Default for WordClasses {
    fn default() -> WordClasses {
        let rows = LIST.lines().filter_map(|line| line.split_once('\t'));
        let mut list: Vec<_> =
            rows.map(|(lemma, class)| (hash_bytes(lemma.as_bytes()), hash_bytes(class.as_bytes()))).collect();
        list.sort_unstable();
        WordClasses(list)
    }
}

impl WordClasses {
    /// The class of a lemma, by its hash; the lemma itself if it has none.
    #[must_use]
    pub(crate) fn of(&self, lemma: u64) -> u64 {
        self.0.binary_search_by_key(&lemma, |&(lemma, _)| lemma).map_or(lemma, |at| self.0[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_one_word_and_other_nouns_are_not() {
        let classes = WordClasses::default();
        let of = |lemma: &str| classes.of(hash_bytes(lemma.as_bytes()));
        assert_eq!(of("lundi"), of("vendredi"));
        assert_ne!(of("lundi"), of("mai"));
        assert_eq!(of("journal"), hash_bytes(b"journal"));
    }
}
