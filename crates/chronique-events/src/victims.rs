use chronique_syntax::{Deprel, WordId};

use crate::casualties::{Casualties, Figure, Harm};
use crate::cues::Cue;
use crate::scene::Scene;
use crate::{EventMention, EventType, Status};

/// How many acts back the act of a figure is looked up.
const ACTS: usize = 20;
/// How many sentences back the act of a figure is looked up.
const BACK: usize = 3;
/// How far around a figure its act is looked up, in words: no sentence of a newspaper is longer.
const REACH: u32 = 120;
/// How far above a figure its act is looked up in the tree.
const STEPS: usize = 8;

/// Gives the figures of killed and wounded to the acts of violence that they belong to.
///
/// A mention keeps the first figure told of it. A figure without an act in its sentence belongs to the last act
/// told before it: *Le bilan est de six morts.*
pub(crate) fn count_victims(scene: &Scene<'_>, casualties: &Casualties, mentions: &mut [EventMention]) {
    let assaults: Vec<usize> =
        (0..mentions.len()).filter(|&at| mentions[at].event_type == EventType::Assault).collect();
    if assaults.is_empty() {
        return;
    }
    let evidence = scene.evidence;
    for (number, (words, sentence)) in
        evidence.syntax.sentences().zip(evidence.tokens.sentences()).enumerate()
    {
        if !evidence.blocks.get(sentence.region as usize).is_some_and(|block| block.kind.tells()) {
            continue;
        }
        let first = assaults.partition_point(|&at| mentions[at].word.0 < words.start);
        let last = assaults.partition_point(|&at| mentions[at].word.0 < words.end);
        let here = &assaults[first..last];
        for word in words.map(WordId) {
            let here = near(mentions, here, word);
            let own = here.iter().copied().find(|&at| mentions[at].word == word);
            let Some(figure) = casualties.figure(scene, word, own.is_some()) else { continue };
            if is_denied(scene, word) {
                continue;
            }
            let found = own.map(|at| (at, "the act that tells it")).or_else(|| {
                if here.is_empty() {
                    before(scene, mentions, &assaults[..first], number, figure)
                } else {
                    within(scene, mentions, here, figure)
                }
            });
            // *une tentative d'assassinat du ministre* has killed nobody.
            let tried = scene.head(word).is_some_and(|over| scene.gives(over, Cue::PossibleNoun));
            let counts = |status| status != Status::Negated && (figure.stated || !tried);
            let Some((at, why)) = found.filter(|&(at, _)| counts(mentions[at].status)) else {
                continue;
            };
            let mention = &mut mentions[at];
            let (field, name) = match figure.harm {
                Harm::Killed => (&mut mention.killed, "killed"),
                Harm::Wounded => (&mut mention.wounded, "wounded"),
            };
            if field.is_none() {
                *field = Some(figure.value);
                let told = evidence.text.slice(scene.word(word).span);
                mention.reasons.push(format!("{name} {}: {told}, {why}", figure.value));
            }
        }
    }
}

/// The acts near a word, of acts in order.
fn near<'a>(mentions: &[EventMention], acts: &'a [usize], word: WordId) -> &'a [usize] {
    let from = acts.partition_point(|&at| mentions[at].word.0 < word.0.saturating_sub(REACH));
    let to = acts.partition_point(|&at| mentions[at].word.0 <= word.0.saturating_add(REACH));
    &acts[from..to]
}

/// *Il n'y a pas de morts*, *sans faire de blessés*.
fn is_denied(scene: &Scene<'_>, word: WordId) -> bool {
    let mut at = word;
    for _ in 0..3 {
        let denied = scene.children(at).any(|child| {
            matches!(scene.deprel(child), Deprel::Advmod | Deprel::Det | Deprel::Mark | Deprel::Case)
                && (matches!(scene.lemma(child), "pas" | "sans") || scene.gives(child, Cue::NoneOf))
        });
        if denied {
            return true;
        }
        match scene.head(at) {
            Some(head) if scene.is_verbal(head) || scene.deprel(at) == Deprel::Conj => at = head,
            _ => return false,
        }
    }
    false
}

/// The act of the same sentence: below the figure, above it, beside it under one verb, else the nearest.
fn within(
    scene: &Scene<'_>,
    mentions: &[EventMention],
    here: &[usize],
    figure: Figure,
) -> Option<(usize, &'static str)> {
    let named = |word: WordId| here.iter().copied().find(|&at| mentions[at].word == word);
    let below = |word: WordId| {
        let words = scene.evidence.syntax.subtree(word);
        here.iter().copied().find(|&at| words.contains(&mentions[at].word.0))
    };
    if let Some(at) = below(figure.word) {
        return Some((at, "governs the act"));
    }
    let mut at = figure.word;
    for _ in 0..STEPS {
        let Some(head) = scene.head(at) else { break };
        if let Some(act) = named(head) {
            return Some((act, "governed by the act"));
        }
        if scene.is_verbal(head) {
            let beside = scene.children(head).filter(|&child| child != at);
            let circumstances = beside.filter(|&child| {
                matches!(scene.deprel(child).base(), Deprel::Nsubj | Deprel::Obl | Deprel::Obj)
            });
            if let Some(act) = circumstances.filter_map(below).next() {
                return Some((act, "under the same verb"));
            }
        }
        at = head;
    }
    let nearest = here.iter().copied().min_by_key(|&at| mentions[at].word.0.abs_diff(figure.word.0))?;
    figure.stated.then_some((nearest, "nearest act of the sentence"))
}

/// The last act told before, not far back, where nothing else is said to be the cause.
fn before(
    scene: &Scene<'_>,
    mentions: &[EventMention],
    earlier: &[usize],
    sentence: usize,
    figure: Figure,
) -> Option<(usize, &'static str)> {
    let at = *earlier.iter().rev().take(ACTS).find(|&&at| mentions[at].status != Status::Negated)?;
    let distance = sentence - scene.evidence.syntax.sentence_of(mentions[at].word);
    let accident = scene.sentence(figure.word).map(WordId).any(|word| scene.gives(word, Cue::Mishap));
    (figure.stated && distance <= BACK && !accident).then_some((at, "the act told before"))
}
