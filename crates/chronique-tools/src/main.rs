//! Builds and checks what is committed as data, trains the syntax model, scores.

mod codebook;
mod dumps;
mod gazetteer;
mod names;
mod train;
mod train_sentences;

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
    /// Trains the sentence splitter of French from treebanks.
    TrainSentences(train_sentences::Arguments),
    /// Sets anew in a syntax model from which lead on each stage of the parser decides.
    SetLeads(train::leads::Arguments),
    /// Trains the model that tells names of places, persons and organisations apart.
    Names(names::Arguments),
    /// Scores a syntax model on the gold tokens of treebanks.
    ScoreSyntax(train::score::Arguments),
    /// The French gazetteer.
    #[command(subcommand)]
    Gazetteer(gazetteer::Command),
    /// Makes dumps in the form and size of GeoNames' own, to try `chronique gazetteer build` on.
    Dumps(dumps::Arguments),
    /// Writes the second half of docs/events.md from the lexicon of triggers.
    Codebook,
    /// What is committed as data.
    #[command(subcommand)]
    Data(Data),
}

#[derive(Debug, Subcommand)]
enum Data {
    /// Builds what has sources beside the project again and compares it with what is committed, byte for byte.
    Check,
}

fn check_data() -> anyhow::Result<()> {
    use std::io::Write as _;
    let answer = if gazetteer::check()? {
        "gazetteer.bin is what its sources give"
    } else {
        "gazetteer.bin not checked: ../shared/data/gazetteer-sources is not there"
    };
    writeln!(std::io::stdout(), "{answer}")?;
    let answer = if train::check()? {
        "model.bin is that of its record, and its recipe gives the record's sample"
    } else {
        "model.bin is that of its record; its recipe not tried: ../shared/data is not there"
    };
    writeln!(std::io::stdout(), "{answer}")?;
    codebook::check()?;
    writeln!(std::io::stdout(), "docs/events.md is what the lexicon gives")?;
    Ok(())
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Train(arguments) => train::run(&arguments),
        Command::TrainSentences(arguments) => train_sentences::run(&arguments),
        Command::SetLeads(arguments) => train::leads::run(&arguments),
        Command::Names(arguments) => names::run(&arguments),
        Command::ScoreSyntax(arguments) => train::score::run(&arguments),
        Command::Gazetteer(command) => gazetteer::run(&command),
        Command::Dumps(arguments) => dumps::run(&arguments),
        Command::Codebook => codebook::run(),
        Command::Data(Data::Check) => check_data(),
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
