//! Where a text names something of the lexicon, and where it names a person.

use std::collections::HashMap;
use std::ops::Range;

use chronique_syntax::{Deprel, Number, Syntax, Upos, WordId};
use chronique_text::{Span, Text};
use chronique_tokens::{TokenId, TokenKind, Tokens};

use crate::learn::Learned;
use crate::lexicon::{Entry, Kind, NamePart};
use crate::phrases::{Case, Symbol, accents};
use crate::{ActorClass, ActorLexicon};

/// A run of tokens that is in the lexicon, or a person's name.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) tokens: Range<u32>,
    /// The highest of its words.
    pub(crate) head: WordId,
    pub(crate) named: Named,
}

/// What a match is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Named {
    /// A form of a row of the lexicon.
    Row(u32),
    /// A person's name.
    Person,
    /// An organisation that the text itself names, by its number.
    Learned(u32),
}

impl Named {
    pub(crate) fn row(self) -> Option<u32> {
        match self {
            Named::Row(row) => Some(row),
            _ => None,
        }
    }
}

/// The matches of a text, disjoint and in order.
#[derive(Default, Debug)]
pub(crate) struct Matches {
    pub(crate) matches: Vec<Match>,
    pub(crate) learned: Vec<Learned>,
    /// Of matches that the model of names found, by their first tokens, the signs that weighed most.
    pub(crate) weighed: HashMap<u32, String>,
    /// For each word, the match that it belongs to, from 1; 0 for none.
    owner: Vec<u32>,
}

impl Matches {
    /// The match at a token.
    pub(crate) fn at(&self, token: u32) -> Option<&Match> {
        let at = self.matches.partition_point(|found| found.tokens.end <= token);
        self.matches.get(at).filter(|found| found.tokens.start <= token)
    }

    /// Puts matches in the place of those that they overlap; the longer of two new ones stays.
    pub(crate) fn replace(&mut self, mut added: Vec<Match>) {
        if added.is_empty() {
            return;
        }
        added.sort_by_key(|new| (new.tokens.start, std::cmp::Reverse(new.tokens.end)));
        let mut end = 0;
        added.retain(|new| {
            let free = new.tokens.start >= end;
            end = if free { new.tokens.end } else { end };
            free
        });
        self.matches.retain(|old| {
            let at = added.partition_point(|new| new.tokens.end <= old.tokens.start);
            added.get(at).is_none_or(|new| new.tokens.start >= old.tokens.end)
        });
        self.matches.extend(added);
        self.matches.sort_by_key(|found| found.tokens.start);
    }

    /// The match that a word belongs to.
    pub(crate) fn of(&self, word: WordId) -> Option<usize> {
        self.owner[word.index()].checked_sub(1).map(|at| at as usize)
    }

    /// The match that a word heads.
    pub(crate) fn headed_by(&self, word: WordId) -> Option<usize> {
        self.of(word).filter(|&at| self.matches[at].head == word)
    }
}

/// A text with all that is known of its tokens.
pub(crate) struct Reading<'a> {
    pub(crate) lexicon: &'a ActorLexicon,
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a Tokens,
    pub(crate) syntax: &'a Syntax,
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) cases: Vec<Case>,
    /// For each token, the number of its accents.
    marks: Vec<u8>,
    /// For each token, its first word; then the number of words.
    first_word: Vec<u32>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(
        lexicon: &'a ActorLexicon,
        text: &'a Text,
        tokens: &'a Tokens,
        syntax: &'a Syntax,
    ) -> Self {
        let mut buffer = String::new();
        let forms = || tokens.as_slice().iter().map(|token| text.slice(token.span));
        let symbols = forms().map(|form| lexicon.phrases.symbol(form, &mut buffer)).collect();
        let cases = forms().map(Case::of).collect();
        let marks = forms().map(accents).collect();
        let words = syntax.words();
        let mut first_word = Vec::with_capacity(tokens.len() + 1);
        let mut at = 0;
        for token in (0..).map(TokenId).take(tokens.len()) {
            while words.get(at).is_some_and(|word| word.token < token) {
                at += 1;
            }
            first_word.push(u32::try_from(at).expect("a text has at most u32::MAX words"));
        }
        first_word.push(u32::try_from(words.len()).expect("a text has at most u32::MAX words"));
        Reading { lexicon, text, tokens, syntax, symbols, cases, marks, first_word }
    }

    /// The words of a run of tokens.
    pub(crate) fn words(&self, tokens: Range<u32>) -> Range<u32> {
        self.first_word[tokens.start as usize]..self.first_word[tokens.end as usize]
    }

    /// The source of a run of tokens; not empty.
    pub(crate) fn span(&self, tokens: Range<u32>) -> Span {
        let of = |token: u32| self.tokens.token(TokenId(token)).span;
        of(tokens.start).cover(of(tokens.end - 1))
    }

    /// The source of a token.
    pub(crate) fn form(&self, token: u32) -> &'a str {
        self.text.slice(self.tokens.token(TokenId(token)).span)
    }

    pub(crate) fn entry(&self, entry: u32) -> &'a Entry {
        &self.lexicon.entries[entry as usize]
    }

    /// The preposition of a nominal, as written in its lemma.
    pub(crate) fn preposition(&self, head: WordId) -> Option<WordId> {
        self.syntax.child(head, Deprel::Case)
    }

    /// The matches of the whole text.
    pub(crate) fn matches(&self) -> Matches {
        let mut found = self.matches_by_rules();
        self.weigh_unlisted(&mut found);
        self.settle_twins(&mut found);
        found.owner = vec![0; self.syntax.words().len()];
        for (number, found_match) in (1..).zip(&found.matches) {
            for word in self.words(found_match.tokens.clone()) {
                found.owner[word as usize] = number;
            }
        }
        found
    }

    /// What the lists hold and the rules find.
    pub(crate) fn matches_by_rules(&self) -> Matches {
        let mut found = Matches::default();
        for sentence in self.tokens.sentences() {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let rest = at..sentence.tokens.end;
                let known = self.known(rest.clone());
                let person = self
                    .person(rest, &found)
                    .filter(|name| known.as_ref().is_none_or(|known| known.tokens.len() < name.tokens.len()));
                match person.or(known) {
                    Some(next) => {
                        at = next.tokens.end;
                        found.matches.push(next);
                    }
                    None => at += 1,
                }
            }
        }
        self.learn_acronyms(&mut found);
        self.learn_apposed_names(&mut found);
        self.learn_last_names(&mut found);
        found
    }

    /// Gives a demonym that two countries share to the one that the text names: *l'armée congolaise* is Brazzaville's
    /// where only Brazzaville is named.
    fn settle_twins(&self, found: &mut Matches) {
        let state = |known: &Match| {
            let row = known.named.row().map(|row| self.entry(row))?;
            matches!(row.kind, Kind::State | Kind::Seat).then_some(row.whole)
        };
        let whole = |row: u32| self.entry(row).whole;
        for &(own, twin) in &self.lexicon.twins {
            let names = |row: u32| found.matches.iter().any(|known| state(known) == Some(whole(row)));
            if found.matches.iter().any(|known| known.named == Named::Row(own)) && !names(own) && names(twin)
            {
                let shared = found.matches.iter_mut().filter(|known| known.named == Named::Row(own));
                shared.for_each(|known| known.named = Named::Row(twin));
            }
        }
    }

    /// The longest form of the lexicon at the start of a run.
    fn known(&self, rest: Range<u32>) -> Option<Match> {
        let range = rest.start as usize..rest.end as usize;
        let mut head = None;
        let (entry, len) = self.lexicon.phrases.longest(
            &self.symbols[range.clone()],
            &self.cases[range.clone()],
            &self.marks[range],
            |entry, len| {
                let end = rest.start + u32::try_from(len).expect("within the text");
                let top = self.syntax.top(self.words(rest.start..end));
                let fits = top.is_some_and(|top| self.fits(self.entry(entry), top, rest.start, end));
                if fits {
                    head = top;
                }
                fits
            },
        )?;
        let end = rest.start + u32::try_from(len).expect("within the text");
        Some(Match { tokens: rest.start..end, head: head?, named: Named::Row(entry) })
    }

    /// Whether the words under a form are used as its row says.
    fn fits(&self, entry: &Entry, top: WordId, start: u32, end: u32) -> bool {
        let word = self.syntax.word(top);
        let single = end - start == 1;
        match entry.kind {
            Kind::Nothing => true,
            Kind::Title => {
                let next = end as usize;
                self.cases.get(next).is_some_and(|&case| case != Case::Small)
                    && self.tokens.token(TokenId(end)).kind == TokenKind::Word
            }
            Kind::Demonym | Kind::People => {
                matches!(word.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::X)
            }
            Kind::Noun(_) if single => match word.upos {
                Upos::Noun | Upos::Propn => !self.qualifies(top),
                // Nouns made of adjectives: "les rebelles", "deux militaires".
                Upos::Adj => {
                    let first = self.first_conjunct(top);
                    let determined = word.morph.number() == Some(Number::Plur)
                        || self.syntax.children(first).any(|child| {
                            matches!(self.syntax.word(child).deprel, Deprel::Det | Deprel::Nummod)
                        });
                    determined && is_argument(self.syntax.word(first).deprel)
                }
                _ => false,
            },
            _ if single => !matches!(
                word.upos,
                Upos::Verb
                    | Upos::Aux
                    | Upos::Adv
                    | Upos::Det
                    | Upos::Cconj
                    | Upos::Sconj
                    | Upos::Adp
                    | Upos::Punct
            ),
            _ => true,
        }
    }

    /// Whether a noun only qualifies the one right before: *une mosquée sunnite*, *l'attaque terroriste*.
    fn qualifies(&self, noun: WordId) -> bool {
        let word = self.syntax.word(noun);
        let before = noun.0.checked_sub(1).map(WordId).filter(|&before| word.head == Some(before));
        let modifies = match word.deprel.base() {
            Deprel::Amod => true,
            Deprel::Nmod => self.syntax.children(noun).all(|child| {
                !matches!(self.syntax.word(child).deprel, Deprel::Case | Deprel::Det | Deprel::Nummod)
            }),
            _ => false,
        };
        modifies && before.is_some_and(|before| self.syntax.word(before).upos == Upos::Noun)
    }

    /// A person's name at the start of a run: a given name and what follows, or what follows a title.
    fn person(&self, rest: Range<u32>, found: &Matches) -> Option<Match> {
        let start = rest.start;
        if self.cases[start as usize] == Case::Small
            || self.tokens.token(TokenId(start)).kind != TokenKind::Word
        {
            return None;
        }
        let given = matches!(self.part(start), Some(NamePart::Given(_)));
        let titled = self.after_title(start, found);
        if !given && !titled {
            return None;
        }
        let end = self.name_end(rest);
        if end - start < 2 && !titled {
            return None;
        }
        let head = self.syntax.top(self.words(start..end))?;
        let nominal = matches!(self.syntax.word(head).upos, Upos::Propn | Upos::Noun | Upos::X | Upos::Adj);
        let whole = nominal || (given && end - start > 1);
        (whole && !self.inside_another_name(start, found)).then_some(Match {
            tokens: start..end,
            head,
            named: Named::Person,
        })
    }

    pub(crate) fn part(&self, token: u32) -> Option<NamePart> {
        self.lexicon.given.get(&self.symbols[token as usize]).copied()
    }

    /// *al-Sissi*, *el-Béchir*: a particle and a name in one token.
    fn has_particle(&self, token: u32) -> bool {
        self.form(token).split_once('-').is_some_and(|(particle, name)| {
            let symbol = self.lexicon.phrases.symbol(particle, &mut String::new());
            let known = self.lexicon.given.get(&symbol) == Some(&NamePart::Particle);
            known && name.starts_with(char::is_uppercase)
        })
    }

    /// The end of a name: capitalised words, with particles between them.
    fn name_end(&self, rest: Range<u32>) -> u32 {
        /// No name is longer; a page in capitals is no name.
        const LONGEST: u32 = 6;
        let limit = rest.end.min(rest.start + LONGEST);
        let capital = |token: u32| {
            token < limit
                && (self.cases[token as usize] != Case::Small || self.has_particle(token))
                && self.tokens.token(TokenId(token)).kind == TokenKind::Word
        };
        let particle = |token: u32| token < limit && self.part(token) == Some(NamePart::Particle);
        let mut end = rest.start + 1;
        loop {
            if capital(end) {
                end += 1;
            } else if particle(end) && capital(end + 1) && self.joins(end, limit) {
                end += 2;
            } else if particle(end) && particle(end + 1) && capital(end + 2) {
                end += 3;
            } else {
                return end.min(limit);
            }
            if end >= limit {
                return limit;
            }
        }
    }

    /// Whether a particle goes on with the name: *Dominique de Villepin*, not *Marie de France*.
    fn joins(&self, particle: u32, end: u32) -> bool {
        let preposition =
            self.words(particle..particle + 1).any(|word| self.syntax.word(WordId(word)).upos == Upos::Adp);
        let known = || self.known(particle + 1..end).and_then(|known| known.named.row());
        !preposition || known().is_none_or(|row| !matches!(self.entry(row).kind, Kind::State | Kind::Seat))
    }

    /// Whether a form of address or an office stands right before, perhaps with a demonym between.
    fn after_title(&self, start: u32, found: &Matches) -> bool {
        let mut end = start;
        for before in found.matches.iter().rev().take(3) {
            let Some(entry) = before.named.row().filter(|_| before.tokens.end == end) else { return false };
            let entry = self.entry(entry);
            match entry.kind {
                Kind::Title => return true,
                Kind::Noun(_) if entry.class == ActorClass::Person => return true,
                Kind::Noun(_) => {
                    let singular = self.syntax.word(before.head).morph.number() != Some(Number::Plur);
                    let personal = matches!(entry.class, ActorClass::Armed | ActorClass::People);
                    return singular && personal;
                }
                Kind::Demonym | Kind::People => end = before.tokens.start,
                _ => return false,
            }
        }
        false
    }

    /// Whether what looks like a person's name is a part of another: of an organisation, a street, a prize.
    fn inside_another_name(&self, start: u32, found: &Matches) -> bool {
        let Some(last) = found.matches.last().filter(|last| last.tokens.end == start) else { return false };
        // "Fondation Jean Jaurès", "université Cheikh Anta Diop", but not "ministère Jean Dupont".
        let capital = self.cases[last.tokens.start as usize] != Case::Small;
        last.named.row().is_none_or(|entry| {
            let entry = self.entry(entry);
            entry.class == ActorClass::Organisation
                || (entry.class == ActorClass::Institution && capital)
                || entry.kind == Kind::Nothing
        })
    }
}

/// Whether a relation is one of a noun: a subject, an object, an oblique…
pub(crate) fn is_argument(deprel: Deprel) -> bool {
    matches!(
        deprel.base(),
        Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Iobj | Deprel::Nmod | Deprel::Conj | Deprel::Root
    )
}
