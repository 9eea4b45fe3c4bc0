//! What training shares with reading: the features, the transition system and the layout of images.
//!
//! Only `chronique-tools` uses this; it may change with any release.

pub use crate::contraction::{Contraction, contractions};
pub use crate::hash::hash_bytes;
pub use crate::image::{Damage, HEADER, MAGIC, Section, VERSION, checksum};
pub use crate::lexical::{Lexical, mark_position};
pub use crate::lexicon::{LONGEST_ENDING, Lexicon, ending_key};
pub use crate::model::STEPS;
pub use crate::sentence::Sentence;
pub use crate::table::{bucket_and_print, slot};
