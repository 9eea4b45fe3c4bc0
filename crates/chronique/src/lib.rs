#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod pipeline;

pub use pipeline::{Article, Document, Pipeline};
