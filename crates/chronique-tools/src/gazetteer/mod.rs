//! Builds the French gazetteer image from its sources, and checks the committed one.

mod cities;
mod divisions;
mod names;
mod regions;
mod tables;
mod villages;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chronique_places::GazetteerBuilder;
use clap::Subcommand;

const SOURCES: &str = "../shared/data/gazetteer-sources";
const LISTS: &str = "crates/chronique-gazetteer-fr/data";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Builds the gazetteer image.
    Build(Arguments),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the raw sources (GeoNames, Who's On First, Natural Earth, CLDR…).
    #[arg(long, default_value = SOURCES)]
    sources: PathBuf,
    /// The folder of the hand-written lists.
    #[arg(long, default_value = LISTS)]
    lists: PathBuf,
    /// The image to write.
    #[arg(long, default_value = "crates/chronique-gazetteer-fr/data/gazetteer.bin")]
    out: PathBuf,
}

pub(crate) fn run(command: &Command) -> anyhow::Result<()> {
    let Command::Build(arguments) = command;
    let image = build(&arguments.sources, &arguments.lists)?;
    std::fs::write(&arguments.out, &image).with_context(|| format!("can't write {}", arguments.out.display()))
}

/// Builds the image again and compares it with the committed one, byte for byte; `false` if the sources are not there.
pub(crate) fn check() -> anyhow::Result<bool> {
    if !Path::new(SOURCES).is_dir() {
        return Ok(false);
    }
    let committed = Path::new(LISTS).join("gazetteer.bin");
    let old = std::fs::read(&committed).with_context(|| format!("can't read {}", committed.display()))?;
    if build(Path::new(SOURCES), Path::new(LISTS))? != old {
        bail!(
            "{} is not what its sources give: run `chronique-tools gazetteer build` and commit the result",
            committed.display()
        );
    }
    Ok(true)
}

/// Merges the sources: countries, then divisions, then cities, then regions and waters, each pointing at those before.
fn build(sources: &Path, lists: &Path) -> anyhow::Result<Vec<u8>> {
    let about = lists.join("../ATTRIBUTION.md");
    let about = std::fs::read_to_string(&about).with_context(|| format!("can't read {}", about.display()))?;
    let mut builder = GazetteerBuilder::new(about);
    let wof = names::WhosOnFirst::read(&sources.join("whosonfirst_fra_places.tsv.xz"))?;
    let cities = cities::read(&sources.join("geonames_cities500.tsv.xz"))?;
    let coverage = cities::Coverage::read(&lists.join("coverage.tsv"))?;
    let mut divisions = divisions::Divisions::default();
    divisions.countries(&mut builder, sources, lists)?;
    divisions.subdivisions(&mut builder, sources, lists, &coverage, &cities, &wof)?;
    let found = cities::add(&mut builder, sources, &cities, &wof, lists, &coverage, &divisions)?;
    villages::communes(&mut builder, sources, &cities, &divisions, &found)?;
    villages::villages(&mut builder, &wof, &cities, &coverage, &divisions);
    regions::add(&mut builder, sources, lists, &divisions)?;
    regions::exonyms(&mut builder, lists, &divisions, &found)?;
    for row in tables::read(&lists.join("collisions.tsv"))?.rows() {
        match row.field("condition")? {
            "cue" => builder.needs_cue(row.field("name")?),
            "noun" => builder.needs_noun(row.field("name")?),
            "never" => builder.drop_name(row.field("name")?),
            other => bail!("{}: condition {other:?} is none of cue, noun and never", row.place()),
        }
    }
    Ok(builder.build())
}
