//! `chronique read`.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use chronique::places::Gazetteer;
use chronique::{Document, export};

use crate::args::{OnError, OutputFormat, Read};
use crate::input::{self, Failure};
use crate::output::Output;
use crate::{Fault, Outcome, style, warn};

/// Reads all articles, chunk by chunk, and writes each before the next chunk is taken: memory does
/// not grow with their number.
pub(crate) fn run(options: &Read) -> Result<Outcome, Fault> {
    #[cfg(feature = "parquet")]
    if options.format == OutputFormat::Parquet {
        return crate::parquet::run(options);
    }
    let mut output = Output::open(options)?;
    let done = output.done().clone();
    if done.whole {
        warn("the output is whole already: nothing was done");
        return Ok(outcome(done.failed));
    }
    let chronique = options.data.pipeline()?.jobs(options.jobs).build()?;
    let mut writer = Writer::new(options);
    let mut progress = Progress::new(options, done.articles);
    let mut items = input::items(&options.input).skip(done.articles);
    let mut failed = done.failed;
    if done.bytes == 0 {
        output.put(&writer.head())?;
    }
    writer.begun = done.bytes > writer.head().len() as u64;
    'reading: loop {
        let chunk = chronique.chunk(&mut items, input::Item::len);
        if chunk.is_empty() {
            break;
        }
        let read = chronique.map_all(chunk, |item| {
            let document = chronique.read(item.article(&options.input)?);
            Ok::<_, Failure>((writer.document(&document), not_french(&document)))
        });
        progress.advance(read.len());
        let (articles, failed_before) = (read.len(), failed);
        for read in read {
            match read {
                Ok((text, warning)) => {
                    if let Some(warning) = warning {
                        progress.clear();
                        warn(warning);
                    }
                    writer.put(&text, &mut output)?;
                }
                Err(failure) => {
                    failed += 1;
                    progress.clear();
                    warn(&failure.message);
                    writer.put(&writer.failure(&failure), &mut output)?;
                    if options.on_error == OnError::Stop {
                        break 'reading;
                    }
                }
            }
        }
        output.commit(articles, failed - failed_before)?;
    }
    progress.clear();
    output.put(writer.tail())?;
    // A run that stops at an error is not whole: once the article is mended, it can go on.
    if options.on_error == OnError::Stop && failed > 0 {
        output.flush()?;
    } else {
        output.finish()?;
    }
    Ok(whole(outcome(failed), chronique.gazetteer()))
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
pub(crate) fn not_french(document: &Document) -> Option<String> {
    let id = document.id().unwrap_or_default();
    (!document.is_french()).then(|| format!("{id}: not French, so nothing was read in it"))
}

/// What stands before, between and after documents, and each document.
struct Writer {
    format: OutputFormat,
    record_errors: bool,
    style: export::Style,
    begun: bool,
}

impl Writer {
    fn new(options: &Read) -> Writer {
        let record_errors = options.on_error == OnError::Record;
        Writer { format: options.format, record_errors, style: style(options.color), begun: false }
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

    fn document(&self, document: &Document) -> String {
        match self.format {
            OutputFormat::Jsonl => export::to_json(document) + "\n",
            OutputFormat::Csv => export::to_csv(document),
            OutputFormat::Geojson => {
                let features = export::features(document);
                let lines: Vec<_> = features.iter().map(export::Feature::to_json).collect();
                lines.join(",\n")
            }
            OutputFormat::Table => export::table(document, self.style),
            OutputFormat::Plover => export::to_plover(document),
            OutputFormat::Acled => export::to_acled(document),
            // It has a writer of its own.
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

    fn put(&mut self, text: &str, out: &mut Output) -> Result<(), Fault> {
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
        out.put(between)?;
        out.put(text)
    }

    fn tail(&self) -> &'static str {
        if self.format == OutputFormat::Geojson { "\n]}\n" } else { "" }
    }
}

/// A line on a terminal's standard error that counts articles; silent anywhere else.
pub(crate) struct Progress {
    shown: bool,
    started: Instant,
    last: Instant,
    /// Articles that an earlier run has read.
    before: usize,
    articles: usize,
}

impl Progress {
    pub(crate) fn new(options: &Read, before: usize) -> Progress {
        let now = Instant::now();
        let elsewhere = options.output.is_some() || !io::stdout().is_terminal();
        let shown = !options.quiet && io::stderr().is_terminal() && elsewhere;
        Progress { shown, started: now, last: now, before, articles: 0 }
    }

    pub(crate) fn advance(&mut self, articles: usize) {
        self.articles += articles;
        if self.shown && self.last.elapsed() > Duration::from_millis(500) {
            self.last = Instant::now();
            let speed = self.articles as f64 / self.started.elapsed().as_secs_f64();
            let _ = write!(io::stderr(), "\r{} articles, {speed:.0}/s ", self.before + self.articles);
        }
    }

    pub(crate) fn clear(&self) {
        if self.shown && self.articles > 0 {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
