use chronique_actors::ActorId;
use chronique_syntax::WordId;

use crate::likeness::Signs;
use crate::modes::{is_means, more_specific};
use crate::scene::Scene;
use crate::{Event, EventMention, EventType, Lexicon, Participant, Status};

/// How many of the latest happenings a mention is compared with.
const MEMORY: usize = 40;

/// How many of the latest mentions of a happening are compared.
const MEMBERS: usize = 12;

/// Groups the mentions of one text into happenings, in order of their first mentions.
pub(crate) fn merge(scene: &Scene<'_>, lexicon: &Lexicon, mentions: Vec<EventMention>) -> Vec<Event> {
    let mut groups: Vec<(Vec<EventMention>, Vec<String>)> = Vec::new();
    for mention in mentions {
        let recent = groups.len().saturating_sub(MEMORY);
        let joined = (recent..groups.len())
            .filter_map(|at| {
                let known = latest(&groups[at].0);
                same(scene, lexicon, known, &mention).map(|(sum, signs)| (sum, at, signs))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        match joined {
            Some((_, at, signs)) => {
                let first = scene.evidence.text.slice(groups[at].0[0].trigger);
                let told = lexicon.weights.told(signs);
                let word = scene.evidence.text.slice(mention.trigger);
                groups[at].1.push(format!("{word} as {first}: {told}"));
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
    &group[group.len().saturating_sub(MEMBERS)..]
}

/// Lends a mention that names nobody the participants of another mention near it, by their words nearest to it.
fn inherit(scene: &Scene<'_>, mentions: &mut [EventMention]) {
    let sides: [fn(&mut EventMention) -> &mut Vec<Participant>; 2] =
        [|mention| &mut mention.actors, |mention| &mut mention.recipients];
    for side in sides {
        for to in 0..mentions.len() {
            if !side(&mut mentions[to]).is_empty() {
                continue;
            }
            let word = mentions[to].word;
            let near = to.saturating_sub(MEMBERS)..mentions.len().min(to + MEMBERS + 1);
            let mut others: Vec<usize> = near.filter(|&at| at != to).collect();
            others.sort_by_key(|&at| (at.abs_diff(to), at > to));
            // Whoever undergoes an act does not do it: *Nos soldats ont été attaqués. Ils ont riposté.*
            let own = mentions[to].actors.iter().chain(&mentions[to].recipients);
            let own: Vec<ActorId> = own.filter_map(|participant| participant.actor).collect();
            let lent = others.into_iter().find_map(|from| {
                let lent = side(&mut mentions[from]).iter();
                let lent = lent.filter(|one| one.actor.is_some_and(|actor| !own.contains(&actor)));
                let lent: Vec<Participant> =
                    lent.filter_map(|participant| nearest(scene, participant, word)).collect();
                Some(lent).filter(|lent| !lent.is_empty())
            });
            *side(&mut mentions[to]) = lent.unwrap_or_default();
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

/// How likely a mention tells the same happening as a group, and the signs of it; `None` if it does not.
fn same(
    scene: &Scene<'_>,
    lexicon: &Lexicon,
    group: &[EventMention],
    mention: &EventMention,
) -> Option<(f32, Signs)> {
    if group[0].event_type != mention.event_type {
        return None;
    }
    let mut total = 0.0;
    let mut best: Option<(f32, Signs)> = None;
    for other in group {
        let signs = Signs::between(scene, &lexicon.families, other, mention);
        let sum = lexicon.weights.sum(signs);
        total += sum;
        if best.is_none_or(|(known, _)| sum > known) {
            best = Some((sum, signs));
        }
    }
    let (sum, signs) = best?;
    // What fits one mention must not be at odds with the rest of them.
    let mean = total / group.len() as f32;
    let sum = (sum + mean) / 2.0;
    (sum > 0.0).then_some((sum, signs))
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
