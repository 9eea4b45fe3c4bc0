use std::fmt;
use std::str::FromStr;

macro_rules! deprel {
    ($($name:ident $code:literal $doc:literal,)*) => {
        /// A dependency relation of Universal Dependencies 2, with the subtypes of the French treebanks.
        ///
        /// ```
        /// use chronique_syntax::Deprel;
        ///
        /// assert_eq!("nsubj:pass".parse(), Ok(Deprel::NsubjPass));
        /// assert_eq!(Deprel::OblAgent.base(), Deprel::Obl);
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Deprel {
            $(#[doc = $doc] $name,)*
        }

        impl Deprel {
            /// All of them, in the order of their codes.
            pub const ALL: &[Deprel] = &[$(Deprel::$name),*];

            /// The code in treebanks: `"nsubj:pass"`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Deprel::$name => $code,)* }
            }
        }

        impl FromStr for Deprel {
            type Err = ();

            fn from_str(code: &str) -> Result<Deprel, ()> {
                match code { $($code => Ok(Deprel::$name),)* _ => Err(()) }
            }
        }
    };
}

deprel! {
    Acl "acl" "A clause on a noun.",
    AclRelcl "acl:relcl" "A relative clause.",
    Advcl "advcl" "An adverbial clause.",
    AdvclCleft "advcl:cleft" "The clause of a cleft sentence.",
    Advmod "advmod" "An adverb.",
    Amod "amod" "An adjective on a noun.",
    Appos "appos" "An apposition.",
    Aux "aux" "An auxiliary.",
    AuxCaus "aux:caus" "Causative *faire*.",
    AuxPass "aux:pass" "The auxiliary of a passive.",
    AuxTense "aux:tense" "The auxiliary of a compound tense.",
    Case "case" "A preposition on its noun.",
    Cc "cc" "A coordinating conjunction.",
    Ccomp "ccomp" "A clausal complement.",
    Compound "compound" "A compound.",
    Conj "conj" "A conjunct.",
    Cop "cop" "The copula.",
    Csubj "csubj" "A clausal subject.",
    CsubjPass "csubj:pass" "The clausal subject of a passive.",
    Dep "dep" "An unspecified dependency.",
    DepComp "dep:comp" "The complement of a comparative.",
    Det "det" "A determiner.",
    Discourse "discourse" "An interjection or filler.",
    Dislocated "dislocated" "A dislocated element.",
    Expl "expl" "An expletive.",
    ExplComp "expl:comp" "*se* or *y*, *en* frozen with the verb.",
    ExplPass "expl:pass" "*se* of a middle passive.",
    ExplPv "expl:pv" "*se* of a pronominal verb.",
    ExplSubj "expl:subj" "Impersonal *il*.",
    Fixed "fixed" "A part of a fixed expression.",
    Flat "flat" "A part of a flat name.",
    FlatForeign "flat:foreign" "A part of a foreign phrase.",
    FlatName "flat:name" "A part of a proper name.",
    Goeswith "goeswith" "A part of a split word.",
    Iobj "iobj" "An indirect object pronoun.",
    IobjAgent "iobj:agent" "The agent pronoun of a causative.",
    Mark "mark" "A subordinator.",
    Nmod "nmod" "A noun on a noun.",
    NmodAppos "nmod:appos" "A noun beside a noun.",
    Nsubj "nsubj" "A nominal subject.",
    NsubjCaus "nsubj:caus" "The subject of a causative.",
    NsubjOuter "nsubj:outer" "The subject of an outer clause.",
    NsubjPass "nsubj:pass" "The subject of a passive.",
    Nummod "nummod" "A numeral.",
    Obj "obj" "A direct object.",
    ObjAgent "obj:agent" "The agent of a causative as object.",
    ObjLvc "obj:lvc" "The noun of a support verb.",
    Obl "obl" "An oblique.",
    OblAgent "obl:agent" "The agent of a passive.",
    OblArg "obl:arg" "An oblique argument.",
    OblMod "obl:mod" "An oblique modifier.",
    Orphan "orphan" "A dependent of an elided head.",
    Parataxis "parataxis" "A parataxis.",
    ParataxisInsert "parataxis:insert" "An inserted clause: *a indiqué le ministère*.",
    ParataxisParenth "parataxis:parenth" "A parenthetical clause.",
    Punct "punct" "Punctuation.",
    Reparandum "reparandum" "A repaired word.",
    Root "root" "The root of a sentence.",
    Vocative "vocative" "A vocative.",
    Xcomp "xcomp" "An open clausal complement.",
}

impl Deprel {
    /// The relation without its subtype.
    #[must_use]
    pub const fn base(self) -> Deprel {
        match self {
            Deprel::AclRelcl => Deprel::Acl,
            Deprel::AdvclCleft => Deprel::Advcl,
            Deprel::AuxCaus | Deprel::AuxPass | Deprel::AuxTense => Deprel::Aux,
            Deprel::CsubjPass => Deprel::Csubj,
            Deprel::DepComp => Deprel::Dep,
            Deprel::ExplComp | Deprel::ExplPass | Deprel::ExplPv | Deprel::ExplSubj => Deprel::Expl,
            Deprel::FlatForeign | Deprel::FlatName => Deprel::Flat,
            Deprel::IobjAgent => Deprel::Iobj,
            Deprel::NmodAppos => Deprel::Nmod,
            Deprel::NsubjCaus | Deprel::NsubjOuter | Deprel::NsubjPass => Deprel::Nsubj,
            Deprel::ObjAgent | Deprel::ObjLvc => Deprel::Obj,
            Deprel::OblAgent | Deprel::OblArg | Deprel::OblMod => Deprel::Obl,
            Deprel::ParataxisInsert | Deprel::ParataxisParenth => Deprel::Parataxis,
            other => other,
        }
    }
}

impl fmt::Display for Deprel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
