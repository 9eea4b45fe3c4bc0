use chronique_syntax::{Deprel, WordId};

use crate::cues::Cue;
use crate::frame::{Frame, Role};
use crate::gate::Classes;
use crate::roles::Roles;
use crate::scene::{Filler, Scene};

/// What another noun or adjective that carries an act says of who takes part in it: *une campagne d'arrestations*,
/// *victime d'une attaque*, *coupable de meurtre*.
impl Roles {
    /// The noun that carries an act: *tentative* of *une tentative d'assassinat*; else the act itself.
    pub(crate) fn carrier(scene: &Scene<'_>, noun: WordId) -> WordId {
        let over = scene.head(noun).filter(|&over| {
            scene.deprel(noun) == Deprel::Nmod
                && scene.preposition(noun) == Some("de")
                && (scene.gives(over, Cue::Phase) || scene.gives(over, Cue::Carrier))
                && !scene.gives(over, Cue::Victim)
        });
        over.unwrap_or(noun)
    }

    /// *a été victime d'une attaque*, *la cible de tirs*
    pub(crate) fn victim(&mut self, scene: &Scene<'_>, noun: WordId) {
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
    pub(crate) fn copula(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
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
        // *accuse le régime d'être à l'origine de l'attaque*, with the origin hung on *être*.
        let origin = || {
            let verb =
                carrier.and_then(|over| scene.head(over)).filter(|&verb| scene.lemma(verb) == "être")?;
            scene.subject(verb).map(|subject| subject.filler.word)
        };
        if let Some(word) = subject.or(turned).or_else(origin) {
            let word = scene.antecedent(word).unwrap_or(word);
            // *le maire est en garde à vue*: who is in it undergoes it.
            let undergoes = carrier.is_none() && frame.preposition("de") == Some(Role::Recipient);
            let role = if undergoes { Role::Recipient } else { Role::Actor };
            self.put(scene, Some(role), Filler { word, reason: "subject of the copula" });
        }
    }

    /// *une tentative d'assassinat du ministre*: to whom, where the tree hangs it on the noun that carries the act.
    pub(crate) fn carried_to(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
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
    pub(crate) fn carried(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
        let over = Self::carrier(scene, noun);
        if over == noun {
            return;
        }
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

    /// *accusé de pillages*, *les forces engagées dans l'offensive*.
    pub(crate) fn involved(&mut self, scene: &Scene<'_>, noun: WordId) {
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

    /// *viols, tortures et assassinats d'opposants*: what one noun of a list says holds for the others.
    pub(crate) fn shared(&mut self, scene: &Scene<'_>, noun: WordId, frame: &Frame) {
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
}
