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
