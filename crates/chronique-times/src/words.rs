//! The words of the grammar: what each form can mean.

use chronique_text::WordMap;

use crate::GrammarError;
use crate::value::{Unit, YearPart};

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What an item of a sentence can be, as the patterns name it.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Class { $($(#[$doc])* $variant,)* }

        impl Class {
            pub(crate) const ALL: &[Class] = &[$(Class::$variant,)*];

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Class::$variant => $name,)* }
            }
        }
    };
}

classes! {
    // Of the word list.
    Weekday = "weekday",
    Month = "month",
    Unit = "unit",
    Part = "part",
    Season = "season",
    Feast = "feast",
    Which = "which",
    Deictic = "deictic",
    Ref = "ref",
    Edge = "edge",
    Zone = "zone",
    Number = "number",
    Ordinal = "ordinal",
    Dozen = "dozen",
    Some = "some",
    /// An article that stands for an unknown number: *depuis des années*.
    Many = "many",
    /// *et demi*.
    AndHalf = "and-half",
    /// Minutes with a name: *et quart*.
    Minutes = "minutes",
    /// *moins* before minutes.
    Less = "less",
    /// A unit as an adverb or adjective: *quotidiennement*.
    Rate = "rate",
    /// A weekday in the plural: *les vendredis*.
    Weekdays = "weekdays",
    Noon = "noon",
    /// What stands between the ends of a range: *du 13 au 15*.
    Through = "through",
    /// What makes a range of a list: *entre le 13 et le 15*.
    Between = "between",
    /// Who may have an age: *un garçon de 16 ans*.
    Person = "person",
    /// A word that no number counts: *en 2000 à*, *de 2015 qui*.
    Function = "function",
    // Of numerals.
    Count = "count",
    Day = "day",
    Hour = "hour",
    Minute = "minute",
    Year = "year",
    /// A year that no context is needed for: neither round nor before a noun in the plural.
    SureYear = "sure-year",
    ShortYear = "short-year",
    /// The number of a month in figures.
    MonthNumber = "month-number",
    /// A decade by its first year, as in *les années 1990* or *90*.
    Decade = "decade",
    Roman = "roman",
    Clock = "clock",
    Numeric = "numeric",
    /// A date in figures without its year: *le 2/3*.
    DayMonth = "day-month",
    // Of what rules of an earlier level have found.
    DayDate = "day-date",
    Period = "period",
    TimeOfDay = "time",
    Duration = "duration",
    Anything = "expression",
    // Of spelling.
    Capital = "capital",
    Lower = "lower",
    /// A word in lower case that ends as plurals do.
    Plural = "plural",
    /// A mark that ends a clause, or the end of the sentence.
    Stop = "stop",
}

// Classes are kept as the bits of a `u64`.
const _: () = assert!(Class::ALL.len() <= 64);

impl Class {
    pub(crate) const fn bit(self) -> u64 {
        1 << self as u32
    }

    pub(crate) fn named(name: &str) -> Option<Class> {
        Class::ALL.iter().copied().find(|class| class.name() == name)
    }
}

/// Which of several: *dernier*, *prochain*, *ce*…
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Which {
    Last,
    This,
    Next,
    Previous,
    Same,
    Following,
}

/// A part of a period, as in TIMEX3's `mod` attribute.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Edge {
    /// `START`: *début mars*.
    Start,
    /// `MID`: *mi-mars*.
    Mid,
    /// `END`: *fin mars*.
    End,
}

impl Edge {
    /// The name that TIMEX3's `mod` attribute has for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Edge::Start => "START",
            Edge::Mid => "MID",
            Edge::End => "END",
        }
    }
}

/// The units that words name, with their TIMEX3 unit and how many of it they are.
pub(crate) const UNITS: &[(&str, Unit, u32)] = &[
    ("second", Unit::Second, 1),
    ("minute", Unit::Minute, 1),
    ("hour", Unit::Hour, 1),
    ("day", Unit::Day, 1),
    ("week", Unit::Week, 1),
    ("month", Unit::Month, 1),
    ("year", Unit::Year, 1),
    ("weekend", Unit::Day, 2),
    ("fortnight", Unit::Day, 15),
    ("quarter", Unit::Month, 3),
    ("half", Unit::Month, 6),
    ("decade", Unit::Year, 10),
    ("century", Unit::Year, 100),
    ("half-hour", Unit::Minute, 30),
    ("half-day", Unit::Hour, 12),
    ("half-century", Unit::Year, 50),
];

/// The named values of the other classes; their place in the list is their value.
const NAMED: &[(Class, &[&str])] = &[
    (Class::Part, &["morning", "midday", "afternoon", "evening", "night"]),
    (Class::Season, &["spring", "summer", "autumn", "winter"]),
    (Class::Which, &["last", "this", "next", "previous", "same", "following"]),
    (Class::Ref, &["past", "present", "future"]),
    (Class::Edge, &["start", "mid", "end"]),
];

pub(crate) const WHICH: [Which; 6] =
    [Which::Last, Which::This, Which::Next, Which::Previous, Which::Same, Which::Following];
pub(crate) const EDGES: [Edge; 3] = [Edge::Start, Edge::Mid, Edge::End];
pub(crate) const SEASONS: [YearPart; 4] =
    [YearPart::Spring, YearPart::Summer, YearPart::Autumn, YearPart::Winter];

/// A feast that moves with Easter is `EASTER` plus its distance in days; a feast of the Muslim or
/// Jewish calendar is `MOON`; a day that bears a name of its own is year times 10,000 plus month times 100 plus
/// day; the others are month times 100 plus day.
pub(crate) const EASTER: i32 = 5000;
pub(crate) const MOON: i32 = 9999;

/// One meaning of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Sense {
    pub(crate) class: Class,
    pub(crate) value: i32,
}

/// The number of a word in the vocabulary; `0` is every word that is not in it.
pub(crate) type WordId = u16;

/// The vocabulary: the words of the list and the words that patterns name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    ids: WordMap<WordId>,
    /// By number: the classes of the word as bits, and its senses.
    entries: Vec<(u64, Vec<Sense>)>,
}

impl Words {
    /// Reads a word list: lines of class, value, forms, separated by tabs; forms by spaces.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Words, GrammarError> {
        let mut words = Words { ids: WordMap::default(), entries: vec![(0, Vec::new())] };
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |column: usize, message: String| GrammarError::new(file, at + 1, column, message);
            let mut columns = line.split('\t');
            let (Some(class), Some(value), Some(forms), None) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err(fail(1, "expected three columns separated by tabs: class, value, forms".into()));
            };
            let value_column = class.chars().count() + 2;
            let class = Class::named(class).ok_or_else(|| fail(1, format!("there is no class “{class}”")))?;
            let value = value_of(class, value)
                .ok_or_else(|| fail(value_column, format!("“{value}” is no value of {}", class.name())))?;
            for form in forms.split(' ').filter(|form| !form.is_empty()) {
                let id = words.intern(form);
                let (bits, senses) = &mut words.entries[usize::from(id)];
                *bits |= class.bit();
                senses.push(Sense { class, value });
            }
        }
        Ok(words)
    }

    /// The number of a word, which is added if it is new.
    pub(crate) fn intern(&mut self, form: &str) -> WordId {
        if let Some(&id) = self.ids.get(form) {
            return id;
        }
        let id = WordId::try_from(self.entries.len()).expect("a grammar has at most 65,535 words");
        self.entries.push((0, Vec::new()));
        self.ids.insert(form.into(), id);
        id
    }

    /// The number of a folded form; `0` if it is not in the vocabulary.
    pub(crate) fn id(&self, form: &str) -> WordId {
        self.ids.get(form).copied().unwrap_or(0)
    }

    pub(crate) fn bits(&self, id: WordId) -> u64 {
        self.entries[usize::from(id)].0
    }

    pub(crate) fn sense(&self, id: WordId, class: Class) -> Option<i32> {
        let (_, senses) = &self.entries[usize::from(id)];
        senses.iter().find(|sense| sense.class == class).map(|sense| sense.value)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

fn value_of(class: Class, value: &str) -> Option<i32> {
    let index = |names: &[&str]| {
        names.iter().position(|&name| name == value).and_then(|index| i32::try_from(index).ok())
    };
    if matches!(class, Class::Unit | Class::Rate) {
        return UNITS.iter().position(|&(name, ..)| name == value).and_then(|at| i32::try_from(at).ok());
    }
    if let Some((_, names)) = NAMED.iter().find(|(named, _)| *named == class) {
        return index(names);
    }
    if class == Class::Feast {
        if value == "moon" {
            return Some(MOON);
        }
        if let Some(days) = value.strip_prefix("easter") {
            return days.parse::<i32>().ok().map(|days| EASTER + days);
        }
        if let Ok(date) = value.parse::<crate::Date>() {
            let fixed =
                i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day());
            return Some(fixed).filter(|&fixed| fixed > MOON);
        }
        let (month, day) = value.split_once('-')?;
        let (month, day) = (month.parse::<u8>().ok()?, day.parse::<u8>().ok()?);
        crate::Date::new(2000, month, day).ok()?;
        return Some(i32::from(month) * 100 + i32::from(day));
    }
    let number: i32 = value.parse().ok()?;
    let range = match class {
        Class::Weekday | Class::Weekdays => 1..=7,
        Class::Month => 1..=12,
        Class::Deictic => -9..=9,
        Class::Noon => 0..=12,
        Class::Minutes => 0..=59,
        Class::Number | Class::Ordinal | Class::Dozen => 0..=1_000_000,
        Class::Zone
        | Class::Through
        | Class::Between
        | Class::Person
        | Class::Some
        | Class::Many
        | Class::AndHalf
        | Class::Less
        | Class::Function => 0..=0,
        _ => return None,
    };
    range.contains(&number).then_some(number)
}
