//! `chronique read`.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use chronique::{Document, export};

use crate::args::{OnError, OutputFormat, Read};
use crate::input::{self, Failure};
use crate::{Fault, Outcome, style, warn};

/// Reads all articles, chunk by chunk, and writes each before the next chunk is taken: memory does
/// not grow with their number.
pub(crate) fn run(options: &Read) -> Result<Outcome, Fault> {
    let chronique = options.data.pipeline()?.jobs(options.jobs).build()?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut writer = Writer::new(options);
    let mut progress = Progress::new(options);
    let mut items = input::items(&options.input);
    let mut outcome = Outcome::Whole;
    out.write_all(writer.head().as_bytes())?;
    'reading: loop {
        let chunk = chronique.chunk(&mut items, input::Item::len);
        if chunk.is_empty() {
            break;
        }
        let written = chronique.map_all(chunk, |item| {
            let document = chronique.read(item.article(&options.input)?);
            Ok::<_, Failure>((writer.document(&document), not_french(&document)))
        });
        progress.advance(written.len());
        for written in written {
            match written {
                Ok((text, warning)) => {
                    if let Some(warning) = warning {
                        progress.clear();
                        warn(warning);
                    }
                    writer.put(&text, &mut out)?;
                }
                Err(failure) => {
                    outcome = Outcome::SomeFailed;
                    progress.clear();
                    warn(&failure.message);
                    writer.put(&writer.failure(&failure), &mut out)?;
                    if options.on_error == OnError::Stop {
                        break 'reading;
                    }
                }
            }
        }
    }
    progress.clear();
    out.write_all(writer.tail().as_bytes())?;
    out.flush()?;
    Ok(outcome)
}

/// The warning for an article in another language.
fn not_french(document: &Document) -> Option<String> {
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
            OutputFormat::Jsonl | OutputFormat::Table => String::new(),
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

    fn put(&mut self, text: &str, out: &mut impl Write) -> io::Result<()> {
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
        out.write_all(between.as_bytes())?;
        out.write_all(text.as_bytes())
    }

    fn tail(&self) -> &'static str {
        if self.format == OutputFormat::Geojson { "\n]}\n" } else { "" }
    }
}

/// A line on a terminal's standard error that counts articles; silent anywhere else.
struct Progress {
    shown: bool,
    started: Instant,
    last: Instant,
    articles: usize,
}

impl Progress {
    fn new(options: &Read) -> Progress {
        let now = Instant::now();
        let shown = !options.quiet && io::stderr().is_terminal() && !io::stdout().is_terminal();
        Progress { shown, started: now, last: now, articles: 0 }
    }

    fn advance(&mut self, articles: usize) {
        self.articles += articles;
        if self.shown && self.last.elapsed() > Duration::from_millis(500) {
            self.last = Instant::now();
            let speed = self.articles as f64 / self.started.elapsed().as_secs_f64();
            let _ = write!(io::stderr(), "\r{} articles, {speed:.0}/s ", self.articles);
        }
    }

    fn clear(&self) {
        if self.shown && self.articles > 0 {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
