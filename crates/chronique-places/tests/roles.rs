//! Places and metonyms, on the French model.

use chronique_places::Gazetteer;
use chronique_syntax::Model;
use chronique_text::Text;
use chronique_tokens::Tokenizer;

#[test]
fn roles() {
    let gazetteer = Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer()).expect("whole");
    let model = Model::from_bytes(chronique_model_fr::model()).expect("whole");
    for (name, input, expected) in [
        ("subject of an act", "Bamako accuse les rebelles.", "metonym"),
        ("after à", "Des rebelles sont arrivés à Bamako.", "location"),
        ("subject and object", "La Russie a accusé l'Ukraine.", "metonym metonym"),
        ("object of a movement", "Les soldats ont quitté Bamako.", "location"),
        ("agent", "Une résolution proposée par la France.", "metonym"),
        ("way", "Le convoi est passé par Bamako.", "location"),
        ("relation", "Un accord avec Israël a été signé.", "metonym"),
        ("neighbourhood", "La frontière avec Israël est fermée.", "location"),
        ("relation of two", "La guerre entre la Russie et l'Ukraine.", "metonym metonym"),
        ("distance of two", "La route entre Gao et Kidal.", "location location"),
        ("against", "Des sanctions contre l'Iran.", "metonym"),
        ("act", "Le retrait des États-Unis inquiète.", "metonym"),
        ("part", "Le nord du Mali est calme.", "location"),
        ("headline", "Mali : dix morts à Gao", "location location"),
        ("palace", "Le Kremlin a démenti.", "metonym"),
        ("list", "Des sanctions envers le Portugal et l'Espagne.", "metonym metonym"),
        ("given to", "La Cour a donné un délai à la Birmanie.", "metonym"),
        ("frontier", "La frontière à la Birmanie est fermée.", "location"),
        ("bearing", "Des pays hostiles à l'Iran.", "metonym"),
        ("palace's voice", "La porte-parole de l'Élysée a démissionné.", "metonym"),
        ("river", "Le Rhin déborde.", "location"),
    ] {
        let text = Text::new(input).expect("short");
        let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
        let places = gazetteer.places(&text, &tokens, &model.analyze(&text, &tokens));
        let roles: Vec<&str> = places.iter().map(|place| place.role.as_str()).collect();
        assert_eq!(roles.join(" "), expected, "{name}: {input}");
    }
}
