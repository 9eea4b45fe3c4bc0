//! `read --output --resume`: whatever happens to a run, the next goes on from there, and what comes
//! out is what one undisturbed run writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A folder of the test's own with 1,500 articles, some of which can't be read.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let line = |n: usize| match n % 400 {
        399 => "{\"text\": half a line\n".to_owned(),
        _ => format!("{{\"id\": \"n{n}\", \"text\": \"Des soldats ont tué {n} civils mardi à Goma.\"}}\n"),
    };
    fs::write(folder.join("f.jsonl"), (0..1500).map(line).collect::<String>()).unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chronique"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = command(folder, arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn checkpoint(folder: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(folder.join("out.checkpoint")).ok()?).ok()
}

fn articles(folder: &Path) -> u64 {
    checkpoint(folder).map_or(0, |checkpoint| checkpoint["articles"].as_u64().unwrap())
}

#[test]
fn a_killed_run_goes_on_to_the_same_bytes() {
    for format in ["jsonl", "csv", "geojson", "table"] {
        let folder = folder(&format!("killed-{format}"));
        let arguments =
            ["read", "f.jsonl", "--on-error", "record", "--format", format, "--jobs", "1", "--output"];
        let with = |more: &[&'static str]| [&arguments[..], more].concat();
        assert_eq!(run(&folder, &with(&["whole"])).0, 1);
        let mut kills = 0;
        loop {
            let before = articles(&folder);
            let mut child = command(&folder, &with(&["out", "--resume"])).spawn().unwrap();
            // Once it has come further than the last, it is killed wherever it stands.
            let ended = loop {
                if let Some(status) = child.try_wait().unwrap() {
                    break Some(status);
                }
                if articles(&folder) > before {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    break None;
                }
            };
            match ended {
                Some(status) => {
                    assert_eq!(status.code(), Some(1), "the failures of killed runs count");
                    break;
                }
                None => kills += 1,
            }
            // A kill may come after half an article.
            let mut out = fs::read(folder.join("out")).unwrap();
            out.extend(b"{\"id\": \"n1");
            fs::write(folder.join("out"), out).unwrap();
        }
        assert!(kills > 2, "{format}: killed {kills} times");
        assert!(fs::read(folder.join("whole")).unwrap() == fs::read(folder.join("out")).unwrap(), "{format}");
        let (code, message) = run(&folder, &with(&["out", "--resume"]));
        assert_eq!(
            (code, message.as_str()),
            (1, "chronique: the output is whole already: nothing was done\n")
        );
    }
}

#[test]
fn a_run_that_stopped_at_an_error_goes_on_once_it_is_mended() {
    let folder = folder("stopped");
    let arguments = ["read", "f.jsonl", "--on-error", "stop", "--output", "out", "--resume"];
    let (code, message) = run(&folder, &arguments);
    assert!(code == 1 && message.contains("f.jsonl:400: not a JSON object"), "{message}");
    let input = fs::read_to_string(folder.join("f.jsonl")).unwrap();
    fs::write(folder.join("f.jsonl"), input.replace("half a line", "\"Grève à Paris.\"}")).unwrap();
    assert_eq!(run(&folder, &arguments), (0, String::new()));
    assert_eq!(run(&folder, &["read", "f.jsonl", "--output", "whole"]), (0, String::new()));
    assert!(fs::read(folder.join("whole")).unwrap() == fs::read(folder.join("out")).unwrap());
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let folder = folder("refused");
    let begun = ["read", "f.jsonl", "--output", "out", "--resume"];
    let refused = |arguments: &[&str], part: &str| {
        let (code, message) = run(&folder, arguments);
        assert!(code == 1 && message.contains(part), "{arguments:?}: {message}");
    };
    run(&folder, &begun);
    let out = fs::read(folder.join("out")).unwrap();
    refused(&[&begun[..], &["--format", "csv"]].concat(), "out: was begun with other inputs or options");
    assert_eq!(out, fs::read(folder.join("out")).unwrap(), "a refused run changes nothing");
    refused(&["read", "f.jsonl", "--output", "f.jsonl"], "f.jsonl: is an input as well");
    refused(&["read", "f.jsonl", "--output", "gone/out"], "gone/out: ");

    let text = fs::read_to_string(folder.join("out.checkpoint")).unwrap();
    fs::write(folder.join("out.checkpoint"), text.replace("\"whole\": true", "\"whole\": false")).unwrap();
    fs::write(folder.join("out"), &out[..10]).unwrap();
    refused(&begun, "has 10 bytes where ");
    fs::write(folder.join("out.checkpoint"), text.replace("\"version\": \"", "\"version\": \"9.")).unwrap();
    refused(&begun, "out: was begun by version 9.");
    fs::write(folder.join("out.checkpoint"), "{}").unwrap();
    refused(&begun, "out.checkpoint: not a checkpoint");
    fs::remove_file(folder.join("out.checkpoint")).unwrap();
    refused(&begun, "out: holds data, but out.checkpoint is missing");
}

/// `/dev/full` takes no byte, as a full disk does.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let folder = folder("full");
    let (code, message) = run(&folder, &["read", "f.jsonl", "--output", "/dev/full"]);
    assert!(code == 1 && message.contains("/dev/full: No space left on device"), "{message}");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(&folder, &["read", "f.jsonl"]).stdout(full).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.code() == Some(1) && message.contains("standard output: No space left"),
        "{message}"
    );
}
