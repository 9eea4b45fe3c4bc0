//! What was trained: checksums of the committed image and of a small one, made by the same recipe from a sample of the
//! sentences, which tells in seconds whether recipe, features, lexicon or sources have changed since.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use chronique_syntax::training::checksum;

use super::Sources;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../chronique-model-fr/data");

/// Each how-manieth sentence the small image is trained on; odd, so that all kinds of made sentences are among them.
const SAMPLE: usize = 101;

/// The record of an image.
pub(super) fn of(image: &[u8], sources: &Sources) -> anyhow::Result<String> {
    let sample = super::image(sources, SAMPLE, &|_| ())?;
    Ok(format!(
        "# Written by `chronique-tools train` beside the image; `chronique-tools data check` compares.\n\
         image\t{:016x}\nsample\t{:016x}\n",
        checksum(image),
        checksum(&sample)
    ))
}

/// Holds the committed image to its record, and the record to what training gives today; `false` if the treebanks are
/// not there.
pub(crate) fn check() -> anyhow::Result<bool> {
    let (shared, committed) = (Path::new(SHARED), Path::new(COMMITTED));
    let image = fs::read(committed.join("model.bin")).context("model.bin: cannot read")?;
    let record = fs::read_to_string(committed.join("model.tsv")).context("model.tsv: cannot read")?;
    let line = format!("image\t{:016x}\n", checksum(&image));
    ensure!(
        record.contains(&line),
        "model.bin is not the image of its record: commit both as `train` wrote them"
    );
    let (treebanks, lefff) = (shared.join("treebanks"), shared.join("lefff"));
    if !treebanks.is_dir() || !lefff.is_dir() {
        return Ok(false);
    }
    ensure!(
        of(&image, &Sources::read(&treebanks, &lefff, None)?)? == record,
        "model.bin was trained by another recipe, or from other sources: run `make model` and commit what it gives"
    );
    Ok(true)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_model_is_what_training_gives() {
        super::check().unwrap();
    }
}
