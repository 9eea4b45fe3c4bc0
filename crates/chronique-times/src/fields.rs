//! What the items of one expression say, before it is resolved.

use crate::items::{Item, Payload, short_year};
use crate::pattern::Element;
use crate::rules::Meaning;
use crate::value::{Amount, TimeOfDay, Unit, YearPart};
use crate::words::{Class, EDGES, Edge, SEASONS, UNITS, WHICH, Which, Words};

/// The values that an expression holds.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Fields {
    pub(crate) weekday: Option<u8>,
    pub(crate) day: Option<u8>,
    pub(crate) month: Option<u8>,
    pub(crate) year: Option<i16>,
    /// The second year of *2013-2014*.
    pub(crate) last_year: Option<i16>,
    /// An index into [`UNITS`].
    pub(crate) unit: Option<usize>,
    pub(crate) amount: Option<Amount>,
    pub(crate) which: Option<Which>,
    pub(crate) edge: Option<Edge>,
    pub(crate) part: Option<TimeOfDay>,
    pub(crate) year_part: Option<YearPart>,
    pub(crate) feast: Option<i32>,
    /// Days from that of publication: *hier* is -1.
    pub(crate) deictic: Option<i32>,
    /// Past 0, present 1, future 2.
    pub(crate) reference: Option<i32>,
    pub(crate) ordinal: Option<u32>,
    pub(crate) century: Option<u32>,
    pub(crate) decade: Option<u32>,
    pub(crate) hour: Option<u8>,
    pub(crate) minute: Option<u8>,
    pub(crate) second: Option<u8>,
    /// Whether the minutes are those before the hour.
    pub(crate) less: bool,
}

/// An expression that a rule has found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) meaning: Meaning,
    pub(crate) fields: Fields,
    /// The number of the rule.
    pub(crate) rule: u16,
    /// Whether a range begins here that the next find ends.
    pub(crate) opens_range: bool,
}

impl Fields {
    /// Takes up what `item` says where `element` took it.
    pub(crate) fn take(&mut self, element: &Element, item: &Item, found: &[Found], words: &Words) {
        let hits = element.classes_of(item);
        for class in Class::ALL.iter().copied().filter(|class| hits & class.bit() != 0) {
            self.take_class(class, item, found, words);
        }
    }

    fn take_class(&mut self, class: Class, item: &Item, found: &[Found], words: &Words) {
        let sense = words.sense(item.word, class);
        let index = sense.and_then(|value| usize::try_from(value).ok());
        let byte = sense.and_then(|value| u8::try_from(value).ok());
        let number = item.number(words);
        let small = number.and_then(|number| u8::try_from(number).ok());
        let year = number.and_then(|number| i16::try_from(number).ok());
        match class {
            Class::Weekday | Class::Weekdays => self.weekday = byte,
            Class::Month => self.month = byte,
            Class::MonthNumber => self.month = small,
            Class::Unit | Class::Rate => self.unit = index,
            Class::Which => self.which = index.map(|index| WHICH[index]),
            Class::Edge => self.edge = index.map(|index| EDGES[index]),
            Class::Season => self.year_part = index.map(|index| SEASONS[index]),
            Class::Feast => self.feast = sense,
            Class::Deictic => self.deictic = sense,
            Class::Ref => self.reference = sense,
            Class::Part => self.part = index.map(|index| PARTS[index]),
            Class::Noon => self.hour = byte,
            Class::Ordinal => self.ordinal = number,
            Class::Some | Class::Many => self.amount = Some(Amount::Some),
            Class::AndHalf => {
                if let Some(Amount::Tenths(tenths)) = &mut self.amount {
                    *tenths = tenths.saturating_add(5);
                }
            }
            Class::Count | Class::Number | Class::Dozen => {
                if let Payload::Found(at) = item.payload {
                    self.amount = found[at as usize].fields.amount;
                } else if item.is(Class::Some) {
                    self.amount = Some(Amount::Some);
                } else {
                    self.amount = item.tenths(words).map(Amount::Tenths);
                }
            }
            Class::Day => self.day = small,
            Class::Hour => self.hour = small,
            Class::Minute => self.minute = small,
            Class::Minutes => self.minute = byte,
            Class::Less => self.less = true,
            Class::Year | Class::SureYear if self.year.is_none() => self.year = year,
            Class::Year => self.last_year = year,
            Class::ShortYear => match self.year {
                Some(first) => self.last_year = year.map(|two| first / 100 * 100 + two),
                None => self.year = year.map(short_year),
            },
            Class::Decade => {
                self.decade = number.map(|year| if year < 100 { 1900 + year } else { year });
            }
            Class::Roman => self.century = number,
            Class::Clock => {
                if let Payload::Clock { hour, minute, second } = item.payload {
                    (self.hour, self.minute, self.second) = (Some(hour), Some(minute), second);
                }
            }
            Class::Numeric
            | Class::DayMonth
            | Class::DayDate
            | Class::Period
            | Class::TimeOfDay
            | Class::Duration => match item.payload {
                Payload::Numeric { day, month, year } => {
                    (self.day, self.month, self.year) = (Some(day), Some(month), year);
                }
                Payload::Found(at) => self.merge(&found[at as usize].fields),
                _ => {}
            },
            _ => {}
        }
    }

    /// Adds what `other` says and `self` does not.
    fn merge(&mut self, other: &Fields) {
        macro_rules! merge {
            ($($field:ident)*) => { $(self.$field = self.$field.or(other.$field);)* };
        }
        merge!(weekday day month year last_year unit amount which edge part year_part feast deictic);
        merge!(reference ordinal century decade hour minute second);
        self.less |= other.less;
    }

    /// Completes a date of a list from the one that ends it: *les 3 et 4 mai 2020*.
    pub(crate) fn inherit(&mut self, last: &Fields) {
        if self.day.is_some() && self.month.is_none() {
            self.month = last.month;
        }
        if self.month.is_some() && self.which.is_none() && self.year.is_none() {
            self.which = last.which;
        }
        let dated = self.month.is_some() || self.day.is_some();
        if dated && self.year.is_none() {
            self.year = last.year;
        }
        if self.unit.is_none() {
            self.unit = last.unit;
        }
    }

    /// The clock time or part of the day, if the expression has one.
    pub(crate) fn time_of_day(&self) -> Option<TimeOfDay> {
        let Some(hour) = self.hour else { return self.part };
        let later = match self.part {
            Some(TimeOfDay::Afternoon | TimeOfDay::Evening) => hour < 12,
            Some(TimeOfDay::Night) => (6..12).contains(&hour),
            _ => false,
        };
        let hour = if later { hour + 12 } else { hour % 24 };
        let minute = self.minute.unwrap_or(0);
        if self.less && minute > 0 {
            return Some(TimeOfDay::Clock { hour: (hour + 23) % 24, minute: 60 - minute, second: None });
        }
        Some(TimeOfDay::Clock { hour, minute, second: self.second })
    }

    /// The unit with how many TIMEX3 units it is: *décennie* is 10 years.
    pub(crate) fn unit(&self) -> Option<(Unit, u32)> {
        self.unit.map(|index| (UNITS[index].1, UNITS[index].2))
    }

    /// The name of the unit, as the word list has it.
    pub(crate) fn unit_name(&self) -> &'static str {
        self.unit.map_or("", |index| UNITS[index].0)
    }

    /// Whether the expression says a day.
    pub(crate) fn says_a_day(&self) -> bool {
        self.weekday.is_some()
            || self.day.is_some()
            || self.deictic.is_some()
            || self.feast.is_some()
            || self.part.is_some()
            || self.hour.is_some()
    }
}

const PARTS: [TimeOfDay; 5] =
    [TimeOfDay::Morning, TimeOfDay::Midday, TimeOfDay::Afternoon, TimeOfDay::Evening, TimeOfDay::Night];
