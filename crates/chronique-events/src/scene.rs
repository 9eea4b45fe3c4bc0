use chronique_actors::{ActorClass, ActorMention};
use chronique_places::{PlaceKind, PlaceRole, ResolvedPlace};
use chronique_syntax::{Deprel, Number, Upos, Word, WordId};
use chronique_text::Span;

use crate::Evidence;
use crate::cues::{Cue, Cues};
use crate::gate::Classes;

const NONE: u32 = u32::MAX;
/// How many dependents of one word count.
const BREADTH: usize = 100;
/// Among how many mentions behind a description its name is looked up.
const NEAR: usize = 20;
/// How far around a word its sentence counts, in words.
const REACH: u32 = 200;

/// The evidence of a text as event rules look at it: word by word.
pub(crate) struct Scene<'e> {
    pub(crate) evidence: Evidence<'e>,
    pub(crate) cues: &'e Cues,
    /// The place whose name each word belongs to.
    places: Vec<u32>,
    /// The time expression that each word belongs to.
    times: Vec<u32>,
    /// The actor mention whose span holds each word.
    mentions: Vec<u32>,
    /// The cues that each word gives: every rule asks for them.
    given: Vec<u64>,
}

/// A word that fills a grammatical function, and how it came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Filler {
    pub(crate) word: WordId,
    pub(crate) reason: &'static str,
}

/// The subject of a verb, and whether the verb makes it undergo the act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Subject {
    pub(crate) filler: Filler,
    pub(crate) undergoes: bool,
}

impl<'e> Scene<'e> {
    pub(crate) fn new(evidence: Evidence<'e>, cues: &'e Cues) -> Scene<'e> {
        let count = evidence.syntax.words().len();
        let mark = |spans: &mut dyn Iterator<Item = Span>| {
            let mut of = vec![NONE; count];
            for (at, span) in (0..).zip(spans) {
                for word in evidence.syntax.within(span) {
                    of[word as usize] = at;
                }
            }
            of
        };
        let places = mark(&mut evidence.places.iter().map(|place| place.span));
        let times = mark(&mut evidence.times.iter().map(|time| time.span));
        let mentions = mark(&mut evidence.actors.mentions().iter().map(|mention| mention.span));
        let given = (0..).map(WordId).take(count).map(|word| cues.of(evidence.syntax.lemma(word))).collect();
        Scene { evidence, cues, places, times, mentions, given }
    }

    pub(crate) fn word(&self, id: WordId) -> &'e Word {
        self.evidence.syntax.word(id)
    }

    pub(crate) fn lemma(&self, id: WordId) -> &'e str {
        self.evidence.syntax.lemma(id)
    }

    pub(crate) fn gives(&self, id: WordId, cue: Cue) -> bool {
        cue.is_among(self.given[id.0 as usize])
    }

    pub(crate) fn head(&self, id: WordId) -> Option<WordId> {
        self.word(id).head
    }

    pub(crate) fn deprel(&self, id: WordId) -> Deprel {
        self.word(id).deprel
    }

    pub(crate) fn upos(&self, id: WordId) -> Upos {
        self.word(id).upos
    }

    /// The dependents of a word, at most [`BREADTH`]: no sentence of a newspaper has more under one word,
    /// and a text without end of sentence must not cost the square of its length.
    pub(crate) fn children(&self, id: WordId) -> impl Iterator<Item = WordId> + 'e {
        self.evidence.syntax.children(id).take(BREADTH)
    }

    pub(crate) fn child(&self, id: WordId, deprel: Deprel) -> Option<WordId> {
        self.children(id).find(|&child| self.deprel(child) == deprel)
    }

    pub(crate) fn place_at(&self, id: WordId) -> Option<u32> {
        Some(self.places[id.index()]).filter(|&at| at != NONE)
    }

    pub(crate) fn time_at(&self, id: WordId) -> Option<u32> {
        Some(self.times[id.index()]).filter(|&at| at != NONE)
    }

    pub(crate) fn mention_at(&self, id: WordId) -> Option<&'e ActorMention> {
        self.evidence.actors.mentions().get(self.mentions[id.index()] as usize)
    }

    pub(crate) fn place(&self, at: u32) -> &'e ResolvedPlace {
        &self.evidence.places[at as usize]
    }

    /// The words of the sentence that holds a word, as far as they are near it.
    pub(crate) fn sentence(&self, id: WordId) -> std::ops::Range<u32> {
        let whole = self.evidence.syntax.sentence(self.evidence.syntax.sentence_of(id));
        whole.start.max(id.0.saturating_sub(REACH))..whole.end.min(id.0.saturating_add(REACH))
    }

    /// The lemma of the preposition that introduces a word.
    pub(crate) fn preposition(&self, id: WordId) -> Option<&'e str> {
        let case_of = |id| self.children(id).find(|&child| self.deprel(child) == Deprel::Case);
        // *par trois ou quatre hommes*: the tree may hang the preposition on the numeral.
        let numeral = |id| self.child(id, Deprel::Nummod).and_then(case_of);
        let case = case_of(id).or_else(|| numeral(id))?;
        // *à l'encontre du maire*
        if matches!(self.lemma(id), "encontre" | "égard") && self.lemma(case) == "à" {
            return Some("contre");
        }
        // *d'après l'ONG*: the first of the two words is no *de*.
        let next = WordId(case.0 + 1);
        let after = next < id && self.lemma(case) == "de" && self.lemma(next) == "après";
        Some(self.lemma(if after { next } else { case }))
    }

    /// What a word can be as a participant: classes of its actor mention, of its place, or of a name.
    pub(crate) fn classes(&self, id: WordId) -> Classes {
        if let Some(mention) = self.evidence.actors.headed_by(id) {
            return Classes::of(mention.class);
        }
        if self.place_at(id).is_some() {
            return Classes::STATE;
        }
        match self.upos(id) {
            Upos::Propn if self.time_at(id).is_none() => Classes::NAMED,
            Upos::Pron if self.is_personal(id) => Classes::SOMEBODY,
            Upos::Noun if self.gives(id, Cue::Human) => Classes::PEOPLE,
            Upos::Noun if self.is_named(id) => Classes::PERSON,
            Upos::Noun if self.is_capital_name(id) => Classes::ORGANISATION,
            // *21 de ses membres*, *deux ont été tués*
            Upos::Num if self.time_at(id).is_none() && !matches!(self.deprel(id), Deprel::Nummod) => {
                Classes::PEOPLE
            }
            _ => Classes::NONE,
        }
    }

    /// Whether a common noun starts a name: *le Fonds d'aide aux victimes*. A capital where no sentence or quotation
    /// starts, behind an article.
    pub(crate) fn is_capital_name(&self, id: WordId) -> bool {
        let text = |id: WordId| self.evidence.text.slice(self.word(id).span);
        let mut letters = text(id).chars();
        self.upos(id) == Upos::Noun
            && letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && self.time_at(id).is_none()
            && self.place_at(id).is_none()
            && self.mention_at(id).is_none()
            && id.0 > self.sentence(id).start + 1
            && self.word(WordId(id.0 - 1)).upos == Upos::Det
            && text(WordId(id.0 - 1)).starts_with(char::is_lowercase)
    }

    fn is_personal(&self, id: WordId) -> bool {
        !matches!(
            self.lemma(id),
            "ce" | "cela" | "ça" | "ceci" | "y" | "en" | "que" | "dont" | "où" | "quoi" | "rien" | "tout"
        ) && !self.is_reflexive(id)
            && self.deprel(id).base() != Deprel::Expl
    }

    /// Whether an adjective stands where a noun does: behind a determiner of its own, with a noun's function.
    pub(crate) fn stands_as_noun(&self, word: WordId) -> bool {
        self.child(word, Deprel::Det).is_some()
            && matches!(
                self.deprel(word).base(),
                Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Root
            )
            || word.0 > self.sentence(word).start
                && self.upos(WordId(word.0 - 1)) == Upos::Det
                && matches!(
                    self.deprel(word).base(),
                    Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Nmod
                )
    }

    /// Whether a word names several: it is plural, or has others coordinated with it.
    pub(crate) fn is_plural(&self, id: WordId) -> bool {
        self.word(id).morph.number() == Some(Number::Plur)
            || self.child(id, Deprel::Conj).is_some()
            || self.mention_at(id).is_some_and(|mention| mention.class != ActorClass::Person)
    }

    pub(crate) fn is_verbal(&self, id: WordId) -> bool {
        matches!(self.upos(id), Upos::Verb | Upos::Aux)
    }

    /// Whether a word is *se*, whose lemma treebanks write in two ways.
    pub(crate) fn is_reflexive(&self, word: WordId) -> bool {
        matches!(self.lemma(word), "se" | "soi") && self.upos(word) == Upos::Pron
    }

    pub(crate) fn is_nominal(&self, id: WordId) -> bool {
        matches!(self.upos(id), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
    }

    /// The words of a participant: its mention, its place, or its head with close modifiers.
    pub(crate) fn participant_span(&self, id: WordId) -> Span {
        if let Some(mention) = self.evidence.actors.headed_by(id) {
            let full = self.full(mention).span;
            let full = self.named_behind(mention).unwrap_or(full);
            // *le ministre de la Défense, Jean Dupont*: both say who it is.
            if full == mention.span
                && let Some(name) = self.apposed_name(mention)
            {
                return if self.is_apposed(mention, name) { mention.span.cover(name) } else { name };
            }
            let apart = !self.is_beside(mention.span, full) && !self.is_apposed(mention, full);
            return if apart { full } else { mention.span.cover(full) };
        }
        if let Some(place) = self.place_at(id) {
            return self.place(place).span;
        }
        let own = self.word(id).span;
        self.children(id).filter(|&child| self.identifies(child)).fold(own, |span, child| {
            let part = self.evidence.syntax.subtree_span(child);
            span.cover(part)
        })
    }

    /// The name right behind a description of one person: *le chef de la police, Jean Dupont*.
    fn named_behind(&self, description: &ActorMention) -> Option<Span> {
        let single = self.word(description.head).morph.number() != Some(Number::Plur);
        let human = !matches!(description.class, ActorClass::State | ActorClass::Organisation);
        if !human || !single || self.upos(description.head) != Upos::Noun {
            return None;
        }
        let name = self.children(description.head).find(|&child| {
            child > description.head
                && self.deprel(child).base() == Deprel::Appos
                && self.upos(child) == Upos::Propn
                && self.place_at(child).is_none()
        })?;
        let rest = (name.0 + 1..self.sentence(name).end).map(|word| self.word(WordId(word)).span);
        let capital = |span: &Span| self.evidence.text.slice(*span).starts_with(char::is_uppercase);
        let span = rest.take_while(capital).fold(self.word(name).span, Span::cover);
        self.is_beside(description.span, span).then_some(span)
    }

    /// Whether a name stands right behind a description of the same person, or a comma behind it.
    fn is_beside(&self, description: Span, name: Span) -> bool {
        name.start() >= description.end()
            && self.evidence.text.as_str().get(description.end() as usize..name.start() as usize).is_some_and(
                |between| {
                    between.len() <= 4 && between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '('))
                },
            )
    }

    /// Whether a name hangs on the description of the same person, or the other way round: *le directeur de cabinet
    /// du ministre chargé des Affaires européennes, Jean Dupont*.
    fn is_apposed(&self, description: &ActorMention, name: Span) -> bool {
        /// No noun phrase of a newspaper is longer, in bytes.
        const LONGEST: u32 = 160;
        let Some(top) = self.evidence.syntax.within(name).next().map(WordId) else { return false };
        self.upos(description.head) != Upos::Pron
            && description.span.cover(name).len() <= LONGEST
            && self.evidence.syntax.subtree(description.head).contains(&top.0)
    }

    /// The person's name at the end of a chain of descriptions: *l'ancien patron du parti, actuel président de
    /// l'Assemblée, Pascal Dupont*.
    fn apposed_name(&self, description: &ActorMention) -> Option<Span> {
        let single = self.word(description.head).morph.number() != Some(Number::Plur);
        if description.class != ActorClass::Person || !single || self.upos(description.head) != Upos::Noun {
            return None;
        }
        let inside = self.evidence.syntax.subtree(description.head);
        let mentions = self.evidence.actors.mentions();
        let first = mentions.partition_point(|mention| mention.head <= description.head);
        let below =
            mentions[first..].iter().take(NEAR).take_while(|mention| inside.contains(&mention.head.0));
        let mut named = below.filter(|mention| {
            let apposed = |&word: &WordId| self.deprel(word).base() == Deprel::Appos;
            let above = std::iter::once(mention.head).chain(self.evidence.syntax.ancestors(mention.head));
            self.upos(mention.head) == Upos::Propn
                && mention.class == ActorClass::Person
                && above.take(4).take_while(|&word| word != description.head).all(|word| apposed(&word))
        });
        named.next().map(|mention| mention.span)
    }

    /// The full mention that a mention stands for, or itself.
    pub(crate) fn full(&self, mention: &'e ActorMention) -> &'e ActorMention {
        mention.stands_for.and_then(|at| self.evidence.actors.mentions().get(at as usize)).unwrap_or(mention)
    }

    /// Whether a name stands right behind a noun and says who it is: *son rival Nicusor Dan*.
    pub(crate) fn is_named(&self, noun: WordId) -> bool {
        self.upos(noun) == Upos::Noun
            && self.children(noun).any(|child| {
                child.0 == noun.0 + 1
                    && self.upos(child) == Upos::Propn
                    && self.place_at(child).is_none()
                    && self.preposition(child).is_none()
            })
    }

    /// Whether a dependent of a noun helps to say which one it is.
    fn identifies(&self, child: WordId) -> bool {
        let short = self.evidence.syntax.subtree(child).len() <= 4;
        match self.deprel(child) {
            Deprel::Amod | Deprel::Flat | Deprel::FlatName | Deprel::FlatForeign => short,
            // *M. Zelensky*, *le colonel Touré*: the name stands right after.
            Deprel::Appos | Deprel::NmodAppos => {
                short
                    && self.upos(child) == Upos::Propn
                    && self.head(child).is_some_and(|noun| noun.0 + 1 == child.0)
            }
            Deprel::Nmod => {
                short
                    && match self.preposition(child) {
                        Some(case) => case == "de",
                        None => {
                            self.upos(child) == Upos::Propn
                                && self.head(child).is_some_and(|noun| noun.0 + 1 == child.0)
                        }
                    }
            }
            _ => false,
        }
    }

    /// Whether a word names where something is, and not somebody.
    pub(crate) fn is_location(&self, id: WordId) -> bool {
        self.place_at(id).is_some_and(|at| self.role_of_place(at) == PlaceRole::Location)
    }

    /// Whether a word names to whom something is given or done behind *à*: somebody, or a country with its article, which is
    /// where something is only with *en*: *à l'Iran*, *à la France*; behind *au* it may be both.
    pub(crate) fn is_addressed(&self, id: WordId) -> bool {
        let Some(at) = self.place_at(id) else { return !self.classes(id).is_none() };
        let is_article = |det: WordId| {
            let text = self.evidence.text.slice(self.word(det).span);
            ["la", "l'", "l’"].iter().any(|form| text.eq_ignore_ascii_case(form))
        };
        !self.is_location(id)
            || self.place(at).kind == PlaceKind::Country
                && self.child(id, Deprel::Det).is_some_and(is_article)
    }

    pub(crate) fn role_of_place(&self, at: u32) -> PlaceRole {
        self.place(at).role
    }
}
