//! Persons and organisations that no list has: the model of names tells them by how they are written and what stands around them.

use std::collections::HashMap;
use std::ops::Range;

use chronique_names::{Fact, Name, NameClass, NameModel, name_runs};
use chronique_syntax::{Syntax, Upos, WordId};
use chronique_text::Text;
use chronique_tokens::Tokens;

use crate::ActorLexicon;
use crate::learn::Learned;
use crate::lexicon::{Kind, NamePart};
use crate::matches::{Match, Matches, Named, Reading};
use crate::phrases::Case;

/// By how much a person must win for a name that no list has.
const PERSON: i32 = 120;

/// By how much an organisation must.
const ORGANISATION: i32 = 200;

/// A name in a text that no list has, of which the model of names is asked, or may learn.
#[derive(Clone, Debug)]
pub struct UnlistedName {
    /// The indices of its tokens.
    pub run: Range<u32>,
    /// What the lists say of its words and neighbours.
    pub known: Vec<Fact>,
}

impl ActorLexicon {
    /// The names that the model of names is asked of, with the facts that it is told: for training it, and for measuring it.
    #[must_use]
    pub fn unlisted_names(&self, text: &Text, tokens: &Tokens, syntax: &Syntax) -> Vec<UnlistedName> {
        let reading = Reading::new(self, text, tokens, syntax);
        reading.unlisted(&reading.matches_by_rules())
    }
}

impl Reading<'_> {
    /// Adds the persons and organisations that the model of names finds, and the last names of such persons.
    pub(crate) fn weigh_unlisted(&self, found: &mut Matches) {
        let model = NameModel::french();
        let mut organisations: HashMap<String, u32> = HashMap::new();
        let (mut added, mut persons) = (Vec::new(), false);
        for UnlistedName { run, known } in self.unlisted(found) {
            let Some(name) = Name::new(self.text, self.tokens, self.syntax, run.clone()) else { continue };
            if self.names_a_noun(&run, found) {
                continue;
            }
            let name = name.known(&known);
            let weighed = model.weigh(&name);
            let class = weighed.class();
            let Some(head) = self.syntax.top(self.words(run.clone())) else { continue };
            let named = match class {
                NameClass::Person if weighed.margin(class) > PERSON => {
                    persons = true;
                    Named::Person
                }
                NameClass::Organisation
                    if weighed.margin(class) > ORGANISATION && !self.completes(&run, found) =>
                {
                    let words = run.clone().map(|token| self.folded(token)).collect::<Vec<_>>().join(" ");
                    Named::Learned(*organisations.entry(words).or_insert_with(|| {
                        found.learned.push(Learned { long: run.clone(), noun: None });
                        u32::try_from(found.learned.len() - 1).expect("fewer names than tokens")
                    }))
                }
                _ => continue,
            };
            let signs =
                model.told(&name, class).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            found.weighed.insert(
                run.start,
                format!(
                    "weighed as {}: {signs}",
                    if class == NameClass::Person { "a person" } else { "an organisation" }
                ),
            );
            added.push(Match { tokens: run, head, named });
        }
        found.replace(added);
        if persons {
            self.learn_last_names(found);
        }
    }

    /// Whether a noun right before, perhaps with adjectives, or a particle has the name: *l'agence X*, *le lycée X*, *la chaîne locale X*.
    fn names_a_noun(&self, run: &Range<u32>, found: &Matches) -> bool {
        let upos =
            |token: u32| self.words(token..token + 1).next().map(|word| self.syntax.word(WordId(word)).upos);
        let small = |token: &u32| self.cases[*token as usize] == Case::Small;
        let mut left = (run.start.saturating_sub(3)..run.start).rev();
        let Some(before) = left.find(|token| upos(*token) != Some(Upos::Adj) || !small(token)) else {
            return false;
        };
        let particle = before + 1 == run.start && self.part(before) == Some(NamePart::Particle);
        (particle && upos(before) != Some(Upos::Adp))
            || (upos(before) == Some(Upos::Noun) && small(&before))
            || self.is_noun_match(before, found)
    }

    fn is_noun_match(&self, token: u32, found: &Matches) -> bool {
        let row = found.at(token).and_then(|known| known.named.row());
        row.is_some_and(|row| matches!(self.entry(row).kind, Kind::Noun(_)))
    }

    /// Whether a name completes a noun of an actor: *l'université de X*.
    fn completes(&self, run: &Range<u32>, found: &Matches) -> bool {
        let linked = |at: u32| matches!(self.form(at), "de" | "du" | "d'" | "d’" | "l'" | "l’" | "la");
        let mut at = run.start;
        while let Some(before) = at.checked_sub(1).filter(|&before| linked(before) && run.start - before <= 2)
        {
            at = before;
        }
        at < run.start && at.checked_sub(1).is_some_and(|noun| self.is_noun_match(noun, found))
    }

    /// The runs of capitalised words outside all matches.
    pub(crate) fn unlisted(&self, found: &Matches) -> Vec<UnlistedName> {
        let runs = name_runs(self.text, self.tokens, self.syntax).into_iter();
        let free = runs.filter(|run| run.clone().all(|token| found.at(token).is_none()));
        free.map(|run| UnlistedName { known: self.facts(&run, found), run }).collect()
    }

    fn facts(&self, run: &Range<u32>, found: &Matches) -> Vec<Fact> {
        let mut known = vec![("by the rules", "no actor")];
        if matches!(self.part(run.start), Some(NamePart::Given(_))) {
            known.push(("first word", "a given name"));
        }
        if run.len() > 1 && matches!(self.part(run.end - 1), Some(NamePart::Given(_))) {
            known.push(("last word", "a given name"));
        }
        if let Some(before) = run.start.checked_sub(1) {
            if let Some(said) = self.said(before, found) {
                known.push(("right before", said));
            }
            let over = before
                .checked_sub(1)
                .filter(|_| matches!(self.form(before), "de" | "du" | "d'" | "d’" | "," | "l'"));
            if let Some(said) = over.and_then(|over| self.said(over, found)) {
                known.push(("over a link", said));
            }
        }
        if let Some(said) = self.said(run.end, found) {
            known.push(("right after", said));
        }
        if let Some(said) = self.said(run.end + 1, found).filter(|_| matches!(self.form(run.end), "," | "("))
        {
            known.push(("after a mark", said));
        }
        known
    }

    /// What the match at a token is.
    fn said(&self, token: u32, found: &Matches) -> Option<&'static str> {
        Some(match found.at(token)?.named {
            Named::Person => "person",
            Named::Learned(_) => "organisation",
            Named::Row(row) => {
                let entry = self.entry(row);
                match entry.kind {
                    Kind::State | Kind::Seat => "state",
                    Kind::Demonym | Kind::People => "demonym",
                    Kind::Title => "title",
                    Kind::Nothing => "nothing",
                    Kind::Name => "name of an organisation",
                    Kind::Noun(_) => entry.class.as_str(),
                }
            }
        })
    }
}
