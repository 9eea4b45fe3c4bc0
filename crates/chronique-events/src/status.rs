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
    let mut found: Option<Finding> = None;
    // *ne ménage pas ses efforts pour dénoncer*: what is denied is not the aim.
    let mut aimed = false;
    for step in 0..STEPS {
        let own = if scene.is_verbal(at) || scene.child(at, Deprel::Cop).is_some() {
            of_verb(scene, at)
        } else if step == 0 {
            of_noun(scene, at)
        } else {
            None
        };
        let head = scene.head(at);
        let finding = own.or_else(|| from_above(scene, at, head?, event_type));
        match finding {
            Some((Status::Negated, _)) if aimed => break,
            // What is planned may still be doubted further up: *soupçonné de préparer un attentat*.
            Some((Status::Future, _)) => found = found.or(finding),
            Some(finding) if found.is_none() || finding.0 == Status::Possible => return finding,
            Some(_) => break,
            None => {}
        }
        match head {
            Some(head) if passes_up(scene, at, head) || finding.is_some() && scene.is_verbal(head) => {
                aimed |= scene.deprel(at) == Deprel::Advcl;
                at = head;
            }
            _ => break,
        }
    }
    found.unwrap_or((Status::Actual, "asserted"))
}

/// What the verb itself says by negation, tense and mood.
fn of_verb(scene: &Scene<'_>, verb: WordId) -> Option<Finding> {
    if is_negated(scene, verb) {
        // *n'a pas hésité à dénoncer*, *n'a cessé d'attaquer*: it happened.
        return (!scene.gives(verb, Cue::Implied)).then_some((Status::Negated, "negation"));
    }
    for child in scene.children(verb) {
        match scene.deprel(child) {
            Deprel::Mark | Deprel::Case if scene.lemma(child) == "sans" => {
                return Some((Status::Negated, "sans"));
            }
            // *Si X a été libérée, l'inquiétude demeure* concedes and does not condition.
            Deprel::Mark if scene.lemma(child) == "si" && !is_compound(scene, verb) => {
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
    // A compound past conditional, *aurait tué*, stays a rumour.
    if is_compound(scene, verb) {
        return false;
    }
    let speech = scene
        .evidence
        .syntax
        .ancestors(verb)
        .take(4)
        .find(|&above| scene.is_verbal(above) && scene.gives(above, Cue::Speech));
    speech.is_some_and(|speech| {
        is_compound(scene, speech)
            || scene.finite(speech).is_some_and(|(_, tense)| matches!(tense, Some(Tense::Past | Tense::Imp)))
    })
}

fn is_compound(scene: &Scene<'_>, verb: WordId) -> bool {
    scene.children(verb).any(|child| scene.deprel(child) == Deprel::AuxTense)
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
    let infinitive = is_infinitive(scene, at);
    if infinitive && let Some(finding) = from_neighbour(scene, at, head) {
        return Some(finding);
    }
    if scene.upos(head) == Upos::Noun {
        let governed =
            matches!(deprel, Deprel::Nmod | Deprel::Acl | Deprel::Obl | Deprel::OblArg | Deprel::Xcomp)
                && (scene.preposition(at).is_none_or(|case| matches!(case, "de" | "à" | "pour")));
        // *le plan rejeté* was rejected; *le plan de rejeter* is still to come.
        let participle = scene.is_verbal(at) && scene.word(at).morph.verb_form() != Some(VerbForm::Inf);
        if !governed || participle {
            return None;
        }
        return if scene.gives(head, Cue::PossibleNoun) {
            Some((Status::Possible, "under a noun of possibility"))
        } else if scene.gives(head, Cue::FutureNoun) && (infinitive || !scene.gives(head, Cue::Intends)) {
            Some((Status::Future, "under a noun of the future"))
        } else if scene.lemma(head) == "annonce" && scene.cues.gives(event_type.as_str(), Cue::Planned) {
            Some((Status::Future, "announced"))
        } else if scene.gives(head, Cue::NegativeNoun) {
            Some((Status::Negated, "under a noun of negation"))
        } else {
            None
        };
    }
    if !scene.is_verbal(head) && scene.upos(head) != Upos::Adj {
        return None;
    }
    // *utilise ses canons pour frapper la ville* does strike it.
    let used = scene.gives(head, Cue::Means);
    if infinitive && is_material(event_type) && !used && !is_compound(scene, at) && is_aim(scene, at, deprel)
    {
        return Some((Status::Possible, "an aim"));
    }
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
        // *nier les accusations*: they were made.
        let charge = event_type == EventType::Accuse && !scene.is_verbal(at);
        let denied = if scene.gives(head, Cue::Answers) { !charge } else { !said };
        if scene.gives(head, Cue::Negative) && denied {
            return Some((Status::Negated, "under a verb of prevention or denial"));
        }
        // *a dû démissionner*, *a pu entrer*: it happened.
        if matches!(scene.lemma(head), "pouvoir" | "devoir")
            && is_compound(scene, head)
            && of_verb(scene, head).is_none()
        {
            return None;
        }
        let aimed = infinitive && scene.gives(head, Cue::Aim);
        let doubted = scene.gives(head, Cue::Possible) && (!said || scene.gives(head, Cue::Doubt));
        if scene.lemma(head) == "pouvoir" || aimed || doubted {
            return Some((Status::Possible, "under a verb of possibility"));
        }
        if scene.lemma(head) == "annoncer" {
            let planned = !scene.is_verbal(at) && scene.cues.gives(event_type.as_str(), Cue::Planned);
            return planned.then_some((Status::Future, "announced"));
        }
        let planned = scene.gives(head, Cue::Future)
            && !(deprel == Deprel::NsubjPass && scene.gives(head, Cue::Support));
        // *entendre une explosion*, *compter douze morts*: only with an infinitive are they of what is to come.
        let intended = infinitive || !scene.gives(head, Cue::Intends);
        // *les attaques doivent cesser* is itself the demand.
        let demand = event_type == EventType::Request && scene.lemma(head) == "devoir";
        let over = said || demand || infinitive && is_compound(scene, at);
        if planned && intended && !over {
            return Some((Status::Future, "under a verb of planning or asking"));
        }
    }
    None
}

/// An infinitive, or a passive one: *être approuvé*.
fn is_infinitive(scene: &Scene<'_>, at: WordId) -> bool {
    let form = |word: WordId| scene.word(word).morph.verb_form() == Some(VerbForm::Inf);
    form(at) || scene.children(at).any(|child| scene.deprel(child) == Deprel::AuxPass && form(child))
}

/// What stands right before the infinitive decides where the tree hangs it elsewhere: *annonce son intention de
/// retirer*, *un homme soupçonné de préparer*.
fn from_neighbour(scene: &Scene<'_>, at: WordId, head: WordId) -> Option<Finding> {
    let mark = scene
        .children(at)
        .find(|&child| child < at && matches!(scene.deprel(child), Deprel::Case | Deprel::Mark))
        .filter(|&mark| matches!(scene.lemma(mark), "de" | "à") && mark.0 > scene.sentence(at).start)?;
    let before = WordId(mark.0 - 1);
    if before == head || scene.head(before) != Some(head) || is_compound(scene, at) {
        return None;
    }
    match scene.upos(before) {
        Upos::Noun if scene.gives(before, Cue::FutureNoun) => {
            Some((Status::Future, "under a noun of the future"))
        }
        Upos::Noun if scene.gives(before, Cue::PossibleNoun) => {
            Some((Status::Possible, "under a noun of possibility"))
        }
        Upos::Adj | Upos::Verb if scene.gives(before, Cue::Possible) => {
            Some((Status::Possible, "under a word of possibility"))
        }
        _ => None,
    }
}

/// *a lancé une opération pour libérer les otages*: whether it came to that is not said.
fn is_aim(scene: &Scene<'_>, at: WordId, deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Advcl | Deprel::Obl | Deprel::OblMod | Deprel::OblArg)
        && marker(scene, at) == Some("pour")
}

/// Acts that one can aim at without saying them: who goes *pour dénoncer* does denounce.
fn is_material(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Assault
            | EventType::Coerce
            | EventType::Retreat
            | EventType::Sanction
            | EventType::Cooperate
            | EventType::Concede
    )
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
            // *se rendra à X pour apporter son soutien*, *prévoyait … en posant des bombes*
            Deprel::Advcl => {
                scene.finite(at).is_none()
                    && matches!(marker(scene, at), Some("pour" | "en"))
                    && scene.is_verbal(head)
            }
            _ => false,
        };
    }
    if scene.deprel(at) == Deprel::Conj {
        // *ce n'est pas une bombe, mais un attentat*
        return scene.child(at, Deprel::Cc).is_none_or(|cc| scene.lemma(cc) != "mais");
    }
    if !scene.is_verbal(head) {
        // *serait victime d'un tir*
        let governed =
            matches!(scene.deprel(at), Deprel::Nmod | Deprel::Obl | Deprel::OblArg | Deprel::OblMod);
        let said = scene.gives(head, Cue::Carrier) && scene.child(head, Deprel::Cop).is_some();
        // *espère l'ouverture d'une enquête*, *prévoit une série d'attaques*
        let phase = scene.gives(head, Cue::Phase)
            && !matches!(scene.lemma(head), "fin" | "poursuite")
            && scene.preposition(at) == Some("de");
        return governed && (said || phase);
    }
    // *n'ont pas participé aux combats*: it took place without them.
    if scene.gives(head, Cue::Joins) && is_negated(scene, head) {
        return false;
    }
    match scene.deprel(at) {
        Deprel::OblAgent => true,
        // *il s'agirait d'un attentat*
        Deprel::Obj | Deprel::Obl | Deprel::OblArg | Deprel::OblMod
            if scene.gives(head, Cue::Is) && scene.has_reflexive(head) =>
        {
            true
        }
        Deprel::Obj | Deprel::ObjLvc | Deprel::OblArg | Deprel::Xcomp => {
            scene.gives(head, Cue::Support) || scene.gives(head, Cue::Reverse)
        }
        Deprel::Nsubj | Deprel::NsubjPass => scene.gives(head, Cue::Occur) || scene.gives(head, Cue::Support),
        _ => false,
    }
}
