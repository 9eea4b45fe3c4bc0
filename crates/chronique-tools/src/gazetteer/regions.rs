//! Regions without borders, waters and reliefs, buildings of power; and the hand-written French names.

use std::path::Path;

use anyhow::bail;
use chronique_places::{
    CountryCode, ExternalId, Feature, GazetteerBuilder, IdScheme, NameStatus, NewPlace, PlaceKind,
};

use super::cities::Found;
use super::divisions::{Divisions, rename};
use super::names::add_list;
use super::tables;

pub(super) fn add(
    builder: &mut GazetteerBuilder,
    sources: &Path,
    lists: &Path,
    divisions: &Divisions,
) -> anyhow::Result<()> {
    let mut listed = Vec::new();
    let (regions, towns) =
        (tables::read(&lists.join("regions.tsv"))?, tables::read(&lists.join("towns.tsv"))?);
    for row in regions.rows().chain(towns.rows()) {
        let names = row.field("names")?;
        let first = names.split('|').next().unwrap_or("").trim_start_matches('~');
        listed.extend(names.split('|').map(|name| name.trim_start_matches('~').to_lowercase()));
        let country = row.field("country")?;
        let feature: Feature = row.required("class")?;
        let point = row.optional("lat")?.zip(row.optional("lon")?);
        if feature.kind() == PlaceKind::Admin
            && let Some(place) = divisions.named(country, first)
        {
            builder.set_point(place, point);
            rename(builder, place, names);
            continue;
        }
        let place = builder.place(NewPlace {
            name: first.to_owned(),
            id: ExternalId { scheme: IdScheme::Chronique, number: row.required("id")? },
            feature,
            country: CountryCode::new(country),
            point,
            population: 0,
            parent: divisions.country(country),
        });
        add_list(builder, place, names);
    }
    for (at, row) in tables::read(&sources.join("naturalearth_10m_marine_fr.tsv.xz"))?.rows().enumerate() {
        let name = row.field("name_fr")?;
        let Some(name) = water_name(name).filter(|name| !listed.contains(&name.to_lowercase())) else {
            continue;
        };
        listed.push(name.to_lowercase());
        let place = builder.place(NewPlace {
            name: name.clone(),
            id: ExternalId { scheme: IdScheme::Chronique, number: 100_000 + at as u64 },
            feature: if name.starts_with("mer ") || name.starts_with("océan ") {
                Feature::Sea
            } else {
                Feature::Gulf
            },
            country: None,
            point: row.optional("lat")?.zip(row.optional("lon")?),
            population: 0,
            parent: None,
        });
        builder.name(place, &name, NameStatus::French);
    }
    Ok(())
}

/// The name of a water with its common noun in lower case; `None` if it begins with no such noun.
fn water_name(name: &str) -> Option<String> {
    let (noun, rest) = name.split_once(' ')?;
    let noun = noun.to_lowercase();
    let known = ["mer", "océan", "golfe", "baie", "détroit", "canal"].contains(&noun.as_str());
    (known && name.chars().any(char::is_lowercase)).then(|| format!("{noun} {rest}"))
}

pub(super) fn exonyms(
    builder: &mut GazetteerBuilder,
    lists: &Path,
    divisions: &Divisions,
    found: &Found,
) -> anyhow::Result<()> {
    for row in tables::read(&lists.join("exonyms.tsv"))?.rows() {
        let target = row.field("place")?;
        let place = if let Some(id) = target.strip_prefix("geonames:") {
            id.parse().ok().and_then(|id: u64| found.by_id.get(&id).copied())
        } else if let Some((country, name)) = target.split_once('/') {
            found.by_name.get(&(country.to_owned(), name.to_lowercase())).copied()
        } else {
            divisions.iso(target)
        };
        match place {
            Some(place) => {
                rename(builder, place, row.field("names")?);
                if let Some(point) = row.optional("lat")?.zip(row.optional("lon")?) {
                    builder.set_point(place, Some(point));
                }
            }
            None => bail!("{}: the sources have no place {target}", row.place()),
        }
    }
    Ok(())
}
