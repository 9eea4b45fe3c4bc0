//! Which mentions name the same actor.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use chronique_syntax::{Deprel, Gender, Number, Upos, WordId};
use chronique_text::{Span, fold_into};
use chronique_tokens::TokenId;

use crate::actor::{Actor, ActorId, ActorMention};
use crate::lexicon::Use;
use crate::matches::{Matches, Reading};
use crate::reader::{Draft, Identity};
use crate::{ActorClass, Actors, Country, Sector};

/// How many mentions back a noun or pronoun is looked up: further back it means another one.
const WITHIN: usize = 60;

/// Gives each draft, in the order of their heads, its actor.
pub(crate) fn link(
    reading: &Reading<'_>,
    matches: &Matches,
    drafts: Vec<Draft>,
    adjectives: Vec<Draft>,
) -> Actors {
    let pronouns = reading.pronouns(&drafts);
    let mut linker = Linker::new(reading, matches, drafts.len() + pronouns.len());
    let mut pronouns = pronouns.into_iter().peekable();
    for draft in drafts {
        while let Some(pronoun) = pronouns.next_if(|pronoun| pronoun.head < draft.head) {
            linker.pronoun(&pronoun);
        }
        linker.draft(draft);
    }
    pronouns.for_each(|pronoun| linker.pronoun(&pronoun));
    let adjectives = adjectives.into_iter().map(|draft| linker.adjective(draft)).collect();
    Actors { actors: linker.actors, mentions: linker.mentions, adjectives }
}

/// A personal pronoun that stands for somebody.
struct Pronoun {
    head: WordId,
    /// Whether it follows its verb, as that of an inserted clause does.
    speaks: bool,
    /// Whether it points at who was named last: *celui-ci*, *ce dernier*.
    points: bool,
    gender: Option<Gender>,
    number: Number,
}

/// What a later mention may be compared with.
struct Known {
    class: ActorClass,
    gender: Option<Gender>,
    number: Option<Number>,
    subject: bool,
    /// A row's name, a person's name or a described phrase, not a bare noun or pronoun.
    full: bool,
    row: Option<u32>,
    named: bool,
}

struct Linker<'r, 'a> {
    reading: &'r Reading<'a>,
    matches: &'r Matches,
    actors: Vec<Actor>,
    mentions: Vec<ActorMention>,
    /// Parallel to `mentions`.
    known: Vec<Known>,
    rows: HashMap<u32, ActorId>,
    /// The organisations that the text explains.
    learned: HashMap<u32, ActorId>,
    /// The one armed force, government or president of a country.
    offices: HashMap<(u32, Country), ActorId>,
    /// Persons by their folded last name, the last one named.
    persons: HashMap<Box<str>, ActorId>,
    /// The actors that have a person's name.
    named: HashSet<ActorId>,
    /// Described actors by their folded words.
    phrases: HashMap<Box<str>, ActorId>,
    /// The last mention of each noun.
    nouns: HashMap<u32, u32>,
    buffer: String,
}

impl<'r, 'a> Linker<'r, 'a> {
    fn new(reading: &'r Reading<'a>, matches: &'r Matches, capacity: usize) -> Self {
        Linker {
            reading,
            matches,
            actors: Vec::new(),
            mentions: Vec::with_capacity(capacity),
            known: Vec::with_capacity(capacity),
            rows: HashMap::new(),
            learned: HashMap::new(),
            offices: HashMap::new(),
            persons: HashMap::new(),
            named: HashSet::new(),
            phrases: HashMap::new(),
            nouns: HashMap::new(),
            buffer: String::new(),
        }
    }

    fn draft(&mut self, draft: Draft) {
        let (actor, taken_up) = match &draft.identity {
            Identity::Row(row) => (self.row(*row, &draft), None),
            Identity::Learned(number) => (self.learned(*number, &draft), None),
            Identity::Person(name) => (self.person(name.clone(), &draft), None),
            Identity::Noun { row, usage, definite } => match self.beside(&draft) {
                Some(before) => (self.mentions[before as usize].actor, None),
                None => self.noun(*row, *usage, *definite, &draft),
            },
        };
        if let (Some(row), Some(country)) = (draft.office, draft.country) {
            self.offices.entry((row, country)).or_insert(actor);
        }
        let row = match draft.identity {
            Identity::Row(row) | Identity::Noun { row, .. } => Some(row),
            Identity::Person(_) | Identity::Learned(_) => None,
        };
        let known = Known {
            class: draft.class,
            gender: draft.gender,
            number: draft.number,
            subject: self.reading.is_subject(draft.head),
            full: taken_up.is_none(),
            row,
            named: !matches!(draft.identity, Identity::Noun { .. }),
        };
        if let Identity::Noun { row, .. } = draft.identity {
            self.nouns.insert(row, index(self.mentions.len()));
        }
        let mut mention = mention(&draft, actor);
        if let Some(full) = taken_up.map(|at| &self.mentions[at as usize]) {
            mention.class = full.class;
            mention.country = mention.country.or(full.country);
            mention.sector = full.sector.or(mention.sector);
        }
        self.push(mention, known);
    }

    fn push(&mut self, mention: ActorMention, known: Known) {
        let at = index(self.mentions.len());
        let actor = &mut self.actors[mention.actor.0 as usize];
        actor.country = actor.country.or(mention.country);
        actor.sector = actor.sector.or(mention.sector);
        actor.mentions.push(at);
        self.mentions.push(mention);
        self.known.push(known);
    }

    fn new_actor(&mut self, name: Arc<str>, draft: &Draft) -> ActorId {
        let id = ActorId(index(self.actors.len()));
        self.actors.push(Actor { name, country: draft.country, sector: draft.sector, mentions: Vec::new() });
        id
    }

    fn new_from_words(&mut self, span: Span, draft: &Draft) -> ActorId {
        let name = self.reading.text.slice(span).into();
        self.new_actor(name, draft)
    }

    fn row(&mut self, row: u32, draft: &Draft) -> ActorId {
        if let Some(&actor) = self.rows.get(&row) {
            return actor;
        }
        let actor = self.new_actor(self.reading.entry(row).name.clone(), draft);
        self.rows.insert(row, actor);
        actor
    }

    fn learned(&mut self, number: u32, draft: &Draft) -> ActorId {
        if let Some(&actor) = self.learned.get(&number) {
            return actor;
        }
        let long = self.matches.learned[number as usize].long.clone();
        let actor = self.new_from_words(self.reading.span(long), draft);
        self.learned.insert(number, actor);
        actor
    }

    /// The person of a name: the same last name, and no other given name.
    fn person(&mut self, name: Range<u32>, draft: &Draft) -> ActorId {
        let reading = self.reading;
        let form = |token: u32| reading.text.slice(reading.tokens.token(TokenId(token)).span);
        self.buffer.clear();
        fold_into(form(name.end - 1), &mut self.buffer);
        let span = reading.span(name.clone());
        if let Some(&actor) = self.persons.get(self.buffer.as_str()) {
            let full = &mut self.actors[actor.0 as usize].name;
            let written = reading.text.slice(span);
            if are_compatible(full, written) {
                if written.len() > full.len() {
                    *full = written.into();
                }
                return actor;
            }
        }
        let last: Box<str> = self.buffer.as_str().into();
        let actor = self.unnamed(draft).unwrap_or_else(|| self.new_from_words(span, draft));
        self.actors[actor.0 as usize].name = reading.text.slice(span).into();
        self.persons.insert(last, actor);
        self.named.insert(actor);
        actor
    }

    /// The holder of an office who gets a name now: *le porte-parole de la police, Ana Diaz*, or *le
    /// président malien* before *le président malien Assimi Goïta*.
    fn unnamed(&mut self, draft: &Draft) -> Option<ActorId> {
        if let Some(before) =
            self.beside(draft).filter(|&at| !self.named.contains(&self.mentions[at as usize].actor))
        {
            let next = index(self.mentions.len());
            self.mentions[before as usize].stands_for = Some(next);
            return Some(self.mentions[before as usize].actor);
        }
        let office = self.offices.get(&(draft.office?, draft.country?)).copied();
        office.filter(|actor| !self.named.contains(actor))
    }

    /// The person that a mention is in apposition to or, as a predicate, is said of.
    fn beside(&self, draft: &Draft) -> Option<u32> {
        let syntax = self.reading.syntax;
        if draft.class != ActorClass::Person || draft.number == Some(Number::Plur) {
            return None;
        }
        let apposed = Some(draft.head).filter(|&head| syntax.word(head).deprel == Deprel::Appos);
        let other = apposed.and_then(|head| syntax.head(head)).or_else(|| {
            let clause = syntax.child(draft.head, Deprel::Cop).map(|_| draft.head);
            // No verb has two subjects: the second is an apposition that the tree missed.
            let verb = syntax.head(draft.head).filter(|_| syntax.word(draft.head).deprel == Deprel::Nsubj);
            syntax.child(clause.or(verb)?, Deprel::Nsubj).filter(|&subject| subject < draft.head)
        })?;
        // "le porte-parole de la police, Ana Diaz": the tree may hang the name on the last noun.
        let above = std::iter::successors(Some(other), |&noun| {
            syntax.head(noun).filter(|_| syntax.word(noun).deprel == Deprel::Nmod)
        });
        let mentions = above
            .take(4)
            .filter_map(|noun| self.mentions.binary_search_by_key(&noun, |mention| mention.head).ok());
        let mut persons = mentions.filter(|&at| {
            self.mentions[at].class == ActorClass::Person && self.known[at].number != Some(Number::Plur)
        });
        persons.next().map(index)
    }

    fn noun(&mut self, row: u32, usage: Use, definite: bool, draft: &Draft) -> (ActorId, Option<u32>) {
        if let Some(country) = draft.country.filter(|_| usage == Use::One) {
            if let Some(&actor) = self.offices.get(&(row, country)) {
                return (actor, None);
            }
            let actor = self.new_from_words(draft.span, draft);
            self.offices.insert((row, country), actor);
            return (actor, None);
        }
        let bare = draft.bare;
        if bare
            && definite
            && let Some(before) = self.antecedent(row, usage, draft)
        {
            return (self.mentions[before as usize].actor, Some(before));
        }
        self.buffer.clear();
        fold_into(self.reading.text.slice(draft.span), &mut self.buffer);
        if definite && let Some(&actor) = self.phrases.get(self.buffer.as_str()) {
            return (actor, None);
        }
        let phrase: Box<str> = self.buffer.as_str().into();
        let actor = self.new_from_words(draft.span, draft);
        self.phrases.insert(phrase, actor);
        (actor, None)
    }

    /// The mention that *le ministère*, *le groupe* takes up: the last with the same noun, or the last
    /// organisation whose name starts with it, or for nouns such as *groupe* the last armed group, party or company.
    fn antecedent(&self, row: u32, usage: Use, draft: &Draft) -> Option<u32> {
        let same = self.nouns.get(&row).copied().filter(|&at| {
            let known = &self.known[at as usize];
            known.number == draft.number && self.mentions[at as usize].class == draft.class
        });
        let singular = draft.number != Some(Number::Plur);
        let group = singular && draft.class == ActorClass::Organisation;
        let from = self.mentions.len().saturating_sub(WITHIN);
        let name = (from..self.mentions.len()).rev().filter(|_| group).find(|&at| {
            let known = &self.known[at];
            let joins = matches!(self.mentions[at].sector, Some(Sector::Pty | Sector::Opp | Sector::Bus));
            let group = known.class == ActorClass::Armed || joins;
            known.full
                && known.named
                && ((usage == Use::Of && group)
                    || known.row.is_some_and(|named| self.starts_with(named, row)))
        });
        same.into_iter().chain(name.map(index)).max()
    }

    fn starts_with(&self, name: u32, noun: u32) -> bool {
        let (name, noun) = (&self.reading.entry(name).name, &self.reading.entry(noun).name);
        let first = name.split(' ').next().unwrap_or_default();
        first.to_lowercase() == noun.to_lowercase()
    }

    fn pronoun(&mut self, pronoun: &Pronoun) {
        let Some(at) = self.pronoun_antecedent(pronoun) else { return };
        let target = &self.mentions[at as usize];
        let mention = ActorMention {
            span: self.reading.syntax.word(pronoun.head).span,
            head: pronoun.head,
            actor: target.actor,
            class: target.class,
            country: target.country,
            sector: target.sector,
            count: None,
            stands_for: Some(target.stands_for.unwrap_or(at)),
            reason: "pronoun".into(),
        };
        let known = Known {
            class: mention.class,
            gender: pronoun.gender,
            number: Some(pronoun.number),
            subject: true,
            full: false,
            row: None,
            named: false,
        };
        self.push(mention, known);
    }

    /// The nearest subject before, in the same or the preceding sentence, of the same gender and number; a
    /// speaker (*explique-t-il*) is a person, if there is one. If no subject agrees: the only mention
    /// there that does, if it is a person's name or the pronoun is plural.
    fn pronoun_antecedent(&self, pronoun: &Pronoun) -> Option<u32> {
        let syntax = self.reading.syntax;
        let sentence = syntax.sentence_of(pronoun.head);
        let nearby = |sentences: usize| {
            let from = syntax.sentence(sentence.saturating_sub(sentences)).start;
            let back = (0..self.mentions.len()).rev().take(WITHIN);
            back.take_while(move |&at| self.mentions[at].head.0 >= from)
                .filter(|&at| self.agrees(at, pronoun))
        };
        let subject = |at: &usize| self.known[*at].subject;
        let person = |at: &usize| self.mentions[*at].class == ActorClass::Person;
        if pronoun.speaks
            && let Some(at) = nearby(2).filter(subject).find(person)
        {
            return Some(index(at));
        }
        let plural = pronoun.number == Number::Plur;
        let mut others = nearby(1).filter(|&at| self.mentions[at].class != ActorClass::State);
        let only = others.next().filter(|_| others.next().is_none());
        // *La police a arrêté un homme. Il a été placé…*
        let people = |at: &usize| self.mentions[*at].class == ActorClass::People;
        let only = only.filter(|at| plural || people(at) || (person(at) && self.known[*at].named));
        if pronoun.points {
            return nearby(1).find(|at| self.mentions[*at].class != ActorClass::State).map(index);
        }
        // Who a text is about is named every few sentences.
        let about = |at: &usize| person(at) && self.known[*at].named;
        let about = (!plural).then(|| nearby(3).filter(about).find(subject)).flatten();
        nearby(1).find(subject).or(only).or(about).map(index)
    }

    fn agrees(&self, at: usize, pronoun: &Pronoun) -> bool {
        let known = &self.known[at];
        let gender = known.gender.is_none() || pronoun.gender.is_none() || known.gender == pronoun.gender;
        let number = match pronoun.number {
            Number::Sing => known.number != Some(Number::Plur),
            Number::Plur => known.number == Some(Number::Plur),
        };
        gender && number
    }

    fn adjective(&mut self, draft: Draft) -> ActorMention {
        let Identity::Row(row) = draft.identity else { unreachable!("adjectives are rows") };
        let actor = self.row(row, &draft);
        mention(&draft, actor)
    }
}

/// Whether two names with the same last name can be one person's: *Macron*, *E. Macron*, *Emmanuel Macron*.
fn are_compatible(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let (given, of_long) = (short.split_whitespace().next(), long.split_whitespace().next());
    let (Some(given), Some(of_long)) = (given, of_long) else { return false };
    let initial = given.strip_suffix('.').is_some_and(|initial| of_long.starts_with(initial));
    long.ends_with(short) || given == of_long || initial
}

fn mention(draft: &Draft, actor: ActorId) -> ActorMention {
    ActorMention {
        span: draft.span,
        head: draft.head,
        actor,
        class: draft.class,
        country: draft.country,
        sector: draft.sector,
        count: draft.count,
        stands_for: None,
        reason: draft.reason.clone(),
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).expect("a text has at most u32::MAX words")
}

impl Reading<'_> {
    fn is_subject(&self, head: WordId) -> bool {
        let first = self.first_conjunct(head);
        matches!(self.syntax.word(first).deprel.base(), Deprel::Nsubj)
    }

    /// The third-person subject pronouns that are not heads of mentions and not impersonal.
    fn pronouns(&self, drafts: &[Draft]) -> Vec<Pronoun> {
        let mut pronouns = Vec::new();
        if drafts.is_empty() {
            return pronouns;
        }
        for (at, word) in (0..).zip(self.syntax.words()) {
            let head = WordId(at);
            let pointer = self.pointer(head);
            let subject = word.upos == Upos::Pron && word.deprel.base() == Deprel::Nsubj;
            if pointer.is_none() && (!subject || self.is_impersonal(head)) {
                continue;
            }
            let form = self.syntax.form(head, self.text).trim_start_matches(['-', '\u{2010}', '\u{2011}']);
            let third = match form.trim_start_matches("t-") {
                "il" | "Il" => Some((Gender::Masc, Number::Sing)),
                "elle" | "Elle" => Some((Gender::Fem, Number::Sing)),
                "ils" | "Ils" => Some((Gender::Masc, Number::Plur)),
                "elles" | "Elles" => Some((Gender::Fem, Number::Plur)),
                _ => None,
            };
            let Some((gender, number)) = pointer.or(third) else { continue };
            // "ils" may take up a group of both, or people of a noun of the other gender.
            let gender = Some(gender).filter(|_| number == Number::Sing);
            let speaks = word.head.is_some_and(|verb| verb < head);
            pronouns.push(Pronoun { head, speaks, points: pointer.is_some(), gender, number });
        }
        pronouns
    }

    /// *celui-ci*, *ce dernier*: what points at who was named last, and its gender and number.
    fn pointer(&self, head: WordId) -> Option<(Gender, Number)> {
        match self.syntax.form(head, self.text) {
            "celui-ci" | "Celui-ci" => Some((Gender::Masc, Number::Sing)),
            "celle-ci" | "Celle-ci" => Some((Gender::Fem, Number::Sing)),
            "ceux-ci" | "Ceux-ci" => Some((Gender::Masc, Number::Plur)),
            "celles-ci" | "Celles-ci" => Some((Gender::Fem, Number::Plur)),
            form @ ("dernier" | "dernière" | "derniers" | "dernières") => {
                let det = head.0.checked_sub(1).map(WordId).filter(|&det| self.syntax.lemma(det) == "ce")?;
                let next = self.syntax.words().get(head.index() + 1).map(|next| next.upos);
                // In *ce dernier a été arrêté* the tree may make the adjective the root.
                let before_verb = matches!(next, Some(Upos::Aux | Upos::Verb));
                let own = self.syntax.word(head).head != Some(WordId(head.0 + 1))
                    && self.syntax.word(det).upos == Upos::Det
                    && (before_verb || crate::matches::is_argument(self.syntax.word(head).deprel));
                let number = if form.ends_with('s') { Number::Plur } else { Number::Sing };
                let gender = if form.starts_with("dernière") { Gender::Fem } else { Gender::Masc };
                own.then_some((gender, number))
            }
            _ => None,
        }
    }

    /// *il faut*, *il y a*, *il est inutile de*.
    fn is_impersonal(&self, pronoun: WordId) -> bool {
        let Some(verb) = self.syntax.head(pronoun) else { return true };
        let adjective = self.syntax.word(verb).upos == Upos::Adj;
        matches!(self.syntax.lemma(verb), "falloir" | "pleuvoir" | "neiger")
            || self.syntax.children(verb).take(WITHIN).filter(|&child| child > pronoun).any(
                |child| match self.syntax.word(child).deprel {
                    Deprel::Csubj | Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl => {
                        let mark = self
                            .syntax
                            .child(child, Deprel::Mark)
                            .map(|mark| self.syntax.form(mark, self.text));
                        adjective
                            && child > verb
                            && matches!(mark, Some("de" | "d'" | "d’" | "que" | "qu'" | "qu’" | "si" | "s'"))
                    }
                    other => other.base() == Deprel::Expl && self.syntax.form(child, self.text) == "y",
                },
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_person() {
        for (a, b, expected) in [
            ("Macron", "Emmanuel Macron", true),
            ("E. Macron", "Emmanuel Macron", true),
            ("Emmanuel Macron", "Emmanuel Macron", true),
            ("Recep Tayyip Erdogan", "Tayyip Erdogan", true),
            ("Jean Macron", "Jean-Michel Macron", false),
            ("Brigitte Macron", "Emmanuel Macron", false),
            ("B. Macron", "Emmanuel Macron", false),
        ] {
            assert_eq!(are_compatible(a, b), expected, "{a} / {b}");
            assert_eq!(are_compatible(b, a), expected, "{b} / {a}");
        }
    }
}
