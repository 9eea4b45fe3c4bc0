//! Runs the fuzz targets and keeps what they find.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;
use chronique_fuzz::TARGETS;
use clap::Parser;

/// Runs the fuzz targets; a find is written to the corpus and ends its target.
#[derive(Debug, Parser)]
struct Arguments {
    /// The targets to run; all by default.
    targets: Vec<String>,
    /// Executions: of all targets together by their shares, or of each that is named.
    #[arg(long, default_value_t = 10_000_000)]
    executions: u64,
    /// What the inputs are made from; another number makes others.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where finds are kept.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))]
    corpus: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    for name in &arguments.targets {
        anyhow::ensure!(TARGETS.iter().any(|target| target.name == name), "there is no target `{name}`");
    }
    let mut out = std::io::stdout();
    let mut found = 0;
    for target in TARGETS {
        let executions = if arguments.targets.is_empty() {
            arguments.executions * u64::from(target.share) / 1000
        } else if arguments.targets.iter().any(|name| name == target.name) {
            arguments.executions
        } else {
            continue;
        };
        let started = Instant::now();
        let count = u32::try_from(executions)?;
        match target.run(count, arguments.seed) {
            Ok(()) => {
                let seconds = started.elapsed().as_secs_f64();
                writeln!(out, "{:17} {count:>9} executions, no find, {seconds:.0} s", target.name)?;
            }
            Err((input, reason)) => {
                found += 1;
                let folder = arguments.corpus.join(target.name);
                fs::create_dir_all(&folder)?;
                let path = folder.join(format!("seed-{}", arguments.seed));
                fs::write(&path, input).with_context(|| format!("can't write {}", path.display()))?;
                writeln!(out, "{:17} a find, kept as {}: {reason}", target.name, path.display())?;
            }
        }
    }
    anyhow::ensure!(found == 0, "{found} targets have finds");
    Ok(())
}
