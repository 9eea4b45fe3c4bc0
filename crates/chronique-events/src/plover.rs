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

            /// What it means, in a sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $($kind::$name => $about,)* }
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
        Agree "AGREE" "Agree, promise, offer or show willingness to cooperate; reach an agreement in principle.",
        Consult "CONSULT" "Meet, visit, host, negotiate, mediate, hold talks, telephone.",
        Support "SUPPORT" "Endorse, praise, recognise, vote for; sign or ratify a treaty or accord; restore ties.",
        Concede "CONCEDE" "Pardon, apologise, accept a demand, lift a restriction; declare a ceasefire or withdrawal not yet carried out.",
        Cooperate "COOPERATE" "Mutual material cooperation: trade, joint exercises, extradition, shared intelligence.",
        Aid "AID" "Give money, arms, food, medicine or asylum; rescue; evacuate to protect; send relief or peacekeepers.",
        Retreat "RETREAT" "Withdraw, cede ground, release, disarm, observe a ceasefire, surrender, let observers in, resign.",
        Request "REQUEST" "Demand, call for, urge, order, appeal.",
        Accuse "ACCUSE" "Condemn, criticise, accuse, sue, charge, investigate.",
        Reject "REJECT" "Refuse, deny, veto, vote against, break off talks, cancel a meeting, break an accord.",
        Threaten "THREATEN" "Threaten, warn of consequences, issue an ultimatum.",
        Protest "PROTEST" "Demonstrate, riot, strike, boycott, block a road in protest.",
        Sanction "SANCTION" "Impose sanctions, cut ties or aid, expel diplomats, dismiss, convict, leave a body; drive people out.",
        Mobilize "MOBILIZE" "Deploy, mass or reinforce troops, raise the alert, show force, test weapons, set up a checkpoint.",
        Coerce "COERCE" "Arrest, search, seize goods, ban, censor, impose a curfew or a state of emergency, deport, take power, blockade.",
        Assault "ASSAULT" "Attack, clash, shoot, bomb, kill, wound, abduct, torture, rape, destroy, take ground by force.",
    }
}

codes! {
    /// A mode of an event type: how it is done.
    Mode {
        Visit "visit" "One goes to the other.",
        ThirdParty "third-party" "Somebody mediates between others.",
        Multilateral "multilateral" "More than two sides, or a body of states.",
        Phone "phone" "At a distance: by telephone or video.",
        Withdraw "withdraw" "Forces leave ground (RETREAT); a state or member leaves a body (SANCTION).",
        Release "release" "Prisoners or hostages go free.",
        Disarm "disarm" "Arms are laid down; fighters give themselves up.",
        Ceasefire "ceasefire" "Fire stops or a truce is kept.",
        Access "access" "Observers, aid or goods are let in.",
        Resign "resign" "Somebody gives up an office.",
        Assist "assist" "About help: money, arms, asylum, protection.",
        Change "change" "About a change of policy, law or leaders.",
        Yield "yield" "About ending force or giving way.",
        Meet "meet" "About meeting or talking.",
        Disapprove "disapprove" "Condemn or criticise.",
        Allege "allege" "Accuse of a deed, sue, charge, try.",
        Investigate "investigate" "Inquire into a deed.",
        Restrict "restrict" "Restrictions: sanctions or a blockade threatened (THREATEN); bans and closures (COERCE).",
        Ban "ban" "A ban of somebody or something.",
        Arrest "arrest" "Arrest or pursuit threatened (THREATEN); people held by an authority (COERCE).",
        Relations "relations" "Relations, aid or support to be cut.",
        Expel "expel" "Diplomats, residents or members are driven out.",
        Territory "territory" "Ground to be taken.",
        Violence "violence" "Force against somebody.",
        Demo "demo" "March, rally, sit-in.",
        Riot "riot" "Violent protest.",
        Strike "strike" "Work stops.",
        Hunger "hunger" "Hunger strike.",
        Boycott "boycott" "Stay away from something.",
        Obstruct "obstruct" "Roads, sites or entrances are blocked.",
        Vandalize "vandalize" "Things are damaged in protest.",
        Convict "convict" "A court finds guilty or sentences.",
        Discontinue "discontinue" "Ties, aid or deliveries are cut; sanctions.",
        Troops "troops" "Soldiers are moved or raised.",
        Weapons "weapons" "Arms are moved or tested.",
        Police "police" "Police are moved.",
        Militia "militia" "Irregular fighters are raised.",
        Seize "seize" "Goods, places or power are taken without open force; searches.",
        Censor "censor" "Media or networks are cut.",
        Curfew "curfew" "People must stay at home.",
        MartialLaw "martial-law" "State of emergency or siege, martial law.",
        Deport "deport" "People are sent out of a country.",
        Withhold "withhold" "Goods, pay or rights are kept back.",
        Misinformation "misinformation" "False news are spread by an authority.",
        Cyber "cyber" "Computers are attacked.",
        Abduct "abduct" "Kidnap, take hostage, capture.",
        Beat "beat" "Blows without arms.",
        Torture "torture" "Torture.",
        Sexual "sexual" "Rape and sexual violence.",
        Targeted "targeted" "Somebody is picked out and killed.",
        Destroy "destroy" "Buildings or goods are destroyed.",
        Primitive "primitive" "Knives, stones, axes, blows with a tool.",
        Firearms "firearms" "Guns.",
        Explosives "explosives" "Bombs, mines, grenades.",
        SuicideAttack "suicide-attack" "The attacker dies with the bomb.",
        Aerial "aerial" "Aircraft.",
        Drone "drone" "Drones.",
        HeavyWeapons "heavy-weapons" "Artillery, rockets, missiles, tanks.",
        CrowdControl "crowd-control" "Tear gas, batons, charges against a crowd.",
        Unconventional "unconventional" "Chemical, biological, nuclear arms; poison.",
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
