//! Reads WiNER-fr: Wikinews with entities annotated by hand.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chronique::{Article, Document, Pipeline};
use chronique_actors::ActorLexicon;
use chronique_names::training::all_signs;
use chronique_names::{Fact, Name, NameClass};
use chronique_text::{CodePoints, Span};

use crate::train::read_gz;

const RELABELLED: &str = include_str!("../../data/names-relabelled.tsv");

/// What an article is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Train,
    Tune,
    Test,
}

/// Which stage asks about a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asked {
    /// Places, of a name of the gazetteer.
    Listed,
    /// Places, of a run of capitalised words.
    Unlisted,
    /// Actors, of a run of capitalised words.
    Actor,
}

/// A name with what it names.
pub(super) struct Example {
    pub(super) asked: Asked,
    pub(super) run: std::ops::Range<u32>,
    pub(super) known: Vec<Fact>,
    pub(super) signs: Vec<(&'static str, Box<str>)>,
    pub(super) class: NameClass,
    /// Whether the rules take it for a place's.
    pub(super) place: bool,
    /// Whether it is a country's.
    pub(super) country: bool,
}

pub(super) struct Annotated {
    pub(super) part: Part,
    pub(super) document: Document,
    pub(super) examples: Vec<Example>,
    /// The locations that are no part of a longer entity.
    pub(super) places: Vec<Span>,
}

/// The articles that share no passage with those of the folders `without`.
pub(super) fn read(folder: &Path, without: &[PathBuf]) -> anyhow::Result<Vec<Annotated>> {
    let known = passages_of(without)?;
    let pipeline = Pipeline::french();
    let actors = ActorLexicon::french();
    let mut articles = Vec::new();
    for line in read_gz(&folder.join("winer_fr.jsonl.gz"))?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().context("an article has a text")?;
        if passages(text).filter(|passage| known.contains(passage)).take(SHARED).count() == SHARED {
            continue;
        }
        let id = row["id"].as_str().context("an article has an id")?;
        let document = pipeline.read(Article::new(text)?);
        let entities = entities(&row, &document)?;
        let examples = examples(&document, &pipeline, &actors, &entities);
        let part = match hash(id.as_bytes()) % 10 {
            0 | 1 => Part::Test,
            2 => Part::Tune,
            _ => Part::Train,
        };
        let outer = |(span, _): &&(Span, NameClass)| {
            !entities.iter().any(|(other, _)| other.cover(*span) == *other && other != span)
        };
        let places = entities.iter().filter(outer).filter(|(_, class)| *class == NameClass::Place);
        let places = places.map(|&(span, _)| span).collect();
        articles.push(Annotated { part, document, examples, places });
    }
    Ok(articles)
}

/// The entities of an article, of the four kinds that a name may be of.
fn entities(row: &serde_json::Value, document: &Document) -> anyhow::Result<Vec<(Span, NameClass)>> {
    let points = CodePoints::new(document.text());
    let mut entities = Vec::new();
    for entity in row["entities"].as_array().context("an article has entities")? {
        let class = match entity["label"].as_str() {
            Some("Location") => relabelled(entity["text"].as_str().unwrap_or("")).unwrap_or(NameClass::Place),
            Some("Person") => NameClass::Person,
            Some("Organization") => NameClass::Organisation,
            Some("Product" | "Event") => NameClass::Other,
            _ => continue,
        };
        let offset = |name: &str| points.to_byte(u32::try_from(entity[name].as_u64()?).ok()?);
        let (start, end) =
            offset("start").zip(offset("end")).context("an entity starts and ends in its text")?;
        entities.push((Span::new(start, end), class));
    }
    Ok(entities)
}

/// What an entity that is annotated as a location is to Chronique, where that differs.
fn relabelled(text: &str) -> Option<NameClass> {
    let mut rows =
        RELABELLED.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.find(|(name, _)| *name == text).and_then(|(_, class)| class.parse().ok())
}

fn examples(
    document: &Document,
    pipeline: &Pipeline,
    actors: &ActorLexicon,
    entities: &[(Span, NameClass)],
) -> Vec<Example> {
    let (text, tokens, syntax) = (document.text(), document.tokens(), document.syntax());
    let doubtful = pipeline.gazetteer().doubtful_names(text, tokens, syntax).into_iter().map(|name| {
        let asked = if name.listed { Asked::Listed } else { Asked::Unlisted };
        (asked, name.run, name.known, name.place)
    });
    let unlisted = actors.unlisted_names(text, tokens, syntax).into_iter();
    let unlisted = unlisted.map(|name| (Asked::Actor, name.run, name.known, false));
    let example = |(asked, run, known, place): (Asked, std::ops::Range<u32>, Vec<Fact>, bool)| {
        let span = |at: u32| tokens.as_slice()[at as usize].span;
        let own = span(run.start).cover(span(run.end - 1));
        let overlaps = |other: Span| other.start() < own.end() && own.start() < other.end();
        let over = entities.iter().filter(|(other, _)| overlaps(*other));
        let class = over.max_by_key(|(other, _)| other.len()).map_or(NameClass::Other, |&(_, class)| class);
        let name = Name::new(text, tokens, syntax, run.clone())?.known(&known);
        let signs = all_signs(&name);
        let country = known.contains(&("listed as", "country"));
        Some(Example { asked, run, signs, class, place, country, known })
    };
    doubtful.chain(unlisted).filter_map(example).collect()
}

/// Two texts that share so many passages are the same article, or one that quotes it at length.
const SHARED: usize = 3;

/// Words of a passage.
const PASSAGE: usize = 8;

fn passages_of(folders: &[PathBuf]) -> anyhow::Result<HashSet<u64>> {
    let mut known = HashSet::new();
    for folder in folders {
        let files = std::fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))?;
        for file in files {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                for line in std::fs::read_to_string(&path)?.lines().filter(|line| !line.trim().is_empty()) {
                    let row: serde_json::Value = serde_json::from_str(line)?;
                    known.extend(passages(row["text"].as_str().unwrap_or("")));
                }
            }
        }
    }
    Ok(known)
}

/// The runs of eight words of a text, as hashes.
fn passages(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<String> = text
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let ends = words.len().saturating_sub(PASSAGE - 1);
    (0..ends).map(move |at| hash(words[at..at + PASSAGE].join(" ").as_bytes()))
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
