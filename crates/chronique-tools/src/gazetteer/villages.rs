//! Places too small for the list of towns of GeoNames: villages of Who's On First, and communes of France.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use chronique_places::{ExternalId, Feature, GazetteerBuilder, IdScheme, NameStatus, NewPlace};

use super::cities::{City, Coverage, Found};
use super::divisions::Divisions;
use super::names::{WhosOnFirst, plain_name};
use super::tables;

/// A town of at least so many inhabitants is also called by the first part of its name: *Évian* for *Évian-les-Bains*.
const SHORTENED: u32 = 5_000;

/// The communes that GeoNames' towns lack. They stand in the middle of the communes of their postal area, or, where none is known,
/// of their département: exact to some 10 km, or to some 50.
pub(super) fn communes(
    builder: &mut GazetteerBuilder,
    sources: &Path,
    cities: &[City],
    divisions: &Divisions,
    found: &Found,
) -> anyhow::Result<()> {
    let mut towns: HashMap<(&str, String), &City> = HashMap::new();
    for city in cities.iter().filter(|city| city.country == "FR") {
        for name in city.names() {
            towns.entry((city.admin2.as_str(), name.to_lowercase())).or_insert(city);
        }
    }
    let table = tables::read(&sources.join("cog_france.tsv.xz"))?;
    let mut areas: HashMap<&str, Vec<(f64, f64)>> = HashMap::new();
    let mut unknown = Vec::new();
    let mut firsts: HashMap<String, u32> = HashMap::new();
    let mut known = Vec::new();
    for row in table.rows().filter(|row| row.field("level").is_ok_and(|level| level.starts_with("commune"))) {
        let (name, department) = (row.field("name")?, row.field("departement")?);
        if let Some(first) = first_part(name) {
            *firsts.entry(first.to_lowercase()).or_default() += 1;
        }
        *firsts.entry(name.to_lowercase()).or_default() += 1;
        match towns.get(&(department, name.to_lowercase())) {
            Some(town) => {
                known.push((name, *town));
                for code in row.field("postcodes")?.split([' ', ',', '|']).filter(|code| !code.is_empty()) {
                    areas.entry(code).or_default().push(town.point);
                }
            }
            None => unknown.push(row),
        }
    }
    for (name, town) in known.into_iter().filter(|(_, town)| town.population >= SHORTENED) {
        let only = first_part(name).filter(|first| firsts[&first.to_lowercase()] == 1);
        if let (Some(first), Some(&place)) = (only, found.by_id.get(&town.id)) {
            builder.weak_name(place, first, NameStatus::FrenchVariant);
        }
    }
    let mut taken = HashSet::new();
    for row in unknown {
        let (name, department) = (row.field("name")?, row.field("departement")?);
        // Overseas, GeoNames has all communes.
        let Some(id) = ExternalId::insee(row.field("code")?).filter(|_| department.len() == 2) else {
            continue;
        };
        let near: Vec<(f64, f64)> = row
            .field("postcodes")?
            .split([' ', ',', '|'])
            .filter_map(|code| areas.get(code))
            .flatten()
            .copied()
            .collect();
        let Some(parent) = divisions.holding("FR", row.field("region")?, department) else { continue };
        let point = if near.is_empty() { builder.point(parent) } else { Some(middle(&near)) };
        if !taken.insert((department, name.to_lowercase())) {
            continue;
        }
        let place = builder.place(NewPlace {
            name: name.to_owned(),
            id,
            feature: Feature::Populated,
            country: "FR".parse().ok(),
            point,
            population: row.optional("population")?.unwrap_or(0),
            parent: Some(parent),
        });
        builder.weak_name(place, name, NameStatus::French);
    }
    Ok(())
}

/// The part of a commune's name before what tells it from its namesakes: *Évian* of *Évian-les-Bains*.
fn first_part(name: &str) -> Option<&str> {
    let links = [
        "-sur-", "-sous-", "-lès-", "-les-", "-lez-", "-en-", "-la-", "-le-", "-d'", "-de-", "-du-", "-des-",
        "-aux-",
    ];
    let cut = links.iter().filter_map(|link| name.find(link)).min()?;
    let first = &name[..cut];
    (first.chars().count() >= 5 && !first.contains([' ', '-']) && !first.starts_with("Saint"))
        .then_some(first)
}

fn middle(points: &[(f64, f64)]) -> (f64, f64) {
    let count = points.len() as f64;
    let sum = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    (sum.0 / count, sum.1 / count)
}

/// The villages of Who's On First in the countries whose villages are wanted, as weak names.
pub(super) fn villages(
    builder: &mut GazetteerBuilder,
    wof: &WhosOnFirst,
    cities: &[City],
    coverage: &Coverage,
    divisions: &Divisions,
) {
    let towns: HashSet<u64> = cities.iter().map(|city| city.id).collect();
    for village in wof.villages.iter().filter(|village| !towns.contains(&village.id)) {
        // Villages called France or Canada are never what a text means.
        let unusable = village.name.chars().count() < 4 || divisions.is_country_name(&village.name);
        if !coverage.has_villages(&village.country) || unusable {
            continue;
        }
        let parent = village.region.and_then(|region| divisions.by_number(region));
        let name = plain_name(&village.name);
        let place = builder.place(NewPlace {
            name: name.clone(),
            id: ExternalId { scheme: IdScheme::GeoNames, number: village.id },
            feature: Feature::Populated,
            country: village.country.parse().ok(),
            point: Some(village.point),
            population: 0,
            parent: parent.or_else(|| divisions.country(&village.country)),
        });
        builder.weak_name(place, &name, NameStatus::Main);
    }
}
