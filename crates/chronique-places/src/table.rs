//! Places that a user adds, as a table.

use crate::added::{Added, error};
use crate::builder::GazetteerBuilder;
use crate::gazetteer::{ErrorKind, Gazetteer, GazetteerError};

impl Gazetteer {
    /// Adds places from a CSV table with the columns `name`, `lat`, `lon`, and if wanted `id`, `kind`, `country`, `population`.
    ///
    /// A name may hold several names with `|` between; the first is shown. `lat` and `lon` are degrees north and east (WGS 84), both
    /// empty for a place without a point; `id` is a number, shown as `user:…` (by default the row's); `kind` is one of those of
    /// [`PlaceKind`](crate::PlaceKind) (default `city`); `country` is an ISO 3166-1 code. Added places win over others of their name.
    ///
    /// ```
    /// use chronique_places::{Gazetteer, GazetteerBuilder};
    ///
    /// let mut gazetteer = Gazetteer::from_bytes(GazetteerBuilder::new("").build())?;
    /// gazetteer.add_csv("name,lat,lon,kind,country\nTin Zaouatine,19.95,2.97,city,DZ\n")?;
    /// assert_eq!(gazetteer.named("tin-zaouatine").next().unwrap().country().unwrap().as_str(), "DZ");
    ///
    /// let error = gazetteer.add_csv("name,lat,lon\nKidal,north,1.4\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2, column lat: \"north\" is no number from -90 to 90");
    /// # Ok::<(), chronique_places::GazetteerError>(())
    /// ```
    ///
    /// # Errors
    /// [`GazetteerError`] names the line, the column and what is wrong there; nothing is added then.
    pub fn add_csv(&mut self, table: &str) -> Result<(), GazetteerError> {
        let table = table.strip_prefix('\u{feff}').unwrap_or(table);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(table.as_bytes());
        let header = reader.headers().map_err(|broken| of_csv(&broken))?.clone();
        let column = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        if let Some(missing) = ["name", "lat", "lon"].into_iter().find(|name| column(name).is_none()) {
            let found: Vec<&str> = header.iter().collect();
            return Err(error(1, format!("there is no column {missing} among {}", found.join(", "))));
        }
        let columns = ["name", "lat", "lon", "id", "kind", "country", "population"].map(column);
        let mut builder = GazetteerBuilder::new("added by the user");
        for (at, record) in reader.records().enumerate() {
            let record = record.map_err(|broken| of_csv(&broken))?;
            let line = record.position().map_or(at as u64 + 2, csv::Position::line);
            let [name, lat, lon, id, kind, country, population] =
                columns.map(|column| column.and_then(|column| record.get(column)).unwrap_or(""));
            let added = || -> Result<Added<'_>, (&str, String)> {
                Ok(Added {
                    names: name,
                    point: match (degrees("lat", lat, 90.0)?, degrees("lon", lon, 180.0)?) {
                        (Some(lat), Some(lon)) => Some((lat, lon)),
                        (None, None) => None,
                        (lat, _) => {
                            let empty = if lat.is_none() { "lat" } else { "lon" };
                            return Err((empty, "it is empty: give both lat and lon, or none".to_owned()));
                        }
                    },
                    id,
                    kind,
                    country,
                    population,
                })
            };
            added()
                .and_then(|added| added.add(&mut builder, at as u64 + 1))
                .map_err(|(column, problem)| in_column(line, column, &problem))?;
        }
        self.push_layer(builder.build())
    }
}

fn degrees<'c>(column: &'c str, value: &str, most: f64) -> Result<Option<f64>, (&'c str, String)> {
    if value.is_empty() {
        return Ok(None);
    }
    match value.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most) {
        Some(degrees) => Ok(Some(degrees)),
        None => Err((column, format!("{value:?} is no number from -{most} to {most}"))),
    }
}

fn in_column(line: u64, column: &str, problem: &str) -> GazetteerError {
    GazetteerError {
        kind: ErrorKind::Row { line, column: Some(column.to_owned()), problem: problem.to_owned() },
    }
}

fn of_csv(broken: &csv::Error) -> GazetteerError {
    let line = broken.position().map_or(1, csv::Position::line);
    let problem = match broken.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells where the header has {expected_len}: check quotes and commas")
        }
        _ => format!("the table can't be read: {broken}"),
    };
    error(line, problem)
}
