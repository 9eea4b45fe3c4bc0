//! What holds for the events of any text.

#[allow(dead_code, reason = "the tests of sentences use the rest")]
mod common;

use std::sync::LazyLock;

use common::Reader;
use proptest::prelude::*;

static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

/// Texts of news fragments in any order, with what else pages hold between them.
fn texts() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("L'armée malienne a attaqué les rebelles à Kidal. ".to_owned()),
        Just("selon le ministère de la Défense, ".to_owned()),
        Just("« Nous n'avons pas bombardé la ville », a dit le président ".to_owned()),
        Just("trois soldats ont été tués mardi et dix blessés".to_owned()),
        Just("attaque ".to_owned()),
        Just("\n\nPublicité\n\n".to_owned()),
        "[\\PC]{0,12}",
        any::<String>(),
    ];
    proptest::collection::vec(fragment, 0..12).prop_map(|fragments| fragments.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn mentions_stand_in_the_text_in_order(text in texts()) {
        let reading = READER.read(&text);
        let firsts: Vec<u32> = reading.events.iter().map(|event| event.mentions[0].trigger.start()).collect();
        prop_assert!(firsts.is_sorted());
        for event in &reading.events {
            prop_assert!(event.mentions.is_sorted_by_key(|mention| mention.trigger.start()));
            prop_assert_eq!(event.merged.len() + 1, event.mentions.len());
            for mention in &event.mentions {
                prop_assert_eq!(mention.event_type, event.event_type);
                prop_assert!(mention.mode.is_none_or(|mode| mention.event_type.modes().contains(&mode)));
                prop_assert!(!reading.slice(mention.trigger).is_empty());
                for participant in mention.actors.iter().chain(&mention.recipients) {
                    prop_assert!(!reading.slice(participant.span).is_empty());
                }
                if let Some(source) = &mention.attribution {
                    prop_assert!(!reading.slice(source.span).is_empty());
                }
            }
        }
    }

    #[test]
    fn reading_twice_says_the_same(text in texts()) {
        prop_assert_eq!(READER.read(&text).events, READER.read(&text).events);
    }
}
