//! The committed model on plain newswire sentences, against facts checked by hand.

use chronique_syntax::{Deprel, Model, Syntax, WordId};
use chronique_text::Text;
use chronique_tokens::Tokenizer;

const SENTENCES: &str = include_str!("data/news.tsv");

/// The share of facts that must be right, in hundredths.
const FLOOR: usize = 88;

/// Whether a relation is one of those that a fact allows.
fn is_allowed(found: Deprel, allowed: &str) -> bool {
    allowed.split('|').any(|name| {
        let whole = name.parse().is_ok_and(|deprel: Deprel| deprel == found);
        whole || found.base().as_str() == name && found != Deprel::OblAgent
    })
}

/// What is found instead of a fact; nothing if it holds.
fn mistake(fact: &str, text: &Text, syntax: &Syntax) -> Option<String> {
    let &[form, relation, head] = fact.split(' ').collect::<Vec<_>>().as_slice() else {
        panic!("a fact is a word, a relation and a head: {fact}")
    };
    let mut words = (0..syntax.words().len() as u32).map(WordId);
    let id = words.find(|&id| syntax.form(id, text) == form).unwrap_or_else(|| panic!("no word {form}"));
    let word = syntax.word(id);
    let found = word.head.map_or("-", |head| syntax.form(head, text));
    (found != head || !is_allowed(word.deprel, relation))
        .then(|| format!("{fact}: found {} {} {found}", word.upos, word.deprel))
}

#[test]
#[expect(clippy::print_stdout, reason = "shown when the test fails")]
fn newswire() {
    let model = Model::from_bytes(chronique_model_fr::model()).expect("the committed model opens");
    let (mut right, mut all) = ([0; 2], [0; 2]);
    for (number, line) in (1..).zip(SENTENCES.lines()) {
        if line.starts_with('#') {
            continue;
        }
        let &[set, source, facts] = line.split('\t').collect::<Vec<_>>().as_slice() else {
            panic!("news.tsv:{number}: three columns expected")
        };
        let text = Text::new(source).expect("a short text");
        let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
        let syntax = model.analyze(&text, &tokens);
        let set = usize::from(set == "held");
        for fact in facts.split("; ") {
            all[set] += 1;
            match mistake(fact, &text, &syntax) {
                None => right[set] += 1,
                Some(mistake) => println!("news.tsv:{number}: {source} | {mistake}"),
            }
        }
    }
    println!("dev: {} of {}; held out: {} of {}", right[0], all[0], right[1], all[1]);
    for (right, all) in right.into_iter().zip(all) {
        assert!(right * 100 >= all * FLOOR, "{right} of {all} facts hold; the floor is {FLOOR} %");
    }
}
