use std::fmt;
use std::sync::Arc;

use chronique_syntax::WordId;
use chronique_text::{Span, Text};

use crate::EventType;
use crate::lexicon::Entry;
use crate::told::gate_in_words;

/// A row of the lexicon: the one that made an event mention, or one that was tried and held back.
///
/// ```
/// # use chronique_events::Rule;
/// fn where_to_change(rule: &Rule) -> String {
///     format!("copy {}, line {}, and change it", rule.table(), rule.line())
/// }
/// # let _ = where_to_change;
/// ```
#[derive(Clone)]
pub struct Rule(pub(crate) Arc<Entry>);

impl Rule {
    /// The id of the row, such as `ASSAULT/bombarder/V`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The table that it stands in: `lexicon.tsv`, or the name given to [`Lexicon::extend`](crate::Lexicon::extend).
    #[must_use]
    pub fn table(&self) -> &str {
        &self.0.table
    }

    /// Its line in that table, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The type of the events that it makes.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        self.0.event_type
    }

    /// Its gates as the table writes them, each with what it asks in plain English.
    pub fn gates(&self) -> impl Iterator<Item = (&str, String)> {
        self.0.gates.iter().map(|gate| (&*gate.source, gate_in_words(&gate.source, true)))
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        (self.id(), self.table(), self.line()) == (other.id(), other.table(), other.line())
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}:{})", self.id(), self.table(), self.line())
    }
}

/// A reading of a word by a row of the lexicon that was held back.
#[derive(Clone, PartialEq, Debug)]
pub struct Rejection {
    /// The row.
    pub rule: Rule,
    pub(crate) why: Why,
}

/// What held a reading back; spans are the words that decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Why {
    Topic,
    /// The gate of that number does not hold.
    Gate(usize, Option<Span>),
    Name,
    Classifier,
    /// Its object names the act.
    Object(Span),
    /// It only counts the victims of an act told beside it.
    Count,
    /// It is what another act asks for, promises or threatens.
    Content(Span),
}

impl Rejection {
    pub(crate) fn new(entry: &Arc<Entry>, why: Why) -> Rejection {
        Rejection { rule: Rule(Arc::clone(entry)), why }
    }

    /// The gate that did not hold, as the table writes it; `None` if something else held the reading back.
    #[must_use]
    pub fn gate(&self) -> Option<&str> {
        match self.why {
            Why::Gate(number, _) => Some(&self.rule.0.gates[number].source),
            _ => None,
        }
    }

    /// Why it was held back, in plain English; `text` is the one that was read.
    #[must_use]
    pub fn why(&self, text: &Text) -> String {
        match self.why {
            Why::Topic => "the article is not about politics, conflict, protest or justice".to_owned(),
            Why::Gate(number, word) => {
                let gate = &self.rule.0.gates[number];
                let told = gate_in_words(&gate.source, false);
                match word {
                    Some(word) => format!("gate {}: « {} »: {told}", gate.source, text.slice(word)),
                    None => format!("gate {}: {told}", gate.source),
                }
            }
            Why::Name => "it is a name or a part of one".to_owned(),
            Why::Classifier => "it only says of what kind the noun before it is".to_owned(),
            Why::Object(word) => format!("« {} » names the act", text.slice(word)),
            Why::Count => "it counts the victims of an act told beside it".to_owned(),
            Why::Content(word) => {
                format!("it is what « {} » is about, not an act besides it", text.slice(word))
            }
        }
    }
}

/// A word that rows of the lexicon know, but that names no event here.
#[derive(Clone, PartialEq, Debug)]
pub struct PassedOver {
    /// The word.
    pub trigger: Span,
    /// The same in the tree.
    pub word: WordId,
    /// The readings that were tried, and why each was held back; never empty.
    pub rejected: Vec<Rejection>,
}
