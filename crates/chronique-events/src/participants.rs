use chronique_places::PlaceRole;
use chronique_syntax::{Deprel, Upos, WordId};

use crate::Participant;
use crate::cues::Cue;
use crate::scene::{Filler, Scene};

/// Who is behind what a verb or noun of blame is about: *dénonce l'ingérence de la Chine*, *condamne
/// l'attaque des rebelles*. `acts` gives the actors of another act by its word.
pub(crate) fn behind<'c>(
    scene: &Scene<'_>,
    blame: WordId,
    acts: &dyn Fn(WordId) -> Option<&'c [Filler]>,
) -> Vec<Filler> {
    let mut found = Vec::new();
    let about = scene.children(blame).filter(|&child| match scene.deprel(child).base() {
        Deprel::Obj => true,
        Deprel::Obl | Deprel::Nmod => {
            matches!(scene.preposition(child), Some("contre" | "de" | "sur" | "à" | "pour"))
        }
        _ => false,
    });
    for first in about {
        for thing in scene.conjuncts(first) {
            if let Some(actors) = acts(thing).filter(|actors| !actors.is_empty()) {
                found.extend(actors.iter().map(|actor| Filler { reason: "who did it", ..*actor }));
                continue;
            }
            let owners = scene.children(thing).filter(|&child| {
                scene.deprel(child) == Deprel::Nmod
                    && matches!(scene.preposition(child), Some("de" | "par"))
                    && !scene.classes(child).is_none()
            });
            found.extend(owners.map(|word| Filler { word, reason: "whose it is" }));
        }
    }
    found
}

/// The fillers that are somebody, as participants.
pub(crate) fn participants(
    scene: &Scene<'_>,
    side: &[Filler],
    recipients: bool,
    things: bool,
) -> Vec<Participant> {
    let mut out: Vec<Participant> = Vec::new();
    for filler in side {
        let actors = scene.evidence.actors;
        let known = actors.headed_by(filler.word).or_else(|| actors.adjective_at(filler.word));
        // A place acts only where it stands for somebody.
        let place = scene.place_at(filler.word);
        let stands = place.is_some_and(|at| scene.role_of_place(at) == PlaceRole::Metonym);
        let named = known.is_some() || place.is_some() && (recipients || stands);
        let somebody = named
            || scene.upos(filler.word) == Upos::Propn && place.is_none()
            || scene.gives(filler.word, Cue::Human)
            || scene.is_named(filler.word)
            || filler.reason == "adjective"
            || (things
                && filler.reason != "obl à"
                && scene.upos(filler.word) == Upos::Noun
                && scene.time_at(filler.word).is_none()
                && !scene.gives(filler.word, Cue::Untargeted));
        if !somebody {
            continue;
        }
        let span = scene.participant_span(filler.word);
        if out.iter().all(|other| !other.span.overlaps(span)) {
            out.push(Participant { span, actor: known.map(|mention| mention.actor), reason: filler.reason });
        }
    }
    out
}
