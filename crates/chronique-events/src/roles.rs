use chronique_places::PlaceRole;
use chronique_syntax::{Deprel, Upos, WordId};

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
    pub(crate) fn put(&mut self, scene: &Scene<'_>, role: Option<Role>, filler: Filler) {
        let filler = Filler { word: scene.counted(filler.word), ..filler };
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
            Some(Role::Member) => {
                if scene.classes(filler.word).meets(Classes::STATE) {
                    &mut self.actors
                } else {
                    &mut self.recipients
                }
            }
            Some(Role::Place) | None => return,
        };
        let by = scene.preposition(filler.word);
        for word in scene.conjuncts(filler.word) {
            // *accuse l'Iran et, à long terme, la Chine*: a phrase of its own.
            let apart = scene.preposition(word).filter(|&other| Some(other) != by && other != "de");
            if word != filler.word && apart.is_some() {
                continue;
            }
            if !side.iter().any(|known| known.word == word) {
                side.push(Filler { word, ..filler });
            }
        }
    }

    /// The roles around a verb.
    ///
    /// `last` is the last word of its pattern: in *prendre le contrôle de la ville* the tree hangs the
    /// town on *contrôle*.
    pub(crate) fn of_verb(scene: &Scene<'_>, verb: WordId, last: WordId, frame: &Frame) -> Roles {
        let mut roles = Roles::default();
        let passive = scene.is_passive(verb);
        for child in scene.children(last).filter(|&child| last != verb && child > last) {
            let role = scene.preposition(child).and_then(|preposition| frame.preposition(preposition));
            if role.is_some() && matches!(scene.deprel(child).base(), Deprel::Nmod | Deprel::Obl) {
                roles.put(scene, role, Filler { word: child, reason: "complement of the phrase" });
            }
        }
        let subject = scene.subject(verb);
        // *X a été abattu à Hilla, une ville…*: who undergoes the act is known, no object is left.
        let undergone = passive && frame.iobj.is_none() && subject.is_some_and(|subject| subject.undergoes);
        if let Some(subject) = subject {
            let role = match frame.obj.or(frame.iobj) {
                Some(role) if subject.undergoes => Some(role),
                // *se sont joints*: without object there is no passive.
                None if subject.undergoes && frame.nsubj == Some(Role::Recipient) => frame.nsubj,
                _ if subject.undergoes => None,
                _ => frame.nsubj,
            };
            roles.put(scene, role, subject.filler);
        }
        let objects = scene.objects(verb).filter(|object| last == verb || object.word != last);
        for object in objects.filter(|_| !undergone) {
            let taken_up = scene.taken_up(verb, object.word);
            roles.put(
                scene,
                frame.obj,
                taken_up.map_or(object, |word| Filler { word, reason: "taken up by the pronoun" }),
            );
            roles.strayed(scene, object.word, frame);
        }
        if !passive && last == verb && frame.obj == Some(Role::Recipient) && roles.recipients.is_empty() {
            roles.shared_object(scene, verb);
        }
        for child in scene.children(verb) {
            match scene.deprel(child) {
                // *a dénoncé la répression par la police*: the agent is not that of an active verb.
                Deprel::OblAgent if passive || roles.actors.is_empty() => {
                    roles.put(scene, frame.nsubj, Filler { word: child, reason: "obl:agent" });
                }
                Deprel::Iobj if !scene.is_reflexive(child) => {
                    let taken_up = scene.taken_up(verb, child);
                    let filler = taken_up.map_or(Filler { word: child, reason: "iobj" }, |word| Filler {
                        word,
                        reason: "taken up by the pronoun",
                    });
                    roles.put(scene, frame.iobj, filler);
                }
                // *s'engage auprès de Kiev*
                Deprel::Advmod if scene.lemma(child) == "auprès" => {
                    for word in scene.children(child).filter(|&word| word > child) {
                        roles.put(scene, frame.preposition("auprès"), Filler { word, reason: "obl" });
                    }
                }
                Deprel::Obl | Deprel::OblArg | Deprel::OblMod | Deprel::Nmod => {
                    if let Some(preposition) = scene.preposition(child) {
                        // *convoqué au ministère*, *jugé devant une cour*
                        let hears = matches!(preposition, "à" | "devant" | "par")
                            && scene.gives(verb, Cue::Hears)
                            && scene.classes(child).meets(Classes::INSTITUTION.or(Classes::ORGANISATION))
                            && scene.place_at(child).is_none();
                        if hears && (passive || frame.obj.is_none()) {
                            let role = Some(Role::Actor);
                            roles.put(scene, role, Filler { word: child, reason: "who hears" });
                        } else if passive && preposition == "par" {
                            roles.put(scene, frame.nsubj, Filler { word: child, reason: "par" });
                        } else if preposition == "à"
                            && scene.is_location(child)
                            && !scene.is_addressed(child)
                            && scene.deprel(child) != Deprel::OblArg
                        {
                            // *exige un cessez-le-feu à Gaza*: where, not of whom.
                        } else {
                            // *se soulèvent depuis mardi contre le régime*: the tree may hang it on the day.
                            if scene.time_at(child).is_some() {
                                roles.behind_the_day(scene, child, frame);
                            }
                            // *s'est entretenu par téléphone avec le roi*
                            for word in scene.children(child).filter(|_| scene.classes(child).is_none()) {
                                if scene.preposition(word) == Some("avec") && !scene.classes(word).is_none() {
                                    let filler = Filler { word, reason: "nmod of its neighbour" };
                                    roles.put(scene, frame.preposition("avec"), filler);
                                }
                            }
                            roles.put(
                                scene,
                                frame.preposition(preposition),
                                Filler {
                                    word: child,
                                    reason: if preposition == "à" { "obl à" } else { "obl" },
                                },
                            );
                        }
                    }
                }
                _ => {}
            }
        }
        if passive && roles.actors.is_empty() && frame.nsubj == Some(Role::Actor) {
            roles.agent_behind(scene, last, frame);
        }
        roles
    }

    /// *ont tiré mardi sur la foule*: a complement that the tree hangs on the day.
    fn behind_the_day(&mut self, scene: &Scene<'_>, day: WordId, frame: &Frame) {
        for word in scene.children(day).filter(|&word| word > day) {
            let by = scene.preposition(word).filter(|&by| match by {
                "de" => false,
                "contre" | "sur" => true,
                "à" => scene.is_addressed(word),
                _ => !scene.classes(word).is_none(),
            });
            let role = by.and_then(|by| frame.preposition(by));
            self.put(scene, role, Filler { word, reason: "behind the day" });
        }
    }

    /// *ont attaqué et tué dix soldats*: the object of the last of two verbs is that of both.
    fn shared_object(&mut self, scene: &Scene<'_>, verb: WordId) {
        let next = scene.children(verb).find(|&child| {
            child > verb
                && scene.deprel(child) == Deprel::Conj
                && scene.is_bare_participle(child)
                && (verb.0 + 1..child.0)
                    .map(WordId)
                    .all(|word| matches!(scene.upos(word), Upos::Cconj | Upos::Adv | Upos::Adp | Upos::Punct))
        });
        if !scene.objects(verb).any(|_| true) {
            for object in next.into_iter().flat_map(|next| scene.objects(next)) {
                self.put(scene, Some(Role::Recipient), Filler { reason: "shared obj", ..object });
            }
        }
    }

    /// *a été inculpé de haute trahison par la justice militaire*: the agent of a passive that the tree hangs on
    /// what stands between.
    fn agent_behind(&mut self, scene: &Scene<'_>, last: WordId, frame: &Frame) {
        /// No complement between is longer, in words.
        const BETWEEN: u32 = 14;
        let after = (last.0 + 1..scene.sentence(last).end.min(last.0 + BETWEEN)).map(WordId);
        let mut after = after.take_while(|&word| {
            !scene.is_verbal(word)
                && !matches!(scene.upos(word), Upos::Sconj)
                && !matches!(scene.evidence.text.slice(scene.word(word).span), ";" | ":" | "»" | "«")
        });
        let Some(case) = after.find(|&word| scene.lemma(word) == "par" && scene.upos(word) == Upos::Adp)
        else {
            return;
        };
        let Some(word) = scene.head(case).filter(|&word| word > case) else { return };
        let acts = Classes::FORCES.or(Classes::PERSON).or(Classes::PEOPLE);
        let named = scene.place_at(word).is_none() && scene.classes(word).meets(acts);
        if named && scene.head(word).is_some_and(|over| over > last || scene.is_verbal(over)) {
            self.put(scene, frame.nsubj, Filler { word, reason: "par behind" });
        }
    }

    /// The classes of those on one side, all together.
    pub(crate) fn classes(scene: &Scene<'_>, side: &[Filler]) -> Classes {
        side.iter().fold(Classes::NONE, |classes, filler| classes.or(scene.classes(filler.word)))
    }
}
