#![doc = include_str!("../README.md")]

/// The image of the French gazetteer, for `chronique_places::Gazetteer::from_bytes`.
#[must_use]
pub fn gazetteer() -> &'static [u8] {
    include_bytes!("../data/gazetteer.bin")
}

/// Whom to name when passing on the image or what was read with it.
pub const ATTRIBUTION: &str = include_str!("../ATTRIBUTION.md");

/// The names of places that are common words too (`data/collisions.tsv`): `name · condition` after comments and a header. The condition is
/// `cue`, `noun` or `never`. Whoever adds places to the gazetteer wants to heed it.
pub const COLLISIONS: &str = include_str!("../data/collisions.tsv");
