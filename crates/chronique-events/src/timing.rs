//! Which time of its sentence is that of an act: weighed signs say so.

use chronique_syntax::{Upos, WordId};
use chronique_times::TimeKind;

use crate::cues::Cue;
use crate::scene::Scene;
use crate::trigger::Candidate;
use crate::weighing::{Sign, Weighing};
use crate::where_when::{Owners, elsewhen};
use crate::{EventTime, EventType, Status};

/// How much must speak for a time: a little less than against it, since an act without a time says nothing.
const ENOUGH: f32 = -0.4;
/// Among how many times of one sentence that of an act is looked up.
const LISTED: usize = 16;

/// The time of an act: the one of its sentence that most speaks for, if enough does.
pub(crate) fn time(
    scene: &Scene<'_>,
    weighing: &Weighing,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
    status: Status,
) -> Option<EventTime> {
    let mut best: Option<(f32, EventTime)> = None;
    for (time, tie, signs) in times(scene, owners, number, candidate, status) {
        let sum = weighing.sum(&signs);
        if sum > ENOUGH && best.as_ref().is_none_or(|&(known, _)| sum > known) {
            best = Some((sum, EventTime { time, reason: tie }));
        }
    }
    best.map(|(_, time)| time)
}

/// The times of an act's sentence, in order: how each hangs together with the act, and the signs between them.
pub(crate) fn times(
    scene: &Scene<'_>,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
    status: Status,
) -> Vec<(u32, &'static str, Vec<Sign>)> {
    let sentence = scene.sentence(candidate.anchor);
    let mut all: Vec<(u32, WordId)> = Vec::new();
    for word in sentence.map(WordId) {
        let Some(at) = scene.time_at(word).filter(|&at| all.last().is_none_or(|&(last, _)| last != at))
        else {
            continue;
        };
        all.push((at, word));
    }
    all.retain(|&(at, _)| scene.evidence.times[at as usize].kind != TimeKind::Set);
    all.truncate(LISTED);
    let distance = |word: WordId| word.0.abs_diff(candidate.word.0);
    let nearest = all.iter().map(|&(_, word)| distance(word)).min();
    let mut found = Vec::new();
    for &(at, word) in &all {
        let Some((tie, mut signs)) = own_signs(scene, owners, number, candidate, status, (at, word)) else {
            continue;
        };
        if all.len() == 1 {
            signs.push(("only one", ""));
        } else if Some(distance(word)) == nearest {
            signs.push(("nearest", ""));
        }
        found.push((at, tie, signs));
    }
    found
}

/// The signs between an act and one time, whichever others there are; `None` if the time is of something else: *pour
/// l'heure*, *deux semaines après l'attaque*, *a annoncé mardi que…*.
fn own_signs(
    scene: &Scene<'_>,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
    status: Status,
    (at, word): (u32, WordId),
) -> Option<(&'static str, Vec<Sign>)> {
    let anchor = candidate.anchor;
    let sentence = scene.sentence(anchor);
    let time = &scene.evidence.times[at as usize];
    let words = scene.evidence.syntax.within(time.span);
    let top = scene.evidence.syntax.top(words.clone()).unwrap_or(word);
    let tie = tie(scene, owners, number, candidate, top);
    let act = if scene.is_verbal(anchor) { "verb" } else { "noun" };
    let kind = match time.kind {
        TimeKind::Duration => "duration",
        TimeKind::Time => "clock",
        _ => match time.value.days() {
            None => "vague",
            Some((first, last)) if first == last => "day",
            Some(_) => "longer",
        },
    };
    let mut signs =
        vec![("base", ""), ("tie", tie), (tie, act), (act, ""), ("act", group(candidate.event_type()))];
    signs.extend([("kind", kind), (tie, kind)]);
    // *L'armée a bombardé Gao et s'est retirée lundi*
    if tie == "of another act" {
        return None;
    }
    let measured = scene.gives(WordId(words.end.min(sentence.end - 1)), Cue::OtherWhen);
    if scene.preposition(top) == Some("pour") || time.kind == TimeKind::Duration && measured {
        return None;
    }
    if let Some(head) = scene.head(top) {
        let above = matches!(tie, "of a clause above" | "of an act above");
        if above && elsewhen(scene, owners, candidate, head, top) {
            return None;
        }
        for (cue, name) in [(Cue::Speech, "speech"), (Cue::Tells, "tells"), (Cue::Support, "support")] {
            if scene.gives(head, cue) && head != anchor {
                signs.push(("under a verb", name));
            }
        }
        if scene.is_nominal(head) && head != anchor {
            signs.push(("under a noun", tie));
        }
    }
    let before = words.start.checked_sub(1).filter(|&before| before >= sentence.start).map(WordId);
    let adposition = before.filter(|&word| scene.upos(word) == Upos::Adp).map(|word| scene.lemma(word));
    let preposition = match scene.preposition(top).or(adposition) {
        None => "none",
        Some("depuis") => "depuis",
        Some("avant" | "jusque" | "après" | "dès") => "limit",
        Some("en" | "dans" | "à") => "en",
        Some("de") => "de",
        Some("pendant" | "durant") => "pendant",
        Some(_) => "other",
    };
    signs.push(("preposition", preposition));
    if measured {
        signs.push(("from another time", ""));
    }
    if status == Status::Future {
        signs.push(("future", act));
    }
    between(scene, owners, candidate, words, &mut signs);
    Some((tie, signs))
}

/// How a time, by its top word, hangs together with an act.
fn tie(
    scene: &Scene<'_>,
    owners: &Owners,
    number: usize,
    candidate: &Candidate<'_>,
    top: WordId,
) -> &'static str {
    let head = scene.head(top);
    if head.is_some_and(|head| head == candidate.anchor || head == candidate.word) {
        return "its own";
    }
    let is_above =
        |word: WordId| scene.evidence.syntax.ancestors(candidate.anchor).take(16).any(|above| above == word);
    match owners.above(scene, top) {
        Some(owner) if owner == number => "below it",
        None if head.is_none_or(is_above) => "of a clause above",
        Some(_) if head.is_some_and(is_above) => "of an act above",
        None => "of no act",
        Some(_) => "of another act",
    }
}

/// What stands between an act and a time, and where in the sentence the time stands.
fn between(
    scene: &Scene<'_>,
    owners: &Owners,
    candidate: &Candidate<'_>,
    words: std::ops::Range<u32>,
    signs: &mut Vec<Sign>,
) {
    let sentence = scene.sentence(candidate.anchor);
    let act = candidate.word.0;
    let (side, from, to) =
        if words.start < act { ("before", words.end, act) } else { ("after", act + 1, words.start) };
    let distance = match to.saturating_sub(from) {
        0..=2 => "beside",
        3..=5 => "near",
        6..=10 => "off",
        11..=20 => "far off",
        _ => "furthest",
    };
    signs.push((side, distance));
    if words.start <= sentence.start + 2 {
        signs.push(("at the start", ""));
    }
    if words.end + 1 >= sentence.end {
        signs.push(("at the end", ""));
    }
    let acts = match owners.between(from, to) {
        0 => "none",
        1 => "one",
        _ => "more",
    };
    signs.push((if side == "before" { "acts between, before" } else { "acts between, after" }, acts));
    let any = |test: &dyn Fn(WordId) -> bool| (from..to).map(WordId).any(test);
    let relative = |word| {
        scene.upos(word) == Upos::Pron
            && matches!(scene.lemma(word), "qui" | "que" | "dont" | "où" | "lequel")
    };
    if any(&|word| scene.upos(word) == Upos::Sconj || relative(word)) {
        signs.push(("clause between", side));
    }
    let cut = |word| matches!(scene.evidence.text.slice(scene.word(word).span), "," | ";" | ":" | "»" | "«");
    if any(&cut) {
        signs.push(("comma between", side));
    }
    if any(&|word| scene.is_verbal(word) && scene.word(word).morph.mood().is_some()) {
        signs.push(("verb between", side));
    }
}

fn group(event_type: EventType) -> &'static str {
    match event_type {
        EventType::Assault => "violence",
        EventType::Coerce | EventType::Sanction => "coercion",
        EventType::Protest => "protest",
        EventType::Consult | EventType::Agree | EventType::Cooperate => "talks",
        EventType::Accuse | EventType::Request | EventType::Reject | EventType::Threaten => "speech",
        EventType::Mobilize
        | EventType::Retreat
        | EventType::Concede
        | EventType::Aid
        | EventType::Support => "moves",
    }
}
