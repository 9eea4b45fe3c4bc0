//! Names that the model of names settles, and towns that the text puts beside another, on the French gazetteer with syntax.

use std::sync::LazyLock;

use chronique_places::{Gazetteer, ResolvedPlace};
use chronique_syntax::Model;
use chronique_text::Text;
use chronique_tokens::Tokenizer;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(chronique_model_fr::model()).expect("the embedded model is whole"));
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer()).expect("the committed image is whole")
});

fn places(source: &str) -> Vec<(String, ResolvedPlace)> {
    let text = Text::new(source).expect("short");
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let syntax = MODEL.analyze(&text, &tokens);
    let places = GAZETTEER.places(&text, &tokens, &syntax);
    places.into_iter().map(|place| (text.slice(place.span).to_owned(), place)).collect()
}

#[track_caller]
fn names(source: &str, expected: &[&str]) {
    let found: Vec<String> = places(source).into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn a_name_that_no_list_has_is_a_place_by_its_signs() {
    let found = places("Le convoi est parti de Sorvigny pour Paris.");
    assert_eq!(found[0].0, "Sorvigny");
    let reason = found[0].1.reason.to_string();
    assert!(reason.starts_with("not in the gazetteer; its signs make it a place ("), "{reason}");
    // Bare, or where somebody stands, it is none.
    names("Le convoi est tenu par Sorvigny et Paris.", &["Paris"]);
    names("L'opposition à Sorvigny se réunit à Paris.", &["Paris"]);
}

#[test]
fn a_town_beside_another_is_no_namesake_far_away() {
    let beside = places("Une bombe a explosé à Sinjar, un village proche de Hilla. Sinjar est calme depuis.");
    let point = beside[1].1.point;
    assert_eq!(beside[1].0, "Hilla");
    for (name, place) in [&beside[0], &beside[2]] {
        assert_eq!((&**name, &*place.id, place.point), ("Sinjar", "unlisted:sinjar", point));
    }
    // A namesake that is near enough, and what is near a region, stay.
    for source in [
        "Une bombe a explosé à Sinjar, une ville située à 120 kilomètres de Mossoul.",
        "Une bombe a explosé à Sinjar, une ville proche du Kurdistan irakien.",
        "Une bombe a explosé à Sinjar, a annoncé un policier de Hilla.",
    ] {
        assert_eq!(&*places(source)[0].1.id, "geonames:448149", "{source}");
    }
}
