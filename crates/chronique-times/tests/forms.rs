//! Every form in which French news say when: its words, its value, its interval, and near-misses.

use chronique_text::Text;
use chronique_times::{Anchor, TimeExpression, TimeGrammar};
use chronique_tokens::Tokenizer;

const FORMS: &str = include_str!("forms.tsv");

/// What is found, as the table writes it.
fn shown(text: &Text, time: &TimeExpression) -> String {
    let mut shown = format!("{} = {}", text.slice(time.span), time.value);
    if let Some((begin, end)) = time.interval() {
        let [begin, end] = [begin, end].map(|moment| {
            let moment = moment.to_string();
            let moment = moment.strip_suffix(":00").unwrap_or(&moment);
            moment.strip_suffix("T00:00").unwrap_or(moment).to_owned()
        });
        shown += &if time.opens_range { format!(" : {begin} ..") } else { format!(" : {begin} {end}") };
    }
    shown
}

#[test]
fn every_form_has_its_value_and_its_interval() {
    let (tokenizer, grammar) = (Tokenizer::french(), TimeGrammar::french());
    let anchor = Anchor::new(Some("2023-09-20".parse().unwrap()));
    let mut wrong = Vec::new();
    let mut rows = 0;
    for (at, row) in FORMS.lines().enumerate().filter(|(_, row)| !row.is_empty() && !row.starts_with('#')) {
        let mut columns = row.split('\t');
        let text = Text::new(columns.next().unwrap()).unwrap();
        let expected: Vec<&str> = columns.collect();
        let tokens = tokenizer.tokenize(&text, [text.span()]);
        let times = grammar.times(&text, &tokens, &anchor);
        let found: Vec<String> = times.iter().map(|time| shown(&text, time)).collect();
        if found != expected {
            wrong.push(format!("forms.tsv:{}: {}\n  {found:?}\n  not {expected:?}", at + 1, text.as_str()));
        }
        rows += 1;
    }
    assert!(rows > 100, "only {rows} rows");
    assert!(wrong.is_empty(), "{} of {rows}\n{}", wrong.len(), wrong.join("\n"));
}
