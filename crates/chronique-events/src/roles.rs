use chronique_places::PlaceRole;
use chronique_syntax::{Deprel, Upos, WordId};

use crate::Participant;
use crate::cues::Cue;
use crate::frame::{Frame, Role};
use crate::gate::Classes;
use crate::scene::{Filler, Scene};

/// Who takes part in an act, before it is known which of them count.
#[derive(Clone, Default, Debug)]
pub(crate) struct Roles {
    pub(crate) actors: Vec<Filler>,
    pub(crate) recipients: Vec<Filler>,
}

impl Roles {
    fn put(&mut self, scene: &Scene<'_>, role: Option<Role>, filler: Filler) {
        let side = match role {
            Some(Role::Actor) => &mut self.actors,
            Some(Role::Recipient) => &mut self.recipients,
            Some(Role::Either) => {
                let classes = scene.classes(filler.word);
                let location = scene
                    .place_at(filler.word)
                    .is_some_and(|at| scene.role_of_place(at) == PlaceRole::Location);
                if classes.meets(Classes::FORCES) && !location {
                    &mut self.actors
                } else {
                    &mut self.recipients
                }
            }
            Some(Role::Place) | None => return,
        };
        for word in scene.conjuncts(filler.word) {
            if !side.iter().any(|known| known.word == word) {
                side.push(Filler { word, ..filler });
            }
        }
    }

    /// The roles around a verb.
    pub(crate) fn of_verb(scene: &Scene<'_>, verb: WordId, frame: &Frame) -> Roles {
        let mut roles = Roles::default();
        let passive = scene.is_passive(verb);
        if let Some(subject) = scene.subject(verb) {
            let role = if subject.undergoes { frame.obj.or(frame.iobj) } else { frame.nsubj };
            roles.put(scene, role, subject.filler);
        }
        for object in scene.objects(verb) {
            roles.put(scene, frame.obj, object);
        }
        for child in scene.children(verb) {
            match scene.deprel(child) {
                Deprel::OblAgent => {
                    roles.put(scene, frame.nsubj, Filler { word: child, reason: "obl:agent" });
                }
                Deprel::Iobj if scene.lemma(child) != "se" => {
                    roles.put(scene, frame.iobj, Filler { word: child, reason: "iobj" });
                }
                Deprel::Obl | Deprel::OblArg | Deprel::OblMod | Deprel::Nmod => {
                    if let Some(preposition) = scene.preposition(child) {
                        if passive && preposition == "par" {
                            roles.put(scene, frame.nsubj, Filler { word: child, reason: "par" });
                        } else {
                            roles.put(
                                scene,
                                frame.preposition(preposition),
                                Filler { word: child, reason: "obl" },
                            );
                        }
                    }
                }
                _ => {}
            }
        }
        roles
    }

    /// The roles around a noun, and what the verb that supports it brings.
    pub(crate) fn of_noun(scene: &Scene<'_>, noun: WordId, frame: &Frame) -> Roles {
        let mut roles = Roles::default();
        for child in scene.children(noun) {
            match scene.deprel(child) {
                Deprel::Amod => {
                    if !scene.classes(child).is_none() || scene.gives(child, Cue::ActorAdj) {
                        roles.put(scene, frame.adj, Filler { word: child, reason: "adjective" });
                    }
                    roles.participle(scene, child, frame);
                }
                Deprel::Nmod | Deprel::Obl | Deprel::OblArg | Deprel::OblMod | Deprel::OblAgent => {
                    if let Some(preposition) = scene.preposition(child) {
                        roles.put(
                            scene,
                            frame.preposition(preposition),
                            Filler { word: child, reason: "nmod" },
                        );
                    }
                }
                Deprel::Acl | Deprel::AclRelcl => roles.participle(scene, child, frame),
                _ => {}
            }
        }
        roles.support(scene, noun, frame);
        roles
    }

    /// *l'attaque menée par X contre Y*, *l'attaque visant Y*.
    fn participle(&mut self, scene: &Scene<'_>, verb: WordId, frame: &Frame) {
        if !scene.is_verbal(verb) && scene.upos(verb) != Upos::Adj {
            return;
        }
        let claims = scene.gives(verb, Cue::Claim);
        if scene.gives(verb, Cue::Support) || claims {
            self.complements(scene, verb, frame);
        }
        if matches!(scene.lemma(verb), "viser" | "cibler" | "frapper" | "toucher") {
            for object in scene.objects(verb) {
                self.put(scene, Some(Role::Recipient), object);
            }
        }
    }

    fn complements(&mut self, scene: &Scene<'_>, verb: WordId, frame: &Frame) {
        for child in scene.children(verb) {
            match (scene.deprel(child), scene.preposition(child)) {
                (Deprel::OblAgent, _) | (Deprel::Obl | Deprel::OblArg | Deprel::OblMod, Some("par")) => {
                    self.put(
                        scene,
                        Some(Role::Actor),
                        Filler { word: child, reason: "agent of support verb" },
                    );
                }
                (Deprel::Obl | Deprel::OblArg | Deprel::OblMod, Some(preposition)) if preposition != "de" => {
                    let role = frame.preposition(preposition);
                    self.put(scene, role, Filler { word: child, reason: "obl of support verb" });
                }
                _ => {}
            }
        }
    }

    /// *X mène une attaque*, *X essuie des tirs*, *une attaque a été menée par X*.
    fn support(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let Some(verb) = scene.head(noun).filter(|&verb| scene.is_verbal(verb)) else {
            return;
        };
        match scene.deprel(noun) {
            Deprel::Obj | Deprel::ObjLvc | Deprel::Obl | Deprel::OblArg | Deprel::OblMod | Deprel::Xcomp => {
                let direct = matches!(scene.deprel(noun), Deprel::Obj | Deprel::ObjLvc);
                let by = scene.preposition(noun);
                if scene.gives(verb, Cue::Reverse) && direct {
                    if let Some(subject) = scene.subject(verb) {
                        let filler = Filler { reason: "subject of reverse support verb", ..subject.filler };
                        self.put(scene, Some(Role::Recipient), filler);
                    }
                } else if scene.gives(verb, Cue::Support)
                    && (direct
                        || matches!(by, Some("à" | "en" | "de")) && scene.deprel(noun) != Deprel::OblMod)
                {
                    if let Some(subject) = scene.subject(verb).filter(|subject| !subject.undergoes) {
                        let filler = Filler { reason: "subject of support verb", ..subject.filler };
                        self.put(scene, Some(Role::Actor), filler);
                    }
                    self.complements(scene, verb, frame);
                }
            }
            Deprel::NsubjPass | Deprel::Nsubj
                if scene.is_passive(verb)
                    && (scene.gives(verb, Cue::Support) || scene.gives(verb, Cue::Claim)) =>
            {
                self.complements(scene, verb, frame);
            }
            _ => {}
        }
    }

    /// The classes of those on one side, all together.
    pub(crate) fn classes(scene: &Scene<'_>, side: &[Filler]) -> Classes {
        side.iter().fold(Classes::NONE, |classes, filler| classes.or(scene.classes(filler.word)))
    }
}

/// The fillers that are somebody, as participants.
pub(crate) fn participants(scene: &Scene<'_>, side: &[Filler], things: bool) -> Vec<Participant> {
    let mut out: Vec<Participant> = Vec::new();
    for filler in side {
        let known = scene.evidence.actors.headed_by(filler.word);
        let named = known.is_some() || scene.place_at(filler.word).is_some();
        let somebody = named
            || scene.upos(filler.word) == Upos::Propn
            || (filler.reason == "adjective")
            || (things && scene.upos(filler.word) == Upos::Noun && scene.time_at(filler.word).is_none());
        if !somebody {
            continue;
        }
        let span = scene.participant_span(filler.word);
        if out.iter().all(|other| !other.span.overlaps(span)) {
            out.push(Participant { span, actor: known.map(|mention| mention.actor), reason: filler.reason });
        }
    }
    out
}
