use chronique_actors::{ActorClass, Count};
use chronique_syntax::{Deprel, Number, WordId};

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
fn told(scene: &Scene<'_>, word: WordId) -> Option<u32> {
    if let Some(count) = conjoined(scene, word) {
        return Some(count);
    }
    if scene.is_verbal(word) {
        let intransitive = matches!(scene.lemma(word), "mourir" | "décéder" | "périr" | "succomber");
        let who = if scene.is_passive(word) || intransitive {
            scene.subject(word)?.filler.word
        } else {
            return scene
                .objects(word)
                .find_map(|object| count(scene, object.word).or_else(|| one(scene, object.word)));
        };
        return count(scene, who).or_else(|| one(scene, who));
    }
    count(scene, word).or_else(|| match scene.deprel(word) {
        // *trois personnes tuées* with the participle read as an adjective
        Deprel::Amod | Deprel::Acl | Deprel::Appos => scene.head(word).and_then(|noun| count(scene, noun)),
        // *la mort de 28 personnes*
        _ => scene
            .children(word)
            .find(|&child| scene.deprel(child) == Deprel::Nmod && scene.preposition(child) == Some("de"))
            .and_then(|who| count(scene, who)),
    })
}

/// The numeral of a second member: *cinq tués et trente autres blessés*.
fn conjoined(scene: &Scene<'_>, word: WordId) -> Option<u32> {
    if scene.deprel(word) != Deprel::Conj {
        return None;
    }
    if scene.child(word, Deprel::Nummod).is_some() {
        return count(scene, word);
    }
    let first = scene.head(word)?;
    (first.0 + 1..word.0)
        .rev()
        .take(4)
        .map(WordId)
        .take_while(|&between| scene.deprel(between) != Deprel::Cc && !scene.is_verbal(between))
        .find_map(|between| count(scene, between))
}

/// One, for a person by name or office: *le journaliste Gilles Jacquier a été tué*.
fn one(scene: &Scene<'_>, who: WordId) -> Option<u32> {
    let person = scene
        .evidence
        .actors
        .headed_by(who)
        .is_some_and(|mention| mention.class == ActorClass::Person && mention.count.is_none());
    (person && scene.word(who).morph.number() != Some(Number::Plur)).then_some(1)
}

/// The figure that the text states for a noun phrase: *trois soldats*, *une dizaine de civils*, *un soldat*.
fn count(scene: &Scene<'_>, noun: WordId) -> Option<u32> {
    let evidence = scene.evidence;
    let noun = scene.counted(noun);
    if scene.time_at(noun).is_some() {
        return None;
    }
    let known = evidence.actors.headed_by(noun).and_then(|mention| mention.count);
    let count = known.or_else(|| Count::of(evidence.syntax, evidence.text, noun));
    count.filter(|count| count.stated && count.value > 0).map(|count| count.value)
}
