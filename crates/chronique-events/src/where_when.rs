use chronique_places::PlaceRole;
use chronique_syntax::WordId;
use chronique_times::TimeKind;

use crate::scene::Scene;
use crate::trigger::Candidate;
use crate::{EventPlace, EventTime};

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

/// The places of an act: those that it governs, else those of its sentence that no other act governs.
pub(crate) fn places(
    scene: &Scene<'_>,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
) -> Vec<EventPlace> {
    let mut governed = Vec::new();
    let mut free = Vec::new();
    let mut last = None;
    for word in scene.sentence(candidate.anchor).map(WordId) {
        let Some(at) = scene.place_at(word).filter(|&at| last != Some(at)) else { continue };
        last = Some(at);
        let place = scene.place(at);
        if place.role != PlaceRole::Location || belongs_to_somebody(scene, word) {
            continue;
        }
        let top = scene.evidence.syntax.top(scene.evidence.syntax.within(place.span)).unwrap_or(word);
        match owners.above(scene, top) {
            Some(owner) if owner == number => {
                governed.push(EventPlace { place: at, reason: "governed by the trigger" });
            }
            None => free.push(EventPlace { place: at, reason: "same sentence" }),
            Some(_) => {}
        }
    }
    if governed.is_empty() { free } else { governed }
}

/// Whether a place only says who somebody is: *le président du Mali*.
fn belongs_to_somebody(scene: &Scene<'_>, word: WordId) -> bool {
    scene.mention_at(word).is_some_and(|mention| mention.head != word)
}

/// The time of an act: one that it governs, else one of its sentence that no other act governs.
pub(crate) fn time(
    scene: &Scene<'_>,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
) -> Option<EventTime> {
    let mut best: Option<(u32, EventTime)> = None;
    let mut last = None;
    for word in scene.sentence(candidate.anchor).map(WordId) {
        let Some(at) = scene.time_at(word).filter(|&at| last != Some(at)) else { continue };
        last = Some(at);
        let time = &scene.evidence.times[at as usize];
        if time.kind == TimeKind::Set {
            continue;
        }
        let words = scene.evidence.syntax.within(time.span);
        let top = scene.evidence.syntax.top(words).unwrap_or(word);
        let (base, reason) = match owners.above(scene, top) {
            Some(owner) if owner == number => (0, "governed by the trigger"),
            None => (1000, "same sentence"),
            Some(_) => continue,
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
