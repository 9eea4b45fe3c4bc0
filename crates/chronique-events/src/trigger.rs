use std::collections::HashMap;
use std::sync::Arc;

use chronique_actors::ActorClass;
use chronique_syntax::{Deprel, Number, Upos, WordId};

use crate::EventType;
use crate::cues::Cue;
use crate::gate::Test;
use crate::lexicon::{Entry, Lexicon, TriggerPos};
use crate::reading::read;
use crate::roles::Roles;
use crate::rule::{PassedOver, Rejection, Why};
use crate::scene::Scene;
use crate::second_look::second_look;
use crate::settle::settle;
use crate::topic::Topic;

/// A word that names an act, by a row of the lexicon whose gates it passed.
#[derive(Debug)]
pub(crate) struct Candidate<'l> {
    /// The word that names the act.
    pub(crate) word: WordId,
    /// The word on which the participants hang: the verb of *ouvrir le feu*.
    pub(crate) anchor: WordId,
    pub(crate) entry: &'l Arc<Entry>,
    pub(crate) roles: Roles,
    /// The readings that came before it, and what held each back.
    pub(crate) rejected: Vec<Rejection>,
    /// Whether it is one because it takes up an act told before, and not by its gates.
    pub(crate) again: bool,
    /// What made a second look take it for one, although a gate does not hold.
    pub(crate) weighed: Option<String>,
}

impl Candidate<'_> {
    pub(crate) fn event_type(&self) -> EventType {
        self.entry.event_type
    }
}

/// The words whose gates hold, in order, each at most once; and those that a gate has held back.
pub(crate) fn by_gates<'l>(
    scene: &Scene<'_>,
    lexicon: &'l Lexicon,
    topic: Topic,
) -> (Vec<Candidate<'l>>, Vec<PassedOver>) {
    let mut found: Vec<Candidate<'l>> = Vec::new();
    let mut passed: Vec<PassedOver> = Vec::new();
    let evidence = scene.evidence;
    for (words, sentence) in evidence.syntax.sentences().zip(evidence.tokens.sentences()) {
        if !evidence.blocks.get(sentence.region as usize).is_some_and(|block| block.kind.tells()) {
            continue;
        }
        for word in words.map(WordId) {
            match candidate(scene, lexicon, topic, word) {
                Ok(candidate) => found.push(candidate),
                Err(rejected) if rejected.is_empty() => {}
                Err(rejected) => passed.push(PassedOver { trigger: scene.word(word).span, word, rejected }),
            }
        }
    }
    found.sort_by_key(|candidate| (candidate.word, std::cmp::Reverse(candidate.entry.pattern.len())));
    found.dedup_by_key(|candidate| candidate.word);
    (found, passed)
}

/// The candidates of one text, in order, each word at most once; and the words that were passed over.
pub(crate) fn candidates<'l>(
    scene: &Scene<'_>,
    lexicon: &'l Lexicon,
    topic: Topic,
) -> (Vec<Candidate<'l>>, Vec<PassedOver>) {
    let (mut found, mut passed) = by_gates(scene, lexicon, topic);
    if topic.is_political() {
        let more = second_look(scene, lexicon, topic, &found, &passed);
        found.extend(more);
        found.sort_by_key(|candidate| candidate.word);
        found.dedup_by_key(|candidate| candidate.word);
    }
    let again = taken_up(scene, lexicon, topic, &found);
    found.extend(again);
    found.sort_by_key(|candidate| candidate.word);
    let tells = |word| found.binary_search_by_key(&word, |candidate| candidate.word).is_ok();
    passed.retain(|passed| !tells(passed.word));
    let found = settle(scene, found, &mut passed);
    passed.sort_by_key(|passed| passed.word);
    (found, passed)
}

/// *Cette visite*, *cet appel*: a demonstrative noun names an act that the text has told, whatever its row's gates ask.
fn taken_up<'l>(
    scene: &Scene<'_>,
    lexicon: &'l Lexicon,
    topic: Topic,
    found: &[Candidate<'l>],
) -> Vec<Candidate<'l>> {
    let mut again = Vec::new();
    let Some(first) = found.first().filter(|_| topic.is_political()) else { return again };
    let mut told: HashMap<&str, Vec<EventType>> = HashMap::new();
    let mut at = 0;
    let end = u32::try_from(scene.evidence.syntax.words().len()).unwrap_or(u32::MAX);
    for word in (first.word.0..end).map(WordId) {
        while let Some(candidate) = found.get(at).filter(|candidate| candidate.word <= word) {
            let types = told.entry(scene.lemma(candidate.word)).or_default();
            if !types.contains(&candidate.event_type()) {
                types.push(candidate.event_type());
            }
            at += 1;
        }
        let demonstrative = scene.upos(word) == Upos::Noun
            && scene.child(word, Deprel::Det).is_some_and(|det| scene.lemma(det) == "ce");
        let tells = |word| {
            let sentence = &scene.evidence.tokens.sentences()[scene.evidence.syntax.sentence_of(word)];
            scene.evidence.blocks.get(sentence.region as usize).is_some_and(|block| block.kind.tells())
        };
        if !demonstrative
            || !tells(word)
            || found.binary_search_by_key(&word, |candidate| candidate.word).is_ok()
        {
            continue;
        }
        let lemma = scene.lemma(word);
        let entry = lexicon.starting_with(lemma).find(|entry| {
            entry.pos == TriggerPos::Noun
                && entry.pattern.len() == 1
                // *Cet accord*: what was signed is a text from then on.
                && !matches!(entry.event_type, EventType::Support | EventType::Agree)
                && told.iter().any(|(known, types)| {
                    types.contains(&entry.event_type)
                        && (*known == lemma || lexicon.families.related(known, lemma))
                })
        });
        let Some(entry) = entry.filter(|_| !is_name(scene, word, false)) else { continue };
        let roles = Roles::of_noun(scene, word, word, &entry.frame);
        again.push(Candidate {
            word,
            anchor: word,
            entry,
            roles,
            rejected: Vec::new(),
            again: true,
            weighed: None,
        });
    }
    again
}

/// What the first row whose gates hold makes of a word, else what held each row back.
fn candidate<'l>(
    scene: &Scene<'_>,
    lexicon: &'l Lexicon,
    topic: Topic,
    word: WordId,
) -> Result<Candidate<'l>, Vec<Rejection>> {
    let mut rejected = Vec::new();
    let pos = match scene.upos(word) {
        Upos::Verb | Upos::Aux => TriggerPos::Verb,
        Upos::Noun => TriggerPos::Noun,
        // *l'offensive*, *une offensive menée par*: the tagger may take the noun for its adjective.
        Upos::Adj if scene.stands_as_noun(word) => TriggerPos::Noun,
        _ => return Err(rejected),
    };
    let surface = scene.evidence.text.slice(scene.word(word).span);
    let lemma = if scene.upos(word) == Upos::Adj { surface } else { scene.lemma(word) };
    for entry in lexicon.starting_with(lemma) {
        if entry.pos != pos {
            continue;
        }
        let Some(matched) = matched(scene, word, entry) else { continue };
        let roles = match misses(scene, word, entry) {
            Some(why) => Err(why),
            None => read(scene, topic, entry, matched),
        };
        match roles {
            Ok(roles) => {
                return Ok(Candidate {
                    word: matched.names,
                    anchor: matched.anchor,
                    entry,
                    roles,
                    rejected,
                    again: false,
                    weighed: None,
                });
            }
            Err(why) => rejected.push(Rejection::new(entry, why)),
        }
    }
    Err(rejected)
}

/// Why a noun names no act, whatever the gates say.
fn misses(scene: &Scene<'_>, first: WordId, entry: &Entry) -> Option<Why> {
    match entry.pos {
        TriggerPos::Verb => None,
        TriggerPos::Noun if is_name(scene, first, entry.pattern.len() > 1) => Some(Why::Name),
        TriggerPos::Noun => is_classifier(scene, first).then_some(Why::Classifier),
    }
}

/// Where the pattern of an entry stands in the text.
#[derive(Clone, Copy)]
pub(crate) struct Matched {
    pub(crate) names: WordId,
    pub(crate) anchor: WordId,
    /// The last word of the pattern.
    pub(crate) last: WordId,
}

impl Matched {
    /// The last word of a verb's pattern; the verb itself if it stands alone.
    pub(crate) fn last_of_verb(self) -> WordId {
        if self.last < self.anchor { self.anchor } else { self.last }
    }
}

pub(crate) fn matched(scene: &Scene<'_>, first: WordId, entry: &Entry) -> Option<Matched> {
    let end = scene.sentence(first).end;
    let mut names = first;
    let mut at = first.0;
    for (number, lemma) in entry.pattern.iter().enumerate().skip(1) {
        // A verb and its noun may stand apart, the parts of a compound noun only by an article or adjective.
        let reach = if entry.pos == TriggerPos::Verb { 6 } else { 2 };
        let next = (at + 1..end.min(at + 2 + reach)).map(WordId).find(|&next| {
            scene.lemma(next) == &**lemma
                || scene.word(next).part.is_none()
                    && scene.evidence.text.slice(scene.word(next).span).eq_ignore_ascii_case(lemma)
        })?;
        let between = (at + 1..next.0).map(WordId);
        let passable = |word: WordId| {
            matches!(scene.upos(word), Upos::Det | Upos::Adv | Upos::Adj | Upos::Aux | Upos::Punct)
                || scene.is_reflexive(word)
                || entry.pos == TriggerPos::Verb && number == 1 && scene.upos(word) == Upos::Propn
        };
        if !between.clone().all(passable) {
            return None;
        }
        at = next.0;
        if number == entry.names {
            names = next;
        }
    }
    let anchor = match (scene.deprel(first).base(), scene.head(first)) {
        (Deprel::Aux | Deprel::Cop, Some(head)) if entry.pos == TriggerPos::Verb => head,
        _ => first,
    };
    if entry.pos == TriggerPos::Verb {
        let reflexive = scene.has_reflexive(anchor);
        if entry.reflexive != reflexive && !(reflexive && asks_reflexive(entry)) {
            return None;
        }
    }
    if entry.pattern.len() == 1 && scene.upos(first) == Upos::Aux {
        return None;
    }
    Some(Matched { names, anchor, last: WordId(at) })
}

fn asks_reflexive(entry: &Entry) -> bool {
    entry.gates.iter().any(|gate| !gate.negated && gate.any.iter().any(|test| matches!(test, Test::Refl)))
}

/// Whether a noun is a part of a name or heads an actor: *Conseil de sécurité*, *l'opposition*.
///
/// A longer pattern says itself that it means the act: *mouvement social*.
fn is_name(scene: &Scene<'_>, noun: WordId, longer: bool) -> bool {
    if scene.place_at(noun).is_some() || !longer && scene.evidence.actors.headed_by(noun).is_some() {
        return true;
    }
    // *l'Opération des Nations unies*: a capital in the middle of a sentence.
    let capital = scene.evidence.text.slice(scene.word(noun).span).starts_with(char::is_uppercase);
    let first = noun.0 == scene.sentence(noun).start
        || matches!(scene.upos(WordId(noun.0 - 1)), Upos::Punct | Upos::Num | Upos::Sym | Upos::X);
    if capital && !first {
        return true;
    }
    // *les responsables de l'incendie*, *les victimes du massacre*
    let done = scene.head(noun).is_some_and(|head| {
        scene.gives(head, Cue::Involve) || scene.gives(head, Cue::Victim) || scene.gives(head, Cue::Carrier)
    });
    if longer || done {
        return false;
    }
    scene.mention_at(noun).is_some_and(|mention| {
        !matches!(mention.class, ActorClass::People)
            || scene.evidence.text.slice(scene.word(noun).span).starts_with(char::is_uppercase)
    })
}

/// Whether a noun only says of what kind another thing is: *un film de guerre*.
fn is_classifier(scene: &Scene<'_>, noun: WordId) -> bool {
    let bare = scene.child(noun, Deprel::Det).is_none()
        && scene.word(noun).morph.number() == Some(Number::Sing)
        && scene.preposition(noun) == Some("de");
    let over = scene.head(noun).filter(|&head| scene.upos(head) == Upos::Noun);
    bare && scene.deprel(noun).base() == Deprel::Nmod
        && over.is_some_and(|head| !scene.gives(head, Cue::Carrier))
}
