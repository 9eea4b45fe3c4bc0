//! The sample articles and what each layer makes of them, as text that a reader of French can judge.
//!
//! `CHRONIQUE_BLESS=1 cargo test -p chronique --test seeds` rewrites `seeds/*/expected`; read the
//! difference before committing it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use chronique::export::{self, Style};
use chronique::syntax::WordId;
use chronique::text::Span;
use chronique::{Article, Document, Pipeline};
use unicode_width::UnicodeWidthStr;

const WIDTH: usize = 110;

fn seeds() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.retain(|path| path.join("article.txt").exists());
    seeds.sort();
    seeds
}

fn article(seed: &Path) -> Article {
    let about = fs::read_to_string(seed.join("article.toml")).unwrap();
    let date = about.lines().find_map(|line| line.strip_prefix("date = ")).expect("article.toml has a date");
    Article::new(fs::read_to_string(seed.join("article.txt")).unwrap())
        .unwrap()
        .with_id(seed.file_name().unwrap().to_str().unwrap())
        .published(date.trim_matches('"').parse().unwrap())
}

#[test]
fn every_layer_of_every_seed_is_as_expected() {
    let chronique = Pipeline::french();
    let bless = std::env::var_os("CHRONIQUE_BLESS").is_some();
    let mut changed = Vec::new();
    let seeds = seeds();
    assert_eq!(seeds.len(), 4);
    for seed in &seeds {
        let document = chronique.read(article(seed));
        let json: serde_json::Value = serde_json::from_str(&export::to_json(&document)).unwrap();
        let layers = [
            ("blocks.txt", blocks(&document)),
            ("tokens.txt", tokens(&document)),
            ("syntax.txt", syntax(&document)),
            ("places.txt", export::explain_places(&document, Style::Plain)),
            ("times.txt", export::explain_times(&document, Style::Plain)),
            ("actors.txt", actors(&document)),
            ("events.txt", events(&document)),
            ("events.json", serde_json::to_string_pretty(&json).unwrap() + "\n"),
        ];
        for (name, found) in layers {
            let path = seed.join("expected").join(name);
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if expected == found {
                continue;
            }
            changed.push(format!("{}\n{}", path.display(), first_difference(&expected, &found)));
            if bless {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, found).unwrap();
            }
        }
    }
    assert!(
        bless || changed.is_empty(),
        "{} layers are not as expected; CHRONIQUE_BLESS=1 rewrites them\n{}",
        changed.len(),
        changed.join("\n")
    );
}

#[test]
fn the_readme_shows_the_table_of_the_sample_article() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let seed = seeds().into_iter().find(|seed| seed.ends_with("haut-karabakh")).unwrap();
    let document = Pipeline::french().read(article(&seed).with_id("seeds/haut-karabakh/article"));
    let (before, rest) = readme.split_once("<!-- demo -->\n```text\n").expect("the README has a demo");
    let (shown, after) = rest.split_once("```\n").expect("the demo ends");
    let found = export::table(&document, Style::Plain);
    if std::env::var_os("CHRONIQUE_BLESS").is_some() {
        fs::write(&path, format!("{before}<!-- demo -->\n```text\n{found}```\n{after}")).unwrap();
    } else {
        assert_eq!(shown, found, "CHRONIQUE_BLESS=1 rewrites the README");
    }
}

fn first_difference(expected: &str, found: &str) -> String {
    let mut found_lines = found.lines();
    for (n, line) in expected.lines().enumerate() {
        let other = found_lines.next().unwrap_or("(end)");
        if line != other {
            return format!("  line {}\n  - {line}\n  + {other}", n + 1);
        }
    }
    format!("  + {}", found_lines.next().unwrap_or("(nothing)"))
}

/// Each block under its kind.
fn blocks(document: &Document) -> String {
    let mut out = String::new();
    for block in document.blocks() {
        for (n, line) in filled(document.text().slice(block.span).split_whitespace(), WIDTH - 14).enumerate()
        {
            let kind = if n == 0 { block.kind.as_str() } else { "" };
            let _ = writeln!(out, "{kind:<10} | {line}");
        }
    }
    out
}

/// A sentence a paragraph, a bar between tokens.
fn tokens(document: &Document) -> String {
    let text = document.text();
    let mut out = String::new();
    for sentence in document.tokens().sentences() {
        let tokens =
            &document.tokens().as_slice()[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let forms = tokens.iter().map(|token| text.slice(token.span));
        let marked =
            forms.enumerate().map(|(n, form)| if n == 0 { form.to_owned() } else { format!("| {form}") });
        for line in filled(marked.collect::<Vec<_>>().iter().map(String::as_str), WIDTH) {
            let _ = writeln!(out, "{line}");
        }
        out.push('\n');
    }
    out
}

/// Words over tag, lemma, and relation with the head, in columns.
fn syntax(document: &Document) -> String {
    let (text, syntax) = (document.text(), document.syntax());
    let mut out = String::new();
    for sentence in syntax.sentences() {
        let mut rows = [String::from(">"), String::from("#"), String::from("#"), String::from("#")];
        for id in sentence.map(WordId) {
            let word = syntax.word(id);
            let head = word.head.map_or_else(String::new, |head| format!("→{}", syntax.form(head, text)));
            let cells = [
                syntax.form(id, text).to_owned(),
                word.upos.to_string(),
                syntax.lemma(id).to_owned(),
                format!("{}{head}", word.deprel),
            ];
            let width = cells.iter().map(|cell| cell.width()).max().unwrap_or(0);
            if rows[0].width() + 1 + width > WIDTH {
                flush(&mut rows, &mut out);
            }
            for (row, cell) in rows.iter_mut().zip(cells) {
                row.push(' ');
                row.push_str(&cell);
                row.extend(std::iter::repeat_n(' ', width - cell.width()));
            }
        }
        flush(&mut rows, &mut out);
        out.push('\n');
    }
    out
}

fn flush(rows: &mut [String; 4], out: &mut String) {
    for row in rows {
        let _ = writeln!(out, "{}", row.trim_end());
        row.truncate(1);
    }
}

/// Each actor with its code, and its mentions in their words.
fn actors(document: &Document) -> String {
    let (text, actors) = (document.text(), document.actors());
    let mut out = String::new();
    for (n, actor) in actors.as_slice().iter().enumerate() {
        let country = actor.country.map_or_else(String::new, |country| format!(", {country}"));
        let sector = actor.sector.map_or_else(String::new, |sector| format!(", {}", sector.as_str()));
        let _ = writeln!(out, "a{} {}{country}{sector}", n + 1, actor.name);
        for &at in &actor.mentions {
            let mention = &actors.mentions()[at as usize];
            let count = mention.count.map_or_else(String::new, |count| format!(", {} of them", count.value));
            let words = text.slice(mention.span);
            let _ = writeln!(
                out,
                "    {words} ({}{count}) in « {} »",
                mention.reason,
                around(document, mention.span)
            );
        }
    }
    out
}

fn events(document: &Document) -> String {
    let page = export::table(document, Style::Plain) + "\n" + &export::explain_events(document, Style::Plain);
    // The line of a row changes with every row above it.
    let mut parts = page.split("lexicon.tsv:");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    rest.fold(first, |page, part| page + "lexicon.tsv" + part)
}

/// The words around a span, on one line.
fn around(document: &Document, span: Span) -> String {
    let text = document.text().as_str();
    let before: Vec<_> = text[..span.start() as usize].rsplit(char::is_whitespace).take(4).collect();
    let after: Vec<_> = text[span.end() as usize..].split(char::is_whitespace).take(4).collect();
    let before: Vec<_> = before.into_iter().rev().collect();
    let line = format!("{}{}{}", before.join(" "), document.text().slice(span), after.join(" "));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words set in lines of at most `width` cells.
fn filled<'w>(words: impl Iterator<Item = &'w str>, width: usize) -> impl Iterator<Item = String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter()
}
