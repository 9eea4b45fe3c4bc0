use std::sync::Arc;

use crate::attribution::Voices;
use crate::merge::merge;
use crate::modes::more_specific;
use crate::participants::{behind, participants};
use crate::scene::{Filler, Scene};
use crate::status::status;
use crate::timing::time;
use crate::topic::Topic;
use crate::trigger::{Candidate, candidates};
use crate::victims::count_victims;
use crate::where_when::{Owners, places};
use crate::{Event, EventMention, EventType, Evidence, Lexicon, Mode, Participant, PassedOver, Rule, Status};

/// Finds the events of a text.
#[derive(Clone, Debug)]
pub struct Extractor {
    lexicon: Lexicon,
}

impl Extractor {
    /// An extractor over a lexicon.
    #[must_use]
    pub fn new(lexicon: Lexicon) -> Extractor {
        Extractor { lexicon }
    }

    /// The events of a text, in order of their first mentions.
    #[must_use]
    pub fn events(&self, evidence: Evidence<'_>) -> Vec<Event> {
        self.events_and_passed_over(evidence).0
    }

    /// The events of a text, and in order the words that the lexicon knows but that name no event here.
    #[must_use]
    pub fn events_and_passed_over(&self, evidence: Evidence<'_>) -> (Vec<Event>, Vec<PassedOver>) {
        let scene = Scene::new(evidence, &self.lexicon.cues);
        let (mentions, passed) = self.mentions(&scene);
        (merge(&scene, &self.lexicon, mentions), passed)
    }

    /// The readings that a gate has held back, for learning.
    #[cfg(test)]
    pub(crate) fn doubtful(&self, scene: &Scene<'_>) -> Vec<crate::second_look::Doubtful<'_>> {
        let topic = self.topic(scene);
        let (found, passed) = crate::trigger::by_gates(scene, &self.lexicon, topic);
        if topic.is_political() {
            crate::second_look::doubtful(scene, &self.lexicon, topic, &found, &passed)
        } else {
            Vec::new()
        }
    }

    /// The times of the sentence of each act, for learning.
    #[cfg(test)]
    pub(crate) fn times(
        &self,
        scene: &Scene<'_>,
    ) -> Vec<(chronique_syntax::WordId, u32, Vec<crate::weighing::Sign>)> {
        let (candidates, _) = candidates(scene, &self.lexicon, self.topic(scene));
        let owners = Owners::new(&candidates);
        let acts = candidates.iter().enumerate();
        acts.flat_map(|(number, candidate)| {
            let (status, _) = status(scene, candidate.anchor, candidate.event_type());
            let times = crate::timing::times(scene, &owners, number, candidate, status);
            times.into_iter().map(|(time, _, signs)| (candidate.word, time, signs))
        })
        .collect()
    }

    /// What the text is about.
    fn topic(&self, scene: &Scene<'_>) -> Topic {
        let lemmas = scene.evidence.syntax.words().iter().enumerate();
        let mut topic = self.lexicon.topics.of(lemmas.map(|(at, _)| scene.lemma(word_id(at))));
        for mention in scene.evidence.actors.mentions() {
            topic.name(mention.class);
        }
        topic
    }

    /// The mentions of events in order, before it is asked which of them tell one happening; and what was passed over.
    pub(crate) fn mentions(&self, scene: &Scene<'_>) -> (Vec<EventMention>, Vec<PassedOver>) {
        let (candidates, passed) = candidates(scene, &self.lexicon, self.topic(scene));
        let owners = Owners::new(&candidates);
        let voices = Voices::new(scene);
        let mut mentions: Vec<EventMention> = candidates
            .iter()
            .enumerate()
            .map(|(number, candidate)| {
                let acts = |word| owners.at(word).map(|at| candidates[at].roles.actors.as_slice());
                let event_type = candidate.event_type();
                let mut blamed = match event_type {
                    EventType::Accuse
                    | EventType::Reject
                    | EventType::Support
                    | EventType::Protest
                    | EventType::Request => behind(scene, candidate.anchor, event_type, &acts),
                    _ => Vec::new(),
                };
                let own = &candidate.roles.actors;
                blamed.retain(|filler| own.iter().all(|actor| actor.word != filler.word));
                mention(scene, &self.lexicon, &owners, &voices, number, candidate, &blamed)
            })
            .collect();
        count_victims(scene, &self.lexicon.casualties, &mut mentions);
        (mentions, passed)
    }
}

fn word_id(at: usize) -> chronique_syntax::WordId {
    chronique_syntax::WordId(u32::try_from(at).expect("a text has at most u32::MAX words"))
}

fn mention(
    scene: &Scene<'_>,
    lexicon: &Lexicon,
    owners: &Owners,
    voices: &Voices,
    number: usize,
    candidate: &Candidate<'_>,
    blamed: &[Filler],
) -> EventMention {
    let entry = candidate.entry;
    let things = matches!(entry.event_type, EventType::Assault | EventType::Coerce | EventType::Aid)
        || matches!(entry.mode, Some(Mode::Vandalize | Mode::Obstruct));
    let (status, why) = status(scene, candidate.anchor, entry.event_type);
    let time = time(scene, &lexicon.timing, owners, number, candidate, status);
    let (status, why) = match time {
        Some(time) if status == Status::Actual && is_still_to_come(scene, entry.event_type, time.time) => {
            (Status::Future, "dated after the day of publication")
        }
        _ => (status, why),
    };
    let own: Vec<_> = candidate.roles.actors.iter().map(|filler| filler.word).collect();
    let attribution = voices.attribution(scene, candidate.anchor);
    let mut actors = participants(scene, &candidate.roles.actors, false, false);
    // *« Nous avons attaqué », a dit le général*: the speaker is the actor.
    let speaks = own.iter().any(|&word| matches!(scene.lemma(word), "nous" | "je" | "moi"));
    if let Some(source) = attribution.as_ref().filter(|_| speaks && actors.is_empty()) {
        actors.push(Participant { span: source.span, actor: None, reason: "who speaks" });
    }
    let mut recipients = participants(scene, &candidate.roles.recipients, true, things);
    if recipients.is_empty() {
        recipients = participants(scene, blamed, true, false);
    }
    // *X a demandé…, a dit X*: who calls for something does it by saying so.
    let says = matches!(
        entry.event_type,
        EventType::Request | EventType::Support | EventType::Accuse | EventType::Reject | EventType::Threaten
    ) && entry.mode != Some(Mode::Investigate);
    let attribution =
        attribution.filter(|source| !(says && actors.iter().any(|actor| actor.span.overlaps(source.span))));
    // Those who meet all take part.
    if entry.event_type == EventType::Consult {
        actors.append(&mut recipients);
    }
    // *des policiers ont été déployés*: those who take up position act, where nobody else is said to.
    let troops = recipients.iter().all(|recipient| recipient.actor.is_some());
    if entry.event_type == EventType::Mobilize {
        if actors.is_empty() && troops {
            std::mem::swap(&mut actors, &mut recipients);
        } else {
            // Who is moved undergoes nothing.
            recipients
                .retain(|recipient| !matches!(recipient.reason, "obj" | "nsubj" | "shared nsubj" | "nmod"));
        }
    }
    EventMention {
        trigger: scene.word(candidate.word).span,
        word: candidate.word,
        event_type: entry.event_type,
        mode: more_specific(entry.mode, lexicon.modes.of(scene, candidate.anchor, entry.event_type)),
        status,
        actors,
        recipients,
        places: places(scene, owners, number, candidate, status),
        time,
        attribution,
        killed: None,
        wounded: None,
        rule: Rule(Arc::clone(entry)),
        taken_up: candidate.again,
        weighed: candidate.weighed.clone(),
        rejected: candidate.rejected.clone(),
        reasons: vec![format!("{status}: {why}")],
    }
}

/// *La grève de lundi sera suivie*, said on Friday: protests and meetings are what newspapers date ahead. Other acts have
/// dates of what they are about: *a approuvé le scrutin du 18 octobre*.
fn is_still_to_come(scene: &Scene<'_>, event_type: EventType, time: u32) -> bool {
    let scheduled = matches!(event_type, EventType::Protest | EventType::Consult);
    let first = scene.evidence.times[time as usize].value.days().map(|(first, _)| first);
    scheduled && first.zip(scene.evidence.published).is_some_and(|(first, published)| first > published)
}
