//! Parquet: articles from its columns, events into its rows.
//!
//! What a file claims is not believed. Columns are read as views, so that a value that stands once in
//! a dictionary and a billion times in the rows is held once; rows come a few at a time; and a page
//! that claims to unpack to too much is refused before anything is unpacked. Compression by gzip and
//! brotli is not built in, because their decoders know no bound.

mod pages;

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, Field, Schema};
use chronique::arrow::{Columns, Found, record_batch, schema};
use chronique::export::{self, EventRow};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::arrow::arrow_writer::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::args::{Input, OnError, Read};
use crate::input::{Failure, Item};
use crate::output;
use crate::read::{self, Sink, outcome, whole};
use crate::{Fault, Outcome};

/// Rows that are read at once: the pages that they stand in are in memory together.
const ROWS: usize = 16;

/// Rows of events before they are written.
const ROWS_A_GROUP: usize = 1 << 16;

/// The articles of a file.
pub(crate) fn items(path: &Path, name: &Arc<str>, options: &Input) -> Box<dyn Iterator<Item = Item>> {
    match Reader::open(path, name, options) {
        Ok(reader) => Box::new(reader),
        Err(message) => Box::new(std::iter::once(failed(name, &message))),
    }
}

fn failed(name: &str, message: &str) -> Item {
    Item::Failed(Failure { id: None, message: format!("{name}: {message}") })
}

struct Reader {
    name: Arc<str>,
    found: Found,
    batches: ParquetRecordBatchReader,
    /// Rows before the batch.
    first: usize,
    ready: std::vec::IntoIter<Item>,
    ended: bool,
}

impl Reader {
    fn open(path: &Path, name: &Arc<str>, options: &Input) -> Result<Reader, String> {
        if path == Path::new("-") {
            return Err("Parquet can't be read from standard input: name the file".to_owned());
        }
        let broken = |error: &dyn std::fmt::Display| format!("no Parquet that can be read: {error}");
        let file = File::open(path).map_err(|error| error.to_string())?;
        let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = ArrowReaderMetadata::load(&file, plain.clone()).map_err(|error| broken(&error))?;
        let columns = Columns {
            text: options.text_column.clone(),
            title: Some(options.title_column.clone()),
            date: Some(options.date_column.clone()),
            id: Some(options.id_column.clone()),
        };
        let wanted = [&options.text_column, &options.title_column, &options.date_column, &options.id_column];
        let roots: Vec<_> = metadata
            .schema()
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, field)| wanted.contains(&field.name()))
            .map(|(at, _)| at)
            .collect();
        // Names and types are checked before anything is unpacked.
        columns.find(metadata.schema()).map_err(|error| error.to_string())?;
        let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
        pages::check(&file, metadata.metadata(), &mask).map_err(|error| broken(&error))?;
        let views = plain.with_schema(Arc::new(views(metadata.schema())));
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, views)
            .map_err(|error| broken(&error))?;
        let batches = builder.with_projection(mask).with_batch_size(ROWS).build();
        let batches = batches.map_err(|error| broken(&error))?;
        let found = columns.find(&batches.schema()).map_err(|error| error.to_string())?;
        Ok(Reader {
            name: name.clone(),
            found,
            batches,
            first: 0,
            ready: Vec::new().into_iter(),
            ended: false,
        })
    }

    fn articles(&mut self, batch: &RecordBatch) -> Vec<Item> {
        let name = &self.name;
        let articles = self.found.articles(batch, self.first, |row| format!("{name}:{row}"));
        self.first += articles.len();
        let item = |article| match article {
            Ok(article) => Item::Article(article),
            Err(export::Failure { id, error }) => {
                Item::Failed(Failure { id, message: format!("{name}: {error}") })
            }
        };
        articles.into_iter().map(item).collect()
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.ready.next() {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            match self.batches.next() {
                Some(Ok(batch)) => self.ready = self.articles(&batch).into_iter(),
                Some(Err(error)) => {
                    self.ended = true;
                    return Some(failed(&self.name, &format!("after row {}: {error}", self.first)));
                }
                None => return None,
            }
        }
    }
}

/// The schema with strings as views.
fn views(schema: &Schema) -> Schema {
    let field = |field: &Arc<Field>| match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 => {
            Arc::new(field.as_ref().clone().with_data_type(DataType::Utf8View))
        }
        _ => field.clone(),
    };
    Schema::new(schema.fields().iter().map(field).collect::<Vec<_>>())
}

/// `chronique read --format parquet`.
pub(crate) fn run(options: &Read) -> Result<Outcome, Fault> {
    if options.resume {
        let message = "--resume goes with jsonl, csv, geojson, table, plover and acled: a Parquet file has its index at the end";
        return Err(Fault::Other(message.to_owned()));
    }
    output::check(options)?;
    let chronique = options.data.pipeline()?.jobs(options.jobs).build()?;
    let out: Box<dyn Write + Send> = match &options.output {
        Some(path) => {
            let fault = |error: io::Error| Fault::Other(format!("{}: {error}", path.display()));
            Box::new(io::BufWriter::new(File::create(path).map_err(fault)?))
        }
        None => Box::new(io::BufWriter::new(io::stdout())),
    };
    let level = ZstdLevel::try_new(3).map_err(fault)?;
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
    let writer = ArrowWriter::try_new(out, schema(), Some(properties)).map_err(fault)?;
    let record_errors = options.on_error == OnError::Record;
    let mut table = Table { writer, rows: Vec::new(), record_errors };
    let failed = read::all(options, &chronique, 0, export::rows, &mut table)?;
    let Table { mut writer, rows, .. } = table;
    writer.write(&record_batch(&rows)).map_err(fault)?;
    let mut out = writer.into_inner().map_err(fault)?;
    out.flush()?;
    Ok(whole(outcome(failed), chronique.gazetteer()))
}

/// Rows on their way into a file.
struct Table<W: Write + Send> {
    writer: ArrowWriter<W>,
    rows: Vec<Result<EventRow, export::Failure>>,
    record_errors: bool,
}

impl<W: Write + Send> Sink<Vec<EventRow>> for Table<W> {
    fn take(&mut self, events: Vec<EventRow>) -> Result<(), Fault> {
        self.rows.extend(events.into_iter().map(Ok));
        Ok(())
    }

    fn take_failure(&mut self, Failure { id, message }: Failure) -> Result<(), Fault> {
        if self.record_errors {
            self.rows.push(Err(export::Failure { id, error: message }));
        }
        Ok(())
    }

    fn end_chunk(&mut self, _articles: usize, _failed: usize) -> Result<(), Fault> {
        if self.rows.len() >= ROWS_A_GROUP {
            self.writer.write(&record_batch(&self.rows)).map_err(fault)?;
            self.writer.flush().map_err(fault)?;
            self.rows.clear();
        }
        Ok(())
    }
}

fn fault(error: parquet::errors::ParquetError) -> Fault {
    Fault::Other(format!("the Parquet could not be written: {error}"))
}

#[cfg(test)]
mod tests {
    use arrow_array::{ArrayRef, StringArray};
    use clap::Parser;

    use super::*;
    use crate::args::{Cli, Command};

    #[test]
    fn a_value_that_repeats_is_held_once() {
        const LONG: usize = 1 << 20;
        let texts: ArrayRef = Arc::new(StringArray::from(vec!["a".repeat(LONG); 40]));
        let batch = RecordBatch::try_from_iter([("text", texts)]).unwrap();
        let path = std::env::temp_dir().join(format!("chronique-{}.parquet", std::process::id()));
        let properties = WriterProperties::builder().set_dictionary_page_size_limit(4 * LONG).build();
        let mut writer =
            ArrowWriter::try_new(File::create(&path).unwrap(), batch.schema(), Some(properties)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        assert!(std::fs::metadata(&path).unwrap().len() < 2 * LONG as u64);

        let Command::Read(options) = Cli::parse_from(["chronique", "read"]).command else { unreachable!() };
        let mut reader = Reader::open(&path, &Arc::from("r.parquet"), &options.input).unwrap();
        let held = reader.batches.next().unwrap().unwrap();
        assert_eq!(held.num_rows(), ROWS);
        assert!(held.get_array_memory_size() < 2 * LONG, "{}", held.get_array_memory_size());
        assert_eq!(reader.count(), 40 - ROWS);
        std::fs::remove_file(path).unwrap();
    }
}
