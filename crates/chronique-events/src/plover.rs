use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    ($(#[$doc:meta])* $kind:ident { $($name:ident $code:literal $about:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum $kind { $(#[doc = $about] $name,)* }

        impl $kind {
            /// All of them.
            pub const ALL: &[$kind] = &[$($kind::$name),*];

            /// The code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($kind::$name => $code,)* }
            }
        }

        impl FromStr for $kind {
            type Err = ();

            fn from_str(code: &str) -> Result<$kind, ()> {
                match code { $($code => Ok($kind::$name),)* _ => Err(()) }
            }
        }

        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

codes! {
    /// An event type of PLOVER 0.8.
    ///
    /// ```
    /// use chronique_events::{EventType, Mode};
    ///
    /// assert_eq!("COERCE".parse(), Ok(EventType::Coerce));
    /// assert!(EventType::Coerce.modes().contains(&Mode::Arrest));
    /// assert_eq!(EventType::Coerce.quad(), 4);
    /// ```
    EventType {
        Agree "AGREE" "Agree, promise, offer, commit to cooperate.",
        Consult "CONSULT" "Meet, visit, host, negotiate, telephone.",
        Support "SUPPORT" "Endorse, praise, recognise, sign or ratify an accord.",
        Concede "CONCEDE" "Pardon, apologise, lift a restriction, declare a ceasefire.",
        Cooperate "COOPERATE" "Mutual material cooperation.",
        Aid "AID" "Give money, arms, food, asylum; rescue; evacuate to protect.",
        Retreat "RETREAT" "Withdraw, release, disarm, surrender, resign.",
        Request "REQUEST" "Demand, call for, urge, order.",
        Accuse "ACCUSE" "Condemn, criticise, accuse, charge, investigate.",
        Reject "REJECT" "Refuse, deny, veto, break off talks.",
        Threaten "THREATEN" "Threaten, warn of consequences, issue an ultimatum.",
        Protest "PROTEST" "Demonstrate, riot, strike, boycott.",
        Sanction "SANCTION" "Impose sanctions, cut ties, expel, convict.",
        Mobilize "MOBILIZE" "Deploy, mass, reinforce troops, raise alert.",
        Coerce "COERCE" "Arrest, search, ban, censor, blockade.",
        Assault "ASSAULT" "Attack, clash, bomb, kill, wound, abduct, destroy.",
    }
}

codes! {
    /// A mode of an event type: how it is done.
    Mode {
        Visit "visit" "A mode of CONSULT.",
        ThirdParty "third-party" "A mode of CONSULT.",
        Multilateral "multilateral" "A mode of CONSULT.",
        Phone "phone" "A mode of CONSULT.",
        Withdraw "withdraw" "A mode of RETREAT, SANCTION.",
        Release "release" "A mode of RETREAT.",
        Disarm "disarm" "A mode of RETREAT.",
        Ceasefire "ceasefire" "A mode of RETREAT.",
        Access "access" "A mode of RETREAT.",
        Resign "resign" "A mode of RETREAT.",
        Assist "assist" "A mode of REQUEST, REJECT.",
        Change "change" "A mode of REQUEST, REJECT.",
        Yield "yield" "A mode of REQUEST, REJECT.",
        Meet "meet" "A mode of REQUEST, REJECT.",
        Disapprove "disapprove" "A mode of ACCUSE.",
        Allege "allege" "A mode of ACCUSE.",
        Investigate "investigate" "A mode of ACCUSE.",
        Restrict "restrict" "A mode of THREATEN, COERCE.",
        Ban "ban" "A mode of THREATEN.",
        Arrest "arrest" "A mode of THREATEN, COERCE.",
        Relations "relations" "A mode of THREATEN.",
        Expel "expel" "A mode of THREATEN, SANCTION.",
        Territory "territory" "A mode of THREATEN.",
        Violence "violence" "A mode of THREATEN.",
        Demo "demo" "A mode of PROTEST.",
        Riot "riot" "A mode of PROTEST.",
        Strike "strike" "A mode of PROTEST.",
        Hunger "hunger" "A mode of PROTEST.",
        Boycott "boycott" "A mode of PROTEST.",
        Obstruct "obstruct" "A mode of PROTEST.",
        Vandalize "vandalize" "A mode of PROTEST.",
        Convict "convict" "A mode of SANCTION.",
        Discontinue "discontinue" "A mode of SANCTION.",
        Troops "troops" "A mode of MOBILIZE.",
        Weapons "weapons" "A mode of MOBILIZE.",
        Police "police" "A mode of MOBILIZE.",
        Militia "militia" "A mode of MOBILIZE.",
        Seize "seize" "A mode of COERCE.",
        Censor "censor" "A mode of COERCE.",
        Curfew "curfew" "A mode of COERCE.",
        MartialLaw "martial-law" "A mode of COERCE.",
        Deport "deport" "A mode of COERCE.",
        Withhold "withhold" "A mode of COERCE.",
        Misinformation "misinformation" "A mode of COERCE.",
        Cyber "cyber" "A mode of COERCE.",
        Abduct "abduct" "A mode of ASSAULT.",
        Beat "beat" "A mode of ASSAULT.",
        Torture "torture" "A mode of ASSAULT.",
        Sexual "sexual" "A mode of ASSAULT.",
        Targeted "targeted" "A mode of ASSAULT.",
        Destroy "destroy" "A mode of ASSAULT.",
        Primitive "primitive" "A mode of ASSAULT.",
        Firearms "firearms" "A mode of ASSAULT.",
        Explosives "explosives" "A mode of ASSAULT.",
        SuicideAttack "suicide-attack" "A mode of ASSAULT.",
        Aerial "aerial" "A mode of ASSAULT.",
        Drone "drone" "A mode of ASSAULT.",
        HeavyWeapons "heavy-weapons" "A mode of ASSAULT.",
        CrowdControl "crowd-control" "A mode of ASSAULT.",
        Unconventional "unconventional" "A mode of ASSAULT.",
    }
}

codes! {
    /// Whether an event took place, by what the text says.
    Status {
        Actual "actual" "Reported as having happened or happening, whoever says so.",
        Future "future" "Announced, planned, promised, ordered.",
        Possible "possible" "Feared, alleged with a journalistic conditional, hypothetical, attempted.",
        Negated "negated" "Said not to have happened.",
    }
}

impl EventType {
    /// The modes that the type can take.
    #[must_use]
    pub const fn modes(self) -> &'static [Mode] {
        match self {
            EventType::Agree => &[],
            EventType::Consult => &[Mode::Visit, Mode::ThirdParty, Mode::Multilateral, Mode::Phone],
            EventType::Support => &[],
            EventType::Concede => &[],
            EventType::Cooperate => &[],
            EventType::Aid => &[],
            EventType::Retreat => {
                &[Mode::Withdraw, Mode::Release, Mode::Disarm, Mode::Ceasefire, Mode::Access, Mode::Resign]
            }
            EventType::Request => &[Mode::Assist, Mode::Change, Mode::Yield, Mode::Meet],
            EventType::Accuse => &[Mode::Disapprove, Mode::Allege, Mode::Investigate],
            EventType::Reject => &[Mode::Assist, Mode::Change, Mode::Yield, Mode::Meet],
            EventType::Threaten => &[
                Mode::Restrict,
                Mode::Ban,
                Mode::Arrest,
                Mode::Relations,
                Mode::Expel,
                Mode::Territory,
                Mode::Violence,
            ],
            EventType::Protest => &[
                Mode::Demo,
                Mode::Riot,
                Mode::Strike,
                Mode::Hunger,
                Mode::Boycott,
                Mode::Obstruct,
                Mode::Vandalize,
            ],
            EventType::Sanction => &[Mode::Convict, Mode::Expel, Mode::Withdraw, Mode::Discontinue],
            EventType::Mobilize => &[Mode::Troops, Mode::Weapons, Mode::Police, Mode::Militia],
            EventType::Coerce => &[
                Mode::Seize,
                Mode::Restrict,
                Mode::Censor,
                Mode::Curfew,
                Mode::MartialLaw,
                Mode::Arrest,
                Mode::Deport,
                Mode::Withhold,
                Mode::Misinformation,
                Mode::Cyber,
            ],
            EventType::Assault => &[
                Mode::Abduct,
                Mode::Beat,
                Mode::Torture,
                Mode::Sexual,
                Mode::Targeted,
                Mode::Destroy,
                Mode::Primitive,
                Mode::Firearms,
                Mode::Explosives,
                Mode::SuicideAttack,
                Mode::Aerial,
                Mode::Drone,
                Mode::HeavyWeapons,
                Mode::CrowdControl,
                Mode::Unconventional,
            ],
        }
    }

    /// The quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    #[must_use]
    pub const fn quad(self) -> u8 {
        match self {
            EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => 1,
            EventType::Cooperate | EventType::Aid | EventType::Retreat => 2,
            EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => 3,
            EventType::Protest
            | EventType::Sanction
            | EventType::Mobilize
            | EventType::Coerce
            | EventType::Assault => 4,
        }
    }

    /// The root of the CAMEO code that the type stands for most often: `"19"` for ASSAULT.
    #[must_use]
    pub const fn cameo_root(self) -> &'static str {
        match self {
            EventType::Agree => "03",
            EventType::Consult => "04",
            EventType::Support => "05",
            EventType::Cooperate => "06",
            EventType::Aid => "07",
            EventType::Concede | EventType::Retreat => "08",
            EventType::Request => "10",
            EventType::Accuse => "11",
            EventType::Reject => "12",
            EventType::Threaten => "13",
            EventType::Protest => "14",
            EventType::Mobilize => "15",
            EventType::Sanction => "16",
            EventType::Coerce => "17",
            EventType::Assault => "19",
        }
    }
}
