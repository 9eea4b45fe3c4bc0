#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

#[cfg(test)]
extern crate self as chronique_events;

mod attribution;
mod carried;
mod casualties;
mod clause;
mod cues;
mod event;
mod evidence;
mod extractor;
mod families;
mod frame;
mod gate;
#[cfg(test)]
mod learn;
mod lexicon;
mod likeness;
mod merge;
mod modes;
mod nouns;
mod participants;
mod plover;
mod reading;
mod roles;
mod rule;
mod scene;
mod second_look;
mod settle;
mod status;
mod subject;
mod supported;
mod table;
mod timing;
mod told;
mod topic;
mod trigger;
mod victims;
mod weighing;
mod where_when;

pub use event::{Attribution, Event, EventMention, EventPlace, EventTime, Participant};
pub use evidence::Evidence;
pub use extractor::Extractor;
pub use lexicon::{FRENCH_LEXICON, Lexicon, LexiconError, rows_about};
pub use plover::{EventType, Mode, Status};
pub use rule::{PassedOver, Rejection, Rule};
