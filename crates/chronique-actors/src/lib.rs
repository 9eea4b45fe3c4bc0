#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod actor;
mod count;
mod lexicon;

pub use actor::{Actor, ActorClass, ActorId, ActorMention, Actors, Country, Sector};
pub use count::Count;
pub use lexicon::{ActorLexicon, ActorLexiconError};
