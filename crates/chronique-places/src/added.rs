//! A place that a user adds, from whatever format.

use crate::builder::{GazetteerBuilder, NewPlace};
use crate::gazetteer::{ErrorKind, GazetteerError};
use crate::place::{CountryCode, ExternalId, Feature, IdScheme, NameStatus, PlaceKind};

/// The fields of a place as written; what is empty is not known.
pub(crate) struct Added<'a> {
    /// Names with `|` between.
    pub(crate) names: &'a str,
    pub(crate) point: Option<(f64, f64)>,
    pub(crate) id: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) country: &'a str,
    pub(crate) population: &'a str,
}

impl Added<'_> {
    /// Adds it; `nth` is its number, where it has no id. The error has the name of the field at fault.
    pub(crate) fn add(&self, builder: &mut GazetteerBuilder, nth: u64) -> Result<(), (&'static str, String)> {
        let names = self.names.split('|').map(str::trim);
        let mut names = names.filter(|name| name.chars().any(char::is_alphanumeric)).peekable();
        let Some(&first) = names.peek() else { return Err(("name", "it is empty".to_owned())) };
        let number = match self.id {
            "" => nth,
            id => {
                let number = id.strip_prefix("user:").unwrap_or(id).parse::<u64>().ok();
                let number = number.filter(|number| *number < 1 << 56);
                number.ok_or_else(|| ("id", format!("{id:?} is no whole number below 2^56")))?
            }
        };
        let kind = match self.kind {
            "" => PlaceKind::City,
            kind => kind.parse().map_err(|()| {
                let kinds = "country, admin, city, district, water, relief, island, facility, region";
                ("kind", format!("{kind:?} is none of {kinds}"))
            })?,
        };
        let country = match self.country {
            "" => None,
            code => Some(
                CountryCode::new(code)
                    .ok_or_else(|| ("country", format!("{code:?} is no ISO 3166-1 code of two capitals")))?,
            ),
        };
        let population = match self.population {
            "" => 0,
            people => people.parse().map_err(|_| ("population", format!("{people:?} is no whole number")))?,
        };
        if builder.len() >= GazetteerBuilder::MOST {
            return Err(("name", "there are too many places: build an image of them".to_owned()));
        }
        let place = builder.place(NewPlace {
            name: first.to_owned(),
            id: ExternalId { scheme: IdScheme::User, number },
            feature: feature(kind),
            country,
            point: self.point,
            population,
            parent: None,
        });
        names.for_each(|name| builder.name(place, name, NameStatus::French));
        Ok(())
    }
}

/// The class by which a place of a kind is weighed.
fn feature(kind: PlaceKind) -> Feature {
    match kind {
        PlaceKind::Country => Feature::Territory,
        PlaceKind::Admin => Feature::Admin1,
        PlaceKind::City => Feature::Populated,
        PlaceKind::District => Feature::Section,
        PlaceKind::Water => Feature::Lake,
        PlaceKind::Relief => Feature::Mountain,
        PlaceKind::Island => Feature::Island,
        PlaceKind::Facility => Feature::Building,
        PlaceKind::Region => Feature::Area,
    }
}

pub(crate) fn error(line: u64, problem: String) -> GazetteerError {
    GazetteerError { kind: ErrorKind::Row { line, column: None, problem } }
}
