#![doc = include_str!("../README.md")]

/// The image of the French gazetteer, for `chronique_places::Gazetteer::from_bytes`.
#[must_use]
pub fn gazetteer() -> &'static [u8] {
    include_bytes!("../data/gazetteer.bin")
}

/// Whom to name when passing on the image or what was read with it.
pub const ATTRIBUTION: &str = include_str!("../ATTRIBUTION.md");
