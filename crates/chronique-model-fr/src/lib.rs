#![doc = include_str!("../README.md")]

/// The image of the French syntax model, for `chronique_syntax::Model::from_bytes`.
///
/// `cargo run --release -p chronique-tools -- train` writes it, byte for byte.
///
/// ```
/// assert!(chronique_model_fr::model().len() < 10_000_000);
/// ```
#[must_use]
pub fn model() -> &'static [u8] {
    include_bytes!("../data/model.bin")
}
