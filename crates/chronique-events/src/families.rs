use chronique_text::{WordMap, WordSet};

use crate::EventType;
use crate::LexiconError;
use crate::table::rows;

/// Which trigger words can name the same act.
#[derive(Clone, Default, Debug)]
pub(crate) struct Families {
    of: WordMap<Vec<u16>>,
    general: WordMap<Vec<EventType>>,
    /// Words that no general word takes up.
    alone: WordSet,
    /// Words that tell what an attack did to people.
    toll: WordSet,
}

impl Families {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Families, LexiconError> {
        let mut families = Families::default();
        for (number, row) in (0..).zip(rows(name, text)) {
            let lemmas = row.cell(1).split_whitespace();
            if row.cell(0) == "alone" {
                families.alone.extend(lemmas.map(Into::into));
            } else if row.cell(0) == "toll" {
                families.toll.extend(lemmas.map(Into::into));
            } else if let Some(code) = row.cell(0).strip_prefix("any:") {
                let event_type: EventType =
                    code.parse().map_err(|()| row.error(0, format!("`{code}` is no type of PLOVER")))?;
                lemmas.for_each(|lemma| families.general.entry(lemma.into()).or_default().push(event_type));
            } else {
                lemmas.for_each(|lemma| families.of.entry(lemma.into()).or_default().push(number));
            }
        }
        Ok(families)
    }

    /// Whether two words are of one family, or the same.
    pub(crate) fn related(&self, a: &str, b: &str) -> bool {
        a == b
            || match (self.of.get(a), self.of.get(b)) {
                (Some(a), Some(b)) => a.iter().any(|family| b.contains(family)),
                _ => false,
            }
    }

    /// Whether a word can take up any act of a type.
    pub(crate) fn is_general(&self, lemma: &str, event_type: EventType) -> bool {
        self.general.get(lemma).is_some_and(|types| types.contains(&event_type))
    }

    /// Whether a word tells what an attack did to people: *tués*, *blessés*.
    pub(crate) fn is_toll(&self, lemma: &str) -> bool {
        self.toll.contains(lemma)
    }

    /// Whether one of two words can take up any act of a type, and the other be taken up.
    pub(crate) fn takes_up(&self, a: &str, b: &str, event_type: EventType) -> bool {
        (self.is_general(a, event_type) || self.is_general(b, event_type))
            && !self.alone.contains(a)
            && !self.alone.contains(b)
    }
}
