use chronique_syntax::{Deprel, Mood, Number, Tense, Upos, VerbForm, WordId};

use crate::cues::Cue;
use crate::gate::Classes;
use crate::scene::{Filler, Scene, Subject};

/// How far back an object pronoun is looked up, in words.
const TAKEN_UP: u32 = 30;

/// Who does what in a clause, as its verb and what hangs on it tell.
impl Scene<'_> {
    /// Whether a verb is a past participle without an auxiliary of tense: *tenues par*, *tué dans*.
    pub(crate) fn is_bare_participle(&self, id: WordId) -> bool {
        let morph = self.word(id).morph;
        morph.verb_form() == Some(VerbForm::Part)
            && morph.tense() != Some(Tense::Pres)
            && !self.children(id).any(|child| self.deprel(child).base() == Deprel::Aux)
    }

    /// Whether the subject of a verb undergoes its act.
    pub(crate) fn is_passive(&self, verb: WordId) -> bool {
        let mut verb = verb;
        for _ in 0..4 {
            let of =
                |wanted: &[Deprel]| self.children(verb).any(|child| wanted.contains(&self.deprel(child)));
            if of(&[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass, Deprel::OblAgent]) {
                return true;
            }
            if of(&[Deprel::AuxCaus]) {
                return self.has_reflexive(verb);
            }
            if of(&[Deprel::AuxTense, Deprel::Nsubj, Deprel::Obj]) {
                return false;
            }
            if !self.is_bare_participle(verb) {
                return false;
            }
            match (self.deprel(verb), self.head(verb)) {
                (Deprel::Conj, Some(head)) if self.is_verbal(head) => verb = head,
                _ => return true,
            }
        }
        false
    }

    /// Whether a verb carries *se*.
    pub(crate) fn has_reflexive(&self, verb: WordId) -> bool {
        self.children(verb).any(|child| {
            child < verb
                && self.is_reflexive(child)
                && matches!(
                    self.deprel(child).base(),
                    Deprel::Expl | Deprel::Obj | Deprel::Iobj | Deprel::Dep
                )
        })
    }

    /// The subject of a verb: its own, or what syntax lends it.
    pub(crate) fn subject(&self, verb: WordId) -> Option<Subject> {
        let undergoes = self.is_passive(verb);
        let found = |word, reason| {
            let word = self.counted(word);
            Some(Subject { filler: Filler { word, reason }, undergoes })
        };
        let mut at = verb;
        for _ in 0..8 {
            let own = self.children(at).find(|&child| {
                matches!(self.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjCaus)
                    || child < at && self.deprel(child) == Deprel::Advmod && self.counted(child) != child
            });
            if let Some(own) = own.filter(|&own| self.may_agree(own, at) && self.may_agree(own, verb)) {
                return match self.antecedent(own) {
                    Some(noun) => found(self.owner(noun).unwrap_or(noun), "antecedent"),
                    None => found(own, if at == verb { "nsubj" } else { "shared nsubj" }),
                };
            }
            let head = self.head(at)?;
            if let Some(inverted) = self.inverted(at) {
                return found(inverted, "inverted subject");
            }
            match self.deprel(at) {
                Deprel::Acl | Deprel::Nmod
                    if self.is_nominal(head) && self.word(at).morph.verb_form() == Some(VerbForm::Inf) =>
                {
                    // *la décision de l'Allemagne de suspendre*: who decides, else the subject of the clause.
                    let owner = self.children(head).find(|&child| {
                        self.deprel(child) == Deprel::Nmod
                            && self.preposition(child) == Some("de")
                            && !self.classes(child).is_none()
                    });
                    if let Some(owner) = owner {
                        return found(owner, "owner of the noun above");
                    }
                    at = self.evidence.syntax.ancestors(head).take(4).find(|&above| self.is_verbal(above))?;
                }
                Deprel::Conj | Deprel::Parataxis => {
                    if !self.is_verbal(head) && self.upos(head) != Upos::Adj {
                        return None;
                    }
                    at = head;
                }
                Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::Advcl
                | Deprel::Obl
                | Deprel::OblArg
                | Deprel::OblMod
                    if self.is_nonfinite(at) =>
                {
                    let controlled = self.deprel(at) != Deprel::Advcl && self.gives(head, Cue::Controls);
                    if let Some(controller) = self.controller(head).filter(|_| controlled) {
                        return found(controller, "controller");
                    }
                    at = head;
                }
                Deprel::Acl | Deprel::Amod | Deprel::Nmod if self.is_nominal(head) => {
                    return found(head, "modified noun");
                }
                Deprel::AclRelcl => return None,
                _ => return None,
            }
        }
        None
    }

    /// Whether a verb has no tense of its own.
    pub(crate) fn is_nonfinite_or_bare(&self, verb: WordId) -> bool {
        self.finite(verb).is_none()
    }

    /// Whether a noun and a verb can agree: *l'Arménie* is no subject of *menacent*.
    fn may_agree(&self, noun: WordId, verb: WordId) -> bool {
        let plural = |id: WordId| self.word(id).morph.number() == Some(Number::Plur);
        let auxiliary = self.children(verb).find(|&child| self.deprel(child).base() == Deprel::Aux);
        let finite = auxiliary.unwrap_or(verb);
        if self.word(finite).morph.mood().is_none() || !plural(finite) {
            return true;
        }
        let name = self.upos(noun) == Upos::Propn || self.upos(noun) == Upos::Noun;
        let singular = self.word(noun).morph.number() == Some(Number::Sing) || self.upos(noun) == Upos::Propn;
        let determined_plural = self.child(noun, Deprel::Det).is_some_and(plural);
        let several = self
            .children(noun)
            .any(|child| matches!(self.deprel(child), Deprel::Conj | Deprel::Nmod | Deprel::Nummod));
        !name || !singular || determined_plural || several
    }

    fn is_nonfinite(&self, verb: WordId) -> bool {
        matches!(self.word(verb).morph.verb_form(), Some(VerbForm::Inf | VerbForm::Part))
    }

    /// Who does the infinitive under *appeler X à*, *accusé de*.
    fn controller(&self, verb: WordId) -> Option<WordId> {
        if self.is_passive(verb) {
            return self.subject(verb).map(|subject| subject.filler.word);
        }
        self.children(verb).find(|&child| match self.deprel(child) {
            Deprel::Obj | Deprel::Iobj => true,
            Deprel::OblArg | Deprel::Obl => {
                self.is_nominal(child)
                    && self.preposition(child) == Some("à")
                    && !self.classes(child).is_none()
            }
            _ => false,
        })
    }

    /// The noun that a relative pronoun stands for.
    pub(crate) fn antecedent(&self, pronoun: WordId) -> Option<WordId> {
        if self.upos(pronoun) != Upos::Pron
            || !matches!(self.lemma(pronoun), "qui" | "que" | "lequel" | "dont")
        {
            return None;
        }
        self.evidence
            .syntax
            .ancestors(pronoun)
            .take(6)
            .find(|&above| self.deprel(above) == Deprel::AclRelcl)
            .and_then(|clause| self.head(clause))
    }

    /// Whom an object pronoun takes up: *ont pris un garde et l'ont abattu*. The nearest somebody before it in
    /// the sentence that agrees with it and does not act itself.
    pub(crate) fn taken_up(&self, verb: WordId, pronoun: WordId) -> Option<WordId> {
        if self.upos(pronoun) != Upos::Pron
            || pronoun > verb
            || self.evidence.actors.headed_by(pronoun).is_some()
        {
            return None;
        }
        let form = self.evidence.text.slice(self.word(pronoun).span).to_lowercase();
        let plural = match form.as_str() {
            "le" | "la" | "l'" | "l’" => false,
            "les" => true,
            _ => return None,
        };
        let subject = self.subject(verb).map(|subject| subject.filler.word);
        let actor = |word| self.evidence.actors.headed_by(word).map(|mention| mention.actor);
        let acting = subject.and_then(actor);
        let from = self.sentence(verb).start.max(pronoun.0.saturating_sub(TAKEN_UP));
        (from..pronoun.0).rev().map(WordId).find(|&word| {
            matches!(self.upos(word), Upos::Noun | Upos::Propn)
                && matches!(self.deprel(word).base(), Deprel::Obj | Deprel::Nsubj)
                && Some(word) != subject
                && (acting.is_none() || actor(word) != acting)
                && self.classes(word).meets(Classes::PERSON.or(Classes::PEOPLE).or(Classes::ARMED))
                && self.place_at(word).is_none()
                && (self.word(word).morph.number() == Some(Number::Plur)) == plural
        })
    }

    /// The subject of an inserted clause, which stands where objects do: *…, a indiqué le ministère*.
    pub(crate) fn inverted(&self, verb: WordId) -> Option<WordId> {
        if self.deprel(verb).base() != Deprel::Parataxis || self.child(verb, Deprel::Nsubj).is_some() {
            return None;
        }
        self.child(verb, Deprel::Obj).filter(|&object| object > verb)
    }

    /// The noun that *plus de*, *moins de*, *près de* count, where the tree makes the adverb its head.
    pub(crate) fn counted(&self, word: WordId) -> WordId {
        if self.upos(word) != Upos::Adv {
            return word;
        }
        let noun = self.children(word).find(|&child| {
            matches!(self.deprel(child).base(), Deprel::Obl | Deprel::Nmod) && self.is_nominal(child)
        });
        noun.unwrap_or(word)
    }

    /// The governor of a noun and the function it has there, past the adverb that counts it:
    /// *a effectué plus de mille arrestations*.
    pub(crate) fn governed(&self, noun: WordId) -> Option<(WordId, Deprel)> {
        let head = self.head(noun)?;
        if self.upos(head) == Upos::Adv && self.counted(head) == noun {
            return Some((self.head(head)?, self.deprel(head)));
        }
        Some((head, self.deprel(noun)))
    }

    /// The noun that owns a word without a class of its own: *les allégations de X, qui l'accuse*.
    fn owner(&self, noun: WordId) -> Option<WordId> {
        if !self.classes(noun).is_none() {
            return None;
        }
        self.children(noun).find(|&child| {
            self.deprel(child) == Deprel::Nmod
                && self.preposition(child) == Some("de")
                && self.classes(child).meets(Classes::PERSON)
        })
    }

    /// The objects of a verb.
    pub(crate) fn objects(&self, verb: WordId) -> impl Iterator<Item = Filler> + '_ {
        let inverted = self.inverted(verb);
        self.children(verb).filter(move |&child| Some(child) != inverted).filter_map(move |child| match self
            .deprel(child)
        {
            Deprel::Obj | Deprel::ObjLvc | Deprel::ObjAgent if !self.is_reflexive(child) => Some(Filler {
                word: self.antecedent(child).unwrap_or_else(|| self.counted(child)),
                reason: if self.antecedent(child).is_some() { "antecedent, obj" } else { "obj" },
            }),
            _ => None,
        })
    }

    /// A word and the others that it is coordinated with.
    pub(crate) fn conjuncts(&self, first: WordId) -> impl Iterator<Item = WordId> + '_ {
        let others = self.children(first).filter(move |&child| {
            self.deprel(child) == Deprel::Conj && (self.is_nominal(child) || self.upos(child) == Upos::Adj)
        });
        std::iter::once(first).chain(others)
    }

    /// The mood and tense of a verb: its own, or its auxiliary's.
    pub(crate) fn finite(&self, verb: WordId) -> Option<(Mood, Option<Tense>)> {
        let of = |id: WordId| {
            let morph = self.word(id).morph;
            morph.mood().map(|mood| (mood, morph.tense()))
        };
        let auxiliaries = self
            .children(verb)
            .filter(|&child| matches!(self.deprel(child).base(), Deprel::Aux | Deprel::Cop));
        auxiliaries.filter_map(of).next().or_else(|| of(verb))
    }
}
