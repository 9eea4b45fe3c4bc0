use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;

use crate::image::{self, NO_PARENT, RECORD, Record, SECTIONS};
use crate::key;
use crate::openings::{self, Opening};
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
    places: Vec<Record>,
    /// The names shown, each a length byte and UTF-8: those of the records.
    shown: Vec<u8>,
    names: Vec<Name>,
    /// The keys of the names, one after the other.
    keys: Vec<u8>,
    cues: Vec<(String, u8)>,
    drops: Vec<String>,
    sources: String,
}

/// A name of a place: thirteen million places have some twenty million of them, so they are kept small.
#[derive(Clone, Copy, Debug)]
struct Name {
    /// The first bytes of the key, so that most comparisons need no more.
    prefix: [u8; 8],
    start: u64,
    place: u32,
    len: u8,
    flags: u8,
}

impl GazetteerBuilder {
    /// As many places as a gazetteer holds: 2²⁴.
    pub const MOST: usize = 1 << 24;

    /// An empty builder; `sources` is kept in the image for [`crate::Gazetteer::sources`], a mebibyte of it at most.
    #[must_use]
    pub fn new(sources: impl Into<String>) -> GazetteerBuilder {
        let mut sources = sources.into();
        sources.truncate(shortened(&sources, image::SHORT).len());
        GazetteerBuilder { sources, ..GazetteerBuilder::default() }
    }

    /// Adds a place.
    ///
    /// # Panics
    /// On more than [`GazetteerBuilder::MOST`] places, and on 4 GiB of names.
    pub fn place(&mut self, place: NewPlace) -> PlaceId {
        let id = PlaceId(u32::try_from(self.places.len()).expect("few places"));
        assert!(self.places.len() < Self::MOST, "a gazetteer holds at most 2^24 places");
        let degrees = |value: f64| (value * 1e5).round() as i32;
        let (lat, lon) = place.point.map_or((i32::MIN, 0), |(lat, lon)| (degrees(lat), degrees(lon)));
        let mut country = [0; 2];
        if let Some(code) = place.country {
            country.copy_from_slice(code.as_str().as_bytes());
        }
        let name = self.show(&place.name);
        self.places.push(Record {
            lat,
            lon,
            name,
            population: place.population,
            id: place.id.to_bits(),
            country,
            feature: place.feature as u8,
            reserved: 0,
            parent: place.parent.map_or(NO_PARENT, |parent| parent.0),
        });
        id
    }

    /// Adds a place as stored, with the name to show.
    pub(crate) fn record(&mut self, record: Record, name: &str) {
        let name = self.show(name);
        self.places.push(Record { name, ..record });
    }

    fn show(&mut self, name: &str) -> u32 {
        let name = shortened(name, 255);
        let offset = u32::try_from(self.shown.len()).expect("names of less than 4 GiB");
        self.shown.push(name.len() as u8);
        self.shown.extend(name.bytes());
        offset
    }

    /// Inhabitants of a place added.
    #[must_use]
    pub fn population(&self, place: PlaceId) -> u32 {
        self.places[place.0 as usize].population
    }

    pub(crate) fn id(&self, place: PlaceId) -> ExternalId {
        ExternalId::from_bits(self.places[place.0 as usize].id)
    }

    pub(crate) fn feature(&self, place: PlaceId) -> Feature {
        Feature::from_code(self.places[place.0 as usize].feature)
    }

    pub(crate) fn country(&self, place: PlaceId) -> Option<CountryCode> {
        std::str::from_utf8(&self.places[place.0 as usize].country).ok().and_then(CountryCode::new)
    }

    /// The point of a place added: degrees north and east.
    #[must_use]
    pub fn point(&self, place: PlaceId) -> Option<(f64, f64)> {
        let record = &self.places[place.0 as usize];
        let degrees = |value: i32| f64::from(value) / 1e5;
        (record.lat != i32::MIN).then(|| (degrees(record.lat), degrees(record.lon)))
    }

    /// Changes the point of a place added: degrees north and east.
    pub fn set_point(&mut self, place: PlaceId, point: Option<(f64, f64)>) {
        let degrees = |value: f64| (value * 1e5).round() as i32;
        let record = &mut self.places[place.0 as usize];
        (record.lat, record.lon) = point.map_or((i32::MIN, 0), |(lat, lon)| (degrees(lat), degrees(lon)));
    }

    /// Changes the name that is shown for a place added.
    pub fn set_name(&mut self, place: PlaceId, name: &str) {
        let name = self.show(name);
        self.places[place.0 as usize].name = name;
    }

    /// Changes what holds a place added.
    pub fn set_parent(&mut self, place: PlaceId, parent: Option<PlaceId>) {
        self.places[place.0 as usize].parent = parent.map_or(NO_PARENT, |parent| parent.0);
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
            && self.feature(place).kind() == crate::PlaceKind::City
        {
            self.add(rest, place, status, flags | flag::NO_ARTICLE);
        }
        if let Some(joined) = without_apostrophes(name) {
            self.add(&key::key(&joined), place, status, flags);
        }
        self.add(&whole, place, status, flags);
    }

    /// Adds a weak name: one that is taken only with support from its surroundings.
    pub fn weak_name(&mut self, place: PlaceId, name: &str, status: NameStatus) {
        let whole = key::key(name);
        if !whole.is_empty() {
            let lower = if holds_lower_word(name) { flag::LOWER } else { 0 };
            if let Some(rest) = whole.strip_prefix("le ").or_else(|| whole.strip_prefix("les "))
                && self.feature(place).kind() == crate::PlaceKind::City
            {
                self.add(rest, place, status, lower | flag::WEAK | flag::NO_ARTICLE);
            }
            self.add(&whole, place, status, lower | flag::WEAK);
        }
    }

    fn add(&mut self, key: &str, place: PlaceId, status: NameStatus, flags: u8) {
        self.posting(key, place, flags | status as u8);
    }

    /// Adds a name by its key, with the flags and status of its posting. Longer keys than 255 bytes are no names.
    pub(crate) fn posting(&mut self, key: &str, place: PlaceId, flags: u8) {
        let Ok(len) = u8::try_from(key.len()) else { return };
        let mut prefix = [0; 8];
        let first = key.len().min(8);
        prefix[..first].copy_from_slice(&key.as_bytes()[..first]);
        self.names.push(Name { prefix, start: self.keys.len() as u64, place: place.0, len, flags });
        self.keys.extend(key.bytes());
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
    pub fn build(self) -> Vec<u8> {
        let mut image = Vec::new();
        self.write(&mut image).expect("memory does not fail");
        image
    }

    /// Writes the image.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(mut self, out: &mut impl Write) -> std::io::Result<()> {
        let mut lengths = [0; SECTIONS];
        let mut body = Vec::new();
        let mut end = |nth: usize, body: &[u8]| {
            let before: usize = lengths.iter().sum();
            lengths[nth] = body.len() - before;
        };
        let (postings, openings) = self.write_names(&mut body);
        end(0, &body);
        body.extend(postings);
        end(1, &body);
        let shown = self.share_names();
        let rest = shown.len() + self.sources.len() + openings.len() + 6 * 1024;
        body.reserve_exact(self.places.len() * RECORD + rest);
        self.places.iter().for_each(|place| place.write(&mut body));
        end(2, &body);
        body.extend(&shown);
        end(3, &body);
        for (code, at) in self.countries() {
            body.extend(code.as_str().bytes());
            body.extend(at.to_le_bytes());
        }
        end(4, &body);
        body.extend(self.sources.bytes());
        end(5, &body);
        body.extend(openings);
        end(6, &body);
        image::write(&body, lengths, out)
    }

    /// Writes the keys, and returns the postings and the filter of what the keys begin with.
    fn write_names(&mut self, out: &mut Vec<u8>) -> (Vec<u8>, Vec<u8>) {
        let (mut names, keys) = (std::mem::take(&mut self.names), std::mem::take(&mut self.keys));
        let key = |name: &Name| &keys[name.start as usize..][..usize::from(name.len)];
        names.sort_unstable_by(|a, b| {
            a.prefix
                .cmp(&b.prefix)
                .then_with(|| key(a).cmp(key(b)))
                .then(a.place.cmp(&b.place))
                .then(a.start.cmp(&b.start))
        });
        let drops: HashSet<&[u8]> = self.drops.iter().map(String::as_bytes).collect();
        let mut cues: HashMap<&[u8], u8> = HashMap::new();
        self.cues.iter().for_each(|(key, cue)| *cues.entry(key.as_bytes()).or_default() |= cue);
        let mut map = fst::MapBuilder::new(out).expect("memory does not fail");
        // The first posting is a filler, so that no key has the value 0.
        let mut postings = vec![0xff; 4];
        let mut openings = Vec::new();
        let mut row: Vec<(u32, u8)> = Vec::new();
        for equal in names.chunk_by(|a, b| key(a) == key(b)) {
            let key = key(&equal[0]);
            if drops.contains(key) {
                continue;
            }
            let cue = cues.get(key).copied().unwrap_or_default();
            row.clear();
            for name in equal {
                match row.last_mut().filter(|(place, _)| *place == name.place) {
                    Some((_, flags)) => *flags = merged(*flags, name.flags),
                    None => row.push((name.place, name.flags)),
                }
            }
            // A cue that one place's name needs, all of the name need: places may have been added later.
            let cue = row.iter().fold(cue, |cue, (_, flags)| cue | flags & (flag::CUE | flag::NOUN));
            row.iter_mut().for_each(|(_, flags)| *flags |= cue);
            row.sort_by_key(|&(place, flags)| {
                (flags & 3, u32::MAX - self.places[place as usize].population, place)
            });
            row.truncate(255);
            let first = (postings.len() / 4) as u64;
            map.insert(key, first << 8 | row.len() as u64).expect("keys come in order");
            // Keys that begin alike stand together.
            let opening = Opening::of(std::str::from_utf8(key).unwrap_or_default());
            if openings.last() != Some(&opening) {
                openings.push(opening);
            }
            for &(place, flags) in &row {
                postings.extend((place << 8 | u32::from(flags)).to_le_bytes());
            }
        }
        map.finish().expect("memory does not fail");
        (postings, openings::filter(&openings))
    }

    /// The names shown, each once; the records point to them.
    fn share_names(&mut self) -> Vec<u8> {
        let all = std::mem::take(&mut self.shown);
        let mut offsets: HashMap<&[u8], u32> = HashMap::new();
        let mut shown = Vec::new();
        for place in &mut self.places {
            let at = place.name as usize;
            let name = &all[at..=at + usize::from(all[at])];
            place.name = *offsets.entry(name).or_insert_with(|| {
                let offset = shown.len() as u32;
                shown.extend(name);
                offset
            });
        }
        shown
    }

    /// The first place of each country's code that is a country.
    fn countries(&self) -> BTreeMap<CountryCode, u32> {
        let mut countries = BTreeMap::new();
        for at in 0..self.places.len() as u32 {
            let place = PlaceId(at);
            if let (Some(code), crate::PlaceKind::Country) = (self.country(place), self.feature(place).kind())
            {
                countries.entry(code).or_insert(at);
            }
        }
        countries
    }
}

/// The flags of a name that a place has twice: a name that is plain in one source is plain, so the weakest restriction is
/// kept; and the best status.
fn merged(old: u8, new: u8) -> u8 {
    // Arc de Triomphe and arc de Triomphe: the name may be written either way.
    let lower = (old | new) & flag::LOWER;
    lower
        | if new & flag::WEAK == 0 && old & flag::WEAK != 0 {
            new
        } else if new & flag::WEAK == old & flag::WEAK && (new & 3) < (old & 3) {
            (old & !3) | (new & 3)
        } else {
            old
        }
}

/// The first `most` bytes at most, to a `char` boundary.
fn shortened(name: &str, most: usize) -> &str {
    let mut end = name.len().min(most);
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
