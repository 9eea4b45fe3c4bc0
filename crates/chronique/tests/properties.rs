//! What holds for any text.

use chronique::export::{self, Style};
use chronique::text::Span;
use chronique::{Article, Document, Pipeline};
use proptest::prelude::*;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

fn read(chronique: &Pipeline, text: &str) -> Document {
    chronique.read(Article::new(text).unwrap().published("2023-09-19".parse().unwrap()))
}

/// Scraps of French news, so that generated texts reach all layers.
const SCRAPS: &[&str] = &[
    "L’armée ",
    "a bombardé ",
    "Goma ",
    "mardi ",
    "des soldats ",
    "ont été tués ",
    "par ",
    "le Mali ",
    "à Kidal",
    ". ",
    ".\n\n",
    "« ",
    " »",
    "trois ",
    "hier ",
    "selon ",
    "l'ONU ",
    "a annoncé ",
    "Publicité\n\n",
    "qui ",
    "manifestation ",
    "en avril 2020 ",
    "et ",
    "le président ",
    "Emmanuel Macron ",
    "n’a pas ",
    "aurait ",
    "arrêté ",
    "\u{0}",
    "\r\n",
    "e\u{301}",
    "🇫🇷",
    "שלום ",
    "(",
    "—",
    "2 500 ",
    "M. ",
];

fn any_text() -> impl Strategy<Value = String> {
    let scraps = proptest::collection::vec(proptest::sample::select(SCRAPS), 0..40);
    prop_oneof![3 => scraps.prop_map(|scraps| scraps.concat()), 1 => ".{0,200}", 1 => "(?s).{0,200}"]
}

/// Every span of every layer, in bytes.
fn spans(document: &Document) -> Vec<Span> {
    let mut spans: Vec<Span> = document.blocks().iter().map(|block| block.span).collect();
    spans.extend(document.tokens().as_slice().iter().map(|token| token.span));
    spans.extend(document.tokens().sentences().iter().map(|sentence| sentence.span));
    spans.extend(document.syntax().words().iter().map(|word| word.span));
    spans.extend(document.places().iter().map(|place| place.span));
    spans.extend(document.times().iter().map(|time| time.span));
    spans.extend(document.actors().mentions().iter().map(|mention| mention.span));
    for mention in document.events().iter().flat_map(|event| &event.mentions) {
        spans.push(mention.trigger);
        spans.extend(mention.actors.iter().chain(&mention.recipients).map(|participant| participant.span));
        spans.extend(mention.attribution.iter().flat_map(|source| [source.span, source.cue]));
    }
    spans
}

/// Checks that all `text`s of a JSON value stand where its offsets say, in code points.
fn texts_stand_where_they_say(value: &Value, text: &[char]) {
    match value {
        Value::Object(object) => {
            if let (Some(start), Some(end)) = (object.get("start"), object.get("end")) {
                let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
                assert!(start <= end && end <= text.len(), "{value}");
                if let Some(words) = object.get("text") {
                    assert_eq!(words.as_str().unwrap(), text[start..end].iter().collect::<String>());
                }
            }
            object.values().for_each(|value| texts_stand_where_they_say(value, text));
        }
        Value::Array(values) => values.iter().for_each(|value| texts_stand_where_they_say(value, text)),
        _ => {}
    }
}

/// Keys of the objects of a value against the properties of a schema, which are all required.
fn follows(schema: &Value, root: &Value, value: &Value) {
    let schema = match schema.get("$ref").and_then(Value::as_str) {
        Some(name) => root.pointer(name.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
        if !value.is_null() {
            follows(&options[0], root, value);
        }
    } else if let (Some(properties), Some(object)) = (schema.get("properties"), value.as_object()) {
        let properties = properties.as_object().unwrap();
        assert_eq!(properties.keys().collect::<Vec<_>>(), object.keys().collect::<Vec<_>>(), "{value}");
        properties.iter().for_each(|(key, schema)| follows(schema, root, &object[key]));
    } else if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        values.iter().for_each(|value| follows(items, root, value));
    } else if let Some(options) = schema.get("enum").and_then(Value::as_array) {
        assert!(options.contains(value), "{value} is not among {options:?}");
    }
}

#[test]
fn any_text_gives_a_document_whose_offsets_hold() {
    let chronique = Pipeline::french();
    let schema: Value = serde_json::from_str(export::SCHEMA).unwrap();
    proptest!(ProptestConfig::with_cases(256), |(text in any_text())| {
        let document = read(&chronique, &text);
        for span in spans(&document) {
            prop_assert!(text.get(span.range()).is_some(), "{span:?}");
        }
        let json: Value = serde_json::from_str(&export::to_json(&document)).unwrap();
        texts_stand_where_they_say(&json, &text.chars().collect::<Vec<_>>());
        follows(&schema, &schema, &json);
        prop_assert_eq!(export::rows(&document).len(), document.events().len());
        let pages = export::table(&document, Style::Plain) + &export::explain(&document, Style::Plain);
        prop_assert!(pages.lines().all(|line| line.width() <= 100), "{pages}");
    });
}

#[test]
fn a_batch_is_what_its_articles_are_one_by_one_on_any_number_of_threads() {
    let one = Pipeline::builder().jobs(1).build().unwrap();
    let two = Pipeline::builder().jobs(2).build().unwrap();
    proptest!(ProptestConfig::with_cases(16), |(texts in proptest::collection::vec(any_text(), 0..80))| {
        let articles: Vec<_> = texts.iter().map(|text| Article::new(text.as_str()).unwrap()).collect();
        let written = |documents: Vec<Document>| documents.iter().map(export::to_json).collect::<Vec<_>>();
        let alone = written(articles.iter().map(|article| one.read(article.clone())).collect());
        prop_assert_eq!(&written(one.read_all(articles.clone())), &alone);
        prop_assert_eq!(&written(two.read_all(articles.clone())), &alone);
        prop_assert_eq!(&written(two.read_iter(articles).collect()), &alone);
    });
}

#[test]
fn long_and_monotonous_texts_are_read() {
    let chronique = Pipeline::french();
    for text in [
        "a".repeat(5 << 20),
        "é ".repeat(200_000),
        "\u{0}".repeat(100_000),
        "« ".repeat(100_000),
        "L’armée a tué, ".repeat(20_000),
        // Each participle hangs on the one before it. The first words make it French.
        "Il est dans la ville. ".repeat(400) + &"tué ".repeat(2_000),
    ] {
        let document = read(&chronique, &text);
        assert_eq!(document.text().as_str().len(), text.len());
    }
}

#[test]
fn documents_and_pipelines_cross_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Document>();
    check::<Pipeline>();
    check::<Article>();
}
