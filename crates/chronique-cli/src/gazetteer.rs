//! `chronique gazetteer`: builds and checks gazetteer images.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chronique::places::{BadRow, Gazetteer, GazetteerBuilder, GeoNames, GeoNamesOptions};

use crate::args::{BuildGazetteer, GazetteerCommand};
use crate::data::named;
use crate::output::beside;
use crate::{Fault, Outcome, warn};

/// So many bad rows are told one by one; the others are counted.
const TOLD: u64 = 20;

pub(crate) fn run(command: &GazetteerCommand) -> Result<Outcome, Fault> {
    match command {
        GazetteerCommand::Build(options) => build(options),
        GazetteerCommand::Check { image } => {
            let gazetteer = Gazetteer::open(image).map_err(|error| named(image, error))?;
            gazetteer.check().map_err(|error| named(image, error))?;
            crate::print(&format!("{} places\n{}\n", gazetteer.len(), gazetteer.sources().trim_end()))?;
            Ok(Outcome::Whole)
        }
    }
}

/// A dump and what is in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Dump {
    Countries,
    Divisions,
    Places,
    Names,
}

fn build(options: &BuildGazetteer) -> Result<Outcome, Fault> {
    let started = Instant::now();
    let dumps = dumps(&options.folder)?;
    let base = if options.alone {
        GazetteerBuilder::new("GeoNames, https://www.geonames.org, CC BY 4.0\n")
    } else {
        chronique::french_gazetteer_builder()
    };
    let mut geonames = GeoNames::new(base, selection(options));
    let mut progress = Progress::new(&dumps, options.quiet);
    for (file, dump) in &dumps {
        let open = File::open(file).map_err(|error| named(file, error))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let bad_before = geonames.counts().bad;
        let mut told = bad_before;
        let shown = progress.shown;
        let mut bad = |row: &BadRow| {
            told += 1;
            if told <= TOLD {
                if shown {
                    clear();
                }
                warn(format_args!("{}:{row}", file.display()));
            }
        };
        let reader =
            BufReader::with_capacity(1 << 20, Counted { file: open, progress: &mut progress, name: &name });
        match dump {
            Dump::Countries => geonames.country_codes(reader, &mut bad),
            Dump::Divisions => geonames.division_codes(reader, &mut bad),
            Dump::Places => geonames.places(reader, &mut bad),
            Dump::Names => geonames.alternate_names(reader, &mut bad),
        }
        .map_err(|error| named(file, error))?;
    }
    progress.say("sorting and writing");
    let counts = geonames.counts();
    let builder = geonames.finish();
    let places = builder.len();
    // Under another name first: a build that breaks off leaves no half of an image.
    let part = beside(&options.output, ".part");
    let write = || -> io::Result<u64> {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&part)?);
        builder.write(&mut out)?;
        let file = out.into_inner()?;
        file.sync_all()?;
        fs::rename(&part, &options.output)?;
        Ok(file.metadata()?.len())
    };
    let bytes = write().map_err(|error| named(&options.output, error))?;
    progress.clear();
    if counts.bad > TOLD {
        warn(format_args!("and {} more bad rows", grouped(counts.bad - TOLD)));
    }
    if !options.quiet {
        let _ = writeln!(
            io::stderr(),
            "{}: {} places ({} new), {} alternate names, {} rows left out, {} bad; {:.1} MB in {:.0} s",
            options.output.display(),
            grouped(places as u64),
            grouped(counts.places),
            grouped(counts.names),
            grouped(counts.left_out),
            grouped(counts.bad),
            bytes as f64 / 1e6,
            started.elapsed().as_secs_f64()
        );
    }
    Ok(if counts.bad == 0 { Outcome::Whole } else { Outcome::SomeFailed })
}

fn selection(options: &BuildGazetteer) -> GeoNamesOptions {
    GeoNamesOptions {
        countries: options.countries.iter().copied().collect(),
        feature_classes: options.feature_classes.iter().copied().collect::<HashSet<char>>(),
        min_population: options.min_population,
        weak_below: options.weak_below,
        languages: options.languages.clone(),
    }
}

/// The dumps of a folder, in the order in which they are read.
fn dumps(folder: &Path) -> Result<Vec<(PathBuf, Dump)>, Fault> {
    let mut dumps = Vec::new();
    let mut add = |name: &str, dump: Dump| {
        let file = folder.join(name);
        let there = file.is_file();
        if there {
            dumps.push((file, dump));
        }
        there
    };
    add("countryInfo.txt", Dump::Countries);
    add("admin1CodesASCII.txt", Dump::Divisions);
    add("admin2Codes.txt", Dump::Divisions);
    let mut places = add("allCountries.txt", Dump::Places);
    if !places {
        // The files of single countries: ML.txt.
        let entries = fs::read_dir(folder).map_err(|error| named(folder, error))?;
        let mut names: Vec<String> =
            entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.retain(|name| {
            name.len() == 6
                && name.ends_with(".txt")
                && name[..2].bytes().all(|byte| byte.is_ascii_uppercase())
        });
        names.sort();
        for name in &names {
            places |= add(name, Dump::Places);
        }
    }
    if !places {
        let problem = "there is neither allCountries.txt nor a file such as ML.txt: fetch and unzip dumps of GeoNames there";
        return Err(named(folder, problem));
    }
    if !add("alternateNamesV2.txt", Dump::Names) {
        warn(format_args!(
            "{}: without alternateNamesV2.txt the places have no French names but those built in",
            folder.display()
        ));
    }
    Ok(dumps)
}

/// A number with spaces between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A bar on a terminal's standard error; silent anywhere else.
struct Progress {
    shown: bool,
    total: u64,
    read: u64,
    started: Instant,
    last: Option<Instant>,
}

impl Progress {
    fn new(dumps: &[(PathBuf, Dump)], quiet: bool) -> Progress {
        let total = dumps.iter().filter_map(|(file, _)| fs::metadata(file).ok()).map(|data| data.len()).sum();
        let shown = !quiet && io::stderr().is_terminal();
        Progress { shown, total, read: 0, started: Instant::now(), last: None }
    }

    fn advance(&mut self, bytes: usize, name: &str) {
        self.read += bytes as u64;
        if self.last.is_none_or(|last| last.elapsed() > Duration::from_millis(200)) {
            self.last = Some(Instant::now());
            let speed = self.read as f64 / 1e6 / self.started.elapsed().as_secs_f64().max(1e-3);
            self.say(&format!("{name}, {speed:.0} MB/s"));
        }
    }

    fn say(&self, what: &str) {
        if self.shown {
            let share = self.read as f64 / self.total.max(1) as f64;
            let done = (share * 30.0) as usize;
            let bar = format!("{}{}", "#".repeat(done.min(30)), ".".repeat(30_usize.saturating_sub(done)));
            let _ = write!(io::stderr(), "\r\x1b[K[{bar}] {:3.0} % {what}", share * 100.0);
        }
    }

    fn clear(&self) {
        if self.shown {
            clear();
        }
    }
}

fn clear() {
    let _ = write!(io::stderr(), "\r\x1b[K");
}

/// A file whose bytes advance the progress.
struct Counted<'p> {
    file: File,
    progress: &'p mut Progress,
    name: &'p str,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.progress.advance(read, self.name);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, expected) in [(0, "0"), (999, "999"), (1_000, "1 000"), (12_345_678, "12 345 678")] {
            assert_eq!(grouped(number), expected);
        }
    }
}
