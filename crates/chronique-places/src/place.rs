use std::fmt;

/// An ISO 3166-1 alpha-2 country code, such as `ML`; `XK` is Kosovo.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code of two ASCII capitals; `None` for anything else.
    #[must_use]
    pub fn new(code: &str) -> Option<CountryCode> {
        match code.as_bytes() {
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some(CountryCode([a, b])),
            _ => None,
        }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two ASCII capitals")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a place is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum PlaceKind {
    /// A country.
    Country,
    /// An administrative unit: region, province, department, oblast.
    Admin,
    /// A city, town or village.
    City,
    /// A part of a city.
    District,
    /// A sea, strait, lake or river.
    Water,
    /// A mountain, plateau, valley or desert.
    Relief,
    /// An island.
    Island,
    /// A camp, base, airport, road, bridge, palace.
    Facility,
    /// An area without borders of its own: Sahel, Donbass, bande de Gaza; also continents.
    Region,
}

impl PlaceKind {
    /// The name in the output: `"country"`, `"admin"`…
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            PlaceKind::Country => "country",
            PlaceKind::Admin => "admin",
            PlaceKind::City => "city",
            PlaceKind::District => "district",
            PlaceKind::Water => "water",
            PlaceKind::Relief => "relief",
            PlaceKind::Island => "island",
            PlaceKind::Facility => "facility",
            PlaceKind::Region => "region",
        }
    }
}

impl fmt::Display for PlaceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

macro_rules! features {
    ($($name:ident $code:literal $kind:ident $doc:literal,)*) => {
        /// What a place is, in the feature codes of GeoNames; finer than [`PlaceKind`].
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Feature {
            $(#[doc = $doc] $name,)*
        }

        impl Feature {
            /// All of them, in the order of their stored numbers.
            pub const ALL: &[Feature] = &[$(Feature::$name),*];

            /// The GeoNames code: `"PPLC"`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Feature::$name => $code,)* }
            }

            /// The coarse kind.
            #[must_use]
            pub const fn kind(self) -> PlaceKind {
                match self { $(Feature::$name => PlaceKind::$kind,)* }
            }
        }

        impl std::str::FromStr for Feature {
            type Err = ();

            fn from_str(code: &str) -> Result<Feature, ()> {
                match code { $($code => Ok(Feature::$name),)* _ => Err(()) }
            }
        }
    };
}

features! {
    Country "PCLI" Country "A sovereign state.",
    Territory "PCLD" Country "A dependent territory with a country code of its own.",
    Admin1 "ADM1" Admin "A first-order division.",
    Admin2 "ADM2" Admin "A second-order division.",
    Admin3 "ADM3" Admin "A division of a lower order.",
    Capital "PPLC" City "The capital of a country.",
    Seat1 "PPLA" City "The seat of a first-order division.",
    Seat2 "PPLA2" City "The seat of a second-order division.",
    Populated "PPL" City "A city, town or village.",
    Section "PPLX" District "A part of a city.",
    Continent "CONT" Region "A continent.",
    Area "RGN" Region "An area without borders of its own.",
    Sea "SEA" Water "An ocean or a sea.",
    Gulf "GULF" Water "A gulf, bay, strait or channel.",
    Lake "LK" Water "A lake.",
    Stream "STM" Water "A river.",
    Mountain "MT" Relief "A mountain, a range, a plateau.",
    Desert "DSRT" Relief "A desert.",
    Valley "VAL" Relief "A valley.",
    Island "ISL" Island "An island or islands.",
    Building "BLDG" Facility "A palace or another building.",
    Base "INSM" Facility "A military base.",
    Airport "AIRP" Facility "An airport.",
    Camp "CMP" Facility "A camp.",
    Road "RD" Facility "A road, a square, a bridge, a crossing.",
}

impl Feature {
    pub(crate) fn from_code(code: u8) -> Feature {
        Feature::ALL.get(usize::from(code)).copied().unwrap_or(Feature::Populated)
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What is known of a name: from best to least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum NameStatus {
    /// The usual French name, by a source that marks it as French.
    French,
    /// Another French name, by a source that marks it as French.
    FrenchVariant,
    /// The main name in the base data, in whatever language.
    Main,
    /// Another name, of unknown language.
    Alternate,
}

impl NameStatus {
    /// A short English name: `"French name"`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            NameStatus::French => "French name",
            NameStatus::FrenchVariant => "French variant",
            NameStatus::Main => "main name",
            NameStatus::Alternate => "alternate name",
        }
    }

    pub(crate) fn from_bits(bits: u8) -> NameStatus {
        match bits & 3 {
            0 => NameStatus::French,
            1 => NameStatus::FrenchVariant,
            2 => NameStatus::Main,
            _ => NameStatus::Alternate,
        }
    }
}

/// The number of a place in its `Gazetteer`, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaceId(pub(crate) u32);

/// Where an identifier comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
#[non_exhaustive]
pub enum IdScheme {
    /// `geonames:2460596`.
    GeoNames,
    /// `wikidata:Q42`.
    Wikidata,
    /// `wof:85632685`: Who's On First.
    Wof,
    /// `insee:01001`, `insee:2A004`: codes of the French *Code officiel géographique*; see [`ExternalId::insee`].
    Insee,
    /// `chronique:12`: a place of the hand-written lists.
    Chronique,
    /// `user:12`: a place that a user added.
    User,
}

/// An identifier: a scheme and a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ExternalId {
    /// Where the number comes from.
    pub scheme: IdScheme,
    /// The number, below 2⁵⁶.
    pub number: u64,
}

impl ExternalId {
    /// The identifier of a code of the French *Code officiel géographique*; `None` if it is none.
    ///
    /// The letters of Corsica count as 10 and 11.
    ///
    /// ```
    /// use chronique_places::ExternalId;
    ///
    /// assert_eq!(ExternalId::insee("01001").unwrap().to_string(), "insee:01001");
    /// assert_eq!(ExternalId::insee("2A004").unwrap().to_string(), "insee:2A004");
    /// assert_eq!(ExternalId::insee("2C004"), None);
    /// ```
    #[must_use]
    pub fn insee(code: &str) -> Option<ExternalId> {
        let number = |digits: &str| {
            let digital = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<u64>().ok().filter(|_| digital)
        };
        let corsican = |letter: char, value: u64| {
            let rest = code.strip_prefix('2')?.strip_prefix(letter).filter(|rest| rest.len() == 3)?;
            Some(200_000 + 1_000 * value + number(rest)?)
        };
        let plain = || number(code).filter(|_| code.len() == 5);
        let number = corsican('A', 10).or_else(|| corsican('B', 11)).or_else(plain)?;
        Some(ExternalId { scheme: IdScheme::Insee, number })
    }

    pub(crate) fn to_bits(self) -> u64 {
        (self.scheme as u64) << 56 | (self.number & ((1 << 56) - 1))
    }

    pub(crate) fn from_bits(bits: u64) -> ExternalId {
        let scheme = match bits >> 56 {
            0 => IdScheme::GeoNames,
            1 => IdScheme::Wikidata,
            2 => IdScheme::Wof,
            3 => IdScheme::Insee,
            4 => IdScheme::Chronique,
            _ => IdScheme::User,
        };
        ExternalId { scheme, number: bits & ((1 << 56) - 1) }
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number;
        match self.scheme {
            IdScheme::GeoNames => write!(f, "geonames:{number}"),
            IdScheme::Wikidata => write!(f, "wikidata:Q{number}"),
            IdScheme::Wof => write!(f, "wof:{number}"),
            IdScheme::Insee if number >= 200_000 => {
                let letter = if number / 1_000 == 210 { 'A' } else { 'B' };
                write!(f, "insee:2{letter}{:03}", number % 1_000)
            }
            IdScheme::Insee => write!(f, "insee:{number:05}"),
            IdScheme::Chronique => write!(f, "chronique:{number}"),
            IdScheme::User => write!(f, "user:{number}"),
        }
    }
}

impl std::str::FromStr for CountryCode {
    type Err = ();

    fn from_str(code: &str) -> Result<CountryCode, ()> {
        CountryCode::new(code).ok_or(())
    }
}

impl std::str::FromStr for PlaceKind {
    type Err = ();

    fn from_str(name: &str) -> Result<PlaceKind, ()> {
        use PlaceKind::{Admin, City, Country, District, Facility, Island, Region, Relief, Water};
        [Country, Admin, City, District, Water, Relief, Island, Facility, Region]
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .ok_or(())
    }
}
