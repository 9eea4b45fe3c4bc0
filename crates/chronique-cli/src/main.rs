//! The `chronique` command.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use chronique::{BuildError, export};
use clap::{CommandFactory, Parser};

use crate::args::{Cli, Color, Command};

mod args;
mod data;
mod explain;
mod gazetteer;
mod input;
mod look;
mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod read;

/// How a command ended that could be carried out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Whole,
    SomeFailed,
}

/// Why a command ended early.
#[derive(Debug)]
enum Fault {
    /// The reader of standard output has gone, as `head` does: no error.
    PipeClosed,
    Other(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Fault::PipeClosed,
            _ => Fault::Other(format!("standard output: {error}")),
        }
    }
}

impl From<BuildError> for Fault {
    fn from(error: BuildError) -> Fault {
        Fault::Other(error.to_string())
    }
}

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(Outcome::Whole) | Err(Fault::PipeClosed) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(Fault::Other(message)) => {
            warn(&message);
            ExitCode::from(1)
        }
    }
}

fn run(command: &Command) -> Result<Outcome, Fault> {
    match command {
        Command::Read(options) => return read::run(options),
        Command::Gazetteer(command) => return gazetteer::run(command),
        Command::Explain(options) => explain::run(options)?,
        Command::Parse(options) => look::parse(options)?,
        Command::Places(options) => look::places(options)?,
        Command::Times(options) => look::times(options)?,
        Command::Lexicon(options) => look::lexicon(options)?,
        Command::Schema => print(export::SCHEMA)?,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "chronique", &mut script);
            io::stdout().lock().write_all(&script)?;
        }
    }
    Ok(Outcome::Whole)
}

/// Writes all of a text to standard output.
fn print(text: &str) -> Result<(), Fault> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Tells of trouble on standard error; nothing can be done if that is closed.
fn warn(message: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "chronique: {message}");
}

/// Whether to colour: what the user says, else what the terminal and `NO_COLOR` say.
fn style(color: Color) -> export::Style {
    let colour = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    if colour { export::Style::Colour } else { export::Style::Plain }
}
