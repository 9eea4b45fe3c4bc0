//! Targets that read tables of one's own.

use chronique_actors::{ActorLexicon, ActorLexiconBuilder, ActorLexiconError};
use chronique_events::Lexicon;
use chronique_places::{Gazetteer, GazetteerBuilder, GeoNames, GeoNamesOptions};
use chronique_syntax::Syntax;
use chronique_text::{BlockRules, Text};
use chronique_tokens::Tokenizer;
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

use crate::texts::{TOKENIZER, cut};

const NEWS: &str = "L'armée malienne a bombardé Goma mardi, selon M. Dupont. Photo AFP";

/// Tables that are sound.
const TABLES: &[&str] = &[
    include_str!("../../crates/chronique-text/data/blocks_fr.tsv"),
    include_str!("../../crates/chronique-tokens/data/fr.tsv"),
    include_str!("../../crates/chronique-actors/data/countries.tsv"),
    include_str!("../../crates/chronique-actors/data/organisations.tsv"),
    include_str!("../../crates/chronique-actors/data/agents.tsv"),
    include_str!("../../crates/chronique-actors/data/titles.tsv"),
    include_str!("../../crates/chronique-actors/data/verbs.tsv"),
    include_str!("../../crates/chronique-events/data/lexicon.tsv"),
    include_str!("../../crates/chronique-places/data/context.tsv"),
    "mark stop\t2.5\nunmarked\t-1\n",
];

/// Places as users write them, and as GeoNames does.
const PLACES: &[&str] = &[
    "name,lat,lon,id,kind,country,population\nKidal,18.44,1.41,1,city,ML,25000\n\"Puits, nord\",1,2,,,,\n",
    r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Kidal"},"geometry":{"type":"Point","coordinates":[1.4,18.4]}}]}"#,
    "2455290\tKidal\tKidal\tKidal,Kidál\t18.44\t1.41\tP\tPPLA\tML\t\t08\t\t\t\t25617\t\t458\tAfrica/Bamako\t2012-01-18\n",
    "1\t2455290\tfr\tKidal\t1\t\t\t\t\t\n2\t2455290\tlink\thttp://a.fr\t\t\t\t\t\t\n",
    "ML.08\tKidal\tKidal\t2455290\n",
    "ML\tMLI\t466\tML\tMali\tBamako\t1240000\t19077690\tAF\t.ml\tXOF\tFranc\t223\t\t\tfr-ML\t2453866\tSN\t\n",
];

/// Lines of a sound table, with cells and bytes changed.
pub(crate) fn changed(tables: &'static [&'static str]) -> BoxedStrategy<Vec<u8>> {
    let lines: Vec<&str> = tables.iter().flat_map(|table| table.lines()).collect();
    let scrap = prop::sample::select(vec![
        "",
        "\t",
        "\n",
        ",",
        "|",
        "\"",
        "\\",
        "#",
        "*",
        "always",
        "number",
        "-1",
        "1e999",
        "NaN",
        "99999999999",
        "é",
        "État",
        "\u{0}",
        "{",
        "}",
        "[",
        "null",
        "180.1",
        "-91",
        "ML",
        "\r\n",
        "  ",
    ]);
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..6_usize, scrap), 0..6);
    let whole = prop::sample::select(tables).prop_map(|table| {
        let end = table.char_indices().nth(2_000).map_or(table.len(), |(at, _)| at);
        table[..end].to_owned()
    });
    let picked = prop::collection::vec(prop::sample::select(lines), 0..8).prop_map(|lines| lines.join("\n"));
    let start = prop_oneof![1 => whole, 4 => picked, 1 => "(?s).{0,80}"];
    (start, edits)
        .prop_map(|(start, edits)| {
            let mut bytes = start.into_bytes();
            for (at, length, scrap) in edits {
                let from = at.index(bytes.len() + 1);
                let to = (from + length).min(bytes.len());
                bytes.splice(from..to, scrap.bytes());
            }
            bytes
        })
        .boxed()
}

pub(crate) fn inputs() -> BoxedStrategy<Vec<u8>> {
    changed(TABLES)
}

pub(crate) fn place_inputs() -> BoxedStrategy<Vec<u8>> {
    changed(PLACES)
}

pub(crate) fn tables(bytes: &[u8]) {
    let table = String::from_utf8_lossy(bytes);
    let text = Text::new(NEWS).expect("short");
    if let Ok(rules) = BlockRules::from_tsv(&table) {
        let _ = rules.blocks(&text);
    }
    if let Ok(tokenizer) = Tokenizer::from_tsv(&table) {
        cut(&tokenizer, NEWS);
    }
    if let Ok(tokenizer) = TOKENIZER.clone().with_sentence_weights(&table) {
        cut(&tokenizer, NEWS);
    }
    if let Err(error) = Lexicon::from_tsv("own.tsv", &table) {
        assert!(error.line() > 0 && error.to_string().contains("own.tsv"), "{error}");
    }
    type Add = fn(ActorLexiconBuilder, &str, &str) -> Result<ActorLexiconBuilder, ActorLexiconError>;
    let parts: [Add; 6] = [
        ActorLexiconBuilder::countries,
        ActorLexiconBuilder::organisations,
        ActorLexiconBuilder::nouns,
        ActorLexiconBuilder::titles,
        ActorLexiconBuilder::verbs,
        ActorLexiconBuilder::given_names,
    ];
    let tokens = TOKENIZER.tokenize(&text, [text.span()]);
    for add in parts {
        match add(ActorLexicon::builder(), "own.tsv", &table) {
            Ok(builder) => drop(builder.build().actors(&text, &tokens, &Syntax::default())),
            Err(error) => assert!(error.to_string().contains("own.tsv"), "{error}"),
        }
    }
}

pub(crate) fn gazetteer_tables(bytes: &[u8]) {
    let table = String::from_utf8_lossy(bytes);
    let text = Text::new("À Kidal, au Mali, la région de Kidal est calme.").expect("short");
    let tokens = TOKENIZER.tokenize(&text, [text.span()]);
    let check = |gazetteer: &Gazetteer| {
        for place in gazetteer.places(&text, &tokens, &Syntax::default()) {
            assert!(place.point.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0));
        }
    };
    let built =
        |builder: GazetteerBuilder| Gazetteer::from_bytes(builder.build()).expect("what is built opens");
    for add in [Gazetteer::add_csv, Gazetteer::add_geojson] {
        let mut gazetteer = built(GazetteerBuilder::new("own"));
        if add(&mut gazetteer, &table).is_ok() {
            check(&gazetteer);
        }
    }
    // A dump leaves out bad rows and names them.
    let mut dump = GeoNames::new(GazetteerBuilder::new("own"), GeoNamesOptions::default());
    let mut bad = |row: &chronique_places::BadRow| assert!(!row.to_string().is_empty());
    dump.division_codes(bytes, &mut bad).expect("bytes in memory are read");
    dump.country_codes(bytes, &mut bad).expect("bytes in memory are read");
    dump.places(PLACES[2].as_bytes(), &mut bad).expect("bytes in memory are read");
    dump.places(bytes, &mut bad).expect("bytes in memory are read");
    dump.alternate_names(bytes, &mut bad).expect("bytes in memory are read");
    check(&built(dump.finish()));
}
