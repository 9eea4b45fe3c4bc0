//! Places that a user adds, as a table.

use crate::builder::{GazetteerBuilder, NewPlace};
use crate::gazetteer::{ErrorKind, Gazetteer, GazetteerError};
use crate::place::{CountryCode, ExternalId, Feature, IdScheme, NameStatus, PlaceKind};

impl Gazetteer {
    /// Adds places from a CSV table with the columns `name`, `lat`, `lon`, and if wanted `id`, `kind`, `country`.
    ///
    /// A name may hold several names with `|` between. `lat` and `lon` are degrees north and east, both
    /// empty for a place without a point; `id` is a number, shown as `user:…` (by default the row's); `kind` is one of those of
    /// [`PlaceKind`] (default `city`); `country` is an ISO 3166-1 code. Added places win over others of their name.
    ///
    /// ```
    /// use chronique_places::{Gazetteer, GazetteerBuilder};
    ///
    /// let mut gazetteer = Gazetteer::from_bytes(GazetteerBuilder::new("").build())?;
    /// gazetteer.add_csv("name,lat,lon,kind,country\nTin Zaouatine,19.95,2.97,city,DZ\n")?;
    /// assert_eq!(gazetteer.named("tin-zaouatine").next().unwrap().country().unwrap().as_str(), "DZ");
    ///
    /// let error = gazetteer.add_csv("name,lat,lon\nKidal,north,1.4\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: lat \"north\" is no number of degrees from -90 to 90");
    /// # Ok::<(), chronique_places::GazetteerError>(())
    /// ```
    ///
    /// # Errors
    /// [`GazetteerError`] names the line and what is wrong with it; nothing is added then.
    pub fn add_csv(&mut self, table: &str) -> Result<(), GazetteerError> {
        if self.layers.len() > usize::from(u8::MAX) {
            return Err(error(1, "a gazetteer takes 255 added tables: join them".to_owned()));
        }
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(table.as_bytes());
        let header = reader.headers().map_err(|broken| of_csv(&broken))?.clone();
        let column = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let (Some(name), Some(lat), Some(lon)) = (column("name"), column("lat"), column("lon")) else {
            return Err(error(1, "the header needs the columns name, lat and lon".to_owned()));
        };
        let (id, kind, country) = (column("id"), column("kind"), column("country"));
        let mut builder = GazetteerBuilder::new("added by the user");
        for (at, record) in reader.records().enumerate() {
            let record = record.map_err(|broken| of_csv(&broken))?;
            let line = record.position().map_or(at as u64 + 2, csv::Position::line);
            let field = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or("");
            let names = field(Some(name));
            let Some(first) =
                names.split('|').map(str::trim).find(|name| name.chars().any(char::is_alphanumeric))
            else {
                return Err(error(line, "the name is empty".to_owned()));
            };
            let degrees = |column: usize, what: &str, most: f64| -> Result<Option<f64>, GazetteerError> {
                match field(Some(column)) {
                    "" => Ok(None),
                    value => match value.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most) {
                        Some(degrees) => Ok(Some(degrees)),
                        None => Err(error(
                            line,
                            format!("{what} {value:?} is no number of degrees from -{most} to {most}"),
                        )),
                    },
                }
            };
            let point = match (degrees(lat, "lat", 90.0)?, degrees(lon, "lon", 180.0)?) {
                (Some(lat), Some(lon)) => Some((lat, lon)),
                (None, None) => None,
                _ => return Err(error(line, "one of lat and lon is empty: give both or none".to_owned())),
            };
            let number = match field(id) {
                "" => at as u64 + 1,
                value => match value
                    .trim_start_matches("user:")
                    .parse::<u64>()
                    .ok()
                    .filter(|number| *number < 1 << 56)
                {
                    Some(number) => number,
                    None => return Err(error(line, format!("id {value:?} is no whole number below 2^56"))),
                },
            };
            let kind = match field(kind) {
                "" => PlaceKind::City,
                value => value.parse().map_err(|()| error(line, format!("kind {value:?} is no kind of place: country, admin, city, district, water, relief, island, facility, region")))?,
            };
            let country = match field(country) {
                "" => None,
                value => Some(CountryCode::new(value).ok_or_else(|| {
                    error(line, format!("country {value:?} is no ISO 3166-1 code of two capitals"))
                })?),
            };
            let place = builder.place(NewPlace {
                name: first.to_owned(),
                id: ExternalId { scheme: IdScheme::User, number },
                feature: feature(kind),
                country,
                point,
                population: 0,
                parent: None,
            });
            for name in names.split('|') {
                builder.name(place, name.trim(), NameStatus::French);
            }
        }
        self.push_layer(builder.build())
    }
}

/// The class by which a place of a kind is weighed.
fn feature(kind: PlaceKind) -> Feature {
    match kind {
        PlaceKind::Country => Feature::Territory,
        PlaceKind::Admin => Feature::Admin1,
        PlaceKind::City => Feature::Populated,
        PlaceKind::District => Feature::Section,
        PlaceKind::Water => Feature::Lake,
        PlaceKind::Relief => Feature::Mountain,
        PlaceKind::Island => Feature::Island,
        PlaceKind::Facility => Feature::Building,
        PlaceKind::Region => Feature::Area,
    }
}

fn error(line: u64, problem: String) -> GazetteerError {
    GazetteerError { kind: ErrorKind::Row { line, problem } }
}

fn of_csv(broken: &csv::Error) -> GazetteerError {
    let line = broken.position().map_or(1, csv::Position::line);
    error(line, format!("the table can't be read: {broken}"))
}
