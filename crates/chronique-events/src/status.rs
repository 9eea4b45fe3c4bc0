use chronique_syntax::{Deprel, Mood, Tense, Upos, VerbForm, WordId};

use crate::cues::Cue;
use crate::scene::Scene;
use crate::{EventType, Status};

/// The status of an act and the rule that gave it.
pub(crate) type Finding = (Status, &'static str);

const STEPS: usize = 6;

/// Whether an act took place, by what stands on its word and above it.
///
/// The nearest word that says something decides: *n'a pas pu empêcher l'attaque* is about the
/// prevention first.
pub(crate) fn status(scene: &Scene<'_>, anchor: WordId, event_type: EventType) -> Finding {
    let mut at = anchor;
    for step in 0..STEPS {
        let own = if scene.is_verbal(at) || scene.child(at, Deprel::Cop).is_some() {
            of_verb(scene, at)
        } else if step == 0 {
            of_noun(scene, at)
        } else {
            None
        };
        if let Some(finding) = own {
            return finding;
        }
        let Some(head) = scene.head(at) else { break };
        if let Some(finding) = from_above(scene, at, head, event_type) {
            return finding;
        }
        if !passes_up(scene, at, head) {
            break;
        }
        at = head;
    }
    (Status::Actual, "asserted")
}

/// What the verb itself says by negation, tense and mood.
fn of_verb(scene: &Scene<'_>, verb: WordId) -> Option<Finding> {
    if is_negated(scene, verb) {
        return Some((Status::Negated, "negation"));
    }
    for child in scene.children(verb) {
        match scene.deprel(child) {
            Deprel::Mark | Deprel::Case if scene.lemma(child) == "sans" => {
                return Some((Status::Negated, "sans"));
            }
            Deprel::Mark if scene.lemma(child) == "si" => {
                return Some((Status::Possible, "condition"));
            }
            Deprel::Advmod if scene.gives(child, Cue::PossibleAdv) => {
                return Some((Status::Possible, "adverb"));
            }
            _ => {}
        }
    }
    match scene.finite(verb) {
        Some((Mood::Cnd, _)) => Some(if is_reported_in_the_past(scene, verb) {
            (Status::Future, "future in the past")
        } else {
            (Status::Possible, "journalistic conditional")
        }),
        Some((_, Some(Tense::Fut))) => Some((Status::Future, "future")),
        _ => None,
    }
}

/// *a déclaré qu'il évacuerait*: a conditional under a verb of speech in the past is a future.
fn is_reported_in_the_past(scene: &Scene<'_>, verb: WordId) -> bool {
    let mut at = verb;
    while scene.deprel(at) == Deprel::Conj {
        match scene.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    let Some(head) = scene.head(at).filter(|_| scene.deprel(at) == Deprel::Ccomp) else { return false };
    // A compound past conditional, *aurait tué*, stays a rumour.
    let compound = scene.children(verb).any(|child| scene.deprel(child) == Deprel::AuxTense);
    !compound
        && scene.is_verbal(head)
        && (scene.child(head, Deprel::AuxTense).is_some()
            || scene.finite(head).is_some_and(|(_, tense)| matches!(tense, Some(Tense::Past | Tense::Imp))))
}

fn is_negated(scene: &Scene<'_>, verb: WordId) -> bool {
    let mut ne = false;
    let mut no = false;
    for child in scene.children(verb) {
        match scene.lemma(child) {
            "ne" | "n'" => ne = true,
            "pas" | "jamais" if scene.deprel(child) == Deprel::Advmod => return true,
            lemma => no |= scene.cues.gives(lemma, Cue::No) || scene.cues.gives(lemma, Cue::NoneOf),
        }
        no |= matches!(scene.deprel(child).base(), Deprel::Nsubj | Deprel::Obj)
            && scene.child(child, Deprel::Det).is_some_and(|det| scene.gives(det, Cue::NoneOf));
    }
    ne && no
}

/// What the noun itself says by determiner, preposition and adjective.
fn of_noun(scene: &Scene<'_>, noun: WordId) -> Option<Finding> {
    for child in scene.children(noun) {
        match scene.deprel(child) {
            Deprel::Det if scene.gives(child, Cue::NoneOf) => return Some((Status::Negated, "aucun")),
            Deprel::Case if scene.lemma(child) == "sans" => return Some((Status::Negated, "sans")),
            Deprel::Amod | Deprel::Acl if scene.gives(child, Cue::PossibleAdj) => {
                return Some((Status::Possible, "adjective"));
            }
            Deprel::Amod | Deprel::Acl if scene.gives(child, Cue::FutureAdj) => {
                return Some((Status::Future, "adjective"));
            }
            Deprel::AclRelcl if scene.finite(child).is_some_and(|(_, tense)| tense == Some(Tense::Fut)) => {
                return Some((Status::Future, "future relative"));
            }
            _ => {}
        }
    }
    None
}

/// What the governor of a word makes of it.
fn from_above(scene: &Scene<'_>, at: WordId, head: WordId, event_type: EventType) -> Option<Finding> {
    let deprel = scene.deprel(at);
    if scene.upos(head) == Upos::Noun {
        let governed =
            matches!(deprel, Deprel::Nmod | Deprel::Acl | Deprel::Obl | Deprel::OblArg | Deprel::Xcomp)
                && (scene.preposition(at).is_none_or(|case| matches!(case, "de" | "à" | "pour")));
        if !governed {
            return None;
        }
        return if scene.gives(head, Cue::PossibleNoun) {
            Some((Status::Possible, "under a noun of possibility"))
        } else if scene.gives(head, Cue::FutureNoun) {
            Some((Status::Future, "under a noun of the future"))
        } else if scene.gives(head, Cue::NegativeNoun) {
            Some((Status::Negated, "under a noun of negation"))
        } else {
            None
        };
    }
    if !scene.is_verbal(head) && scene.upos(head) != Upos::Adj {
        return None;
    }
    let infinitive = scene.word(at).morph.verb_form() == Some(VerbForm::Inf);
    let complement = match deprel {
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj | Deprel::ObjLvc => true,
        Deprel::Obl | Deprel::OblArg | Deprel::Advcl => {
            (infinitive || !scene.is_verbal(at)) && matches!(marker(scene, at), Some("à" | "de"))
        }
        Deprel::NsubjPass => true,
        Deprel::Nsubj => scene.is_passive(head),
        _ => false,
    };
    if complement {
        let said = deprel == Deprel::Ccomp && scene.finite(at).is_some();
        if scene.gives(head, Cue::Negative)
            && (!said || matches!(scene.lemma(head), "nier" | "démentir" | "réfuter"))
        {
            return Some((Status::Negated, "under a verb of prevention or denial"));
        }
        if scene.lemma(head) == "pouvoir" || (!said && scene.gives(head, Cue::Possible)) {
            return Some((Status::Possible, "under a verb of possibility"));
        }
        if scene.lemma(head) == "annoncer" {
            let planned = !scene.is_verbal(at) && scene.cues.gives(event_type.as_str(), Cue::Planned);
            return planned.then_some((Status::Future, "announced"));
        }
        if !said
            && scene.gives(head, Cue::Future)
            && !(deprel == Deprel::NsubjPass && scene.gives(head, Cue::Support))
        {
            let compound =
                infinitive && scene.children(at).any(|child| scene.deprel(child) == Deprel::AuxTense);
            if !compound {
                return Some((Status::Future, "under a verb of planning or asking"));
            }
        }
    }
    None
}

fn marker<'e>(scene: &Scene<'e>, at: WordId) -> Option<&'e str> {
    let marker =
        scene.children(at).find(|&child| matches!(scene.deprel(child), Deprel::Case | Deprel::Mark))?;
    Some(scene.lemma(marker))
}

/// Whether what is said of the governor holds for the word as well.
fn passes_up(scene: &Scene<'_>, at: WordId, head: WordId) -> bool {
    if scene.is_verbal(at) {
        return match scene.deprel(at) {
            // *a condamné et va expulser*: each conjunct has its own tense.
            Deprel::Conj => scene.is_nonfinite_or_bare(at),
            Deprel::Xcomp => true,
            Deprel::Ccomp => scene.finite(at).is_none(),
            _ => false,
        };
    }
    if scene.deprel(at) == Deprel::Conj {
        return true;
    }
    if !scene.is_verbal(head) {
        return false;
    }
    match scene.deprel(at) {
        Deprel::Obj | Deprel::ObjLvc | Deprel::OblArg | Deprel::Xcomp => {
            scene.gives(head, Cue::Support) || scene.gives(head, Cue::Reverse)
        }
        Deprel::Nsubj | Deprel::NsubjPass => scene.gives(head, Cue::Occur) || scene.gives(head, Cue::Support),
        _ => false,
    }
}
