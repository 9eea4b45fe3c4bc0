use std::sync::Arc;

use chronique_text::{Span, Text};
use chronique_tokens::{TokenId, Tokens};

use crate::expression::{Anchor, Basis, Direction, Reason, TimeExpression, TimeKind};
use crate::fields::{Fields, Found};
use crate::items::{Item, Payload, Reader};
use crate::pattern::{Held, MAX_GROUPS, Pattern, Starts, Taken};
use crate::resolve::{Context, resolve, toward};
use crate::rules::{self, LEVELS, Meaning, Rule};
use crate::value::{Day, TimeOfDay, TimeValue};
use crate::words::{Class, Words};
use crate::{Date, GrammarError};

/// The grammar of French time expressions: a word list and a table of rules.
///
/// ```
/// use chronique_text::Text;
/// use chronique_times::{Anchor, TimeGrammar};
/// use chronique_tokens::Tokenizer;
///
/// let text = Text::new("L’armée a lancé mardi une offensive, trois jours après l’attentat.")?;
/// let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
/// let anchor = Anchor::new(Some("2023-09-20".parse()?));
/// let times = TimeGrammar::french().times(&text, &tokens, &anchor);
/// assert_eq!(text.slice(times[0].span), "mardi");
/// assert_eq!(times[0].value.to_string(), "2023-09-19");
/// assert_eq!(times[0].reason.to_string(), "weekday/past");
/// assert_eq!(times[1].value.to_string(), "P3D");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct TimeGrammar {
    words: Words,
    rules: Vec<Rule>,
    patterns: Vec<Pattern>,
    /// By level, from 1.
    starts: Vec<Starts>,
}

/// A file of the grammar: its name, for errors, and its text.
pub type GrammarFile<'a> = (&'a str, &'a str);

/// The word list of French.
pub const FRENCH_WORDS: GrammarFile<'static> = ("words.tsv", include_str!("../data/words.tsv"));

/// The rules of French, in the order in which they are tried.
pub const FRENCH_RULES: &[GrammarFile<'static>] = &[
    ("clock.rules", include_str!("../data/clock.rules")),
    ("near-misses.rules", include_str!("../data/near-misses.rules")),
    ("dates.rules", include_str!("../data/dates.rules")),
    ("relative.rules", include_str!("../data/relative.rules")),
    ("durations.rules", include_str!("../data/durations.rules")),
    ("assistant.rules", include_str!("../data/assistant.rules")),
];

impl TimeGrammar {
    /// The grammar of French, from [`FRENCH_WORDS`] and [`FRENCH_RULES`].
    ///
    /// Build it once: this parses the files, in a few milliseconds.
    #[must_use]
    pub fn french() -> TimeGrammar {
        TimeGrammar::new(FRENCH_WORDS, FRENCH_RULES).expect("the embedded grammar parses")
    }

    /// The grammar of a word list and of rule files.
    ///
    /// Their format is explained in the comments at the top of [`FRENCH_WORDS`] and of the first of
    /// [`FRENCH_RULES`].
    ///
    /// # Errors
    /// [`GrammarError`], with file, line and column, if one of them can't be read.
    pub fn new(words: GrammarFile<'_>, files: &[GrammarFile<'_>]) -> Result<TimeGrammar, GrammarError> {
        let mut words = Words::parse(words.0, words.1)?;
        let mut rules = Vec::new();
        for (file, text) in files {
            rules::parse(file, text, &mut words, &mut rules)?;
        }
        let mut patterns = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            let number = u16::try_from(number).expect("a grammar has at most 65,535 rules");
            patterns.extend(rule.patterns.iter().map(|elements| Pattern::new(elements.clone(), number)));
        }
        let starts = (1..=LEVELS)
            .map(|level| {
                let of_level = patterns
                    .iter()
                    .enumerate()
                    .filter(|(_, pattern)| rules[usize::from(pattern.rule)].level == level);
                Starts::new(
                    &words,
                    of_level.map(|(at, pattern)| {
                        let at = u16::try_from(at).expect("a grammar has at most 65,535 patterns");
                        (at, &pattern.elements[..])
                    }),
                )
            })
            .collect();
        Ok(TimeGrammar { words, rules, patterns, starts })
    }

    /// The time expressions of a text, in order and disjoint.
    #[must_use]
    pub fn times(&self, text: &Text, tokens: &Tokens, anchor: &Anchor<'_>) -> Vec<TimeExpression> {
        let mut reader = Reader::default();
        let eager = anchor.prefer == Direction::Future;
        let mut search = Search {
            grammar: self,
            eager,
            found: Vec::new(),
            taken: Vec::new(),
            best: Vec::new(),
            held: Held::default(),
        };
        let (mut items, mut spare) = (Vec::new(), Vec::new());
        let mut times = Vec::new();
        let mut memory = Memory::default();
        let mut end = 0;
        for (number, sentence) in tokens.sentences().iter().enumerate() {
            reader.read(&self.words, text, tokens, sentence.tokens.clone(), &mut items);
            search.found.clear();
            for level in 1..=LEVELS {
                if search.level(level, &items, &mut spare) {
                    std::mem::swap(&mut items, &mut spare);
                }
            }
            memory.sentence = number;
            let gap = Span::new(end, sentence.span.start().max(end));
            memory.paragraph += u32::from(text.slice(gap).contains('\n'));
            end = sentence.span.end();
            for item in &items {
                let Payload::Found(at) = item.payload else { continue };
                let found = &search.found[at as usize];
                match self.expression(item, found, anchor, &mut memory) {
                    Some(time) => times.push(time),
                    // What would have closed a range is no time.
                    None => times.iter_mut().last().into_iter().for_each(|last| last.opens_range = false),
                }
            }
        }
        if anchor.published.is_none() {
            complete_weekdays(&mut times, &memory.weekdays);
        }
        times
    }

    /// Resolves what was found and remembers it for the expressions that follow.
    fn expression(
        &self,
        item: &Item,
        found: &Found,
        anchor: &Anchor<'_>,
        memory: &mut Memory,
    ) -> Option<TimeExpression> {
        let first = TokenId(item.first);
        let toward = toward((anchor.tense)(first), anchor.prefer);
        let context = Context {
            published: anchor.published,
            at: anchor.at,
            day: memory.day,
            today: memory.today(anchor.published.filter(|_| toward.is_past())),
            last: memory.last,
            last_at: memory.last_at,
            last_value: memory.last_value,
            toward,
        };
        let (kind, value, basis) = resolve(found, &context)?;
        memory.learn(found, &value, basis);
        let rule = Arc::clone(&self.rules[usize::from(found.rule)].name);
        Some(TimeExpression {
            span: item.span,
            first,
            last: TokenId(item.last),
            kind,
            value,
            edge: found.fields.edge,
            opens_range: found.opens_range,
            reason: Reason { rule, basis },
        })
    }

    #[cfg(test)]
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

/// What the text has said so far.
#[derive(Debug, Default)]
struct Memory {
    sentence: usize,
    paragraph: u32,
    /// The last day, and where it was said.
    day: Option<Day>,
    day_sentence: usize,
    day_paragraph: u32,
    /// The sentence of the last clock time on that day.
    clock_sentence: usize,
    /// Whether that day was said as news say the day of what they report: *mardi*, *hier*, *samedi soir*.
    reported: bool,
    last: Option<Date>,
    /// The hour and minute of the last value, if it is a clock time.
    last_at: Option<(u8, u8)>,
    last_value: Option<TimeValue>,
    /// The day that was dated with its weekday, from Monday on.
    weekdays: [Dated; 7],
}

/// A clock time lies on the day that its paragraph said, or that was said at most this many sentences
/// before it or before a clock time on that day…
const NEAR_SENTENCES: usize = 3;
/// …but that day is at most this many sentences away: a day's diary goes on for pages.
const FAR_SENTENCES: usize = 8;

impl Memory {
    /// The day that a clock time without one lies on, not after `until` if it is in another sentence.
    fn today(&self, until: Option<Date>) -> Option<Day> {
        let distance = self.sentence - self.day_sentence;
        let followed = self.sentence - self.clock_sentence.max(self.day_sentence);
        let near =
            self.paragraph == self.day_paragraph || followed <= NEAR_SENTENCES && distance <= FAR_SENTENCES;
        let ahead = |day| matches!((day, until), (Day::Date(day), Some(until)) if day > until);
        self.day.filter(|&day| distance == 0 || self.reported && near && !ahead(day))
    }

    fn learn(&mut self, found: &Found, value: &TimeValue, basis: Basis) {
        if let Some((first, _)) = value.days() {
            self.last = Some(first);
            self.last_value = Some(*value);
            self.last_at = match *value {
                TimeValue::Time { at: TimeOfDay::Clock { hour, minute, .. }, .. } => Some((hour, minute)),
                _ => None,
            };
        }
        let Some(day) = value.day().filter(|day| *day != Day::Unknown) else { return };
        if let (Some(weekday @ 1..=7), Day::OfYear { .. } | Day::Date(_)) = (found.fields.weekday, day) {
            let dated = &mut self.weekdays[usize::from(weekday) - 1];
            *dated = match *dated {
                Dated::Never => Dated::Once(day),
                Dated::Once(other) if other == day => Dated::Once(day),
                Dated::Once(_) | Dated::Severally => Dated::Severally,
            };
        }
        if found.meaning == Meaning::TimeOfDay {
            if self.day == Some(day) {
                self.clock_sentence = self.sentence;
            }
            return;
        }
        let reported = found.fields.weekday.is_some()
            || found.fields.deictic.is_some()
            || found.fields.time_of_day().is_some();
        // The dateline and the like are the day of publication, which needs no memory.
        self.reported = reported && (basis != Basis::Stated || self.reported);
        self.day = Some(day);
        self.day_sentence = self.sentence;
        self.day_paragraph = self.paragraph;
    }
}

/// Without a day of publication, *dimanche* is the Sunday that the text dates, if it dates just one.
fn complete_weekdays(times: &mut [TimeExpression], dated: &[Dated; 7]) {
    for time in times {
        let Some(Day::Weekday(weekday)) = time.value.day() else { continue };
        let Some(Dated::Once(day)) = dated.get(usize::from(weekday) - 1) else { continue };
        if time.kind == TimeKind::Set {
            continue;
        }
        if let TimeValue::Day(of) | TimeValue::Time { day: of, .. } = &mut time.value {
            *of = *day;
            time.reason.basis = Basis::Text;
        }
    }
}

/// Whether a text dates a day of the week.
#[derive(Clone, Copy, Default, Debug)]
enum Dated {
    #[default]
    Never,
    /// It dates one.
    Once(Day),
    /// It dates different ones.
    Severally,
}

/// The search of one level after the other; its buffers serve all sentences.
struct Search<'g> {
    grammar: &'g TimeGrammar,
    eager: bool,
    found: Vec<Found>,
    taken: Vec<Taken>,
    best: Vec<Taken>,
    /// What the sentence holds.
    held: Held,
}

impl Search<'_> {
    /// Copies `items` to `out`, with what the rules of a level find in place of what they take, if they find something.
    fn level(&mut self, level: u8, items: &[Item], out: &mut Vec<Item>) -> bool {
        out.clear();
        self.held = Held::by(items);
        let (mut at, mut copied) = (0, 0);
        while at < items.len() {
            let Some(pattern) = self.longest(level, items, at) else {
                at += 1;
                continue;
            };
            out.extend_from_slice(&items[copied..at]);
            at = self.replace(pattern, items, at, out);
            copied = at;
        }
        out.extend_from_slice(&items[copied..]);
        copied > 0
    }

    /// The pattern that takes most from `at` on, the first of equals; what it takes is in `best`.
    fn longest(&mut self, level: u8, items: &[Item], at: usize) -> Option<usize> {
        let grammar = self.grammar;
        let starts = &grammar.starts[usize::from(level - 1)];
        let mut longest: Option<(usize, usize)> = None;
        for pattern in starts.candidates(&items[at]) {
            let pattern = usize::from(pattern);
            let candidate = &grammar.patterns[pattern];
            if !candidate.may_fit(self.held)
                || grammar.rules[usize::from(candidate.rule)].eager && !self.eager
            {
                continue;
            }
            let Some(end) = candidate.fit(items, at, &mut self.taken) else { continue };
            let better =
                longest.is_none_or(|(best_end, best)| end > best_end || end == best_end && pattern < best);
            if better && end > at {
                longest = Some((end, pattern));
                std::mem::swap(&mut self.taken, &mut self.best);
            }
        }
        longest.map(|(_, pattern)| pattern)
    }

    /// Puts what a pattern found into `out`, for each of its brackets; gives the place to go on from.
    fn replace(&mut self, pattern: usize, items: &[Item], at: usize, out: &mut Vec<Item>) -> usize {
        let grammar = self.grammar;
        let Pattern { elements, rule, .. } = &grammar.patterns[pattern];
        let meaning = grammar.rules[usize::from(*rule)].meaning;
        let mut groups: [Option<Group>; MAX_GROUPS] = [None; MAX_GROUPS];
        for taken in &self.best {
            let element = &elements[usize::from(taken.element)];
            let Some(group) = element.group else { continue };
            let index = taken.item as usize;
            let group = groups[usize::from(group)].get_or_insert(Group {
                first: index,
                last: index,
                fields: Fields::default(),
                inner: None,
                opens_range: false,
            });
            group.last = index;
            if !element.silent {
                group.fields.take(element, &items[index], &self.found, &grammar.words);
            }
            if let Payload::Found(found) = items[index].payload {
                let inner = &self.found[found as usize];
                let of = inner.meaning;
                group.opens_range |= inner.opens_range;
                if !matches!(of, Meaning::TimeOfDay | Meaning::Count) || group.inner.is_none() {
                    group.inner = Some(of);
                }
            } else if items[index].is(Class::Numeric) {
                group.inner = Some(Meaning::Date { year: None });
            }
        }
        let final_fields = groups.iter().flatten().last().map(|group| group.fields);
        let mut from = at;
        for (number, mut group) in groups.into_iter().flatten().enumerate() {
            let opens_range = group.opens_range
                || groups.get(number + 1).copied().flatten().is_some_and(|next| {
                    let listed = &items[group.last + 1..next.first];
                    let before = items[..group.first].iter().rev().take(2);
                    listed.iter().any(|item| item.is(Class::Through))
                        || before.clone().any(|item| item.is(Class::Between))
                });
            out.extend_from_slice(&items[from..group.first]);
            from = group.last + 1;
            if let Some(fields) = &final_fields {
                group.fields.inherit(fields);
            }
            let meaning = match meaning {
                Meaning::Compose => group.inner.unwrap_or(Meaning::Block),
                meaning => meaning,
            };
            let mut item = cover(&items[group.first..=group.last]);
            if meaning != Meaning::Block {
                item.classes = classes(meaning, &group.fields);
                item.payload =
                    Payload::Found(u32::try_from(self.found.len()).expect("fewer finds than tokens"));
                self.found.push(Found { meaning, fields: group.fields, rule: *rule, opens_range });
            }
            out.push(item);
        }
        from.max(at + 1)
    }
}

/// What stands in one bracket of a pattern.
#[derive(Clone, Copy)]
struct Group {
    /// Its first and its last item.
    first: usize,
    last: usize,
    fields: Fields,
    /// The meaning of what an earlier level found in it.
    inner: Option<Meaning>,
    opens_range: bool,
}

/// One item in place of several.
fn cover(items: &[Item]) -> Item {
    let (first, last) = (items[0], items[items.len() - 1]);
    let span: Span = first.span.cover(last.span);
    Item { span, first: first.first, last: last.last, word: 0, classes: 0, payload: Payload::None }
}

/// What a find is to the rules of the next levels.
fn classes(meaning: Meaning, fields: &Fields) -> u64 {
    let own = match meaning {
        Meaning::Count => return Class::Count.bit(),
        Meaning::TimeOfDay => Class::TimeOfDay,
        Meaning::Duration => Class::Duration,
        Meaning::Anchored { .. }
        | Meaning::Yearly { .. }
        | Meaning::Published { .. }
        | Meaning::Beside { .. }
        | Meaning::Weeks { .. }
        | Meaning::Today => Class::DayDate,
        Meaning::That | Meaning::Republican => Class::Period,
        Meaning::OfMonth if fields.weekday.is_some() => Class::DayDate,
        Meaning::OfMonth | Meaning::WeekOf => Class::Period,
        Meaning::Date { .. } | Meaning::Unit | Meaning::Shift { .. } => {
            let unit = matches!(fields.unit_name(), "day");
            if fields.says_a_day() || unit { Class::DayDate } else { Class::Period }
        }
        Meaning::Set | Meaning::Ref(_) | Meaning::Compose | Meaning::Block => Class::Anything,
    };
    own.bit() | Class::Anything.bit()
}
