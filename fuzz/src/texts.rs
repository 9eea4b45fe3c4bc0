//! Targets that read text.

use std::sync::LazyLock;

use chronique::export::{self, Style};
use chronique::{Article, Document, Pipeline};
use chronique_places::Gazetteer;
use chronique_syntax::{Model, Syntax};
use chronique_text::{BlockRules, Span, Text, fold_into};
use chronique_times::{Anchor, Date, TimeGrammar};
use chronique_tokens::{TokenId, Tokenizer, Tokens};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::french);
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(chronique::french_gazetteer);
static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(chronique_model_fr::model()).expect("the embedded model is whole"));
static TIMES: LazyLock<TimeGrammar> = LazyLock::new(TimeGrammar::french);
static BLOCKS: LazyLock<BlockRules> = LazyLock::new(BlockRules::french);
/// The tables of French, read once for all executions.
pub(crate) static TOKENIZER: LazyLock<Tokenizer> = LazyLock::new(Tokenizer::french);

/// Scraps of news, and of what else a page holds.
const SCRAPS: &str = include_str!("scraps.txt");

/// Characters that are more than they look like, or less.
const ODD: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\0",
    "\u{A0}",
    "\u{AD}",
    "\u{200B}",
    "\u{200D}",
    "\u{202E}",
    "\u{2028}",
    "\u{FEFF}",
    "e\u{301}",
    "\u{301}\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "Ω",
    "🇫🇷",
    "👩🏽\u{200D}🚀",
    "سلام",
    "東京",
    "’",
    "'",
    "«",
    "»",
    "“",
    "”",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "-",
    "–",
    "—",
    "…",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "/",
    "°",
    "%",
    "€",
    "#",
    "@",
    "<script>",
    "&amp;",
    "0",
    "7",
    "12",
    "2 500",
    "99999999999999999999",
    "1er",
    "XIXe",
    "14h30",
    "http://",
    "www.",
    "a@b.fr",
];

/// Texts: scraps in any order, the same scrap many times, or any characters.
pub(crate) fn inputs() -> BoxedStrategy<Vec<u8>> {
    let scraps: Vec<&'static str> = SCRAPS.lines().filter(|line| !line.is_empty()).collect();
    let scrap = prop_oneof![
        6 => prop::sample::select(scraps).prop_map(str::to_owned),
        2 => prop::sample::select(ODD).prop_map(str::to_owned),
        1 => "(?s).{0,3}",
    ];
    let gap = prop_oneof![5 => Just(" "), 1 => Just(""), 1 => Just("\n")];
    let mixed = prop::collection::vec((scrap.clone(), gap), 0..24)
        .prop_map(|parts| parts.into_iter().map(|(scrap, gap)| scrap + gap).collect::<String>());
    let same = (scrap, 0..60_usize).prop_map(|(scrap, times)| scrap.repeat(times));
    prop_oneof![8 => mixed, 1 => same, 1 => "(?s).{0,120}"].prop_map(String::into_bytes).boxed()
}

fn text_of(bytes: &[u8]) -> Text {
    Text::new(String::from_utf8_lossy(bytes)).expect("inputs are short")
}

fn lies_in(span: Span, text: &Text) {
    assert!(text.as_str().get(span.range()).is_some_and(|part| !part.is_empty()), "{span:?}");
}

pub(crate) fn text(bytes: &[u8]) {
    let text = text_of(bytes);
    let (mut folded, mut end) = (String::new(), 0);
    fold_into(text.as_str(), &mut folded);
    for block in BLOCKS.blocks(&text) {
        lies_in(block.span, &text);
        assert!(block.span.start() >= end);
        end = block.span.end();
    }
}

fn tokens_of(text: &Text) -> Tokens {
    TOKENIZER.tokenize(text, [text.span()])
}

pub(crate) fn tokens(bytes: &[u8]) {
    let text = text_of(bytes);
    let tokens = tokens_of(&text);
    let (mut end, mut next) = (0, 0);
    for token in tokens.as_slice() {
        lies_in(token.span, &text);
        assert!(token.span.start() >= end);
        end = token.span.end();
    }
    for sentence in tokens.sentences() {
        lies_in(sentence.span, &text);
        assert!(sentence.tokens.start == next && !sentence.tokens.is_empty());
        next = sentence.tokens.end;
    }
    assert_eq!(next as usize, tokens.len());
    let again = tokens_of(&text);
    assert_eq!((tokens.as_slice(), tokens.sentences()), (again.as_slice(), again.sentences()));
}

pub(crate) fn parse(bytes: &[u8]) {
    let text = text_of(bytes);
    let tokens = tokens_of(&text);
    let syntax = MODEL.analyze(&text, &tokens);
    for word in syntax.words() {
        lies_in(word.span, &text);
    }
    for sentence in 0..tokens.sentences().len() {
        assert!(syntax.root(sentence).is_some(), "sentence {sentence} has no root");
    }
}

pub(crate) fn times(bytes: &[u8]) {
    let text = text_of(bytes);
    let tokens = tokens_of(&text);
    for published in [None, Some(Date::new(2020, 2, 29).expect("a leap day"))] {
        let anchor = Anchor::new(published);
        let found = TIMES.times(&text, &tokens, &anchor);
        let mut end = 0;
        for time in &found {
            lies_in(time.span, &text);
            assert!(time.span.start() >= end);
            end = time.span.end();
        }
        assert_eq!(format!("{found:?}"), format!("{:?}", TIMES.times(&text, &tokens, &anchor)));
    }
}

pub(crate) fn places(bytes: &[u8]) {
    let text = text_of(bytes);
    let tokens = tokens_of(&text);
    let found = GAZETTEER.places(&text, &tokens, &Syntax::default());
    let mut end = 0;
    for place in &found {
        assert!(place.span.start() >= end && !place.span.is_empty());
        // A token may hold two, joined by a hyphen: each lies in it, and only the first begins with it.
        assert!(tokens.token(place.first).span.start() <= place.span.start());
        assert!(place.span.end() <= tokens.token(place.last).span.end());
        assert!(place.point.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0));
        end = place.span.end();
    }
    let again = GAZETTEER.places(&text, &tokens, &Syntax::default());
    assert_eq!(format!("{found:?}"), format!("{again:?}"));
}

fn read(bytes: &[u8]) -> Document {
    let article = Article::new(String::from_utf8_lossy(bytes).into_owned()).expect("inputs are short");
    PIPELINE.read(article.published(Date::new(2023, 9, 19).expect("a day")))
}

pub(crate) fn articles(bytes: &[u8]) {
    let document = read(bytes);
    let text = document.text();
    for mention in document.actors().mentions() {
        lies_in(mention.span, text);
    }
    for mention in document.events().iter().flat_map(|event| &event.mentions) {
        lies_in(mention.trigger, text);
        assert!(mention.actors.iter().chain(&mention.recipients).all(|who| !who.span.is_empty()));
    }
    let json = export::to_json(&document);
    serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
    assert_eq!(export::rows(&document).len(), document.events().len());
    assert!(!export::html(&document).contains("<script>"), "markup of the text is escaped");
    let _ = export::table(&document, Style::Plain);
    let _ = export::explain(&document, Style::Plain);
    serde_json::from_str::<serde_json::Value>(&export::to_geojson(&[document])).expect("GeoJSON");
    assert_eq!(json, export::to_json(&read(bytes)));
}

/// Uses a tokenizer that came from tables.
pub(crate) fn cut(tokenizer: &Tokenizer, source: &str) {
    let text = Text::new(source).expect("short");
    let tokens = tokenizer.tokenize(&text, [text.span()]);
    for id in 0..tokens.len() {
        let _ = tokens.form(TokenId(id as u32), &text);
    }
}
