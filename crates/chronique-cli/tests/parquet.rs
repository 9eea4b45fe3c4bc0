//! Parquet in and out, and what a file that lies does.
#![cfg(feature = "parquet")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray, cast::AsArray};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("parquet-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(path: &Path, columns: Vec<(&str, ArrayRef)>, page: usize) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).unwrap()))
        .set_data_page_size_limit(page)
        .set_dictionary_page_size_limit(page)
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn chronique(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chronique")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_table_becomes_a_table() {
    let folder = folder("table");
    let texts = [Some("L’armée a bombardé Goma mardi."), None, Some("Des manifestants ont défilé à Paris.")];
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("url", Arc::new(StringArray::from(vec!["u", "v", "w"]))),
        ("corps", Arc::new(StringArray::from(texts.to_vec()))),
        ("date", Arc::new(Date32Array::from(vec![Some(19_760), None, None]))),
        ("id", Arc::new(Int64Array::from(vec![Some(7), Some(8), None]))),
    ];
    write(&folder.join("a.parquet"), columns, 1 << 20);
    let read = ["read", "a.parquet", "--text-column", "corps", "--date", "2024-01-01"];
    let ran = chronique(
        &folder,
        &[&read[..], &["--on-error", "record", "-f", "parquet", "-o", "e.parquet"]].concat(),
    );
    assert_eq!(
        (ran.status.code(), text(&ran.stderr)),
        (Some(1), "chronique: a.parquet: row 1: \"corps\" is null\n")
    );
    let events =
        ParquetRecordBatchReaderBuilder::try_new(File::open(folder.join("e.parquet")).unwrap()).unwrap();
    let events = events.build().unwrap().next().unwrap().unwrap();
    let column = |name: &str| events.column_by_name(name).unwrap().clone();
    let ids: Vec<_> = column("doc_id").as_string::<i32>().iter().map(|id| id.unwrap().to_owned()).collect();
    assert_eq!(ids, ["7", "8", "a.parquet:2"]);
    assert_eq!(column("date_start").as_primitive::<Date32Type>().value(0), 19_759);
    assert_eq!(column("error").as_string::<i32>().value(1), "a.parquet: row 1: \"corps\" is null");
    assert!(column("type").is_null(1) && column("type").is_valid(2));

    let jsonl = chronique(&folder, &[&read[..], &["--quiet"]].concat());
    assert_eq!(text(&jsonl.stdout).lines().count(), 2);
    let pipe = chronique(&folder, &[&read[..], &["-f", "parquet"]].concat());
    assert!(pipe.stdout.starts_with(b"PAR1") && pipe.stdout.ends_with(b"PAR1"));
}

#[test]
fn a_wrong_file_is_named() {
    let folder = folder("wrong");
    fs::write(folder.join("x.parquet"), b"PAR1 and nothing else PAR1").unwrap();
    write(&folder.join("n.parquet"), vec![("text", Arc::new(Int64Array::from(vec![1])))], 1 << 20);
    let table = [
        ("x.parquet", "x.parquet: no Parquet that can be read"),
        ("n.parquet", "n.parquet: column \"text\" has type Int64: it must hold strings"),
        ("gone.parquet", "gone.parquet: "),
    ];
    for (file, message) in table {
        let ran = chronique(&folder, &["read", file]);
        assert_eq!(ran.status.code(), Some(1), "{file}");
        assert!(text(&ran.stderr).contains(message), "{}", text(&ran.stderr));
    }
    let ran = chronique(&folder, &["read", "n.parquet", "-f", "parquet", "-o", "e.parquet", "--resume"]);
    assert!(text(&ran.stderr).contains("--resume goes with"), "{}", text(&ran.stderr));
}

#[test]
fn a_page_that_unpacks_to_too_much_is_refused() {
    let folder = folder("bomb");
    let long = "a".repeat(200 << 20);
    let path = folder.join("bomb.parquet");
    write(&path, vec![("text", Arc::new(StringArray::from(vec![long.as_str()])))], 1 << 30);
    assert!(fs::metadata(&path).unwrap().len() < 1 << 20);
    let ran = chronique(&folder, &["read", "bomb.parquet"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stderr).contains("unpacks to 200 MiB, and 128 are the most"), "{}", text(&ran.stderr));
}

#[test]
fn a_page_that_claims_too_much_is_refused_before_it_is_unpacked() {
    let folder = folder("liar");
    let path = folder.join("liar.parquet");
    let batch = RecordBatch::try_from_iter([(
        "text",
        Arc::new(StringArray::from(vec!["Des combats à Goma."; 3])) as ArrayRef,
    )])
    .unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_dictionary_enabled(false)
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(&path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    assert_eq!(chronique(&folder, &["read", "liar.parquet", "--quiet"]).status.code(), Some(0));

    // The first page stands behind the magic: `15 00` its type, `15` and a number its size. The footer
    // is found from the end, so that the claim may be longer than the truth.
    let mut bytes = fs::read(&path).unwrap();
    assert_eq!(bytes[4..7], [0x15, 0, 0x15]);
    let truth = bytes[7..].iter().position(|&byte| byte < 128).unwrap() + 1;
    bytes.splice(7..7 + truth, [0xFE, 0xFF, 0xFF, 0xFF, 0x0F]);
    fs::write(&path, bytes).unwrap();
    let ran = chronique(&folder, &["read", "liar.parquet"]);
    assert_eq!(ran.status.code(), Some(1));
    let told = "liar.parquet: no Parquet that can be read: a page of column \"text\" unpacks to 2047 MiB";
    assert!(text(&ran.stderr).contains(told), "{}", text(&ran.stderr));
}
