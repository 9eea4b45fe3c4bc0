use chronique_actors::{ActorClass, ActorId};
use chronique_syntax::{Deprel, Upos, WordId};
use chronique_text::BlockKind;
use chronique_times::TimeKind;

use crate::cues::Cue;
use crate::families::Families;
use crate::modes::{is_means, more_specific};
use crate::scene::Scene;
use crate::{Event, EventMention, EventType, Participant, Status};

/// How many of the latest happenings a mention is compared with.
const MEMORY: usize = 40;

/// Groups the mentions of one text into happenings, in order of their first mentions.
pub(crate) fn merge(scene: &Scene<'_>, families: &Families, mentions: Vec<EventMention>) -> Vec<Event> {
    let mut groups: Vec<(Vec<EventMention>, Vec<String>)> = Vec::new();
    for mention in mentions {
        let recent = groups.len().saturating_sub(MEMORY);
        let joined = (recent..groups.len())
            .rev()
            .filter_map(|at| {
                let known = latest(&groups[at].0);
                same(scene, families, known, &mention).map(|(score, why)| (score, at, why))
            })
            .max_by_key(|&(score, at, _)| (score, at));
        match joined {
            Some((_, at, why)) => {
                let first = scene.evidence.text.slice(groups[at].0[0].trigger);
                groups[at]
                    .1
                    .push(format!("{}: {why} as {first}", scene.evidence.text.slice(mention.trigger)));
                groups[at].0.push(mention);
            }
            None => groups.push((vec![mention], Vec::new())),
        }
    }
    groups
        .into_iter()
        .map(|(mut mentions, merged)| {
            inherit(scene, &mut mentions);
            share_mode(&mut mentions);
            event(mentions, merged)
        })
        .collect()
}

/// The latest mentions of a group: an endless list of acts must not cost the square of its length.
fn latest(group: &[EventMention]) -> &[EventMention] {
    &group[group.len().saturating_sub(MEMORY)..]
}

/// Lends a mention that names nobody the participants of the mention before or after it, by their words nearest to it.
fn inherit(scene: &Scene<'_>, mentions: &mut [EventMention]) {
    let sides: [fn(&mut EventMention) -> &mut Vec<Participant>; 2] =
        [|mention| &mut mention.actors, |mention| &mut mention.recipients];
    for side in sides {
        for (from, to) in
            (1..mentions.len()).map(|at| (at - 1, at)).chain((1..mentions.len()).rev().map(|at| (at, at - 1)))
        {
            if !side(&mut mentions[to]).is_empty() {
                continue;
            }
            let word = mentions[to].word;
            let lent: Vec<Participant> = side(&mut mentions[from])
                .iter()
                .filter_map(|participant| nearest(scene, participant, word))
                .collect();
            *side(&mut mentions[to]) = lent;
        }
    }
}

/// The words for a participant that stand nearest before a word, in its sentence.
fn nearest(scene: &Scene<'_>, participant: &Participant, word: WordId) -> Option<Participant> {
    let actors = scene.evidence.actors;
    let sentence = |word| scene.evidence.syntax.sentence_of(word);
    let here = sentence(word);
    let mentions =
        actors.actor(participant.actor?).mentions.iter().map(|&at| &actors.mentions()[at as usize]);
    let near = mentions.filter(|mention| mention.stands_for.is_none() && sentence(mention.head) == here);
    let best = near.min_by_key(|mention| (mention.head > word, mention.head.0.abs_diff(word.0)))?;
    Some(Participant { span: best.span, actor: participant.actor, reason: "from another mention" })
}

/// Gives all mentions of an act of violence the most specific mode that one of them tells.
fn share_mode(mentions: &mut [EventMention]) {
    if mentions[0].event_type != EventType::Assault {
        return;
    }
    // How it is done spreads; what it does (destroy, abduct, kill somebody) is each mention's own.
    let told = mentions.iter().map(|mention| mention.mode.filter(|&mode| is_means(mode)));
    let mode = told.fold(None, more_specific);
    for mention in mentions {
        mention.mode = more_specific(mention.mode, mode);
    }
}

/// Why a mention tells the same happening as a group, and how surely; `None` if it does not.
fn same(
    scene: &Scene<'_>,
    families: &Families,
    group: &[EventMention],
    mention: &EventMention,
) -> Option<(u8, &'static str)> {
    if group[0].event_type != mention.event_type {
        return None;
    }
    let cause = |other: &&EventMention| {
        is_cause(scene, other.word, mention.word) || is_cause(scene, mention.word, other.word)
    };
    if let Some(cause) = group.iter().find(cause) {
        return (cause.event_type == EventType::Assault).then_some((9, "effect of the same act"));
    }
    if group.iter().any(|other| conflict(scene, other, mention)) {
        return None;
    }
    let lemma = scene.lemma(mention.word);
    let related = group.iter().any(|other| families.related(scene.lemma(other.word), lemma));
    let general =
        group.iter().any(|other| families.takes_up(scene.lemma(other.word), lemma, mention.event_type));
    if !related && !general {
        return None;
    }
    let shared = group.iter().any(|other| share(&other.actors, &mention.actors))
        || group.iter().any(|other| share(&other.recipients, &mention.recipients))
        || group.iter().any(|other| share_place(scene, other, mention));
    if is_new(scene, mention.word) && !group.iter().all(|other| is_announced(scene, other.word)) {
        return None;
    }
    match (related, shared) {
        (true, true) => Some((8, "same act and participants")),
        (true, false) => Some((5, "same act")),
        (false, true) => Some((4, "taken up with the same participants")),
        (false, false) => None,
    }
}

/// Whether a noun is told apart from the acts before it: *d'autres combats*, *un deuxième attentat*.
fn is_new(scene: &Scene<'_>, word: WordId) -> bool {
    scene.upos(word) == Upos::Noun
        && scene
            .children(word)
            .any(|child| scene.deprel(child) == Deprel::Amod && scene.gives(child, Cue::Anew))
}

/// Whether a word stands in a headline, a caption or the lead, which announce what the article tells.
fn is_announced(scene: &Scene<'_>, word: WordId) -> bool {
    let sentence = scene.evidence.syntax.sentence_of(word);
    let region = scene.evidence.tokens.sentences()[sentence].region;
    let kind = scene.evidence.blocks.get(region as usize).map(|block| block.kind);
    sentence <= 3 || matches!(kind, Some(BlockKind::Title | BlockKind::Caption | BlockKind::Repeat))
}

/// *l'attaque a tué dix personnes*: the noun is the subject of the verb, or the verb's cause.
fn is_cause(scene: &Scene<'_>, noun: WordId, verb: WordId) -> bool {
    scene.head(noun) == Some(verb)
        && matches!(
            scene.deprel(noun),
            Deprel::Nsubj | Deprel::OblMod | Deprel::Obl | Deprel::OblAgent | Deprel::OblArg
        )
        || scene.head(verb) == Some(noun) && matches!(scene.deprel(verb), Deprel::Acl | Deprel::AclRelcl)
}

/// Whether two mentions can't tell the same happening.
fn conflict(scene: &Scene<'_>, a: &EventMention, b: &EventMention) -> bool {
    if (a.status == Status::Negated) != (b.status == Status::Negated) {
        return true;
    }
    if a.mode.is_some() && b.mode.is_some() && a.mode != b.mode && a.event_type != EventType::Assault {
        return true;
    }
    apart(&a.actors, &b.actors)
        || strangers(scene, &a.recipients, &b.recipients)
        || other_time(scene, a, b)
        || other_place(scene, a, b)
}

fn ids(side: &[Participant]) -> impl Iterator<Item = u32> + '_ {
    side.iter().filter_map(|participant| participant.actor.map(|actor| actor.0))
}

fn share(a: &[Participant], b: &[Participant]) -> bool {
    ids(a).any(|actor| ids(b).any(|other| actor == other))
}

/// Whether both sides are known and have nobody in common.
fn apart(a: &[Participant], b: &[Participant]) -> bool {
    ids(a).next().is_some() && ids(b).next().is_some() && !share(a, b)
}

/// Whether those that undergo two acts can't be the same: of different countries, or persons of different names.
///
/// *Une attaque sur la MINUSMA*, *un Casque bleu a été tué*: who is hit first in general, then one by one.
fn strangers(scene: &Scene<'_>, a: &[Participant], b: &[Participant]) -> bool {
    let actors = scene.evidence.actors;
    let known = |side: &[Participant]| ids(side).next().is_some();
    known(a)
        && known(b)
        && ids(a).all(|one| {
            ids(b).all(|other| {
                let (one_actor, other_actor) = (actors.actor(ActorId(one)), actors.actor(ActorId(other)));
                let persons = [one_actor, other_actor].iter().all(|actor| {
                    actor
                        .mentions
                        .first()
                        .is_some_and(|&at| actors.mentions()[at as usize].class == ActorClass::Person)
                });
                let countries = one_actor.country.zip(other_actor.country);
                one != other && (persons || countries.is_some_and(|(one, other)| one != other))
            })
        })
}

fn share_place(scene: &Scene<'_>, a: &EventMention, b: &EventMention) -> bool {
    a.places
        .iter()
        .any(|one| b.places.iter().any(|other| scene.place(one.place).id == scene.place(other.place).id))
}

/// Whether both places are known and neither holds the other.
fn other_place(scene: &Scene<'_>, a: &EventMention, b: &EventMention) -> bool {
    if a.places.is_empty() || b.places.is_empty() {
        return false;
    }
    let fits = a.places.iter().any(|one| {
        let one = scene.place(one.place);
        b.places.iter().any(|other| {
            let other = scene.place(other.place);
            one.id == other.id
                || one.within.contains(&other.id)
                || other.within.contains(&one.id)
                || one.within.is_empty() && one.country == other.country
                || other.within.is_empty() && one.country == other.country
        })
    });
    !fits
}

/// Whether both times are calendar dates that do not meet.
fn other_time(scene: &Scene<'_>, a: &EventMention, b: &EventMention) -> bool {
    let days = |mention: &EventMention| {
        let time = &scene.evidence.times[mention.time.as_ref()?.time as usize];
        if time.kind == TimeKind::Duration { None } else { time.value.days() }
    };
    let (Some(a), Some(b)) = (days(a), days(b)) else { return false };
    a.1 < b.0 || b.1 < a.0
}

fn event(mentions: Vec<EventMention>, merged: Vec<String>) -> Event {
    let firmness = |status: Status| match status {
        Status::Actual => 0,
        Status::Future => 1,
        Status::Possible => 2,
        Status::Negated => 3,
    };
    let status = mentions.iter().map(|mention| mention.status).min_by_key(|&status| firmness(status));
    Event {
        event_type: mentions[0].event_type,
        mode: mentions.iter().find_map(|mention| mention.mode),
        status: status.unwrap_or(Status::Actual),
        killed: mentions.iter().find_map(|mention| mention.killed),
        wounded: mentions.iter().find_map(|mention| mention.wounded),
        place: mentions.iter().find_map(|mention| mention.places.first()).map(|place| place.place),
        time: mentions.iter().find_map(|mention| mention.time.as_ref()).map(|time| time.time),
        mentions,
        merged,
    }
}
