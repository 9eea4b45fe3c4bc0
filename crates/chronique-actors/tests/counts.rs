//! Numbers of people, as the embedded model parses them.

use chronique_actors::Count;
use chronique_syntax::{Model, WordId};
use chronique_text::Text;
use chronique_tokens::Tokenizer;

const fn exactly(value: u32) -> Option<Count> {
    Some(Count { value, min: None, max: None, approximate: false, stated: true })
}

const fn about(value: u32) -> Option<Count> {
    Some(Count { value, min: None, max: None, approximate: true, stated: true })
}

const fn between(value: u32, min: Option<u32>, max: Option<u32>) -> Option<Count> {
    Some(Count { value, min, max, approximate: false, stated: true })
}

#[test]
fn numbers_of_people() {
    let model = Model::from_bytes(chronique_model_fr::model()).unwrap();
    for (source, noun, expected) in [
        ("Trois soldats ont été tués.", "soldats", exactly(3)),
        ("Un soldat a été tué.", "soldat", exactly(1)),
        ("Aucun civil n'a été blessé.", "civil", exactly(0)),
        ("L'attaque a fait 25 morts.", "morts", exactly(25)),
        ("Vingt-deux civils sont morts.", "civils", exactly(22)),
        ("Le séisme a tué 1 500 personnes.", "personnes", exactly(1500)),
        ("Quelque 200 personnes ont manifesté.", "personnes", about(200)),
        ("Environ 40 migrants se sont noyés.", "migrants", about(40)),
        ("Près de 300 élèves ont été enlevés.", "élèves", about(300)),
        ("Au moins 12 civils ont été tués.", "civils", between(12, Some(12), None)),
        ("Plus de 30 manifestants ont été arrêtés.", "manifestants", between(30, Some(31), None)),
        ("Moins de 10 personnes sont venues.", "personnes", between(10, None, Some(9))),
        ("Entre 10 et 15 migrants se sont noyés.", "migrants", between(10, Some(10), Some(15))),
        ("Une quinzaine d'otages ont été libérés.", "quinzaine", about(15)),
        ("Une quinzaine d'otages ont été libérés.", "otages", about(15)),
        (
            "Des centaines de manifestants ont défilé.",
            "manifestants",
            Some(Count { value: 200, min: Some(200), max: None, approximate: true, stated: false }),
        ),
        ("Deux millions de personnes ont voté.", "personnes", exactly(2_000_000)),
        ("Des civils ont été tués.", "civils", None),
        ("Plusieurs civils ont été tués.", "civils", None),
        ("Une partie des civils a été tuée.", "partie", None),
        ("Un groupe de soldats a fui.", "groupe", None),
        ("Les civils ont fui en 2020.", "civils", None),
    ] {
        let text = Text::new(source).unwrap();
        let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
        let syntax = model.analyze(&text, &tokens);
        let mut words = (0..).map(WordId).take(syntax.words().len());
        let word = words.find(|&word| syntax.form(word, &text) == noun).expect("the noun is there");
        assert_eq!(Count::of(&syntax, &text, word), expected, "{source} ({noun})");
    }
}
