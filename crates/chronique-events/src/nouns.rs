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
                Deprel::Nmod | Deprel::Appos | Deprel::Flat | Deprel::FlatName
                    if child.0 == last.0 + 1
                        && scene.upos(child) == Upos::Propn
                        && scene.preposition(child).is_none()
                        && scene.evidence.actors.headed_by(child).is_some() =>
                {
                    roles.put(scene, frame.adj, Filler { word: child, reason: "name behind the noun" });
                }
                Deprel::Nmod | Deprel::Obl | Deprel::OblArg | Deprel::OblMod | Deprel::OblAgent => {
                    if let Some(preposition) = scene.preposition(child) {
                        // *l'attentat d'Ankara* has happened there, *le bombardement d'Ankara* is done to it.
                        let located = preposition == "de" && scene.gives(noun, Cue::Happens);
                        if located && scene.is_location(child) {
                            continue;
                        }
                        let hears = matches!(preposition, "à" | "devant")
                            && scene.gives(noun, Cue::Hears)
                            && scene.classes(child).meets(Classes::INSTITUTION.or(Classes::ORGANISATION));
                        let role = if hears { Some(Role::Actor) } else { frame.preposition(preposition) };
                        roles.put(scene, role, Filler { word: child, reason: "nmod" });
                        // *des menaces de la part de X*
                        let part = preposition == "de" && scene.lemma(child) == "part";
                        for of in scene.children(child).filter(|_| part) {
                            if scene.preposition(of) == Some("de") {
                                roles.put(
                                    scene,
                                    Some(Role::Actor),
                                    Filler { word: of, reason: "on the part of" },
                                );
                            }
                        }
                        roles.strayed(scene, child, frame);
                    }
                }
                Deprel::Acl | Deprel::AclRelcl => roles.participle(scene, child, frame),
                _ => {}
            }
        }
        roles.beside(scene, noun, last, frame);
        roles.support(scene, noun, frame);
        roles.misread(scene, noun, frame);
        roles.victim(scene, noun);
        if roles.actors.is_empty() {
            roles.involved(scene, noun);
        }
        if roles.actors.is_empty() {
            roles.copula(scene, noun);
        }
        if roles.actors.is_empty() {
            roles.carried(scene, noun, frame);
        }
        if roles.recipients.is_empty() {
            roles.carried_to(scene, noun, frame);
        }
        roles.shared(scene, noun, frame);
        roles.answered(scene, noun, frame);
        roles.possessor(scene, noun, frame);
        if roles.actors.is_empty() && frame.preposition("avec") == Some(Role::Actor) {
            roles.attended(scene, noun);
        }
        roles
    }

    /// *un homme attaque trois personnes*: a noun without article or preposition behind somebody is a verb that the
    /// tagger has missed, most often in a headline.
    fn misread(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let Some(before) =
            noun.0.checked_sub(1).map(WordId).filter(|before| before.0 >= scene.sentence(noun).start)
        else {
            return;
        };
        let bare = !scene.children(noun).any(|child| {
            child < noun
                && matches!(scene.deprel(child), Deprel::Det | Deprel::Case | Deprel::Nummod | Deprel::Amod)
        });
        let Some(agent) =
            scene.head(noun).filter(|&head| head < noun && bare && scene.preposition(noun).is_none())
        else {
            return;
        };
        let close =
            scene.evidence.syntax.subtree(agent).contains(&before.0) && scene.upos(before) != Upos::Punct;
        let determined = scene.child(agent, Deprel::Det).is_some() || scene.upos(agent) == Upos::Propn;
        if !close || !determined || scene.classes(agent).is_none() || scene.preposition(agent).is_some() {
            return;
        }
        self.put(
            scene,
            Some(Role::Actor),
            Filler { word: agent, reason: "subject of a verb read as a noun" },
        );
        let near = (noun.0 + 1..scene.sentence(noun).end.min(noun.0 + 4)).map(WordId);
        let mut near = near.skip_while(|&word| matches!(scene.upos(word), Upos::Det | Upos::Num | Upos::Adj));
        let object = near.next().filter(|&word| scene.is_nominal(word) && scene.preposition(word).is_none());
        if let Some(word) = object.filter(|_| frame.preposition("contre").is_some()) {
            let filler = Filler { word, reason: "object of a verb read as a noun" };
            self.put(scene, Some(Role::Recipient), filler);
        }
    }

    /// *Le Myanmar nie les accusations*, *X fait face à des accusations*: who answers to them is blamed.
    fn answered(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let blames = frame.preposition("de") == Some(Role::Actor) && frame.preposition("contre").is_some();
        if !blames || !self.recipients.is_empty() {
            return;
        }
        let Some((verb, _)) = scene.governed(noun).filter(|&(verb, _)| scene.gives(verb, Cue::Answers))
        else {
            return;
        };
        let object = scene.deprel(noun) == Deprel::Obj || scene.preposition(noun) == Some("à");
        if let Some(subject) = scene.subject(verb).filter(|subject| object && !subject.undergoes) {
            let word = subject.filler.word;
            let word = scene.owner(word).unwrap_or(word);
            let filler = Filler { word, reason: "who answers to it" };
            self.put(scene, Some(Role::Recipient), filler);
        }
    }

    /// *Lors de la réunion, les ministres ont décidé…*: who does something at a meeting takes part in it.
    fn attended(&mut self, scene: &Scene<'_>, noun: WordId) {
        if !matches!(scene.deprel(noun), Deprel::Obl | Deprel::OblMod | Deprel::OblArg)
            || scene.child(noun, Deprel::Det).is_none()
        {
            return;
        }
        // In *lors de la réunion* the tree may make *lors* the head.
        let over = scene.head(noun).filter(|&over| scene.upos(over) == Upos::Adv);
        let Some(verb) = over.map_or(scene.head(noun), |over| scene.head(over)) else { return };
        if let Some(subject) =
            scene.subject(verb).filter(|subject| scene.is_verbal(verb) && !subject.undergoes)
        {
            self.put(scene, Some(Role::Actor), Filler { reason: "who is at it", ..subject.filler });
        }
    }

    /// *la prise de contrôle par les forces…*: a complement right behind the noun, wherever the tree hangs it.
    fn beside(&mut self, scene: &Scene<'_>, noun: WordId, last: WordId, frame: &Frame) {
        let after = (last.0 + 1..scene.sentence(last).end.min(last.0 + 10)).map(WordId);
        // *l'enlèvement, dimanche, d'un maire*: a time may stand between.
        let mut apart = false;
        let mut after = after.skip_while(|&word| {
            let time =
                scene.time_at(word).is_some() || scene.evidence.text.slice(scene.word(word).span) == ",";
            apart |= time;
            time || matches!(scene.upos(word), Upos::Adj | Upos::Adv)
        });
        let Some(case) = after.next() else { return };
        self.on_the_part(scene, case);
        if scene.deprel(case) != Deprel::Case
            || !matches!(scene.lemma(case), "par" | "contre" | "entre" | "avec")
            || apart && scene.lemma(case) != "par"
        {
            return;
        }
        // *la répression des manifestations par la police*: who acts does what is said first.
        let inner = scene.deprel(noun) == Deprel::Nmod
            && scene.preposition(noun) == Some("de")
            && scene
                .head(noun)
                .is_some_and(|over| !scene.gives(over, Cue::Phase) && !scene.gives(over, Cue::Carrier));
        if inner && scene.lemma(case) == "par" {
            return;
        }
        if let Some(word) = scene.head(case) {
            let role = frame.preposition(scene.lemma(case));
            self.put(scene, role, Filler { word, reason: "right behind" });
        }
    }

    /// *un coup d'État de la part de militaires*, wherever the tree hangs it.
    fn on_the_part(&mut self, scene: &Scene<'_>, de: WordId) {
        let near = (de.0..scene.sentence(de).end.min(de.0 + 4)).map(WordId);
        let part = near.skip(1).find(|&word| scene.lemma(word) == "part");
        let Some(part) = part.filter(|_| scene.lemma(de) == "de") else { return };
        for word in scene.children(part).filter(|&word| word > part) {
            if scene.preposition(word) == Some("de") {
                self.put(scene, Some(Role::Actor), Filler { word, reason: "on the part of" });
            }
        }
    }

    /// *accusé de pillages*, *les forces engagées dans l'offensive*.
    fn involved(&mut self, scene: &Scene<'_>, noun: WordId) {
        let mut noun = noun;
        for _ in 0..6 {
            let carried = scene.deprel(noun) == Deprel::Nmod && scene.preposition(noun) == Some("de");
            match scene.head(noun).filter(|&over| scene.is_nominal(over)) {
                Some(first) if scene.deprel(noun) == Deprel::Conj => noun = first,
                Some(over)
                    if carried && (scene.gives(over, Cue::Phase) || scene.gives(over, Cue::Carrier)) =>
                {
                    noun = over;
                }
                _ => break,
            }
        }
        let by = scene.preposition(noun);
        // *contraint à la démission*, *appelle X à la retenue*
        if let Some(verb) =
            scene.head(noun).filter(|&verb| scene.is_verbal(verb) && scene.gives(verb, Cue::Controls))
            && by == Some("à")
            && let Some(word) = scene.controller(verb)
        {
            self.put(scene, Some(Role::Actor), Filler { word, reason: "made to do it" });
            return;
        }
        let Some(over) = scene.head(noun).filter(|&over| scene.gives(over, Cue::Involve)) else { return };
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
    fn possessor(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let role = match frame.preposition("de") {
            Some(Role::Actor | Role::Either | Role::Member) if self.actors.is_empty() => Role::Actor,
            _ => return,
        };
        let Some(det) = scene.children(noun).find(|&child| {
            scene.deprel(child) == Deprel::Det && matches!(scene.lemma(child), "son" | "leur")
        }) else {
            return;
        };
        let several = scene.lemma(det) == "leur";
        let verb = scene.evidence.syntax.ancestors(noun).take(6).find(|&above| scene.is_verbal(above));
        let subject = verb.and_then(|verb| scene.subject(verb)).map(|subject| subject.filler);
        let taken = |word| self.recipients.iter().any(|filler| filler.word == word);
        let who = subject
            .filter(|subject| {
                !scene.classes(subject.word).is_none()
                    && subject.word != noun
                    && !taken(subject.word)
                    && (!several || scene.is_plural(subject.word))
            })
            .or_else(|| {
                let mentions = scene.evidence.actors.mentions();
                let before = mentions.partition_point(|mention| mention.head < noun);
                let nearest = before.checked_sub(1).map(|at| &mentions[at])?;
                (nearest.head.0 >= scene.sentence(noun).start && (!several || scene.is_plural(nearest.head)))
                    .then_some(Filler { word: nearest.head, reason: "nearest before" })
            });
        if let Some(who) = who {
            self.put(scene, Some(role), Filler { reason: "possessive", ..who });
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
            // *exige un cessez-le-feu à Gaza*: where, not of whom.
            let place = scene.is_location(child);
            let preposition = scene
                .preposition(child)
                .filter(|&preposition| preposition != "de" && !(place && preposition == "à"));
            if let Some(role) = preposition.and_then(|preposition| frame.preposition(preposition)) {
                self.put(scene, Some(role), Filler { word: child, reason: "nmod of its neighbour" });
            }
        }
    }

    /// *l'attaque menée par X contre Y*, *l'attaque visant Y*, *l'offensive que mène X*, *l'enquête visant à destituer Y*.
    fn participle(&mut self, scene: &Scene<'_>, verb: WordId, frame: &Frame) {
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
                        && !scene.is_location(child)
                        && !scene.classes(child).is_none();
                    let role = frame.preposition(preposition).or(to.then_some(Role::Recipient));
                    self.put(scene, role, Filler { word: child, reason: "obl of support verb" });
                }
                _ => {}
            }
        }
    }

    /// *X mène une attaque*, *X essuie des tirs*, *une attaque a été menée par X*.
    fn support(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
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
                    if let Some(subject) = scene.subject(verb).filter(|subject| !subject.undergoes && !tells)
                    {
                        let filler = Filler { reason: "subject of support verb", ..subject.filler };
                        self.put(scene, Some(Role::Actor), filler);
                    }
                    self.complements(scene, verb, frame);
                }
            }
            Deprel::NsubjPass if scene.gives(verb, Cue::Imputes) => self.imputed(scene, noun, verb),
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

    /// The noun that carries an act: *tentative* of *une tentative d'assassinat*; else the act itself.
    fn carrier(scene: &Scene<'_>, noun: WordId) -> WordId {
        let over = scene.head(noun).filter(|&over| {
            scene.deprel(noun) == Deprel::Nmod
                && scene.preposition(noun) == Some("de")
                && (scene.gives(over, Cue::Phase) || scene.gives(over, Cue::Carrier))
                && !scene.gives(over, Cue::Victim)
        });
        over.unwrap_or(noun)
    }

    /// *a été victime d'une attaque*, *la cible de tirs*
    fn victim(&mut self, scene: &Scene<'_>, noun: WordId) {
        let noun = Self::carrier(scene, noun);
        // *a été victime lundi soir d'une attaque*: the tree may hang the act on the day.
        let mut over = scene.head(noun);
        for _ in 0..3 {
            over = over.and_then(|over| scene.time_at(over).map_or(Some(over), |_| scene.head(over)));
        }
        let victim = over.filter(|&over| scene.gives(over, Cue::Victim) && !scene.is_verbal(over));
        let Some(over) = victim.filter(|_| scene.preposition(noun) == Some("de")) else { return };
        let linked = scene.child(over, Deprel::Nsubj).filter(|_| scene.child(over, Deprel::Cop).is_some());
        let modified = || {
            let modifies = matches!(scene.deprel(over).base(), Deprel::Appos | Deprel::Amod | Deprel::Acl);
            scene.head(over).filter(|_| modifies)
        };
        // *s'est dit victime de*, *fait l'objet de*
        let held = || {
            let verb = scene.head(over).filter(|&verb| scene.is_verbal(verb))?;
            let bare = scene.preposition(over).is_none();
            scene.subject(verb).filter(|_| bare).map(|subject| subject.filler.word)
        };
        if let Some(word) = linked.or_else(modified).or_else(held).filter(|&word| scene.is_nominal(word)) {
            let word = scene.antecedent(word).unwrap_or(word);
            self.put(scene, Some(Role::Recipient), Filler { word, reason: "victim of it" });
        }
    }

    /// *les salariés sont en grève*, *X est l'auteur de l'attaque*: the subject of a copula.
    fn copula(&mut self, scene: &Scene<'_>, noun: WordId) {
        let carrier =
            scene.head(noun).filter(|&over| scene.gives(over, Cue::Involve) && !scene.is_verbal(over));
        let state = scene.preposition(noun) == Some("en");
        let Some(over) = carrier.or(Some(noun).filter(|_| state)) else { return };
        let linked = scene.child(over, Deprel::Cop).is_some();
        // *accuse le régime d'être à l'origine de l'attaque*
        let controlled = scene.head(over).filter(|&verb| linked && scene.is_verbal(verb)).and_then(|verb| {
            let clause = matches!(scene.deprel(over).base(), Deprel::Xcomp | Deprel::Advcl | Deprel::Obl);
            if clause && scene.gives(verb, Cue::Controls) {
                scene.controller(verb)
            } else {
                scene.subject(verb).filter(|_| clause).map(|subject| subject.filler.word)
            }
        });
        // *accuse le parti d'être responsable de l'attentat*, with the adjective hung on the party.
        let described = scene.head(over).filter(|&word| {
            linked
                && scene.is_nominal(word)
                && matches!(scene.deprel(over).base(), Deprel::Amod | Deprel::Acl)
        });
        let subject = scene.child(over, Deprel::Nsubj).filter(|_| linked).or(controlled).or(described);
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

    /// *une tentative d'assassinat du ministre*: to whom, where the tree hangs it on the noun that carries the act.
    fn carried_to(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let over = Self::carrier(scene, noun);
        if over == noun || frame.preposition("de") != Some(Role::Recipient) {
            return;
        }
        for word in scene.children(over).filter(|&child| child > noun) {
            if scene.preposition(word) == Some("de") && !scene.classes(word).is_none() {
                self.put(
                    scene,
                    Some(Role::Recipient),
                    Filler { word, reason: "complement of the noun above" },
                );
            }
        }
    }

    /// *une campagne d'arrestations par la police*, *le lancement de l'offensive*: what a noun between brings.
    fn carried(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let Some(over) = scene.head(noun).filter(|&over| {
            scene.deprel(noun) == Deprel::Nmod
                && scene.preposition(noun) == Some("de")
                && (scene.gives(over, Cue::Phase) || scene.gives(over, Cue::Carrier))
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
