#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod actor;
mod count;
mod extent;
mod learn;
mod lexicon;
mod link;
mod matches;
mod numbers;
mod phrases;
mod reader;
mod tsv;

pub use actor::{Actor, ActorClass, ActorId, ActorMention, Actors, Country, Sector};
pub use count::Count;
pub use lexicon::{ActorLexicon, ActorLexiconBuilder};
pub use tsv::ActorLexiconError;
