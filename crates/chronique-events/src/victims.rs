use chronique_actors::Count;
use chronique_syntax::{Deprel, WordId};

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

/// The figure that the text states for a noun phrase: *trois soldats*, *une dizaine de civils*, *un soldat*.
fn count(scene: &Scene<'_>, noun: WordId) -> Option<u32> {
    let evidence = scene.evidence;
    let known = evidence.actors.headed_by(noun).and_then(|mention| mention.count);
    let count = known.or_else(|| Count::of(evidence.syntax, evidence.text, noun));
    count.filter(|count| count.stated).map(|count| count.value)
}
