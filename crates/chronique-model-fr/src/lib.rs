#![doc = include_str!("../README.md")]

/// The image of the French syntax model, for `chronique_syntax::Model::from_bytes`.
#[must_use]
pub fn model() -> &'static [u8] {
    &[]
}
