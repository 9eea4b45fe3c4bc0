//! The word lists that recognition reads: data, not code.

use std::fmt;
use std::str::FromStr;

use chronique_text::WordMap;

use crate::PlaceKind;

/// What a word before or after a name says of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Word {
    lists: u64,
    /// The kind that a locative or a trigger asks for.
    pub(crate) wants: Wants,
}

/// What kind of place a word asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Wants {
    /// Any, or none said.
    #[default]
    Any,
    /// A place that is no city: *en*, *au*.
    Area,
    /// This kind.
    Kind(PlaceKind),
}

/// The list that a word is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum List {
    Start,
    Locative,
    Article,
    Link,
    Trigger,
    Organisation,
    Title,
    Follower,
    Direction,
    Adverb,
    FirstName,
    Tail,
    Facility,
    Village,
    Road,
    NoName,
    Act,
    Relation,
    Target,
    Stative,
    Street,
    Institution,
    Body,
    Near,
    Scene,
    Stance,
    Club,
    Naming,
    Desk,
    RoadNoun,
    Part,
    Seat,
    Beside,
}

const LISTS: [(&str, List); 33] = [
    ("start", List::Start),
    ("locative", List::Locative),
    ("article", List::Article),
    ("link", List::Link),
    ("trigger", List::Trigger),
    ("organisation", List::Organisation),
    ("title", List::Title),
    ("follower", List::Follower),
    ("direction", List::Direction),
    ("adverb", List::Adverb),
    ("first-name", List::FirstName),
    ("tail", List::Tail),
    ("facility", List::Facility),
    ("village", List::Village),
    ("road", List::Road),
    ("no-name", List::NoName),
    ("act", List::Act),
    ("relation", List::Relation),
    ("target", List::Target),
    ("stative", List::Stative),
    ("street", List::Street),
    ("institution", List::Institution),
    ("body", List::Body),
    ("near", List::Near),
    ("scene", List::Scene),
    ("stance", List::Stance),
    ("club", List::Club),
    ("naming", List::Naming),
    ("desk", List::Desk),
    ("road-noun", List::RoadNoun),
    ("part", List::Part),
    ("seat", List::Seat),
    ("beside", List::Beside),
];

impl Word {
    pub(crate) fn is(self, list: List) -> bool {
        self.lists & (1 << list as u64) != 0
    }
}

/// The word lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    words: WordMap<Word>,
    /// What each trigger asks for, when it differs from what the word asks for as a locative.
    triggers: WordMap<Wants>,
    villages: WordMap<Wants>,
    /// The kinds of what is named by these nouns, where it is no facility.
    facilities: WordMap<Wants>,
    /// The lengths of the words that begin names, by [`ends`]: most words are none of them.
    starts: Starts,
}

#[derive(Clone, Debug)]
struct Starts([u32; 1024]);

impl Default for Starts {
    fn default() -> Starts {
        Starts([0; 1024])
    }
}

/// The error of a word list that can't be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RulesError {
    line: usize,
    problem: String,
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

impl std::error::Error for RulesError {}

impl Rules {
    pub(crate) fn french() -> Rules {
        let mut rules = Rules::default();
        for (name, text) in [
            ("context.tsv", include_str!("../data/context.tsv")),
            ("first-names.tsv", include_str!("../data/first-names.tsv")),
        ] {
            if let Err(error) = rules.extend(text) {
                panic!("{name}: {error}");
            }
        }
        rules
    }

    /// Adds the words of a table `list · word · value`.
    pub(crate) fn extend(&mut self, table: &str) -> Result<(), RulesError> {
        let rows =
            table.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        for (at, line) in rows.skip(1) {
            let error = |problem: String| RulesError { line: at + 1, problem };
            let mut fields = line.split('\t');
            let (Some(list), Some(word)) = (fields.next(), fields.next()) else {
                return Err(error(format!("a row has a list and a word, with a tab between, not {line:?}")));
            };
            let value = fields.next().unwrap_or("");
            let Some(&(_, list)) = LISTS.iter().find(|(name, _)| *name == list) else {
                return Err(error(format!("there is no list {list:?}")));
            };
            let wants = match value {
                "" | "any" | "no" => Wants::Any,
                "area" => Wants::Area,
                kind => Wants::Kind(
                    PlaceKind::from_str(kind).map_err(|()| error(format!("{kind:?} is no kind of place")))?,
                ),
            };
            let entry = self.words.entry(word.into()).or_default();
            entry.lists |= 1 << list as u64;
            if list == List::Start {
                self.starts.0[ends(word.as_bytes())] |= 1 << word.len().min(31);
            }
            if list == List::Village {
                self.villages.insert(word.into(), wants);
            } else if list == List::Facility {
                self.facilities.insert(word.into(), wants);
            } else if list == List::Trigger {
                self.triggers.insert(word.into(), wants);
            } else if wants != Wants::Any {
                entry.wants = wants;
            }
        }
        Ok(())
    }

    pub(crate) fn word(&self, folded: &str) -> Word {
        // No listed word is longer: an endless one is not hashed.
        if folded.len() > 40 {
            return Word::default();
        }
        self.words.get(folded).copied().unwrap_or_default()
    }

    /// Whether the word begins names: *mer*, *lac*.
    pub(crate) fn starts(&self, folded: &str) -> bool {
        self.may_start(folded.as_bytes()) && self.word(folded).is(List::Start)
    }

    /// Whether a word of this length, first and last byte begins names.
    #[inline]
    pub(crate) fn may_start(&self, folded: &[u8]) -> bool {
        self.starts.0[ends(folded)] >> folded.len().min(31) & 1 != 0
    }

    /// The kind of an unlisted place after this noun.
    pub(crate) fn village(&self, folded: &str) -> Option<PlaceKind> {
        match self.villages.get(folded) {
            Some(&Wants::Kind(kind)) => Some(kind),
            _ => None,
        }
    }

    /// The kind of what has this noun in its name: *l'hôtel Dayah*, *le col du Tourmalet*.
    pub(crate) fn facility(&self, folded: &str) -> Option<PlaceKind> {
        self.facilities.get(folded).map(|&wants| match wants {
            Wants::Kind(kind) => kind,
            _ => PlaceKind::Facility,
        })
    }

    pub(crate) fn trigger(&self, folded: &str) -> Option<Wants> {
        self.triggers.get(folded).copied()
    }
}

/// The last bits of the first and the last byte.
fn ends(word: &[u8]) -> usize {
    let bits = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte % 32));
    bits(word.first()) << 5 | bits(word.last())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_lists_are_whole() {
        let rules = Rules::french();
        assert!(rules.word("mer").is(List::Start));
        assert!(rules.word("a").is(List::Locative));
        assert!(!rules.word("bateau").is(List::Trigger));
        assert_eq!(rules.trigger("region"), Some(Wants::Kind(PlaceKind::Admin)));
    }

    #[test]
    fn no_word_is_listed_twice() {
        let table = include_str!("../data/context.tsv");
        let mut rows: Vec<(&str, &str)> = table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut fields = line.split('\t');
                Some((fields.next()?, fields.next()?))
            })
            .collect();
        rows.sort_unstable();
        let twice: Vec<_> = rows.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn errors_name_the_line() {
        let error = Rules::default().extend("list\tword\nlocative\tà\ncolour\tred").unwrap_err();
        assert_eq!(error.to_string(), "line 3: there is no list \"colour\"");
    }
}
