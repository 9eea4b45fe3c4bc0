//! Articles from files: what each holds, and a clear error for what can't be read.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use chronique::{Article, Date};
use serde_json::{Map, Value};

use crate::args::{Input as Options, InputFormat};

/// An article that can't be read: its id, if it has one, and what is wrong where.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) id: Option<String>,
    pub(crate) message: String,
}

impl Failure {
    fn new(message: String) -> Failure {
        Failure { id: None, message }
    }
}

/// What a source gives for one article; [`Item::article`] makes the article, on any thread.
#[derive(Debug)]
pub(crate) enum Item {
    /// The whole of a text file.
    Text { name: Arc<str>, bytes: Vec<u8> },
    /// A line of JSON.
    Json { name: Arc<str>, line: u64, bytes: Vec<u8> },
    /// The cells of a row of CSV: id, title, text and date.
    Row { name: Arc<str>, line: u64, cells: [Option<Vec<u8>>; 4] },
    /// An article, from a format that knows columns.
    #[cfg(feature = "parquet")]
    Article(Article),
    /// Nothing but an error.
    Failed(Failure),
}

impl Item {
    /// The bytes that it holds in memory.
    pub(crate) fn len(&self) -> usize {
        match self {
            Item::Text { bytes, .. } | Item::Json { bytes, .. } => bytes.len(),
            Item::Row { cells, .. } => cells.iter().flatten().map(Vec::len).sum(),
            #[cfg(feature = "parquet")]
            Item::Article(article) => article.text().len() as usize,
            Item::Failed(_) => 0,
        }
    }

    pub(crate) fn article(self, options: &Options) -> Result<Article, Failure> {
        match self {
            Item::Failed(failure) => Err(failure),
            #[cfg(feature = "parquet")]
            Item::Article(article) => {
                let date = article.date().or(options.date);
                Ok(article.with_date(date))
            }
            Item::Text { name, bytes } => {
                let text = utf8(bytes).map_err(|error| Failure::new(format!("{name}: {error}")))?;
                // The path, so that two files of one name in two folders keep apart.
                let id = name.strip_suffix(".txt").unwrap_or(&name);
                Fields { id: Some(id.to_owned()), title: None, text, date: None }.article(&name, options)
            }
            Item::Json { name, line, bytes } => {
                let place = format!("{name}:{line}");
                let fields = json_fields(&place, &bytes, options)?;
                fields.article(&place, options)
            }
            Item::Row { name, line, cells } => {
                let place = format!("{name}:{line}");
                let [id, title, text, date] = cells.map(|cell| cell.map(utf8).transpose());
                let fields = || -> Result<Fields, String> {
                    Ok(Fields { id: id?, title: title?, text: text?.unwrap_or_default(), date: date? })
                };
                let fields = fields().map_err(|error| Failure::new(format!("{place}: {error}")))?;
                fields.article(&place, options)
            }
        }
    }
}

struct Fields {
    id: Option<String>,
    title: Option<String>,
    text: String,
    date: Option<String>,
}

impl Fields {
    fn article(self, place: &str, options: &Options) -> Result<Article, Failure> {
        let id = self.id.filter(|id| !id.is_empty());
        let fail = |message: String| Failure { id: id.clone(), message: format!("{place}: {message}") };
        let date = match self.date.as_deref().filter(|date| !date.is_empty()) {
            Some(date) => Some(day(date, &options.date_column).map_err(&fail)?),
            None => options.date,
        };
        let article = match &self.title {
            Some(title) => Article::titled(title, &self.text),
            None => Article::new(self.text),
        };
        let article = article.map_err(|error| fail(error.to_string()))?.with_date(date);
        Ok(article.with_id(id.as_deref().unwrap_or(place)))
    }
}

/// The day of an ISO 8601 date or date with time.
fn day(date: &str, column: &str) -> Result<Date, String> {
    let wrong = |_| format!("\"{column}\" is \"{date}\": write a day as YYYY-MM-DD, such as 2023-09-19");
    Date::of_timestamp(date).map_err(wrong)
}

fn json_fields(place: &str, bytes: &[u8], options: &Options) -> Result<Fields, Failure> {
    let fail = |message: String| Failure::new(format!("{place}: {message}"));
    let text = std::str::from_utf8(bytes).map_err(|error| fail(not_utf8(error.valid_up_to())))?;
    let object: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        let column = error.column();
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or(&message);
        fail(format!("not a JSON object, at column {column}: {what}"))
    })?;
    let string = |column: &str, needed: bool| match object.get(column) {
        Some(Value::String(value)) => Ok(Some(value.clone())),
        Some(Value::Number(value)) if column == options.id_column => Ok(Some(value.to_string())),
        Some(Value::Null) | None if !needed => Ok(None),
        None => Err(no_column(column, "--text-column", object.keys().map(String::as_str))),
        Some(other) => Err(format!("\"{column}\" is {}: it must be a string", kind(other))),
    };
    // The id first, so that later errors carry it.
    let id = string(&options.id_column, false).map_err(fail)?;
    let fail = |message: String| Failure { id: id.clone(), message: format!("{place}: {message}") };
    Ok(Fields {
        title: string(&options.title_column, false).map_err(fail)?,
        text: string(&options.text_column, true).map_err(fail)?.unwrap_or_default(),
        date: string(&options.date_column, false).map_err(fail)?,
        id: id.clone(),
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn no_column<'c>(column: &str, option: &str, there: impl Iterator<Item = &'c str>) -> String {
    let there: Vec<_> = there.map(|name| format!("\"{name}\"")).collect();
    format!("no column \"{column}\"; there are {}: name the right one with {option}", there.join(", "))
}

fn utf8(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| not_utf8(error.utf8_error().valid_up_to()))
}

fn not_utf8(at: usize) -> String {
    format!("not UTF-8 (byte {at}): convert it first, for instance with `iconv -f WINDOWS-1252 -t UTF-8`")
}

/// The items of all files, one file after the other, read as they are asked for.
pub(crate) fn items(options: &Options) -> impl Iterator<Item = Item> + '_ {
    let stdin = [PathBuf::from("-")];
    let files = if options.files.is_empty() { stdin.to_vec() } else { options.files.clone() };
    files.into_iter().flat_map(|file| file_items(&file, options))
}

/// Items read ahead while others are worked on, from inputs that may pause.
const AHEAD: usize = 16;
/// So long nothing comes where an input pauses: whoever reads as fast as it can never waits so long.
const PAUSE: Duration = Duration::from_millis(10);

/// The items of all files but the first `done`. Of a file that is no regular one, such as a pipe, the iterator also ends
/// where nothing more has come yet, and goes on when it is asked again: it is at its end if it ends twice in a row.
pub(crate) fn arriving(options: &Options, done: usize) -> Box<dyn Iterator<Item = Item> + '_> {
    let is_regular = |file: &PathBuf| fs::metadata(file).is_ok_and(|metadata| metadata.is_file());
    if !options.files.is_empty() && options.files.iter().all(is_regular) {
        return Box::new(items(options).skip(done));
    }
    let (sender, items) = sync_channel(AHEAD);
    let options = options.clone();
    // Nobody waits for it: where the command ends early, its input may stay open.
    std::thread::spawn(move || self::items(&options).skip(done).try_for_each(|item| sender.send(item)));
    Box::new(Arriving { items, paused: true })
}

/// Items from a thread that waits for them.
struct Arriving {
    items: Receiver<Item>,
    paused: bool,
}

impl Iterator for Arriving {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let item = if self.paused { self.items.recv().ok() } else { self.items.recv_timeout(PAUSE).ok() };
        self.paused = item.is_none();
        item
    }
}

fn file_items<'o>(file: &Path, options: &'o Options) -> Box<dyn Iterator<Item = Item> + 'o> {
    let name: Arc<str> = display_name(file).into();
    #[cfg(feature = "parquet")]
    if is_parquet(file, options) {
        return crate::parquet::items(file, &name, options);
    }
    #[cfg(not(feature = "parquet"))]
    if ends_parquet(file) && options.input_format.is_none() {
        let message = "this chronique reads no Parquet: build it with `cargo install --features parquet`";
        return Box::new(std::iter::once(Item::Failed(Failure::new(format!("{name}: {message}")))));
    }
    match open(file).and_then(|source| source_items(source, name.clone(), file, options)) {
        Ok(items) => items,
        Err(error) => Box::new(std::iter::once(failed(&name, &error))),
    }
}

/// The items of a file of this name and content, which is no Parquet.
pub(crate) fn content_items<'o>(
    name: &str,
    content: Vec<u8>,
    options: &'o Options,
) -> Box<dyn Iterator<Item = Item> + 'o> {
    let source: Source = BufReader::new(Box::new(Cursor::new(content)));
    source_items(source, name.into(), Path::new(name), options).expect("bytes in memory are read")
}

fn source_items<'o>(
    source: Source,
    name: Arc<str>,
    file: &Path,
    options: &'o Options,
) -> io::Result<Box<dyn Iterator<Item = Item> + 'o>> {
    let (source, format) = starts(source, options, file)?;
    Ok(match format {
        InputFormat::Text => Box::new(std::iter::once(whole(source, &name))),
        InputFormat::Jsonl => Box::new(lines(source, name)),
        InputFormat::Csv => table(source, name, file, options),
        #[cfg(feature = "parquet")]
        InputFormat::Parquet => unreachable!("it was read as such"),
    })
}

fn ends_parquet(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "parquet" || ending == "pq")
}

#[cfg(feature = "parquet")]
fn is_parquet(file: &Path, options: &Options) -> bool {
    options.input_format.map_or_else(|| ends_parquet(file), |format| format == InputFormat::Parquet)
}

/// The source without its byte order mark, and what it holds.
fn starts(mut source: Source, options: &Options, file: &Path) -> io::Result<(Source, InputFormat)> {
    let head = source.fill_buf()?;
    let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let first = head[mark..].iter().find(|byte| !byte.is_ascii_whitespace());
    let by_ending = || match file.extension().and_then(OsStr::to_str) {
        Some("jsonl" | "ndjson" | "json") => InputFormat::Jsonl,
        Some("csv" | "tsv") => InputFormat::Csv,
        None if first == Some(&b'{') => InputFormat::Jsonl,
        _ => InputFormat::Text,
    };
    let format = options.input_format.unwrap_or_else(by_ending);
    source.consume(mark);
    Ok((source, format))
}

/// The text of one file, for commands that take just one.
pub(crate) fn text(file: &Path) -> Result<String, String> {
    let name: Arc<str> = display_name(file).into();
    let item = open(file).map_or_else(|error| failed(&name, &error), |source| whole(source, &name));
    match item {
        Item::Failed(failure) => Err(failure.message),
        Item::Text { bytes, .. } => utf8(bytes).map_err(|error| format!("{name}: {error}")),
        #[cfg(feature = "parquet")]
        Item::Article(_) => unreachable!("a file read whole is text"),
        Item::Json { .. } | Item::Row { .. } => unreachable!("a file read whole is text"),
    }
}

type Source = BufReader<Box<dyn Read>>;

fn open(file: &Path) -> io::Result<Source> {
    let source: Box<dyn Read> =
        if file == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(file)?) };
    Ok(BufReader::with_capacity(1 << 16, source))
}

fn display_name(file: &Path) -> String {
    if file == Path::new("-") { "stdin".to_owned() } else { file.display().to_string() }
}

fn failed(name: &str, error: &io::Error) -> Item {
    let advice = match error.kind() {
        io::ErrorKind::NotFound => "no such file: check the path",
        io::ErrorKind::PermissionDenied => "may not be read: check its permissions",
        io::ErrorKind::IsADirectory => "a directory: name its files, for instance with `folder/*.txt`",
        _ => return Item::Failed(Failure::new(format!("{name}: {error}"))),
    };
    Item::Failed(Failure::new(format!("{name}: {advice}")))
}

fn whole(mut source: Source, name: &Arc<str>) -> Item {
    let mut bytes = Vec::new();
    match source.read_to_end(&mut bytes) {
        Ok(_) => Item::Text { name: name.clone(), bytes },
        Err(error) => failed(name, &error),
    }
}

fn lines(mut source: Source, name: Arc<str>) -> impl Iterator<Item = Item> {
    let mut line = 0;
    std::iter::from_fn(move || {
        loop {
            let mut bytes = Vec::new();
            line += 1;
            match source.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => return Some(Item::Json { name: name.clone(), line, bytes }),
                Err(error) => return Some(failed(&name, &error)),
            }
        }
    })
}

fn table<'o>(
    source: Source,
    name: Arc<str>,
    file: &Path,
    options: &'o Options,
) -> Box<dyn Iterator<Item = Item> + 'o> {
    let tabs = file.extension() == Some(OsStr::new("tsv"));
    let delimiter = options.delimiter.unwrap_or(if tabs { b'\t' } else { b',' });
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(source);
    let columns = match reader.byte_headers() {
        Ok(header) => columns(header, options).map_err(|error| format!("{name}: {error}")),
        Err(error) => Err(csv_error(&name, &error)),
    };
    let columns = match columns {
        Ok(columns) => columns,
        Err(message) => return Box::new(std::iter::once(Item::Failed(Failure::new(message)))),
    };
    let mut row = csv::ByteRecord::new();
    Box::new(std::iter::from_fn(move || match reader.read_byte_record(&mut row) {
        Ok(true) => {
            let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).map(<[u8]>::to_vec);
            let line = row.position().map_or(0, csv::Position::line);
            Some(Item::Row { name: name.clone(), line, cells: columns.map(cell) })
        }
        Ok(false) => None,
        Err(error) => Some(Item::Failed(Failure::new(csv_error(&name, &error)))),
    }))
}

/// Where id, title, text and date stand.
fn columns(header: &csv::ByteRecord, options: &Options) -> Result<[Option<usize>; 4], String> {
    let header: Vec<_> = header.iter().map(String::from_utf8_lossy).collect();
    let find = |column: &str| header.iter().position(|name| name == column);
    let text = find(&options.text_column);
    if text.is_none() {
        let mut message = no_column(&options.text_column, "--text-column", header.iter().map(|name| &**name));
        if header.len() == 1 && header[0].contains(';') {
            message.push_str("; if cells are separated by semicolons, add `--delimiter ';'`");
        }
        return Err(message);
    }
    Ok([find(&options.id_column), find(&options.title_column), text, find(&options.date_column)])
}

fn csv_error(name: &str, error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!(
                "{name}:{line}: {len} cells where the header has {expected_len}: check quotes and separators"
            )
        }
        csv::ErrorKind::Io(error) => format!("{name}: {error}"),
        _ => format!("{name}: {error}"),
    }
}
