use chronique_syntax::{Deprel, Upos, WordId};

use crate::cues::Cue;
use crate::scene::Scene;

/// Killed and wounded, as one sentence tells them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Victims {
    pub(crate) killed: Option<u32>,
    pub(crate) wounded: Option<u32>,
    /// The word that carries the first figure.
    pub(crate) at: Option<WordId>,
}

/// The first figures of a sentence for killed and wounded: *16 morts*, *au moins trois soldats ont été tués*,
/// *une dizaine de blessés*.
pub(crate) fn victims(scene: &Scene<'_>, words: std::ops::Range<u32>) -> Victims {
    let mut victims = Victims::default();
    for word in words.clone().map(WordId) {
        let dead = scene.gives(word, Cue::Dead);
        let hurt = scene.gives(word, Cue::Hurt);
        if !dead && !hurt {
            continue;
        }
        let field = if dead { &victims.killed } else { &victims.wounded };
        if field.is_some() {
            continue;
        }
        let Some(count) = told(scene, word) else { continue };
        if dead {
            victims.killed = Some(count);
        } else {
            victims.wounded = Some(count);
        }
        victims.at = victims.at.or(Some(word));
    }
    victims
}

/// The number of those that a word of death or injury is said of.
pub(crate) fn told(scene: &Scene<'_>, word: WordId) -> Option<u32> {
    if scene.is_verbal(word) {
        let passive = scene.is_passive(word);
        let intransitive = matches!(scene.lemma(word), "mourir" | "décéder" | "périr" | "succomber");
        if passive || intransitive {
            let subject = scene.subject(word)?.filler;
            return count(scene, subject.word);
        }
        return scene.objects(word).find_map(|object| count(scene, object.word));
    }
    count(scene, word).or_else(|| match scene.deprel(word) {
        // *trois personnes tuées* with the participle read as an adjective
        Deprel::Amod | Deprel::Acl | Deprel::Appos => scene.head(word).and_then(|noun| count(scene, noun)),
        _ => None,
    })
}

/// The number of a noun phrase: *trois soldats*, *une dizaine de civils*, *un soldat*.
fn count(scene: &Scene<'_>, noun: WordId) -> Option<u32> {
    if let Some(count) = scene.evidence.actors.headed_by(noun).and_then(|mention| mention.count) {
        return Some(count.value);
    }
    for child in scene.children(noun) {
        let number = matches!(scene.deprel(child), Deprel::Nummod)
            || (scene.upos(child) == Upos::Num
                && matches!(scene.deprel(child), Deprel::Det | Deprel::Amod | Deprel::Nmod));
        if let Some(value) = number_of(scene, child).filter(|_| number) {
            return Some(value);
        }
    }
    if let Some(value) = group(scene.lemma(noun)) {
        return Some(value);
    }
    // *dizaine de morts*: the group word may head the phrase or stand before it.
    if let Some(head) = scene.head(noun).filter(|_| scene.deprel(noun).base() == Deprel::Nmod) {
        if let Some(value) = group(scene.lemma(head)) {
            return Some(value);
        }
        if scene.upos(head) == Upos::Num || scene.upos(head) == Upos::Noun && head.0 + 2 >= noun.0 {
            return number_of(scene, head);
        }
    }
    let one = scene.children(noun).any(|child| {
        scene.deprel(child) == Deprel::Det
            && scene.lemma(child) == "un"
            && scene.word(child).morph.number() != Some(chronique_syntax::Number::Plur)
    });
    (one && scene.upos(noun) == Upos::Noun).then_some(1)
}

/// The value of *une dizaine*.
fn group(lemma: &str) -> Option<u32> {
    Some(match lemma {
        "dizaine" => 10,
        "douzaine" => 12,
        "quinzaine" => 15,
        "vingtaine" => 20,
        "trentaine" => 30,
        "quarantaine" => 40,
        "cinquantaine" => 50,
        "soixantaine" => 60,
        "centaine" => 100,
        "millier" => 1000,
        _ => return None,
    })
}

/// The value of a numeral in digits or in words.
fn number_of(scene: &Scene<'_>, word: WordId) -> Option<u32> {
    let form = scene.evidence.text.slice(scene.word(word).span);
    if form.starts_with(|first: char| first.is_ascii_digit()) {
        let digits: String = form.chars().filter(char::is_ascii_digit).collect();
        let plain =
            form.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.'));
        return if plain { digits.parse().ok() } else { None };
    }
    let small = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
    ];
    let lower = form.to_lowercase();
    let value = small.iter().position(|&word| word == lower);
    value.map(|value| u32::try_from(value).expect("twenty fits")).or(match lower.as_str() {
        "une" => Some(1),
        "trente" => Some(30),
        "quarante" => Some(40),
        "cinquante" => Some(50),
        "soixante" => Some(60),
        "cent" => Some(100),
        "mille" => Some(1000),
        _ => None,
    })
}
