use chronique_places::{PlaceKind, PlaceRole};
use chronique_syntax::{Deprel, Upos, WordId};

use crate::cues::Cue;
use crate::scene::Scene;
use crate::trigger::Candidate;
use crate::{EventPlace, EventType, Status};

/// The candidates of a text by the words that govern their arguments.
pub(crate) struct Owners {
    /// (anchor or trigger, number of the candidate), sorted.
    by_word: Vec<(WordId, usize)>,
    /// The type of each candidate.
    types: Vec<EventType>,
}

impl Owners {
    pub(crate) fn new(candidates: &[Candidate<'_>]) -> Owners {
        let mut by_word: Vec<(WordId, usize)> = candidates
            .iter()
            .enumerate()
            .flat_map(|(at, candidate)| [(candidate.word, at), (candidate.anchor, at)])
            .collect();
        by_word.sort_unstable();
        by_word.dedup_by_key(|(word, _)| *word);
        Owners { by_word, types: candidates.iter().map(Candidate::event_type).collect() }
    }

    /// The candidate that a word names or anchors.
    pub(crate) fn at(&self, word: WordId) -> Option<usize> {
        self.by_word.binary_search_by_key(&word, |&(word, _)| word).ok().map(|at| self.by_word[at].1)
    }

    /// How many candidates stand between two words, at most a few.
    pub(crate) fn between(&self, from: u32, to: u32) -> usize {
        let start = self.by_word.partition_point(|(word, _)| word.0 < from);
        self.by_word[start..].iter().take(4).take_while(|(word, _)| word.0 < to).count()
    }

    /// The nearest candidate above a word.
    pub(crate) fn above(&self, scene: &Scene<'_>, word: WordId) -> Option<usize> {
        scene.evidence.syntax.ancestors(word).take(12).find_map(|above| self.at(above))
    }
}

/// The places of an act: those that it governs, else those of its sentence that no act governs; for violence and
/// protest else those that another act of the sentence governs. No place is better than one of another sentence.
///
/// What is said (accusations, promises, demands) happens nowhere in particular: it keeps only what hangs on it by
/// a preposition of place.
pub(crate) fn places(
    scene: &Scene<'_>,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
    status: Status,
) -> Vec<EventPlace> {
    let event_type = candidate.event_type();
    let mut governed = Vec::new();
    let mut free = Vec::new();
    let mut others = Vec::new();
    let sentence = scene.sentence(candidate.anchor);
    for (at, word) in locations(scene, sentence.clone()) {
        let words = scene.evidence.syntax.within(scene.place(at).span);
        let top = scene.evidence.syntax.top(words).unwrap_or(word);
        // *a conduit l'Azerbaïdjan à prendre des terres*: who acts is not where.
        // *une livraison d'armes à l'Ukraine*: nor is to whom.
        let given = candidate.roles.recipients.iter().any(|recipient| {
            scene.place_at(recipient.word) == Some(at)
                && scene.preposition(recipient.word) == Some("à")
                && scene.is_addressed(recipient.word)
        });
        let acts = candidate.roles.actors.iter().any(|actor| scene.place_at(actor.word) == Some(at));
        // *a signé un accord avec la Syrie*, *une offensive contre l'Irak*: nor is with or against whom.
        let other = matches!(scene.preposition(top), Some("avec" | "contre" | "pour"));
        if acts || given || other || describes(scene, owners, top, at) {
            continue;
        }
        match owners.above(scene, top) {
            Some(owner) if owner == number => {
                if is_material(event_type) || is_locative(scene, candidate, top) {
                    governed.push(EventPlace { place: at, reason: "governed by the trigger" });
                }
            }
            // *la guerre a conduit le Mali à…*: whom a verb is about is not where another act is.
            _ if is_argument(scene, top) => {}
            None => free.push(EventPlace { place: at, reason: "same sentence" }),
            Some(_) if status != Status::Actual => {}
            // *dix soldats ont été tués lorsqu'une bombe a explosé à Gao*: acts of one type tell one happening.
            Some(owner) if owners.types[owner] != event_type && is_apart(scene, candidate, top) => {}
            Some(_) => others.push(EventPlace { place: at, reason: "beside another act of the sentence" }),
        }
    }
    let physical = matches!(event_type, EventType::Assault | EventType::Protest);
    let mut found = governed;
    // What is denied has no place but its own.
    if found.is_empty() && is_material(event_type) && status != Status::Negated {
        found = if !free.is_empty() {
            free
        } else if physical {
            others
        } else {
            Vec::new()
        };
    }
    most_specific(scene, &mut found);
    found
}

/// Whether another clause parts a place from an act: *deux rebelles qui avaient attaqué Gao ont été tués*; but not *étaient à
/// Gao lorsqu'ils ont été tués*, *à Gao, où deux rebelles ont été tués*.
fn is_apart(scene: &Scene<'_>, candidate: &Candidate<'_>, place: WordId) -> bool {
    let (act, after) = (candidate.word, place > candidate.word);
    let between = if after { act.0 + 1..place.0 } else { place.0 + 1..act.0 };
    between.map(WordId).any(|word| match (scene.upos(word), scene.lemma(word)) {
        (Upos::Sconj, lemma) => after || !matches!(lemma, "lorsque" | "quand"),
        (Upos::Pron, "où") => after,
        (Upos::Pron, "qui" | "que" | "dont" | "lequel") => true,
        _ => after && scene.is_verbal(word) && scene.word(word).morph.mood().is_some(),
    })
}

/// Whether a place only says where another place is, or where somebody comes from: *Rekkem, près de la France*,
/// *des renforts en provenance de Paris*, *les armées du Niger et du Tchad*.
fn describes(scene: &Scene<'_>, owners: &Owners, top: WordId, place: u32) -> bool {
    let start = scene.sentence(top).start;
    let case = scene.children(top).find(|&child| scene.deprel(child) == Deprel::Case && child < top);
    // *ont fui les combats vers le Tchad*
    let under_verb = scene.head(top).is_some_and(|head| scene.is_verbal(head));
    if under_verb && case.is_some_and(|case| scene.lemma(case) == "vers") {
        return true;
    }
    let before = case.filter(|case| case.0 > start).map(|case| WordId(case.0 - 1));
    // The tree may hang *de Marseille* on the man.
    if before.is_some_and(|before| scene.gives(before, Cue::Origin)) {
        return true;
    }
    let mut at = top;
    for _ in 0..6 {
        let Some(head) = scene.head(at).filter(|&head| owners.at(head).is_none()) else { return false };
        let joined = scene.deprel(at) == Deprel::Conj;
        if scene.gives(head, Cue::Origin) || joined && belongs_to_somebody(scene, head) {
            return true;
        }
        if scene.is_verbal(head) && scene.deprel(at) != Deprel::Acl && scene.deprel(head) != Deprel::Acl {
            return false;
        }
        if !joined && scene.place_at(head).is_some_and(|other| other != place) {
            // *Mali : attaque à Tombouctou*: the headline starts with where it is.
            return !scene.children(head).any(|child| scene.lemma(child) == ":")
                && scene.lemma(WordId((head.0 + 1).min(scene.sentence(head).end - 1))) != ":";
        }
        at = head;
    }
    false
}

/// Whether a place hangs on the act itself by a preposition of place: *a condamné à Genève*.
fn is_locative(scene: &Scene<'_>, candidate: &Candidate<'_>, top: WordId) -> bool {
    let own = |word| word == candidate.anchor || word == candidate.word;
    scene.head(top).is_some_and(own)
        && scene.preposition(top).is_some_and(|case| scene.cues.gives(case, Cue::Locative))
}

/// Whether a place is whom a verb makes do something: *a conduit le Mali à attaquer*, *accuse Moscou de*.
fn is_argument(scene: &Scene<'_>, top: WordId) -> bool {
    scene.deprel(top).base() == Deprel::Obj
        && scene.head(top).is_some_and(|verb| scene.gives(verb, Cue::Controls))
}

/// Whether acts of a type take place somewhere, and are not only said.
fn is_material(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Assault
            | EventType::Coerce
            | EventType::Protest
            | EventType::Mobilize
            | EventType::Retreat
            | EventType::Aid
            | EventType::Consult
    )
}

/// The places of some words that are locations of their own, each with a word of its name.
fn locations<'s>(
    scene: &'s Scene<'_>,
    words: std::ops::Range<u32>,
) -> impl Iterator<Item = (u32, WordId)> + 's {
    let mut last = None;
    words.map(WordId).filter_map(move |word| {
        let at = scene.place_at(word).filter(|&at| last != Some(at))?;
        last = Some(at);
        let location = scene.place(at).role == PlaceRole::Location && !belongs_to_somebody(scene, word);
        location.then_some((at, word))
    })
}

/// Leaves out the places that hold another one: *Tombouctou*, not *Mali*.
fn most_specific(scene: &Scene<'_>, places: &mut Vec<EventPlace>) {
    let all: Vec<u32> = places.iter().map(|place| place.place).collect();
    places.retain(|place| {
        let place = scene.place(place.place);
        !all.iter().any(|&other| {
            let other = scene.place(other);
            other.id != place.id
                && (other.within.contains(&place.id)
                    || place.kind == PlaceKind::Country
                        && other.kind != PlaceKind::Country
                        && other.country == place.country)
        })
    });
}

/// Whether a place only says who somebody is: *le président du Mali*.
fn belongs_to_somebody(scene: &Scene<'_>, word: WordId) -> bool {
    scene.mention_at(word).is_some_and(|mention| mention.head != word)
}

/// Whether an act need not share the time of a word above it: because that word only tells of it (*a annoncé
/// mardi que…*), or it stands in a relative clause, or is told as before or after (*après l'attaque*).
pub(crate) fn elsewhen(
    scene: &Scene<'_>,
    owners: &Owners,
    candidate: &Candidate<'_>,
    above: WordId,
    time: WordId,
) -> bool {
    let (anchor, event_type) = (candidate.anchor, candidate.event_type());
    let tells = [Cue::Speech, Cue::Tells, Cue::Claim].iter().any(|&cue| scene.gives(above, cue));
    // *ont lancé le 17 février une offensive*, *annonce vendredi la rupture de ses liens*: that is the act.
    let does = scene.gives(above, Cue::Support)
        && scene.head(anchor) == Some(above)
        && matches!(scene.deprel(anchor), Deprel::Obj | Deprel::ObjLvc | Deprel::NsubjPass)
        && (!scene.gives(above, Cue::Tells) || !is_material(event_type));
    if tells && !does {
        return true;
    }
    let mut at = anchor;
    for _ in 0..16 {
        if at == above {
            return false;
        }
        // *l'attaque de mardi, qui a tué dix soldats*: what an act did, it did then.
        let done = scene.head(at) == Some(above) && owners.at(above).is_some();
        let clause = scene.deprel(at) == Deprel::AclRelcl
            || scene.deprel(at) == Deprel::Acl && scene.is_bare_participle(at);
        // What stands behind the act may be its own, wherever the tree hangs it.
        let apart = clause && !done
            || time < anchor
                && scene.children(at).any(|child| {
                    matches!(scene.deprel(child), Deprel::Case | Deprel::Mark)
                        && scene.gives(child, Cue::OtherWhen)
                });
        if apart {
            return true;
        }
        match scene.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}
