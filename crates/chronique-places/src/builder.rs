use std::collections::{BTreeMap, HashMap};

use crate::image::{self, NO_PARENT, RECORD, Record, SECTIONS};
use crate::key;
use crate::place::{CountryCode, ExternalId, Feature, NameStatus, PlaceId};

/// Flags of a posting, above the two bits of its [`NameStatus`].
pub(crate) mod flag {
    /// A common word or first name too: needs a cue that it is a place.
    pub(crate) const CUE: u8 = 1 << 2;
    /// The name holds a lower-case word of meaning: *mer Noire*, *Chine continentale*.
    pub(crate) const LOWER: u8 = 1 << 3;
    /// The key lacks the article of the name: *Caire*, only after `au`, `du`, `aux`, `des`.
    pub(crate) const NO_ARTICLE: u8 = 1 << 4;
    /// An abbreviation: its capitals count.
    pub(crate) const CAPITALS: u8 = 1 << 5;
    /// A part of a name that needs the country in the text, or a village: weak without support.
    pub(crate) const WEAK: u8 = 1 << 6;
    /// A common word that is a place only after a noun of its kind: *département du Nord*.
    pub(crate) const NOUN: u8 = 1 << 7;
}

/// A place to put into a gazetteer.
#[derive(Clone, Debug)]
pub struct NewPlace {
    /// The usual French name, as shown; at most 255 bytes of it are kept.
    pub name: String,
    /// The identifier.
    pub id: ExternalId,
    /// What it is.
    pub feature: Feature,
    /// The internationally recognised sovereign; `None` for seas, continents and supra-regions.
    pub country: Option<CountryCode>,
    /// Degrees north and east (WGS 84).
    pub point: Option<(f64, f64)>,
    /// Inhabitants; 0: not known.
    pub population: u32,
    /// The place that holds it.
    pub parent: Option<PlaceId>,
}

/// Builds a gazetteer image: first the places, then their names.
///
/// The image depends on nothing but the calls and their order.
///
/// ```
/// use chronique_places::{ExternalId, Feature, Gazetteer, GazetteerBuilder, IdScheme, NameStatus, NewPlace};
///
/// let mut builder = GazetteerBuilder::new("hand-written");
/// let goma = builder.place(NewPlace {
///     name: "Goma".into(),
///     id: ExternalId { scheme: IdScheme::GeoNames, number: 216281 },
///     feature: Feature::Seat1,
///     country: "CD".parse().ok(),
///     point: Some((-1.679, 29.228)),
///     population: 600_000,
///     parent: None,
/// });
/// builder.name(goma, "Goma", NameStatus::French);
/// let gazetteer = Gazetteer::from_bytes(builder.build())?;
/// assert_eq!(gazetteer.named("GOMA").next().unwrap().id().to_string(), "geonames:216281");
/// # Ok::<(), chronique_places::GazetteerError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct GazetteerBuilder {
    places: Vec<NewPlace>,
    /// Key → place → flags with status.
    names: BTreeMap<String, BTreeMap<u32, u8>>,
    cues: Vec<(String, u8)>,
    drops: Vec<String>,
    sources: String,
}

impl GazetteerBuilder {
    /// An empty builder; `sources` is kept in the image for [`crate::Gazetteer::sources`].
    #[must_use]
    pub fn new(sources: impl Into<String>) -> GazetteerBuilder {
        GazetteerBuilder { sources: sources.into(), ..GazetteerBuilder::default() }
    }

    /// Adds a place.
    ///
    /// # Panics
    /// On more than 2²⁴ places.
    pub fn place(&mut self, place: NewPlace) -> PlaceId {
        let id = PlaceId(u32::try_from(self.places.len()).expect("few places"));
        assert!(id.0 < 1 << 24, "a gazetteer holds at most 2^24 places");
        self.places.push(place);
        id
    }

    /// The place as added.
    #[must_use]
    pub fn added(&self, place: PlaceId) -> &NewPlace {
        &self.places[place.0 as usize]
    }

    /// The place as added, to change it.
    pub fn added_mut(&mut self, place: PlaceId) -> &mut NewPlace {
        &mut self.places[place.0 as usize]
    }

    /// The number of places so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no place yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Adds a name of a place. The best status of equal names is kept.
    ///
    /// A name of capitals only and at most five letters, such as `RDC`, is an abbreviation: its capitals count. A leading
    /// `Le`, `Les` also gives the key after `au`, `du`, `aux`, `des`.
    pub fn name(&mut self, place: PlaceId, name: &str, status: NameStatus) {
        let whole = key::key(name);
        if whole.is_empty() {
            return;
        }
        let mut flags = 0;
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        if (2..=5).contains(&letters) && name.chars().all(|c| !c.is_lowercase()) {
            flags |= flag::CAPITALS;
        }
        if holds_lower_word(name) {
            flags |= flag::LOWER;
        }
        if let Some(rest) = whole.strip_prefix("le ").or_else(|| whole.strip_prefix("les "))
            && self.places[place.0 as usize].feature.kind() == crate::PlaceKind::City
        {
            self.add(rest.to_owned(), place, status, flags | flag::NO_ARTICLE);
        }
        if let Some(joined) = without_apostrophes(name) {
            self.add(key::key(&joined), place, status, flags);
        }
        self.add(whole, place, status, flags);
    }

    /// Adds a weak name: one that is taken only with support from its surroundings.
    pub fn weak_name(&mut self, place: PlaceId, name: &str, status: NameStatus) {
        let whole = key::key(name);
        if !whole.is_empty() {
            let lower = if holds_lower_word(name) { flag::LOWER } else { 0 };
            self.add(whole, place, status, lower | flag::WEAK);
        }
    }

    fn add(&mut self, key: String, place: PlaceId, status: NameStatus, flags: u8) {
        let new = flags | status as u8;
        let names = self.names.entry(key).or_default();
        let old = names.entry(place.0).or_insert(new);
        // A name that is plain in one source is plain: keep the weakest restriction, the best status.
        if flags & flag::WEAK == 0 && *old & flag::WEAK != 0 {
            *old = new;
        } else if flags & flag::WEAK == *old & flag::WEAK && (new & 3) < (*old & 3) {
            *old = (*old & !3) | (new & 3);
        }
    }

    /// Marks a name as a common word or a first name too: it needs a cue to be taken for a place.
    pub fn needs_cue(&mut self, name: &str) {
        self.cues.push((key::key(name), flag::CUE));
    }

    /// Marks a name as a common word that is a place only after a noun of its kind: *département du Nord*.
    pub fn needs_noun(&mut self, name: &str) {
        self.cues.push((key::key(name), flag::NOUN));
    }

    /// Leaves a name out, whatever place bears it.
    pub fn drop_name(&mut self, name: &str) {
        self.drops.push(key::key(name));
    }

    /// The image.
    #[must_use]
    pub fn build(mut self) -> Vec<u8> {
        for drop in &self.drops {
            self.names.remove(drop);
        }
        for (key, cue) in &self.cues {
            if let Some(names) = self.names.get_mut(key) {
                names.values_mut().for_each(|flags| *flags |= cue);
            }
        }
        let mut keys = fst::MapBuilder::memory();
        // The first posting is a filler, so that no key has the value 0.
        let mut postings = vec![0xff; 4];
        for (key, names) in &self.names {
            let mut row: Vec<(u32, u8)> = names.iter().map(|(&place, &flags)| (place, flags)).collect();
            row.sort_by_key(|&(place, flags)| {
                (flags & 3, u32::MAX - self.places[place as usize].population, place)
            });
            row.truncate(255);
            let first = (postings.len() / 4) as u64;
            keys.insert(key, first << 8 | row.len() as u64).expect("keys come in order");
            for (place, flags) in row {
                postings.extend((place << 8 | u32::from(flags)).to_le_bytes());
            }
        }
        let keys = keys.into_inner().expect("memory does not fail");
        let (places, strings) = self.records();
        let mut countries = BTreeMap::new();
        for (at, place) in self.places.iter().enumerate() {
            if let (true, Some(code)) = (place.feature.kind() == crate::PlaceKind::Country, place.country) {
                countries.entry(code).or_insert(at as u32);
            }
        }
        let countries: Vec<u8> =
            countries.iter().flat_map(|(code, at)| code.as_str().bytes().chain(at.to_le_bytes())).collect();
        seal([&keys, &postings, &places, &strings, &countries, self.sources.as_bytes()])
    }

    fn records(&self) -> (Vec<u8>, Vec<u8>) {
        let mut offsets: HashMap<&str, u32> = HashMap::new();
        let mut strings = Vec::new();
        let mut places = Vec::with_capacity(self.places.len() * RECORD);
        for place in &self.places {
            let name = shortened(&place.name);
            let offset = *offsets.entry(name).or_insert_with(|| {
                let offset = u32::try_from(strings.len()).expect("names of less than 4 GiB");
                strings.push(name.len() as u8);
                strings.extend(name.bytes());
                offset
            });
            let degrees = |value: f64| (value * 1e5).round() as i32;
            let (lat, lon) = place.point.map_or((i32::MIN, 0), |(lat, lon)| (degrees(lat), degrees(lon)));
            let mut country = [0; 2];
            if let Some(code) = place.country {
                country.copy_from_slice(code.as_str().as_bytes());
            }
            Record {
                lat,
                lon,
                name: offset,
                population: place.population,
                id: place.id.to_bits(),
                country,
                feature: place.feature as u8,
                reserved: 0,
                parent: place.parent.map_or(NO_PARENT, |parent| parent.0),
            }
            .write(&mut places);
        }
        (places, strings)
    }
}

fn seal(sections: [&[u8]; SECTIONS]) -> Vec<u8> {
    let body: Vec<u8> = sections.concat();
    let mut image = Vec::with_capacity(body.len() + image::HEADER);
    image.extend(image::MAGIC);
    image.extend(image::VERSION.to_le_bytes());
    for section in sections {
        image.extend(u32::try_from(section.len()).expect("sections of less than 4 GiB").to_le_bytes());
    }
    image.extend(image::checksum(&body).to_le_bytes());
    image.extend(body);
    image
}

/// The first 255 bytes at most, on a `char` boundary.
fn shortened(name: &str) -> &str {
    let mut end = name.len().min(255);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// The name with its apostrophes left out, unless they mark an elision: `N'Djamena` → `NDjamena`.
fn without_apostrophes(name: &str) -> Option<String> {
    let is_mark = |c: char| matches!(c, '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | 'ʼ' | '`' | 'ʻ');
    if !name.contains(is_mark) {
        return None;
    }
    let mut out = String::with_capacity(name.len());
    let mut word = 0;
    for c in name.chars() {
        if is_mark(c) {
            let elided = word == 1 && out.ends_with(['d', 'l', 'D', 'L']);
            if elided {
                out.push('\'');
                word = 0;
            }
        } else {
            word = if c.is_alphanumeric() { word + 1 } else { 0 };
            out.push(c);
        }
    }
    Some(out)
}

/// Whether the name holds a lower-case word that is no linking word.
fn holds_lower_word(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|word| {
        word.chars().next().is_some_and(char::is_lowercase) && {
            let mut folded = String::new();
            chronique_text::fold_into(word, &mut folded);
            !key::is_linking(&folded)
        }
    })
}
