#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod added;
mod beside;
mod builder;
mod dump;
mod gazetteer;
mod geojson;
mod geonames;
mod image;
mod joined;
mod key;
mod keys;
mod listed;
mod matcher;
mod mention;
mod openings;
mod place;
mod ranked;
mod reason;
mod recognize;
mod resolve;
mod role;
mod rules;
mod search;
mod store;
mod table;
mod unlisted;

pub use builder::{GazetteerBuilder, NewPlace};
pub use dump::BadRow;
pub use gazetteer::{Gazetteer, GazetteerError, Place};
pub use geonames::{GeoNames, GeoNamesCounts, GeoNamesOptions};
pub use listed::DoubtfulName;
pub use mention::{PlaceRole, ResolvedPlace};
pub use place::{CountryCode, ExternalId, Feature, IdScheme, NameStatus, PlaceId, PlaceKind};
pub use ranked::RankedPlace;
pub use reason::{Factor, Reason, RunnerUp, Unlisted};
pub use rules::RulesError;
