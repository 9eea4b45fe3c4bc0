//! What holds of folding, code points and blocks for any text.

use chronique_text::{BlockRules, CodePoints, Folded, Span, Text, fold_into};
use proptest::prelude::*;

fn fold(source: &str) -> String {
    let mut out = String::new();
    fold_into(source, &mut out);
    out
}

/// Lines that look like a page now and then.
fn pages() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Publicité",
        "A lire aussi",
        "Lire aussi :",
        "Photo par",
        "Photo d’archives",
        "©",
        "AFP",
        " / ",
        "Jean Dupont",
        "12 mars 2016",
        ". –",
        "(",
        ")",
        "[ source : ",
        "]",
        "\n",
        "\r\n",
        "\n\n",
        ". ",
        " ",
        "\u{A0}",
        "\u{AD}",
        "e\u{301}",
        "L’armée recule",
        "Newsletter",
        "14h30",
        "12",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn blocks_are_in_order_and_cover_what_is_not_white_space(source in pages()) {
        let text = Text::new(source.as_str()).unwrap();
        let mut end = 0;
        // Marks that folding takes off are as invisible as white space.
        let blank = |part: &str| fold(part).chars().all(char::is_whitespace);
        for block in BlockRules::french().blocks(&text) {
            let range = block.span.range();
            prop_assert!(range.start >= end && range.start < range.end);
            prop_assert!(source.is_char_boundary(range.start) && source.is_char_boundary(range.end));
            prop_assert!(blank(&source[end..range.start]), "{:?}", &source[end..range.start]);
            end = range.end;
        }
        prop_assert!(blank(&source[end..]), "{:?}", &source[end..]);
    }

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
