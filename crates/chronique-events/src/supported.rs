use chronique_syntax::{Deprel, Upos, WordId};

use crate::cues::Cue;
use crate::frame::{Frame, Role};
use crate::gate::Classes;
use crate::roles::Roles;
use crate::scene::{Filler, Scene};

/// What the verbs around a noun say of who takes part in its act: *mener une attaque*, *l'attaque menée par X*.
impl Roles {
    /// *l'attaque menée par X contre Y*, *l'attaque visant Y*, *l'offensive que mène X*, *l'enquête visant à destituer Y*.
    pub(crate) fn participle(&mut self, scene: &Scene<'_>, verb: WordId, frame: &Frame) {
        if !scene.is_verbal(verb) && scene.upos(verb) != Upos::Adj {
            return;
        }
        let claims = scene.gives(verb, Cue::Claim);
        if scene.gives(verb, Cue::Support) || claims {
            self.complements(scene, verb, frame);
        }
        // *des combats opposant l'armée aux rebelles*, *des heurts impliquant la police*
        let sides = scene.gives(verb, Cue::Pits) || scene.lemma(verb) == "impliquer";
        if sides && !scene.is_passive(verb) && !scene.has_reflexive(verb) {
            for object in scene.objects(verb).filter(|object| !scene.classes(object.word).is_none()) {
                self.put(scene, Some(Role::Actor), Filler { reason: "side of the conflict", ..object });
            }
            self.sides(scene, WordId(u32::MAX), verb);
        }
        // *une réunion improvisée avec le président*
        for child in scene.children(verb).filter(|_| frame.preposition("avec").is_some()) {
            if scene.preposition(child) == Some("avec") && !scene.classes(child).is_none() {
                let role = frame.preposition("avec");
                self.put(scene, role, Filler { word: child, reason: "behind its participle" });
            }
        }
        // What *que* stands for is the object.
        let relative = scene.deprel(verb) == Deprel::AclRelcl
            && scene.children(verb).any(|child| {
                scene.deprel(child) == Deprel::Obj && matches!(scene.lemma(child), "que" | "lequel")
            });
        if relative && let Some(subject) = scene.subject(verb).filter(|subject| !subject.undergoes) {
            let role = match () {
                () if scene.gives(verb, Cue::Reverse) => Some(Role::Recipient),
                () if scene.gives(verb, Cue::Support) && !scene.gives(verb, Cue::Tells) => Some(Role::Actor),
                () => None,
            };
            self.put(scene, role, Filler { reason: "subject of the relative clause", ..subject.filler });
            if role.is_some() {
                self.strayed(scene, subject.filler.word, frame);
            }
        }
        if scene.gives(verb, Cue::Hits) && !scene.is_passive(verb) {
            let aimed = scene.children(verb).filter(|&child| {
                matches!(scene.deprel(child), Deprel::Xcomp | Deprel::Advcl) && scene.is_verbal(child)
            });
            for object in scene.objects(verb).chain(aimed.flat_map(|aimed| scene.objects(aimed))) {
                if scene.classes(object.word).is_none() && scene.lemma(verb) != "viser" {
                    continue;
                }
                self.put(scene, Some(Role::Recipient), Filler { reason: "hit by the act", ..object });
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
                    self.strayed(scene, child, frame);
                }
                (Deprel::Obl | Deprel::OblArg | Deprel::OblMod, Some(preposition)) if preposition != "de" => {
                    // *a imposé des sanctions à l'Iran*
                    let to = preposition == "à"
                        && frame.preposition("contre") == Some(Role::Recipient)
                        && scene.is_addressed(child);
                    let role = frame.preposition(preposition).or(to.then_some(Role::Recipient));
                    self.put(scene, role, Filler { word: child, reason: "obl of support verb" });
                    // *commises contre les réfugiés par la police*
                    self.strayed(scene, child, frame);
                }
                _ => {}
            }
        }
    }

    /// *X mène une attaque*, *X essuie des tirs*, *une attaque a été menée par X*.
    pub(crate) fn support(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        self.told_to_happen(scene, noun, frame);
        let Some((verb, deprel)) = scene.governed(noun).filter(|&(verb, _)| scene.is_verbal(verb)) else {
            return;
        };
        self.reach(scene, noun, verb);
        match deprel {
            Deprel::Obj | Deprel::ObjLvc | Deprel::Obl | Deprel::OblArg | Deprel::OblMod | Deprel::Xcomp => {
                let direct = matches!(deprel, Deprel::Obj | Deprel::ObjLvc);
                let by = scene.preposition(noun);
                if direct {
                    self.agent_above(scene, noun, verb, frame);
                }
                if scene.gives(verb, Cue::Imputes) && direct {
                    self.imputed(scene, noun, verb);
                } else if scene.gives(verb, Cue::Claim) && direct && !scene.is_denied(verb) {
                    let claims = |word| {
                        scene.child(word, Deprel::Det).is_none_or(|det| !scene.gives(det, Cue::NoneOf))
                    };
                    let subject = scene.subject(verb).filter(|subject| !subject.undergoes);
                    if let Some(subject) = subject.filter(|subject| claims(subject.filler.word)) {
                        let filler = Filler { reason: "who claims it", ..subject.filler };
                        self.put(scene, Some(Role::Actor), filler);
                    }
                } else if scene.gives(verb, Cue::Reverse) && direct {
                    if let Some(subject) = scene.subject(verb) {
                        let filler = Filler { reason: "subject of reverse support verb", ..subject.filler };
                        self.put(scene, Some(Role::Recipient), filler);
                    }
                } else if scene.gives(verb, Cue::Support)
                    // *il y a 600 arrestations*
                    && !scene.children(verb).any(|child| scene.lemma(child) == "y")
                    && (direct || matches!(by, Some("à" | "en" | "de")) && deprel != Deprel::OblMod)
                {
                    // *l'Élysée annonce la démission du ministre*: who tells of an act need not do it.
                    let tells = scene.gives(verb, Cue::Tells) && !self.actors.is_empty();
                    let subject = scene.subject(verb).filter(|subject| !subject.undergoes && !tells);
                    if let Some(subject) = subject {
                        let filler = Filler { reason: "subject of support verb", ..subject.filler };
                        self.put(scene, Some(Role::Actor), filler);
                    }
                    self.complements(scene, verb, frame);
                    self.given_to(scene, noun, frame);
                }
            }
            Deprel::NsubjPass if scene.gives(verb, Cue::Imputes) => self.imputed(scene, noun, verb),
            // *la manifestation a réuni des milliers d'étudiants*
            Deprel::Nsubj
                if scene.gives(verb, Cue::Gathers)
                    && !scene.is_passive(verb)
                    && frame.preposition("de") == Some(Role::Actor) =>
            {
                for object in scene.objects(verb).filter(|object| !scene.classes(object.word).is_none()) {
                    self.put(scene, Some(Role::Actor), Filler { reason: "gathered by it", ..object });
                }
            }
            // *le conflit oppose l'armée aux rebelles*
            Deprel::Nsubj if scene.gives(verb, Cue::Pits) => {
                for object in scene.objects(verb) {
                    self.put(scene, Some(Role::Actor), Filler { reason: "side of the conflict", ..object });
                }
                self.sides(scene, noun, verb);
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

    /// *a imposé des sanctions à l'Iran*: to whom, where the tree hangs it on the act and not on the verb.
    fn given_to(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        if frame.preposition("contre") != Some(Role::Recipient) || frame.preposition("à").is_some() {
            return;
        }
        for word in scene.children(noun).filter(|&word| word > noun) {
            let given = scene.deprel(word) == Deprel::Nmod && scene.preposition(word) == Some("à");
            if given && scene.is_addressed(word) {
                self.put(scene, Some(Role::Recipient), Filler { word, reason: "given to" });
            }
        }
    }

    /// *l'offensive que mène l'armée contre Y*, where the tree does not make it a relative clause.
    pub(crate) fn led_by(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let (que, verb) = (WordId(noun.0 + 1), WordId(noun.0 + 2));
        let end = scene.sentence(noun).end;
        if verb.0 + 1 >= end || scene.lemma(que) != "que" || scene.upos(que) != Upos::Pron {
            return;
        }
        // *l'offensive qu'a menée l'armée*
        let verb = if scene.upos(verb) == Upos::Aux { WordId(verb.0 + 1) } else { verb };
        if scene.upos(verb) != Upos::Verb {
            return;
        }
        if scene.finite(verb).is_none() || scene.gives(verb, Cue::Tells) {
            return;
        }
        let role = if scene.gives(verb, Cue::Reverse) {
            Role::Recipient
        } else if scene.gives(verb, Cue::Support) {
            Role::Actor
        } else {
            return;
        };
        let near = (verb.0 + 1..end.min(verb.0 + 5)).map(WordId);
        let mut near = near.skip_while(|&word| matches!(scene.upos(word), Upos::Det | Upos::Num | Upos::Adj));
        if let Some(word) = near.next().filter(|&word| !scene.classes(word).is_none()) {
            self.put(scene, Some(role), Filler { word, reason: "subject of the relative clause" });
            self.strayed(scene, word, frame);
        }
    }

    /// *des heurts ont éclaté entre la police et la foule*, *les discussions se sont poursuivies avec les rebelles*.
    fn told_to_happen(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let top = Self::carrier(scene, noun);
        let subject = matches!(scene.deprel(top), Deprel::Nsubj | Deprel::NsubjPass);
        let Some(verb) = scene.head(top).filter(|&verb| subject && scene.gives(verb, Cue::Occur)) else {
            return;
        };
        if scene.is_passive(verb) && !scene.has_reflexive(verb) {
            return;
        }
        let place = scene.objects(verb).find(|object| scene.lemma(object.word) == "lieu");
        let below = place.into_iter().flat_map(|place| scene.children(place.word));
        for word in scene.children(verb).chain(below).filter(|&word| word > verb) {
            let by = scene.preposition(word).filter(|by| matches!(*by, "entre" | "avec" | "contre"));
            let role = by.and_then(|by| frame.preposition(by).or((by == "avec").then_some(Role::Actor)));
            if role.is_some() && !scene.classes(word).is_none() {
                self.put(scene, role, Filler { word, reason: "where the act is told to happen" });
                self.strayed(scene, word, frame);
            }
        }
    }

    /// *a dénoncé la répression de la foule par la police*: the agent that the tree hangs on a verb that has none.
    fn agent_above(&mut self, scene: &Scene<'_>, noun: WordId, verb: WordId, frame: &Frame) {
        if frame.preposition("par") != Some(Role::Actor) || scene.is_passive(verb) {
            return;
        }
        for word in scene.children(verb).filter(|&word| word > noun) {
            let by = scene.deprel(word) == Deprel::OblAgent || scene.preposition(word) == Some("par");
            if by && scene.classes(word).meets(Classes::FORCES.or(Classes::PERSON).or(Classes::PEOPLE)) {
                self.put(scene, Some(Role::Actor), Filler { word, reason: "agent of the verb above" });
            }
        }
    }

    /// *impute l'attaque aux rebelles*: who is said to have done it.
    fn imputed(&mut self, scene: &Scene<'_>, noun: WordId, verb: WordId) {
        for word in scene.children(verb).chain(scene.children(noun)).filter(|&word| word > verb) {
            if scene.preposition(word) == Some("à") && !scene.classes(word).is_none() {
                self.put(scene, Some(Role::Actor), Filler { word, reason: "imputed to" });
            }
        }
    }

    /// *oppose … aux rebelles*
    fn sides(&mut self, scene: &Scene<'_>, noun: WordId, verb: WordId) {
        let objects = scene.objects(verb).flat_map(|object| scene.children(object.word));
        for word in scene.children(verb).chain(objects).filter(|&word| word != noun) {
            if scene.preposition(word) == Some("à") && !scene.classes(word).is_none() {
                self.put(scene, Some(Role::Actor), Filler { word, reason: "side of the conflict" });
            }
        }
    }

    /// *l'attentat a visé une manifestation*, *deux écoles ont été touchées par des tirs*: whom the act hits.
    fn reach(&mut self, scene: &Scene<'_>, noun: WordId, verb: WordId) {
        let dies = scene.gives(verb, Cue::Dead)
            || scene.lemma(verb) == "trouver"
                && scene.objects(verb).any(|object| scene.lemma(object.word) == "mort");
        if dies
            && !scene.is_passive(verb)
            && matches!(scene.preposition(noun), Some("dans" | "lors" | "de" | "pendant" | "après"))
            && scene.deprel(noun) != Deprel::Nsubj
            && scene.objects(verb).all(|object| scene.classes(object.word).is_none())
        {
            if let Some(subject) = scene.subject(verb).filter(|subject| !subject.undergoes) {
                self.put(scene, Some(Role::Recipient), Filler { reason: "who dies in it", ..subject.filler });
            }
            return;
        }
        // *le raid s'est soldé par la mort de 60 combattants*
        if matches!(scene.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass) {
            let deaths = scene.children(verb).filter(|&child| {
                scene.is_nominal(child) && matches!(scene.lemma(child), "mort" | "décès") && child > verb
            });
            for word in deaths.flat_map(|death| scene.children(death)) {
                if scene.preposition(word) == Some("de") && !scene.classes(scene.counted(word)).is_none() {
                    self.put(scene, Some(Role::Recipient), Filler { word, reason: "who dies of it" });
                }
            }
        }
        if !scene.gives(verb, Cue::Hits) {
            return;
        }
        match scene.deprel(noun) {
            Deprel::Nsubj if !scene.is_passive(verb) => {
                for object in scene.objects(verb) {
                    self.put(scene, Some(Role::Recipient), Filler { reason: "hit by the act", ..object });
                }
            }
            Deprel::OblAgent | Deprel::Obl | Deprel::OblArg | Deprel::OblMod
                if scene.is_passive(verb)
                    && matches!(scene.preposition(noun), Some("par" | "dans" | "lors" | "pendant")) =>
            {
                if let Some(subject) = scene.subject(verb).filter(|subject| subject.undergoes) {
                    let filler = Filler { reason: "hit by the act", ..subject.filler };
                    self.put(scene, Some(Role::Recipient), filler);
                }
            }
            _ => {}
        }
    }
}
