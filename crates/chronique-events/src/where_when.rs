use chronique_places::{PlaceKind, PlaceRole};
use chronique_syntax::WordId;
use chronique_times::TimeKind;

use crate::scene::Scene;
use crate::trigger::Candidate;
use crate::{EventPlace, EventTime, EventType};

/// The candidates of a text by the words that govern their arguments.
pub(crate) struct Owners {
    /// (anchor or trigger, number of the candidate), sorted.
    by_word: Vec<(WordId, usize)>,
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
        Owners { by_word }
    }

    /// The candidate that a word names or anchors.
    pub(crate) fn at(&self, word: WordId) -> Option<usize> {
        self.by_word.binary_search_by_key(&word, |&(word, _)| word).ok().map(|at| self.by_word[at].1)
    }

    /// The nearest candidate above a word.
    fn above(&self, scene: &Scene<'_>, word: WordId) -> Option<usize> {
        scene.evidence.syntax.ancestors(word).take(12).find_map(|above| self.at(above))
    }
}

/// The places of an act: those that it governs, else others of its sentence, else those of the sentence before.
///
/// What is said (accusations, promises, demands) happens nowhere in particular: it keeps only what it governs.
pub(crate) fn places(
    scene: &Scene<'_>,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
) -> Vec<EventPlace> {
    let mut governed = Vec::new();
    let mut free = Vec::new();
    let mut others = Vec::new();
    let sentence = scene.sentence(candidate.anchor);
    for (at, word) in locations(scene, sentence.clone()) {
        let words = scene.evidence.syntax.within(scene.place(at).span);
        let top = scene.evidence.syntax.top(words).unwrap_or(word);
        match owners.above(scene, top) {
            Some(owner) if owner == number => {
                governed.push(EventPlace { place: at, reason: "governed by the trigger" });
            }
            None => free.push(EventPlace { place: at, reason: "same sentence" }),
            Some(_) => others.push(EventPlace { place: at, reason: "beside another act of the sentence" }),
        }
    }
    let material = is_material(candidate.event_type());
    let mut found = governed;
    if found.is_empty() && material {
        found = if free.is_empty() { others } else { free };
    }
    if found.is_empty() && matches!(candidate.event_type(), EventType::Assault | EventType::Protest) {
        let number = scene.evidence.syntax.sentence_of(candidate.anchor);
        let sentences = scene.evidence.tokens.sentences();
        let before =
            number.checked_sub(1).filter(|&before| sentences[before].region == sentences[number].region);
        if let Some(before) = before {
            let words = scene.evidence.syntax.sentence(before);
            let words = words.start.max(words.end.saturating_sub(200))..words.end;
            found = locations(scene, words)
                .map(|(place, _)| EventPlace { place, reason: "sentence before" })
                .collect();
        }
    }
    most_specific(scene, &mut found);
    found
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

/// The time of an act: one that it governs, else one of a clause above it, else that of an act above it.
pub(crate) fn time(
    scene: &Scene<'_>,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
) -> Option<EventTime> {
    let mut best: Option<(u32, EventTime)> = None;
    let mut last = None;
    let is_above =
        |word: WordId| scene.evidence.syntax.ancestors(candidate.anchor).take(16).any(|above| above == word);
    for word in scene.sentence(candidate.anchor).map(WordId) {
        let Some(at) = scene.time_at(word).filter(|&at| last != Some(at)) else { continue };
        last = Some(at);
        let time = &scene.evidence.times[at as usize];
        if time.kind == TimeKind::Set {
            continue;
        }
        let words = scene.evidence.syntax.within(time.span);
        let top = scene.evidence.syntax.top(words).unwrap_or(word);
        let head = scene.head(top);
        let (base, reason) = match owners.above(scene, top) {
            Some(owner) if owner == number => (0, "governed by the trigger"),
            None if head.is_none_or(is_above) => (1000, "clause above"),
            Some(_) if head.is_some_and(is_above) => (2000, "act above"),
            _ => continue,
        };
        if time.kind == TimeKind::Duration && base > 0 {
            continue;
        }
        let duration = u32::from(time.kind == TimeKind::Duration) * 500;
        let cost = base + duration + word.0.abs_diff(candidate.word.0);
        if best.as_ref().is_none_or(|&(known, _)| cost < known) {
            best = Some((cost, EventTime { time: at, reason }));
        }
    }
    best.map(|(_, time)| time)
}
