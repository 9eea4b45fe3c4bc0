//! What holds of folding and of code points for any text.

use chronique_text::{CodePoints, Folded, Span, Text, fold_into};
use proptest::prelude::*;

fn fold(source: &str) -> String {
    let mut out = String::new();
    fold_into(source, &mut out);
    out
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(source in any::<String>()) {
        let once = fold(&source);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folded_text_is_what_folding_gives(source in any::<String>()) {
        let folded = Folded::new(&source);
        prop_assert_eq!(folded.as_str(), fold(&source));
    }

    #[test]
    fn each_folded_character_comes_from_its_source(source in any::<String>()) {
        let folded = Folded::new(&source);
        let mut start = 0;
        for (at, char) in folded.as_str().char_indices() {
            let span = folded.source(Span::new(at as u32, (at + char.len_utf8()) as u32));
            prop_assert!(!span.is_empty() && span.start() >= start);
            let origin = &source[span.range()];
            prop_assert!(fold(origin).contains(char), "{char:?} from {origin:?}");
            start = span.start();
        }
    }

    #[test]
    fn code_points_go_there_and_back(source in any::<String>()) {
        let text = Text::new(source.as_str()).unwrap();
        let points = CodePoints::new(&text);
        prop_assert_eq!(points.total() as usize, source.chars().count());
        for (point, (byte, _)) in source.char_indices().enumerate() {
            prop_assert_eq!(points.of_byte(byte as u32), point as u32);
            prop_assert_eq!(points.to_byte(point as u32), Some(byte as u32));
        }
    }
}
