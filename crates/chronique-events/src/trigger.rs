use std::collections::HashMap;
use std::sync::Arc;

use chronique_actors::ActorClass;
use chronique_syntax::{Deprel, Number, Upos, VerbForm, WordId};

use crate::EventType;
use crate::cues::Cue;
use crate::gate::{Classes, Gate, Test, Wanted};
use crate::lexicon::{Entry, Lexicon, TriggerPos};
use crate::roles::Roles;
use crate::scene::Scene;
use crate::topic::Topic;

/// How far from a trigger `with` looks, in words.
const REACH: u32 = 14;

/// A word that names an act, by a row of the lexicon whose gates it passed.
#[derive(Debug)]
pub(crate) struct Candidate<'l> {
    /// The word that names the act.
    pub(crate) word: WordId,
    /// The word on which the participants hang: the verb of *ouvrir le feu*.
    pub(crate) anchor: WordId,
    pub(crate) entry: &'l Arc<Entry>,
    pub(crate) roles: Roles,
    /// The readings that came before it, and the gate that each failed.
    pub(crate) rejected: Vec<String>,
    /// Whether it is one because it takes up an act told before, and not by its gates.
    pub(crate) again: bool,
}

impl Candidate<'_> {
    pub(crate) fn event_type(&self) -> EventType {
        self.entry.event_type
    }
}

/// The candidates of one text, in order, each word at most once.
pub(crate) fn candidates<'l>(scene: &Scene<'_>, lexicon: &'l Lexicon, topic: Topic) -> Vec<Candidate<'l>> {
    let mut found: Vec<Candidate<'l>> = Vec::new();
    let evidence = scene.evidence;
    for (words, sentence) in evidence.syntax.sentences().zip(evidence.tokens.sentences()) {
        if !evidence.blocks.get(sentence.region as usize).is_some_and(|block| block.kind.tells()) {
            continue;
        }
        for word in words.map(WordId) {
            if let Some(candidate) = candidate(scene, lexicon, topic, word) {
                found.push(candidate);
            }
        }
    }
    found.sort_by_key(|candidate| (candidate.word, std::cmp::Reverse(candidate.entry.pattern.len())));
    found.dedup_by_key(|candidate| candidate.word);
    let again = taken_up(scene, lexicon, topic, &found);
    found.extend(again);
    found.sort_by_key(|candidate| candidate.word);
    settle(scene, found)
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
        let Some(entry) = entry.filter(|_| !is_name(scene, word)) else { continue };
        let roles = Roles::of_noun(scene, word, word, &entry.frame);
        let rejected = vec!["takes up an act told before".to_owned()];
        again.push(Candidate { word, anchor: word, entry, roles, rejected, again: true });
    }
    again
}

fn candidate<'l>(
    scene: &Scene<'_>,
    lexicon: &'l Lexicon,
    topic: Topic,
    word: WordId,
) -> Option<Candidate<'l>> {
    let pos = match scene.upos(word) {
        Upos::Verb | Upos::Aux => TriggerPos::Verb,
        Upos::Noun => TriggerPos::Noun,
        // *l'offensive*, *une offensive menée par*: the tagger may take the noun for its adjective.
        Upos::Adj if scene.stands_as_noun(word) => TriggerPos::Noun,
        _ => return None,
    };
    let mut rejected = Vec::new();
    let surface = scene.evidence.text.slice(scene.word(word).span);
    let lemma = if scene.upos(word) == Upos::Adj { surface } else { scene.lemma(word) };
    for entry in lexicon.starting_with(lemma) {
        if entry.pos != pos {
            continue;
        }
        let Some(matched) = matched(scene, word, entry) else { continue };
        match read(scene, topic, entry, matched) {
            Ok(roles) => {
                return Some(Candidate {
                    word: matched.names,
                    anchor: matched.anchor,
                    entry,
                    roles,
                    rejected,
                    again: false,
                });
            }
            Err(why) => rejected.push(format!("not {}: {why}", entry.id)),
        }
    }
    None
}

/// Where the pattern of an entry stands in the text.
#[derive(Clone, Copy)]
struct Matched {
    names: WordId,
    anchor: WordId,
    /// The last word of the pattern.
    last: WordId,
}

impl Matched {
    /// The last word of a verb's pattern; the verb itself if it stands alone.
    fn last_of_verb(self) -> WordId {
        if self.last < self.anchor { self.anchor } else { self.last }
    }
}

fn matched(scene: &Scene<'_>, first: WordId, entry: &Entry) -> Option<Matched> {
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
    } else if is_name(scene, first) || is_classifier(scene, first) {
        return None;
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
fn is_name(scene: &Scene<'_>, noun: WordId) -> bool {
    if scene.place_at(noun).is_some() || scene.evidence.actors.headed_by(noun).is_some() {
        return true;
    }
    // *l'Opération des Nations unies*: a capital in the middle of a sentence.
    let capital = scene.evidence.text.slice(scene.word(noun).span).starts_with(char::is_uppercase);
    let first = noun.0 == scene.sentence(noun).start
        || matches!(scene.upos(WordId(noun.0 - 1)), Upos::Punct | Upos::Num | Upos::Sym | Upos::X);
    if capital && !first {
        return true;
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

/// Tries the gates of an entry; the roles if all hold, else why not.
fn read(scene: &Scene<'_>, topic: Topic, entry: &Entry, at: Matched) -> Result<Roles, String> {
    if !entry.anywhere && !topic.is_political() {
        return Err("the article is about something else".to_owned());
    }
    let roles = match entry.pos {
        TriggerPos::Verb => Roles::of_verb(scene, at.anchor, at.last_of_verb(), &entry.frame),
        TriggerPos::Noun => Roles::of_noun(scene, at.anchor, at.last, &entry.frame),
    };
    let reading = Reading { scene, topic, at, roles: &roles };
    match entry.gates.iter().find(|gate| !reading.passes(gate)) {
        Some(gate) => Err(format!("gate {}", gate.source)),
        None => Ok(roles),
    }
}

struct Reading<'r, 'e> {
    scene: &'r Scene<'e>,
    topic: Topic,
    at: Matched,
    roles: &'r Roles,
}

impl Reading<'_, '_> {
    fn passes(&self, gate: &Gate) -> bool {
        gate.any.iter().any(|test| self.holds(test)) != gate.negated
    }

    fn holds(&self, test: &Test) -> bool {
        let (scene, anchor) = (self.scene, self.at.anchor);
        match test {
            Test::Topic(domains) => self.topic.is(*domains),
            Test::Anywhere => true,
            Test::Never => false,
            Test::Actor(wanted) => self.side(wanted, &self.roles.actors),
            Test::Recipient(wanted) => self.side(wanted, &self.roles.recipients),
            Test::Party(wanted) => self.party(wanted),
            Test::Subj(wanted) => {
                let subject = scene.subject(anchor).map(|subject| subject.filler.word);
                subject.map_or(wanted.or_absent, |word| self.takes(wanted, word))
            }
            Test::Obj(wanted) => {
                let mut objects = scene.objects(anchor).map(|object| object.word).peekable();
                let undergoes = scene.subject(anchor).filter(|subject| subject.undergoes);
                match (objects.peek(), undergoes) {
                    (None, None) => wanted.or_absent,
                    (None, Some(subject)) => self.takes(wanted, subject.filler.word),
                    _ => objects.any(|word| self.takes(wanted, word)),
                }
            }
            Test::De(wanted) => {
                let mut of =
                    scene.children(anchor).filter(|&child| scene.preposition(child) == Some("de")).peekable();
                if of.peek().is_none() { wanted.or_absent } else { of.any(|word| self.takes(wanted, word)) }
            }
            Test::Mod(wanted) => {
                // *une campagne « antiterroriste »*: quotation marks may cost the tree its arc.
                let after = (anchor.0 + 1..scene.sentence(anchor).end.min(anchor.0 + 4)).map(WordId);
                let adjacent = after.filter(|&word| scene.upos(word) != Upos::Punct).take(1);
                scene
                    .children(anchor)
                    .chain(adjacent)
                    .any(|word| wanted.takes(scene.lemma(word), Classes::NONE))
                    || (wanted.or_absent && scene.child(anchor, Deprel::Amod).is_none())
            }
            Test::With(wanted) => {
                let sentence = scene.sentence(anchor);
                let from = sentence.start.max(anchor.0.saturating_sub(REACH));
                let to = sentence.end.min(anchor.0 + REACH);
                (from..to)
                    .map(WordId)
                    .filter(|&word| word != self.at.names)
                    .any(|word| wanted.takes(scene.lemma(word), Classes::NONE))
            }
            Test::Under(wanted) => self.under(wanted),
            Test::Prep(wanted) => {
                let marked = |word: WordId| {
                    scene.children(word).any(|child| {
                        scene.children(child).any(|marker| {
                            matches!(scene.deprel(marker), Deprel::Case | Deprel::Mark)
                                && wanted.takes(scene.lemma(marker), Classes::NONE)
                        })
                    })
                };
                // *appelle les parties à déposer les armes*: the tree may hang it on the object.
                marked(anchor) || scene.objects(anchor).any(|object| marked(object.word))
            }
            Test::Comp => {
                scene.objects(anchor).any(|object| self.has_infinitive(object.word))
                    || scene.children(anchor).any(|child| match scene.deprel(child) {
                        Deprel::Xcomp | Deprel::Ccomp => true,
                        Deprel::Advcl | Deprel::Acl | Deprel::Obl | Deprel::OblArg => {
                            scene.word(child).morph.verb_form() == Some(VerbForm::Inf)
                        }
                        _ => false,
                    })
            }
            Test::Clause => scene
                .children(anchor)
                .any(|child| scene.deprel(child) == Deprel::Ccomp && scene.finite(child).is_some()),
            // A noun without article is one only if no preposition makes it a manner: *Mali : attaque à Gao*.
            Test::Det => {
                scene.child(anchor, Deprel::Det).is_some()
                    || scene.child(anchor, Deprel::Nummod).is_some()
                    || scene.word(anchor).morph.number() == Some(Number::Plur)
                    || scene.child(anchor, Deprel::Case).is_none()
            }
            Test::Plural => scene.word(anchor).morph.number() == Some(Number::Plur),
            Test::Passive => scene.is_passive(anchor),
            Test::Active => !scene.is_passive(anchor),
            Test::Refl => scene.has_reflexive(anchor),
            Test::Amod => {
                matches!(scene.deprel(anchor), Deprel::Amod | Deprel::Acl) && scene.is_bare_participle(anchor)
            }
            Test::Proper => scene.children(anchor).any(|child| {
                matches!(scene.deprel(child).base(), Deprel::Flat | Deprel::Appos)
                    && scene.upos(child) == Upos::Propn
            }),
        }
    }

    /// *appelle les parties à négocier*: the tree may hang the infinitive on the object.
    fn has_infinitive(&self, noun: WordId) -> bool {
        self.scene.children(noun).any(|child| {
            self.scene.deprel(child) == Deprel::Acl
                && self.scene.word(child).morph.verb_form() == Some(VerbForm::Inf)
        })
    }

    fn takes(&self, wanted: &Wanted, word: WordId) -> bool {
        wanted.takes(self.scene.lemma(word), self.scene.classes(word))
    }

    fn side(&self, wanted: &Wanted, side: &[crate::scene::Filler]) -> bool {
        if side.is_empty() {
            return wanted.or_absent;
        }
        let classes = Roles::classes(self.scene, side);
        if wanted.is_bare() {
            return !classes.is_none();
        }
        wanted.classes.meets(classes)
            || side.iter().any(|filler| wanted.takes(self.scene.lemma(filler.word), Classes::NONE))
    }

    /// Whether somebody of the wanted classes is named in the sentence.
    fn party(&self, wanted: &Wanted) -> bool {
        let sentence = self.scene.sentence(self.at.anchor);
        let mentions = self.scene.evidence.actors.mentions();
        let from = mentions.partition_point(|mention| mention.head.0 < sentence.start);
        let mut here = mentions[from..].iter().take_while(|mention| mention.head.0 < sentence.end);
        here.any(|mention| wanted.is_bare() || wanted.classes.meets(Classes::of(mention.class)))
    }

    /// The verb or noun that governs the trigger, its preposition, or a participle on it.
    fn under(&self, wanted: &Wanted) -> bool {
        let (scene, anchor) = (self.scene, self.at.anchor);
        let mut over = scene.head(anchor);
        if scene.deprel(anchor) == Deprel::Conj {
            over = over.and_then(|first| scene.head(first));
        }
        let Some(over) = over else { return wanted.or_absent };
        let participles = scene
            .children(anchor)
            .filter(|&child| matches!(scene.deprel(child), Deprel::Acl | Deprel::AclRelcl | Deprel::Amod));
        std::iter::once(over)
            .chain(participles)
            .chain(scene.children(anchor).filter(|&child| scene.deprel(child) == Deprel::Case))
            .any(|word| wanted.takes(scene.lemma(word), Classes::NONE))
    }
}

/// Drops the candidates that another one of the same clause already tells.
fn settle<'l>(scene: &Scene<'_>, found: Vec<Candidate<'l>>) -> Vec<Candidate<'l>> {
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
    let keep: Vec<bool> = found
        .iter()
        .map(|candidate| {
            let object_tells = candidate.entry.pos == TriggerPos::Verb
                && candidate.word == candidate.anchor
                && scene.children(candidate.anchor).any(|child| {
                    matches!(scene.deprel(child).base(), Deprel::Obj | Deprel::Obl | Deprel::Nsubj)
                        && at(child).is_some_and(|noun| {
                            noun.entry.pos == TriggerPos::Noun
                                && (candidate.entry.pattern[1..]
                                    .iter()
                                    .any(|part| &**part == scene.lemma(child))
                                    || noun.event_type() == candidate.event_type()
                                        && scene.gives(candidate.word, Cue::Support)
                                        && scene.deprel(child) != Deprel::Nsubj)
                        })
                });
            let counts = violence > 1 && is_casualty(scene, candidate);
            !object_tells && !counts && !is_content(scene, candidate, &by_anchor)
        })
        .collect();
    let mut keep = keep.into_iter();
    let mut found = found;
    found.retain(|_| keep.next().unwrap_or(true));
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

/// Whether a candidate is what another one asks for, promises or threatens, or only says which act the other is.
fn is_content<'c, 'l: 'c>(
    scene: &Scene<'_>,
    candidate: &Candidate<'l>,
    over: &dyn Fn(WordId) -> Option<&'c Candidate<'l>>,
) -> bool {
    let mut word = candidate.anchor;
    for _ in 0..3 {
        let Some(head) = scene.head(word) else { return false };
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
            return false;
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
        return complement
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
    }
    false
}
