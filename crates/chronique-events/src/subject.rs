use chronique_actors::Count;
use chronique_syntax::{Deprel, Number, Tense, Upos, VerbForm, WordId};

use crate::cues::Cue;
use crate::gate::Classes;
use crate::scene::{Filler, Scene, Subject};

/// How far before its verb a subject is looked up that the tree hangs elsewhere, in words.
const BEFORE: u32 = 16;

/// The subject of a verb: its own, what syntax lends it, or what the tree hangs elsewhere.
impl Scene<'_> {
    /// The subject of a verb: its own, or what syntax lends it; of what a document says, whoever has issued it.
    pub(crate) fn subject(&self, verb: WordId) -> Option<Subject> {
        let subject = self.grammatical_subject(verb)?;
        if subject.undergoes {
            return Some(subject);
        }
        let author = self.author(verb, subject.filler.word);
        Some(
            author.map_or(subject, |word| Subject {
                filler: Filler { word, reason: "who issues it" },
                ..subject
            }),
        )
    }

    /// Who has issued a document that is the subject of a verb: *a publié un rapport qui accuse l'armée*, *le
    /// communiqué du ministère dénonce*.
    fn author(&self, verb: WordId, document: WordId) -> Option<WordId> {
        if !self.gives(document, Cue::Document) || !self.classes(document).is_none() {
            return None;
        }
        let somebody = |&word: &WordId| !self.classes(word).is_none() && self.time_at(word).is_none();
        let owner = self.children(document).find(|child| {
            self.deprel(*child) == Deprel::Nmod
                && matches!(self.preposition(*child), Some("de" | "par"))
                && somebody(child)
                && !self.is_location(*child)
        });
        owner.or_else(|| {
            let issues = self.head(document).filter(|&issues| {
                issues != verb && self.deprel(document) == Deprel::Obj && self.gives(issues, Cue::Issues)
            })?;
            let subject = self.grammatical_subject(issues).filter(|subject| !subject.undergoes)?;
            Some(subject.filler.word).filter(somebody)
        })
    }

    fn grammatical_subject(&self, verb: WordId) -> Option<Subject> {
        let undergoes = self.is_passive(verb);
        // Below the passive that governs it, a verb shares that one's subject.
        let mut controlled_by = None;
        let found_under = |controlled_by: Option<WordId>, word, reason| {
            let word = self.counted(word);
            let reason = if controlled_by.is_some() { "controller" } else { reason };
            Some(Subject { filler: Filler { word, reason }, undergoes })
        };
        let mut at = verb;
        for _ in 0..8 {
            let found = |word, reason| found_under(controlled_by, word, reason);
            let verb = controlled_by.unwrap_or(verb);
            if let Some(own) =
                self.own_subject(at).filter(|&own| self.may_agree(own, at) && self.may_agree(own, verb))
            {
                return match self.antecedent(own) {
                    Some(noun) => found(self.owner(noun).unwrap_or(noun), "antecedent"),
                    None => found(own, if at == verb { "nsubj" } else { "shared nsubj" }),
                };
            }
            if self.object_taken_for_subject(at).is_some()
                && let Some(word) = self.subject_before(at)
            {
                return found(word, "before its verb");
            }
            if let Some(inverted) =
                self.inverted(at).filter(|_| at == verb || self.deprel(at).base() == Deprel::Parataxis)
            {
                return found(inverted, "inverted subject");
            }
            if let Some(word) = self.subject_before(at) {
                return found(word, "before its verb");
            }
            if let Some(speaker) = self.says_of_itself(at) {
                return found(speaker, "who says to have done it");
            }
            // *Blessée à la tête, la victime a été transportée*: the tree may take what opens the sentence for its root.
            let Some(head) = self.head(at) else {
                let opens = at == verb && self.is_bare_participle(at) && at.0 <= self.sentence(at).start + 2;
                let main = self.children(at).find(|&child| {
                    opens
                        && child > at
                        && self.deprel(child) == Deprel::Conj
                        && self.child(child, Deprel::Cc).is_none()
                        && self.finite(child).is_some()
                })?;
                return found(self.own_subject(main)?, "subject of what it opens");
            };
            if let Some(auxiliary) = self.auxiliary_apart(at) {
                at = auxiliary;
                continue;
            }
            match self.deprel(at) {
                Deprel::Acl | Deprel::Nmod
                    if self.is_nominal(head) && self.word(at).morph.verb_form() == Some(VerbForm::Inf) =>
                {
                    // *demande aux préfets d'interdire*, with the infinitive hung on them.
                    let asked = self.head(head).is_some_and(|verb| {
                        self.is_verbal(verb)
                            && self.gives(verb, Cue::Controls)
                            && !self.is_passive(verb)
                            && self.controlling_object(verb) == Some(head)
                    });
                    if asked && !self.classes(head).is_none() {
                        return found(head, "controller");
                    }
                    // *la décision de l'Allemagne de suspendre*: who decides, else the subject of the clause.
                    let owner = self.children(head).find(|&child| {
                        self.deprel(child) == Deprel::Nmod
                            && self.preposition(child) == Some("de")
                            && !self.classes(child).is_none()
                    });
                    if let Some(owner) = owner {
                        return found(owner, "owner of the noun above");
                    }
                    // *est en passe de reprendre*, *est sur place pour enquêter*: the noun is the predicate.
                    let predicate = |above: WordId| self.child(above, Deprel::Cop).is_some();
                    let mut above = std::iter::once(head).chain(self.evidence.syntax.ancestors(head)).take(5);
                    at = above.find(|&above| self.is_verbal(above) || predicate(above))?;
                }
                Deprel::Conj | Deprel::Parataxis | Deprel::ParataxisInsert => {
                    at = if self.is_verbal(head) || self.upos(head) == Upos::Adj {
                        head
                    } else if self.finite(at).is_some() {
                        // *ont pris un garde et l'ont abattu*: the tree may join the verb to the noun before it.
                        self.evidence.syntax.ancestors(head).take(4).find(|&above| self.is_verbal(above))?
                    } else {
                        return None;
                    };
                }
                Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::Advcl
                | Deprel::Obl
                | Deprel::OblArg
                | Deprel::OblMod
                    if self.is_nonfinite(at) =>
                {
                    // *demande aux habitants de partir, évoquant un attentat*: who asks does the rest.
                    if self.is_gerund_apart(at) && self.word(head).morph.verb_form() == Some(VerbForm::Inf) {
                        let mut above = self.evidence.syntax.ancestors(head).take(4);
                        at = above.find(|&above| self.is_verbal(above) && self.finite(above).is_some())?;
                        continue;
                    }
                    // *ont été bombardés, tuant dix civils*: what was done to them did that.
                    if self.is_gerund_apart(at) && self.is_passive(head) && at == verb {
                        let agent = self.child(head, Deprel::OblAgent)?;
                        return found(agent, "agent of the passive above");
                    }
                    let controlled = self.deprel(at) != Deprel::Advcl && self.gives(head, Cue::Controls);
                    if controlled && self.is_passive(head) {
                        controlled_by = Some(head);
                    } else if let Some(controller) = self.controlling_object(head).filter(|_| controlled) {
                        return found(controller, "controller");
                    }
                    at = head;
                }
                // *ont tiré sur la foule, tuant deux manifestants*: behind a comma, who does the rest.
                Deprel::Acl if self.is_nominal(head) && self.is_gerund_apart(at) => {
                    at = self.evidence.syntax.ancestors(head).take(6).find(|&above| self.is_verbal(above))?;
                }
                Deprel::Acl | Deprel::Amod | Deprel::Nmod if self.is_nominal(head) => {
                    return found(self.behind_label(head, at).unwrap_or(head), "modified noun");
                }
                // *Jean Dupont, le ministre, s'est rendu à Lyon*: no clause is relative without its pronoun.
                Deprel::AclRelcl if self.is_nominal(head) && head < at && !self.is_relative(at) => {
                    let whole = self.head(head).filter(|_| self.deprel(head).base() == Deprel::Appos);
                    let whole = whole.filter(|&whole| self.is_nominal(whole)).unwrap_or(head);
                    return (self.preposition(whole).is_none() && self.may_agree(whole, at))
                        .then(|| found(whole, "noun before its verb"))
                        .flatten();
                }
                Deprel::AclRelcl => return None,
                _ => return None,
            }
        }
        None
    }

    /// *L'armée annonce, dans un communiqué, avoir abattu…*: who says so has done it, wherever the tree hangs the
    /// infinitive.
    fn says_of_itself(&self, verb: WordId) -> Option<WordId> {
        let above = self.speech_before(verb)?;
        let subject = self.subject(above).filter(|subject| !subject.undergoes)?;
        Some(subject.filler.word).filter(|&word| word < above)
    }

    /// The verb of speech before *avoir abattu* that the tree does not hang it on.
    pub(crate) fn speech_before(&self, verb: WordId) -> Option<WordId> {
        let first = self.children(verb).filter(|&child| self.deprel(child).base() == Deprel::Aux).min()?;
        let perfect = self.word(first).morph.verb_form() == Some(VerbForm::Inf) && first < verb;
        let marked =
            self.children(verb).any(|child| matches!(self.deprel(child), Deprel::Mark | Deprel::Case));
        let hung =
            self.head(verb).is_some_and(|head| self.is_verbal(head) && self.deprel(verb) != Deprel::AclRelcl);
        if !perfect || marked || hung {
            return None;
        }
        let from = self.sentence(verb).start.max(first.0.saturating_sub(BEFORE));
        (from..first.0)
            .rev()
            .map(WordId)
            .find(|&word| self.is_verbal(word) && self.finite(word).is_some())
            .filter(|&word| self.gives(word, Cue::Speech) && !self.is_passive(word))
    }

    /// Whether a verb is a present participle behind a comma: *…, tuant deux manifestants*.
    fn is_gerund_apart(&self, verb: WordId) -> bool {
        let morph = self.word(verb).morph;
        let before = verb.0.checked_sub(1).filter(|&before| before >= self.sentence(verb).start);
        morph.verb_form() == Some(VerbForm::Part)
            && morph.tense() == Some(Tense::Pres)
            && before.is_some_and(|before| self.evidence.text.slice(self.word(WordId(before)).span) == ",")
    }

    /// Whether a clause has a relative pronoun.
    fn is_relative(&self, verb: WordId) -> bool {
        let start = self.evidence.syntax.subtree(verb).start;
        (start..verb.0).map(WordId).any(|word| {
            matches!(
                self.lemma(word),
                "qui" | "que" | "dont" | "où" | "lequel" | "quoi" | "duquel" | "auquel" | "laquelle"
            ) || self.evidence.text.slice(self.word(word).span).to_lowercase().ends_with("quel")
        })
    }

    /// The whole before a part that the tree takes for the subject: *quatre personnes, dont un policier, ont été…*.
    fn whole_of(&self, part: WordId) -> Option<WordId> {
        let dont = self.children(part).find(|&child| child < part && self.lemma(child) == "dont")?;
        let before = (self.sentence(part).start..dont.0).rev().map(WordId).take(8);
        let mut before = before.skip_while(|&word| self.upos(word) == Upos::Punct);
        before.find(|&word| self.upos(word) == Upos::Noun && self.time_at(word).is_none())
    }

    /// The subject that the tree hangs on a verb. Of two, the one behind the dateline: *Italie : l'Union
    /// européenne menace…*.
    fn own_subject(&self, verb: WordId) -> Option<WordId> {
        // *Il a par ailleurs demandé*: the tree may hang the subject on the auxiliary.
        let auxiliary = self
            .children(verb)
            .filter(|&child| child < verb && matches!(self.deprel(child).base(), Deprel::Aux | Deprel::Cop));
        let below = auxiliary.flat_map(|auxiliary| self.children(auxiliary));
        let object = self.object_taken_for_subject(verb);
        let mut subjects = self.children(verb).chain(below).filter(|&child| {
            matches!(self.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjCaus)
                && !self.is_clitic(child)
                && Some(child) != object
                // *À Tours, deux hommes ont été condamnés*
                && !(child < verb && self.is_location(child) && matches!(self.preposition(child), Some("à" | "en" | "dans")))
                || child < verb && self.deprel(child) == Deprel::Advmod && self.counted(child) != child
        });
        let first = subjects.next()?;
        if self.is_label(first)
            && let Some(behind) = self.subject_behind_label(first, verb)
        {
            return Some(behind);
        }
        if let Some(whole) = self.whole_of(first) {
            return Some(whole);
        }
        let second = subjects.next().filter(|&second| {
            second < verb && (self.is_dateline(first, second) || self.names_what_is_before(first))
        });
        Some(second.unwrap_or(first))
    }

    /// Whether a name stands right behind a noun with a preposition and says which it is: *d'après le quotidien Le Monde, le
    /// ministre…*.
    fn names_what_is_before(&self, name: WordId) -> bool {
        let start = self.evidence.syntax.subtree(name).start;
        let before = start.checked_sub(1).filter(|&before| before >= self.sentence(name).start).map(WordId);
        self.upos(name) == Upos::Propn
            && before.is_some_and(|before| {
                self.upos(before) == Upos::Noun
                    && self.preposition(before).is_some()
                    && self.time_at(before).is_none()
            })
    }

    /// Whether a word only says where the news is from: at the start of its sentence, a place or behind it a colon.
    fn is_dateline(&self, word: WordId, next: WordId) -> bool {
        let start = self.evidence.syntax.subtree(word).start;
        let colon = |word: WordId| self.evidence.text.slice(self.word(word).span) == ":";
        start <= self.sentence(word).start + 1
            && self.child(next, Deprel::Cc).is_none()
            && (self.place_at(word).is_some() || (word.0..next.0).map(WordId).any(colon))
    }

    /// Whether a place opens its sentence before a colon: *Tunisie : le groupe revendique*.
    fn is_label(&self, word: WordId) -> bool {
        let next = WordId(word.0 + 1);
        self.place_at(word).is_some()
            && next.0 < self.sentence(word).end
            && self.evidence.text.slice(self.word(next).span) == ":"
    }

    /// The last somebody without preposition between a dateline and the verb.
    fn subject_behind_label(&self, label: WordId, verb: WordId) -> Option<WordId> {
        let stands = |word: WordId| {
            self.is_nominal(word) && self.preposition(word).is_none() && self.time_at(word).is_none()
        };
        let mut between = (label.0 + 1..verb.0).rev().map(WordId).filter(|&word| {
            stands(word)
                && self.deprel(word).base() != Deprel::Flat
                && self.deprel(word).base() != Deprel::Nummod
        });
        let last = between.find(|&word| !self.classes(word).is_none())?;
        let above = std::iter::successors(Some(last), |&word| {
            self.head(word).filter(|&head| label < head && head < verb && stands(head))
        });
        above.take(4).last()
    }

    /// The object that the tree takes for the subject of a clause cut off from its own: *Lundi, la ministre, Anne Dupont, a
    /// accusé les rebelles*.
    pub(crate) fn object_taken_for_subject(&self, verb: WordId) -> Option<WordId> {
        let object = self.child(verb, Deprel::Nsubj).filter(|&object| object > verb)?;
        let plural = |id: WordId| self.word(id).morph.number() == Some(Number::Plur);
        let first = self.children(verb).filter(|&child| self.deprel(child).base() == Deprel::Aux).min();
        let disagrees = self.upos(object) == Upos::Noun && plural(object) && !plural(first.unwrap_or(verb));
        let cut = self.deprel(verb).base() == Deprel::Parataxis;
        (cut && (disagrees || self.classes(object).is_none()) && self.subject_before(verb).is_some())
            .then_some(object)
    }

    /// The somebody right behind the dateline that the tree takes for the modified noun: *France : Fillon soupçonné*.
    fn behind_label(&self, label: WordId, participle: WordId) -> Option<WordId> {
        let after = (label.0 + 1..participle.0).map(WordId);
        let mut after = after.skip_while(|&word| self.evidence.text.slice(self.word(word).span) != ":");
        after.next()?;
        if self.evidence.syntax.subtree(label).start > self.sentence(label).start + 1 {
            return None;
        }
        after.find(|&word| self.is_nominal(word) && !self.classes(word).is_none())
    }

    /// The subject that the tree hangs elsewhere: somebody without preposition that no verb governs and that
    /// nothing but its own complements parts from a finite verb.
    fn subject_before(&self, verb: WordId) -> Option<WordId> {
        self.finite(verb)?;
        if matches!(self.deprel(verb), Deprel::Conj | Deprel::AclRelcl) || !self.is_verbal(verb) {
            return None;
        }
        let first = self.children(verb).filter(|&child| self.deprel(child).base() == Deprel::Aux).min();
        let first = first.unwrap_or(verb).min(verb);
        let from = self.sentence(verb).start.max(first.0.saturating_sub(BEFORE));
        let plural = |id: WordId| self.word(id).morph.number() == Some(Number::Plur);
        let mut reached = first.0;
        for word in (from..first.0).rev().map(WordId) {
            if self.is_verbal(word) || matches!(self.deprel(word), Deprel::Mark | Deprel::Cc) {
                return None;
            }
            // *Ce dernier a été arrêté*: the tree may make the adjective the root.
            let points = self.upos(word) == Upos::Adj && self.evidence.actors.headed_by(word).is_some();
            if !self.is_nominal(word) && !points
                || self.time_at(word).is_some()
                || self.upos(word) == Upos::Pron
            {
                continue;
            }
            let inside = self.evidence.syntax.subtree(word);
            // Some of the words between are the complements of this one.
            let bare = match self.children(word).find(|&child| self.deprel(child) == Deprel::Case) {
                None => true,
                Some(case) => {
                    self.evidence.text.slice(self.word(case).span).eq_ignore_ascii_case("des") && {
                        let before = case.0.checked_sub(1).filter(|&before| before >= from).map(WordId);
                        before.is_none_or(|before| {
                            self.upos(before) == Upos::Punct || self.time_at(before).is_some()
                        })
                    }
                }
            };
            let governed = matches!(
                self.deprel(word).base(),
                Deprel::Obj | Deprel::Iobj | Deprel::Nsubj | Deprel::Flat | Deprel::Conj | Deprel::Appos
            ) && !(self.follows_adverbial(word));
            if bare
                && !governed
                && !self.classes(word).is_none()
                && (inside.end <= reached.max(first.0) || points)
            {
                let several = plural(word) || self.child(word, Deprel::Det).is_some_and(plural);
                let agrees = several == plural(first);
                return Some(word).filter(|_| agrees && self.place_at(word).is_none());
            }
            reached = reached.min(word.0);
        }
        None
    }

    /// Whether the tree hangs a word on the time or place before the comma that it follows: *À Paris, la préfecture
    /// appelle*, *samedi, le ministre a accusé*; or makes it the subject of a noun: *Jean Dupont, l'un des chefs, a appelé*.
    fn follows_adverbial(&self, word: WordId) -> bool {
        let Some(over) = self.head(word) else { return false };
        let comma = |from: WordId, to: WordId| {
            (from.0..to.0).map(WordId).any(|at| self.evidence.text.slice(self.word(at).span) == ",")
        };
        match self.deprel(word).base() {
            Deprel::Nsubj => {
                word < over
                    && self.is_nominal(over)
                    && self.child(over, Deprel::Cop).is_none()
                    && comma(word, over)
            }
            Deprel::Appos | Deprel::Conj => {
                let when = self.time_at(over).is_some();
                let located = self.is_location(over) && self.preposition(over).is_some();
                over < word
                    && (when || located)
                    && comma(over, word)
                    && self.child(word, Deprel::Cc).is_none()
                    && (self.upos(word) == Upos::Propn
                        || self.children(word).any(|child| {
                            child < word && matches!(self.deprel(child), Deprel::Det | Deprel::Nummod)
                        }))
            }
            _ => false,
        }
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
        let counts = Count::is_quantity(self.evidence.syntax, self.evidence.text, noun);
        !name || !singular || determined_plural || several || counts
    }

    /// The subject of an inserted clause, which stands where objects do: *…, a indiqué le ministère*.
    pub(crate) fn inverted(&self, verb: WordId) -> Option<WordId> {
        if self.child(verb, Deprel::Nsubj).is_some() {
            return None;
        }
        if self.deprel(verb).base() == Deprel::Parataxis {
            return self.child(verb, Deprel::Obj).filter(|&object| object > verb);
        }
        self.closing_speaker(verb)
    }

    /// The speaker in a clause that the tree joins to what it reports: *L'opposant a été arrêté, dénonce son avocat*;
    /// also *…, comme l'a annoncé le préfet*.
    fn closing_speaker(&self, verb: WordId) -> Option<WordId> {
        let speaks = self.gives(verb, Cue::Speech) || self.gives(verb, Cue::Inserts);
        if !speaks
            || self.finite(verb).is_none()
            || !matches!(self.deprel(verb), Deprel::Conj | Deprel::Advcl)
        {
            return None;
        }
        let text = |word: WordId| self.evidence.text.slice(self.word(word).span);
        let start = self.sentence(verb).start;
        // Nothing but *comme l'a* or *s'* stands between the comma and the verb.
        let mut before = (start..verb.0)
            .rev()
            .map(WordId)
            .take(6)
            .skip_while(|&word| matches!(self.upos(word), Upos::Aux | Upos::Pron));
        let mut cut = before.next()?;
        let like = self.upos(cut) == Upos::Sconj && self.lemma(cut) == "comme";
        if like {
            cut = before.next()?;
        }
        if !matches!(text(cut), "," | "»" | "”" | "\"") || (self.deprel(verb) == Deprel::Advcl) != like {
            return None;
        }
        let mut nouns =
            self.children(verb).filter(|&child| child > verb && self.deprel(child) == Deprel::Obj);
        let speaker = nouns.next().filter(|_| nouns.next().is_none())?;
        let near = (verb.0 + 1..speaker.0)
            .map(WordId)
            .all(|word| matches!(self.upos(word), Upos::Det | Upos::Adj | Upos::Num));
        // Whoever stands at the end: *…, dénonce la violence et appelle au calme* says something.
        let end = self.evidence.syntax.subtree(verb).end;
        let closes = end >= self.sentence(verb).end.saturating_sub(2)
            || text(WordId(end)) == ","
            || text(WordId(end)) == ".";
        let human = self
            .classes(speaker)
            .meets(Classes::PERSON.or(Classes::PEOPLE).or(Classes::ORGANISATION).or(Classes::INSTITUTION));
        (near && closes && human && self.place_at(speaker).is_none()).then_some(speaker)
    }
}
