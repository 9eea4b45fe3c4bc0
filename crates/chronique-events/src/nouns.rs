use chronique_syntax::{Deprel, Upos, WordId};

use crate::cues::Cue;
use crate::frame::{Frame, Role};
use crate::gate::Classes;
use crate::roles::Roles;
use crate::scene::{Filler, Scene};

/// Who takes part in an act that a noun names.
impl Roles {
    /// The roles around a noun, and what the verb that supports it brings.
    ///
    /// `last` is the last word of its pattern: in *coup d'État perpétré par l'armée* the tree may hang
    /// the participle on *État*.
    pub(crate) fn of_noun(scene: &Scene<'_>, noun: WordId, last: WordId, frame: &Frame) -> Roles {
        let mut roles = Roles::default();
        let own = scene.children(noun).filter(|child| !(noun.0..=last.0).contains(&child.0));
        let rest = scene.children(last).filter(|&child| last != noun && child > last);
        for child in own.chain(rest) {
            match scene.deprel(child) {
                Deprel::Amod => {
                    if scene.evidence.actors.adjective_at(child).is_some()
                        || scene.gives(child, Cue::ActorAdj)
                    {
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
                        roles.strayed(scene, child, frame);
                    }
                }
                Deprel::Acl | Deprel::AclRelcl => roles.participle(scene, child, frame),
                _ => {}
            }
        }
        roles.beside(scene, last, frame);
        roles.support(scene, noun, frame);
        if roles.actors.is_empty() {
            roles.involved(scene, noun);
        }
        if roles.actors.is_empty() {
            roles.copula(scene, noun);
        }
        if roles.actors.is_empty() {
            roles.carried(scene, noun, frame);
        }
        roles.shared(scene, noun, frame);
        if roles.actors.is_empty() && frame.preposition("de").is_some_and(|role| role != Role::Recipient) {
            roles.possessor(scene, noun);
        }
        roles
    }

    /// *la prise de contrôle par les forces…*: a complement right behind the noun, wherever the tree hangs it.
    fn beside(&mut self, scene: &Scene<'_>, last: WordId, frame: &Frame) {
        let mut after = (last.0 + 1..scene.sentence(last).end.min(last.0 + 4)).map(WordId);
        let Some(case) = after.find(|&word| scene.upos(word) != Upos::Adj) else { return };
        if scene.deprel(case) != Deprel::Case || !matches!(scene.lemma(case), "par" | "contre") {
            return;
        }
        if let Some(word) = scene.head(case) {
            let role = frame.preposition(scene.lemma(case));
            self.put(scene, role, Filler { word, reason: "right behind" });
        }
    }

    /// *accusé de pillages*, *les forces engagées dans l'offensive*.
    fn involved(&mut self, scene: &Scene<'_>, noun: WordId) {
        let mut noun = noun;
        while scene.deprel(noun) == Deprel::Conj {
            let Some(first) = scene.head(noun) else { return };
            noun = first;
        }
        let Some(over) = scene.head(noun).filter(|&over| scene.gives(over, Cue::Involve)) else { return };
        let by = scene.preposition(noun);
        if !matches!(by, Some("dans" | "de" | "à" | "pour")) {
            return;
        }
        let who = if scene.is_verbal(over) {
            let object = scene.objects(over).next();
            object.or_else(|| scene.subject(over).map(|subject| subject.filler))
        } else {
            None
        };
        if let Some(who) = who {
            self.put(scene, Some(Role::Actor), Filler { reason: "said to take part", ..who });
        }
    }

    /// *l'Azerbaïdjan a poursuivi son offensive*.
    fn possessor(&mut self, scene: &Scene<'_>, noun: WordId) {
        let possessed = scene
            .children(noun)
            .any(|child| scene.deprel(child) == Deprel::Det && matches!(scene.lemma(child), "son" | "leur"));
        if !possessed {
            return;
        }
        let verb = scene.evidence.syntax.ancestors(noun).take(6).find(|&above| scene.is_verbal(above));
        let subject = verb.and_then(|verb| scene.subject(verb)).map(|subject| subject.filler);
        let who = subject
            .filter(|subject| !scene.classes(subject.word).is_none() && subject.word != noun)
            .or_else(|| {
                let mentions = scene.evidence.actors.mentions();
                let before = mentions.partition_point(|mention| mention.head < noun);
                let nearest = before.checked_sub(1).map(|at| &mentions[at])?;
                (nearest.head.0 >= scene.sentence(noun).start)
                    .then_some(Filler { word: nearest.head, reason: "nearest before" })
            });
        if let Some(who) = who {
            self.put(scene, Some(Role::Actor), Filler { reason: "possessive", ..who });
        }
    }

    /// *L'attaque des rebelles contre l'armée*, *livrer des chars à Kiev*: a complement of the act that
    /// the tree hangs on the noun before it.
    pub(crate) fn strayed(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let nominal = |&child: &WordId| matches!(scene.deprel(child).base(), Deprel::Nmod | Deprel::Obl);
        // *l'arrestation à Lille d'un jeune homme*: a town has no people of its own behind *d'un*.
        let town = scene.place_at(noun).is_some() && scene.preposition(noun) != Some("de");
        for child in scene.children(noun).filter(nominal).filter(|_| town) {
            if scene.preposition(child) == Some("de") && scene.place_at(child).is_none() {
                let role = frame.preposition("de");
                self.put(scene, role, Filler { word: child, reason: "behind the place" });
            }
        }
        for child in scene.children(noun).filter(nominal) {
            let preposition = scene.preposition(child).filter(|&preposition| preposition != "de");
            if let Some(role) = preposition.and_then(|preposition| frame.preposition(preposition)) {
                self.put(scene, Some(role), Filler { word: child, reason: "nmod of its neighbour" });
            }
        }
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
                    self.strayed(scene, child, frame);
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
        let Some((verb, deprel)) = scene.governed(noun).filter(|&(verb, _)| scene.is_verbal(verb)) else {
            return;
        };
        self.reach(scene, noun, verb);
        match deprel {
            Deprel::Obj | Deprel::ObjLvc | Deprel::Obl | Deprel::OblArg | Deprel::OblMod | Deprel::Xcomp => {
                let direct = matches!(deprel, Deprel::Obj | Deprel::ObjLvc);
                let by = scene.preposition(noun);
                if scene.gives(verb, Cue::Claim) && direct {
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
                    && (direct || matches!(by, Some("à" | "en" | "de")) && deprel != Deprel::OblMod)
                {
                    // *l'Élysée annonce la démission du ministre*: who tells of an act need not do it.
                    let tells = scene.gives(verb, Cue::Tells) && !self.actors.is_empty();
                    if let Some(subject) = scene.subject(verb).filter(|subject| !subject.undergoes && !tells)
                    {
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

    /// *viols, tortures et assassinats d'opposants*: what one noun of a list says holds for the others.
    fn shared(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let above =
            scene.head(noun).filter(|&head| scene.deprel(noun) == Deprel::Conj && scene.is_nominal(head));
        if let Some(first) = above.filter(|_| self.actors.is_empty()) {
            self.support(scene, first, frame);
        }
        let first = above.unwrap_or(noun);
        if !self.recipients.is_empty() {
            return;
        }
        let last = scene.children(first).filter(|&child| scene.deprel(child) == Deprel::Conj).max();
        for child in last.filter(|&last| last > noun).into_iter().flat_map(|last| scene.children(last)) {
            let preposition = scene.preposition(child).filter(|_| scene.deprel(child) == Deprel::Nmod);
            let role = preposition.and_then(|preposition| frame.preposition(preposition));
            if matches!(role, Some(Role::Recipient | Role::Either))
                && scene.classes(child).meets(Classes::PERSON.or(Classes::PEOPLE))
            {
                self.put(
                    scene,
                    Some(Role::Recipient),
                    Filler { word: child, reason: "behind the last of the list" },
                );
            }
        }
    }

    /// *l'attentat a visé une manifestation*, *deux écoles ont été touchées par des tirs*: whom the act hits.
    fn reach(&mut self, scene: &Scene<'_>, noun: WordId, verb: WordId) {
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
                if scene.is_passive(verb) && matches!(scene.preposition(noun), Some("par" | "dans")) =>
            {
                if let Some(subject) = scene.subject(verb).filter(|subject| subject.undergoes) {
                    let filler = Filler { reason: "hit by the act", ..subject.filler };
                    self.put(scene, Some(Role::Recipient), filler);
                }
            }
            _ => {}
        }
    }

    /// *les salariés sont en grève*, *X est l'auteur de l'attaque*: the subject of a copula.
    fn copula(&mut self, scene: &Scene<'_>, noun: WordId) {
        let carrier =
            scene.head(noun).filter(|&over| scene.gives(over, Cue::Involve) && !scene.is_verbal(over));
        let state = scene.preposition(noun) == Some("en");
        let Some(over) = carrier.or(Some(noun).filter(|_| state)) else { return };
        let linked = scene.child(over, Deprel::Cop).is_some();
        let subject = scene.child(over, Deprel::Nsubj).filter(|_| linked);
        // The tree may make the subject the root: *les salariés seront en grève*.
        let turned = scene.head(noun).filter(|&verb| state && scene.lemma(verb) == "être").and_then(|verb| {
            scene
                .head(verb)
                .filter(|&above| scene.is_nominal(above) && above < verb)
                .or_else(|| scene.subject(verb).map(|subject| subject.filler.word))
        });
        if let Some(word) = subject.or(turned) {
            let word = scene.antecedent(word).unwrap_or(word);
            self.put(scene, Some(Role::Actor), Filler { word, reason: "subject of the copula" });
        }
    }

    /// *une campagne d'arrestations par la police*, *le lancement de l'offensive*: what a noun between brings.
    fn carried(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let Some(over) = scene.head(noun).filter(|&over| {
            scene.deprel(noun) == Deprel::Nmod
                && scene.preposition(noun) == Some("de")
                && scene.gives(over, Cue::Phase)
        }) else {
            return;
        };
        for child in scene.children(over).filter(|&child| child != noun) {
            if scene.preposition(child) == Some("par") || scene.deprel(child) == Deprel::OblAgent {
                self.put(scene, Some(Role::Actor), Filler { word: child, reason: "agent of the noun above" });
            }
        }
        if self.actors.is_empty() && frame.preposition("de").is_some() {
            let verb = scene.head(over).filter(|&verb| {
                scene.is_verbal(verb) && scene.deprel(over) == Deprel::Obj && scene.gives(verb, Cue::Support)
            });
            if let Some(subject) =
                verb.and_then(|verb| scene.subject(verb)).filter(|subject| !subject.undergoes)
            {
                self.put(scene, Some(Role::Actor), Filler { reason: "subject above", ..subject.filler });
            }
        }
    }
}
