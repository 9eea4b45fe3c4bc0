//! Reads the dumps of GeoNames into a gazetteer, row by row.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead};

use crate::builder::{GazetteerBuilder, NewPlace};
use crate::dump::{BadRow, NUMBERS, Problem, ROW, country, degrees, line, number};
use crate::key;
use crate::place::{CountryCode, ExternalId, Feature, IdScheme, NameStatus, PlaceId, PlaceKind};

const NONE: u32 = u32::MAX;

/// What of the dumps goes into the gazetteer.
#[derive(Clone, Debug)]
pub struct GeoNamesOptions {
    /// Only places of these countries; empty: of all, and of none.
    pub countries: HashSet<CountryCode>,
    /// Only these feature classes of GeoNames (`A` divisions, `P` populated places, `H` waters, `T` reliefs and islands, `L` areas, `S`
    /// buildings, `R` roads); empty: all.
    pub feature_classes: HashSet<char>,
    /// Populated places of fewer inhabitants are left out, unless they are the seat of a first-order division or of a state.
    pub min_population: u32,
    /// Names of smaller towns, and of waters, reliefs and areas, are taken in a text only with support from what stands around.
    pub weak_below: u32,
    /// Languages of alternate names: ISO 639 codes, `abbr` for abbreviations, `und` for names without a language. The first
    /// gives the name shown.
    pub languages: Vec<String>,
}

impl Default for GeoNamesOptions {
    /// All places, under their main and French names and abbreviations; weak below 100,000 inhabitants.
    fn default() -> GeoNamesOptions {
        GeoNamesOptions {
            countries: HashSet::new(),
            feature_classes: HashSet::new(),
            min_population: 0,
            weak_below: 100_000,
            languages: vec!["fr".to_owned(), "abbr".to_owned()],
        }
    }
}

/// What was read, and what came of it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct GeoNamesCounts {
    /// Rows read.
    pub rows: u64,
    /// Places that the gazetteer did not hold.
    pub places: u64,
    /// Alternate names added.
    pub names: u64,
    /// Rows left out by the options, or since their feature code names no place of news.
    pub left_out: u64,
    /// Rows that can't be read.
    pub bad: u64,
}

/// Reads the dumps of [GeoNames](https://download.geonames.org/export/dump/) into a gazetteer: first the places, then the names and
/// codes. Memory grows with the places and names kept, not with the files; the result depends on nothing but the rows and
/// their order. A place that the gazetteer already holds under its GeoNames number keeps its name and point.
///
/// ```
/// use chronique_places::{GazetteerBuilder, Gazetteer, GeoNames, GeoNamesOptions};
///
/// let row = "2457161\tGao\tGao\t\t16.27167\t-0.04472\tP\tPPLA\tML\t\t09\t0901\t\t\t87000\t\t266\tAfrica/Bamako\t2020-01-01\n";
/// let mut dumps = GeoNames::new(GazetteerBuilder::new("GeoNames, CC BY 4.0"), GeoNamesOptions::default());
/// let mut bad = Vec::new();
/// dumps.places(format!("{row}2\tNowhere\n").as_bytes(), &mut |row| bad.push(row.to_string()))?;
/// let gazetteer = Gazetteer::from_bytes(dumps.finish().build())?;
/// assert_eq!(gazetteer.named("gao").next().unwrap().population(), 87_000);
/// assert_eq!(bad, ["2: it has 2 fields where a place has 19"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct GeoNames {
    builder: GazetteerBuilder,
    options: GeoNamesOptions,
    features: HashMap<&'static str, Feature>,
    /// The first place that is not of the base.
    first: usize,
    /// GeoNames number → place.
    by_number: Vec<u32>,
    /// `ML`, `ML.09`, `ML.09.0901` → its number among the holders.
    codes: HashMap<Box<str>, u32>,
    holders: Vec<Holder>,
    /// The holder of each new place, by code.
    held: Vec<u32>,
    /// Whether the name shown is of the first language, and the preferred one.
    shown: Vec<Shown>,
    counts: GeoNamesCounts,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Shown {
    Main,
    Language,
    Preferred,
}

/// A division or country, by code.
#[derive(Clone, Copy, Debug)]
struct Holder {
    /// By the list of codes.
    number: u32,
    /// By its own row.
    place: u32,
    above: u32,
}

impl GeoNames {
    /// Dumps are read into what the builder holds.
    #[must_use]
    pub fn new(base: GazetteerBuilder, options: GeoNamesOptions) -> GeoNames {
        let rows = include_str!("../data/geonames-features.tsv").lines().filter(|row| !row.starts_with('#'));
        let features = rows.skip(1).filter_map(|row| {
            let (code, class) = row.split_once('\t')?;
            Some((code, class.parse().ok()?))
        });
        let mut dumps = GeoNames {
            first: base.len(),
            options,
            features: features.collect(),
            by_number: Vec::new(),
            codes: HashMap::new(),
            holders: Vec::new(),
            held: Vec::new(),
            shown: Vec::new(),
            counts: GeoNamesCounts::default(),
            builder: base,
        };
        for at in 0..dumps.first {
            let place = PlaceId(at as u32);
            let id = dumps.builder.id(place);
            if id.scheme == IdScheme::GeoNames && id.number < NUMBERS {
                dumps.number(id.number, place);
            }
            if let (Some(country), PlaceKind::Country) =
                (dumps.builder.country(place), dumps.builder.feature(place).kind())
            {
                let holder = dumps.holder(country.as_str(), "", "");
                dumps.holders[holder as usize].place = place.0;
            }
        }
        dumps
    }

    /// What was read so far.
    #[must_use]
    pub fn counts(&self) -> GeoNamesCounts {
        self.counts
    }

    /// Reads places: `allCountries.txt`, or the file of one country.
    ///
    /// # Errors
    /// Those of the reader. Bad rows are told one by one, and left out.
    pub fn places(&mut self, dump: impl BufRead, bad: &mut dyn FnMut(&BadRow)) -> io::Result<()> {
        self.rows(dump, bad, "a place", 19, GeoNames::place)
    }

    /// Reads names: `alternateNamesV2.txt`. Those of places not kept are left out.
    ///
    /// # Errors
    /// As [`GeoNames::places`].
    pub fn alternate_names(&mut self, dump: impl BufRead, bad: &mut dyn FnMut(&BadRow)) -> io::Result<()> {
        self.rows(dump, bad, "a name", 8, GeoNames::alternate_name)
    }

    /// Reads which place a code of a division means: `admin1CodesASCII.txt`, `admin2Codes.txt`.
    ///
    /// # Errors
    /// As [`GeoNames::places`].
    pub fn division_codes(&mut self, dump: impl BufRead, bad: &mut dyn FnMut(&BadRow)) -> io::Result<()> {
        self.rows(dump, bad, "a code", 4, |dumps, fields| {
            let number = number(fields, 3)?;
            let mut parts = fields[0].splitn(3, '.');
            let mut part = || parts.next().unwrap_or("");
            let (country, first, second) = (part(), part(), part());
            if CountryCode::new(country).is_none() || first.is_empty() {
                return Err((Some(1), format!("code {:?} is no code such as ML.09", fields[0])));
            }
            let holder = dumps.holder(country, first, second);
            dumps.holders[holder as usize].number = number as u32;
            Ok(())
        })
    }

    /// Reads which place a code of a country means: `countryInfo.txt`.
    ///
    /// # Errors
    /// As [`GeoNames::places`].
    pub fn country_codes(&mut self, dump: impl BufRead, bad: &mut dyn FnMut(&BadRow)) -> io::Result<()> {
        self.rows(dump, bad, "a country", 17, |dumps, fields| {
            if fields[16].is_empty() {
                return Ok(());
            }
            let number = number(fields, 16)?;
            let holder = dumps.holder(country(fields, 0)?.as_str(), "", "");
            dumps.holders[holder as usize].number = number as u32;
            Ok(())
        })
    }

    /// The builder, with all that was read.
    #[must_use]
    pub fn finish(mut self) -> GazetteerBuilder {
        let by_number = |number: u32| self.by_number.get(number as usize).copied().unwrap_or(NONE);
        for holder in &mut self.holders {
            let listed = if holder.number == NONE { NONE } else { by_number(holder.number) };
            if listed != NONE {
                holder.place = listed;
            }
        }
        for (at, &holder) in self.held.iter().enumerate() {
            let place = PlaceId((self.first + at) as u32);
            let mut holder = holder;
            // Division, region, country: there are no more levels.
            for _ in 0..3 {
                let Some(this) = self.holders.get(holder as usize) else { break };
                if this.place != NONE && this.place != place.0 {
                    self.builder.set_parent(place, Some(PlaceId(this.place)));
                    break;
                }
                holder = this.above;
            }
        }
        self.builder
    }

    /// Reads rows of tabs; lines that begin with `#` are comments.
    fn rows(
        &mut self,
        mut dump: impl BufRead,
        bad: &mut dyn FnMut(&BadRow),
        what: &str,
        width: usize,
        row: impl Fn(&mut GeoNames, &[&str]) -> Result<(), Problem>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        let mut at = 0;
        while let Some(whole) = line(&mut dump, &mut bytes)? {
            at += 1;
            if whole && (bytes.is_empty() || bytes.starts_with(b"#")) {
                continue;
            }
            self.counts.rows += 1;
            let outcome = match std::str::from_utf8(&bytes) {
                _ if !whole => {
                    Err((None, format!("it is longer than {ROW} bytes: this is no dump of GeoNames")))
                }
                Err(error) => Err((None, format!("byte {} is not UTF-8", error.valid_up_to() + 1))),
                Ok(text) => {
                    let mut fields = [""; 19];
                    let mut found = 0;
                    for field in text.split('\t') {
                        if let Some(slot) = fields.get_mut(found) {
                            *slot = field;
                        }
                        found += 1;
                    }
                    if found < width {
                        Err((None, format!("it has {found} fields where {what} has {width}")))
                    } else {
                        row(self, &fields)
                    }
                }
            };
            if let Err((field, problem)) = outcome {
                self.counts.bad += 1;
                bad(&BadRow { line: at, field, problem });
            }
        }
        Ok(())
    }

    fn place(&mut self, fields: &[&str]) -> Result<(), Problem> {
        let number = number(fields, 0)?;
        let name = fields[1].trim();
        if name.is_empty() {
            return Err((Some(2), "the name is empty".to_owned()));
        }
        let point = (degrees(fields, 4, "latitude", 90.0)?, degrees(fields, 5, "longitude", 180.0)?);
        let country = if fields[8].is_empty() { None } else { Some(country(fields, 8)?) };
        let population = match fields[14] {
            "" => 0,
            value => value
                .parse::<u64>()
                .map_err(|_| (Some(15), format!("population {value:?} is no whole number")))?,
        };
        let population = u32::try_from(population).unwrap_or(u32::MAX);
        let Some(feature) = self.features.get(fields[7]).copied().filter(|&feature| {
            let class = fields[6].chars().next().unwrap_or(' ');
            let (countries, classes) = (&self.options.countries, &self.options.feature_classes);
            let populous = !matches!(feature.kind(), PlaceKind::City | PlaceKind::District)
                || matches!(feature, Feature::Capital | Feature::Seat1)
                || population >= self.options.min_population;
            (countries.is_empty() || country.is_some_and(|country| countries.contains(&country)))
                && (classes.is_empty() || classes.contains(&class))
                && populous
        }) else {
            self.counts.left_out += 1;
            return Ok(());
        };
        let holder = country.map(|country| self.holder(country.as_str(), fields[10], fields[11]));
        let known = self.by_number.get(number as usize).copied().filter(|&place| place != NONE);
        if known.is_some_and(|place| place as usize >= self.first) {
            return Err((Some(1), format!("number {number} was read before")));
        }
        let place = match known {
            Some(place) => PlaceId(place),
            None => {
                if self.builder.len() >= GazetteerBuilder::MOST {
                    let most = GazetteerBuilder::MOST;
                    return Err((None, format!("a gazetteer holds {most} places: narrow what is read")));
                }
                self.counts.places += 1;
                let place = self.builder.place(NewPlace {
                    name: name.to_owned(),
                    id: ExternalId { scheme: IdScheme::GeoNames, number },
                    feature,
                    country,
                    point: Some(point),
                    population,
                    parent: None,
                });
                self.number(number, place);
                self.held.push(holder.unwrap_or(NONE));
                self.shown.push(Shown::Main);
                self.add(place, name, NameStatus::Main, false);
                place
            }
        };
        // The row of the division or the country itself.
        let codes = match feature {
            Feature::Country | Feature::Territory => Some(("", "")),
            Feature::Admin1 => Some((fields[10], "")),
            Feature::Admin2 => Some((fields[10], fields[11])),
            _ => None,
        };
        if let (Some((first, second)), Some(country)) = (codes, country) {
            let holder = self.holder(country.as_str(), first, second);
            let holder = &mut self.holders[holder as usize];
            if holder.place == NONE {
                holder.place = place.0;
            }
        }
        Ok(())
    }

    fn alternate_name(&mut self, fields: &[&str]) -> Result<(), Problem> {
        let number = number(fields, 1)?;
        let language = if fields[2].is_empty() { "und" } else { fields[2] };
        let rank = self.options.languages.iter().position(|wanted| wanted == language);
        let place = self.by_number.get(number as usize).copied().filter(|&place| place != NONE);
        let (Some(rank), Some(place)) = (rank, place) else {
            self.counts.left_out += 1;
            return Ok(());
        };
        let name = fields[3].trim();
        if name.is_empty() {
            return Err((Some(4), "the name is empty".to_owned()));
        }
        let flag = |nth: usize| fields[nth] == "1";
        let (preferred, old) = (flag(4), flag(6) || flag(7));
        let place = PlaceId(place);
        let status = match (rank, old) {
            (0, false) => NameStatus::French,
            (0, true) => NameStatus::FrenchVariant,
            _ if language == "abbr" => NameStatus::FrenchVariant,
            _ => NameStatus::Alternate,
        };
        if !self.add(place, name, status, old || status == NameStatus::Alternate) {
            self.counts.left_out += 1;
            return Ok(());
        }
        self.counts.names += 1;
        let shown = if preferred { Shown::Preferred } else { Shown::Language };
        if rank == 0
            && !old
            && let Some(before) =
                (place.0 as usize).checked_sub(self.first).and_then(|at| self.shown.get_mut(at))
            && *before < shown
        {
            *before = shown;
            self.builder.set_name(place, name);
        }
        Ok(())
    }

    /// Adds a name; one of another script, or of one or two letters, is of no use in French text.
    fn add(&mut self, place: PlaceId, name: &str, status: NameStatus, weak: bool) -> bool {
        let latin = name
            .chars()
            .all(|c| !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&c));
        if !latin || key::key(name).len() < 3 {
            return false;
        }
        let great = match self.builder.feature(place) {
            Feature::Country | Feature::Territory | Feature::Admin1 | Feature::Capital | Feature::Seat1 => {
                true
            }
            Feature::Continent | Feature::Sea => status <= NameStatus::FrenchVariant,
            feature => {
                feature.kind() == PlaceKind::City && self.builder.population(place) >= self.options.weak_below
            }
        };
        if great && !weak {
            self.builder.name(place, name, status);
        } else {
            self.builder.weak_name(place, name, status);
        }
        true
    }

    fn number(&mut self, number: u64, place: PlaceId) {
        let at = number as usize;
        if at >= self.by_number.len() {
            self.by_number.resize(at + 1, NONE);
        }
        self.by_number[at] = place.0;
    }

    /// The holder of a code.
    fn holder(&mut self, country: &str, first: &str, second: &str) -> u32 {
        // "00" is the code of what has none.
        let (code, above) = if first.is_empty() || first == "00" {
            (country.to_owned(), NONE)
        } else if second.is_empty() {
            (format!("{country}.{first}"), self.holder(country, "", ""))
        } else {
            (format!("{country}.{first}.{second}"), self.holder(country, first, ""))
        };
        let next = self.holders.len() as u32;
        let holder = *self.codes.entry(code.into()).or_insert(next);
        if holder == next {
            self.holders.push(Holder { number: NONE, place: NONE, above });
        }
        holder
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    /// The places of a name, with what holds them.
    fn shown(gazetteer: &Gazetteer, name: &str) -> String {
        let places = gazetteer.named(name).map(|place| {
            let within: Vec<&str> = place.within().map(|holder| holder.name()).collect();
            format!("{} {} {:?}", place.name(), place.id(), within.join(" < "))
        });
        places.collect::<Vec<_>>().join("; ")
    }

    const PLACES: &str = "\
2453866\tRepublic of Mali\tMali\t\t18\t-2\tA\tPCLI\tML\t\t00\t\t\t\t19077690\t\t0\tx\t2020-01-01
2457163\tRégion de Gao\tRegion de Gao\t\t17\t0.5\tA\tADM1\tML\t\t09\t\t\t\t544120\t\t0\tx\t2020-01-01
2457162\tCercle de Gao\tCercle de Gao\t\t16.5\t0\tA\tADM2\tML\t\t09\t0901\t\t\t0\t\t0\tx\t2020-01-01
2457161\tGao\tGao\t\t16.27\t-0.04\tP\tPPLA\tML\t\t09\t0901\t\t\t87000\t\t0\tx\t2020-01-01
11\tSmallville\tSmallville\t\t16\t0\tP\tPPL\tML\t\t09\t0999\t\t\t40\t\t0\tx\t2020-01-01
12\tWell\tWell\t\t16\t0\tH\tWLL\tML\t\t09\t\t\t\t0\t\t0\tx\t2020-01-01
";

    fn read(places: &str, names: &str, options: GeoNamesOptions) -> (Gazetteer, GeoNamesCounts, Vec<String>) {
        let mut dumps = GeoNames::new(GazetteerBuilder::new(""), options);
        let mut bad = Vec::new();
        dumps.places(places.as_bytes(), &mut |row| bad.push(row.to_string())).unwrap();
        dumps.alternate_names(names.as_bytes(), &mut |row| bad.push(row.to_string())).unwrap();
        let counts = dumps.counts();
        (Gazetteer::from_bytes(dumps.finish().build()).unwrap(), counts, bad)
    }

    #[test]
    fn places_have_names_and_holders() {
        let names = "1\t2453866\tfr\tMali\t1\t\t\t\t\t\n2\t2457161\tfr\tGâo-la-Belle\t\t\t\t1\t\t\n\
                     3\t2457161\tar\tغاو\t\t\t\t\t\t\n4\t99\tfr\tAilleurs\t\t\t\t\t\t\n";
        let (gazetteer, counts, bad) = read(PLACES, names, GeoNamesOptions::default());
        assert!(bad.is_empty(), "{bad:?}");
        assert_eq!((counts.rows, counts.places, counts.names, counts.left_out), (10, 5, 2, 3));
        assert_eq!(shown(&gazetteer, "gao"), "Gao geonames:2457161 \"Cercle de Gao < Région de Gao < Mali\"");
        assert_eq!(shown(&gazetteer, "GAO LA BELLE"), shown(&gazetteer, "gao"));
        assert_eq!(shown(&gazetteer, "Smallville"), "Smallville geonames:11 \"Région de Gao < Mali\"");
        assert_eq!(shown(&gazetteer, "Mali"), "Mali geonames:2453866 \"\"");
        assert_eq!(shown(&gazetteer, "Well"), "");
    }

    #[test]
    fn options_narrow() {
        let options = GeoNamesOptions { min_population: 1_000, ..GeoNamesOptions::default() };
        assert_eq!(read(PLACES, "", options).1.places, 4);
        let options = GeoNamesOptions { feature_classes: ['P'].into(), ..GeoNamesOptions::default() };
        assert_eq!(read(PLACES, "", options).1.places, 2);
        let niger: HashSet<CountryCode> = CountryCode::new("NE").into_iter().collect();
        let options = GeoNamesOptions { countries: niger, ..GeoNamesOptions::default() };
        assert_eq!(read(PLACES, "", options).1.places, 0);
    }

    #[test]
    fn bad_rows_name_line_and_field() {
        let row = |line: u32, lat: &str, country: &str, people: &str| {
            format!("{line}\tA town\t\t\t{lat}\t0\tP\tPPL\t{country}\t\t\t\t\t\t{people}\t\t\t\t\n")
        };
        let long = "x".repeat(ROW + 1);
        let table = [
            (row(1, "91", "ML", ""), "1: field 5: latitude \"91\" is no number from -90 to 90"),
            (row(1, "NaN", "ML", ""), "1: field 5: latitude \"NaN\" is no number from -90 to 90"),
            (row(1, "1", "Mali", ""), "1: field 9: country \"Mali\" is no code of two capitals"),
            (row(1, "1", "ML", "many"), "1: field 15: population \"many\" is no whole number"),
            (row(0, "1", "ML", ""), "1: field 1: \"0\" is no GeoNames number"),
            (row(7, "1", "ML", "") + &row(7, "1", "ML", ""), "2: field 1: number 7 was read before"),
            ("# rows\n\n1\tA\r\n".to_owned(), "3: it has 2 fields where a place has 19"),
            (long, "1: it is longer than 1048576 bytes: this is no dump of GeoNames"),
        ];
        for (rows, expected) in table {
            assert_eq!(read(&rows, "", GeoNamesOptions::default()).2, [expected]);
        }
        let mut dumps = GeoNames::new(GazetteerBuilder::new(""), GeoNamesOptions::default());
        let mut bad = Vec::new();
        dumps.places(&b"1\t\xff\n"[..], &mut |row| bad.push(row.to_string())).unwrap();
        assert_eq!(bad, ["1: byte 3 is not UTF-8"]);
    }

    #[test]
    fn what_the_base_holds_stays() {
        let mut base = GazetteerBuilder::new("");
        let gao = base.place(NewPlace {
            name: "Gao la Perle".to_owned(),
            id: ExternalId { scheme: IdScheme::GeoNames, number: 2_457_161 },
            feature: Feature::Seat1,
            country: CountryCode::new("ML"),
            point: Some((16.0, 0.0)),
            population: 90_000,
            parent: None,
        });
        base.name(gao, "Gao", NameStatus::French);
        base.needs_cue("Smallville");
        let mut dumps = GeoNames::new(base, GeoNamesOptions::default());
        dumps.places(PLACES.as_bytes(), &mut |row| panic!("{row}")).unwrap();
        let names = "1\t2457161\tfr\tGawgaw\t1\t\t\t\t\t\n";
        dumps.alternate_names(names.as_bytes(), &mut |row| panic!("{row}")).unwrap();
        let gazetteer = Gazetteer::from_bytes(dumps.finish().build()).unwrap();
        assert_eq!(gazetteer.named("gawgaw").next().unwrap().name(), "Gao la Perle");
        assert_eq!(gazetteer.named("gao").count(), 1);
        assert_eq!(gazetteer.len(), 5);
    }
}
