use chronique_text::WordMap;

use crate::LexiconError;
use crate::table::rows;

macro_rules! cues {
    ($($name:ident $code:literal,)*) => {
        /// What a word can tell about an event that it stands near.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Cue { $($name,)* }

        impl Cue {
            /// Whether its bit is set.
            pub(crate) fn is_among(self, cues: u64) -> bool {
                cues & (1 << self as u64) != 0
            }

            fn parse(code: &str) -> Option<Cue> {
                match code { $($code => Some(Cue::$name),)* _ => None }
            }
        }
    };
}

cues! {
    Support "support",
    Reverse "reverse",
    Claim "claim",
    Speech "speech",
    According "according",
    Locative "locative",
    OtherWhen "other_when",
    Origin "origin",
    Means "means",
    Implied "implied",
    Intends "intends",
    Doubt "doubt",
    Controls "controls",
    Possible "possible",
    PossibleNoun "possible_noun",
    PossibleAdj "possible_adj",
    PossibleAdv "possible_adv",
    Future "future",
    FutureNoun "future_noun",
    FutureAdj "future_adj",
    Negative "negative",
    NegativeNoun "negative_noun",
    Dead "dead",
    Hurt "hurt",
    ActorAdj "actor_adj",
    Carrier "carrier",
    Occur "occur",
    Planned "planned",
    No "no",
    NoneOf "none",
    Source "source",
    Involve "involve",
    Tells "tells",
    Aim "aim",
    Human "human",
    Untargeted "untargeted",
    Anew "anew",
    Charges "charges",
    Hits "hits",
    Phase "phase",
    Goes "goes",
    Counts "counts",
    Collective "collective",
    Machine "machine",
    OnePronoun "one_pronoun",
    Mishap "mishap",
    Answers "answers",
    Imputes "imputes",
    Pits "pits",
    Victim "victim",
    Hears "hears",
    Happens "happens",
    Is "is",
    Joins "joins",
    Gathers "gathers",
    Document "document",
    Issues "issues",
    Inserts "inserts",
    Weapon "weapon",
}

/// The words that steer a reading: which lemma gives which cues.
#[derive(Clone, Debug)]
pub(crate) struct Cues {
    of: WordMap<u64>,
}

impl Cues {
    pub(crate) fn parse(name: &str, text: &str) -> Result<Cues, LexiconError> {
        let mut of: WordMap<u64> = WordMap::default();
        for row in rows(name, text) {
            let kind = row.cell(0);
            let cue = Cue::parse(kind).ok_or_else(|| row.error(0, format!("`{kind}` is no kind of cue")))?;
            for lemma in row.cell(1).split_whitespace() {
                *of.entry(lemma.replace('_', " ").into()).or_default() |= 1 << cue as u64;
            }
        }
        Ok(Cues { of })
    }

    /// The cues that a lemma gives, one bit each.
    pub(crate) fn of(&self, lemma: &str) -> u64 {
        self.of.get(lemma).copied().unwrap_or(0)
    }

    /// Whether a lemma gives a cue.
    pub(crate) fn gives(&self, lemma: &str, cue: Cue) -> bool {
        cue.is_among(self.of(lemma))
    }
}
