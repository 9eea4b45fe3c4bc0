use std::collections::HashMap;
use std::sync::Arc;

use chronique_syntax::{Gender, Syntax};
use chronique_text::Text;
use chronique_tokens::{TokenId, Tokenizer, Tokens};

use crate::phrases::{Phrases, Symbol};
use crate::tsv::{Cell, Table};
use crate::{ActorClass, ActorLexiconError, Actors, Country, Sector};

const COUNTRIES: &str = include_str!("../data/countries.tsv");
const ORGANISATIONS: &str = include_str!("../data/organisations.tsv");
const NOUNS: &str = include_str!("../data/agents.tsv");
const TITLES: &str = include_str!("../data/titles.tsv");
const VERBS: &str = include_str!("../data/verbs.tsv");
const GIVEN_NAMES: &str = include_str!("../data/given_names.tsv");

/// What a row of the lists says a form is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// The name of a country.
    State,
    /// A capital or palace that stands for a government.
    Seat,
    /// An adjective and noun of a state's inhabitants.
    Demonym,
    /// An adjective and noun of a people without a state of its own.
    People,
    /// The name of an organisation.
    Name,
    /// A noun.
    Noun(Use),
    /// A form of address.
    Title,
    /// A phrase that only looks like an actor.
    Nothing,
}

/// How a noun identifies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Use {
    /// Many actors share it.
    Plain,
    /// A country or organisation has one.
    One,
    /// Its complement tells its country and sector.
    Of,
    /// It is an actor only by its complement.
    Part,
    /// It is an actor only with its country.
    Home,
}

/// A word of a person's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NamePart {
    /// A given name, with its gender if it tells one.
    Given(Option<Gender>),
    /// A word that stands inside a name: *ben*, *von*, *de*.
    Particle,
}

/// How a verb's object is joined to it; some verbs have both kinds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Joined {
    /// *accuser Kiev*
    pub(crate) direct: bool,
    /// *demander à Kiev*
    pub(crate) to: bool,
}

/// A row of the lists.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    pub(crate) class: ActorClass,
    pub(crate) country: Option<Country>,
    pub(crate) sector: Option<Sector>,
    pub(crate) gender: Option<Gender>,
    /// The usual form.
    pub(crate) name: Arc<str>,
    /// The row of the state, for its seats and demonyms; otherwise itself.
    pub(crate) whole: u32,
}

/// The names and nouns that make a phrase an actor.
///
/// ```
/// use chronique_actors::ActorLexicon;
///
/// let mine = "class\tcode\tsector\tforms\narmed\tBFA\tPRM\tGardiens de la brousse|GDB\n";
/// let lexicon: ActorLexicon = ActorLexicon::french_builder().organisations("mine.tsv", mine)?.build();
/// assert!(lexicon.knows("gardiens de la brousse") && !lexicon.knows("gardiens"));
/// # Ok::<(), chronique_actors::ActorLexiconError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ActorLexicon {
    pub(crate) phrases: Phrases,
    pub(crate) entries: Vec<Entry>,
    /// The words that names of persons are made of.
    pub(crate) given: HashMap<Symbol, NamePart>,
    /// Lemmas of verbs that are done to somebody, by how their object is joined.
    pub(crate) verbs: HashMap<Box<str>, Joined>,
    /// Rows of demonyms and the row of another country that has the same one, both ways: *congolais*.
    pub(crate) twins: Vec<(u32, u32)>,
}

impl ActorLexicon {
    /// The lexicon of French news.
    #[must_use]
    pub fn french() -> ActorLexicon {
        ActorLexicon::french_builder().build()
    }

    /// A builder that holds nothing yet.
    #[must_use]
    pub fn builder() -> ActorLexiconBuilder {
        ActorLexiconBuilder {
            tokenizer: Tokenizer::french(),
            list: 0,
            lexicon: ActorLexicon {
                phrases: Phrases::default(),
                entries: Vec::new(),
                given: HashMap::new(),
                verbs: HashMap::new(),
                twins: Vec::new(),
            },
        }
    }

    /// A builder that holds the lists of French news, to add to; where a form is in both, the list
    /// added later wins.
    #[must_use]
    pub fn french_builder() -> ActorLexiconBuilder {
        let filled = |builder: ActorLexiconBuilder| {
            builder
                .countries("countries.tsv", COUNTRIES)?
                .organisations("organisations.tsv", ORGANISATIONS)?
                .nouns("agents.tsv", NOUNS)?
                .titles("titles.tsv", TITLES)?
                .verbs("verbs.tsv", VERBS)?
                .given_names("given_names.tsv", GIVEN_NAMES)
        };
        filled(ActorLexicon::builder()).expect("the embedded lists are tested")
    }

    /// Whether a form is in the lists, whatever its case.
    #[must_use]
    pub fn knows(&self, form: &str) -> bool {
        let Ok(text) = Text::new(form) else { return false };
        let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
        let forms = (0..).map(TokenId).take(tokens.len()).map(|id| tokens.form(id, &text));
        self.phrases.contains(forms)
    }

    /// The actors of a text.
    #[must_use]
    pub fn actors(&self, text: &Text, tokens: &Tokens, syntax: &Syntax) -> Actors {
        crate::reader::read(self, text, tokens, syntax)
    }
}

/// A lexicon in the making: lists are added in turn, then [`build`](ActorLexiconBuilder::build).
///
/// Each list is tab-separated, with `#` comments and a line that names the columns; the header of
/// the crate's own list in `data/` says what they mean. `file` is the name that errors give.
#[derive(Clone, Debug)]
pub struct ActorLexiconBuilder {
    tokenizer: Tokenizer,
    list: u16,
    lexicon: ActorLexicon,
}

impl ActorLexiconBuilder {
    /// Adds states, their seats and demonyms: columns `kind`, `code`, `sector`, `forms`.
    ///
    /// # Errors
    /// [`ActorLexiconError`] names the file, line and column of what can't be read.
    pub fn countries(mut self, file: &str, tsv: &str) -> Result<Self, ActorLexiconError> {
        let mut rows = Vec::new();
        let mut states = HashMap::new();
        for [kind, code, sector, forms] in
            (Table { file, source: tsv }).rows(["kind", "code", "sector", "forms"])?
        {
            let (country, sector) = (country_of(code)?, sector_of(sector)?);
            let (kind, class) = match kind.text {
                "state" => (Kind::State, ActorClass::State),
                "seat" => (Kind::Seat, ActorClass::State),
                "demonym" => (Kind::Demonym, ActorClass::People),
                "people" => (Kind::People, ActorClass::People),
                other => {
                    let problem = format!("{other:?} is no kind: write state, seat, demonym or people");
                    return Err(kind.error(problem));
                }
            };
            let own = self.next_entry();
            let whole = match kind {
                Kind::State => {
                    states.insert((country, sector), own);
                    own
                }
                Kind::Seat | Kind::Demonym => states.get(&(country, sector)).copied().unwrap_or(own),
                _ => own,
            };
            let forms = forms.forms()?;
            let name = forms[0].text.into();
            self.lexicon.entries.push(Entry { kind, class, country, sector, gender: None, name, whole });
            rows.push((own, forms));
        }
        self.insert(tsv, &rows);
        Ok(self)
    }

    /// Adds organisations: columns `class`, `code`, `sector`, `forms`.
    ///
    /// # Errors
    /// [`ActorLexiconError`] names the file, line and column of what can't be read.
    pub fn organisations(mut self, file: &str, tsv: &str) -> Result<Self, ActorLexiconError> {
        let mut rows = Vec::new();
        for [class, code, sector, forms] in
            (Table { file, source: tsv }).rows(["class", "code", "sector", "forms"])?
        {
            let forms = forms.forms()?;
            let own = self.next_entry();
            self.lexicon.entries.push(Entry {
                kind: Kind::Name,
                class: class_of(class)?,
                country: country_of(code)?,
                sector: sector_of(sector)?,
                gender: None,
                name: forms[0].text.into(),
                whole: own,
            });
            rows.push((own, forms));
        }
        self.insert(tsv, &rows);
        Ok(self)
    }

    /// Adds nouns: columns `class`, `sector`, `use`, `forms`.
    ///
    /// # Errors
    /// [`ActorLexiconError`] names the file, line and column of what can't be read.
    pub fn nouns(mut self, file: &str, tsv: &str) -> Result<Self, ActorLexiconError> {
        let mut rows = Vec::new();
        for [class, sector, usage, forms] in
            (Table { file, source: tsv }).rows(["class", "sector", "use", "forms"])?
        {
            let usage = match usage.text {
                "-" => Use::Plain,
                "one" => Use::One,
                "of" => Use::Of,
                "part" => Use::Part,
                "home" => Use::Home,
                other => {
                    return Err(
                        usage.error(format!("{other:?} is no use of a noun: write one, of, part, home or -"))
                    );
                }
            };
            let nothing = class.text == "nothing";
            // NGO and the like are kinds of organisation, not sectors: they stand where a country does.
            let (country, sector) = match Country::international(sector.text) {
                Some(code) => (Some(code), None),
                None => (None, sector_of(sector)?),
            };
            let forms = forms.forms()?;
            let own = self.next_entry();
            self.lexicon.entries.push(Entry {
                kind: if nothing { Kind::Nothing } else { Kind::Noun(usage) },
                class: if nothing { ActorClass::People } else { class_of(class)? },
                country,
                sector,
                gender: None,
                name: forms[0].text.into(),
                whole: own,
            });
            rows.push((own, forms));
        }
        self.insert(tsv, &rows);
        Ok(self)
    }

    /// Adds forms of address: columns `gender`, `sector`, `forms`.
    ///
    /// # Errors
    /// [`ActorLexiconError`] names the file, line and column of what can't be read.
    pub fn titles(mut self, file: &str, tsv: &str) -> Result<Self, ActorLexiconError> {
        let mut rows = Vec::new();
        for [gender, sector, forms] in (Table { file, source: tsv }).rows(["gender", "sector", "forms"])? {
            let forms = forms.forms()?;
            let own = self.next_entry();
            self.lexicon.entries.push(Entry {
                kind: Kind::Title,
                class: ActorClass::Person,
                country: None,
                sector: sector_of(sector)?,
                gender: gender_of(gender)?,
                name: forms[0].text.into(),
                whole: own,
            });
            rows.push((own, forms));
        }
        self.insert(tsv, &rows);
        Ok(self)
    }

    /// Adds verbs that are done to somebody: columns `object`, `lemmas`.
    ///
    /// # Errors
    /// [`ActorLexiconError`] names the file, line and column of what can't be read.
    pub fn verbs(mut self, file: &str, tsv: &str) -> Result<Self, ActorLexiconError> {
        for [object, lemmas] in (Table { file, source: tsv }).rows(["object", "lemmas"])? {
            for lemma in lemmas.forms()? {
                let joined = self.lexicon.verbs.entry(lemma.text.into()).or_default();
                match object.text {
                    "direct" => joined.direct = true,
                    "to" => joined.to = true,
                    other => return Err(object.error(format!("{other:?} is no object: write direct or to"))),
                }
            }
        }
        Ok(self)
    }

    /// Adds given names and the particles of names: columns `name`, `gender`.
    ///
    /// # Errors
    /// [`ActorLexiconError`] names the file, line and column of what can't be read.
    pub fn given_names(mut self, file: &str, tsv: &str) -> Result<Self, ActorLexiconError> {
        for [name, gender] in (Table { file, source: tsv }).rows(["name", "gender"])? {
            let part = match gender.text {
                "particle" => NamePart::Particle,
                _ => NamePart::Given(gender_of(gender)?),
            };
            let symbol = self.lexicon.phrases.word(name.text);
            self.lexicon.given.insert(symbol, part);
        }
        Ok(self)
    }

    /// The lexicon.
    #[must_use]
    pub fn build(mut self) -> ActorLexicon {
        let mut demonyms: Vec<u32> = (0..self.next_entry())
            .filter(|&row| self.lexicon.entries[row as usize].kind == Kind::Demonym)
            .collect();
        let entry = |row: u32| &self.lexicon.entries[row as usize];
        demonyms.sort_by(|&a, &b| entry(a).name.cmp(&entry(b).name));
        let same = |&pair: &[u32; 2]| {
            let [a, b] = pair.map(entry);
            a.name == b.name && a.country != b.country
        };
        let pairs = demonyms.windows(2).map(|pair| [pair[0], pair[1]]).filter(same);
        self.lexicon.twins = pairs.flat_map(|[a, b]| [(a, b), (b, a)]).collect();
        self.lexicon
    }

    fn next_entry(&self) -> u32 {
        u32::try_from(self.lexicon.entries.len()).expect("a lexicon of less than 4 G rows")
    }

    /// Cuts the forms into tokens as articles are cut, and adds them.
    fn insert(&mut self, tsv: &str, rows: &[(u32, Vec<Cell<'_>>)]) {
        let text = Text::new(tsv).expect("the rows' cells have spans");
        let cells = || rows.iter().flat_map(|(_, forms)| forms.iter());
        let tokens = self.tokenizer.tokenize(&text, cells().map(|cell| cell.span()));
        for (entry, forms) in rows {
            for form in forms {
                let parts = tokens.within(form.span()).map(|id| tokens.form(TokenId(id), &text));
                self.lexicon.phrases.insert(parts, *entry, self.list);
                // An abbreviation keeps its dot where a name follows, which is not here.
                if form.text.ends_with('.') {
                    self.lexicon.phrases.insert(std::iter::once(form.text), *entry, self.list);
                }
            }
        }
        self.list = self.list.saturating_add(1);
    }
}

fn country_of(cell: Cell<'_>) -> Result<Option<Country>, ActorLexiconError> {
    let read = |code: &str| {
        Country::new(code).ok_or_else(|| {
            cell.error(format!(
                "{code:?} is no country code: write three capitals, such as MLI, UNO or IMG, or -"
            ))
        })
    };
    cell.value().map(read).transpose()
}

fn sector_of(cell: Cell<'_>) -> Result<Option<Sector>, ActorLexiconError> {
    let read = |code: &str| {
        Sector::ALL.iter().copied().find(|sector| sector.as_str() == code).ok_or_else(|| {
            cell.error(format!("{code:?} is no PLOVER sector: write one such as MIL, GOV or REB, or -"))
        })
    };
    cell.value().map(read).transpose()
}

fn class_of(cell: Cell<'_>) -> Result<ActorClass, ActorLexiconError> {
    match cell.text {
        "state" => Ok(ActorClass::State),
        "institution" => Ok(ActorClass::Institution),
        "armed" => Ok(ActorClass::Armed),
        "organisation" => Ok(ActorClass::Organisation),
        "person" => Ok(ActorClass::Person),
        "people" => Ok(ActorClass::People),
        other => Err(cell.error(format!(
            "{other:?} is no class: write state, institution, armed, organisation, person or people"
        ))),
    }
}

fn gender_of(cell: Cell<'_>) -> Result<Option<Gender>, ActorLexiconError> {
    match cell.text {
        "m" => Ok(Some(Gender::Masc)),
        "f" => Ok(Some(Gender::Fem)),
        "-" => Ok(None),
        other => Err(cell.error(format!("{other:?} is no gender: write m, f or -"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_the_lists_are_known() {
        let lexicon = ActorLexicon::french();
        for form in
            ["M.", "Mme", "Mgr", "gén.", "Côte d'Ivoire", "Côte d’Ivoire", "CEDEAO", "l'abbé", "État-major"]
        {
            assert!(lexicon.knows(form), "{form}");
        }
        for form in ["", "table", "Côte d", "prochaine", "de"] {
            assert!(!lexicon.knows(form), "{form}");
        }
    }
}
