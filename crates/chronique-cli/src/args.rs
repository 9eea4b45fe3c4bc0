//! The arguments of the command.

use std::path::PathBuf;

use chronique::Date;
use chronique::places::CountryCode;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads French news and writes down who did what to whom, where, when and according to whom.
///
/// Data go to standard output, warnings and progress to standard error. Exit status: 0 when all
/// went well, 1 when some articles failed, 2 when the command was not understood.
#[derive(Parser, Debug)]
#[command(name = "chronique", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Read articles and write their events.
    Read(Read),
    /// Tell how each event, place and time of articles was read, and which words were passed over and why.
    Explain(Explain),
    /// Write the syntax of a text as CoNLL-U. Blank lines end a region; no line is taken for debris.
    Parse(Parse),
    /// Look up a place name, or the places of a text.
    Places(Places),
    /// Read time expressions.
    Times(Times),
    /// Write the rows of the lexicon of triggers about a word, to copy and change.
    Lexicon(Lexicon),
    /// Build a gazetteer of one's own, or check one.
    #[command(subcommand)]
    Gazetteer(GazetteerCommand),
    /// Write the JSON Schema of a line of `read --format jsonl`.
    Schema,
    /// Write a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) data: Data,
    /// What to write.
    #[arg(long, short, default_value = "jsonl")]
    pub(crate) format: OutputFormat,
    /// Where to write. [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Go on with an output that an earlier run of the same command did not finish. How far it has
    /// come stands in `FILE.checkpoint`; what comes out is the same as from one undisturbed run.
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,
    /// What to do with an article that can't be read: end there, leave it out, or write its error in
    /// its place (jsonl, csv and parquet).
    #[arg(long, value_name = "WHAT", default_value = "skip")]
    pub(crate) on_error: OnError,
    /// Threads; 0 is one a core.
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
    /// No progress on standard error.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Colours in tables.
    #[arg(long, default_value = "auto")]
    pub(crate) color: Color,
}

/// Where articles come from.
#[derive(Args, Clone, Debug)]
pub(crate) struct Input {
    /// Files of articles: .txt (one article each), .jsonl, .csv, .tsv, and with the feature `parquet`
    /// .parquet; `-` or none is standard input.
    pub(crate) files: Vec<PathBuf>,
    /// What the files hold. [default: by the ending; standard input is jsonl if it starts with `{`]
    #[arg(long = "input", value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,
    /// Day of publication of the articles that carry none themselves.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// Column or key of the text.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) text_column: String,
    /// Column or key of the title. The text read is then the title, a blank line and the text.
    #[arg(long, value_name = "NAME", default_value = "title")]
    pub(crate) title_column: String,
    /// Column or key of the day of publication.
    #[arg(long, value_name = "NAME", default_value = "date")]
    pub(crate) date_column: String,
    /// Column or key of the article's id. Rows without one are named by file and line, text files by
    /// their path without `.txt`.
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(crate) id_column: String,
    /// What separates the cells of CSV. [default: a comma; a tab for .tsv]
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,
}

/// The options of [`Input`] as they are when none is given.
#[derive(Parser, Debug)]
pub(crate) struct ReadByDefault {
    #[command(flatten)]
    pub(crate) input: Input,
}

/// Other data than the embedded.
#[derive(Args, Debug)]
pub(crate) struct Data {
    /// Rows to add to the lexicon of triggers (TSV, with the columns of the embedded one).
    #[arg(long, value_name = "FILE")]
    pub(crate) lexicon: Option<PathBuf>,
    /// Places of one's own: CSV (with a header: name, lat, lon, and where known id, kind, country,
    /// population) or GeoJSON, added to the gazetteer; or an image made by `chronique gazetteer build`, in
    /// the place of the one built in. May be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Vec<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum GazetteerCommand {
    /// Build an image from the dumps of GeoNames (download.geonames.org/export/dump), unzipped in one folder.
    Build(BuildGazetteer),
    /// Read all of an image and tell its sources, or what is damaged.
    Check {
        /// The image.
        image: PathBuf,
    },
}

#[derive(Args, Debug)]
pub(crate) struct BuildGazetteer {
    /// The folder of the dumps: allCountries.txt, or files of countries such as ML.txt; and where wanted
    /// alternateNamesV2.txt, countryInfo.txt, admin1CodesASCII.txt, admin2Codes.txt.
    pub(crate) folder: PathBuf,
    /// The image to write.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Only places of these countries: ISO 3166-1 codes, with commas between.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = country)]
    pub(crate) countries: Vec<CountryCode>,
    /// Only these feature classes of GeoNames: A divisions, P populated places, H waters, T reliefs and
    /// islands, L areas, S buildings, R roads; with commas between.
    #[arg(long, value_name = "CLASSES", value_delimiter = ',', value_parser = feature_class)]
    pub(crate) feature_classes: Vec<char>,
    /// Leave out populated places of fewer inhabitants; seats of regions and capitals stay.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) min_population: u32,
    /// Take names of smaller towns, and of waters, reliefs and areas, only where the text supports them.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) weak_below: u32,
    /// Languages of alternate names, the first for the name shown: ISO 639 codes, `abbr` for
    /// abbreviations, `und` for names without a language.
    #[arg(long, value_name = "CODES", value_delimiter = ',', default_value = "fr,abbr")]
    pub(crate) languages: Vec<String>,
    /// Leave out what is built in: French names of regions, seas and cities.
    #[arg(long)]
    pub(crate) alone: bool,
    /// No progress and no summary on standard error.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Lexicon {
    /// A lemma (`fuite`, `tirer`) or the id of a row, as `explain` shows it (`SANCTION/fuite/N`). [default: all rows]
    pub(crate) word: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) data: Data,
    #[command(flatten)]
    pub(crate) input: Input,
    /// Only the article with this id.
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Colours.
    #[arg(long, default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Args, Debug)]
pub(crate) struct Parse {
    /// A file of plain text; `-` or none is standard input.
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,
    /// What to write.
    #[arg(long, short, default_value = "conllu")]
    pub(crate) format: ParseFormat,
    /// A model image made by `chronique-tools train`, in the place of the one built in.
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["name", "text"]))]
pub(crate) struct Places {
    #[command(flatten)]
    pub(crate) data: Data,
    /// A place name: its places are listed, the likeliest first.
    pub(crate) name: Option<String>,
    /// A text whose place names are to be found and resolved.
    #[arg(long, conflicts_with_all = ["near", "json", "limit"])]
    pub(crate) text: Option<String>,
    /// A place that is named beside it: « Saint-Denis » near « Réunion » is another than near « Paris ».
    #[arg(long, value_name = "PLACE")]
    pub(crate) near: Option<String>,
    /// Places shown at most; 0 is all.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// One JSON object instead of the table.
    #[arg(long)]
    pub(crate) json: bool,
    /// Colours.
    #[arg(long, default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Args, Debug)]
pub(crate) struct Times {
    /// A phrase or a text, such as « lundi dernier »; `-` or none is standard input.
    #[arg(default_value = "-")]
    pub(crate) phrase: String,
    /// The day against which it is read; without it « lundi » stays open.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// Where « lundi » looks for its day if no verb tells: back, as news do, ahead, or nowhere. With `future`, bare forms such
    /// as « le 16 » or « midi » are times too, as in an agenda.
    #[arg(long, value_name = "WHERE", default_value = "past")]
    pub(crate) prefer: Prefer,
    /// One JSON object instead of the table.
    #[arg(long)]
    pub(crate) json: bool,
    /// Colours.
    #[arg(long, default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum InputFormat {
    Text,
    Jsonl,
    Csv,
    #[cfg(feature = "parquet")]
    Parquet,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum OutputFormat {
    /// One JSON object a document, with all layers.
    Jsonl,
    /// One row an event.
    Csv,
    /// The events that have a point, as one FeatureCollection.
    Geojson,
    /// Aligned columns for people.
    Table,
    /// One JSON object an event, as PLOVER writes it.
    Plover,
    /// The events that ACLED would count, in its columns (CSV).
    Acled,
    /// One row an event, in the columns of csv.
    #[cfg(feature = "parquet")]
    Parquet,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ParseFormat {
    /// Universal Dependencies' CoNLL-U.
    Conllu,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Prefer {
    Past,
    Future,
    None,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum OnError {
    Stop,
    Skip,
    Record,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

fn country(value: &str) -> Result<CountryCode, String> {
    CountryCode::new(value).ok_or_else(|| "give two capitals, such as ML".to_owned())
}

fn feature_class(value: &str) -> Result<char, String> {
    match value.chars().next() {
        Some(class) if value.len() == 1 && "AHLPRST".contains(class) => Ok(class),
        _ => Err("give some of A, H, L, P, R, S, T".to_owned()),
    }
}

fn delimiter(value: &str) -> Result<u8, String> {
    match value.as_bytes() {
        b"\\t" => Ok(b'\t'),
        &[byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(byte),
        _ => Err("give one ASCII character, such as ';' or '\\t'".to_owned()),
    }
}
