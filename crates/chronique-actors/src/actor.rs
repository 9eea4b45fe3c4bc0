use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use chronique_syntax::WordId;
use chronique_text::Span;

use crate::Count;

/// The number of an actor in its [`Actors`], from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ActorId(pub u32);

/// A PLOVER country code: ISO 3166-1 alpha-3, or `IGO`, `UNO`, `EUR`, `NGO`, `ISM`, `IMG`, `MNC`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// The code of three ASCII capitals; `None` for anything else.
    #[must_use]
    pub fn new(code: &str) -> Option<Country> {
        match code.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Some(Country([a, b, c])),
            _ => None,
        }
    }

    /// The code of a kind of organisation that has no country, such as `NGO`; `None` for others.
    #[must_use]
    pub fn international(code: &str) -> Option<Country> {
        const CODES: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];
        CODES.contains(&code).then(|| Country::new(code))?
    }

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII capitals")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! sectors {
    ($($name:ident $code:literal $doc:literal,)*) => {
        /// A PLOVER sector code.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum Sector { $(#[doc = $doc] $name,)* }

        impl Sector {
            /// All of them.
            pub const ALL: &[Sector] = &[$(Sector::$name),*];

            /// The three-letter code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Sector::$name => $code,)* }
            }
        }
    };
}

sectors! {
    Agr "AGR" "Agriculture.", Bus "BUS" "Business.", Cop "COP" "Police.", Crm "CRM" "Criminals.",
    Cvl "CVL" "Civilians.", Edu "EDU" "Education.", Eli "ELI" "Elites.", Gov "GOV" "Government.",
    Jrn "JRN" "Journalists.", Jud "JUD" "Judiciary.", Lab "LAB" "Labour.", Leg "LEG" "Legislature.",
    Med "MED" "Health.", Mil "MIL" "Armed forces.", Opp "OPP" "Opposition.", Pre "PRE" "Partially recognised entity.",
    Prm "PRM" "Paramilitary.", Pty "PTY" "Party.", Reb "REB" "Rebels.", Ref "REF" "Refugees.",
    Rel "REL" "Religion.", Soc "SOC" "Social groups.", Spy "SPY" "Intelligence.", Uaf "UAF" "Unidentified armed force.",
    Unk "UNK" "Unknown.",
}

/// What kind of actor a phrase names; the gates of event rules ask for it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum ActorClass {
    /// A country, or its capital or palace standing for its government.
    State,
    /// A government, ministry, parliament, court, police, official body.
    Institution,
    /// Armed forces and armed groups, and those who fight: *armée*, *rebelles*, *soldats*, *hommes armés*.
    Armed,
    /// An organisation: international, party, union, association, company, newspaper.
    Organisation,
    /// A named person, or an official by title: *le président malien*.
    Person,
    /// People by what they are: *manifestants*, *civils*, *les Arméniens*, *habitants*.
    People,
}

impl ActorClass {
    /// The name in the output: `"state"`, `"armed"`…
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ActorClass::State => "state",
            ActorClass::Institution => "institution",
            ActorClass::Armed => "armed",
            ActorClass::Organisation => "organisation",
            ActorClass::Person => "person",
            ActorClass::People => "people",
        }
    }
}

/// One mention of an actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorMention {
    /// The head word with its name and the modifiers that identify it, without article; a person's
    /// name without *M.* and the like, even where they are the head of the phrase.
    pub span: Span,
    /// The head of the phrase in the tree.
    pub head: WordId,
    /// The actor that it names.
    pub actor: ActorId,
    /// What kind of actor it is.
    pub class: ActorClass,
    /// Its country, where the phrase tells.
    pub country: Option<Country>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// How many they are: *trois soldats*.
    pub count: Option<Count>,
    /// For a pronoun, the index in [`Actors::mentions`] of the nearest mention in words that it stands
    /// for; for an office, that of the name beside it (*le Premier ministre, Binali Yildirim*). A bare
    /// description (*le ministère*) shares the actor of the mention that it takes up, and stands for itself.
    pub stands_for: Option<u32>,
    /// The rule that found it: a row of the lexicon, an apposition, a title; or the signs by which the model of names told it.
    pub reason: Cow<'static, str>,
}

/// An actor of a document: all mentions of one state, group, organisation or person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// The usual French name, or the fullest mention's.
    pub name: Arc<str>,
    /// Its country.
    pub country: Option<Country>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// Its mentions, as indices into [`Actors::mentions`], in order; none if only adjectives name it.
    pub mentions: Vec<u32>,
}

/// The actors of one text.
#[derive(Clone, Default, Debug)]
pub struct Actors {
    pub(crate) actors: Vec<Actor>,
    /// Sorted by head word; a word heads at most one mention.
    pub(crate) mentions: Vec<ActorMention>,
    /// Sorted by head word.
    pub(crate) adjectives: Vec<ActorMention>,
}

impl Actors {
    /// The actors, in order of their first mention.
    #[must_use]
    pub fn as_slice(&self) -> &[Actor] {
        &self.actors
    }

    /// All mentions, in order of their head words.
    #[must_use]
    pub fn mentions(&self) -> &[ActorMention] {
        &self.mentions
    }

    /// One actor.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[id.0 as usize]
    }

    /// The mention that a word heads.
    #[must_use]
    pub fn headed_by(&self, head: WordId) -> Option<&ActorMention> {
        self.mentions.binary_search_by_key(&head, |mention| mention.head).ok().map(|at| &self.mentions[at])
    }

    /// The demonym adjectives that qualify something that is no actor: *une frappe israélienne*.
    ///
    /// They name who is behind the noun, but are no mentions: an actor that only adjectives name has
    /// none. In order of their head words.
    #[must_use]
    pub fn adjectives(&self) -> &[ActorMention] {
        &self.adjectives
    }

    /// The demonym adjective at a word.
    #[must_use]
    pub fn adjective_at(&self, word: WordId) -> Option<&ActorMention> {
        self.adjectives
            .binary_search_by_key(&word, |adjective| adjective.head)
            .ok()
            .map(|at| &self.adjectives[at])
    }
}
