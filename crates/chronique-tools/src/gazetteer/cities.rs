//! Populated places.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::bail;
use chronique_places::{
    CountryCode, ExternalId, Feature, GazetteerBuilder, IdScheme, NameStatus, NewPlace, PlaceId,
};

use super::divisions::{Divisions, is_latin_name};
use super::names::{WhosOnFirst, plain_name};
use super::tables;

#[derive(Debug)]
pub(super) struct City {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) point: (f64, f64),
    pub(super) country: String,
    pub(super) admin1: String,
    pub(super) admin2: String,
    feature: Feature,
    pub(super) population: u32,
    alternates: String,
}

impl City {
    /// Its main name and the others.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.alternates.split('|')).filter(|name| !name.is_empty())
    }
}

/// How far the gazetteer goes into each country.
#[derive(Default)]
pub(super) struct Coverage {
    french: HashSet<String>,
    war: HashSet<String>,
    near: HashSet<String>,
    villages: HashSet<String>,
}

impl Coverage {
    pub(super) fn read(path: &Path) -> anyhow::Result<Coverage> {
        let mut coverage = Coverage::default();
        for row in tables::read(path)?.rows() {
            let group = match row.field("group")? {
                "french" => &mut coverage.french,
                "war" => &mut coverage.war,
                "near" => &mut coverage.near,
                "villages" => &mut coverage.villages,
                other => bail!("{}: group {other:?} is none of french, war, near, villages", row.place()),
            };
            group.insert(row.field("country")?.to_owned());
        }
        Ok(coverage)
    }

    /// Countries where French is a language of administration or the press: main names are French there.
    pub(super) fn is_french(&self, country: &str) -> bool {
        self.french.contains(country)
    }

    /// Countries of which Who's On First gives villages that GeoNames' list of towns lacks.
    pub(super) fn has_villages(&self, country: &str) -> bool {
        self.villages.contains(country)
    }

    /// Countries whose villages French news of war and unrest names.
    pub(super) fn is_war(&self, country: &str) -> bool {
        self.war.contains(country)
    }
}

pub(super) fn read(path: &Path) -> anyhow::Result<Vec<City>> {
    let mut cities = Vec::new();
    for row in tables::read(path)?.rows() {
        let feature = match row.field("feature_code")? {
            "PPLC" => Feature::Capital,
            "PPLA" => Feature::Seat1,
            "PPLA2" => Feature::Seat2,
            "PPLX" => Feature::Section,
            "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => continue,
            _ => Feature::Populated,
        };
        cities.push(City {
            id: row.required("geonameid")?,
            name: row.field("name")?.replace('’', "'"),
            point: (row.required("lat")?, row.required("lon")?),
            country: row.field("country")?.to_owned(),
            admin1: row.field("admin1")?.to_owned(),
            admin2: row.field("admin2")?.to_owned(),
            feature,
            population: row.optional("population")?.unwrap_or(0),
            alternates: row.field("latin_alternate_names_untagged")?.to_owned(),
        });
    }
    Ok(cities)
}

/// The cities added, by number, and by country and lower-case main name (the most populous of a name).
pub(super) struct Found {
    pub(super) by_id: HashMap<u64, PlaceId>,
    pub(super) by_name: HashMap<(String, String), PlaceId>,
}

pub(super) fn add(
    builder: &mut GazetteerBuilder,
    sources: &Path,
    cities: &[City],
    wof: &WhosOnFirst,
    lists: &Path,
    coverage: &Coverage,
    divisions: &Divisions,
) -> anyhow::Result<Found> {
    let exonyms = tables::read(&lists.join("exonyms.tsv"))?;
    let named: HashSet<&str> = exonyms.rows().map(|row| row.field("place")).collect::<Result<_, _>>()?;
    let earth = tables::read(&sources.join("naturalearth_10m_populated_places_fr.tsv.xz"))?;
    let mut by_earth = HashMap::new();
    for row in earth.rows() {
        if let Some(id) = row.optional::<f64>("geonameid")? {
            by_earth.insert(id as u64, row.field("name_fr")?);
        }
    }
    let communes = communes(&sources.join("cog_france.tsv.xz"))?;
    let mut found = Found { by_id: HashMap::new(), by_name: HashMap::new() };
    for city in cities {
        let earth = by_earth.get(&city.id).copied();
        let listed = earth.is_some() || named.contains(format!("{}/{}", city.country, city.name).as_str());
        if !(listed || is_wanted(city, coverage)) || divisions.country(&city.country).is_none() {
            continue;
        }
        let french = wof.city(city.id);
        let local_french = coverage.is_french(&city.country);
        let commune = french_commune(city, &communes);
        let known = earth.filter(|name| !name.is_empty()).map(plain_name);
        let known = known.or_else(|| french.map(|f| f.preferred.clone()).filter(|name| !name.is_empty()));
        let name = if local_french {
            commune.unwrap_or(&city.name).to_owned()
        } else {
            known.clone().unwrap_or_else(|| city.name.clone())
        };
        let place = builder.place(NewPlace {
            name,
            id: ExternalId { scheme: IdScheme::GeoNames, number: city.id },
            feature: city.feature,
            country: CountryCode::new(&city.country),
            point: Some(city.point),
            population: city.population,
            parent: divisions.holding(&city.country, &city.admin1, &city.admin2),
        });
        found.by_id.insert(city.id, place);
        let key = (city.country.clone(), city.name.to_lowercase());
        let best = found.by_name.entry(key).or_insert(place);
        if builder.population(*best) < city.population {
            *best = place;
        }
        // Far from where French news goes, a town's name is as often a person's or a brand's: Campbell, Mercedes.
        let far = !local_french
            && !coverage.is_war(&city.country)
            && known.as_ref().is_none_or(|name| *name == city.name);
        let least = if far { 100_000 } else { 5_000 };
        let weak = city.feature == Feature::Section
            || (city.population < least && !matches!(city.feature, Feature::Capital | Feature::Seat1));
        let mut add = |name: &str, status: NameStatus, weak: bool| {
            if weak { builder.weak_name(place, name, status) } else { builder.name(place, name, status) }
        };
        if let Some(known) = &known {
            add(known, NameStatus::French, weak);
        }
        for name in french.map_or(&[][..], |french| &french.variants) {
            add(name, NameStatus::FrenchVariant, weak || city.population < 50_000);
        }
        if let Some(commune) = commune {
            add(commune, NameStatus::French, weak);
        }
        // A small town far away needs more than its country: it is as often a person.
        let status = match () {
            () if local_french => NameStatus::French,
            () if far && city.population < 15_000 && city.feature == Feature::Populated => {
                NameStatus::Alternate
            }
            () => NameStatus::Main,
        };
        add(&city.name, status, weak);
        if coverage.is_war(&city.country) {
            for name in city.alternates.split('|').filter(|name| is_latin_name(name)) {
                add(name, NameStatus::Alternate, true);
            }
        }
    }
    Ok(found)
}

/// The communes of the *Code officiel géographique*: département and lower-case name.
fn communes(path: &Path) -> anyhow::Result<HashSet<(String, String)>> {
    let table = tables::read(path)?;
    let rows = table.rows().map(|row| {
        let name = row.field("name")?.to_lowercase();
        Ok((row.field("departement")?.to_owned(), name))
    });
    rows.collect()
}

/// The name of a French town by the *Code officiel géographique*, where GeoNames shows another: Dunkerque for Dunkirk.
fn french_commune<'c>(city: &'c City, communes: &HashSet<(String, String)>) -> Option<&'c str> {
    let is_commune = |name: &str| communes.contains(&(city.admin2.clone(), name.to_lowercase()));
    if city.country != "FR" || is_commune(&city.name) {
        return None;
    }
    city.alternates.split('|').find(|name| is_commune(name))
}

/// Which populated places are in: large ones everywhere, small ones where French news goes.
fn is_wanted(city: &City, coverage: &Coverage) -> bool {
    let near = coverage.is_french(&city.country) || coverage.is_war(&city.country);
    let least = match city.feature {
        Feature::Capital | Feature::Seat1 => 0,
        Feature::Section if city.country == "FR" => 0,
        Feature::Section => 20_000,
        _ if near => 0,
        Feature::Populated if coverage.near.contains(&city.country) => 5_000,
        _ if city.country == "CH" || (city.country == "CA" && city.admin1 == "10") => 1_000,
        Feature::Seat2 => 5_000,
        _ => 15_000,
    };
    city.population >= least
}
