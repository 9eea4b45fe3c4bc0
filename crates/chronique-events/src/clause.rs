use chronique_syntax::{Deprel, Mood, Number, Tense, Upos, VerbForm, WordId};

use crate::cues::Cue;
use crate::gate::Classes;
use crate::scene::{Filler, Scene};

/// How far back an object pronoun is looked up, in words.
const TAKEN_UP: u32 = 30;
/// How many somebodies before it a word is coordinated with at most.
const LISTED: usize = 16;

/// Who does what in a clause, as its verb and what hangs on it tell.
impl Scene<'_> {
    /// Whether a verb is a past participle without an auxiliary of tense: *tenues par*, *tué dans*.
    pub(crate) fn is_bare_participle(&self, id: WordId) -> bool {
        let morph = self.word(id).morph;
        morph.verb_form() == Some(VerbForm::Part)
            && morph.tense() != Some(Tense::Pres)
            && !self.children(id).any(|child| self.deprel(child).base() == Deprel::Aux)
            && self.auxiliary_apart(id).is_none()
    }

    /// The auxiliary of a participle that a phrase parts from it, which the tree then takes for a verb of its own:
    /// *ont à plusieurs reprises attaqué*, *a par ailleurs condamné*; but not *a en réserve des tableaux volés*.
    pub(crate) fn auxiliary_apart(&self, participle: WordId) -> Option<WordId> {
        /// No phrase between is longer, in words.
        const BETWEEN: u32 = 9;
        if self.word(participle).morph.verb_form() != Some(VerbForm::Part)
            || self.deprel(participle) == Deprel::Conj
        {
            return None;
        }
        let from = self.sentence(participle).start.max(participle.0.saturating_sub(BETWEEN));
        let auxiliary = (from..participle.0).rev().map(WordId).find(|&word| self.is_verbal(word))?;
        let mut between = (auxiliary.0 + 1..participle.0).map(WordId);
        let first = between.find(|&word| self.upos(word) != Upos::Punct)?;
        let object = self
            .children(auxiliary)
            .any(|child| child > auxiliary && self.deprel(child) == Deprel::Obj && self.is_nominal(child));
        (self.lemma(auxiliary) == "avoir"
            && self.word(auxiliary).morph.mood().is_some()
            && self.deprel(auxiliary).base() != Deprel::Aux
            && self.upos(first) == Upos::Adp
            && !object)
            .then_some(auxiliary)
    }

    /// Whether the subject of a verb undergoes its act.
    pub(crate) fn is_passive(&self, verb: WordId) -> bool {
        let mut verb = verb;
        for _ in 0..4 {
            let of =
                |wanted: &[Deprel]| self.children(verb).any(|child| wanted.contains(&self.deprel(child)));
            if self.takes_être(verb) && !of(&[Deprel::AuxCaus, Deprel::OblAgent]) {
                return false;
            }
            // *a dénoncé la répression … par la police*: whoever the tree makes the agent.
            if self.takes_avoir(verb) && !of(&[Deprel::AuxCaus]) {
                return false;
            }
            if of(&[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass, Deprel::OblAgent]) {
                return true;
            }
            if of(&[Deprel::AuxCaus]) {
                return self.has_reflexive(verb);
            }
            if of(&[Deprel::AuxTense]) || !self.is_bare_participle(verb) {
                return false;
            }
            // Without an auxiliary of its own it shares that of the verb before: *ont attaqué et tué dix soldats*, but
            // *vingt ont été tués et trente autres blessés*.
            match (self.deprel(verb), self.head(verb)) {
                (Deprel::Conj, Some(head)) if self.is_verbal(head) => verb = head,
                (Deprel::Advcl, Some(head)) if self.is_verbal(head) && self.is_joined_to(verb, head) => {
                    verb = head;
                }
                // *Un policier blessé dans une attaque*
                _ if of(&[Deprel::Obj]) || of(&[Deprel::Nsubj]) && self.gives(verb, Cue::Goes) => {
                    return false;
                }
                _ => return true,
            }
        }
        false
    }

    /// Whether *et* parts a verb from the one before that it hangs on.
    fn is_joined_to(&self, verb: WordId, first: WordId) -> bool {
        let start = self.evidence.syntax.subtree(verb).start;
        let before = (start.saturating_sub(1)..=start).map(WordId);
        first < verb && before.into_iter().any(|word| self.upos(word) == Upos::Cconj)
    }

    /// Whether the auxiliary *être* makes a verb past and not passive: *se sont massés*, *sont descendus dans la
    /// rue*, but not *ont été descendus*.
    fn takes_être(&self, verb: WordId) -> bool {
        let mut auxiliaries = self.children(verb).filter(|&child| self.deprel(child).base() == Deprel::Aux);
        let Some(être) = auxiliaries.next().filter(|&first| self.lemma(first) == "être") else {
            return false;
        };
        auxiliaries.next().is_none()
            && self.deprel(être) != Deprel::AuxCaus
            && (self.has_reflexive(verb) || self.gives(verb, Cue::Goes))
    }

    /// Whether *avoir* alone makes a verb past: *a dénoncé*, but not *a été dénoncé*.
    fn takes_avoir(&self, verb: WordId) -> bool {
        let mut auxiliaries = self.children(verb).filter(|&child| self.deprel(child).base() == Deprel::Aux);
        auxiliaries.next().is_some_and(|first| self.lemma(first) == "avoir") && auxiliaries.next().is_none()
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

    /// Whether a word is an object pronoun, whatever the tree makes of it: *les ont incendiés*.
    pub(crate) fn is_clitic(&self, word: WordId) -> bool {
        self.upos(word) == Upos::Pron
            && ["le", "la", "les", "l'", "l’"]
                .iter()
                .any(|form| self.evidence.text.slice(self.word(word).span).eq_ignore_ascii_case(form))
    }

    /// Whether a verb is negated: *n'a pas revendiqué*, *n'a été revendiqué par personne*.
    pub(crate) fn is_denied(&self, verb: WordId) -> bool {
        self.children(verb).any(|child| {
            self.deprel(child).base() == Deprel::Advmod && self.gives(child, Cue::No)
                || self.lemma(child) == "ne" && child < verb
        })
    }

    /// Whether a verb has no tense of its own.
    pub(crate) fn is_nonfinite_or_bare(&self, verb: WordId) -> bool {
        self.finite(verb).is_none()
    }

    pub(crate) fn is_nonfinite(&self, verb: WordId) -> bool {
        // *soupçonné d'être sur le point d'attaquer*: a noun is what its copula is.
        let verb = self.child(verb, Deprel::Cop).filter(|_| !self.is_verbal(verb)).unwrap_or(verb);
        matches!(self.word(verb).morph.verb_form(), Some(VerbForm::Inf | VerbForm::Part))
    }

    /// Who does the infinitive under *appeler X à*, *accusé de*.
    pub(crate) fn controller(&self, verb: WordId) -> Option<WordId> {
        if self.is_passive(verb) {
            return self.subject(verb).map(|subject| subject.filler.word);
        }
        self.controlling_object(verb)
    }

    pub(crate) fn controlling_object(&self, verb: WordId) -> Option<WordId> {
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
            "le" | "la" | "l'" | "l’" | "lui" => false,
            "les" | "leur" => true,
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
                && if self.upos(word) == Upos::Propn {
                    !plural || self.child(word, Deprel::Conj).is_some()
                } else {
                    (self.word(word).morph.number() == Some(Number::Plur)) == plural
                }
        })
    }

    /// The noun that *plus de*, *moins de*, *près de* count, where the tree makes the adverb its head.
    pub(crate) fn counted(&self, word: WordId) -> WordId {
        if self.upos(word) == Upos::Num {
            // *par trois ou quatre hommes*: the tree may part the numeral from its noun.
            let near = (word.0 + 1..self.sentence(word).end.min(word.0 + 5)).map(WordId);
            let mut near = near.skip_while(|&next| {
                matches!(self.upos(next), Upos::Cconj | Upos::Num | Upos::Adj | Upos::Adp)
                    && !(self.upos(next) == Upos::Adp && self.lemma(next) != "à")
            });
            return near
                .next()
                .filter(|&noun| self.upos(noun) == Upos::Noun && self.time_at(noun).is_none())
                .filter(|&noun| !self.classes(noun).is_none())
                .unwrap_or(word);
        }
        // *un de ses gardes*, *certains de ses collègues*; *à l'encontre du maire*
        let of_several =
            self.upos(word) == Upos::Pron && matches!(self.lemma(word), "un" | "certain" | "plusieurs");
        if of_several || matches!(self.lemma(word), "encontre" | "égard") {
            let of = self.children(word).find(|&child| {
                self.deprel(child) == Deprel::Nmod
                    && self.preposition(child) == Some("de")
                    && matches!(self.upos(child), Upos::Noun | Upos::Propn)
                    && self.time_at(child).is_none()
            });
            return of.unwrap_or(word);
        }
        if self.upos(word) != Upos::Adv || !self.gives(word, Cue::Counts) {
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
    pub(crate) fn owner(&self, noun: WordId) -> Option<WordId> {
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
        let misread = self.object_taken_for_subject(verb);
        self.children(verb).filter(move |&child| Some(child) != inverted).filter_map(move |child| match self
            .deprel(child)
        {
            Deprel::Nsubj if self.is_clitic(child) || Some(child) == misread => {
                Some(Filler { word: child, reason: "obj" })
            }
            Deprel::Obj | Deprel::ObjLvc | Deprel::ObjAgent if !self.is_reflexive(child) => Some(Filler {
                word: self.antecedent(child).unwrap_or_else(|| self.counted(child)),
                reason: if self.antecedent(child).is_some() { "antecedent, obj" } else { "obj" },
            }),
            // *en a blessé vingt autres*
            _ if child > verb
                && self.lemma(child) == "autre"
                && self.child(child, Deprel::Nummod).is_some() =>
            {
                self.preposition(child).is_none().then_some(Filler { word: child, reason: "obj" })
            }
            // *a attaqué dix civils*: the tagger may take the noun for an adjective.
            _ if child > verb && self.upos(child) == Upos::Num && self.preposition(child).is_none() => {
                let next = WordId(child.0 + 1);
                let noun = next.0 < self.sentence(verb).end
                    && self.head(next) == Some(child)
                    && self.upos(next) == Upos::Adj
                    && self.gives(next, Cue::Human);
                noun.then_some(Filler { word: next, reason: "obj" })
            }
            _ => None,
        })
    }

    /// A word and the others that it is coordinated with.
    pub(crate) fn conjuncts(&self, first: WordId) -> impl Iterator<Item = WordId> + '_ {
        let others = self.children(first).filter(move |&child| {
            self.deprel(child) == Deprel::Conj && (self.is_nominal(child) || self.upos(child) == Upos::Adj)
        });
        std::iter::once(first).chain(self.conjuncts_before(first).take(LISTED)).chain(others)
    }

    /// The somebodies coordinated before a word, where the tree parts them from it: *la Ligue, la LICRA et
    /// l'archevêque ont…* with the first two elsewhere.
    fn conjuncts_before(&self, last: WordId) -> impl Iterator<Item = WordId> + '_ {
        let joined = self
            .children(last)
            .find(|&child| child < last && self.deprel(child) == Deprel::Cc)
            .filter(|_| self.deprel(last) != Deprel::Conj);
        let mentions = self.evidence.actors.mentions();
        let mut next = joined.map(|cc| self.word(cc).span.start());
        let mut at = joined.map_or(0, |cc| mentions.partition_point(|mention| mention.head < cc));
        std::iter::from_fn(move || {
            let end = next?;
            at = at.checked_sub(1)?;
            let mention = &mentions[at];
            let between = self.evidence.text.as_str().get(mention.span.end() as usize..end as usize)?;
            let adjacent = between.chars().all(|c| c.is_whitespace() || c == ',' || c == '(' || c == ')')
                || between.trim_start().starts_with('(') && between.len() < 16;
            // The article of a noun stands before its mention.
            let start = self.children(mention.head).filter(|&child| self.deprel(child) == Deprel::Det).min();
            let start = start
                .map_or(mention.span.start(), |det| self.word(det).span.start().min(mention.span.start()));
            next = Some(start);
            (adjacent && mention.head < last && self.preposition(mention.head).is_none())
                .then_some(mention.head)
        })
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
