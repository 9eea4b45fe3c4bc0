use chronique_text::Text;
use chronique_tokens::Tokenizer;

use crate::{Anchor, Direction, TimeGrammar};

/// The values that the grammar reads in a phrase, written `value; value`.
fn values(grammar: &TimeGrammar, tokenizer: &Tokenizer, phrase: &str, anchor: &Anchor<'_>) -> String {
    let text = Text::new(phrase).unwrap();
    let tokens = tokenizer.tokenize(&text, [text.span()]);
    let times = grammar.times(&text, &tokens, anchor);
    times.iter().map(|time| time.value.to_string()).collect::<Vec<_>>().join("; ")
}

#[test]
fn every_rule_reads_its_examples_and_leaves_its_near_misses() {
    let (grammar, tokenizer) = (TimeGrammar::french(), Tokenizer::french());
    let anchor = Anchor::new(Some("2023-09-20".parse().unwrap()));
    let assistant = anchor.at(8, 30).prefer(Direction::Future);
    let mut wrong = Vec::new();
    for rule in grammar.rules() {
        for example in &rule.examples {
            let read =
                values(&grammar, &tokenizer, &example.phrase, if rule.eager { &assistant } else { &anchor });
            let expected = example.expected.as_deref().unwrap_or("");
            if read != expected {
                wrong.push(format!(
                    "{} (line {}): {:?} gives {read:?}, not {expected:?}",
                    rule.name, example.line, example.phrase
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
