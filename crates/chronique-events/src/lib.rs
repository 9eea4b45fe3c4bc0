#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod event;
mod evidence;
mod extractor;
mod lexicon;
mod plover;

pub use event::{Attribution, Event, EventMention, EventPlace, EventTime, Participant};
pub use evidence::Evidence;
pub use extractor::Extractor;
pub use lexicon::{Lexicon, LexiconError};
pub use plover::{EventType, Mode, Status};
