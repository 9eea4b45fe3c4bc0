//! What holds for the trained model: its trees on French of all kinds, and its patience with any bytes.

use std::sync::LazyLock;

use chronique_syntax::parser::{STAGES, State};
use chronique_syntax::training::Sentence;
use chronique_syntax::{Deprel, Model, Syntax, Upos, WordId, write_conllu};
use chronique_text::Text;
use chronique_tokens::{Tokenizer, Tokens};
use proptest::prelude::*;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(chronique_model_fr::model()).expect("the committed model opens"));

fn read(source: &str) -> (Text, Tokens, Syntax) {
    let text = Text::new(source).expect("a short text");
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let syntax = MODEL.analyze(&text, &tokens);
    (text, tokens, syntax)
}

/// The first word with this form.
fn find(text: &Text, syntax: &Syntax, form: &str) -> WordId {
    let words = 0..syntax.words().len() as u32;
    words.map(WordId).find(|&id| syntax.form(id, text) == form).unwrap_or_else(|| panic!("no word {form}"))
}

/// `sentence: word tag lemma relation head`, for the words that events turn on.
#[test]
fn words() {
    for (source, expected) in [
        (
            "L'armée a tué trois soldats dans le village.",
            &["armée NOUN armée nsubj tué", "tué VERB tuer root -", "soldats NOUN soldat obj tué"][..],
        ),
        (
            "Le maire a été arrêté par la police.",
            &[
                "maire NOUN maire nsubj:pass arrêté",
                "été AUX être aux:pass arrêté",
                "police NOUN police obl:agent arrêté",
            ],
        ),
        (
            "Le président de la Somalie accuse des soldats.",
            &[
                "de ADP de case Somalie",
                "des DET un det soldats",
                "Somalie PROPN Somalie nmod président",
                "soldats NOUN soldat obj accuse",
            ],
        ),
        (
            "Les députés qui ont voté la loi manifestent.",
            &[
                "qui PRON qui nsubj voté",
                "voté VERB voter acl:relcl députés",
                "députés NOUN député nsubj manifestent",
            ],
        ),
        ("Auquel des ministres a-t-il parlé ?", &["à ADP à case lequel"]),
    ] {
        let (text, _, syntax) = read(source);
        for line in expected {
            let form = line.split(' ').next().unwrap_or_default();
            let id = find(&text, &syntax, form);
            let word = syntax.word(id);
            let head = word.head.map_or("-", |head| syntax.form(head, &text));
            let found = format!("{form} {} {} {} {head}", word.upos, syntax.lemma(id), word.deprel);
            assert_eq!(&found, line, "{source}");
        }
    }
}

/// Lemmas of words that the lexicon knows, and of words that it does not.
#[test]
fn lemmas() {
    for (source, form, lemma) in [
        ("La présidente du Kosovo est arrivée.", "présidente", "président"),
        ("Les chevaux courent.", "chevaux", "cheval"),
        ("LES BOMBARDEMENTS CONTINUENT", "BOMBARDEMENTS", "bombardement"),
        ("Des zadistes ont été évacués.", "zadistes", "zadiste"),
        ("Ils googlisent la ville.", "googlisent", "googliser"),
        ("Le taux est de 1,75 %.", "1,75", "1,75"),
        ("Le PIB recule.", "PIB", "PIB"),
        ("Ils vont à Goma.", "Goma", "Goma"),
        ("Il s'est rendu.", "s'", "soi"),
    ] {
        let (text, _, syntax) = read(source);
        assert_eq!(syntax.lemma(find(&text, &syntax, form)), lemma, "{source}");
    }
}

/// Reported speech, as news has it, with and without comma and opening mark.
#[test]
fn inserted_clauses() {
    for (source, verb, subject) in [
        ("Deux personnes ont été blessées, a indiqué le ministère de l'Intérieur.", "indiqué", "ministère"),
        ("« Nous avons tué douze hommes », a déclaré un porte-parole de l'armée.", "déclaré", "porte-parole"),
        ("« La situation est grave » explique le maire.", "explique", "maire"),
        ("Trois soldats ont été tués, a-t-on appris de source militaire.", "appris", "-t-on"),
        ("Il irait « bien », déclare Félix Castillo, médecin à Barcelone.", "déclare", "Félix"),
        ("Il n'y a pas de victime, ont affirmé les pompiers.", "affirmé", "pompiers"),
    ] {
        let (text, _, syntax) = read(source);
        let (verb, subject) = (find(&text, &syntax, verb), find(&text, &syntax, subject));
        assert_eq!(syntax.word(verb).deprel, Deprel::ParataxisInsert, "{source}");
        assert_eq!(
            (syntax.head(subject), syntax.word(subject).deprel),
            (Some(verb), Deprel::Nsubj),
            "{source}"
        );
    }
}

/// A verb has one nominal subject; a pronoun may repeat it.
#[test]
fn second_subjects() {
    for (source, noun, deprel) in [
        ("L'armée a bombardé Goma mardi.", "Goma", Deprel::Obj),
        ("La police a arrêté Navalny lundi.", "Navalny", Deprel::Obj),
        ("Quand viendra le ministre ?", "ministre", Deprel::Nsubj),
    ] {
        let (text, _, syntax) = read(source);
        let noun = find(&text, &syntax, noun);
        assert_eq!(syntax.word(noun).deprel, deprel, "{source}");
    }
}

/// `des` and `du` are contractions after a noun, and articles after a verb.
#[test]
fn contractions() {
    for (source, token, parts) in [
        ("La police des frontières enquête.", "des", 2),
        ("La police interroge des témoins.", "des", 1),
        ("Il faut du temps.", "du", 1),
        ("Le chef du parti démissionne.", "du", 2),
        ("Il pense au retrait.", "au", 2),
        ("AU MALI, LE CHEF DU PARTI EST LIBÉRÉ", "AU", 2),
    ] {
        let (text, tokens, syntax) = read(source);
        let at = tokens.as_slice().iter().position(|t| text.slice(t.span) == token).expect("the token");
        let words = syntax.words_of(chronique_tokens::TokenId(at as u32));
        assert_eq!(words.len(), parts, "{source}");
    }
}

#[test]
fn image_is_refused_with_its_reason() {
    let image = chronique_model_fr::model();
    let error = |bytes: Vec<u8>| Model::from_bytes(bytes).expect_err("a damaged image").to_string();
    assert_eq!(error(Vec::new()), "these 0 bytes are no syntax model of Chronique");
    assert_eq!(
        error(b"PK\x03\x04 this is an archive, not a model".to_vec()),
        "these 36 bytes are no syntax model of Chronique"
    );
    let mut newer = image.to_vec();
    newer[8] = newer[8].wrapping_add(1);
    assert!(error(newer).contains("take the model of the same release"));
    let mut flipped = image.to_vec();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 16;
    assert!(error(flipped).contains("checksum"));
    assert!(error(image[..image.len() - 1].to_vec()).contains("checksum"));
    assert!(error(image[..24].to_vec()).contains("checksum"));
}

/// Sections that pass the checksum but lie are refused, or read without panic.
#[test]
fn lies_under_a_right_checksum() {
    let image = chronique_model_fr::model();
    let step = image.len() / 60;
    for at in (24..image.len()).step_by(step).chain(24..40) {
        let mut bytes = image.to_vec();
        bytes[at] = !bytes[at];
        let sum = chronique_syntax::training::checksum(&bytes[24..]);
        bytes[16..24].copy_from_slice(&sum.to_le_bytes());
        if let Ok(model) = Model::from_bytes(bytes) {
            let text = Text::new("Le chef du parti a été libéré mardi.").expect("a short text");
            let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
            assert_tree(&text, &tokens, &model.analyze(&text, &tokens));
        }
    }
}

/// Every sentence is one projective tree whose words cover its tokens.
fn assert_tree(text: &Text, tokens: &Tokens, syntax: &Syntax) {
    assert_eq!(syntax.sentences().len(), tokens.sentences().len());
    for (words, sentence) in syntax.sentences().zip(tokens.sentences()) {
        let mut covered: Vec<u32> = words.clone().map(|at| syntax.word(WordId(at)).token.0).collect();
        assert!(covered.is_sorted());
        covered.dedup();
        assert_eq!(covered, sentence.tokens.clone().collect::<Vec<_>>());
        let roots = words.clone().filter(|&at| syntax.word(WordId(at)).head.is_none());
        assert_eq!(roots.count(), 1);
        for id in words.clone().map(WordId) {
            let word = syntax.word(id);
            assert_eq!(word.deprel == Deprel::Root, word.head.is_none());
            let Some(head) = word.head else { continue };
            assert!(words.contains(&head.0));
            assert!(syntax.ancestors(id).take(words.len() + 1).count() <= words.len(), "no cycle");
            let (from, to) = (id.min(head), id.max(head));
            for between in (from.0 + 1..to.0).map(WordId) {
                let above = syntax.head(between).is_some_and(|above| above < from || above > to);
                assert!(!above, "an arc crosses another");
            }
        }
    }
    let mut conllu = Vec::new();
    write_conllu(&mut conllu, text, tokens, syntax).expect("memory takes all");
    let conllu = String::from_utf8(conllu).expect("CoNLL-U is text");
    for line in conllu.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        assert_eq!(line.split('\t').count(), 10, "{line}");
        assert!(line.split('\t').all(|field| !field.is_empty()), "{line}");
    }
}

/// The model with other leads: those of the image's last bytes.
fn with_lead(lead: u32) -> Model {
    let mut image = chronique_model_fr::model().to_vec();
    let at = image.len() - 4 * (STAGES.len() - 1);
    image[at..].as_chunks_mut::<4>().0.fill(lead.to_le_bytes());
    let sum = chronique_syntax::training::checksum(&image[24..]);
    image[16..24].copy_from_slice(&sum.to_le_bytes());
    Model::from_bytes(image).expect("any lead is allowed")
}

/// A lead that no choice has leaves every decision to the last stage, a lead of 0 to the first; the committed leads change
/// next to nothing.
#[test]
fn leads_tell_which_stage_decides() {
    let tokens = "Le maire de la ville où vivent les familles des victimes , élu en mars , a dit hier que \
        l' armée avait tué trois soldats dans le village voisin et blessé deux hommes .";
    let forms = || tokens.split_whitespace();
    let arcs = |model: &Model| {
        let (mut sentence, mut state) = (Sentence::default(), State::default());
        model.read_sentence(forms, &mut sentence, &mut state);
        (0..sentence.nodes.len()).map(|word| state.arc(word)).collect::<Vec<_>>()
    };
    let decided_by = |stage: usize| {
        let (mut sentence, mut state) = (Sentence::default(), State::default());
        MODEL.read_sentence(forms, &mut sentence, &mut state);
        MODEL.parse_by(&sentence.nodes, &mut state, |state| {
            MODEL.stages(&sentence.nodes, state).nth(stage).expect("a stage")
        });
        (0..sentence.nodes.len()).map(|word| state.arc(word)).collect::<Vec<_>>()
    };
    assert_eq!(arcs(&with_lead(u32::MAX)), decided_by(STAGES.len() - 1));
    assert_eq!(arcs(&with_lead(0)), decided_by(0));
    assert_ne!(decided_by(0), decided_by(STAGES.len() - 1), "the first stage alone is not as good");
    let same = arcs(&MODEL).iter().zip(decided_by(STAGES.len() - 1)).filter(|&(a, b)| *a == b).count();
    assert!(same + 1 >= decided_by(0).len());
}

#[test]
fn odd_texts() {
    for source in [
        "",
        " \n\n ",
        ".",
        "\0\0\0",
        "« » ( ) — …",
        "du",
        "DES",
        "e\u{301}te\u{301} a\u{300} l\u{2019}e\u{301}cole",
        "\u{202e}مرحبا بالعالم\u{202c}",
        "👍🏽👨‍👩‍👧‍👦",
        "12 500 12,5 12/05/2024 1er 2e",
    ] {
        let (text, tokens, syntax) = read(source);
        assert_tree(&text, &tokens, &syntax);
    }
}

#[test]
fn long_sentences() {
    for word in ["du ", "et ", "a", "« ", "le chef "] {
        let (text, tokens, syntax) = read(&word.repeat(20_000));
        let roots = (0..syntax.sentences().len()).filter(|&at| syntax.root(at).is_some()).count();
        assert_eq!(roots, tokens.sentences().len());
        assert!(syntax.words().len() >= tokens.len(), "{}", text.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_has_trees(source in "\\PC{0,120}") {
        let (text, tokens, syntax) = read(&source);
        assert_tree(&text, &tokens, &syntax);
    }

    #[test]
    fn any_words_have_trees(words in prop::collection::vec(
        prop::sample::select(vec!["le", "du", "des", "Auxquels", "tue", "police", "Paris", "M23", ",", "«", "»", ".", "qui", "à", "\n\n"]),
        0..60,
    )) {
        let (text, tokens, syntax) = read(&words.join(" "));
        assert_tree(&text, &tokens, &syntax);
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Model::from_bytes(bytes).is_err());
    }
}

#[test]
fn same_answer_twice() {
    let source = "Le Premier ministre a rencontré des élus à Nouméa. Trois d'entre eux ont refusé.";
    let (_, _, first) = read(source);
    let (_, _, second) = read(source);
    assert_eq!(first.words(), second.words());
    assert!(first.words().iter().any(|word| word.upos == Upos::Verb));
}

#[test]
fn shared_between_threads() {
    fn assert_shared<T: Send + Sync>() {}
    assert_shared::<Model>();
    assert_shared::<Syntax>();
}
