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
        if let Some(file) = &self.gazetteer {
            let image = fs::read(file).map_err(|error| named(file, error))?;
            builder = builder.gazetteer(Gazetteer::from_bytes(image).map_err(|error| named(file, error))?);
        }
        Ok(builder)
    }
}

fn fault(error: impl Display) -> Fault {
    Fault::Other(error.to_string())
}

fn named(file: &Path, error: impl Display) -> Fault {
    Fault::Other(format!("{}: {error}", file.display()))
}
