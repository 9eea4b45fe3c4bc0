use chronique_actors::ActorId;
use chronique_syntax::WordId;
use chronique_text::Span;

use crate::{EventType, Mode, Rejection, Rule, Status};

/// One happening: all the mentions of it in a text.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Its type.
    pub event_type: EventType,
    /// Its mode: the most specific that a mention states.
    pub mode: Option<Mode>,
    /// Its status: the firmest of its mentions.
    pub status: Status,
    /// Killed, by the first figure stated.
    pub killed: Option<u32>,
    /// Wounded, by the first figure stated.
    pub wounded: Option<u32>,
    /// Where it happens: an index into the evidence's places.
    pub place: Option<u32>,
    /// When it happens: an index into the evidence's times.
    pub time: Option<u32>,
    /// Its mentions in order; never empty.
    pub mentions: Vec<EventMention>,
    /// Why each mention after the first joined it.
    pub merged: Vec<String>,
}

/// One mention of an event: a verb, noun or participle and what hangs on it.
#[derive(Clone, PartialEq, Debug)]
pub struct EventMention {
    /// The word that names the act.
    pub trigger: Span,
    /// The same in the tree.
    pub word: WordId,
    /// The type by this mention.
    pub event_type: EventType,
    /// The mode by this mention.
    pub mode: Option<Mode>,
    /// The status by this mention.
    pub status: Status,
    /// Who does it.
    pub actors: Vec<Participant>,
    /// To whom or what it is done.
    pub recipients: Vec<Participant>,
    /// Where it happens.
    pub places: Vec<EventPlace>,
    /// When it happens.
    pub time: Option<EventTime>,
    /// Who reports it.
    pub attribution: Option<Attribution>,
    /// Killed, as stated here.
    pub killed: Option<u32>,
    /// Wounded, as stated here.
    pub wounded: Option<u32>,
    /// The row of the lexicon that made it.
    pub rule: Rule,
    /// Whether it takes up an act told before (*cette visite*), whatever the gates of its row ask.
    pub taken_up: bool,
    /// What speaks for it, where a gate of its row does not hold and a second look takes it for an act all the same: the
    /// heaviest signs and their weights, as `second_look.tsv` has them.
    pub weighed: Option<String>,
    /// The readings by other rows that were tried before and held back.
    pub rejected: Vec<Rejection>,
    /// Why it has its status and its figures of killed and wounded, one line each.
    pub reasons: Vec<String>,
}

/// Who takes part in an event.
#[derive(Clone, PartialEq, Debug)]
pub struct Participant {
    /// The words.
    pub span: Span,
    /// The actor that they name, if it is one.
    pub actor: Option<ActorId>,
    /// How the words hang on the trigger: `nsubj`, `obl:agent`, `adjective`…
    pub reason: &'static str,
}

/// Where an event happens.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct EventPlace {
    /// An index into the evidence's places.
    pub place: u32,
    /// How it hangs on the trigger.
    pub reason: &'static str,
}

/// When an event happens.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct EventTime {
    /// An index into the evidence's times.
    pub time: u32,
    /// How it hangs on the trigger.
    pub reason: &'static str,
}

/// Who reports an event.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribution {
    /// The source: *l'armée* in *selon l'armée*.
    pub span: Span,
    /// The words that attribute: *selon*, *a indiqué*.
    pub cue: Span,
}
