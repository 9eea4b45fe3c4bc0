use chronique_actors::Count;
use chronique_syntax::{Deprel, Number, Upos, VerbForm, WordId};
use chronique_text::Span;

use crate::gate::{Classes, Gate, Test, Wanted};
use crate::lexicon::{Entry, TriggerPos};
use crate::roles::Roles;
use crate::rule::Why;
use crate::scene::Scene;
use crate::topic::Topic;
use crate::trigger::Matched;

/// How far from a trigger `with` looks, in words.
const REACH: u32 = 14;

/// Tries the gates of an entry; the roles if all hold, else why not.
pub(crate) fn read(scene: &Scene<'_>, topic: Topic, entry: &Entry, at: Matched) -> Result<Roles, Why> {
    if !entry.anywhere && !topic.is_political() {
        return Err(Why::Topic);
    }
    let roles = match entry.pos {
        TriggerPos::Verb => Roles::of_verb(scene, at.anchor, at.last_of_verb(), &entry.frame),
        TriggerPos::Noun => Roles::of_noun(scene, at.anchor, at.last, &entry.frame),
    };
    let reading = Reading { scene, topic, at, roles: &roles };
    match entry.gates.iter().position(|gate| !reading.passes(gate)) {
        Some(number) => Err(Why::Gate(number, reading.against(&entry.gates[number]))),
        None => Ok(roles),
    }
}

/// Whether a row says that the reading is none of its own: a negated gate does not hold.
pub(crate) fn is_ruled_out(
    scene: &Scene<'_>,
    topic: Topic,
    entry: &Entry,
    at: Matched,
    roles: &Roles,
) -> bool {
    let reading = Reading { scene, topic, at, roles };
    entry.gates.iter().any(|gate| gate.negated && !reading.passes(gate))
}

struct Reading<'r, 'e> {
    scene: &'r Scene<'e>,
    topic: Topic,
    at: Matched,
    roles: &'r Roles,
}

impl Reading<'_, '_> {
    fn passes(&self, gate: &Gate) -> bool {
        gate.any.iter().any(|test| self.holds(test)) != gate.negated
    }

    /// The word that a negated gate does not want, where the gate looks at words.
    fn against(&self, gate: &Gate) -> Option<Span> {
        if !gate.negated {
            return None;
        }
        let (scene, anchor) = (self.scene, self.at.anchor);
        let near = |wanted: &Wanted, mut words: std::ops::Range<u32>| {
            words.find(|&word| word != anchor.0 && self.takes(wanted, WordId(word))).map(WordId)
        };
        let below = scene.evidence.syntax.subtree(anchor);
        let word = gate.any.iter().filter(|test| self.holds(test)).find_map(|test| match test {
            Test::With(wanted) => near(wanted, self.around()),
            Test::Obj(wanted) | Test::De(wanted) | Test::Mod(wanted) | Test::Prep(wanted) => {
                near(wanted, below.clone())
            }
            Test::Under(wanted) => scene
                .head(anchor)
                .filter(|&head| self.takes(wanted, head))
                .or_else(|| near(wanted, below.clone())),
            Test::Subj(wanted) => {
                let subject = scene.subject(anchor).map(|subject| subject.filler.word);
                subject.filter(|&word| self.takes(wanted, word))
            }
            _ => None,
        })?;
        Some(scene.word(word).span)
    }

    /// Where `with` looks.
    fn around(&self) -> std::ops::Range<u32> {
        let (sentence, anchor) = (self.scene.sentence(self.at.anchor), self.at.anchor);
        sentence.start.max(anchor.0.saturating_sub(REACH))..sentence.end.min(anchor.0 + REACH)
    }

    fn holds(&self, test: &Test) -> bool {
        let (scene, anchor) = (self.scene, self.at.anchor);
        match test {
            Test::Topic(domains) => self.topic.is(*domains),
            Test::Anywhere | Test::Firm => true,
            Test::Never => false,
            Test::Actor(wanted) => self.side(wanted, &self.roles.actors),
            Test::Recipient(wanted) => self.side(wanted, &self.roles.recipients),
            Test::Party(wanted) => self.party(wanted),
            Test::Subj(wanted) => {
                let subject = scene.subject(anchor).map(|subject| subject.filler.word);
                subject.map_or(wanted.or_absent, |word| self.takes(wanted, word))
            }
            Test::Obj(wanted) => {
                let mut objects = scene.objects(anchor).map(|object| object.word).peekable();
                let undergoes = scene.subject(anchor).filter(|subject| subject.undergoes);
                match (objects.peek(), undergoes) {
                    (None, None) => wanted.or_absent,
                    (None, Some(subject)) => self.takes_object(wanted, subject.filler.word),
                    _ => objects.any(|word| self.takes_object(wanted, word)),
                }
            }
            Test::De(wanted) => {
                let mut of =
                    scene.children(anchor).filter(|&child| scene.preposition(child) == Some("de")).peekable();
                if of.peek().is_none() { wanted.or_absent } else { of.any(|word| self.takes(wanted, word)) }
            }
            Test::Mod(wanted) => {
                // *une campagne « antiterroriste »*: quotation marks may cost the tree its arc.
                let after = (anchor.0 + 1..scene.sentence(anchor).end.min(anchor.0 + 4)).map(WordId);
                let adjacent = after.filter(|&word| scene.upos(word) != Upos::Punct).take(1);
                scene
                    .children(anchor)
                    .chain(adjacent)
                    .any(|word| wanted.takes(scene.lemma(word), Classes::NONE))
                    || (wanted.or_absent && scene.child(anchor, Deprel::Amod).is_none())
            }
            Test::With(wanted) => self
                .around()
                .map(WordId)
                .filter(|&word| word != self.at.names)
                .any(|word| wanted.takes(scene.lemma(word), Classes::NONE)),
            Test::Under(wanted) => self.under(wanted),
            Test::Prep(wanted) => {
                let marked = |word: WordId| {
                    scene.children(word).any(|child| {
                        scene.children(child).any(|marker| {
                            matches!(scene.deprel(marker), Deprel::Case | Deprel::Mark)
                                && wanted.takes(scene.lemma(marker), Classes::NONE)
                        })
                    })
                };
                // *appelle les parties à déposer les armes*: the tree may hang it on the object.
                // *se soulèvent depuis mardi contre le régime*: or on the day.
                let mut days = scene.children(anchor).filter(|&child| scene.time_at(child).is_some());
                marked(anchor) || scene.objects(anchor).any(|object| marked(object.word)) || days.any(marked)
            }
            Test::Comp => {
                scene.objects(anchor).any(|object| self.has_infinitive(object.word))
                    || scene.children(anchor).any(|child| match scene.deprel(child) {
                        Deprel::Xcomp | Deprel::Ccomp => true,
                        Deprel::Advcl | Deprel::Acl | Deprel::Obl | Deprel::OblArg => {
                            scene.word(child).morph.verb_form() == Some(VerbForm::Inf)
                        }
                        _ => false,
                    })
            }
            Test::Clause => scene
                .children(anchor)
                .any(|child| scene.deprel(child) == Deprel::Ccomp && scene.finite(child).is_some()),
            // A noun without article is one only if no preposition makes it a manner: *Mali : attaque à Gao*.
            Test::Det => {
                scene.child(anchor, Deprel::Det).is_some()
                    || scene.child(anchor, Deprel::Nummod).is_some()
                    || scene.word(anchor).morph.number() == Some(Number::Plur)
                    || scene.child(anchor, Deprel::Case).is_none()
            }
            Test::Plural => scene.word(anchor).morph.number() == Some(Number::Plur),
            Test::Passive => scene.is_passive(anchor),
            Test::Active => !scene.is_passive(anchor),
            Test::Refl => scene.has_reflexive(anchor),
            Test::Amod => {
                matches!(scene.deprel(anchor), Deprel::Amod | Deprel::Acl) && scene.is_bare_participle(anchor)
            }
            Test::Proper => scene.children(anchor).any(|child| {
                matches!(scene.deprel(child).base(), Deprel::Flat | Deprel::Appos)
                    && scene.upos(child) == Upos::Propn
            }),
        }
    }

    /// *appelle les parties à négocier*: the tree may hang the infinitive on the object.
    fn has_infinitive(&self, noun: WordId) -> bool {
        self.scene.children(noun).any(|child| {
            self.scene.deprel(child) == Deprel::Acl
                && self.scene.word(child).morph.verb_form() == Some(VerbForm::Inf)
        })
    }

    fn takes(&self, wanted: &Wanted, word: WordId) -> bool {
        wanted.takes(self.scene.lemma(word), self.scene.classes(word))
    }

    /// Whether an object is wanted, or what it counts: *un million de réfugiés*.
    fn takes_object(&self, wanted: &Wanted, object: WordId) -> bool {
        let scene = self.scene;
        let counted = |child| scene.preposition(child) == Some("de") && self.takes(wanted, child);
        self.takes(wanted, object)
            || Count::is_quantity(scene.evidence.syntax, scene.evidence.text, object)
                && scene.children(object).any(counted)
    }

    fn side(&self, wanted: &Wanted, side: &[crate::scene::Filler]) -> bool {
        if side.is_empty() {
            return wanted.or_absent;
        }
        let classes = Roles::classes(self.scene, side);
        if wanted.is_bare() {
            return !classes.is_none();
        }
        wanted.classes.meets(classes)
            || side.iter().any(|filler| wanted.takes(self.scene.lemma(filler.word), Classes::NONE))
    }

    /// Whether somebody of the wanted classes is named in the sentence.
    fn party(&self, wanted: &Wanted) -> bool {
        let sentence = self.scene.sentence(self.at.anchor);
        let mentions = self.scene.evidence.actors.mentions();
        let from = mentions.partition_point(|mention| mention.head.0 < sentence.start);
        let mut here = mentions[from..].iter().take_while(|mention| mention.head.0 < sentence.end);
        here.any(|mention| wanted.is_bare() || wanted.classes.meets(Classes::of(mention.class)))
    }

    /// The verb or noun that governs the trigger, its preposition, or a participle on it.
    fn under(&self, wanted: &Wanted) -> bool {
        let (scene, anchor) = (self.scene, self.at.anchor);
        let mut over = scene.head(anchor);
        if scene.deprel(anchor) == Deprel::Conj {
            over = over.and_then(|first| scene.head(first));
        }
        let Some(over) = over else { return wanted.or_absent };
        let participles = scene
            .children(anchor)
            .filter(|&child| matches!(scene.deprel(child), Deprel::Acl | Deprel::AclRelcl | Deprel::Amod));
        std::iter::once(over)
            .chain(participles)
            .chain(scene.children(anchor).filter(|&child| scene.deprel(child) == Deprel::Case))
            .any(|word| wanted.takes(scene.lemma(word), Classes::NONE))
    }
}
