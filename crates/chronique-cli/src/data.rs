//! The pipeline that the options ask for.

use std::fmt::Display;
use std::fs;
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
        let mut gazetteer = match &self.gazetteer {
            Some(file) => Some(Gazetteer::from_bytes(bytes(file)?).map_err(|error| named(file, error))?),
            None => None,
        };
        if let Some(file) = &self.places {
            let table = input::text(file).map_err(Fault::Other)?;
            let places = gazetteer.get_or_insert_with(chronique::french_gazetteer);
            places.add_csv(&table).map_err(|error| named(file, error))?;
        }
        if let Some(gazetteer) = gazetteer {
            builder = builder.gazetteer(gazetteer);
        }
        Ok(builder)
    }
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
