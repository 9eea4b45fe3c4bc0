//! Goes through the keys of a gazetteer: names that are nearly another, and all names of all places.

use crate::builder::GazetteerBuilder;
use crate::gazetteer::{Gazetteer, Place};
use crate::image::Image;
use crate::key;
use crate::keys::Cursor;
use crate::place::PlaceId;

/// Longer names are not compared.
const LONGEST: usize = 64;
/// So many nodes of the keys are looked at: of a hundred million keys, the nearest in order.
const STEPS: usize = 400_000;

impl Gazetteer {
    /// The places whose names are nearly this one, whatever case, accents and hyphens: the nearest first, then the most
    /// populous, `most` of them at most.
    ///
    /// Nearly: one letter more, less or other in a name of up to five letters, two in a longer one.
    ///
    /// ```
    /// use chronique_places::Gazetteer;
    ///
    /// let gazetteer = Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer())?;
    /// assert!(gazetteer.named("Ouagadogou").next().is_none());
    /// assert_eq!(gazetteer.similar("Ouagadogou", 3)[0].name(), "Ouagadougou");
    /// # Ok::<(), chronique_places::GazetteerError>(())
    /// ```
    #[must_use]
    pub fn similar(&self, name: &str, most: usize) -> Vec<Place<'_>> {
        let key = key::key(name);
        if key.is_empty() || key.len() > LONGEST {
            return Vec::new();
        }
        let distance = if key.len() <= 5 { 1 } else { 2 };
        let mut found = Vec::new();
        for layer in &self.layers {
            for (value, distance) in near(&layer.image, key.as_bytes(), distance) {
                let places = layer.image.postings(value).take(8);
                found.extend(
                    places.filter_map(|(at, flags)| Some((distance, self.found(layer, at, Some(flags))?))),
                );
            }
        }
        found.sort_by_key(|(distance, place)| {
            (*distance, place.name_status(), std::cmp::Reverse(place.population()), place.place_id())
        });
        let mut places: Vec<Place<'_>> = Vec::new();
        for (_, place) in found {
            if places.len() < most && places.iter().all(|other| other.name() != place.name()) {
                places.push(place);
            }
        }
        places
    }
}

impl Gazetteer {
    /// Hands on each key under which names are stored: words without case and accents, with single spaces between.
    ///
    /// ```
    /// use chronique_places::Gazetteer;
    ///
    /// let gazetteer = Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer())?;
    /// let mut long = 0;
    /// gazetteer.each_key(|key| long += usize::from(key.starts_with("saint ")));
    /// assert!(long > 100);
    /// # Ok::<(), chronique_places::GazetteerError>(())
    /// ```
    pub fn each_key(&self, mut each: impl FnMut(&str)) {
        for layer in &self.layers {
            walk(&layer.image, |key, _| each(key));
        }
    }
}

/// Goes through the keys of an image.
fn walk(image: &Image, mut each: impl FnMut(&str, u64)) {
    let mut key = Vec::new();
    let mut stack: Vec<(Cursor, usize, u8)> =
        image.ways(image.root()).map(|(byte, next)| (next, 0, byte)).collect();
    // A forged image may lead to any number of keys.
    let mut steps = 0;
    while let Some((at, length, byte)) = stack.pop() {
        key.truncate(length);
        key.push(byte);
        if let (Some(value), Ok(key)) = (image.value(at), std::str::from_utf8(&key)) {
            each(key, value);
        }
        steps += 1;
        if key.len() < usize::from(u8::MAX) && steps < usize::pow(2, 30) {
            stack.extend(image.ways(at).map(|(byte, next)| (next, key.len(), byte)));
        }
    }
}

/// The values of the keys that are at most so many letters away, with the distance.
fn near(image: &Image, key: &[u8], most: u8) -> Vec<(u64, u8)> {
    let mut found = Vec::new();
    // A row: how far each prefix of the key is from what led to the node.
    let mut stack: Vec<(Cursor, Vec<u8>)> = vec![(image.root(), (0..=key.len() as u8).collect())];
    let mut steps = 0;
    while let Some((at, row)) = stack.pop() {
        steps += 1;
        if steps > STEPS {
            break;
        }
        let distance = row[key.len()];
        if distance <= most
            && let Some(value) = image.value(at)
        {
            found.push((value, distance));
        }
        for (byte, next) in image.ways(at) {
            let mut longer = Vec::with_capacity(row.len());
            longer.push(row[0].saturating_add(1));
            for (nth, &letter) in key.iter().enumerate() {
                let other = row[nth].saturating_add(u8::from(letter != byte));
                let more = row[nth + 1].min(longer[nth]).saturating_add(1);
                longer.push(other.min(more));
            }
            if longer.iter().any(|&distance| distance <= most) {
                stack.push((next, longer));
            }
        }
    }
    found
}

impl GazetteerBuilder {
    /// A builder that holds the places and names of a gazetteer, without those that a user added to it; the number of a
    /// place is the same. `sources` are those of both.
    ///
    /// ```
    /// use chronique_places::{Gazetteer, GazetteerBuilder};
    ///
    /// let image = chronique_gazetteer_fr::gazetteer();
    /// let gazetteer = Gazetteer::from_bytes(image)?;
    /// assert!(GazetteerBuilder::of(&gazetteer, gazetteer.sources()).build() == image);
    /// # Ok::<(), chronique_places::GazetteerError>(())
    /// ```
    #[must_use]
    pub fn of(gazetteer: &Gazetteer, sources: impl Into<String>) -> GazetteerBuilder {
        let mut builder = GazetteerBuilder::new(sources);
        let Some(layer) = gazetteer.layers.first() else { return builder };
        let image = &layer.image;
        for record in (0..image.len()).map_while(|at| image.record(at)) {
            builder.record(record, image.string(record.name));
        }
        walk(image, |key, value| {
            for (place, flags) in image.postings(value).filter(|&(place, _)| place < image.len()) {
                builder.posting(key, PlaceId(place), flags);
            }
        });
        builder
    }
}
