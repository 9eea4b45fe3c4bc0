//! What holds of the tokens and sentences of any text.

use std::sync::LazyLock;

use chronique_text::{Span, Text};
use chronique_tokens::{TokenId, Tokenizer, Tokens};
use proptest::prelude::*;

/// Text that looks like news now and then, so that every rule is reached.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "L'",
        "d’",
        "aujourd'hui",
        "-t-il",
        "-ce",
        "celui-ci",
        "Haut-Karabakh",
        "M.",
        "J.-P.",
        "U.S.A.",
        "etc.",
        "...",
        "…",
        ". ",
        "? ",
        "« ",
        " »",
        "“",
        "”",
        "\"",
        "(",
        ")",
        "e",
        "é",
        "e\u{301}",
        "\u{301}",
        "\u{AD}",
        "\u{200D}",
        "1 500",
        "3,5",
        "14h30",
        "19/09/2023",
        "-6",
        "+14",
        "1er",
        "°C",
        "n°",
        "www.a.fr",
        "http://a.b/c(d)",
        "a@b.fr",
        "#a_b",
        "@a",
        "🇫🇷",
        "👩🏽\u{200D}🚀",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\u{A0}",
        "\u{202F}",
        "\0",
        "&",
        "R&B",
        "_",
        "/",
        ":",
        "-",
        "--",
        "—",
        "م",
        "中",
        "St",
        "Est",
        "Kim",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
        any::<String>(),
        "[a-zA-Z0-9éÉ'’.@/:()&°_ \n-]{0,80}",
    ]
}

fn read(text: &Text, regions: &[Span]) -> Tokens {
    static FRENCH: LazyLock<Tokenizer> = LazyLock::new(Tokenizer::french);
    FRENCH.tokenize(text, regions.iter().copied())
}

fn is_ignored(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || matches!(char, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(char, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0020}'..='\u{E007F}')
        || unicode_normalization::char::is_combining_mark(char)
}

proptest! {
    #[test]
    fn tokens_are_sorted_disjoint_and_cover_what_is_visible(source in texts()) {
        let text = Text::new(source.as_str()).unwrap();
        let tokens = read(&text, &[text.span()]);
        let mut end = 0;
        for token in tokens.as_slice() {
            prop_assert!(!token.span.is_empty());
            prop_assert!(token.span.start() as usize >= end);
            let range = token.span.range();
            prop_assert!(source.is_char_boundary(range.start) && source.is_char_boundary(range.end));
            prop_assert!(source[end..range.start].chars().all(is_ignored), "{:?}", &source[end..range.start]);
            end = range.end;
        }
        prop_assert!(source[end..].chars().all(is_ignored), "{:?}", &source[end..]);
    }

    #[test]
    fn sentences_partition_the_tokens(source in texts()) {
        let text = Text::new(source).unwrap();
        let tokens = read(&text, &[text.span()]);
        let mut next = 0;
        for (number, sentence) in tokens.sentences().iter().enumerate() {
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(sentence.tokens.end > next);
            next = sentence.tokens.end;
            let (first, last) = (TokenId(sentence.tokens.start), TokenId(next - 1));
            prop_assert_eq!(sentence.span, tokens.token(first).span.cover(tokens.token(last).span));
            prop_assert_eq!(tokens.sentence_of(first), number);
            prop_assert_eq!(tokens.sentence_of(last), number);
        }
        prop_assert_eq!(next as usize, tokens.len());
    }

    #[test]
    fn nothing_leaves_its_region(source in texts(), cut in 0.0..1.0_f64) {
        let text = Text::new(source.as_str()).unwrap();
        let mut middle = (source.len() as f64 * cut) as usize;
        while !source.is_char_boundary(middle) {
            middle -= 1;
        }
        let middle = middle as u32;
        let regions = [Span::new(0, middle), Span::new(middle, text.len())];
        let tokens = read(&text, &regions);
        for sentence in tokens.sentences() {
            prop_assert!(regions[sentence.region as usize].contains(sentence.span));
        }
    }
}

#[test]
fn a_sentence_without_end_is_cut() {
    let text = Text::new("Goma, ".repeat(5000)).unwrap();
    let tokens = read(&text, &[text.span()]);
    let lengths: Vec<_> = tokens.sentences().iter().map(|sentence| sentence.tokens.len()).collect();
    assert_eq!((tokens.len(), lengths.iter().max()), (10_000, Some(&1024)));
}
