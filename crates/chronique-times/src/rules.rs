//! Reads rule files: each rule with its meaning, its patterns, its examples and its near-misses.

use std::collections::HashMap;
use std::sync::Arc;

use crate::GrammarError;
use crate::pattern::{Element, MAX_GROUPS, Test};
use crate::words::{Class, Words};

/// A rule of the grammar.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) name: Arc<str>,
    /// Rules of one level see what those of the levels below have found.
    pub(crate) level: u8,
    /// Whether it holds only for an assistant's input, which is all about times.
    pub(crate) eager: bool,
    pub(crate) meaning: Meaning,
    pub(crate) patterns: Vec<Vec<Element>>,
    /// Phrases that the rule takes, with the value of the first expression in it.
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) examples: Vec<Example>,
}

/// A phrase that the tests read: with its values, or with none if it is a near-miss.
#[derive(Clone, Debug)]
#[cfg_attr(not(test), allow(dead_code))]
pub(crate) struct Example {
    pub(crate) line: usize,
    pub(crate) phrase: String,
    /// The expected expressions, written `span = value`, in order.
    pub(crate) expected: Option<String>,
}

/// The highest level.
pub(crate) const LEVELS: u8 = 4;

/// What a rule makes of the values that its brackets hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Meaning {
    /// A number.
    Count,
    /// A part of a day or a clock time on a day that the context gives.
    TimeOfDay,
    /// A calendar date, perhaps in part; the year is that of publication plus `year`.
    Date { year: Option<i16> },
    /// A number of units away from a day.
    Shift { from: Base, sign: i8 },
    /// A unit pointed at: *la semaine dernière*.
    Unit,
    /// A day that no word of the expression names: *la fête du Travail*.
    Yearly { month: u8, day: u8 },
    /// The day of publication plus a number of days.
    Published { days: i8 },
    /// The day that the text spoke of last, plus a number of days.
    Anchored { days: i8 },
    /// A date plus a number of days: *le lendemain du 13 février*.
    Beside { days: i8 },
    /// The week of a date: *la semaine du 6 octobre*.
    WeekOf,
    /// One of several of a month: *le premier dimanche de mai*, *la dernière semaine de mars*.
    OfMonth,
    /// A weekday plus a number of weeks: *mardi en huit*.
    Weeks { weeks: i8 },
    /// The day of what the text reports: *dans la journée*.
    Today,
    /// The last date of the text, whatever its grain: *à cette date*.
    That,
    /// A year of the French Republic: *l'an II*.
    Republican,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
    /// Past 0, present 1 or future 2; `None` where a word says which.
    Ref(Option<i32>),
    /// The meaning of the found item in the bracket, with what the others add.
    Compose,
    /// Nothing: these words are no time expression, whatever later rules think.
    Block,
}

/// The day that a distance is counted from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Base {
    /// The day of publication.
    Published,
    /// The last day that the text spoke of.
    Text,
}

impl Meaning {
    fn parse(words: &str) -> Option<Meaning> {
        let (name, argument) = words.split_once(' ').unwrap_or((words, ""));
        Some(match (name, argument) {
            ("count", "") => Meaning::Count,
            ("time-of-day", "") => Meaning::TimeOfDay,
            ("date", "") => Meaning::Date { year: None },
            ("date", _) => Meaning::Date { year: Some(argument.strip_prefix("year")?.parse().ok()?) },
            ("ago", "") => Meaning::Shift { from: Base::Published, sign: -1 },
            ("ahead", "") => Meaning::Shift { from: Base::Published, sign: 1 },
            ("earlier", "") => Meaning::Shift { from: Base::Text, sign: -1 },
            ("later", "") => Meaning::Shift { from: Base::Text, sign: 1 },
            ("unit", "") => Meaning::Unit,
            ("anchored", _) => Meaning::Anchored { days: argument.parse().ok()? },
            ("duration", "") => Meaning::Duration,
            ("set", "") => Meaning::Set,
            ("yearly", _) => {
                let (month, day) = argument.split_once('-')?;
                let (month, day) = (month.parse().ok()?, day.parse().ok()?);
                crate::Date::new(2000, month, day).ok()?;
                Meaning::Yearly { month, day }
            }
            ("published", _) => Meaning::Published { days: argument.parse().ok()? },
            ("beside", _) => Meaning::Beside { days: argument.parse().ok()? },
            ("week-of", "") => Meaning::WeekOf,
            ("of-month", "") => Meaning::OfMonth,
            ("weeks", _) => Meaning::Weeks { weeks: argument.parse().ok()? },
            ("today", "") => Meaning::Today,
            ("that", "") => Meaning::That,
            ("republican", "") => Meaning::Republican,
            ("ref", "") => Meaning::Ref(None),
            ("ref", "past") => Meaning::Ref(Some(0)),
            ("ref", "present") => Meaning::Ref(Some(1)),
            ("ref", "future") => Meaning::Ref(Some(2)),
            ("compose", "") => Meaning::Compose,
            ("block", "") => Meaning::Block,
            _ => return None,
        })
    }
}

/// Adds the rules of a file to `rules`, and the words of its patterns to `words`.
///
/// A file has lines of five kinds, and `#` comments:
/// `set NAME = word|word`, `rule NAME LEVEL MEANING`, and under a rule `= pattern`,
/// `+ example => value; value` and `- near-miss`. A rule whose name ends in `*` is eager.
pub(crate) fn parse(
    file: &str,
    text: &str,
    words: &mut Words,
    rules: &mut Vec<Rule>,
) -> Result<(), GrammarError> {
    let sets: HashMap<&str, Vec<&str>> = text
        .lines()
        .filter_map(|line| line.strip_prefix("set ")?.split_once(" = "))
        .map(|(name, members)| (name, members.trim_end().split('|').collect()))
        .collect();
    for (at, line) in text.lines().enumerate() {
        let fail = |column: usize, message: String| GrammarError::new(file, at + 1, column, message);
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(set) = line.strip_prefix("set ") {
            if !set.contains(" = ") {
                return Err(fail(1, "expected “set NAME = word|word”".into()));
            }
        } else if let Some(header) = line.strip_prefix("rule ") {
            rules.push(header_of(header).map_err(|message| fail(6, message))?);
        } else {
            let rule = rules.last_mut().ok_or_else(|| fail(1, "expected “rule” or “set” first".into()))?;
            let line_number = at + 1;
            if let Some(pattern) = line.strip_prefix("= ") {
                let elements = elements_of(pattern, &sets, words)
                    .map_err(|(column, message)| fail(column + 3, message))?;
                rule.patterns.push(elements);
            } else if let Some(example) = line.strip_prefix("+ ") {
                let (phrase, expected) =
                    example.split_once(" => ").ok_or_else(|| fail(3, "expected “phrase => value”".into()))?;
                rule.examples.push(Example {
                    line: line_number,
                    phrase: phrase.to_owned(),
                    expected: Some(expected.to_owned()),
                });
            } else if let Some(miss) = line.strip_prefix("- ") {
                let phrase = miss.to_owned();
                rule.examples.push(Example { line: line_number, phrase, expected: None });
            } else {
                return Err(fail(1, "expected “=”, “+”, “-”, “rule” or “set”".into()));
            }
        }
    }
    Ok(())
}

fn header_of(header: &str) -> Result<Rule, String> {
    let mut parts = header.splitn(3, ' ');
    let (Some(name), Some(level), Some(meaning)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("expected “rule NAME LEVEL MEANING”".into());
    };
    let level = level
        .parse()
        .ok()
        .filter(|level| (1..=LEVELS).contains(level))
        .ok_or_else(|| format!("“{level}” is no level from 1 to {LEVELS}"))?;
    let meaning = Meaning::parse(meaning).ok_or_else(|| format!("there is no meaning “{meaning}”"))?;
    let (name, eager) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
    Ok(Rule { name: name.into(), level, eager, meaning, patterns: Vec::new(), examples: Vec::new() })
}

/// The elements of a pattern, or the column (from 0) and what is wrong there.
fn elements_of(
    pattern: &str,
    sets: &HashMap<&str, Vec<&str>>,
    words: &mut Words,
) -> Result<Vec<Element>, (usize, String)> {
    let mut elements = Vec::new();
    let (mut groups, mut open) = (0_u8, false);
    let mut column = 0;
    for part in pattern.split(' ') {
        let here = column;
        column += part.chars().count() + 1;
        match part {
            "" => continue,
            "[" if open => return Err((here, "brackets can't be nested".into())),
            "[" if usize::from(groups) == MAX_GROUPS => {
                return Err((here, format!("a pattern has at most {MAX_GROUPS} brackets")));
            }
            "[" => open = true,
            "]" if !open => return Err((here, "this bracket closes nothing".into())),
            "]" => {
                open = false;
                groups += 1;
            }
            _ => {
                let group = open.then_some(groups);
                elements.push(element_of(part, group, sets, words).map_err(|message| (here, message))?);
            }
        }
    }
    if open {
        return Err((column, "a bracket is open at the end".into()));
    }
    let takes = elements.iter().any(|element: &Element| element.test == Test::Take && !element.optional);
    if !takes {
        return Err((0, "the pattern takes nothing".into()));
    }
    if groups == 0 {
        elements.iter_mut().for_each(|element| element.group = Some(0));
    }
    Ok(elements)
}

fn element_of(
    part: &str,
    group: Option<u8>,
    sets: &HashMap<&str, Vec<&str>>,
    words: &mut Words,
) -> Result<Element, String> {
    let (part, silent) = part.strip_prefix('~').map_or((part, false), |part| (part, true));
    let (test, rest) =
        [("<!", Test::NotBefore), (">!", Test::NotNext), ("<<", Test::Before), (">>", Test::Next)]
            .into_iter()
            .find_map(|(mark, test)| part.strip_prefix(mark).map(|rest| (test, rest)))
            .unwrap_or((Test::Take, part));
    let (rest, optional) =
        rest.strip_suffix('?').filter(|rest| !rest.is_empty()).map_or((rest, false), |rest| (rest, true));
    let mut element =
        Element { test, words: Vec::new(), classes: 0, limited: Vec::new(), optional, silent, group };
    for choice in rest.split('|') {
        if let Some(class) = choice.strip_prefix('{').and_then(|choice| choice.strip_suffix('}')) {
            let (class, set) = class.split_once('=').map_or((class, None), |(class, set)| (class, Some(set)));
            let class = Class::named(class).ok_or_else(|| format!("there is no class “{class}”"))?;
            match set {
                None => element.classes |= class.bit(),
                Some(set) => {
                    let members = sets.get(set).ok_or_else(|| format!("there is no set “{set}”"))?;
                    let members = members.iter().map(|member| words.intern(member)).collect();
                    element.limited.push((class.bit(), members));
                }
            }
        } else if let Some(set) = choice.strip_prefix('<').and_then(|choice| choice.strip_suffix('>')) {
            let members = sets.get(set).ok_or_else(|| format!("there is no set “{set}”"))?;
            element.words.extend(members.iter().map(|member| words.intern(member)));
        } else if choice.is_empty() {
            return Err("an alternative is empty".into());
        } else {
            element.words.push(words.intern(choice));
        }
    }
    Ok(element)
}
