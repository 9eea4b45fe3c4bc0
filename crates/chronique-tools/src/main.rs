//! Builds and checks what is committed as data, trains the syntax model, scores.

mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The tools behind Chronique: what they make is committed.
#[derive(Debug, Parser)]
#[command(name = "chronique-tools", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Trains the syntax model of French from treebanks and a lexicon.
    Train(train::Arguments),
    /// Scores a syntax model on the gold tokens of treebanks.
    ScoreSyntax(train::score::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Train(arguments) => train::run(&arguments),
        Command::ScoreSyntax(arguments) => train::score::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "chronique-tools: {error:#}");
            ExitCode::FAILURE
        }
    }
}
