//! Where documents go: standard output, or a file that a broken-off run can go on with.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, StdoutLock, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Fault;
use crate::args::Read;

/// How far a run has come. It stands beside the output, as `OUTPUT.checkpoint`, and only ever tells
/// of bytes that are already in the output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// The version that wrote the output: another may read the same article otherwise.
    version: String,
    /// Everything that was asked for and that decides over the output.
    request: String,
    /// Articles taken from the input, failed ones too.
    pub(crate) articles: usize,
    /// Articles among them that could not be read.
    pub(crate) failed: usize,
    /// Length of the output after them.
    pub(crate) bytes: u64,
    /// Whether that was all.
    pub(crate) whole: bool,
}

impl Checkpoint {
    fn start(options: &Read) -> Checkpoint {
        let Read { input, data, format, on_error, .. } = options;
        Checkpoint {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            request: format!("{input:?} {data:?} {format:?} {on_error:?}"),
            articles: 0,
            failed: 0,
            bytes: 0,
            whole: false,
        }
    }
}

/// Takes what is written, in order.
pub(crate) enum Output {
    Stdout(BufWriter<StdoutLock<'static>>, Checkpoint),
    File(OutputFile),
}

/// A file that is valid up to its last checkpoint whatever happens.
pub(crate) struct OutputFile {
    path: PathBuf,
    file: BufWriter<File>,
    /// The state of the last call of `commit`.
    checkpoint: Checkpoint,
    /// Where it is kept, if the run is to be resumed one day.
    kept: Option<PathBuf>,
}

impl Output {
    /// Opens what the options name. With `--resume`, a file that was begun is cut back to its last
    /// checkpoint, and [`Output::done`] tells how much of the input need not be read again.
    pub(crate) fn open(options: &Read) -> Result<Output, Fault> {
        let start = Checkpoint::start(options);
        let Some(path) = &options.output else {
            return Ok(Output::Stdout(BufWriter::new(io::stdout().lock()), start));
        };
        check(options)?;
        let kept = options.resume.then(|| beside(path, ".checkpoint"));
        let checkpoint = match &kept {
            Some(kept) => resume(path, kept, start)?,
            None => start,
        };
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(checkpoint.bytes == 0)
            .open(path)
            .and_then(|mut file| {
                if checkpoint.bytes > 0 {
                    file.set_len(checkpoint.bytes)?;
                    file.seek(SeekFrom::End(0))?;
                }
                Ok(BufWriter::with_capacity(1 << 16, file))
            })
            .map_err(|error| fault(path, &error.to_string()))?;
        let mut file = OutputFile { path: path.clone(), file, checkpoint, kept };
        // From the first byte on there is a checkpoint to go back to.
        file.commit(0, 0).map_err(|error| fault(path, &error.to_string()))?;
        Ok(Output::File(file))
    }

    /// What earlier runs have done.
    pub(crate) fn done(&self) -> &Checkpoint {
        match self {
            Output::Stdout(_, done) => done,
            Output::File(file) => &file.checkpoint,
        }
    }

    /// Writes.
    pub(crate) fn put(&mut self, text: &str) -> Result<(), Fault> {
        match self {
            Output::Stdout(out, _) => Ok(out.write_all(text.as_bytes())?),
            Output::File(out) => out.file.write_all(text.as_bytes()).map_err(|error| out.cut(&error)),
        }
    }

    /// Makes sure that what was written is there to stay, and that the articles count as done.
    pub(crate) fn commit(&mut self, articles: usize, failed: usize) -> Result<(), Fault> {
        match self {
            Output::Stdout(out, _) => Ok(out.flush()?),
            Output::File(out) => out.commit(articles, failed).map_err(|error| out.cut(&error)),
        }
    }

    /// Writes through what is still held back, without a checkpoint.
    pub(crate) fn flush(&mut self) -> Result<(), Fault> {
        match self {
            Output::Stdout(out, _) => Ok(out.flush()?),
            Output::File(out) => out.file.flush().map_err(|error| out.cut(&error)),
        }
    }

    /// Ends an output that has come to the end of its input.
    pub(crate) fn finish(&mut self) -> Result<(), Fault> {
        if let Output::File(out) = self {
            out.checkpoint.whole = true;
        }
        self.commit(0, 0)
    }
}

impl OutputFile {
    fn commit(&mut self, articles: usize, failed: usize) -> io::Result<()> {
        self.file.flush()?;
        self.checkpoint.bytes = self.file.stream_position()?;
        self.checkpoint.articles += articles;
        self.checkpoint.failed += failed;
        let Some(kept) = &self.kept else { return Ok(()) };
        // The data before the checkpoint that tells of them, and the checkpoint in one step: at no
        // moment does a checkpoint stand that the output does not bear out.
        self.file.get_ref().sync_data()?;
        let fresh = beside(kept, ".new");
        fs::write(&fresh, serde_json::to_string_pretty(&self.checkpoint)? + "\n")?;
        fs::rename(&fresh, kept)
    }

    /// After a failed write, such as on a full disk: no half article stays behind.
    fn cut(&mut self, error: &io::Error) -> Fault {
        // Best effort: the message below stands whether or not the file can still be cut.
        let _ = self.file.get_ref().set_len(self.checkpoint.bytes);
        let Checkpoint { articles, .. } = self.checkpoint;
        let mend = match self.kept {
            Some(_) => "mend that and give the same command again",
            None => "with --resume, the command could go on from there",
        };
        fault(&self.path, &format!("{error}; it holds the first {articles} articles: {mend}"))
    }
}

/// The checkpoint to go on from.
fn resume(path: &Path, kept: &Path, start: Checkpoint) -> Result<Checkpoint, Fault> {
    let length = match fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(fault(path, &error.to_string())),
    };
    let text = match fs::read_to_string(kept) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && length == 0 => return Ok(start),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let what =
                format!("holds data, but {} is missing: name another file, or remove it", kept.display());
            return Err(fault(path, &what));
        }
        Err(error) => return Err(fault(kept, &error.to_string())),
    };
    let last: Checkpoint = serde_json::from_str(&text)
        .map_err(|error| fault(kept, &format!("not a checkpoint ({error}): remove it and the output")))?;
    if last.version != start.version {
        let what = format!("was begun by version {}, this is {}: begin anew", last.version, start.version);
        return Err(fault(path, &what));
    }
    if last.request != start.request {
        return Err(fault(path, "was begun with other inputs or options: give those, or name another file"));
    }
    if length < last.bytes {
        let what = format!("has {length} bytes where {} were written: begin anew", last.bytes);
        return Err(fault(path, &what));
    }
    Ok(last)
}

/// The path with something appended to its name.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// Refuses an output that would overwrite an input.
pub(crate) fn check(options: &Read) -> Result<(), Fault> {
    match &options.output {
        Some(path) if options.input.files.iter().any(|file| same(file, path)) => {
            Err(fault(path, "is an input as well: name another file with --output"))
        }
        _ => Ok(()),
    }
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

fn fault(path: &Path, what: &str) -> Fault {
    Fault::Other(format!("{}: {what}", path.display()))
}
