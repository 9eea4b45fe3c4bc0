//! The command as a user meets it: what it writes where, and how it ends.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::Value;

use support::{chronique, folder, run};

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
fn a_result_is_written_before_the_next_article_comes() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_chronique"))
        .arg("read")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["a", "b", "c"] {
        writeln!(stdin, "{{\"id\": \"{id}\", \"text\": \"Des combats ont éclaté à Goma.\"}}").unwrap();
        let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(line["id"], id);
    }
    drop(stdin);
    assert!(lines.next().is_none() && child.wait().unwrap().success());
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
    let archive = r#"{"id": "a1", "date": "2024-01-01", "text": "Des combats à Goma."}
{"text": "Une manifestation à Lyon."}
"#;
    let files = [("two.jsonl", archive.as_bytes())];
    let ran = run("explain-archive", &files, &["explain", "two.jsonl"], b"");
    assert!(ran.out.starts_with("a1, 2024-01-01\n\nEvents: "), "{}", ran.out);
    assert!(ran.code == 0 && ran.out.contains("\ntwo.jsonl:2\n\nEvents: "), "{}", ran.out);
    let ran = run("explain-one", &files, &["explain", "two.jsonl", "--id", "two.jsonl:2"], b"");
    assert!(ran.code == 0 && ran.out.starts_with("two.jsonl:2\n\nEvents: "), "{}", ran.out);
    let ran = run("explain-none", &files, &["explain", "two.jsonl", "--id", "a2"], b"");
    assert!(ran.code == 1 && ran.err.contains("no article has the id `a2`"), "{}", ran.err);
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
