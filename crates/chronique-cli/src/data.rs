//! The pipeline that the options ask for.

use std::fmt::Display;
use std::fs;
use std::io::Read;
use std::path::Path;

use chronique::events::Lexicon;
use chronique::places::Gazetteer;
use chronique::{Pipeline, PipelineBuilder};

use crate::args::Data;
use crate::{Fault, input};

impl Data {
    /// The French pipeline with the user's data in the place of its own.
    pub(crate) fn pipeline(&self) -> Result<PipelineBuilder, Fault> {
        let mut builder = Pipeline::builder();
        if let Some(file) = &self.lexicon {
            let mut lexicon = Lexicon::french();
            let rows = input::text(file).map_err(Fault::Other)?;
            lexicon.extend(&file.display().to_string(), &rows).map_err(fault)?;
            builder = builder.lexicon(lexicon);
        }
        if let Some(gazetteer) = self.gazetteer()? {
            builder = builder.gazetteer(gazetteer);
        }
        Ok(builder)
    }

    /// The gazetteer of the user's files, if there are any.
    pub(crate) fn gazetteer(&self) -> Result<Option<Gazetteer>, Fault> {
        let mut image = None;
        let mut tables = Vec::new();
        for file in &self.gazetteer {
            if !is_image(file)? {
                tables.push(file);
            } else if image.replace(file).is_some() {
                return Err(named(
                    file,
                    "this is a second gazetteer image: one takes the place of the built-in",
                ));
            }
        }
        if self.gazetteer.is_empty() {
            return Ok(None);
        }
        let mut gazetteer = match image {
            Some(file) => Gazetteer::open(file).map_err(|error| named(file, error))?,
            None => chronique::french_gazetteer(),
        };
        for file in tables {
            let table = input::text(file).map_err(Fault::Other)?;
            let outcome = match table.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
                true => gazetteer.add_geojson(&table),
                false => gazetteer.add_csv(&table),
            };
            outcome.map_err(|error| named(file, error))?;
        }
        Ok(Some(gazetteer))
    }
}

/// Whether a file begins as a gazetteer image does.
fn is_image(file: &Path) -> Result<bool, Fault> {
    let mut start = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(8).read_to_end(&mut start));
    read.map_err(|error| named(file, error))?;
    Ok(start == b"CHRONGAZ")
}

pub(crate) fn bytes(file: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(file).map_err(|error| named(file, error))
}

fn fault(error: impl Display) -> Fault {
    Fault::Other(error.to_string())
}

pub(crate) fn named(file: &Path, error: impl Display) -> Fault {
    Fault::Other(format!("{}: {error}", file.display()))
}
