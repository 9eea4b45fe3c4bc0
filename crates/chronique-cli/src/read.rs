//! `chronique read`.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use chronique::places::Gazetteer;
use chronique::{Document, Pipeline, export};

use crate::args::{OnError, OutputFormat, Read};
use crate::input::{self, Failure};
use crate::output::Output;
use crate::{Fault, Outcome, style, warn};

/// Where documents go, or what was made of them.
pub(crate) trait Sink<T> {
    /// Takes what was made of an article.
    fn take(&mut self, made: T) -> Result<(), Fault>;

    /// Takes an article that could not be read.
    fn take_failure(&mut self, failure: Failure) -> Result<(), Fault>;

    /// Ends a chunk of so many articles, of which some failed.
    fn end_chunk(&mut self, articles: usize, failed: usize) -> Result<(), Fault>;
}

/// Reads all articles but the first `done`, chunk by chunk, and gives what `make` makes of each to the
/// sink before the next chunk is taken: memory does not grow with their number. A chunk ends where the
/// input pauses, so that nothing read is held back meanwhile. Returns how many failed.
pub(crate) fn all<T: Send>(
    options: &Read,
    chronique: &Pipeline,
    done: usize,
    make: impl Fn(&Document) -> T + Sync,
    sink: &mut impl Sink<T>,
) -> Result<usize, Fault> {
    let mut progress = Progress::new(options, done);
    let mut items = input::arriving(&options.input, done);
    let mut failed = 0;
    'reading: loop {
        let chunk = chronique.chunk(&mut items, input::Item::len);
        if chunk.is_empty() {
            break;
        }
        let read = chronique.map_all(chunk, |item| {
            let document = chronique.read(item.article(&options.input)?);
            Ok::<_, Failure>((make(&document), not_french(&document)))
        });
        progress.advance(read.len());
        let (articles, failed_before) = (read.len(), failed);
        for read in read {
            match read {
                Ok((made, warning)) => {
                    if let Some(warning) = warning {
                        progress.clear();
                        warn(warning);
                    }
                    sink.take(made)?;
                }
                Err(failure) => {
                    failed += 1;
                    progress.clear();
                    warn(&failure.message);
                    sink.take_failure(failure)?;
                    if options.on_error == OnError::Stop {
                        break 'reading;
                    }
                }
            }
        }
        sink.end_chunk(articles, failed - failed_before)?;
    }
    progress.clear();
    Ok(failed)
}

pub(crate) fn run(options: &Read) -> Result<Outcome, Fault> {
    #[cfg(feature = "parquet")]
    if options.format == OutputFormat::Parquet {
        return crate::parquet::run(options);
    }
    let output = Output::open(options)?;
    let done = output.done().clone();
    if done.whole {
        warn("the output is whole already: nothing was done");
        return Ok(outcome(done.failed));
    }
    let chronique = options.data.pipeline()?.jobs(options.jobs).build()?;
    let mut writer = Writer::new(options, output);
    if done.bytes == 0 {
        writer.output.put(&writer.head())?;
    }
    writer.begun = done.bytes > writer.head().len() as u64;
    let (format, style) = (options.format, style(options.color));
    let make = |document: &Document| written(document, format, style);
    let failed = done.failed + all(options, &chronique, done.articles, make, &mut writer)?;
    writer.output.put(writer.tail())?;
    // A run that stops at an error is not whole: once the article is mended, it can go on.
    if options.on_error == OnError::Stop && failed > 0 {
        writer.output.flush()?;
    } else {
        writer.output.finish()?;
    }
    let outcome = whole(outcome(failed), chronique.gazetteer());
    // The process ends: giving back its tables piece by piece takes longer than an article.
    std::mem::forget(chronique);
    Ok(outcome)
}

pub(crate) fn outcome(failed: usize) -> Outcome {
    if failed == 0 { Outcome::Whole } else { Outcome::SomeFailed }
}

/// The outcome of a run, unless its gazetteer turned out damaged: then places may be missing.
pub(crate) fn whole(outcome: Outcome, gazetteer: &Gazetteer) -> Outcome {
    let Some(damage) = gazetteer.damage() else { return outcome };
    warn(format_args!("{damage}; places may be missing from what was read"));
    Outcome::SomeFailed
}

/// The warning for an article in another language.
fn not_french(document: &Document) -> Option<String> {
    let id = document.id().unwrap_or_default();
    (!document.is_french()).then(|| format!("{id}: not French, so nothing was read in it"))
}

/// Writes text, with what stands before, between and after documents.
struct Writer {
    format: OutputFormat,
    record_errors: bool,
    output: Output,
    begun: bool,
}

impl Writer {
    fn new(options: &Read, output: Output) -> Writer {
        let record_errors = options.on_error == OnError::Record;
        Writer { format: options.format, record_errors, output, begun: false }
    }

    fn head(&self) -> String {
        match self.format {
            OutputFormat::Csv => export::csv_header(),
            OutputFormat::Geojson => "{\"type\":\"FeatureCollection\",\"features\":[".to_owned(),
            OutputFormat::Acled => export::acled_header(),
            OutputFormat::Jsonl | OutputFormat::Table | OutputFormat::Plover => String::new(),
            #[cfg(feature = "parquet")]
            OutputFormat::Parquet => String::new(),
        }
    }

    fn failure(&self, failure: &Failure) -> String {
        match self.format {
            OutputFormat::Jsonl if self.record_errors => {
                serde_json::json!({"id": failure.id, "error": failure.message}).to_string() + "\n"
            }
            OutputFormat::Csv if self.record_errors => {
                export::csv_error(failure.id.as_deref(), &failure.message)
            }
            _ => String::new(),
        }
    }

    fn put(&mut self, text: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        let between = match self.format {
            OutputFormat::Geojson if self.begun => ",\n",
            OutputFormat::Table if self.begun => "\n",
            OutputFormat::Geojson => "\n",
            _ => "",
        };
        self.begun = true;
        self.output.put(between)?;
        self.output.put(text)
    }

    fn tail(&self) -> &'static str {
        if self.format == OutputFormat::Geojson { "\n]}\n" } else { "" }
    }
}

impl Sink<String> for Writer {
    fn take(&mut self, text: String) -> Result<(), Fault> {
        self.put(&text)
    }

    fn take_failure(&mut self, failure: Failure) -> Result<(), Fault> {
        self.put(&self.failure(&failure))
    }

    fn end_chunk(&mut self, articles: usize, failed: usize) -> Result<(), Fault> {
        self.output.commit(articles, failed)
    }
}

/// A document in a format.
fn written(document: &Document, format: OutputFormat, style: export::Style) -> String {
    match format {
        OutputFormat::Jsonl => export::to_json(document) + "\n",
        OutputFormat::Csv => export::to_csv(document),
        OutputFormat::Geojson => {
            let features = export::features(document);
            let lines: Vec<_> = features.iter().map(export::Feature::to_json).collect();
            lines.join(",\n")
        }
        OutputFormat::Table => export::table(document, style),
        OutputFormat::Plover => export::to_plover(document),
        OutputFormat::Acled => export::to_acled(document),
        // It has a writer of its own.
        #[cfg(feature = "parquet")]
        OutputFormat::Parquet => String::new(),
    }
}

/// A line on a terminal's standard error that counts articles; silent anywhere else.
struct Progress {
    shown: bool,
    started: Instant,
    last: Instant,
    /// Articles that an earlier run has read.
    before: usize,
    articles: usize,
}

impl Progress {
    fn new(options: &Read, before: usize) -> Progress {
        let now = Instant::now();
        let elsewhere = options.output.is_some() || !io::stdout().is_terminal();
        let shown = !options.quiet && io::stderr().is_terminal() && elsewhere;
        Progress { shown, started: now, last: now, before, articles: 0 }
    }

    fn advance(&mut self, articles: usize) {
        self.articles += articles;
        if self.shown && self.last.elapsed() > Duration::from_millis(500) {
            self.last = Instant::now();
            let speed = self.articles as f64 / self.started.elapsed().as_secs_f64();
            let _ = write!(io::stderr(), "\r{} articles, {speed:.0}/s ", self.before + self.articles);
        }
    }

    fn clear(&self) {
        if self.shown && self.articles > 0 {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
