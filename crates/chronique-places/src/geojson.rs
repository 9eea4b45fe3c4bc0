//! Places that a user adds, as GeoJSON (RFC 7946).

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::added::Added;
use crate::builder::GazetteerBuilder;
use crate::gazetteer::{ErrorKind, Gazetteer, GazetteerError};

impl Gazetteer {
    /// Adds places from GeoJSON: a `FeatureCollection` whose features have a property `name`, and if wanted `kind`, `country`,
    /// `population` and `id` (or an `id` of the feature), which mean what they mean in [`Gazetteer::add_csv`].
    ///
    /// A `Point` is the place's point; any other geometry stands at the middle of its bounds; `null` is a place without a point.
    ///
    /// ```
    /// use chronique_places::{Gazetteer, GazetteerBuilder};
    ///
    /// let mut gazetteer = Gazetteer::from_bytes(GazetteerBuilder::new("").build())?;
    /// gazetteer.add_geojson(r#"{"type": "FeatureCollection", "features": [
    ///   {"type": "Feature", "geometry": {"type": "Point", "coordinates": [29.2, -1.65]},
    ///    "properties": {"name": "Colline 402", "kind": "relief", "country": "CD"}}
    /// ]}"#)?;
    /// assert_eq!(gazetteer.named("colline 402").next().unwrap().point(), Some((-1.65, 29.2)));
    ///
    /// let error = gazetteer.add_geojson(r#"{"features": [{"geometry": null, "properties": {"nom": "Gao"}}]}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "line 1, column 63: a feature has no property name");
    /// # Ok::<(), chronique_places::GazetteerError>(())
    /// ```
    ///
    /// # Errors
    /// [`GazetteerError`] names line and column and what is wrong there; nothing is added then.
    pub fn add_geojson(&mut self, json: &str) -> Result<(), GazetteerError> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let collection: Collection = serde_json::from_str(json).map_err(|broken| of_json(&broken))?;
        self.push_layer(collection.features.0.build())
    }
}

#[derive(Deserialize)]
struct Collection {
    features: Features,
}

/// The features, each put into the builder while the reader stands behind it, so that an error has its line.
struct Features(GazetteerBuilder);

impl<'de> Deserialize<'de> for Features {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Features, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Features;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an array of features")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut all: A) -> Result<Features, A::Error> {
                let mut builder = GazetteerBuilder::new("added by the user");
                let mut nth = 0;
                while let Some(feature) = all.next_element::<Feature>()? {
                    nth += 1;
                    feature.add(&mut builder, nth).map_err(A::Error::custom)?;
                }
                Ok(Features(builder))
            }
        }
        from.deserialize_seq(Visitor)
    }
}

#[derive(Deserialize)]
struct Feature {
    id: Option<Value>,
    geometry: Option<Value>,
    properties: Option<serde_json::Map<String, Value>>,
}

impl Feature {
    fn add(&self, builder: &mut GazetteerBuilder, nth: u64) -> Result<(), String> {
        let property = |name: &str| self.properties.as_ref().and_then(|properties| properties.get(name));
        let string = |name: &str, value: Option<&Value>| match value {
            None | Some(Value::Null) => Ok(String::new()),
            Some(Value::String(value)) => Ok(value.clone()),
            Some(Value::Number(value)) => Ok(value.to_string()),
            Some(other) => Err(format!("{name} {other} is neither text nor number")),
        };
        let names = string("name", property("name"))?;
        if names.is_empty() {
            return Err("a feature has no property name".to_owned());
        }
        let added = Added {
            names: &names,
            point: self.point()?,
            id: &string("id", self.id.as_ref().or(property("id")))?,
            kind: &string("kind", property("kind"))?,
            country: &string("country", property("country"))?,
            population: &string("population", property("population"))?,
        };
        added.add(builder, nth).map_err(|(field, problem)| format!("{field} of « {names} »: {problem}"))
    }

    /// Degrees north and east of the middle of the geometry.
    fn point(&self) -> Result<Option<(f64, f64)>, String> {
        let Some(geometry) = &self.geometry else { return Ok(None) };
        let mut bounds: Option<[f64; 4]> = None;
        let mut stack =
            vec![geometry.get("coordinates").or(geometry.get("geometries")).unwrap_or(&Value::Null)];
        while let Some(value) = stack.pop() {
            match value.as_array().map(Vec::as_slice) {
                Some([lon, lat, ..]) if lon.is_number() && lat.is_number() => {
                    let (lon, lat) = (lon.as_f64().unwrap_or(f64::NAN), lat.as_f64().unwrap_or(f64::NAN));
                    if !(lon.abs() <= 180.0 && lat.abs() <= 90.0) {
                        return Err(format!("[{lon}, {lat}] is no longitude and latitude in degrees"));
                    }
                    let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
                    bounds = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
                }
                Some(parts) => stack.extend(parts),
                None => stack.extend(value.get("coordinates")),
            }
        }
        match bounds {
            Some([west, south, east, north]) => {
                Ok(Some((f64::midpoint(south, north), f64::midpoint(west, east))))
            }
            None => Err("a geometry has no coordinates [longitude, latitude]".to_owned()),
        }
    }
}

fn of_json(broken: &serde_json::Error) -> GazetteerError {
    let problem = broken.to_string();
    let problem = problem.rsplit_once(" at line ").map_or(&*problem, |(problem, _)| problem).to_owned();
    let (line, column) = (broken.line() as u64, Some(broken.column().to_string()));
    GazetteerError { kind: ErrorKind::Row { line, column, problem } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(features: &str) -> Result<Vec<Option<(f64, f64)>>, String> {
        let mut gazetteer = Gazetteer::from_bytes(GazetteerBuilder::new("").build()).unwrap();
        let json = format!("{{\"type\": \"FeatureCollection\",\n\"features\": [{features}]}}");
        gazetteer.add_geojson(&json).map_err(|error| error.to_string())?;
        Ok(gazetteer.named("Gao").map(|place| place.point()).collect())
    }

    #[test]
    fn geometries_have_a_middle() {
        for (geometry, expected) in [
            ("null", None),
            (r#"{"type": "Point", "coordinates": [-0.04, 16.27, 250]}"#, Some((16.27, -0.04))),
            (
                r#"{"type": "Polygon", "coordinates": [[[0, 16], [2, 16], [2, 18], [0, 16]]]}"#,
                Some((17.0, 1.0)),
            ),
            (
                r#"{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}"#,
                Some((2.0, 1.0)),
            ),
        ] {
            let feature = format!(r#"{{"geometry": {geometry}, "properties": {{"name": "Ville|Gao"}}}}"#);
            assert_eq!(read(&feature), Ok(vec![expected]), "{geometry}");
        }
    }

    #[test]
    fn errors_name_line_and_column() {
        for (feature, expected) in [
            ("7", "line 2, column 14: invalid type: integer `7`, expected struct Feature"),
            (
                r#"{"properties": {"name": "Gao", "kind": "town"}}"#,
                "line 2, column 61: kind of « Gao »: \"town\" is none of country, admin, city, district, water, relief, \
                 island, facility, region",
            ),
            (
                r#"{"geometry": {"coordinates": [16, 97]}, "properties": {"name": "Gao"}}"#,
                "line 2, column 84: [16, 97] is no longitude and latitude in degrees",
            ),
            (
                r#"{"geometry": {"type": "Point"}, "properties": {"name": "Gao"}}"#,
                "line 2, column 76: a geometry has no coordinates [longitude, latitude]",
            ),
        ] {
            assert_eq!(read(feature), Err(expected.to_owned()));
        }
        assert!(read(&"[".repeat(100_000)).unwrap_err().contains("line 2"));
    }
}
