use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::path::Path;

use crate::image::{Image, NO_PARENT, Record};
use crate::key;
use crate::place::{CountryCode, ExternalId, Feature, NameStatus, PlaceId, PlaceKind};

/// A gazetteer: places, their names, and the rules by which names in a text are taken for them.
///
/// Opening an image checks it and builds nothing; searching allocates nothing but the key.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    /// The image first, then the places that a user added.
    pub(crate) layers: Vec<Layer>,
    pub(crate) rules: std::sync::Arc<crate::rules::Rules>,
}

#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) image: Image,
    /// The number of the layer's first place in the gazetteer.
    pub(crate) base: u32,
}

impl Gazetteer {
    /// Opens a gazetteer image, with the rules for French text.
    ///
    /// # Errors
    /// [`GazetteerError`] if the bytes are no gazetteer image of this version, or damaged.
    pub fn from_bytes(image: impl Into<Cow<'static, [u8]>>) -> Result<Gazetteer, GazetteerError> {
        let image = Image::open(image.into())?;
        Ok(Gazetteer {
            layers: vec![Layer { image, base: 0 }],
            rules: std::sync::Arc::new(crate::rules::Rules::french()),
        })
    }

    /// Opens a gazetteer image in a file, with the rules for French text.
    ///
    /// Only its header is read; of the rest, what is looked at, when it is looked at: a gazetteer of the world opens in two
    /// milliseconds. The file must stay as it is. What is found damaged later is missing, and [`Gazetteer::damage`] tells.
    ///
    /// # Errors
    /// [`GazetteerError`] if the file can't be read, is no gazetteer image of this version, or damaged in its header.
    pub fn open(path: impl AsRef<Path>) -> Result<Gazetteer, GazetteerError> {
        let io = |error: std::io::Error| GazetteerError { kind: ErrorKind::File(error.to_string()) };
        let image = Image::open_file(File::open(path).map_err(io)?)?;
        Ok(Gazetteer {
            layers: vec![Layer { image, base: 0 }],
            rules: std::sync::Arc::new(crate::rules::Rules::french()),
        })
    }

    /// The first damage that was met in the files of opened images, if any: then places may be missing from what was read.
    #[must_use]
    pub fn damage(&self) -> Option<GazetteerError> {
        let damage = self.layers.iter().find_map(|layer| layer.image.damage())?;
        Some(GazetteerError { kind: ErrorKind::Damaged(damage.to_owned()) })
    }

    /// Reads and checks all of the images.
    ///
    /// # Errors
    /// [`GazetteerError`] for the first damage.
    pub fn check(&self) -> Result<(), GazetteerError> {
        self.layers.iter().try_for_each(|layer| layer.image.check())
    }

    /// Adds words to the lists that recognition reads, from a table `list · word · value` with a header line.
    ///
    /// Lists and values are those of `data/context.tsv`; words are written without case and accents.
    ///
    /// # Errors
    /// [`crate::RulesError`] names the line and what is wrong with it; the lists stay as they were.
    pub fn extend_rules(&mut self, table: &str) -> Result<(), crate::RulesError> {
        let mut rules = crate::rules::Rules::clone(&self.rules);
        rules.extend(table)?;
        self.rules = std::sync::Arc::new(rules);
        Ok(())
    }

    pub(crate) fn push_layer(&mut self, image: Vec<u8>) -> Result<(), GazetteerError> {
        if self.layers.len() > usize::from(u8::MAX) {
            return Err(GazetteerError { kind: ErrorKind::Layers });
        }
        let base = self.len();
        self.layers.push(Layer { image: Image::open(image.into())?, base });
        Ok(())
    }

    /// The number of places.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.layers.last().map_or(0, |layer| layer.base + layer.image.len())
    }

    /// Whether there is no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The sources of the image and their licences, as text.
    #[must_use]
    pub fn sources(&self) -> &str {
        self.layers.first().map_or("", |layer| layer.image.sources())
    }

    /// The places of a name, whatever its case, accents and hyphens: best name first, then by population; added places last.
    pub fn named(&self, name: &str) -> impl Iterator<Item = Place<'_>> + '_ {
        let key = key::key(name);
        self.layers.iter().flat_map(move |layer| {
            let value = layer.image.get(&key);
            value.into_iter().flat_map(move |value| {
                layer.image.postings(value).filter_map(move |(at, flags)| self.found(layer, at, Some(flags)))
            })
        })
    }

    /// One place.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Option<Place<'_>> {
        let layer = self.layers.iter().rev().find(|layer| layer.base <= id.0)?;
        self.found(layer, id.0 - layer.base, None)
    }

    /// The country of a code, as a place.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> Option<Place<'_>> {
        let layer = self.layers.first()?;
        self.found(layer, layer.image.country(code)?, None)
    }

    pub(crate) fn found<'g>(&'g self, layer: &'g Layer, at: u32, flags: Option<u8>) -> Option<Place<'g>> {
        Some(Place { gazetteer: self, layer, at, record: layer.image.record(at)?, flags: flags.unwrap_or(0) })
    }
}

/// A place of a [`Gazetteer`].
#[derive(Clone, Copy)]
pub struct Place<'g> {
    gazetteer: &'g Gazetteer,
    layer: &'g Layer,
    at: u32,
    record: Record,
    flags: u8,
}

impl<'g> Place<'g> {
    /// Its number in the gazetteer.
    #[must_use]
    pub fn place_id(&self) -> PlaceId {
        PlaceId(self.layer.base + self.at)
    }

    /// Its usual French name, or the main name of the base data where none is known.
    #[must_use]
    pub fn name(&self) -> &'g str {
        self.layer.image.string(self.record.name)
    }

    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> ExternalId {
        ExternalId::from_bits(self.record.id)
    }

    /// What it is, in GeoNames codes.
    #[must_use]
    pub fn feature(&self) -> Feature {
        Image::feature(&self.record)
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> PlaceKind {
        self.feature().kind()
    }

    /// The internationally recognised sovereign; `None` for seas, continents and supra-regions.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        std::str::from_utf8(&self.record.country).ok().and_then(CountryCode::new)
    }

    /// Degrees north and east (WGS 84), where the place has a point.
    #[must_use]
    pub fn point(&self) -> Option<(f64, f64)> {
        let degrees = |value: i32| f64::from(value) / 1e5;
        (self.record.lat != i32::MIN).then(|| (degrees(self.record.lat), degrees(self.record.lon)))
    }

    /// Inhabitants; 0: not known.
    #[must_use]
    pub fn population(&self) -> u32 {
        self.record.population
    }

    /// What is known of the name that it was found by; [`NameStatus::French`] if it was not found by a name.
    #[must_use]
    pub fn name_status(&self) -> NameStatus {
        NameStatus::from_bits(self.flags)
    }

    /// The flags of the name that it was found by.
    pub(crate) fn flags(&self) -> u8 {
        self.flags
    }

    /// The places that hold it, nearest first: divisions, then the country.
    pub fn within(&self) -> impl Iterator<Item = Place<'g>> + use<'g> {
        let (gazetteer, layer) = (self.gazetteer, self.layer);
        let country = self.country().filter(|_| self.kind() != PlaceKind::Country);
        let parent = |place: &Place<'g>| match place.record.parent {
            NO_PARENT => None,
            at => gazetteer.found(layer, at, None),
        };
        // Four levels are all there are: a damaged image can't send this round in circles.
        let divisions = std::iter::successors(parent(self), move |place| parent(place)).take(4);
        let divisions = divisions.take_while(|place| place.kind() != PlaceKind::Country);
        divisions.chain(country.and_then(|code| gazetteer.country(code)))
    }

    /// The first-order division that holds it.
    #[must_use]
    pub fn admin1(&self) -> Option<Place<'g>> {
        self.within().find(|place| place.feature() == Feature::Admin1)
    }

    /// The second-order division that holds it.
    #[must_use]
    pub fn admin2(&self) -> Option<Place<'g>> {
        self.within().find(|place| place.feature() == Feature::Admin2)
    }
}

impl fmt::Debug for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Place<'_> {
    /// `Goma (PPLA, CD, geonames:216281)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, ", self.name(), self.feature())?;
        if let Some(country) = self.country() {
            write!(f, "{country}, ")?;
        }
        write!(f, "{})", self.id())
    }
}

/// The error of a gazetteer that can't be opened or added to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GazetteerError {
    pub(crate) kind: ErrorKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ErrorKind {
    File(String),
    NotAnImage { len: u64 },
    Version { found: u32 },
    Length { found: u64, expected: u64 },
    Damaged(String),
    Row { line: u64, column: Option<String>, problem: String },
    Layers,
}

impl fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::File(error) => write!(f, "the gazetteer image can't be read: {error}"),
            ErrorKind::NotAnImage { len } => write!(
                f,
                "these {len} bytes are no gazetteer image: they do not begin with CHRONGAZ and a header; \
                 build one with `chronique gazetteer build`"
            ),
            ErrorKind::Version { found } => write!(
                f,
                "the gazetteer image has format {found}, and this version reads format {}: build it again",
                crate::image::VERSION
            ),
            ErrorKind::Length { found, expected } => write!(
                f,
                "the gazetteer image has {found} bytes where its header promises {expected}: it is cut off or damaged"
            ),
            ErrorKind::Damaged(what) => write!(f, "the gazetteer image is damaged: {what}"),
            ErrorKind::Row { line, column: Some(column), problem } => {
                write!(f, "line {line}, column {column}: {problem}")
            }
            ErrorKind::Row { line, column: None, problem } => write!(f, "line {line}: {problem}"),
            ErrorKind::Layers => f.write_str("a gazetteer takes 255 added tables: join them"),
        }
    }
}

impl std::error::Error for GazetteerError {}
