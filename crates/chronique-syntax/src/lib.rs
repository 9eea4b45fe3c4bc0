#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod deprel;
mod model;
mod morph;
mod syntax;
mod upos;

pub use deprel::Deprel;
pub use model::{Model, ModelError};
pub use morph::{Gender, Mood, Morph, Number, Person, Tense, VerbForm, Voice};
pub use syntax::{Syntax, Word, WordId};
pub use upos::Upos;
