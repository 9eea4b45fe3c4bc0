//! The command under test, in a folder of its own.
// Each file of tests uses its share of this.
#![allow(dead_code)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of the test's own, emptied first.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the command in a folder, with what it reads from its standard input.
pub(crate) fn chronique(arguments: &[&str], folder: &PathBuf, input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_chronique"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feed = std::thread::spawn(move || {
        // A command that fails early closes its input: no matter.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    output
}

/// How a run of the command ended, and what it wrote.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.lines().iter().map(|line| line["id"].as_str().unwrap_or("null").to_owned()).collect()
    }
}

/// Runs the command beside files of its own.
pub(crate) fn run(test: &str, files: &[(&str, &[u8])], arguments: &[&str], input: &[u8]) -> Ran {
    let folder = folder(test);
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
    let output = chronique(arguments, &folder, input);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}
