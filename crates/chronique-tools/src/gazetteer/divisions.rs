//! Countries, and their divisions of the first and second order.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use anyhow::anyhow;
use chronique_places::{
    CountryCode, ExternalId, Feature, GazetteerBuilder, IdScheme, NameStatus, NewPlace, PlaceId,
};

use super::cities::{City, Coverage};
use super::names::{Classes, WhosOnFirst, add_list, plain_name};
use super::tables;

/// The divisions added so far, by their codes.
#[derive(Default)]
pub(super) struct Divisions {
    countries: HashMap<String, PlaceId>,
    /// The French names of countries, in lower case.
    country_names: HashSet<String>,
    /// `CC.A1` and `CC.A1.A2` → place.
    codes: HashMap<String, PlaceId>,
    /// ISO 3166-2 → place.
    iso: HashMap<String, PlaceId>,
    /// GeoNames number → place.
    numbers: HashMap<u64, PlaceId>,
    /// Country code and lower-case name → place.
    named: HashMap<(String, String), PlaceId>,
}

impl Divisions {
    pub(super) fn country(&self, code: &str) -> Option<PlaceId> {
        self.countries.get(code).copied()
    }

    /// The smallest known division of a GeoNames code pair.
    pub(super) fn holding(&self, country: &str, admin1: &str, admin2: &str) -> Option<PlaceId> {
        let second = self.codes.get(&format!("{country}.{admin1}.{admin2}"));
        second.or_else(|| self.codes.get(&format!("{country}.{admin1}"))).copied().or(self.country(country))
    }

    pub(super) fn iso(&self, code: &str) -> Option<PlaceId> {
        self.iso.get(code).copied()
    }

    /// Whether a country is called so in French.
    pub(super) fn is_country_name(&self, name: &str) -> bool {
        self.country_names.contains(&name.to_lowercase())
    }

    /// The division of a GeoNames number.
    pub(super) fn by_number(&self, geonames: u64) -> Option<PlaceId> {
        self.numbers.get(&geonames).copied()
    }

    pub(super) fn named(&self, country: &str, name: &str) -> Option<PlaceId> {
        self.named.get(&(country.to_owned(), name.to_lowercase())).copied()
    }

    pub(super) fn countries(
        &mut self,
        builder: &mut GazetteerBuilder,
        sources: &Path,
        lists: &Path,
    ) -> anyhow::Result<()> {
        let hand = tables::read(&lists.join("countries.tsv"))?;
        let mut by_hand = HashMap::new();
        for row in hand.rows() {
            by_hand.insert(row.field("iso")?, row);
        }
        let cldr = tables::read_plain(&sources.join("cldr48_fr_territories.tsv"), &["code", "name"])?;
        let mut cldr_names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for row in cldr.rows() {
            let code = row.field("code")?.split("-alt-").next().unwrap_or("");
            cldr_names.entry(code).or_default().push(plain_name(row.field("name")?));
        }
        let i18n = tables::read_plain(&sources.join("i18n_iso_countries_fr.tsv"), &["iso", "names"])?;
        let mut others = HashMap::new();
        for row in i18n.rows() {
            others.insert(row.field("iso")?, row.field("names")?);
        }
        for row in tables::read(&sources.join("geonames_countries.tsv.xz"))?.rows() {
            let iso = row.field("iso")?;
            // Dissolved states that GeoNames keeps: their successors have the code.
            let Some(hand) = by_hand.get(iso) else { continue };
            let names = cldr_names.get(iso).ok_or_else(|| anyhow!("{}: CLDR lacks {iso}", row.place()))?;
            let feature: Feature = hand.required("class")?;
            let place = builder.place(NewPlace {
                name: names[0].clone(),
                id: ExternalId { scheme: IdScheme::GeoNames, number: row.required("geonameid")? },
                feature,
                country: CountryCode::new(iso),
                point: Some((hand.required("lat")?, hand.required("lon")?)),
                population: row.optional("population")?.unwrap_or(0),
                parent: None,
            });
            let listed = hand.field("names")?;
            let is_weak = |name: &str| listed.split('|').any(|listed| listed.strip_prefix('~') == Some(name));
            for (at, name) in names.iter().filter(|name| name.chars().count() > 2).enumerate() {
                let status = if at == 0 { NameStatus::French } else { NameStatus::FrenchVariant };
                if is_weak(name) {
                    builder.weak_name(place, name, status);
                } else {
                    builder.name(place, name, status);
                }
            }
            for name in others.get(iso).unwrap_or(&"").split('|').filter(|name| !is_weak(name)) {
                builder.name(place, &plain_name(name), NameStatus::FrenchVariant);
            }
            for name in listed.split('|').filter(|name| !name.is_empty()) {
                match name.strip_prefix('~') {
                    Some(weak) => builder.weak_name(place, weak, NameStatus::FrenchVariant),
                    None => builder.name(place, name, NameStatus::FrenchVariant),
                }
            }
            self.country_names.extend(names.iter().map(|name| name.to_lowercase()));
            self.countries.insert(iso.to_owned(), place);
        }
        Ok(())
    }

    pub(super) fn subdivisions(
        &mut self,
        builder: &mut GazetteerBuilder,
        sources: &Path,
        lists: &Path,
        coverage: &Coverage,
        cities: &[City],
        wof: &WhosOnFirst,
    ) -> anyhow::Result<()> {
        let classes = Classes::read(&lists.join("classes.tsv"))?;
        let middles = middles(cities);
        let table = tables::read(&sources.join("geonames_iso_subdivisions.tsv.xz"))?;
        for order in [1, 2] {
            for row in table.rows() {
                let code = row.field("geonames_code")?;
                if code.matches('.').count() != order {
                    continue;
                }
                let country = code.split('.').next().unwrap_or("");
                let iso = row.field("iso3166_2")?;
                let id: u64 = row.required("geonameid")?;
                let french = wof.division(id, iso);
                let middle = middles.get(code);
                let point = french.and_then(|french| french.point).or(middle.map(|middle| middle.point));
                let (Some(point), Some(holder)) = (point, self.country(country)) else { continue };
                let parent = if order == 2 {
                    code.rsplit_once('.')
                        .and_then(|(first, _)| self.codes.get(first).copied())
                        .unwrap_or(holder)
                } else {
                    holder
                };
                let main = plain_name(row.field("name")?);
                let local_french = coverage.is_french(country);
                let feature = if order == 1 { Feature::Admin1 } else { Feature::Admin2 };
                let known = french.map(|french| french.preferred.as_str()).filter(|name| !name.is_empty());
                let name = classes.proper(known.unwrap_or(&main)).or(known).unwrap_or(&main).to_owned();
                let place = builder.place(NewPlace {
                    name: name.clone(),
                    id: ExternalId { scheme: IdScheme::GeoNames, number: id },
                    feature,
                    country: CountryCode::new(country),
                    point: Some(point),
                    population: middle.map_or(0, |middle| middle.population),
                    parent: Some(parent),
                });
                self.codes.insert(code.to_owned(), place);
                self.numbers.insert(id, place);
                self.named.entry((country.to_owned(), name.to_lowercase())).or_insert(place);
                if !iso.is_empty() {
                    self.iso.insert(iso.to_owned(), place);
                }
                let weak = order == 2 && !matches!(country, "FR" | "BE");
                let mut add = |name: &str, status: NameStatus, weak: bool| {
                    let Some(name) = classes.proper(name) else { return };
                    if weak {
                        builder.weak_name(place, name, status);
                    } else {
                        builder.name(place, name, status);
                    }
                };
                if let Some(french) = french {
                    if known.is_some() {
                        add(&french.preferred, NameStatus::French, weak);
                    }
                    for name in &french.variants {
                        add(name, NameStatus::FrenchVariant, weak);
                    }
                }
                let status = if local_french { NameStatus::French } else { NameStatus::Main };
                if order == 1 || local_french || coverage.is_war(country) || country == "GB" {
                    add(&main, status, weak || (known.is_none() && !local_french));
                }
                if order == 1 && (local_french || coverage.is_war(country)) {
                    for alias in row.field("aliases")?.split('|').filter(|alias| is_latin_name(alias)) {
                        add(&plain_name(alias), NameStatus::Alternate, true);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether an alternate name looks like one that a French text might use.
pub(super) fn is_latin_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic());
    name.chars().next().is_some_and(char::is_uppercase)
        && letters.clone().count() >= 4
        && letters.clone().all(|c| (c as u32) < 0x250 || (0x1E00..0x1F00).contains(&(c as u32)))
        && name.chars().any(char::is_lowercase)
}

struct Middle {
    point: (f64, f64),
    population: u32,
}

/// The middle of each division, and its inhabitants: the middle of the box around its cities, without the outermost
/// twentieth on each side, which are often filed under a wrong division.
fn middles(cities: &[City]) -> HashMap<String, Middle> {
    let mut divisions: HashMap<String, (Vec<f64>, Vec<f64>, u32)> = HashMap::new();
    for city in cities {
        let first = format!("{}.{}", city.country, city.admin1);
        let second = format!("{first}.{}", city.admin2);
        for code in [first, second] {
            let (lats, lons, population) = divisions.entry(code).or_default();
            lats.push(city.point.0);
            lons.push(city.point.1);
            *population = population.saturating_add(city.population);
        }
    }
    let middle = |values: &mut Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let cut = values.len() / 20;
        f64::midpoint(values[cut], values[values.len() - 1 - cut])
    };
    divisions
        .into_iter()
        .map(|(code, (mut lats, mut lons, population))| {
            // Across the date line: the Tchoukotka.
            if lons.iter().any(|&lon| lon < -150.0) && lons.iter().any(|&lon| lon > 150.0) {
                lons.iter_mut().filter(|lon| **lon < 0.0).for_each(|lon| *lon += 360.0);
            }
            let lon = middle(&mut lons);
            let lon = if lon > 180.0 { lon - 360.0 } else { lon };
            (code, Middle { point: (middle(&mut lats), lon), population })
        })
        .collect()
}

/// Adds names of the hand-written list to a division or a city, and shows it under the first.
pub(super) fn rename(builder: &mut GazetteerBuilder, place: PlaceId, names: &str) {
    if let Some(first) = names.split('|').next() {
        builder.set_name(place, first.trim_start_matches('~'));
    }
    add_list(builder, place, names);
}
