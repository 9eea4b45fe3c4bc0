//! The outlines of countries, and which borders are in dispute.

use serde::Deserialize;

use crate::shape::{Frame, Point};

/// Countries as rings of arcs: neighbours share the arcs of their border.
#[derive(Deserialize)]
pub(crate) struct Outlines {
    /// How many units of an arc make a degree.
    units: f64,
    pub(crate) countries: Vec<Country>,
    arcs: Vec<Vec<i32>>,
}

#[derive(Deserialize)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2, if it has one.
    code: Option<String>,
    /// Its French name.
    name: Option<String>,
    /// Indices of arcs; `!index` runs backwards.
    pub(crate) rings: Vec<Vec<i32>>,
}

/// A stretch of border in dispute.
struct Dispute {
    sides: [String; 2],
    frame: Frame,
}

impl Country {
    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// Whether a row of disputes means this country.
    fn is(&self, side: &str) -> bool {
        side == "*" || self.code.as_deref().unwrap_or(self.name()) == side
    }
}

/// What a line between two points is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Line {
    /// Of one country and the sea.
    Coast,
    /// Of two countries.
    Border,
    /// A border in dispute.
    Disputed,
}

impl Line {
    pub(crate) const ALL: [Line; 3] = [Line::Coast, Line::Border, Line::Disputed];

    pub(crate) fn class(self) -> &'static str {
        match self {
            Line::Coast => "coast",
            Line::Border => "border",
            Line::Disputed => "disputed",
        }
    }
}

impl Outlines {
    pub(crate) fn embedded() -> Outlines {
        serde_json::from_str(include_str!("../data/outlines.json")).expect("its tests read the outlines")
    }

    /// The arcs in degrees, longitude first, each without a jump at the antimeridian.
    pub(crate) fn arcs(&self) -> Vec<Vec<Point>> {
        let arc = |deltas: &Vec<i32>| {
            let (mut x, mut y) = (0, 0);
            let points = deltas.chunks_exact(2).map(|delta| {
                (x, y) = (x + delta[0], y + delta[1]);
                (f64::from(x) / self.units, f64::from(y) / self.units)
            });
            unwrapped(points.collect())
        };
        self.arcs.iter().map(arc).collect()
    }

    /// The lines of all arcs by what they are.
    pub(crate) fn lines(&self, arcs: &[Vec<Point>]) -> Vec<(Line, Vec<Point>)> {
        let mut users = vec![Vec::new(); arcs.len()];
        for country in &self.countries {
            for &at in country.rings.iter().flatten() {
                users[index(at)].push(country);
            }
        }
        let disputes = disputes();
        let mut lines = Vec::new();
        for (arc, users) in arcs.iter().zip(&users) {
            let (one, two) = match users[..] {
                [one, two] if std::ptr::eq(one, two) => continue,
                [one, two] => (one, two),
                _ => {
                    coast(arc, &mut lines);
                    continue;
                }
            };
            let here: Vec<&Dispute> = disputes
                .iter()
                .filter(|dispute| {
                    let [a, b] = &dispute.sides;
                    (one.is(a) && two.is(b)) || (one.is(b) && two.is(a))
                })
                .collect();
            for pair in arc.windows(2) {
                let (x, y) = (f64::midpoint(pair[0].0, pair[1].0), f64::midpoint(pair[0].1, pair[1].1));
                let within = |frame: Frame| {
                    (frame.left..=frame.right).contains(&x) && (frame.top..=frame.bottom).contains(&y)
                };
                let disputed = here.iter().any(|dispute| within(dispute.frame));
                let kind = if disputed { Line::Disputed } else { Line::Border };
                match lines.last_mut() {
                    Some((last, line)) if *last == kind && line.last() == Some(&pair[0]) => {
                        line.push(pair[1]);
                    }
                    _ => lines.push((kind, pair.to_vec())),
                }
            }
        }
        lines
    }
}

/// The coast of an arc, without the cuts that the source makes along the antimeridian.
fn coast(arc: &[Point], lines: &mut Vec<(Line, Vec<Point>)>) {
    let cut = |pair: &[Point]| pair.iter().all(|point| (point.0.abs() - 180.0).abs() < 0.01);
    let mut open = false;
    for pair in arc.windows(2) {
        match lines.last_mut() {
            _ if cut(pair) => open = false,
            Some((_, line)) if open => line.push(pair[1]),
            _ => {
                lines.push((Line::Coast, pair.to_vec()));
                open = true;
            }
        }
    }
}

/// A ring in degrees. One around a pole is closed along the pole.
pub(crate) fn ring(arcs: &[Vec<Point>], indices: &[i32]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for &at in indices {
        let arc = &arcs[index(at)];
        let mut push = |point: &Point| points.push(*point);
        if at >= 0 { arc.iter().for_each(&mut push) } else { arc.iter().rev().for_each(&mut push) }
    }
    let mut points = unwrapped(points);
    if let (Some(&first), Some(&last)) = (points.first(), points.last())
        && (last.0 - first.0).abs() > 180.0
    {
        let pole = 90.0_f64.copysign(first.1);
        points.extend([(last.0, pole), (first.0, pole)]);
    }
    points
}

fn index(at: i32) -> usize {
    (if at >= 0 { at } else { !at }).unsigned_abs() as usize
}

/// Points whose longitudes go on past 180° instead of jumping to -180°.
fn unwrapped(mut points: Vec<Point>) -> Vec<Point> {
    for at in 1..points.len() {
        points[at].0 += 360.0 * ((points[at - 1].0 - points[at].0) / 360.0).round();
    }
    points
}

fn disputes() -> Vec<Dispute> {
    let rows = include_str!("../data/disputed.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let degrees = |at: usize| cells[at].parse().expect("its tests read the disputes");
        Dispute {
            sides: [cells[0].to_owned(), cells[1].to_owned()],
            frame: Frame { left: degrees(2), top: degrees(3), right: degrees(4), bottom: degrees(5) },
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::area;

    #[test]
    fn every_border_in_dispute_is_there() {
        let outlines = Outlines::embedded();
        let arcs = outlines.arcs();
        let lines = outlines.lines(&arcs);
        for dispute in disputes() {
            let frame = dispute.frame;
            let within = |&(x, y): &Point| {
                (frame.left..=frame.right).contains(&x) && (frame.top..=frame.bottom).contains(&y)
            };
            let found = lines.iter().any(|(kind, line)| *kind == Line::Disputed && line.iter().any(within));
            assert!(found, "no border between {:?}", dispute.sides);
        }
    }

    #[test]
    fn no_ring_jumps_across_the_map() {
        let outlines = Outlines::embedded();
        let arcs = outlines.arcs();
        let mut crossing = 0;
        for indices in outlines.countries.iter().flat_map(|country| &country.rings) {
            let ring = ring(&arcs, indices);
            let farthest = ring.windows(2).map(|pair| (pair[1].0 - pair[0].0).abs()).fold(0.0, f64::max);
            // Only along a pole a side may be long.
            assert!(farthest < 60.0 || ring.iter().any(|point| point.1.abs() == 90.0), "{farthest}");
            crossing += usize::from(ring.iter().any(|point| point.0.abs() > 180.01));
        }
        assert!(crossing >= 2, "Russia and Fiji lie across the antimeridian");
    }

    #[test]
    fn countries_are_as_large_as_they_are() {
        let outlines = Outlines::embedded();
        let arcs = outlines.arcs();
        let square_degrees = |code: &str| -> f64 {
            let country = outlines.countries.iter().find(|country| country.code.as_deref() == Some(code));
            country.expect("a country").rings.iter().map(|one| area(&ring(&arcs, one)).0.abs()).sum()
        };
        // 1 square degree is about 12,300 km² at the equator: Uganda has 241,000, Rwanda 26,300.
        assert!((18.0..21.0).contains(&square_degrees("UG")), "{}", square_degrees("UG"));
        assert!((1.9..2.3).contains(&square_degrees("RW")), "{}", square_degrees("RW"));
    }
}
