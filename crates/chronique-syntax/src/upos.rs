use std::fmt;
use std::str::FromStr;

macro_rules! upos {
    ($($name:ident $code:literal $doc:literal,)*) => {
        /// A universal part of speech of Universal Dependencies 2.
        ///
        /// ```
        /// use chronique_syntax::Upos;
        ///
        /// assert_eq!("PROPN".parse(), Ok(Upos::Propn));
        /// assert_eq!(Upos::Adp.to_string(), "ADP");
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Upos {
            $(#[doc = $doc] $name,)*
        }

        impl Upos {
            /// All of them, in the order of their codes.
            pub const ALL: &[Upos] = &[$(Upos::$name),*];

            /// The code in treebanks: `"NOUN"`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Upos::$name => $code,)* }
            }
        }

        impl FromStr for Upos {
            type Err = ();

            fn from_str(code: &str) -> Result<Upos, ()> {
                match code { $($code => Ok(Upos::$name),)* _ => Err(()) }
            }
        }
    };
}

upos! {
    Adj "ADJ" "Adjective.",
    Adp "ADP" "Adposition: *à*, *de*, *contre*.",
    Adv "ADV" "Adverb; in French treebanks also *ne* and *pas*.",
    Aux "AUX" "Auxiliary: *avoir*, *être* and the copula.",
    Cconj "CCONJ" "Coordinating conjunction: *et*, *ou*, *mais*.",
    Det "DET" "Determiner.",
    Intj "INTJ" "Interjection.",
    Noun "NOUN" "Common noun.",
    Num "NUM" "Numeral.",
    Part "PART" "Particle; not used in French treebanks.",
    Pron "PRON" "Pronoun.",
    Propn "PROPN" "Proper noun.",
    Punct "PUNCT" "Punctuation.",
    Sconj "SCONJ" "Subordinating conjunction: *que*, *si*.",
    Sym "SYM" "Symbol: *%*, *€*.",
    Verb "VERB" "Verb.",
    X "X" "Other: foreign words, typos.",
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
