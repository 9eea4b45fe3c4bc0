#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod gazetteer;
mod mention;
mod place;

pub use gazetteer::{Gazetteer, GazetteerError};
pub use mention::{PlaceRole, ResolvedPlace};
pub use place::{CountryCode, PlaceKind};
