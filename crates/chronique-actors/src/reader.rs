//! From matches to mentions: spans, countries, sectors.

use std::borrow::Cow;
use std::ops::Range;

use chronique_syntax::{Deprel, Gender, Number, Syntax, Upos, WordId};
use chronique_text::{Span, Text};
use chronique_tokens::{TokenId, Tokens};

use crate::lexicon::{Entry, Joined, Kind, NamePart, Use};
use crate::link::link;
use crate::matches::{Matches, Named, Reading, is_argument};
use crate::{ActorClass, ActorLexicon, Actors, Count, Country, Sector};

/// A mention before it is known whose it is.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) head: WordId,
    /// The words of the span.
    pub(crate) words: Range<u32>,
    pub(crate) span: Span,
    pub(crate) class: ActorClass,
    pub(crate) country: Option<Country>,
    pub(crate) sector: Option<Sector>,
    pub(crate) count: Option<Count>,
    pub(crate) gender: Option<Gender>,
    pub(crate) number: Option<Number>,
    pub(crate) identity: Identity,
    /// Whether the span holds nothing but the noun itself.
    pub(crate) bare: bool,
    /// The row of the office of a named person: *président* in *le président Macron*.
    pub(crate) office: Option<u32>,
    pub(crate) reason: Cow<'static, str>,
}

/// What tells whether two mentions are of one actor.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Identity {
    /// The name of a row.
    Row(u32),
    /// An organisation that the text names, and its long form.
    Learned(u32),
    /// A person's name.
    Person(Range<u32>),
    /// A noun of a row, and whether its article says that it is known.
    Noun { row: u32, usage: Use, definite: bool },
}

/// The actors of a text.
pub(crate) fn read(lexicon: &ActorLexicon, text: &Text, tokens: &Tokens, syntax: &Syntax) -> Actors {
    let reading = Reading::new(lexicon, text, tokens, syntax);
    let matches = reading.matches();
    let (drafts, adjectives) = reading.drafts(&matches);
    link(&reading, &matches, drafts, adjectives)
}

impl Reading<'_> {
    /// The mentions, and the demonyms that only qualify another noun (*une frappe israélienne*), both
    /// in the order of their heads.
    fn drafts(&self, matches: &Matches) -> (Vec<Draft>, Vec<Draft>) {
        let count = matches.matches.len();
        let mut drafts: Vec<Option<Draft>> = vec![None; count];
        // From right to left, so that a complement is known before the noun that it completes.
        for at in (0..count).rev() {
            let draft = self.draft(at, matches, &mut drafts);
            drafts[at] = draft;
        }
        let mut mentions: Vec<Draft> = Vec::new();
        let mut adjectives = Vec::new();
        for (at, draft) in drafts.into_iter().enumerate() {
            if let Some(draft) = draft {
                mentions.push(draft);
            } else if let Some(adjective) = self.adjective(at, matches) {
                adjectives.push(adjective);
            }
        }
        mentions.sort_by_key(|draft| (draft.head, draft.span.start()));
        mentions.dedup_by_key(|draft| draft.head);
        adjectives.retain(|adjective: &Draft| {
            let noun = self.syntax.head(adjective.head);
            noun.is_some_and(|noun| mentions.binary_search_by_key(&noun, |draft| draft.head).is_err())
        });
        adjectives.sort_by_key(|draft| draft.head);
        adjectives.dedup_by_key(|draft| draft.head);
        (mentions, adjectives)
    }

    fn draft(&self, at: usize, matches: &Matches, drafts: &mut [Option<Draft>]) -> Option<Draft> {
        let found = &matches.matches[at];
        let row = match found.named {
            Named::Row(row) => row,
            Named::Person => return Some(self.person_draft(at, matches)),
            Named::Learned(number) => return Some(self.learned(at, matches, number)),
        };
        let entry = self.entry(row);
        match entry.kind {
            Kind::State => (!self.is_label(found.tokens.clone()) && self.acts(found.head, matches))
                .then(|| self.named(at, matches, entry.whole, "state")),
            Kind::Seat => self
                .acts_from_its_seat(found.head)
                .then(|| self.named(at, matches, entry.whole, "seat of a government")),
            Kind::Name => Some(self.named(at, matches, row, "name of an organisation")),
            Kind::Demonym | Kind::People => self.demonym(at, matches, row, drafts),
            Kind::Noun(usage) => {
                let singular = self.syntax.word(found.head).morph.number() != Some(Number::Plur);
                let place = entry.class == ActorClass::State && singular && !self.acts(found.head, matches);
                if place { None } else { self.noun(at, matches, row, usage, drafts) }
            }
            Kind::Title => self.titled(at, matches, row, drafts),
            Kind::Nothing => None,
        }
    }

    fn base(&self, at: usize, matches: &Matches, words: Range<u32>) -> Draft {
        let found = &matches.matches[at];
        let morph = self.syntax.word(found.head).morph;
        Draft {
            head: found.head,
            span: self.span_of(words.clone()),
            words,
            class: ActorClass::Person,
            country: None,
            sector: None,
            count: None,
            gender: morph.gender(),
            number: morph.number(),
            identity: Identity::Person(found.tokens.clone()),
            bare: false,
            office: None,
            reason: match matches.weighed.get(&found.tokens.start) {
                Some(signs) => Cow::Owned(signs.clone()),
                None => "name of a person".into(),
            },
        }
    }

    fn span_of(&self, words: Range<u32>) -> Span {
        let of = |word: u32| self.syntax.word(WordId(word)).span;
        of(words.start).cover(of(words.end - 1))
    }

    fn person_draft(&self, at: usize, matches: &Matches) -> Draft {
        let found = &matches.matches[at];
        let mut draft = self.base(at, matches, self.words(found.tokens.clone()));
        draft.number = Some(Number::Sing);
        draft.gender = match self.lexicon.given.get(&self.symbols[found.tokens.start as usize]) {
            Some(NamePart::Given(gender)) => *gender,
            _ => None,
        };
        draft
    }

    /// An organisation that the text explains: what its noun says of it.
    fn learned(&self, at: usize, matches: &Matches, number: u32) -> Draft {
        let found = &matches.matches[at];
        let mut draft = self.base(at, matches, self.words(found.tokens.clone()));
        let noun = matches.learned[number as usize].noun.map(|row| self.entry(row));
        draft.class = match noun.map(|noun| noun.class) {
            Some(class @ (ActorClass::Armed | ActorClass::Institution)) => class,
            _ => ActorClass::Organisation,
        };
        draft.sector = noun.and_then(|noun| noun.sector);
        draft.country = noun.and_then(|noun| noun.country);
        draft.identity = Identity::Learned(number);
        if !matches.weighed.contains_key(&found.tokens.start) {
            draft.reason = "organisation that the text explains".into();
        }
        draft
    }

    fn named(&self, at: usize, matches: &Matches, row: u32, reason: &'static str) -> Draft {
        let found = &matches.matches[at];
        let entry = self.entry(row);
        let mut draft = self.base(at, matches, self.words(found.tokens.clone()));
        draft.class = entry.class;
        draft.country = entry.country;
        draft.sector = match entry.kind {
            Kind::State => entry.sector.or(Some(Sector::Gov)),
            _ => entry.sector,
        };
        draft.identity = Identity::Row(row);
        draft.reason = reason.into();
        draft
    }

    /// *Mali : l'armée…*, *Pau (France)*: where the news is from.
    fn is_label(&self, tokens: Range<u32>) -> bool {
        let sentence = &self.tokens.sentences()[self.tokens.sentence_of(TokenId(tokens.start))].tokens;
        let after = Some(tokens.end).filter(|end| sentence.contains(end)).map(|end| self.form(end));
        match tokens.start.checked_sub(1).filter(|before| sentence.contains(before)) {
            Some(before) => self.form(before) == "(" && after == Some(")"),
            None => after == Some(":"),
        }
    }

    /// A country named as somebody, not as a place: not *en France*, *au nord du Mali*.
    fn acts(&self, head: WordId, matches: &Matches) -> bool {
        let word = self.syntax.word(head);
        let Some(preposition) = self.preposition(head) else { return true };
        match self.syntax.form(preposition, self.text) {
            "en" | "En" | "dans" | "Dans" | "depuis" | "Depuis" | "vers" | "Vers" | "hors" | "chez" => false,
            "à" | "À" | "A" => {
                // Where one is, is "en France", "au Mali": "à la France" gives or says something to it.
                let article =
                    self.syntax.child(head, Deprel::Det).map(|det| self.syntax.form(det, self.text));
                matches!(article, Some("la" | "l'" | "l’")) || self.governor(head).to
            }
            "de" | "d'" | "d’" if word.deprel.base() == Deprel::Nmod => {
                // "champion de France" says which kind, "l'invasion de l'Ukraine" whom; the complement of an
                // actor or of a stretch of land says whose or where it is.
                let article = self.syntax.child(head, Deprel::Det).is_some();
                article
                    && word.head.is_some_and(|noun| {
                        match matches.of(noun).and_then(|at| matches.matches[at].named.row()) {
                            Some(row) => matches!(self.entry(row).kind, Kind::Demonym | Kind::People),
                            None => self.syntax.word(noun).upos != Upos::Propn,
                        }
                    })
            }
            "de" | "d'" | "d’" | "De" | "D'" => word.deprel == Deprel::OblArg,
            _ => true,
        }
    }

    /// A capital named as a government: who does something, to another government or with one.
    fn acts_from_its_seat(&self, head: WordId) -> bool {
        let first = self.first_conjunct(head);
        if let Some(preposition) = self.preposition(head).or_else(|| self.preposition(first)) {
            return match self.syntax.form(preposition, self.text) {
                "par" | "avec" | "contre" | "entre" | "selon" | "Selon" | "pour" | "envers" | "Pour"
                | "Entre" | "Avec" => true,
                "à" | "À" => self.governor(first).to,
                _ => false,
            };
        }
        match self.syntax.word(first).deprel {
            Deprel::Nsubj => true,
            Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj => self.governor(first).direct,
            _ => false,
        }
    }

    /// What the verb above a noun is done to.
    fn governor(&self, id: WordId) -> Joined {
        let verb = self.syntax.head(id).map(|verb| self.syntax.lemma(verb));
        verb.and_then(|verb| self.lexicon.verbs.get(verb)).copied().unwrap_or_default()
    }

    /// The first of the nouns that a noun is coordinated with.
    pub(crate) fn first_conjunct(&self, id: WordId) -> WordId {
        let mut first = id;
        for above in self.syntax.ancestors(id).take(8) {
            if self.syntax.word(first).deprel != Deprel::Conj {
                break;
            }
            first = above;
        }
        first
    }

    /// *les Maliens*, *deux Français*: a demonym as a noun.
    fn demonym(&self, at: usize, matches: &Matches, row: u32, drafts: &mut [Option<Draft>]) -> Option<Draft> {
        let found = &matches.matches[at];
        let entry = self.entry(row);
        let word = self.syntax.word(found.head);
        let capital = self.text.slice(word.span).chars().next().is_some_and(char::is_uppercase);
        let article = self.syntax.child(found.head, Deprel::Det);
        let plural = [Some(found.head), article]
            .into_iter()
            .flatten()
            .any(|id| self.syntax.word(id).morph.number() == Some(Number::Plur));
        let nominal = matches!(word.upos, Upos::Noun | Upos::Propn) || is_argument(word.deprel);
        // "en français", "l'arabe" name languages.
        // "les européennes" are elections.
        let elections = entry.kind == Kind::People && !capital && word.morph.gender() == Some(Gender::Fem);
        if word.deprel == Deprel::Amod || !nominal || !(capital || plural) || elections {
            return None;
        }
        let mut draft = self.base(at, matches, self.extent(matches, at, entry.class));
        draft.class = ActorClass::People;
        draft.country = entry.country;
        draft.sector = entry.sector.or(Some(Sector::Cvl));
        draft.count = Count::of(self.syntax, self.text, found.head);
        draft.identity = match self.noun_identity(found.head, row, Use::Plain) {
            // "d'Arméniens", "Arméniens et Azéris": a people without article is the people.
            Identity::Noun { row, usage, .. } if article.is_none() => {
                Identity::Noun { row, usage, definite: true }
            }
            identity => identity,
        };
        draft.reason = "noun of a people".into();
        if draft.number != Some(Number::Plur) {
            self.take_name(&mut draft, at, matches, drafts);
        }
        Some(draft)
    }

    /// *une frappe israélienne*: a demonym that qualifies something that is no actor.
    fn adjective(&self, at: usize, matches: &Matches) -> Option<Draft> {
        let found = &matches.matches[at];
        let row = found.named.row()?;
        let entry = self.entry(row);
        let demonym = matches!(entry.kind, Kind::Demonym | Kind::People);
        if !demonym || !matches!(self.syntax.word(found.head).deprel.base(), Deprel::Amod | Deprel::Conj) {
            return None;
        }
        let mut draft = self.named(at, matches, entry.whole, "demonym adjective");
        draft.class = if entry.kind == Kind::Demonym { ActorClass::State } else { ActorClass::People };
        Some(draft)
    }

    fn noun_identity(&self, head: WordId, row: u32, usage: Use) -> Identity {
        let definite = self
            .syntax
            .child(head, Deprel::Det)
            .is_some_and(|det| matches!(self.syntax.lemma(det), "le" | "ce" | "son" | "leur" | "notre"));
        Identity::Noun { row, usage, definite }
    }

    fn noun(
        &self,
        at: usize,
        matches: &Matches,
        row: u32,
        usage: Use,
        drafts: &mut [Option<Draft>],
    ) -> Option<Draft> {
        let found = &matches.matches[at];
        let entry = self.entry(row);
        let words = self.extent(matches, at, entry.class);
        let mut draft = self.base(at, matches, words);
        draft.class = entry.class;
        draft.country = entry.country;
        draft.sector = entry.sector;
        draft.identity = self.noun_identity(found.head, row, usage);
        draft.bare = draft.words == self.words(found.tokens.clone());
        draft.reason = "noun of an actor".into();
        let complement = self.complete(&mut draft, entry, usage, matches, drafts);
        let known = match usage {
            Use::Part => complement,
            Use::Home => draft.country.is_some(),
            Use::Plain | Use::One | Use::Of => true,
        };
        if !known {
            return None;
        }
        draft.count = Count::of(self.syntax, self.text, found.head);
        let singular = draft.number != Some(Number::Plur);
        let personal = matches!(entry.class, ActorClass::Person | ActorClass::People | ActorClass::Armed);
        if singular && personal && self.take_name(&mut draft, at, matches, drafts) {
            return Some(draft);
        }
        (!singular || self.refers(found.head)).then_some(draft)
    }

    /// Whether a singular noun refers to one: *voiture de police*, *porter plainte en justice* name kinds.
    fn refers(&self, head: WordId) -> bool {
        let determined = self
            .syntax
            .children(head)
            .any(|child| matches!(self.syntax.word(child).deprel, Deprel::Det | Deprel::Nummod));
        let word = self.syntax.word(head);
        let governed = self.preposition(head).is_some() || word.deprel.base() == Deprel::Obj;
        determined || !governed
    }

    /// Reads country, sector and, for nouns that say nothing themselves, class from the modifiers;
    /// says whether a complement is an actor.
    fn complete(
        &self,
        draft: &mut Draft,
        entry: &Entry,
        usage: Use,
        matches: &Matches,
        drafts: &mut [Option<Draft>],
    ) -> bool {
        let mut complement = false;
        let mut last = None;
        let core_end = matches.headed_by(draft.head).map_or(u32::MAX, |at| matches.matches[at].tokens.end);
        for word in draft.words.clone().map(WordId) {
            let Some(at) = matches.of(word).filter(|&at| Some(at) != last) else { continue };
            last = Some(at);
            let found = &matches.matches[at];
            let above = self.syntax.head(found.head);
            // What hangs on another actor of the phrase is that one's.
            let adjacent = matches.matches[at].tokens.start == core_end;
            let own = adjacent
                || above == Some(draft.head)
                || above.is_some_and(|above| {
                    draft.words.contains(&above.0)
                        && matches
                            .headed_by(above)
                            .is_none_or(|at| drafts.get(at).is_none_or(Option::is_none))
                });
            if !own || found.head == draft.head {
                continue;
            }
            let of = self.preposition(found.head).is_some_and(|preposition| self.is_of(preposition));
            let Some(other) = found.named.row().map(|row| self.entry(row)) else { continue };
            match other.kind {
                Kind::Demonym | Kind::People
                    if adjacent || self.syntax.word(found.head).deprel != Deprel::Nmod =>
                {
                    draft.country = draft.country.or(other.country);
                    draft.sector = draft.sector.or(other.sector);
                    drafts[at] = None;
                }
                Kind::State | Kind::Seat if of => {
                    draft.country = draft.country.or(other.country);
                    draft.sector = draft.sector.or(other.sector);
                }
                // "le groupe Wagner", "l'ONG Human Rights Watch": the noun and the name are one.
                Kind::Name if self.preposition(found.head).is_none() && entry.class != ActorClass::Person => {
                    if let (Some(row), Some(name)) = (found.named.row(), drafts[at].take()) {
                        draft.identity = Identity::Row(row);
                        draft.class = name.class;
                        draft.country = name.country.or(draft.country);
                        draft.sector = name.sector.or(draft.sector);
                    }
                }
                _ if of => {
                    let Some(inner) = &drafts[at] else { continue };
                    complement = true;
                    let shares = match usage {
                        Use::Of | Use::Part | Use::One => true,
                        Use::Plain | Use::Home => {
                            matches!(entry.class, ActorClass::Armed | ActorClass::Person)
                        }
                    };
                    if shares {
                        draft.country = draft.country.or(inner.country);
                        draft.sector = draft.sector.or(inner.sector);
                    }
                    let takes_class = usage == Use::Part
                        || (usage == Use::Of
                            && entry.class == ActorClass::Organisation
                            && matches!(inner.class, ActorClass::Armed | ActorClass::People));
                    if takes_class {
                        draft.class = inner.class;
                    }
                    // "des milliers de manifestants" are one mention.
                    if usage == Use::Part {
                        drafts[at] = None;
                    }
                }
                _ => {}
            }
        }
        complement
    }

    fn titled(&self, at: usize, matches: &Matches, row: u32, drafts: &mut [Option<Draft>]) -> Option<Draft> {
        let found = &matches.matches[at];
        let mut draft = self.base(at, matches, self.words(found.tokens.clone()));
        draft.sector = self.entry(row).sector;
        draft.gender = self.entry(row).gender;
        draft.number = Some(Number::Sing);
        draft.reason = "title and name".into();
        let named = self.take_name(&mut draft, at, matches, drafts);
        // A form of address is no part of the name.
        draft.words.start = self.words(found.tokens.clone()).end;
        draft.span = named.then(|| self.span_of(draft.words.clone()))?;
        Some(draft)
    }

    /// *le président français Emmanuel Macron*: the name that follows an office belongs to it.
    fn take_name(
        &self,
        draft: &mut Draft,
        at: usize,
        matches: &Matches,
        drafts: &mut [Option<Draft>],
    ) -> bool {
        let Some(next) = (at + 1..matches.matches.len())
            .take(6)
            .find(|&next| matches.matches[next].named == Named::Person)
        else {
            return false;
        };
        let name = &matches.matches[next];
        let words = self.words(name.tokens.clone());
        let follows = words.start <= draft.words.end && words.start >= draft.words.start;
        if !follows || drafts[next].is_none() {
            return false;
        }
        draft.words = draft.words.start..draft.words.end.max(words.end);
        draft.span = self.span_of(draft.words.clone());
        draft.head = self.syntax.top(draft.words.clone()).unwrap_or(draft.head);
        let former = draft.words.start < self.words(matches.matches[at].tokens.clone()).start;
        if let Identity::Noun { row, usage: Use::One, .. } = draft.identity {
            draft.office = Some(row).filter(|_| !former);
        }
        draft.class = ActorClass::Person;
        draft.identity = Identity::Person(name.tokens.clone());
        draft.gender = draft.gender.or(drafts[next].as_ref().and_then(|name| name.gender));
        drafts[next] = None;
        true
    }
}
