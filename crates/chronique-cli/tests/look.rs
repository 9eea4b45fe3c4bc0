//! Single names, phrases and data of the user's own, looked up on the command line.

mod support;

use std::fs;
use std::path::PathBuf;

use support::run;

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
