use chronique_places::PlaceRole;
use chronique_syntax::{Deprel, Upos, WordId};

use crate::cues::Cue;
use crate::scene::{Filler, Scene};
use crate::{EventType, Participant};

/// Who is behind what a verb or noun of blame is about: *dénonce l'ingérence de la Chine*, *condamne
/// l'attaque des rebelles*. `acts` gives the actors of another act by its word.
pub(crate) fn behind<'c>(
    scene: &Scene<'_>,
    blame: WordId,
    event_type: EventType,
    acts: &dyn Fn(WordId) -> Option<&'c [Filler]>,
) -> Vec<Filler> {
    let mut found = Vec::new();
    let about = scene.children(blame).filter(|&child| match scene.deprel(child).base() {
        Deprel::Obj => !matches!(event_type, EventType::Protest | EventType::Request),
        Deprel::Obl | Deprel::Nmod => match event_type {
            EventType::Protest => scene.preposition(child) == Some("contre"),
            EventType::Request => false,
            EventType::Support if !scene.is_verbal(blame) => false,
            _ => matches!(scene.preposition(child), Some("contre" | "de" | "sur" | "à" | "pour")),
        },
        // *exige que les provocations de Pyongyang cessent*
        Deprel::Ccomp => {
            let whether = scene.child(child, Deprel::Mark).is_some_and(|mark| scene.lemma(mark) == "si");
            event_type != EventType::Protest && !whether && scene.finite(child).is_some()
        }
        _ => false,
    });
    for first in about {
        if scene.deprel(first) == Deprel::Ccomp {
            let Some(subject) = scene.subject(first).filter(|subject| !subject.undergoes) else { continue };
            let word = subject.filler.word;
            let owners = Some(word).filter(|&word| !scene.classes(word).is_none()).into_iter();
            let owners = owners.chain(owners_of(scene, word).filter(|_| scene.classes(word).is_none()));
            found.extend(owners.map(|word| Filler { word, reason: "who is to do it" }));
            continue;
        }
        for thing in scene.conjuncts(first) {
            if let Some(actors) = acts(thing).filter(|actors| !actors.is_empty()) {
                found.extend(actors.iter().map(|actor| Filler { reason: "who did it", ..*actor }));
                continue;
            }
            // *condamne la tentative de coup d'État*: the act stands one noun below.
            let below = scene.children(thing).filter(|&child| scene.preposition(child) == Some("de"));
            if let Some(actors) = below.filter_map(acts).find(|actors| !actors.is_empty()) {
                found.extend(actors.iter().map(|actor| Filler { reason: "who did it", ..*actor }));
                continue;
            }
            found.extend(owners_of(scene, thing).map(|word| Filler { word, reason: "whose it is" }));
        }
    }
    found
}

/// Whose a thing is: *l'ingérence de la Chine*, *la tentative de coup d'État par des militaires*.
fn owners_of<'s>(scene: &'s Scene<'_>, thing: WordId) -> impl Iterator<Item = WordId> + 's {
    let below = scene.children(thing).flat_map(|child| {
        let of = scene.deprel(child) == Deprel::Nmod && scene.classes(child).is_none();
        std::iter::once(child).chain(of.then(|| scene.children(child)).into_iter().flatten())
    });
    below.filter(move |&child| {
        let own = scene.head(child) == Some(thing);
        // *l'absence de scrupules des généraux*, but not *la hausse du nombre de réfugiés*
        let quality = |word| scene.child(word, Deprel::Det).is_none();
        let own = own || scene.head(child).is_some_and(quality);
        scene.deprel(child) == Deprel::Nmod
            && (scene.preposition(child) == Some("par") || own && scene.preposition(child) == Some("de"))
            && !scene.classes(child).is_none()
    })
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
            || scene.is_capital_name(filler.word)
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
