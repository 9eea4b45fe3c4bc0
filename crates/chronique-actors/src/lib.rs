#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod actor;
mod bounds;
mod count;
mod extent;
mod folded;
mod learn;
mod lexicon;
mod link;
mod matches;
mod numbers;
mod phrases;
mod reader;
mod tsv;
mod unlisted;

pub use actor::{Actor, ActorClass, ActorId, ActorMention, Actors, Country, Sector};
pub use count::Count;
pub use lexicon::{ActorLexicon, ActorLexiconBuilder};
pub use tsv::ActorLexiconError;
pub use unlisted::UnlistedName;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_types_cross_threads() {
        fn crosses<T: Send + Sync + std::fmt::Debug>() {}
        crosses::<ActorLexicon>();
        crosses::<ActorLexiconBuilder>();
        crosses::<ActorLexiconError>();
        crosses::<Actors>();
        crosses::<Count>();
    }
}
