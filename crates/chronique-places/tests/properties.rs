//! What holds for any bytes and any text.

use std::sync::OnceLock;

use chronique_places::{ExternalId, Feature, Gazetteer, GazetteerBuilder, IdScheme, NameStatus, NewPlace};
use chronique_syntax::Syntax;
use chronique_text::Text;
use chronique_tokens::Tokenizer;
use proptest::prelude::*;

fn french() -> &'static Gazetteer {
    static FRENCH: OnceLock<Gazetteer> = OnceLock::new();
    FRENCH.get_or_init(|| Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer()).expect("whole"))
}

fn small_image() -> Vec<u8> {
    let mut builder = GazetteerBuilder::new("a test");
    let kidal = builder.place(NewPlace {
        name: "Kidal".into(),
        id: ExternalId { scheme: IdScheme::GeoNames, number: 2_455_290 },
        feature: Feature::Seat1,
        country: "ML".parse().ok(),
        point: Some((18.44, 1.41)),
        population: 40_000,
        parent: None,
    });
    builder.name(kidal, "Kidal", NameStatus::French);
    builder.build()
}

/// Words that names are made of, and what else a page holds.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Saint"),
        Just("-"),
        Just("Denis"),
        Just("d'"),
        Just("l’"),
        Just("Le "),
        Just("Caire"),
        Just("mer "),
        Just("Noire"),
        Just(" ("),
        Just(") "),
        Just("à "),
        Just("du "),
        Just("St. "),
        Just("Québec"),
        Just("hôtel "),
        Just("A7 "),
        Just(" "),
        Just("\n\n"),
        Just(", "),
        Just("."),
        Just("É\u{301}"),
        Just("\u{0}"),
        Just("\u{202e}"),
        Just("القاهرة"),
        Just("PARIS "),
        Just("quartier de "),
        Just("M. "),
        Just("lac du "),
        Just("cols de "),
        Just("Xandre"),
        Just(" et "),
        Just("16e "),
        Just("arrondissements "),
        Just("route 7 "),
        Just("(Force de "),
        Just("😀"),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Gazetteer::from_bytes(bytes).is_err());
    }

    #[test]
    fn a_damaged_image_is_refused(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut image = small_image();
        let at = at.index(image.len());
        image[at] ^= 1 << bit;
        prop_assert!(Gazetteer::from_bytes(image).is_err());
    }

    #[test]
    fn a_damaged_file_is_refused_or_tells(at in any::<prop::sample::Index>(), bit in 0..8u8, seed in any::<u64>()) {
        let mut image = small_image();
        let at = at.index(image.len());
        image[at] ^= 1 << bit;
        let path = std::env::temp_dir().join(format!("chronique-places-{}-{seed}.gaz", std::process::id()));
        std::fs::write(&path, image).expect("a temporary file");
        let opened = Gazetteer::open(&path);
        let outcome = opened.and_then(|gazetteer| {
            let _ = gazetteer.named("Kidal").filter(|place| place.name().len() > 1 && place.point().is_some()).count();
            gazetteer.check()
        });
        std::fs::remove_file(&path).expect("the file is there");
        prop_assert!(outcome.is_err());
    }

    #[test]
    fn a_cut_image_is_refused(len in any::<prop::sample::Index>()) {
        let mut image = small_image();
        image.truncate(len.index(image.len()));
        prop_assert!(Gazetteer::from_bytes(image).is_err());
    }

    #[test]
    fn places_lie_on_tokens_in_order(source in prop_oneof![pieces(), any::<String>()]) {
        let text = Text::new(source).expect("short");
        let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
        let places = french().places(&text, &tokens, &Syntax::default());
        let mut end = 0;
        for place in &places {
            prop_assert!(place.span.start() >= end && !place.span.is_empty());
            // A whole run of tokens, or one side of a hyphen in one: Russie-Ukraine.
            let (first, last) = (tokens.token(place.first).span, tokens.token(place.last).span);
            let ends_at_hyphen = text.as_str()[place.span.end() as usize..].starts_with('-');
            let begins_at_hyphen = text.as_str()[..place.span.start() as usize].ends_with('-');
            prop_assert!(place.span.start() == first.start() || (first == last && begins_at_hyphen));
            prop_assert!(place.span.end() == last.end() || (first == last && ends_at_hyphen));
            prop_assert!(first.start() <= place.span.start() && place.span.end() <= last.end());
            prop_assert!(place.point.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0));
            prop_assert!(!place.reason.to_string().is_empty());
            end = place.span.end();
        }
        let again = french().places(&text, &tokens, &Syntax::default());
        prop_assert_eq!(format!("{places:?}"), format!("{again:?}"));
    }
}
