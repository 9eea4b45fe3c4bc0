//! The `chronique` command, as a library so that the fuzz targets reach its readers. Programs use the crate `chronique`; what stands here
//! follows no version.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::LazyLock;

use chronique::{Article, BuildError, export};
use clap::{CommandFactory, Parser};

use crate::args::{Cli, Color, Command, ReadByDefault};

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

/// Runs the command with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(Outcome::Whole) | Err(Fault::PipeClosed) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(Fault::Other(message)) => {
            warn(&message);
            ExitCode::from(1)
        }
    }
}

/// The articles that `chronique read` takes from a file of this name and content, each or what it says is wrong.
///
/// ```
/// let lines = b"{\"text\": \"Ils dorment.\"}\n\n[1]\n";
/// let articles = chronique_cli::articles("archive.jsonl", lines);
/// assert_eq!(articles[0].as_ref().unwrap().text().as_str(), "Ils dorment.");
/// assert!(articles[1].as_ref().unwrap_err().starts_with("archive.jsonl:3: not a JSON object"));
/// ```
#[must_use]
pub fn articles(name: &str, content: &[u8]) -> Vec<Result<Article, String>> {
    static DEFAULT: LazyLock<ReadByDefault> = LazyLock::new(|| ReadByDefault::parse_from(["read"]));
    let options = &DEFAULT.input;
    let items = input::content_items(name, content.to_vec(), options);
    items.map(|item| item.article(options).map_err(|failure| failure.message)).collect()
}

fn run(command: &Command) -> Result<Outcome, Fault> {
    match command {
        Command::Read(options) => return read::run(options),
        Command::Gazetteer(command) => return gazetteer::run(command),
        Command::Explain(options) => return explain::run(options),
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
