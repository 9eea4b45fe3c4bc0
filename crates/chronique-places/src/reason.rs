use std::fmt;
use std::sync::Arc;

use crate::place::{CountryCode, ExternalId, Feature, NameStatus};

/// What spoke for the chosen place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Factor {
    /// Its inhabitants.
    Population,
    /// Its class: country, capital, sea…
    Class,
    /// What is known of its name.
    Name,
    /// A preposition or an article that asks for a place of its kind: *à Québec*, *au Québec*.
    Preposition,
    /// A noun that asks for its kind: *la province de*.
    Noun,
    /// The text names what holds it right beside: *Valence (Drôme)*.
    Hierarchy,
    /// Other places of the text are in the same country.
    Country,
    /// Another place of the text is near.
    Distance,
    /// The user added it.
    Added,
}

impl Factor {
    /// A short English name: `"country of the text"`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Factor::Population => "population",
            Factor::Class => "class",
            Factor::Name => "name",
            Factor::Preposition => "preposition",
            Factor::Noun => "noun before",
            Factor::Hierarchy => "holder named beside",
            Factor::Country => "country of the text",
            Factor::Distance => "near another place",
            Factor::Added => "added by the user",
        }
    }
}

/// A place that was not chosen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RunnerUp {
    /// Its identifier.
    pub id: ExternalId,
    /// What it is.
    pub feature: Feature,
    /// Its country.
    pub country: Option<CountryCode>,
    /// By how much it lost, in points.
    pub behind: f32,
    /// Where it lost most: the factor in which the chosen place has so many points more.
    pub worst: Option<(Factor, f32)>,
}

/// Why words that the gazetteer does not hold are taken for a place's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Unlisted {
    /// A noun says what it is: *le quartier de X*, *l'hôtel X*, *la route nationale 7*.
    Noun,
    /// The words before say where something is: *né à X*, *au nord de X*; or it is built as the names of communes are.
    Setting,
    /// It stands in a list of towns.
    List,
    /// The text puts it into a place: *à X, en Savoie*.
    Holder,
    /// It is a part of a town: *Lille-Sud*.
    Part,
    /// The text puts it beside another place, far from all of its namesakes: *X, un village proche de Y*.
    Beside,
    /// The model of names takes it for a place: [`Reason::weighed`] says by which signs.
    Weighed,
}

impl Unlisted {
    const fn as_str(self) -> &'static str {
        match self {
            Unlisted::Noun => "a noun makes it a place",
            Unlisted::Setting => "the words before make it a place",
            Unlisted::List => "a list of towns makes it a place",
            Unlisted::Holder => "the text puts it into a place",
            Unlisted::Part => "it is a part of a town",
            Unlisted::Beside => "the text puts it beside another place, far from its namesakes",
            Unlisted::Weighed => "its signs make it a place",
        }
    }
}

/// Why a name means the place that was chosen, and which others lost.
///
/// Displayed as one line: `French name; class +3.0, country of the text +1.2; over geonames:… (PPL, LB) by 2.1, population -1.4`.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    /// What is known of the name.
    pub name: NameStatus,
    /// The strongest factors and their points, strongest first.
    pub factors: [Option<(Factor, f32)>; 3],
    /// The next best places.
    pub runners_up: [Option<RunnerUp>; 2],
    /// The number of places that bear the name; 0: the gazetteer does not hold it.
    pub candidates: u16,
    /// Why it is a place, if the gazetteer does not hold it: then it stands where the place named nearest stands.
    pub unlisted: Option<Unlisted>,
    /// The signs by which the model of names takes it for a place, the heaviest first, where no rule does.
    pub weighed: Option<Arc<str>>,
}

impl Reason {
    /// The reason of a place that the gazetteer does not hold.
    pub(crate) fn unlisted(why: Unlisted) -> Reason {
        Reason {
            name: NameStatus::Main,
            factors: [None; 3],
            runners_up: [None; 2],
            candidates: 0,
            unlisted: Some(why),
            weighed: None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(why) = self.unlisted {
            write!(f, "not in the gazetteer; {}", why.as_str())?;
            if let Some(signs) = &self.weighed {
                write!(f, " ({signs})")?;
            }
            return f.write_str(", its point is that of the place named nearest");
        }
        f.write_str(self.name.as_str())?;
        for (at, (factor, points)) in self.factors.iter().flatten().enumerate() {
            let before = if at == 0 { "; " } else { ", " };
            write!(f, "{before}{} {points:+.1}", factor.as_str())?;
        }
        if self.candidates == 1 {
            f.write_str("; the only place of the name")?;
        }
        for (at, other) in self.runners_up.iter().flatten().enumerate() {
            let before = if at == 0 { "; over " } else { "; " };
            write!(f, "{before}{} ({}", other.id, other.feature)?;
            if let Some(country) = other.country {
                write!(f, ", {country}")?;
            }
            write!(f, ") by {:.1}", other.behind)?;
            if let Some((factor, points)) = other.worst {
                write!(f, ", {} {:+.1}", factor.as_str(), -points)?;
            }
        }
        match &self.weighed {
            Some(signs) => write!(f, "; weighed as a place: {signs}"),
            None => Ok(()),
        }
    }
}
