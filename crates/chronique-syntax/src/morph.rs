use std::fmt;
use std::str::FromStr;

use crate::Upos;

macro_rules! feature {
    ($(#[$doc:meta])* $feature:ident { $($name:ident $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[allow(missing_docs)]
        pub enum $feature { $($name,)* }

        impl $feature {
            /// All values.
            pub const ALL: &[$feature] = &[$($feature::$name),*];

            /// The value's code in treebanks.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($feature::$name => $code,)* }
            }
        }
    };
}

feature! {
    /// Grammatical gender.
    Gender { Masc "Masc", Fem "Fem", }
}
feature! {
    /// Grammatical number.
    Number { Sing "Sing", Plur "Plur", }
}
feature! {
    /// Grammatical person.
    Person { First "1", Second "2", Third "3", }
}
feature! {
    /// Tense of a finite verb or participle; `Imp` is the imparfait.
    Tense { Pres "Pres", Imp "Imp", Past "Past", Fut "Fut", }
}
feature! {
    /// Mood of a finite verb; `Cnd` is the conditionnel.
    Mood { Ind "Ind", Cnd "Cnd", Sub "Sub", Imp "Imp", }
}
feature! {
    /// Form of a verb.
    VerbForm { Fin "Fin", Inf "Inf", Part "Part", }
}
feature! {
    /// Voice of a participle.
    Voice { Act "Act", Pass "Pass", }
}

feature! {
    /// Type of a pronoun, determiner or adverb.
    PronType {
        Art "Art", Dem "Dem", Exc "Exc", Ind "Ind", Int "Int", Neg "Neg", Prs "Prs", Rel "Rel", Tot "Tot",
    }
}
feature! {
    /// Definiteness of an article.
    Definite { Def "Def", Ind "Ind", }
}
feature! {
    /// Type of a numeral.
    NumType { Card "Card", Ord "Ord", }
}

/// The morphology of a word: the features of Universal Dependencies that French treebanks use.
///
/// It prints as the FEATS column of CoNLL-U: names in alphabetical order, `_` if there is none.
///
/// ```
/// use chronique_syntax::{Gender, Morph, Number};
///
/// let morph: Morph = "Gender=Fem|Number=Plur|Tense=Past|VerbForm=Part".parse().unwrap();
/// assert_eq!(morph.gender(), Some(Gender::Fem));
/// assert_eq!(morph.number(), Some(Number::Plur));
/// assert_eq!(morph.person(), None);
/// assert_eq!(morph.to_string(), "Gender=Fem|Number=Plur|Tense=Past|VerbForm=Part");
/// assert_eq!(Morph::default().to_string(), "_");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Morph(u64);

/// Where a feature stands in the packed word: its first bit and its number of bits.
#[derive(Clone, Copy, Debug)]
struct Field(u32, u32);

const GENDER: Field = Field(0, 2);
const NUMBER: Field = Field(2, 2);
const PERSON: Field = Field(4, 2);
const TENSE: Field = Field(6, 3);
const MOOD: Field = Field(9, 3);
const VERB_FORM: Field = Field(12, 2);
const VOICE: Field = Field(14, 2);
const PRON_TYPE: Field = Field(16, 4);
const DEFINITE: Field = Field(20, 2);
const NUM_TYPE: Field = Field(22, 2);
const POSS: Field = Field(24, 1);
const REFLEX: Field = Field(25, 1);
const POLARITY: Field = Field(26, 1);
const NUMBER_PSOR: Field = Field(27, 2);
const PERSON_PSOR: Field = Field(29, 2);
const EMPH: Field = Field(31, 2);
const FOREIGN: Field = Field(33, 1);
const EXT_POS: Field = Field(34, 5);

impl Field {
    fn of(self, packed: u64) -> usize {
        ((packed >> self.0) & ((1 << self.1) - 1)) as usize
    }
}

impl Morph {
    fn read<T: Copy>(self, field: Field, all: &[T]) -> Option<T> {
        field.of(self.0).checked_sub(1).and_then(|at| all.get(at).copied())
    }

    fn set<T: Copy>(&mut self, field: Field, all: &[T], code: &str, as_str: fn(T) -> &'static str) -> bool {
        let Some(at) = all.iter().position(|&value| as_str(value) == code) else { return false };
        self.put(field, at + 1);
        true
    }

    fn put(&mut self, field: Field, value: usize) {
        self.0 = self.0 & !(((1 << field.1) - 1) << field.0) | (value as u64) << field.0;
    }

    /// The features as one number, as model images hold them; any number stands for some morphology.
    pub(crate) const fn from_packed(packed: u64) -> Morph {
        Morph(packed)
    }

    /// The number behind [`Morph::from_packed`].
    #[doc(hidden)]
    #[must_use]
    pub const fn packed(self) -> u64 {
        self.0
    }

    /// Sets a feature by its names in treebanks; `false` if it is none that this type holds.
    #[doc(hidden)]
    pub fn set_feature(&mut self, name: &str, value: &str) -> bool {
        match name {
            "Gender" => self.set(GENDER, Gender::ALL, value, Gender::as_str),
            "Number" => self.set(NUMBER, Number::ALL, value, Number::as_str),
            "Person" => self.set(PERSON, Person::ALL, value, Person::as_str),
            "Tense" => self.set(TENSE, Tense::ALL, value, Tense::as_str),
            "Mood" => self.set(MOOD, Mood::ALL, value, Mood::as_str),
            "VerbForm" => self.set(VERB_FORM, VerbForm::ALL, value, VerbForm::as_str),
            "Voice" => self.set(VOICE, Voice::ALL, value, Voice::as_str),
            "PronType" => self.set(PRON_TYPE, PronType::ALL, value, PronType::as_str),
            "Definite" => self.set(DEFINITE, Definite::ALL, value, Definite::as_str),
            "NumType" => self.set(NUM_TYPE, NumType::ALL, value, NumType::as_str),
            "Poss" => self.set(POSS, &["Yes"], value, |yes| yes),
            "Reflex" => self.set(REFLEX, &["Yes"], value, |yes| yes),
            "Polarity" => self.set(POLARITY, &["Neg"], value, |neg| neg),
            "Number[psor]" => self.set(NUMBER_PSOR, Number::ALL, value, Number::as_str),
            "Person[psor]" => self.set(PERSON_PSOR, Person::ALL, value, Person::as_str),
            "Emph" => self.set(EMPH, &["Yes", "No"], value, |code| code),
            "Foreign" => self.set(FOREIGN, &["Yes"], value, |yes| yes),
            "ExtPos" => self.set(EXT_POS, Upos::ALL, value, Upos::as_str),
            _ => false,
        }
    }

    /// Sets the part of speech of the expression that the word heads.
    pub(crate) fn set_ext_pos(&mut self, upos: Upos) {
        self.put(EXT_POS, upos as usize + 1);
    }

    /// Marks a foreign word.
    pub(crate) fn set_foreign(&mut self) {
        self.put(FOREIGN, 1);
    }

    /// Gender of a noun, adjective, determiner, pronoun or participle.
    #[must_use]
    pub fn gender(self) -> Option<Gender> {
        self.read(GENDER, Gender::ALL)
    }

    /// Number.
    #[must_use]
    pub fn number(self) -> Option<Number> {
        self.read(NUMBER, Number::ALL)
    }

    /// Person of a verb or pronoun.
    #[must_use]
    pub fn person(self) -> Option<Person> {
        self.read(PERSON, Person::ALL)
    }

    /// Tense.
    #[must_use]
    pub fn tense(self) -> Option<Tense> {
        self.read(TENSE, Tense::ALL)
    }

    /// Mood.
    #[must_use]
    pub fn mood(self) -> Option<Mood> {
        self.read(MOOD, Mood::ALL)
    }

    /// Form of a verb.
    #[must_use]
    pub fn verb_form(self) -> Option<VerbForm> {
        self.read(VERB_FORM, VerbForm::ALL)
    }

    /// Voice.
    #[must_use]
    pub fn voice(self) -> Option<Voice> {
        self.read(VOICE, Voice::ALL)
    }

    /// Type of a pronoun, determiner or adverb.
    #[must_use]
    pub fn pron_type(self) -> Option<PronType> {
        self.read(PRON_TYPE, PronType::ALL)
    }

    /// Definiteness of an article.
    #[must_use]
    pub fn definite(self) -> Option<Definite> {
        self.read(DEFINITE, Definite::ALL)
    }

    /// Type of a numeral.
    #[must_use]
    pub fn num_type(self) -> Option<NumType> {
        self.read(NUM_TYPE, NumType::ALL)
    }

    /// Whether it is a possessive.
    #[must_use]
    pub fn is_possessive(self) -> bool {
        POSS.of(self.0) == 1
    }

    /// Whether it is a reflexive pronoun.
    #[must_use]
    pub fn is_reflexive(self) -> bool {
        REFLEX.of(self.0) == 1
    }

    /// Whether it is a negation: *ne*, *pas*, *jamais*.
    #[must_use]
    pub fn is_negative(self) -> bool {
        POLARITY.of(self.0) == 1
    }

    /// Whether a personal pronoun is a strong form (*moi*) or a clitic (*me*).
    #[must_use]
    pub fn is_emphatic(self) -> Option<bool> {
        self.read(EMPH, &[true, false])
    }

    /// Whether it is a word of another language.
    #[must_use]
    pub fn is_foreign(self) -> bool {
        FOREIGN.of(self.0) == 1
    }

    /// The part of speech of the fixed expression or phrase that the word heads, where it is not its own.
    #[must_use]
    pub fn ext_pos(self) -> Option<Upos> {
        self.read(EXT_POS, Upos::ALL)
    }

    /// Number of the possessor of a possessive.
    #[must_use]
    pub fn possessor_number(self) -> Option<Number> {
        self.read(NUMBER_PSOR, Number::ALL)
    }

    /// Person of the possessor of a possessive.
    #[must_use]
    pub fn possessor_person(self) -> Option<Person> {
        self.read(PERSON_PSOR, Person::ALL)
    }
}

impl fmt::Display for Morph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yes = |flag: bool| flag.then_some("Yes");
        let features = [
            ("Definite", self.definite().map(Definite::as_str)),
            ("Emph", self.is_emphatic().map(|emph| if emph { "Yes" } else { "No" })),
            ("ExtPos", self.ext_pos().map(Upos::as_str)),
            ("Foreign", yes(self.is_foreign())),
            ("Gender", self.gender().map(Gender::as_str)),
            ("Mood", self.mood().map(Mood::as_str)),
            ("Number", self.number().map(Number::as_str)),
            ("Number[psor]", self.possessor_number().map(Number::as_str)),
            ("NumType", self.num_type().map(NumType::as_str)),
            ("Person", self.person().map(Person::as_str)),
            ("Person[psor]", self.possessor_person().map(Person::as_str)),
            ("Polarity", self.is_negative().then_some("Neg")),
            ("Poss", yes(self.is_possessive())),
            ("PronType", self.pron_type().map(PronType::as_str)),
            ("Reflex", yes(self.is_reflexive())),
            ("Tense", self.tense().map(Tense::as_str)),
            ("VerbForm", self.verb_form().map(VerbForm::as_str)),
            ("Voice", self.voice().map(Voice::as_str)),
        ];
        let mut separator = "";
        for (name, value) in features {
            if let Some(value) = value {
                write!(f, "{separator}{name}={value}")?;
                separator = "|";
            }
        }
        if separator.is_empty() { f.write_str("_") } else { Ok(()) }
    }
}

impl FromStr for Morph {
    type Err = ();

    /// Reads a FEATS column; features that this type does not hold are an error.
    fn from_str(feats: &str) -> Result<Morph, ()> {
        let mut morph = Morph::default();
        if feats != "_" {
            for feature in feats.split('|') {
                let (name, value) = feature.split_once('=').ok_or(())?;
                if !morph.set_feature(name, value) {
                    return Err(());
                }
            }
        }
        Ok(morph)
    }
}
