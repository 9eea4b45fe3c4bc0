use chronique_syntax::{Deprel, VerbForm, WordId};

use crate::EventType;
use crate::cues::Cue;
use crate::lexicon::TriggerPos;
use crate::rule::{PassedOver, Rejection, Why};
use crate::scene::Scene;
use crate::trigger::Candidate;

/// Drops the candidates that another one of the same clause already tells, and says which.
pub(crate) fn settle<'l>(
    scene: &Scene<'_>,
    found: Vec<Candidate<'l>>,
    passed: &mut Vec<PassedOver>,
) -> Vec<Candidate<'l>> {
    let at = |word: WordId| {
        let number = found.binary_search_by_key(&word, |candidate| candidate.word).ok()?;
        Some(&found[number])
    };
    let mut anchors: Vec<(WordId, usize)> =
        found.iter().enumerate().map(|(number, candidate)| (candidate.anchor, number)).collect();
    anchors.sort_unstable();
    let violence = found.iter().filter(|candidate| candidate.event_type() == EventType::Assault).count();
    let by_anchor = |word: WordId| {
        at(word).or_else(|| {
            let number = anchors.partition_point(|&(anchor, _)| anchor < word);
            anchors.get(number).filter(|&&(anchor, _)| anchor == word).map(|&(_, number)| &found[number])
        })
    };
    let told: Vec<Option<Why>> = found
        .iter()
        .map(|candidate| {
            let object = || {
                let verb = candidate.entry.pos == TriggerPos::Verb && candidate.word == candidate.anchor;
                scene.children(candidate.anchor).filter(|_| verb).find(|&child| {
                    matches!(scene.deprel(child).base(), Deprel::Obj | Deprel::Obl | Deprel::Nsubj)
                        && at(child).is_some_and(|noun| {
                            noun.entry.pos == TriggerPos::Noun
                                && noun.event_type() == candidate.event_type()
                                && (candidate.entry.names_too(scene.lemma(child))
                                    || scene.gives(candidate.word, Cue::Support)
                                        && scene.deprel(child) != Deprel::Nsubj)
                        })
                })
            };
            // *rompre la trêve*: the pattern says another act than its noun.
            let within = || {
                let verb = by_anchor(scene.head(candidate.anchor)?)?;
                let other = verb.entry.pos == TriggerPos::Verb
                    && candidate.entry.pos == TriggerPos::Noun
                    && verb.event_type() != candidate.event_type()
                    && verb.entry.names_too(scene.lemma(candidate.word));
                other.then_some(verb.word)
            };
            let span = |word| scene.word(word).span;
            object()
                .map(|word| Why::Object(span(word)))
                .or_else(|| (violence > 1 && is_casualty(scene, candidate)).then_some(Why::Count))
                .or_else(|| within().map(|word| Why::Content(span(word))))
                .or_else(|| {
                    // *trouver un compromis*: the verb has left the act to its noun.
                    let leaves = |governor: &Candidate<'_>| {
                        governor.entry.pos == TriggerPos::Verb
                            && governor.event_type() == candidate.event_type()
                            && governor.entry.names_too(scene.lemma(candidate.word))
                    };
                    let over = content_of(scene, candidate, &by_anchor);
                    over.filter(|&word| !at(word).is_some_and(leaves)).map(|word| Why::Content(span(word)))
                })
        })
        .collect();
    let mut told = told.into_iter();
    let mut found = found;
    found.retain_mut(|candidate| {
        let Some(why) = told.next().flatten() else { return true };
        let mut rejected = std::mem::take(&mut candidate.rejected);
        rejected.push(Rejection::new(candidate.entry, why));
        passed.push(PassedOver { trigger: scene.word(candidate.word).span, word: candidate.word, rejected });
        false
    });
    found
}

/// Whether a participle only counts victims: *deux policiers tués*, *cinq tués et trente blessés*.
fn is_casualty(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let word = candidate.anchor;
    let lemma = scene.lemma(word);
    let harm = scene.cues.gives(lemma, Cue::Dead) || scene.cues.gives(lemma, Cue::Hurt);
    harm && candidate.entry.pos == TriggerPos::Verb
        && scene.is_bare_participle(word)
        && match scene.deprel(word) {
            Deprel::Acl | Deprel::Amod | Deprel::Appos | Deprel::Nmod => {
                scene.child(word, Deprel::OblAgent).is_none()
            }
            Deprel::Conj => scene.head(word).is_some_and(|first| {
                scene.gives(first, Cue::Dead) || scene.gives(first, Cue::Hurt) || scene.is_nominal(first)
            }),
            _ => scene.child(word, Deprel::AuxPass).is_none() && !scene.is_verbal(word),
        }
}

/// The word of which a candidate is what it asks for, promises or threatens, or only says which act it is.
fn content_of<'c, 'l: 'c>(
    scene: &Scene<'_>,
    candidate: &Candidate<'l>,
    over: &dyn Fn(WordId) -> Option<&'c Candidate<'l>>,
) -> Option<WordId> {
    let mut word = candidate.anchor;
    for _ in 0..3 {
        let head = scene.head(word)?;
        if scene.deprel(word) == Deprel::Conj {
            word = head;
            continue;
        }
        let Some(governor) = over(head).filter(|governor| governor.word != candidate.word) else {
            // *demande que l'Union prenne des sanctions*: what the verb between supports.
            if scene.is_verbal(head)
                && scene.gives(head, Cue::Support)
                && scene.deprel(word).base() == Deprel::Obj
            {
                word = head;
                continue;
            }
            return None;
        };
        let case = scene.preposition(word);
        let complement = match scene.deprel(word) {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj => true,
            Deprel::Obl | Deprel::OblArg | Deprel::OblMod | Deprel::Nmod | Deprel::Acl | Deprel::Advcl => {
                matches!(case, Some("à" | "de" | "pour"))
                    || scene.word(word).morph.verb_form() == Some(VerbForm::Inf)
            }
            _ => false,
        };
        let clausal = scene.is_verbal(word);
        let told = complement
            && match governor.event_type() {
                EventType::Request | EventType::Threaten | EventType::Agree => {
                    candidate.event_type() != EventType::Accuse
                }
                EventType::Reject | EventType::Concede => clausal,
                other => {
                    governor.entry.pos == TriggerPos::Noun
                        && candidate.entry.pos == TriggerPos::Noun
                        && case == Some("de")
                        && (other == candidate.event_type()
                            || other == EventType::Support
                            || other == EventType::Consult)
                }
            };
        return told.then_some(governor.word);
    }
    None
}
