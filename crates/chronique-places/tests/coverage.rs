//! What French news names and the gazetteer must know: `coverage.tsv`, by country and kind.

use chronique_places::{CountryCode, Feature, Gazetteer, Place, PlaceKind};

fn is_of_kind(place: &Place<'_>, kind: &str) -> bool {
    match kind {
        "capital" => place.feature() == Feature::Capital,
        "admin" => matches!(place.kind(), PlaceKind::Admin | PlaceKind::Region),
        "town" => matches!(place.kind(), PlaceKind::City | PlaceKind::District),
        "region" => !matches!(place.kind(), PlaceKind::City | PlaceKind::District | PlaceKind::Country),
        "any" => true,
        other => panic!("coverage.tsv: no kind {other:?}"),
    }
}

#[test]
fn the_gazetteer_knows_what_news_names() {
    let gazetteer =
        Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer()).expect("the committed image is whole");
    let rows = include_str!("coverage.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut missing = Vec::new();
    for row in rows {
        let mut fields = row.split('\t');
        let mut field = || fields.next().unwrap_or_else(|| panic!("three fields, not {row:?}"));
        let (country, kind, names) = (CountryCode::new(field()), field(), field());
        assert!(country.is_some(), "a country, not {row:?}");
        for name in names.split('|') {
            // Waters and regions across borders have no country.
            let fits = |place: &Place<'_>| {
                is_of_kind(place, kind) && (place.country() == country || place.country().is_none())
            };
            if !gazetteer.named(name).any(|place| fits(&place)) {
                missing
                    .push(format!("{}\t{name}", country.map_or_else(String::new, |code| code.to_string())));
            }
        }
    }
    assert!(missing.is_empty(), "{} missing:\n{}", missing.len(), missing.join("\n"));
}
