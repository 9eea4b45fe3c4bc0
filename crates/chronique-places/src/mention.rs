use std::sync::Arc;

use chronique_text::Span;
use chronique_tokens::TokenId;

use crate::{CountryCode, PlaceKind, Reason};

/// How a place name is used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PlaceRole {
    /// As a place: *à Bamako*.
    Location,
    /// For a government, army, team or people: *Bamako accuse*.
    Metonym,
}

impl PlaceRole {
    /// The name in the output: `"location"` or `"metonym"`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            PlaceRole::Location => "location",
            PlaceRole::Metonym => "metonym",
        }
    }
}

/// A place name in a text and the place that it means.
#[derive(Clone, Debug)]
pub struct ResolvedPlace {
    /// The name, without article or elision.
    pub span: Span,
    /// The token in which it begins; of two names joined in one (*Russie-Ukraine*) the second begins inside it.
    pub first: TokenId,
    /// The token in which it ends.
    pub last: TokenId,
    /// How the name is used.
    pub role: PlaceRole,
    /// The place's usual French name.
    pub name: Arc<str>,
    /// The place's identifier: `geonames:2460596`, `wikidata:Q…`, `wof:…`, `chronique:…`.
    pub id: Arc<str>,
    /// What it is.
    pub kind: PlaceKind,
    /// The internationally recognised sovereign; `None` for seas, continents and supra-regions.
    pub country: Option<CountryCode>,
    /// Degrees north and east (WGS 84), where the place has a point.
    pub point: Option<(f64, f64)>,
    /// Ids of the places that hold it, nearest first (admin-2, admin-1, country), where known.
    pub within: Vec<Arc<str>>,
    /// Why this place, and which others lost.
    pub reason: Reason,
}
