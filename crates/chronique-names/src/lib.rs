#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod class;
mod model;
mod name;
mod runs;
mod signs;

pub use class::NameClass;
pub use model::{NameModel, NameModelError, Told, Weighed};
pub use name::{Fact, Name};
pub use runs::name_runs;

/// What training needs.
#[doc(hidden)]
pub mod training {
    pub use crate::model::all_signs;
}
