//! Any text: weighing never panics, and says the same twice.

use chronique_names::{Name, NameModel, name_runs};
use chronique_syntax::{Model, Syntax};
use chronique_text::Text;
use chronique_tokens::Tokenizer;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_run_of_any_text_can_be_weighed(source in "(?s)([A-ZÉ][a-zé]{0,6}|de|\\(|,|\\.|-|0|é|\\PC){0,20}( [A-Z]\\w*)?") {
        let text = Text::new(source).unwrap();
        let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
        let syntax = Model::from_bytes(chronique_model_fr::model()).unwrap().analyze(&text, &tokens);
        let model = NameModel::french();
        let len = u32::try_from(tokens.len()).unwrap();
        for run in (0..len).flat_map(|start| (start..=len.min(start + 4)).map(move |end| start..end)) {
            for syntax in [&syntax, &Syntax::default()] {
                let Some(name) = Name::new(&text, &tokens, syntax, run.clone()) else { continue };
                let weighed = model.weigh(&name);
                prop_assert_eq!(weighed, model.weigh(&name));
                prop_assert!(weighed.margin(weighed.class()) >= 0);
                prop_assert!(model.told(&name, weighed.class()).len() <= 4);
            }
        }
    }
}

#[test]
fn runs_lie_in_their_sentence_and_in_order() {
    let text =
        Text::new("Hier Awa Diarra a vu Sidi. Omar Kéita, lui, a fui Ansongo. LES TROUPES PARTENT.").unwrap();
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let syntax = Model::from_bytes(chronique_model_fr::model()).unwrap().analyze(&text, &tokens);
    let runs = name_runs(&text, &tokens, &syntax);
    assert!(runs.windows(2).all(|pair| pair[0].end <= pair[1].start), "{runs:?}");
    for run in runs {
        assert!(Name::new(&text, &tokens, &syntax, run).is_some());
    }
}
