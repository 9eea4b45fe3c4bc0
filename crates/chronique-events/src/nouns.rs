use chronique_places::PlaceRole;
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
                        // *des tirs de roquettes*: what is shot is no target.
                        if preposition == "de"
                            && role == Some(Role::Either)
                            && scene.gives(child, Cue::Weapon)
                        {
                            continue;
                        }
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
        // *la libération d'otages*: the pattern holds whom it is done to.
        if last != noun && frame.preposition("de") == Some(Role::Recipient) && scene.gives(last, Cue::Human) {
            roles.put(scene, Some(Role::Recipient), Filler { word: last, reason: "nmod" });
        }
        roles.beside(scene, noun, last, frame);
        roles.support(scene, noun, frame);
        if roles.actors.is_empty() {
            roles.led_by(scene, noun, frame);
        }
        roles.misread(scene, noun, frame);
        roles.victim(scene, noun);
        if roles.actors.is_empty() {
            roles.involved(scene, noun);
        }
        if roles.actors.is_empty() {
            roles.copula(scene, noun, frame);
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
        if let Some(word) = Self::behind_town(scene, case) {
            self.put(scene, frame.preposition("de"), Filler { word, reason: "behind the place" });
            return;
        }
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

    /// *l'interpellation à Lyon d'un jeune homme*: who stands behind the town, wherever the tree hangs the two.
    fn behind_town(scene: &Scene<'_>, case: WordId) -> Option<WordId> {
        /// No name of a town is longer, in words.
        const LONGEST: u32 = 6;
        let end = scene.sentence(case).end.min(case.0 + 1 + LONGEST);
        let mut after = (case.0 + 1..end).map(WordId);
        let town = scene.place_at(after.clone().next()?)?;
        let located = scene.upos(case) == Upos::Adp && scene.role_of_place(town) == PlaceRole::Location;
        let de = after.find(|&word| scene.place_at(word) != Some(town)).filter(|_| located)?;
        let word = scene.head(de).filter(|_| scene.deprel(de) == Deprel::Case && scene.lemma(de) == "de")?;
        let somebody = scene.place_at(word).is_none() && !scene.classes(word).is_none();
        (somebody && scene.child(word, Deprel::Det).is_some()).then_some(word)
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

    /// Whether an act is what a verb of telling tells.
    fn is_told(&self, scene: &Scene<'_>, noun: WordId) -> bool {
        scene.deprel(noun) == Deprel::Obj
            && scene.head(noun).is_some_and(|verb| scene.gives(verb, Cue::Tells))
    }

    /// *l'Azerbaïdjan a poursuivi son offensive*.
    fn possessor(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        // *sa rencontre avec le ministre*: he and the minister.
        let mutual = frame.preposition("avec") == Some(Role::Actor)
            && self.actors.iter().all(|actor| scene.preposition(actor.word) == Some("avec"));
        let open = self.actors.is_empty() || mutual;
        let role = match frame.preposition("de") {
            Some(Role::Actor | Role::Either | Role::Member) if open => Role::Actor,
            // *a annoncé sa convocation*
            Some(Role::Recipient) if self.recipients.is_empty() && self.is_told(scene, noun) => {
                Role::Recipient
            }
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
        let taken = |word| self.recipients.iter().chain(&self.actors).any(|filler| filler.word == word);
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
            let preposition = scene.preposition(child).filter(|&preposition| {
                preposition != "de"
                    && (preposition != "à" || scene.is_addressed(child) || !scene.is_location(child))
            });
            if let Some(role) = preposition.and_then(|preposition| frame.preposition(preposition)) {
                self.put(scene, Some(role), Filler { word: child, reason: "nmod of its neighbour" });
            }
        }
    }
}
