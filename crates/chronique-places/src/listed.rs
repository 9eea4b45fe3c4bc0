//! What the rules and the gazetteer tell the model of names of a name that the gazetteer holds.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use chronique_names::{Fact, Name, NameClass, NameModel, name_runs};
use chronique_syntax::Syntax;
use chronique_text::Text;
use chronique_tokens::Tokens;

use crate::builder::flag;
use crate::gazetteer::Gazetteer;
use crate::matcher::{Candidate, Finder, Folds, Match};
use crate::mention::ResolvedPlace;
use crate::place::PlaceKind;
use crate::reason::Unlisted;
use crate::recognize::{Verdict, is_surname};
use crate::resolve::Mention;
use crate::rules::{List, Wants};
use crate::unlisted::{nearest, place};

/// By how much another class than a place must win for a name to be held back.
const HOLD_BACK: i32 = 80;

/// By how much a place must win for a name of the gazetteer that the rules reject.
const ACCEPT: i32 = 100;

/// By how much a place must win for a name that no list has.
const UNLISTED: i32 = 220;

/// A name in a text of which the model of names is asked, or may learn: one that the gazetteer holds, or a run of capitalised words
/// outside the places that the rules find.
#[derive(Clone, Debug)]
pub struct DoubtfulName {
    /// The indices of its tokens.
    pub run: Range<u32>,
    /// What the rules and the gazetteer say of it.
    pub known: Vec<Fact>,
    /// Whether the gazetteer holds it.
    pub listed: bool,
    /// Whether the rules take it for a place's.
    pub place: bool,
}

impl Gazetteer {
    /// What the model of names is asked in a text, with the facts that it is told: for training it, and for measuring it.
    #[must_use]
    pub fn doubtful_names(&self, text: &Text, tokens: &Tokens, syntax: &Syntax) -> Vec<DoubtfulName> {
        let folds = Folds::new(text, tokens, &self.rules);
        let finder = Finder { gazetteer: self, text, tokens, folds: &folds };
        let (matches, pool) = finder.matches();
        let (mentions, _, surnames) = self.mentions(&finder, syntax, &matches, &pool);
        let same = Same::count(mentions.iter().map(|mention| (mention.found, mention.verdict)));
        let listed = mentions.iter().map(|mention| DoubtfulName {
            run: run(mention.found),
            known: facts(&finder, mention, &pool, same[&mention.found.name]),
            listed: true,
            place: mention.verdict == Verdict::Place,
        });
        let (matched, places) = runs(&mentions);
        let free = |run: &Range<u32>| is_free(run, &matched);
        let unlisted = name_runs(text, tokens, syntax).into_iter().filter(free).map(|run| DoubtfulName {
            known: unlisted_facts(&finder, &run, &places, &surnames),
            run,
            listed: false,
            place: false,
        });
        listed.chain(unlisted).collect()
    }

    /// Lets the model of names change what the rules decide where they leave doubt; says why, by the number of the mention.
    pub(crate) fn weigh(
        &self,
        finder: &Finder<'_>,
        syntax: &Syntax,
        mentions: &mut [Mention<'_>],
        pool: &[Candidate],
    ) -> HashMap<usize, Arc<str>> {
        let mut why = HashMap::new();
        // It was learnt with trees: without, it knows too little.
        if syntax.words().is_empty() {
            return why;
        }
        let same = Same::count(mentions.iter().map(|mention| (mention.found, mention.verdict)));
        let mut changed = Vec::new();
        for (nth, mention) in mentions.iter().enumerate() {
            let place = mention.verdict == Verdict::Place;
            let settled = if place {
                // What needs no support is a place, unless the rules see what it is.
                mention.found.strong
            } else {
                let other = mention.around.names_other() || mention.around.inside_name;
                let country = || finder.is_any(&pool[mention.found.candidates.clone()], PlaceKind::Country);
                other || !mention.around.is_led() || country()
            };
            if settled {
                continue;
            }
            let known = facts(finder, mention, pool, same[&mention.found.name]);
            let name = Name::new(finder.text, finder.tokens, syntax, run(mention.found));
            let Some(name) = name.map(|name| name.known(&known)) else { continue };
            let margin = NameModel::french().weigh(&name).margin(NameClass::Place);
            if place && margin < -HOLD_BACK {
                changed.push((nth, Verdict::No));
            } else if !place && margin > ACCEPT {
                changed.push((nth, Verdict::Place));
                why.insert(nth, told(&name));
            }
        }
        for (nth, verdict) in changed {
            mentions[nth].verdict = verdict;
        }
        why
    }

    /// The places that the gazetteer does not hold and no rule finds, but the model of names does; `taken` are those found, in order.
    pub(crate) fn weigh_unlisted(
        &self,
        finder: &Finder<'_>,
        syntax: &Syntax,
        mentions: &[Mention<'_>],
        surnames: &HashSet<u64>,
        taken: &[ResolvedPlace],
    ) -> Vec<ResolvedPlace> {
        let (matched, places) = runs(mentions);
        let mut found = Vec::new();
        for run in name_runs(finder.text, finder.tokens, syntax) {
            let next = taken.partition_point(|place| place.last.0 < run.start);
            let free = taken.get(next).is_none_or(|place| place.first.0 >= run.end);
            if !free
                || !is_free(&run, &matched)
                || !is_led(finder, &run)
                || names_other(finder, &run, surnames)
            {
                continue;
            }
            let known = unlisted_facts(finder, &run, &places, surnames);
            let name = Name::new(finder.text, finder.tokens, syntax, run.clone());
            let Some(name) = name.map(|name| name.known(&known)) else { continue };
            if NameModel::french().weigh(&name).margin(NameClass::Place) > UNLISTED {
                let at = run.start as usize;
                let near = nearest(finder, at, taken, next);
                let why = Unlisted::Weighed;
                let mut place = place(finder, at..run.end as usize, PlaceKind::City, why, near);
                place.reason.weighed = Some(told(&name));
                found.push(place);
            }
        }
        found
    }
}

/// The signs that weighed most for a place, for readers.
fn told(name: &Name<'_>) -> Arc<str> {
    let signs = NameModel::french().told(name, NameClass::Place);
    signs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ").into()
}

/// Whether a preposition stands right before a run: bare, a name is as often a person's.
fn is_led(finder: &Finder<'_>, run: &Range<u32>) -> bool {
    let before = (run.start as usize).checked_sub(1).map(|at| (at, finder.folds.word(at)));
    before.is_some_and(|(at, word)| {
        word.is(List::Locative) || word.is(List::Article) || matches!(finder.folds.get(at), "de" | "d'")
    })
}

/// Whether the words before a run say what is no town: a street, a body, a building, for which there are rules.
fn names_other(finder: &Finder<'_>, run: &Range<u32>, surnames: &HashSet<u64>) -> bool {
    let first = run.start as usize;
    if (first..run.end as usize).any(|at| is_surname(finder, at, surnames)) {
        return true;
    }
    let other = |at: usize| {
        let word = finder.folds.word(at);
        [List::Street, List::Organisation, List::Facility, List::Club, List::Body, List::Title]
            .iter()
            .any(|&list| word.is(list))
    };
    let digit = (first..run.end as usize).any(|at| finder.form(at).bytes().any(|byte| byte.is_ascii_digit()));
    // L'opposition à X, hostile à X: somebody.
    let stance = first >= 2 && finder.folds.word(first - 2).is(List::Stance);
    digit || stance || (first.saturating_sub(3)..first).any(other)
}

/// The runs of all names found, and of those that the rules take for places'.
fn runs(mentions: &[Mention<'_>]) -> (Vec<Range<u32>>, Vec<Range<u32>>) {
    let places = mentions.iter().filter(|mention| mention.verdict == Verdict::Place);
    (
        mentions.iter().map(|mention| run(mention.found)).collect(),
        places.map(|mention| run(mention.found)).collect(),
    )
}

/// Whether a run shares no token with those taken, which are in order.
fn is_free(run: &Range<u32>, taken: &[Range<u32>]) -> bool {
    let after = taken.partition_point(|taken| taken.end <= run.start);
    taken.get(after).is_none_or(|taken| taken.start >= run.end)
}

fn run(found: &Match) -> Range<u32> {
    let at = |at: usize| u32::try_from(at).expect("a text has at most u32::MAX tokens");
    at(found.first)..at(found.last + 1)
}

/// What is said of a run of capitalised words that the gazetteer does not hold; `places` are the runs of the places, in order.
pub(crate) fn unlisted_facts(
    finder: &Finder<'_>,
    run: &Range<u32>,
    places: &[Range<u32>],
    surnames: &HashSet<u64>,
) -> Vec<Fact> {
    let (first, end) = (run.start as usize, run.end as usize);
    let mut known: Vec<Fact> = vec![("by the rules", "unlisted")];
    if finder.folds.word(first).is(List::FirstName) {
        known.push(("first word", "a given name"));
    }
    if (first..end).any(|at| is_surname(finder, at, surnames)) {
        known.push(("last word", "a surname"));
    }
    if first > 0 && finder.folds.word(first - 1).is(List::Title) {
        known.push(("stands", "after a person"));
    }
    let next = places.partition_point(|place| place.end <= run.start);
    let after = places.get(next).is_some_and(|place| place.start == run.end + 1);
    let before = next.checked_sub(1).is_some_and(|nth| places[nth].end + 1 == run.start);
    let sign = |at: usize| match finder.folds.get(at) {
        "(" => "a place in brackets",
        "," => "a place after a comma",
        "et" | "ou" => "a place joined",
        "de" | "du" | "d'" | "a" | "en" => "a place that holds it",
        _ => "another place",
    };
    if after {
        known.push(("followed by", sign(end)));
    }
    if before && first > 0 {
        known.push(("led by", sign(first - 1)));
    }
    known
}

/// What the gazetteer and the rules say of a name; the first fact is what the rules decide.
pub(crate) fn facts(finder: &Finder<'_>, mention: &Mention<'_>, pool: &[Candidate], same: Same) -> Vec<Fact> {
    let (found, around, verdict) = (mention.found, &mention.around, mention.verdict);
    let candidates = &pool[found.candidates.clone()];
    let kept =
        candidates.iter().filter_map(|candidate| Some((candidate, finder.gazetteer.place(candidate.place)?)));
    let best = kept.max_by_key(|(candidate, place)| {
        let alone = candidate.flags & (flag::WEAK | flag::CUE | flag::NOUN) == 0;
        (alone, place.kind() == PlaceKind::Country, place.population(), std::cmp::Reverse(place.place_id()))
    });
    let mut known: Vec<Fact> =
        vec![("by the rules", if verdict == Verdict::Place { "a place" } else { "no place" })];
    if let Some((candidate, place)) = best {
        known.push((
            "listed",
            match candidate.flags & (flag::WEAK | flag::CUE | flag::NOUN) {
                0 => "alone",
                flags if flags & flag::NOUN != 0 => "with a noun",
                flags if flags & flag::CUE != 0 => "with a cue",
                _ => "weakly",
            },
        ));
        known.push(("listed as", place.kind().as_str()));
        known.push((
            "inhabitants",
            match place.population() {
                0 => "unknown",
                1..1_000 => "under 1000",
                1_000..15_000 => "under 15000",
                15_000..100_000 => "under 100000",
                100_000..1_000_000 => "under a million",
                _ => "millions",
            },
        ));
    }
    known.push((
        "asked",
        match around.wants {
            _ if around.at => "at",
            Wants::Kind(_) => "kind",
            Wants::Area if around.contracted => "area, contracted",
            Wants::Area => "area",
            Wants::Any if around.locative => "somewhere",
            Wants::Any if around.plain_of => "of",
            Wants::Any if around.bound => "bound",
            Wants::Any => "nothing",
        },
    ));
    known.push((
        "stands",
        if around.organisation {
            "in an organisation"
        } else if around.person {
            "after a person"
        } else if around.after_name {
            "after a name"
        } else if around.inside_name {
            "in a name"
        } else if around.bracket {
            "before a bracket"
        } else if around.initial {
            "first"
        } else {
            "free"
        },
    ));
    if let Some(kind) = around.noun_kind() {
        known.push(("noun of a kind", kind.as_str()));
    }
    known.push(("elsewhere", same.without(verdict).as_str()));
    if finder.folds.word(found.first).is(List::FirstName) {
        known.push(("first word", "a given name"));
    }
    known
}

/// What the rules make of the other mentions of the same name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Same {
    places: u32,
    others: u32,
}

impl Same {
    /// Counts the verdicts of each name.
    pub(crate) fn count<'m>(mentions: impl Iterator<Item = (&'m Match, Verdict)>) -> HashMap<u64, Same> {
        let mut same: HashMap<u64, Same> = HashMap::new();
        for (found, verdict) in mentions {
            let same = same.entry(found.name).or_default();
            if verdict == Verdict::Place {
                same.places += 1;
            } else {
                same.others += 1;
            }
        }
        same
    }

    /// The others, without one.
    fn without(self, verdict: Verdict) -> Same {
        let place = verdict == Verdict::Place;
        Same { places: self.places - u32::from(place), others: self.others - u32::from(!place) }
    }

    fn as_str(self) -> &'static str {
        match (self.places, self.others) {
            (0, 0) => "never",
            (_, 0) => "a place",
            (0, _) => "no place",
            _ => "both",
        }
    }
}
