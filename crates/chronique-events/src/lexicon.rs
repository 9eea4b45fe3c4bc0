use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use chronique_text::WordMap;

use crate::casualties::Casualties;
use crate::cues::Cues;
use crate::families::Families;
use crate::frame::{Frame, Frames};
use crate::gate::{Gate, Lists};
use crate::likeness::Weights;
use crate::modes::Modes;
use crate::table::{Row, one_of, rows};
use crate::topic::Topics;
use crate::weighing::Weighing;
use crate::{EventType, Mode};

/// The lexicon of triggers: one row a lemma and reading, with its type, mode, frame and gates.
///
/// The rows of `data/lexicon.tsv` are embedded; a table of your own replaces or extends them.
///
/// ```
/// use chronique_events::Lexicon;
///
/// let mut lexicon = Lexicon::french();
/// lexicon.extend("mine.tsv", "ASSAULT/pilonner/V\tpilonner\tV\tASSAULT\taerial\ttr\tactor=armed\n")?;
/// let error = lexicon.extend("mine.tsv", "X\tpilonner\tV\tASSAULT\tvisit\ttr\n").unwrap_err();
/// assert!(error.to_string().starts_with("mine.tsv, line 1, column 5 (mode): `visit` is no mode of ASSAULT: write"));
/// # Ok::<(), chronique_events::LexiconError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub(crate) entries: Vec<Arc<Entry>>,
    /// Entries by the lemma that their pattern starts with: longest pattern first, then those added last, then in order.
    index: WordMap<Vec<u32>>,
    layers: u32,
    frames: Frames,
    lists: Lists,
    pub(crate) cues: Cues,
    pub(crate) topics: Topics,
    pub(crate) families: Families,
    pub(crate) modes: Modes,
    pub(crate) casualties: Casualties,
    pub(crate) weights: Weights,
    pub(crate) second_look: Weighing,
    pub(crate) timing: Weighing,
}

/// What the trigger's first word must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TriggerPos {
    Verb,
    Noun,
}

/// One row of the lexicon.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: Box<str>,
    /// The lemmas of the pattern, without determiners and reflexive.
    pub(crate) pattern: Vec<Box<str>>,
    /// Which of them names the act.
    pub(crate) names: usize,
    pub(crate) reflexive: bool,
    pub(crate) pos: TriggerPos,
    pub(crate) event_type: EventType,
    pub(crate) mode: Option<Mode>,
    pub(crate) frame: Arc<Frame>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) anywhere: bool,
    /// The table that the row stands in, and its line, from 1.
    pub(crate) table: Arc<str>,
    pub(crate) line: usize,
    /// How many tables had been read before.
    layer: u32,
}

impl Entry {
    /// Whether a lemma stands in the pattern after its first word.
    pub(crate) fn names_too(&self, lemma: &str) -> bool {
        self.pattern[1..].iter().any(|part| &**part == lemma)
    }
}

const COLUMNS: [&str; 7] = ["id", "lemma", "pos", "type", "mode", "frame", "gates"];

/// The table of French triggers that is embedded, as the file it is: to look a row up and copy it.
pub const FRENCH_LEXICON: &str = include_str!("../data/lexicon.tsv");

/// The heading and those rows of a table of triggers whose id is `wanted` or that have it among their lemmas.
///
/// ```
/// use chronique_events::{FRENCH_LEXICON, rows_about};
///
/// let rows = rows_about(FRENCH_LEXICON, "pilonner");
/// assert!(rows.starts_with("id\tlemma\t") && rows.contains("\nASSAULT/pilonner/V\tpilonner\tV\tASSAULT\t"));
/// ```
#[must_use]
pub fn rows_about(table: &str, wanted: &str) -> String {
    let about = |line: &&str| {
        let mut cells = line.split('\t');
        let (id, lemmas) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let lemma = |lemma: &str| lemma.trim_start_matches('*') == wanted;
        id == COLUMNS[0] || id == wanted || lemmas == wanted || lemmas.split_whitespace().any(lemma)
    };
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter(about)
        .map(|line| line.to_owned() + "\n")
        .collect()
}

impl Lexicon {
    /// The lexicon of French news.
    ///
    /// # Panics
    /// Never: the embedded tables are whole, which the tests of this crate check.
    #[must_use]
    pub fn french() -> Lexicon {
        Lexicon::from_tsv("lexicon.tsv", FRENCH_LEXICON).expect("the embedded lexicon is whole")
    }

    /// A lexicon of the rows of a table alone; `name` is what errors call it.
    ///
    /// Columns: id, lemma, pos, type, mode, frame, gates, and any others, as `docs/events.md` tells.
    ///
    /// # Errors
    /// [`LexiconError`] with line and column, at the first cell that can't be read.
    pub fn from_tsv(name: &str, text: &str) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon {
            entries: Vec::new(),
            index: WordMap::default(),
            layers: 0,
            frames: Frames::parse("frames.tsv", include_str!("../data/frames.tsv"))?,
            lists: Lists::parse("lists.tsv", include_str!("../data/lists.tsv"))?,
            cues: Cues::parse("cues.tsv", include_str!("../data/cues.tsv"))?,
            topics: Topics::parse("topics.tsv", include_str!("../data/topics.tsv"))?,
            families: Families::parse("families.tsv", include_str!("../data/families.tsv"))?,
            modes: Modes::parse("modes.tsv", include_str!("../data/modes.tsv"))?,
            second_look: Weighing::parse("second_look.tsv", include_str!("../data/second_look.tsv"))?,
            timing: Weighing::parse("timing.tsv", include_str!("../data/timing.tsv"))?,
            weights: Weights::parse("merging.tsv", include_str!("../data/merging.tsv"))?,
            casualties: Casualties::parse("casualties.tsv", include_str!("../data/casualties.tsv"))?,
        };
        lexicon.extend(name, text)?;
        Ok(lexicon)
    }

    /// Adds the rows of a table; `name` is what errors and [`Rule::table`](crate::Rule::table) call it.
    ///
    /// A row of a known id takes that row's place; the others are tried before all rows that were there.
    ///
    /// # Errors
    /// [`LexiconError`] with line and column, at the first cell that can't be read; the rows before
    /// it are in.
    pub fn extend(&mut self, name: &str, text: &str) -> Result<(), LexiconError> {
        let mut known: WordMap<usize> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        let table: Arc<str> = name.into();
        let read = rows(name, text)
            .filter(|row| row.cell(0) != COLUMNS[0])
            .try_for_each(|row| self.entry(&row, &table).map(|entry| self.put(entry, &mut known)))
            .map_err(|error| LexiconError { heading: COLUMNS.get(error.column - 1).copied(), ..error });
        self.layers += 1;
        self.index();
        read
    }

    fn put(&mut self, entry: Entry, known: &mut WordMap<usize>) {
        match known.get(&entry.id) {
            Some(&at) => self.entries[at] = Arc::new(Entry { layer: self.entries[at].layer, ..entry }),
            None => {
                known.insert(entry.id.clone(), self.entries.len());
                self.entries.push(Arc::new(entry));
            }
        }
    }

    fn entry(&self, row: &Row<'_>, table: &Arc<str>) -> Result<Entry, LexiconError> {
        let id = row.cell(0);
        if id.is_empty() {
            return Err(row.error(0, "a row needs an id: write one of your own, such as mine/1"));
        }
        if row.cells() < 6 {
            let message = "the row ends here: write id, lemma, pos, type, mode, frame and gates, with a tab between each";
            return Err(row.error(row.cells() - 1, message));
        }
        let (pattern, names, reflexive) = pattern(row.cell(1)).map_err(|message| row.error(1, message))?;
        let pos = match row.cell(2) {
            "V" => TriggerPos::Verb,
            "N" => TriggerPos::Noun,
            other => return Err(row.error(2, format!("`{other}` is no part of speech: write V or N"))),
        };
        let code = row.cell(3);
        let event_type: EventType = code.parse().map_err(|()| {
            let types = one_of(EventType::ALL.iter().map(|known| known.as_str()));
            row.error(3, format!("`{code}` is no type of PLOVER: write {types}"))
        })?;
        let mode = match row.cell(4) {
            "" => None,
            code => Some(
                code.parse()
                    .ok()
                    .filter(|mode| event_type.modes().contains(mode))
                    .ok_or_else(|| row.error(4, no_mode(code, event_type)))?,
            ),
        };
        let frame = self.frames.read(row, 5)?;
        let gates = row
            .cell(6)
            .split_whitespace()
            .map(|gate| Gate::parse(gate, &self.lists).map_err(|message| row.error(6, message)))
            .collect::<Result<Vec<_>, _>>()?;
        let anywhere = gates.iter().any(Gate::is_anywhere);
        Ok(Entry {
            id: id.into(),
            pattern,
            names,
            reflexive,
            pos,
            event_type,
            mode,
            frame,
            gates,
            anywhere,
            table: Arc::clone(table),
            line: row.line(),
            layer: self.layers,
        })
    }

    fn index(&mut self) {
        self.index.clear();
        for (at, entry) in (0..).zip(&self.entries) {
            self.index.entry(entry.pattern[0].clone()).or_default().push(at);
        }
        for entries in self.index.values_mut() {
            entries.sort_by_key(|&at| {
                let entry = &self.entries[at as usize];
                (Reverse(entry.pattern.len()), !entry.reflexive, Reverse(entry.layer), at)
            });
        }
    }

    /// The entries whose pattern starts with a lemma, the more specific first.
    pub(crate) fn starting_with(&self, lemma: &str) -> impl Iterator<Item = &Arc<Entry>> {
        self.index.get(lemma).into_iter().flatten().map(|&at| &self.entries[at as usize])
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn no_mode(code: &str, event_type: EventType) -> String {
    match event_type.modes() {
        [] => format!("`{code}` is no mode of {event_type}: it has none, leave the cell empty"),
        modes => {
            let modes = one_of(modes.iter().map(|mode| mode.as_str()));
            format!("`{code}` is no mode of {event_type}: write {modes}, or leave the cell empty")
        }
    }
}

/// Reads `se faire *exploser`: the lemmas, which of them names the act, whether it is reflexive.
fn pattern(source: &str) -> Result<(Vec<Box<str>>, usize, bool), String> {
    let (body, reflexive) = match source.strip_prefix("se ") {
        Some(body) => (body, true),
        None => (source, false),
    };
    let mut lemmas: Vec<Box<str>> = Vec::new();
    let mut names = 0;
    for word in body.split_whitespace() {
        if matches!(word, "le" | "un" | "son") {
            continue;
        }
        if let Some(word) = word.strip_prefix('*') {
            names = lemmas.len();
            lemmas.push(word.into());
        } else {
            lemmas.push(word.into());
        }
    }
    if lemmas.is_empty() { Err("a row needs a lemma".to_owned()) } else { Ok((lemmas, names, reflexive)) }
}

/// The error of a lexicon that can't be read: file, line, column (from 1) and what is wrong there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LexiconError {
    name: String,
    line: usize,
    column: usize,
    heading: Option<&'static str>,
    message: String,
}

impl LexiconError {
    pub(crate) fn new(name: &str, line: usize, column: usize, message: impl Into<String>) -> LexiconError {
        LexiconError { name: name.to_owned(), line, column, heading: None, message: message.into() }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column of the table, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}, column {}", self.name, self.line, self.column)?;
        if let Some(heading) = self.heading {
            write!(f, " ({heading})")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for LexiconError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_cells_are_named_by_line_and_column() {
        let cases = [
            ("X\tpiller\tW\tASSAULT\t\ttr\t", (1, 3)),
            ("# note\nX\tpiller\tV\tWAR\t\ttr\t", (2, 4)),
            ("X\tpiller\tV\tASSAULT\tcurfew\ttr\t", (1, 5)),
            ("X\tpiller\tV\tASSAULT\t\ttrans\t", (1, 6)),
            ("X\tpiller\tV\tASSAULT\t\tnsubj=boss\t", (1, 6)),
            ("X\tpiller\tV\tASSAULT\t\ttr\tobj=@nothing", (1, 7)),
            ("\tpiller\tV\tASSAULT\t\ttr\t", (1, 1)),
            ("X\t\tV\tASSAULT\t\ttr\t", (1, 2)),
            ("X piller V ASSAULT", (1, 1)),
            ("X\tpiller\tV\tASSAULT", (1, 4)),
            ("X\tpiller\tV\tASSAULT\t\t\t", (1, 6)),
        ];
        for (table, at) in cases {
            let error = Lexicon::from_tsv("t", table).unwrap_err();
            assert_eq!((error.line(), error.column()), at, "{error}");
        }
    }

    #[test]
    fn a_row_of_a_known_id_takes_its_place() {
        let mut lexicon = Lexicon::from_tsv("a", "X\tpiller\tV\tASSAULT\t\ttr\t\n").unwrap();
        lexicon.extend("b", "X\tpiller\tV\tCOERCE\tseize\ttr\t\nY\tpillage\tN\tASSAULT\t\tNde\t\n").unwrap();
        assert_eq!(lexicon.len(), 2);
        assert_eq!(lexicon.starting_with("piller").next().unwrap().event_type, EventType::Coerce);
    }

    #[test]
    fn rows_added_are_tried_first_those_replaced_where_they_stood() {
        let mut lexicon =
            Lexicon::from_tsv("a", "X\tpiller\tV\tASSAULT\t\ttr\nY\tpiller\tV\tCOERCE\t\ttr\n").unwrap();
        lexicon.extend("b", "# mine\nY\tpiller\tV\tCOERCE\tseize\ttr\nZ\tpiller\tV\tREJECT\t\ttr\n").unwrap();
        let tried = lexicon.starting_with("piller");
        let tried: Vec<_> = tried.map(|entry| (&*entry.id, &*entry.table, entry.line)).collect();
        assert_eq!(tried, [("Z", "b", 3), ("X", "a", 1), ("Y", "b", 2)]);
    }

    #[test]
    fn errors_say_what_may_be_written() {
        let error = |table| Lexicon::from_tsv("t.tsv", table).unwrap_err().to_string();
        assert_eq!(
            error("X\tpiller\tV\tAGREE\tvisit\ttr\t"),
            "t.tsv, line 1, column 5 (mode): `visit` is no mode of AGREE: it has none, leave the cell empty"
        );
        let told = error("X\tpiller\tV\tASSAULT\t\ttr\tobjet=arme");
        assert!(
            told.starts_with("t.tsv, line 1, column 7 (gates): `objet` is no gate: write topic, "),
            "{told}"
        );
    }

    #[test]
    fn patterns_mark_the_word_that_names_the_act() {
        let read = |source| pattern(source).map(|(lemmas, names, se)| (lemmas.join(" "), names, se));
        assert_eq!(read("se faire *exploser"), Ok(("faire exploser".to_owned(), 1, true)));
        assert_eq!(read("ouvrir le *feu"), Ok(("ouvrir feu".to_owned(), 1, false)));
        assert!(read(" ").is_err());
    }

    #[test]
    fn every_row_of_french_has_an_id_of_its_own() {
        let text = include_str!("../data/lexicon.tsv");
        let rows = rows("lexicon.tsv", text).filter(|row| row.cell(0) != "id").count();
        assert_eq!(Lexicon::french().len(), rows);
    }
}
