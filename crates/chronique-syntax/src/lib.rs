#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod conllu;
mod contraction;
mod deprel;
mod hash;
mod image;
mod lexical;
mod lexicon;
mod model;
mod morph;
#[doc(hidden)]
pub mod morphology;
#[doc(hidden)]
pub mod parser;
mod sentence;
mod syntax;
mod table;
#[doc(hidden)]
pub mod tagger;
#[doc(hidden)]
pub mod training;
mod upos;
mod word_class;

pub use conllu::write_conllu;
pub use deprel::Deprel;
pub use image::ModelError;
pub use model::Model;
pub use morph::{Definite, Gender, Mood, Morph, NumType, Number, Person, PronType, Tense, VerbForm, Voice};
pub use syntax::{Syntax, Word, WordId};
pub use upos::Upos;
