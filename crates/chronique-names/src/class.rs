use std::fmt;
use std::str::FromStr;

/// What a name names.
///
/// ```
/// use chronique_names::NameClass;
///
/// assert_eq!("person".parse(), Ok(NameClass::Person));
/// assert_eq!(NameClass::Place.to_string(), "place");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameClass {
    /// Somewhere: a country, a town, a river, a street.
    Place,
    /// Somebody.
    Person,
    /// A body of people: a party, a company, a ministry, a club, a newspaper.
    Organisation,
    /// Something else, as a film, a law or a feast; or a capital that makes no name.
    Other,
}

impl NameClass {
    /// All of them, in the order of the columns of a table of weights.
    pub const ALL: [NameClass; 4] =
        [NameClass::Place, NameClass::Person, NameClass::Organisation, NameClass::Other];

    /// The name in tables and explanations.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            NameClass::Place => "place",
            NameClass::Person => "person",
            NameClass::Organisation => "organisation",
            NameClass::Other => "other",
        }
    }
}

impl fmt::Display for NameClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for NameClass {
    type Err = ();

    fn from_str(name: &str) -> Result<NameClass, ()> {
        NameClass::ALL.into_iter().find(|class| class.as_str() == name).ok_or(())
    }
}
