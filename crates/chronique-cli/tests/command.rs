//! The command as a user meets it: what it writes where, and how it ends.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of the test's own, emptied first.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn chronique(arguments: &[&str], folder: &PathBuf, input: &[u8]) -> Output {
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

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn ids(&self) -> Vec<String> {
        self.lines().iter().map(|line| line["id"].as_str().unwrap_or("null").to_owned()).collect()
    }
}

fn run(test: &str, files: &[(&str, &[u8])], arguments: &[&str], input: &[u8]) -> Ran {
    let folder = folder(test);
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
    let output = chronique(arguments, &folder, input);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn files_of_all_kinds_come_out_in_the_order_given() {
    let files: [(&str, &[u8]); 4] = [
        ("b.txt", "Des obus sont tombés mardi.".as_bytes()),
        ("a.jsonl", b"{\"id\": \"j1\", \"text\": \"Un\", \"date\": \"2023-09-19\"}\n\n{\"text\": \"Deux\"}\n{\"id\": 7, \"text\": \"\"}\n"),
        ("c.csv", "id,text,date\nc1,\"Gr\u{e8}ve,\nà Paris\",2024-01-02T10:00:00Z\n,x,\n".as_bytes()),
        ("d.tsv", b"text\tid\nx\td1\n"),
    ];
    let ran =
        run("kinds", &files, &["read", "b.txt", "a.jsonl", "c.csv", "d.tsv", "--date", "2020-02-29"], b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.ids(), ["b", "j1", "a.jsonl:3", "7", "c1", "c.csv:4", "d1"]);
    let dates: Vec<_> = ran.lines().iter().map(|line| line["date"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        dates,
        ["2020-02-29", "2023-09-19", "2020-02-29", "2020-02-29", "2024-01-02", "2020-02-29", "2020-02-29"]
    );
}

#[test]
fn standard_input_is_text_or_json_by_its_first_sign() {
    let ran = run("stdin-text", &[], &["read"], "Grève à Paris.".as_bytes());
    assert_eq!((ran.code, ran.ids()), (0, vec!["stdin".to_owned()]));
    let ran = run("stdin-json", &[], &["read", "-"], b"\xef\xbb\xbf {\"text\": \"a\", \"id\": \"x\"}\n");
    assert_eq!((ran.code, ran.ids()), (0, vec!["x".to_owned()]));
    let ran = run("stdin-csv", &[], &["read", "--input", "csv", "--delimiter", ";"], b"id;text\nx;a\n");
    assert_eq!((ran.code, ran.ids()), (0, vec!["x".to_owned()]));
}

#[test]
fn the_title_is_part_of_the_text_read() {
    let line = "{\"title\": \"Grève à Paris\", \"text\": \"Les cheminots de Goma.\"}";
    let ran = run("title", &[], &["read"], line.as_bytes());
    let blocks = ran.lines()[0]["blocks"].clone();
    let ends: Vec<_> =
        blocks.as_array().unwrap().iter().map(|block| block["end"].as_u64().unwrap()).collect();
    assert_eq!(ends.last(), Some(&("Grève à Paris\n\nLes cheminots de Goma.".chars().count() as u64)));
}

/// Bad rows: what the message must say. Each stands between two good ones, which must come out.
#[test]
fn a_bad_row_is_named_and_the_others_come_out() {
    let table: [(&str, &str, &[u8], &[&str]); 10] = [
        ("not-json", "jsonl", b"{\"text\": \"a\"", &["f.jsonl:2: not a JSON object, at column"]),
        ("a-list", "jsonl", b"[1]", &["f.jsonl:2: not a JSON object"]),
        ("surrogate", "jsonl", b"{\"text\": \"\\ud800\"}", &["f.jsonl:2: not a JSON object", "hex escape"]),
        (
            "no-text",
            "jsonl",
            b"{\"body\": \"a\"}",
            &["f.jsonl:2: no column \"text\"; there are \"body\"", "--text-column"],
        ),
        ("null", "jsonl", b"{\"text\": null}", &["f.jsonl:2: \"text\" is null: it must be a string"]),
        ("number", "jsonl", b"{\"text\": 3}", &["f.jsonl:2: \"text\" is a number"]),
        (
            "date",
            "jsonl",
            b"{\"text\": \"a\", \"date\": \"19/09/2023\"}",
            &["f.jsonl:2: \"date\" is \"19/09/2023\"", "YYYY-MM-DD"],
        ),
        (
            "no-day",
            "jsonl",
            b"{\"text\": \"a\", \"date\": \"2023-02-30\"}",
            &["f.jsonl:2: \"date\" is \"2023-02-30\""],
        ),
        ("latin1", "jsonl", b"{\"text\": \"Gr\xe8ve\"}", &["f.jsonl:2: not UTF-8 (byte 12)", "iconv"]),
        ("binary", "jsonl", b"\x00\x01", &["f.jsonl:2: not a JSON object"]),
    ];
    for (test, ending, bad, expected) in table {
        let name = format!("f.{ending}");
        let lines =
            [b"{\"id\": \"one\", \"text\": \"a\"}".as_slice(), bad, b"{\"id\": \"two\", \"text\": \"b\"}"];
        let file = lines.join(&b'\n');
        let ran = run(test, &[(&name, &file)], &["read", &name], b"");
        assert_eq!(
            (ran.code, ran.ids()),
            (1, vec!["one".to_owned(), "two".to_owned()]),
            "{test}: {}",
            ran.err
        );
        for part in expected {
            assert!(ran.err.contains(part), "{test}: {}", ran.err);
        }
        assert_eq!(ran.err.lines().count(), 1, "{test}: {}", ran.err);
    }
}

#[test]
fn bad_csv_rows_are_named_and_the_others_come_out() {
    let file = b"id,text,date\none,a,\ntwo,b\nthree,c,hier\nfour,\xe8,\nfive,e,2024-01-01\n";
    let ran = run("csv-rows", &[("f.csv", file)], &["read", "f.csv"], b"");
    assert_eq!((ran.code, ran.ids()), (1, vec!["one".to_owned(), "five".to_owned()]));
    let errors: Vec<_> = ran.err.lines().collect();
    assert_eq!(errors.len(), 3, "{}", ran.err);
    assert!(errors[0].contains("f.csv:3: 2 cells where the header has 3"), "{}", ran.err);
    assert!(errors[1].contains("f.csv:4: \"date\" is \"hier\""), "{}", ran.err);
    assert!(errors[2].contains("f.csv:5: not UTF-8"), "{}", ran.err);
}

#[test]
fn a_missing_column_names_those_there_are() {
    let ran = run("column", &[("f.csv", b"url,corps\nu,c\n")], &["read", "f.csv"], b"");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("f.csv: no column \"text\"; there are \"url\", \"corps\""), "{}", ran.err);
    let ran = run("semicolons", &[("f.csv", b"id;text\nu;c\n")], &["read", "f.csv"], b"");
    assert!(ran.err.contains("--delimiter ';'"), "{}", ran.err);
    let ran =
        run("right", &[("f.csv", b"url,corps\nu,c\n")], &["read", "f.csv", "--text-column", "corps"], b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_come_out() {
    let files: [(&str, &[u8]); 2] = [("a.txt", b"a"), ("latin1.txt", b"\xe8")];
    let ran = run("missing", &files, &["read", "gone.txt", "latin1.txt", ".", "a.txt"], b"");
    assert_eq!((ran.code, ran.ids()), (1, vec!["a".to_owned()]));
    for part in ["gone.txt: no such file", "latin1.txt: not UTF-8 (byte 0)", ".: a directory"] {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
}

#[test]
fn errors_stop_skip_or_are_recorded() {
    let file = b"{\"id\": \"one\", \"text\": \"a\"}\n{\"id\": \"bad\", \"text\": 1}\n{\"id\": \"two\", \"text\": \"b\"}\n";
    let ran = |what| {
        run(&format!("on-{what}"), &[("f.jsonl", file)], &["read", "f.jsonl", "--on-error", what], b"")
    };
    assert_eq!((ran("stop").code, ran("stop").ids()), (1, vec!["one".to_owned()]));
    assert_eq!((ran("skip").code, ran("skip").ids()), (1, vec!["one".to_owned(), "two".to_owned()]));
    let recorded = ran("record");
    assert_eq!(
        (recorded.code, recorded.ids()),
        (1, vec!["one".to_owned(), "bad".to_owned(), "two".to_owned()])
    );
    assert!(recorded.lines()[1]["error"].as_str().unwrap().starts_with("f.jsonl:2: \"text\" is a number"));
    let arguments = ["read", "f.jsonl", "--on-error", "record", "--format", "csv"];
    let csv = run("on-record-csv", &[("f.jsonl", file)], &arguments, b"");
    assert!(
        csv.out.lines().any(|line| line.starts_with("bad,") && line.contains("f.jsonl:2")),
        "{}",
        csv.out
    );
}

#[test]
fn odd_texts_are_documents() {
    let long = "a".repeat(2 << 20);
    let texts = [
        "",
        " \n\t",
        "\u{0}\u{1}\u{7f}",
        "L’armée\r\na bombardé\r\nGoma.\r\n",
        "Gre\u{300}ve ge\u{301}ne\u{301}rale a\u{300} Paris",
        "שלום, هجوم على غزة",
        "The army bombed the city on Tuesday.",
        "?!… «»",
        &long,
    ];
    let lines: Vec<_> = texts.iter().map(|text| serde_json::json!({ "text": text }).to_string()).collect();
    let ran = run("odd", &[("f.jsonl", lines.join("\n").as_bytes())], &["read", "f.jsonl"], b"");
    assert_eq!((ran.code, ran.err.as_str(), ran.lines().len()), (0, "", texts.len()));
}

#[test]
fn every_format_is_well_formed_even_without_events() {
    for (format, expected) in
        [("jsonl", ""), ("table", ""), ("geojson", "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n")]
    {
        let ran = run(
            &format!("empty-{format}"),
            &[("f.jsonl", b"")],
            &["read", "f.jsonl", "--format", format],
            b"",
        );
        assert_eq!((ran.code, ran.out.as_str()), (0, expected), "{format}");
    }
    let ran = run("csv-head", &[("f.jsonl", b"")], &["read", "f.jsonl", "--format", "csv"], b"");
    assert!(ran.out.starts_with("doc_id,event_id,type,") && ran.out.ends_with(",error\n"), "{}", ran.out);
    let ran = run("acled-head", &[("f.jsonl", b"")], &["read", "f.jsonl", "--format", "acled"], b"");
    assert!(ran.out.starts_with("event_id_cnty,event_date,"), "{}", ran.out);
}

#[test]
fn events_are_written_for_other_codebooks() {
    let text = "Des rebelles ont attaqué des civils à Goma lundi. La France livrera des armes à l’Ukraine.";
    let read = ["read", "a.txt", "--date", "2024-02-07", "--format"];
    let files = [("a.txt", text.as_bytes())];
    let plover = run("plover", &files, &[&read[..], &["plover"]].concat(), b"").lines();
    let told: Vec<_> =
        plover.iter().map(|event| (event["event"][0].as_str(), event["id"].as_str())).collect();
    assert_eq!(told, [(Some("ASSAULT"), Some("a-e1")), (Some("AGREE"), Some("a-e2"))]);
    let acled = run("acled", &files, &[&read[..], &["acled"]].concat(), b"").out;
    assert_eq!(acled.lines().count(), 2, "{acled}");
    assert!(acled.contains("a-e1,2024-02-05,2024,1,Political violence,Violence against civilians,Attack,"));
}

#[test]
fn any_number_of_jobs_writes_the_same_bytes() {
    let lines: Vec<_> = (0..300)
        .map(|n| format!("{{\"id\": \"n{n}\", \"text\": \"Des soldats ont tué {n} civils mardi à Goma.\"}}"))
        .collect();
    let file = lines.join("\n");
    let ran = |jobs| {
        run(
            &format!("jobs-{jobs}"),
            &[("f.jsonl", file.as_bytes())],
            &["read", "f.jsonl", "--jobs", jobs],
            b"",
        )
    };
    let one = ran("1");
    assert_eq!((one.code, one.lines().len()), (0, 300));
    assert_eq!(one.out, ran("2").out);
    assert_eq!(one.out, ran("5").out);
}

#[test]
fn wrong_usage_ends_with_2() {
    for arguments in [
        &["read", "--format", "xml"][..],
        &["read", "--date", "hier"],
        &["read", "--jobs", "x"],
        &["lire"],
        &[],
    ] {
        let ran = run("usage", &[], arguments, b"");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = folder("pipe");
    let line = "{\"text\": \"Des combats ont éclaté.\"}\n".repeat(20_000);
    fs::write(folder.join("f.jsonl"), line).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_chronique"))
        .args(["read", "f.jsonl"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn schema_and_completions_are_written() {
    let schema = run("schema", &[], &["schema"], b"");
    let parsed: Value = serde_json::from_str(&schema.out).unwrap();
    assert_eq!(parsed["type"], "object");
    for shell in ["bash", "zsh", "fish"] {
        assert!(run("completions", &[], &["completions", shell], b"").out.contains("chronique"), "{shell}");
    }
}

#[test]
fn one_layer_at_a_time() {
    let ran = run(
        "explain",
        &[("a.txt", "Des combats à Goma.".as_bytes())],
        &["explain", "a.txt", "--date", "2024-01-01"],
        b"",
    );
    assert!(ran.code == 0 && ran.out.contains("Events:") && ran.out.contains("Places:"), "{}", ran.out);
    let ran = run("explain-missing", &[], &["explain", "gone.txt"], b"");
    assert!(ran.code == 1 && ran.err.contains("gone.txt: no such file"), "{}", ran.err);
}

#[test]
fn trees_are_written_as_conllu() {
    // A line that looks like page debris is text all the same.
    let text = "Publicité\n\nLe président du Mali est arrivé.\nIl part.\n";
    let ran = run("parse", &[("a.txt", text.as_bytes())], &["parse", "--format", "conllu", "a.txt"], b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out.matches("# sent_id").count(), 3, "{}", ran.out);
    assert!(ran.out.contains("\n3-4\tdu\t_\t") && ran.out.contains("\n1\tPublicité\t"), "{}", ran.out);
    assert_eq!(run("parse-empty", &[], &["parse"], b"").out, "");
}

#[test]
fn trees_come_from_the_model_given() {
    let image = concat!(env!("CARGO_MANIFEST_DIR"), "/../chronique-model-fr/data/model.bin");
    let image = fs::read(image).unwrap();
    let files: [(&str, &[u8]); 4] = [
        ("a.txt", "Le président du Mali est arrivé.".as_bytes()),
        ("whole.bin", &image),
        ("cut.bin", &image[..image.len() / 2]),
        ("text.bin", b"Le Mali"),
    ];
    let with = |test: &str, model: &str| run(test, &files, &["parse", "--model", model, "a.txt"], b"");
    let own = run("model-own", &files, &["parse", "a.txt"], b"");
    let given = with("model-given", "whole.bin");
    assert_eq!((given.code, given.err.as_str(), given.out), (0, "", own.out));
    for (test, model) in [("model-cut", "cut.bin"), ("model-text", "text.bin"), ("model-none", "none.bin")] {
        let ran = with(test, model);
        assert!(ran.code == 1 && ran.out.is_empty() && ran.err.contains(model), "{model}: {}", ran.err);
    }
}

#[test]
fn a_place_name_is_looked_up() {
    let ran = run("places", &[], &["places", "bamako"], b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let best = ran.out.lines().nth(3).unwrap();
    let cells: Vec<&str> = best.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    assert_eq!([cells[2], cells[4], cells[7]], ["Bamako", "city PPLC", "geonames:2460596"], "{}", ran.out);
    let ran = run("places-text", &[], &["places", "--text", "Des combats à Goma."], b"");
    assert!(ran.out.contains("Goma: city, CD"), "{}", ran.out);
    assert_eq!(run("places-two", &[], &["places", "--text", "Goma", "--near", "Kivu"], b"").code, 2);
}

#[test]
fn a_place_nearby_tells_which_of_a_name_is_meant() {
    for (name, near, expected) in [
        ("Saint-Denis", None, "Seine-Saint-Denis"),
        ("Saint-Denis", Some("Réunion"), "RE"),
        ("Valence", Some("Drôme"), "FR"),
        ("Valence", Some("Espagne"), "ES"),
        ("Tripoli", Some("Liban"), "LB"),
        ("Tripoli", Some("Benghazi"), "LY"),
    ] {
        let mut arguments = vec!["places", name, "--json", "--limit", "0"];
        arguments.extend(near.into_iter().flat_map(|near| ["--near", near]));
        let ran = run("places-near", &[], &arguments, b"");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let candidates = found["candidates"].as_array().unwrap();
        let best = &candidates[0];
        let holds = best["country"] == expected || best["within"].to_string().contains(expected);
        assert!(holds, "{name} near {near:?}: {best}");
        assert_eq!(best["held_by_near"].is_null(), near.is_none());
        let points: Vec<f64> = candidates.iter().map(|one| one["points"].as_f64().unwrap()).collect();
        assert!(points.is_sorted_by(|a, b| a >= b), "{points:?}");
        let sum: f64 =
            best["factors"].as_object().unwrap().values().filter_map(serde_json::Value::as_f64).sum();
        assert!((sum - points[0]).abs() < 0.1, "{best}");
    }
    let ran = run("places-why", &[], &["places", "Saint-Denis", "--near", "Réunion", "--limit", "2"], b"");
    for part in [
        "near La Réunion (country, RE, ",
        "distance",
        " km  ",
        "behind the first: holder named beside -3.0",
        "… and ",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn an_unknown_place_name_is_told_with_those_that_are_nearly_it() {
    for (arguments, message) in [
        (
            &["places", "Ouagadogou"][..],
            "no place is named « Ouagadogou » in the gazetteer; did you mean Ouagadougou (PPLC, BF",
        ),
        (
            &["places", "Goma", "--near", "Kivvu"],
            "--near: no place is named « Kivvu » in the gazetteer; did you mean ",
        ),
        (
            &["places", "Xyzzyville"],
            "no place is named « Xyzzyville » in the gazetteer; add it with --gazetteer FILE",
        ),
    ] {
        let ran = run("places-unknown", &[], arguments, b"");
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(ran.err.contains(message), "{}", ran.err);
    }
}

#[test]
fn a_time_is_read_against_a_date() {
    let ran = run("times", &[], &["times", "dans la nuit de lundi à mardi", "--date", "2023-09-20"], b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let row = ran.out.lines().nth(1).unwrap();
    for cell in
        ["time", "2023-09-18TNI", "2023-09-18T20:00", "2023-09-19T06:00", "part of day", "night-between"]
    {
        assert!(row.contains(&format!("  {cell}  ")), "{cell}: {row}");
    }
    assert!(row.ends_with("  the last one up to the day of publication"), "{row}");
    let ran = run("times-open", &[], &["times", "mardi"], b"");
    assert!(ran.out.contains("date  XXXX-WXX-2"), "{}", ran.out);
    assert!(
        ran.err.contains("« mardi » stays open without a day to read it against: give --date"),
        "{}",
        ran.err
    );
    let ran = run("times-none", &[], &["times", "le 16"], b"");
    assert!(
        ran.code == 1 && ran.err.contains("no time expression in « le 16 »; with --prefer future"),
        "{}",
        ran.err
    );
    let ran = run("times-bad", &[], &["times", "mardi", "--date", "19/09/2023"], b"");
    assert!(ran.code == 2 && ran.err.contains("write YYYY-MM-DD, such as 2023-09-19"), "{}", ran.err);
}

#[test]
fn a_time_looks_where_it_is_told_to() {
    for (prefer, phrase, expected) in [
        ("past", "mardi", serde_json::json!(["2023-09-19"])),
        ("future", "mardi", serde_json::json!(["2023-09-26"])),
        ("none", "mardi", serde_json::json!(["XXXX-WXX-2"])),
        ("future", "le 16", serde_json::json!(["2023-10-16"])),
        ("past", "rien", serde_json::json!([])),
    ] {
        let arguments = ["times", "--json", "--prefer", prefer, "--date", "2023-09-20"];
        let ran = run("times-prefer", &[], &arguments, phrase.as_bytes());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let values: Vec<_> =
            found["times"].as_array().unwrap().iter().map(|time| time["value"].clone()).collect();
        assert_eq!(serde_json::Value::from(values), expected, "{prefer}: {phrase}");
    }
    let arguments = ["times", "L’été dernier.", "--json", "--date", "2023-09-20"];
    let ran = run("times-json", &[], &arguments, b"");
    assert_eq!(
        ran.out,
        concat!(
            r#"{"date":"2023-09-20","times":[{"start":0,"end":13,"text":"L’été dernier","kind":"date","#,
            r#""value":"2022-SU","edge":null,"begin":"2022-06-21T00:00:00","over":"2022-09-24T00:00:00","#,
            r#""opens_range":false,"precision":"part of year","rule":"season","basis":"past"}]}"#,
            "\n"
        )
    );
}

#[test]
fn a_gazetteer_is_built_of_dumps() {
    let row = |number: u32, name: &str, lat: &str| {
        format!("{number}\t{name}\t{name}\t\t{lat}\t2\tP\tPPL\tML\t\t09\t\t\t\t200000\t\t0\tx\t2026-01-01\n")
    };
    let places = row(90_000_001, "Zankoraba", "12.5") + &row(90_000_002, "Broken", "north");
    let names = "1\t90000001\tfr\tZankoraba-les-Bains\t1\t\t\t\t\t\n";
    let build = ["gazetteer", "build", ".", "--output", "own.gaz"];
    let files = [("ML.txt", places.as_bytes()), ("alternateNamesV2.txt", names.as_bytes())];
    let ran = run("gazetteer-build", &files, &build, b"");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("ML.txt:2: field 5: latitude \"north\""), "{}", ran.err);
    assert!(ran.err.contains("(1 new), 1 alternate names, 0 rows left out, 1 bad"), "{}", ran.err);
    let image = fs::read(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gazetteer-build/own.gaz")).unwrap();
    let own = [("own.gaz", &image[..])];
    let ran = run("gazetteer-use", &own, &["places", "--gazetteer", "own.gaz", "zankoraba les bains"], b"");
    assert!(ran.code == 0 && ran.out.contains("geonames:90000001"), "{}{}", ran.out, ran.err);
    let ran = run("gazetteer-check", &own, &["gazetteer", "check", "own.gaz"], b"");
    assert!(ran.code == 0 && ran.out.contains("GeoNames"), "{}{}", ran.out, ran.err);
    let mut broken = image.clone();
    broken[image.len() / 2] ^= 1;
    let broken = [("own.gaz", &broken[..])];
    let ran = run("gazetteer-broken", &broken, &["gazetteer", "check", "own.gaz"], b"");
    assert!(ran.code == 1 && ran.err.contains("own.gaz: the gazetteer image is damaged"), "{}", ran.err);
    let text = "Le Premier ministre est arrivé à Bamako, à Paris, à Goma, au Caire et à Zankoraba.";
    let mut broken = image.clone();
    (image.len() / 2..image.len() * 3 / 4).step_by(32 << 10).for_each(|at| broken[at] ^= 1);
    let broken = [("own.gaz", &broken[..])];
    let ran = run("gazetteer-damage", &broken, &["read", "--gazetteer", "own.gaz", "-"], text.as_bytes());
    assert!(ran.code == 1 && ran.err.contains("places may be missing"), "{}", ran.err);
    let ran = run("gazetteer-none", &[("a.txt", b"")], &build, b"");
    assert!(ran.code == 1 && ran.err.contains("neither allCountries.txt"), "{}", ran.err);
    let json = br#"{"features": [{"geometry": null, "properties": {}}]}"#;
    let arguments = ["places", "--gazetteer", "own.json", "x"];
    let ran = run("gazetteer-json", &[("own.json", json)], &arguments, b"");
    assert!(ran.code == 1 && ran.err.contains("own.json: line 1, column"), "{}", ran.err);
}

#[test]
fn own_data_are_taken_or_their_fault_is_named() {
    let row = "id\tlemma\tpos\ttype\tmode\tframe\tgates\nX/1\tpapoter\tV\tCHATTER\t\ttr\t\n";
    let arguments = ["read", "--lexicon", "own.tsv", "-"];
    let ran = run("lexicon", &[("own.tsv", row.as_bytes())], &arguments, b"a");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("own.tsv, line 2, column 4") && ran.err.contains("CHATTER"), "{}", ran.err);
    let cut = b"CHRONGAZ and no more";
    let ran = run("gazetteer", &[("own.gaz", cut)], &["read", "--gazetteer", "own.gaz", "-"], b"a");
    assert!(
        ran.code == 1 && ran.err.contains("own.gaz: these 20 bytes are no gazetteer image"),
        "{}",
        ran.err
    );
    let ran = run("lexicon-gone", &[], &arguments, b"a");
    assert!(ran.code == 1 && ran.err.contains("own.tsv: no such file"), "{}", ran.err);
    let table = "name,lat,lon,country\nColline 402,-1.65,29.2,CD\n";
    let arguments = ["places", "--gazetteer", "own.csv", "colline 402"];
    let ran = run("places-own", &[("own.csv", table.as_bytes())], &arguments, b"");
    assert!(
        ran.code == 0 && ran.out.contains("Colline 402") && ran.out.contains("user:1"),
        "{}{}",
        ran.out,
        ran.err
    );
    let ran = run("places-bad", &[("own.csv", b"name,lat,lon\nX,north,1\n")], &arguments, b"");
    assert!(ran.code == 1 && ran.err.contains("own.csv: line 2, column lat: \"north\""), "{}", ran.err);
}

#[test]
fn rows_of_the_lexicon_are_written_to_copy() {
    let ran = run("rows", &[], &["lexicon", "pilonner"], b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("id\tlemma\tpos") && ran.out.contains("\nASSAULT/pilonner/V\t"),
        "{}",
        ran.out
    );
    let read =
        run("rows-read", &[("own.tsv", ran.out.as_bytes())], &["read", "--lexicon", "own.tsv", "-"], b"a");
    assert_eq!(read.code, 0, "{}", read.err);
    let ran = run("rows-none", &[], &["lexicon", "xyzzy"], b"");
    assert!(ran.code == 1 && ran.err.contains("no row of the lexicon is about « xyzzy »"), "{}", ran.err);
}

/// `lexicon.tsv:812` without its number, which changes with every row above.
fn without_lines_of_rows(page: &str) -> String {
    let mut parts = page.split("lexicon.tsv:");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    rest.fold(first, |page, part| page + "lexicon.tsv" + part)
}

#[test]
fn another_language_is_told_and_left_unread() {
    let text = "Police arrested five people on Tuesday during a protest in Paris. ".repeat(5);
    let ran = run("language", &[("en.txt", text.as_bytes())], &["read", "en.txt"], b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, "chronique: en: not French, so nothing was read in it\n"));
    let document = &ran.lines()[0];
    assert!(
        ["places", "times", "actors", "events"].iter().all(|layer| document[layer] == serde_json::json!([]))
    );
}

/// The steps of the blocks ```` ```console ```` of the guide are typed in one after the other: `$ cat FILE` is a file to
/// have, and what `$ chronique …` writes is as the lines under it show, of which `…` leaves out any number.
#[test]
fn the_guide_shows_what_the_command_says() {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide.md")).unwrap();
    let blocks = guide.split("```console\n$ ").skip(1).map(|block| block.split("\n```").next().unwrap());
    let folder = folder("guide");
    let mut commands = 0;
    for step in blocks.flat_map(|block| block.split("\n$ ")) {
        let (command, shown) = step.split_once('\n').unwrap();
        // Words, and what stands in double quotes.
        let words: Vec<&str> = command
            .split('"')
            .enumerate()
            .flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().collect(),
                _ => vec![part],
            })
            .collect();
        match words.as_slice() {
            ["cat", file] => fs::write(folder.join(file), shown.to_owned() + "\n").unwrap(),
            ["chronique", arguments @ ..] => {
                commands += 1;
                let output = chronique(arguments, &folder, b"");
                let written = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
                let (written, shown) = (without_lines_of_rows(&written), without_lines_of_rows(shown) + "\n");
                let mut rest = written.as_str();
                for part in shown.split("…\n").filter(|part| !part.is_empty()) {
                    let at = rest.find(part.trim_end()).filter(|&at| at == 0 || shown.contains("…\n"));
                    let at = at.unwrap_or_else(|| panic!("{command}\nshown\n{part}\nwritten\n{written}"));
                    rest = &rest[at + part.trim_end().len()..];
                }
                assert!(rest.trim().is_empty() || shown.ends_with("…\n"), "{command}: not shown:\n{rest}");
            }
            _ => panic!("what is this step? {command}"),
        }
    }
    assert!(commands >= 6, "{commands}");
}
