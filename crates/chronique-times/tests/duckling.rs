//! The French time expressions of facebook/duckling's own corpus (467 phrases of an assistant's users),
//! read with `Direction::Future` at 4:30 on 2013-02-12. The corpus is not part of this repository: the
//! test is skipped where `../shared` is not beside it.

// A skipped test says so.
#![allow(clippy::print_stderr)]

use std::path::Path;

use chronique_text::Text;
use chronique_times::{Anchor, Direction, Moment, TimeExpression, TimeGrammar, TimeValue};
use chronique_tokens::Tokenizer;
use serde_json::Value;

/// `(2013, 2, 12, 4, 30, 0)` as numbers; month and day 0 stand for the first.
fn fields(spec: &str) -> Vec<u32> {
    let numbers = spec.trim_matches(['(', ')', ' ']).split(',');
    let mut fields: Vec<u32> = numbers.map(|number| number.trim().parse().unwrap()).collect();
    fields[1] = fields[1].max(1);
    fields[2] = fields[2].max(1);
    fields
}

fn of(moment: Moment) -> Vec<u32> {
    let Moment { date, second } = moment;
    let year = u32::try_from(date.year()).unwrap();
    vec![year, date.month().into(), date.day().into(), second / 3600, second / 60 % 60, second % 60]
}

/// The tuples in a specification such as `datetime (2013, 2, 12, 0, 0, 0) Day`.
fn tuples(spec: &str) -> Vec<Vec<u32>> {
    let starts = spec.match_indices("(2").chain(spec.match_indices("(1"));
    starts.map(|(at, _)| fields(&spec[at..at + spec[at..].find(')').unwrap()])).collect()
}

#[test]
fn most_points_and_intervals_agree() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/times/duckling_fr.json");
    let Ok(corpus) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&corpus).unwrap();
    let (grammar, tokenizer) = (TimeGrammar::french(), Tokenizer::french());
    let anchor = Anchor::new(Some("2013-02-12".parse().unwrap())).at(4, 30).prefer(Direction::Future);
    let (mut points, mut right_points, mut intervals, mut right_intervals) = (0, 0, 0, 0);
    for case in &cases {
        let text = Text::new(case["text"].as_str().unwrap()).unwrap();
        let tokens = tokenizer.tokenize(&text, [text.span()]);
        let times = grammar.times(&text, &tokens, &anchor);
        let spec = case["spec"].as_str().unwrap();
        let gold = tuples(spec);
        let starts = times.iter().filter_map(start);
        match case["kind"].as_str().unwrap() {
            "datetime" => {
                let grain = spec.rsplit(' ').next().unwrap();
                let known = match grain {
                    "Year" => 1,
                    "Month" => 2,
                    "Day" | "Week" => 3,
                    "Hour" => 4,
                    "Minute" => 5,
                    _ => 6,
                };
                points += 1;
                right_points += u32::from(starts.into_iter().any(|start| start[..known] == gold[0][..known]));
            }
            "datetimeOpenInterval" => {
                intervals += 1;
                right_intervals += u32::from(starts.into_iter().any(|start| start == gold[0]));
            }
            _ => {
                intervals += 1;
                right_intervals +=
                    u32::from(ranges(&times).any(|range| range == (gold[0].clone(), gold[1].clone())));
            }
        }
    }
    eprintln!("points {right_points} of {points}, intervals {right_intervals} of {intervals}");
    assert!(right_points * 100 >= points * 90, "points {right_points} of {points}");
    assert!(right_intervals * 100 >= intervals * 59, "intervals {right_intervals} of {intervals}");
}

fn start(time: &TimeExpression) -> Option<Vec<u32>> {
    if time.value == TimeValue::PresentRef {
        return Some(vec![2013, 2, 12, 4, 30, 0]);
    }
    time.interval().map(|(begin, _)| of(begin))
}

/// Begin and end of every expression, and of every two that make a range.
fn ranges(times: &[TimeExpression]) -> impl Iterator<Item = (Vec<u32>, Vec<u32>)> + '_ {
    let single = times.iter().filter_map(TimeExpression::interval);
    let pairs = times.windows(2).filter(|pair| pair[0].opens_range);
    let double = pairs.filter_map(|pair| Some((pair[0].interval()?.0, pair[1].interval()?.1)));
    single.chain(double).map(|(begin, end)| (of(begin), of(end)))
}
