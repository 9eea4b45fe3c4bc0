//! French names: what Who's On First knows, and what a division's long name holds.

use std::collections::HashMap;
use std::path::Path;

use chronique_places::{GazetteerBuilder, NameStatus, PlaceId};

use super::tables;

#[derive(Debug, Default, Clone)]
pub(super) struct French {
    pub(super) preferred: String,
    pub(super) variants: Vec<String>,
    pub(super) point: Option<(f64, f64)>,
}

/// A village of Who's On First.
pub(super) struct Village {
    /// Its GeoNames number.
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) country: String,
    pub(super) point: (f64, f64),
    /// The GeoNames number of its region.
    pub(super) region: Option<u64>,
}

/// The French names of Who's On First, by GeoNames number.
pub(super) struct WhosOnFirst {
    places: HashMap<u64, French>,
    divisions: HashMap<u64, French>,
    by_iso: HashMap<String, French>,
    /// Seas and straits: French name and point, in the order of the file.
    pub(super) waters: Vec<(u64, French)>,
    /// Localities with a GeoNames number, in the order of the file.
    pub(super) villages: Vec<Village>,
}

impl WhosOnFirst {
    pub(super) fn read(path: &Path) -> anyhow::Result<WhosOnFirst> {
        let mut wof = WhosOnFirst {
            places: HashMap::new(),
            divisions: HashMap::new(),
            by_iso: HashMap::new(),
            waters: Vec::new(),
            villages: Vec::new(),
        };
        // Regions by the number of Who's On First; the villages name theirs so.
        let mut regions: HashMap<u64, u64> = HashMap::new();
        let mut within: Vec<Option<u64>> = Vec::new();
        for row in tables::read(path)?.rows() {
            let variants = [row.field("fra_variant")?, row.field("fra_colloquial")?];
            let french = French {
                preferred: plain_name(row.field("fra_preferred")?),
                variants: variants
                    .iter()
                    .flat_map(|names| names.split('|'))
                    .map(plain_name)
                    .filter(|name| name.chars().count() > 3)
                    .collect(),
                point: row.optional("lat")?.zip(row.optional("lon")?),
            };
            let kind = row.field("placetype")?;
            if kind == "marinearea" && !french.preferred.is_empty() {
                wof.waters.push((row.required("wof_id")?, french));
                continue;
            }
            if kind == "region" {
                let iso = row.field("iso_code")?.to_owned();
                if !iso.is_empty() {
                    wof.by_iso.entry(iso).or_insert_with(|| french.clone());
                }
            }
            if let Some(id) = row.optional::<i64>("geonameid")?.and_then(|id| u64::try_from(id).ok()) {
                if kind == "region" {
                    regions.insert(row.required("wof_id")?, id);
                } else if let Some(point) = french.point.filter(|_| kind == "locality") {
                    let region: Option<i64> = row.optional("region_id")?;
                    within.push(region.and_then(|region| u64::try_from(region).ok()));
                    let (name, country) = (row.field("name")?.to_owned(), row.field("country")?.to_owned());
                    wof.villages.push(Village { id, name, country, point, region: None });
                }
                let map = if matches!(kind, "locality") { &mut wof.places } else { &mut wof.divisions };
                map.entry(id).or_insert(french);
            }
        }
        for (village, region) in wof.villages.iter_mut().zip(within) {
            village.region = region.and_then(|region| regions.get(&region).copied());
        }
        Ok(wof)
    }

    pub(super) fn city(&self, geonames: u64) -> Option<&French> {
        self.places.get(&geonames)
    }

    pub(super) fn division(&self, geonames: u64, iso: &str) -> Option<&French> {
        self.divisions.get(&geonames).or_else(|| self.by_iso.get(iso))
    }
}

/// The name without the remark that tells it from its namesakes: `Chypre (pays)` → `Chypre`.
pub(super) fn plain_name(name: &str) -> String {
    name.split(" (").next().unwrap_or(name).trim().replace('’', "'")
}

/// The common nouns of divisions: *oblast*, *province*…
pub(super) struct Classes(Vec<String>);

impl Classes {
    pub(super) fn read(path: &Path) -> anyhow::Result<Classes> {
        let table = tables::read(path)?;
        let classes =
            table.rows().map(|row| Ok(row.field("class")?.to_owned())).collect::<anyhow::Result<_>>()?;
        Ok(Classes(classes))
    }

    /// The name of a division without its class: `Oblast de Donetsk` → `Donetsk`; `None` if nothing that
    /// is a name by itself remains, as of `Province orientale`.
    pub(super) fn proper<'n>(&self, name: &'n str) -> Option<&'n str> {
        let lower = name.to_lowercase();
        let begins =
            |class: &&String| lower.strip_prefix(class.as_str()).is_some_and(|rest| rest.starts_with(' '));
        let Some(class) = self.0.iter().filter(begins).max_by_key(|class| class.len()) else {
            return Some(name);
        };
        let rest = name.get(class.len()..)?;
        let links = [" de la ", " de l'", " du ", " des ", " de ", " d'", " "];
        let rest = links.iter().find_map(|link| rest.strip_prefix(link))?;
        rest.chars().next().is_some_and(char::is_uppercase).then_some(rest)
    }
}

/// Adds a bar-separated list of names; the first is the usual one, `~` marks a weak name. Returns the first.
pub(super) fn add_list(builder: &mut GazetteerBuilder, place: PlaceId, names: &str) {
    for (at, name) in names.split('|').filter(|name| !name.is_empty()).enumerate() {
        let status = if at == 0 { NameStatus::French } else { NameStatus::FrenchVariant };
        match name.strip_prefix('~') {
            Some(weak) => builder.weak_name(place, weak, status),
            None => builder.name(place, name, status),
        }
    }
}
