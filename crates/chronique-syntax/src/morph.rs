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

/// The morphology of a word: the features of Universal Dependencies that French treebanks use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Morph(pub(crate) u32);

impl Morph {
    fn field<T: Copy>(self, shift: u32, bits: u32, all: &[T]) -> Option<T> {
        let value = (self.0 >> shift) & ((1 << bits) - 1);
        value.checked_sub(1).and_then(|at| all.get(at as usize).copied())
    }

    /// Gender of a noun, adjective, determiner, pronoun or participle.
    #[must_use]
    pub fn gender(self) -> Option<Gender> {
        self.field(0, 2, Gender::ALL)
    }

    /// Number.
    #[must_use]
    pub fn number(self) -> Option<Number> {
        self.field(2, 2, Number::ALL)
    }

    /// Person of a verb or pronoun.
    #[must_use]
    pub fn person(self) -> Option<Person> {
        self.field(4, 2, Person::ALL)
    }

    /// Tense.
    #[must_use]
    pub fn tense(self) -> Option<Tense> {
        self.field(6, 3, Tense::ALL)
    }

    /// Mood.
    #[must_use]
    pub fn mood(self) -> Option<Mood> {
        self.field(9, 3, Mood::ALL)
    }

    /// Form of a verb.
    #[must_use]
    pub fn verb_form(self) -> Option<VerbForm> {
        self.field(12, 2, VerbForm::ALL)
    }

    /// Voice.
    #[must_use]
    pub fn voice(self) -> Option<Voice> {
        self.field(14, 2, Voice::ALL)
    }
}
