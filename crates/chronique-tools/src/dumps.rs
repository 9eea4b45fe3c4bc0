//! Makes dumps in the form and size of GeoNames' own, to try builds on: the same bytes for the same arguments.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder to write into: allCountries.txt, alternateNamesV2.txt, admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt.
    out: PathBuf,
    /// Places.
    #[arg(long, default_value_t = 13_000_000)]
    places: u32,
    /// Alternate names.
    #[arg(long, default_value_t = 18_000_000)]
    names: u32,
    /// One row in so many is broken; 0: none.
    #[arg(long, default_value_t = 1_000_000)]
    broken: u32,
    /// The seed.
    #[arg(long, default_value_t = 4)]
    seed: u64,
}

/// Countries, with a share of places each by their order; divisions of both orders in each.
const COUNTRIES: [&str; 40] = [
    "US", "CN", "IN", "RU", "MX", "ID", "FR", "BR", "DE", "IR", "NO", "PK", "CA", "MM", "TH", "PE", "PH",
    "JP", "NG", "TR", "CD", "ML", "BF", "NE", "TD", "CM", "SD", "ET", "UA", "SY", "IQ", "YE", "AF", "LB",
    "PS", "AZ", "AM", "GE", "HT", "CI",
];
const FIRST: u32 = 20;
const SECOND: u32 = 30;
/// The number of the first country; divisions follow, then the other places.
const BASE: u32 = 1_000;

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("can't make {}", arguments.out.display()))?;
    codes(arguments)?;
    places(arguments)?;
    names(arguments)
}

fn file(folder: &Path, name: &str) -> anyhow::Result<BufWriter<File>> {
    let path = folder.join(name);
    let file = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
    Ok(BufWriter::with_capacity(1 << 20, file))
}

/// The number of a division: its country, then itself.
fn division(country: usize, first: u32, second: Option<u32>) -> u32 {
    let within = second.map_or(0, |second| second + 1);
    BASE + COUNTRIES.len() as u32 + (country as u32 * FIRST + first) * (SECOND + 1) + within
}

fn codes(arguments: &Arguments) -> anyhow::Result<()> {
    let mut info = file(&arguments.out, "countryInfo.txt")?;
    let mut one = file(&arguments.out, "admin1CodesASCII.txt")?;
    let mut two = file(&arguments.out, "admin2Codes.txt")?;
    writeln!(info, "# made by chronique-tools")?;
    for (at, country) in COUNTRIES.iter().enumerate() {
        let number = BASE + at as u32;
        writeln!(
            info,
            "{country}\t{country}X\t{at}\t\t{country}\t\t0\t0\tAF\t.x\tXOF\t\t\t\t\tfr\t{number}\t\t"
        )?;
        for first in 0..FIRST {
            writeln!(one, "{country}.{first:02}\tR\tR\t{}", division(at, first, None))?;
            for second in 0..SECOND {
                writeln!(
                    two,
                    "{country}.{first:02}.{second:04}\tD\tD\t{}",
                    division(at, first, Some(second))
                )?;
            }
        }
    }
    info.flush()?;
    one.flush()?;
    Ok(two.flush()?)
}

fn places(arguments: &Arguments) -> anyhow::Result<()> {
    let mut out = file(&arguments.out, "allCountries.txt")?;
    let mut random = Random(arguments.seed);
    let mut name = String::new();
    let divisions = BASE + COUNTRIES.len() as u32 * (1 + FIRST * (SECOND + 1));
    for number in BASE..BASE + arguments.places {
        let nth = number - BASE;
        if arguments.broken > 0 && nth % arguments.broken == arguments.broken - 1 {
            writeln!(out, "{number}\tBroken\tBroken\t\tnorth\t0\tP\tPPL\tML")?;
            continue;
        }
        let (class, code, country, first, second) = if number < BASE + COUNTRIES.len() as u32 {
            ("A", "PCLI", nth as usize, 0, None)
        } else if number < divisions {
            let at = nth - COUNTRIES.len() as u32;
            let (country, at) = (at / (FIRST * (SECOND + 1)), at % (FIRST * (SECOND + 1)));
            let (first, within) = (at / (SECOND + 1), at % (SECOND + 1));
            let code = if within == 0 { "ADM1" } else { "ADM2" };
            ("A", code, country as usize, first, within.checked_sub(1))
        } else {
            // Some countries have far more places than others.
            let country = (random.below(40) * random.below(40) / 40) as usize;
            let (class, code) = match random.below(100) {
                0..42 => ("P", "PPL"),
                42..45 => ("P", "PPLX"),
                45 => ("P", "PPLA2"),
                46..62 => ("H", "STM"),
                62..68 => ("H", "LK"),
                68..80 => ("T", "MT"),
                80..84 => ("T", "ISL"),
                84..88 => ("T", "VAL"),
                88..90 => ("L", "RGN"),
                90..92 => ("A", "ADM3"),
                92 => ("S", "AIRP"),
                _ => ("S", "FRM"),
            };
            (class, code, country, random.below(FIRST), Some(random.below(SECOND)))
        };
        random.name(&mut name);
        let people = match (class, random.below(1_000)) {
            ("P", 0) => random.below(3_000_000),
            ("P", 1..20) => random.below(100_000),
            ("P", 20..300) => random.below(5_000),
            _ => 0,
        };
        let lat = f64::from(random.below(14_000_000)) / 1e5 - 60.0;
        let lon = f64::from(random.below(36_000_000)) / 1e5 - 180.0;
        let country_code = COUNTRIES[country];
        let first = if code == "PCLI" { "00".to_owned() } else { format!("{first:02}") };
        let second = second.map_or_else(String::new, |second| format!("{second:04}"));
        writeln!(
            out,
            "{number}\t{name}\t{name}\t\t{lat:.5}\t{lon:.5}\t{class}\t{code}\t{country_code}\t\t{first}\t{second}\t\t\t{people}\t\t0\tEtc/UTC\t2026-01-01"
        )?;
    }
    Ok(out.flush()?)
}

fn names(arguments: &Arguments) -> anyhow::Result<()> {
    let mut out = file(&arguments.out, "alternateNamesV2.txt")?;
    let mut random = Random(arguments.seed ^ 0xa17e);
    let mut name = String::new();
    for nth in 1..=arguments.names {
        if arguments.broken > 0 && nth % arguments.broken == 0 {
            writeln!(out, "{nth}\tno number\tfr\tBroken\t\t\t\t\t\t")?;
            continue;
        }
        let place = BASE + random.below(arguments.places);
        let language = match random.below(100) {
            0..8 => "fr",
            8..30 => "",
            30..50 => "en",
            50..60 => "wkdt",
            60..70 => "link",
            70 => "abbr",
            71..85 => "ar",
            _ => "de",
        };
        match language {
            "wkdt" => {
                name.clear();
                name.push('Q');
                name.push_str(&random.below(100_000_000).to_string());
            }
            "link" => {
                name.clear();
                name.push_str("https://en.wikipedia.org/wiki/X");
                name.push_str(&random.below(100_000_000).to_string());
            }
            _ => random.name(&mut name),
        }
        let preferred = if random.below(4) == 0 { "1" } else { "" };
        writeln!(out, "{nth}\t{place}\t{language}\t{name}\t{preferred}\t\t\t\t\t")?;
    }
    Ok(out.flush()?)
}

/// A small generator (SplitMix64): the same numbers everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `most`; some are a little likelier than others.
    fn below(&mut self, most: u32) -> u32 {
        (((self.next() >> 32) * u64::from(most)) >> 32) as u32
    }

    /// A name of one to three words; a part of them many places share.
    fn name(&mut self, out: &mut String) {
        const STARTS: [&str; 12] = [
            "Saint-", "San ", "El ", "Oued ", "Tin ", "Bir ", "Ras ", "Mont ", "Nova ", "Upper ", "Río ",
            "Deir ",
        ];
        const SYLLABLES: [&str; 48] = [
            "ba", "ko", "ma", "ni", "sé", "gou", "ti", "ra", "lo", "dou", "ka", "ya", "mo", "bé", "nou",
            "fa", "zi", "la", "dji", "sa", "té", "wa", "ro", "gna", "ker", "ville", "burg", "stad", "ton",
            "chi", "xi", "an", "el", "or", "u", "pe", "vo", "grad", "ski", "nov", "ham", "by", "dal", "ar",
            "mé", "hua", "lin", "jo",
        ];
        out.clear();
        // Common names: the same few thousand for a sixth of the places.
        let mut shared = if self.below(6) == 0 { Some(Random(u64::from(self.below(4_000)))) } else { None };
        let mut of = |most: u32| shared.as_mut().unwrap_or(self).below(most);
        if of(5) == 0 {
            out.push_str(STARTS[of(12) as usize]);
        }
        let words = 1 + of(8) / 6;
        for word in 0..words {
            if word > 0 {
                out.push(if of(2) == 0 { '-' } else { ' ' });
            }
            let from = out.len();
            for _ in 0..2 + of(3) {
                out.push_str(SYLLABLES[of(48) as usize]);
            }
            let first = out[from..].chars().next().unwrap_or('a');
            let capital: String = first.to_uppercase().collect();
            out.replace_range(from..from + first.len_utf8(), &capital);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_everywhere() {
        let mut random = Random(4);
        let mut name = String::new();
        let mut names = Vec::new();
        for _ in 0..4 {
            random.name(&mut name);
            names.push(name.clone());
        }
        assert_eq!(names, ["Djitonmé-Villeski", "Skichilovo", "Fanidji", "Lawaro"]);
    }
}
