#![doc = include_str!("../README.md")]

/// The image of the French gazetteer, for `chronique_places::Gazetteer::from_bytes`.
#[must_use]
pub fn gazetteer() -> &'static [u8] {
    &[]
}
