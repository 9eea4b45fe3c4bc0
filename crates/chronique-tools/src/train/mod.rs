//! `chronique-tools train`: the syntax model from treebanks and a lexicon, the same bytes on every run.

use std::path::PathBuf;

use anyhow::bail;

/// What to train from and where to write.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the gzipped CoNLL-U files.
    #[arg(long)]
    treebanks: PathBuf,
    /// Folder of the gzipped Lefff.
    #[arg(long)]
    lefff: PathBuf,
    /// The image to write.
    #[arg(long)]
    out: PathBuf,
}

/// Trains and writes the image.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    bail!("{}: training is under way", arguments.out.display())
}
