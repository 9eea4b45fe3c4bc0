//! What holds for any text.

use std::sync::LazyLock;

use chronique_actors::ActorLexicon;
use chronique_syntax::Model;
use chronique_text::Text;
use chronique_tokens::Tokenizer;
use proptest::prelude::*;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(chronique_model_fr::model()).expect("the embedded model is whole"));
static LEXICON: LazyLock<ActorLexicon> = LazyLock::new(ActorLexicon::french);

fn check(source: &str) {
    let text = Text::new(source).unwrap();
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let syntax = MODEL.analyze(&text, &tokens);
    let actors = LEXICON.actors(&text, &tokens, &syntax);
    let mentions = actors.mentions();
    assert!(mentions.windows(2).all(|pair| pair[0].head < pair[1].head), "one mention a head, in order");
    for (at, mention) in (0..).zip(mentions) {
        assert!(!text.slice(mention.span).is_empty());
        assert!(
            mention
                .stands_for
                .is_none_or(|full| mentions[full as usize].actor == mention.actor && full != at)
        );
        assert!(actors.actor(mention.actor).mentions.contains(&at));
        assert_eq!(actors.headed_by(mention.head), Some(mention));
    }
    for adjective in actors.adjectives() {
        assert!((adjective.actor.0 as usize) < actors.as_slice().len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_characters(source in any::<String>()) {
        check(&source);
    }

    #[test]
    fn words_of_the_lists_in_any_order(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "le", "la", "les", "l'", "de", "du", "des", "un", "une", "deux", "12", "Au moins", "dizaine", "milliers",
            "armée", "malienne", "président", "Emmanuel", "Macron", "Joe", "Biden", "M.", "(", ")", "GSIM", "ONU", "Mali",
            "Moscou", "Kremlin", "il", "elle", "ils", ",", ".", "et", "groupe", "Wagner", "rebelles", "a attaqué",
            "ministre", "de la Défense", "\n", "Front de libération du Sud", "FLS", "al-Sissi", "ben", "PARIS", "É",
        ]),
        0..40,
    )) {
        check(&words.join(" "));
    }
}

#[test]
fn odd_texts() {
    for source in [
        "",
        "\0",
        "...",
        "(ONU)",
        "(A) (AB) (ABC)",
        "e\u{301}tat E\u{301}tats-Unis arme\u{301}e",
        "الرئيس المصري عبد الفتاح السيسي",
        "M. M. M. M.",
        "de de de de",
    ] {
        check(source);
    }
    check(&"président ".repeat(3000));
    check(&"Emmanuel ".repeat(3000));
    check(&"il a dit qu'".repeat(3000));
    check(&"armée de la police de l'armée malienne de ".repeat(1000));
    check(&"a".repeat(1 << 20));
}
