//! Events on a map.

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fmt::Write;

use crate::Happening;
use crate::outlines::{Line, Outlines, ring};
use crate::shape::{Frame, Point, area, clip_line, clip_ring, thinned};
use crate::svg::{QUADS, count, cut, escape, escaped, legend, open, px, text_width};
use crate::view::View;

/// Pixels that no eye misses.
const TOLERANCE: f64 = 0.35;
const MOST_LABELS: usize = 40;
const MOST_NOTES: usize = 6;

/// Events on a map, `width` pixels wide; what has no site is counted below it.
#[must_use]
pub fn map(happenings: &[Happening<'_>], width: u32) -> String {
    let discs = discs(happenings);
    let points: Vec<Point> = discs.iter().map(|disc| disc.at).collect();
    let view = View::of(&points, f64::from(width.clamp(200, 4000)));
    let placed: usize = discs.iter().map(|disc| disc.n).sum();
    let about = format!("Map: {} at {}", count(placed, "event"), count(discs.len(), "place"));
    let mut out = open(view.width, view.height + 42.0, &about);
    let (w, h) = (px(view.width), px(view.height));
    let _ =
        write!(out, "<svg width=\"{w}\" height=\"{h}\"><rect class=\"sea\" width=\"{w}\" height=\"{h}\"/>");
    let countries = outlines(&view, &mut out);
    let taken = marks(&view, &discs, &mut out);
    names(&view, &discs, countries, taken, &mut out);
    scale(&view, &mut out);
    let _ = write!(
        out,
        "</svg><rect class=\"frame\" x=\".5\" y=\".5\" width=\"{}\" height=\"{}\"/>",
        px(view.width - 1.0),
        px(view.height - 1.0)
    );
    let mut quads = [0; 4];
    discs.iter().for_each(|disc| (0..4).for_each(|at| quads[at] += disc.quads[at]));
    legend(quads, 0.0, view.height + 18.0, &mut out);
    let missing = happenings.len() - placed;
    let missing =
        if missing == 0 { String::new() } else { format!("{} without a point. ", count(missing, "event")) };
    let _ = write!(
        out,
        "<text class=\"note\" y=\"{}\">{missing}Natural Earth: borders as they hold on the ground, no position taken; \
         disputed ones dashed.</text></svg>",
        px(view.height + 36.0)
    );
    out
}

/// The events of one place.
struct Disc<'h> {
    at: Point,
    name: &'h str,
    n: usize,
    quads: [usize; 4],
    kinds: BTreeMap<&'h str, usize>,
    notes: Vec<&'h str>,
}

impl Disc<'_> {
    /// Its radius on a map of so many discs: its area grows by its events.
    fn radius(&self, discs: usize) -> f64 {
        let (least, more) = if discs > 50 { (3.5, 1.7) } else { (5.0, 2.6) };
        least + (more * ((self.n as f64).sqrt() - 1.0)).min(20.0)
    }

    /// What pointing at it tells.
    fn title(&self) -> String {
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|&(kind, n)| (std::cmp::Reverse(*n), *kind));
        let kinds: Vec<_> = kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        let mut title = format!("{}: {} ({})", self.name, count(self.n, "event"), kinds.join(", "));
        for note in self.notes.iter().take(MOST_NOTES) {
            title += "\n";
            title += &cut(note, 100);
        }
        if self.notes.len() > MOST_NOTES {
            title += "\n…";
        }
        title
    }
}

/// The places, those with most events first.
fn discs<'h>(happenings: &'h [Happening<'_>]) -> Vec<Disc<'h>> {
    let mut by_place: BTreeMap<(i64, i64), Disc<'h>> = BTreeMap::new();
    for happening in happenings {
        let Some(site) = happening.site.filter(|site| {
            site.lat.abs() <= 90.0 && site.lon.is_finite() && (1..=4).contains(&happening.quad)
        }) else {
            continue;
        };
        let lon = (site.lon + 180.0).rem_euclid(360.0) - 180.0;
        #[allow(clippy::cast_possible_truncation)]
        let key = ((site.lat * 1e4).round() as i64, (lon * 1e4).round() as i64);
        let disc = by_place.entry(key).or_insert_with(|| Disc {
            at: (lon, site.lat),
            name: site.name,
            n: 0,
            quads: [0; 4],
            kinds: BTreeMap::new(),
            notes: Vec::new(),
        });
        disc.n += 1;
        disc.quads[usize::from(happening.quad - 1)] += 1;
        *disc.kinds.entry(happening.kind).or_default() += 1;
        if !happening.note.is_empty()
            && !disc.notes.contains(&happening.note)
            && disc.notes.len() <= MOST_NOTES
        {
            disc.notes.push(happening.note);
        }
    }
    let mut discs: Vec<_> = by_place.into_values().collect();
    discs.sort_by_key(|disc| std::cmp::Reverse(disc.n));
    discs
}

/// Land, grid and lines; gives the names of what is seen, each with the largest piece of its land.
fn outlines(view: &View, out: &mut String) -> Vec<(String, Vec<Point>)> {
    let outlines = Outlines::embedded();
    let arcs = outlines.arcs();
    let near = view.frame().grown(6.0);
    // The same turn of the world may be seen from both its ends.
    let turns = |line: &[Point]| -> Vec<Vec<Point>> {
        let turn = |by: i32| -> Vec<Point> {
            line.iter().map(|&(lon, lat)| view.project((lon + 360.0 * f64::from(by), lat))).collect()
        };
        let seen = |line: &Vec<Point>| Frame::of(line).is_some_and(|frame| frame.overlaps(near));
        (-2..=2).map(turn).filter(seen).collect()
    };
    // Arcs are thinned before they are put together, so that neighbours still meet.
    let thin: Vec<Vec<Point>> = arcs
        .iter()
        .map(|arc| {
            let wide: Vec<Point> = arc.iter().map(|&point| view.project(point)).collect();
            let kept = thinned(&wide, TOLERANCE);
            let mut kept = kept.iter().peekable();
            let both = arc.iter().zip(&wide);
            both.filter(|(_, wide)| kept.next_if_eq(wide).is_some()).map(|(&point, _)| point).collect()
        })
        .collect();
    let mut countries = Vec::new();
    out.push_str("<path class=\"land\" d=\"");
    for country in &outlines.countries {
        let mut largest: (f64, Vec<Point>) = (0.0, Vec::new());
        for piece in country.rings.iter().flat_map(|indices| turns(&ring(&thin, indices))) {
            let piece = clip_ring(&piece, near);
            let size = area(&piece).0.abs();
            if size < 0.7 {
                continue;
            }
            path(&piece, true, out);
            if size > largest.0 {
                largest = (size, piece);
            }
        }
        if largest.0 > 0.0 {
            countries.push((country.name().to_owned(), largest.1));
        }
    }
    out.push_str("\"/>");
    grid(view, out);
    let lines = outlines.lines(&thin);
    for kind in Line::ALL {
        let _ = write!(out, "<path class=\"{}\" d=\"", kind.class());
        for (_, line) in lines.iter().filter(|(other, _)| *other == kind) {
            for piece in turns(line).iter().flat_map(|line| clip_line(line, near)) {
                // An islet of a pixel is only dirt.
                if Frame::of(&piece).is_some_and(|one| one.right - one.left + one.bottom - one.top < 2.5) {
                    continue;
                }
                path(&piece, false, out);
            }
        }
        out.push_str("\"/>");
    }
    countries
}

/// Appends the steps of a line: absolute first, then relative, in tenths of pixels.
fn path(points: &[Point], closed: bool, out: &mut String) {
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    let mut before = (0.0, 0.0);
    for (at, &(x, y)) in points.iter().enumerate() {
        let (x, y) = (tenth(x), tenth(y));
        if at == 0 {
            let _ = write!(out, "M{} {}", px(x), px(y));
        } else if (x, y) != before {
            let _ = write!(out, "l{} {}", px(x - before.0), px(y - before.1));
        }
        before = (x, y);
    }
    if closed {
        out.push('Z');
    }
}

fn grid(view: &View, out: &mut String) {
    let [west, south, east, north] = view.degrees();
    let steps = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0];
    let step = steps.into_iter().find(|step| (east - west) / step <= 9.0).unwrap_or(60.0);
    out.push_str("<path class=\"grid\" d=\"");
    let mut lon = (west / step).ceil() * step;
    while lon < east {
        let (x, _) = view.project((lon, 0.0));
        let _ = write!(out, "M{} 0V{}", px(x), px(view.height));
        lon += step;
    }
    let mut lat = (south / step).ceil() * step;
    while lat < north {
        let (_, y) = view.project((0.0, lat));
        let _ = write!(out, "M0 {}H{}", px(y), px(view.width));
        lat += step;
    }
    out.push_str("\"/>");
}

/// Draws the discs and their labels; gives the room that they take.
fn marks(view: &View, discs: &[Disc<'_>], out: &mut String) -> Vec<Frame> {
    let mut taken: Vec<Frame> = Vec::new();
    for disc in discs {
        let (x, y) = view.place(disc.at);
        let r = disc.radius(discs.len());
        out.push_str("<g class=\"place\"><title>");
        escape(&disc.title(), out);
        out.push_str("</title>");
        pie((x, y), r, disc.quads, out);
        out.push_str("</g>");
        taken.push(Frame { left: x - r, top: y - r, right: x + r, bottom: y + r });
    }
    for disc in discs.iter().take(MOST_LABELS) {
        let (x, y) = view.place(disc.at);
        let (r, name) = (disc.radius(discs.len()) + 4.0, cut(disc.name, 28));
        let wide = text_width(&name) * 1.15;
        let room =
            |left: f64, base: f64| Frame { left, top: base - 11.0, right: left + wide, bottom: base + 3.0 };
        // Which point of the text is set where, so that a font of another width still stands by its disc.
        let rooms = [
            ("", x + r, room(x + r, y + 4.0)),
            ("end", x - r, room(x - r - wide, y + 4.0)),
            ("middle", x, room(x - wide / 2.0, y - r - 1.0)),
            ("middle", x, room(x - wide / 2.0, y + r + 9.0)),
        ];
        let free = |one: &Frame| {
            one.left >= 2.0
                && one.right <= view.width - 2.0
                && one.top >= 2.0
                && one.bottom <= view.height - 2.0
                && taken.iter().all(|other| !other.overlaps(*one))
        };
        if let Some((anchor, x, room)) = rooms.into_iter().find(|one| free(&one.2)) {
            let (x, y) = (px(x), px(room.bottom - 3.0));
            let _ =
                write!(out, "<text class=\"label {anchor}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(&name));
            taken.push(room);
        }
    }
    taken
}

/// A disc, divided by quad class from the top on.
fn pie((x, y): Point, r: f64, quads: [usize; 4], out: &mut String) {
    let n: usize = quads.iter().sum();
    let mut from = 0.0;
    for (at, part) in quads.into_iter().enumerate().filter(|&(_, part)| part > 0) {
        let class = format!("mark q{}", at + 1);
        if part == n {
            let _ =
                write!(out, "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", px(x), px(y), px(r));
            return;
        }
        let to = from + part as f64 / n as f64;
        let edge = |turn: f64| {
            let angle = turn * TAU;
            format!("{} {}", px(x + r * angle.sin()), px(y - r * angle.cos()))
        };
        let _ = write!(
            out,
            "<path class=\"{class}\" d=\"M{} {}L{}A{r} {r} 0 {} 1 {}Z\"><desc>{}</desc></path>",
            px(x),
            px(y),
            edge(from),
            u8::from(to - from > 0.5),
            edge(to),
            QUADS[at],
            r = px(r)
        );
        from = to;
    }
}

/// The names of countries where they have room.
fn names(
    view: &View,
    discs: &[Disc<'_>],
    mut countries: Vec<(String, Vec<Point>)>,
    mut taken: Vec<Frame>,
    out: &mut String,
) {
    // A country that is a place itself has its name already.
    countries.retain(|(name, _)| !name.is_empty() && discs.iter().all(|disc| disc.name != name));
    countries.sort_by(|one, two| area(&two.1).0.abs().total_cmp(&area(&one.1).0.abs()));
    for (name, piece) in countries {
        let piece = clip_ring(&piece, view.frame());
        let Some(frame) = Frame::of(&piece) else { continue };
        let (size, (x, y)) = area(&piece);
        let wide = text_width(&name) * 1.1;
        if frame.right - frame.left < wide || size.abs() < wide * 24.0 {
            continue;
        }
        // Off the centre if that is taken, or lies outside of a bent country.
        let room = |dx: f64, dy: f64| Frame {
            left: x + dx - wide / 2.0,
            top: y + dy - 9.0,
            right: x + dx + wide / 2.0,
            bottom: y + dy + 4.0,
        };
        let free = |one: &Frame| {
            let corners =
                [(one.left, one.top), (one.right, one.top), (one.left, one.bottom), (one.right, one.bottom)];
            corners.into_iter().all(|corner| holds(&piece, corner))
                && taken.iter().all(|other| !other.overlaps(*one))
                && one.top > 2.0
                && one.bottom < view.height - 2.0
        };
        let steps = [0.0, -18.0, 18.0, -36.0, 36.0, -60.0, 60.0];
        let rooms = steps.iter().flat_map(|&dy| steps.iter().map(move |&dx| (dx, dy)));
        if let Some(room) = rooms.map(|(dx, dy)| room(dx, dy)).find(free) {
            let (x, y) = (px(f64::midpoint(room.left, room.right)), px(room.bottom - 4.0));
            let _ = write!(out, "<text class=\"country\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(&name));
            taken.push(room);
        }
    }
}

/// Whether a point lies within a ring.
fn holds(ring: &[Point], (x, y): Point) -> bool {
    let mut within = false;
    for (at, &(ax, ay)) in ring.iter().enumerate() {
        let (bx, by) = ring[(at + 1) % ring.len()];
        if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
            within = !within;
        }
    }
    within
}

/// A bar of so many kilometres, where the map is near enough for it to hold.
fn scale(view: &View, out: &mut String) {
    let [_, south, _, north] = view.degrees();
    if north - south > 50.0 {
        return;
    }
    let a_km = view.scale / 111.2;
    let lengths = [5000, 2000, 1000, 500, 200, 100, 50, 20, 10];
    let Some(km) = lengths.into_iter().find(|&km| f64::from(km) * a_km <= 130.0) else { return };
    let (x, y, long) = (view.width - 14.0, view.height - 12.0, f64::from(km) * a_km);
    let _ = write!(
        out,
        "<path class=\"coast\" d=\"M{} {}v5H{}v-5\"/><text class=\"note end\" x=\"{}\" y=\"{}\">{km} km</text>",
        px(x - long),
        px(y - 5.0),
        px(x),
        px(x),
        px(y - 8.0)
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Site;

    fn at(name: &str, lat: f64, lon: f64) -> Happening<'_> {
        Happening { kind: "ASSAULT", quad: 4, site: Some(Site { name, lat, lon }), days: None, note: "" }
    }

    #[test]
    fn no_line_runs_across_a_map_of_the_pacific() {
        let svg = map(&[at("Suva", -18.1, 178.4), at("Apia", -13.8, -171.8), at("Anadyr", 64.7, 177.5)], 900);
        let mut longest = 0.0_f64;
        for piece in svg.split("d=\"").skip(1).filter(|piece| !piece.starts_with('"')) {
            let steps = piece.split('"').next().unwrap_or_default();
            for step in steps.split(['M', 'Z']).flat_map(|line| line.split('l').skip(1)) {
                let step = step.split(' ').next().unwrap_or_default();
                longest = longest.max(step.parse::<f64>().map_or(0.0, f64::abs));
            }
        }
        assert!(longest < 450.0, "a step of {longest} pixels");
        assert!(svg.contains(">Suva</text>") && svg.contains(">Apia</text>"));
    }

    #[test]
    fn a_place_without_a_sane_point_is_counted_not_drawn() {
        let svg = map(&[at("A", f64::NAN, 0.0), at("B", 0.0, f64::INFINITY), at("C", 91.0, 0.0)], 900);
        assert!(svg.contains("3 events without a point") && svg.contains("0 events at 0 places"));
    }

    #[test]
    fn the_same_events_give_the_same_map() {
        let some = [at("Goma", -1.67, 29.22), at("Beni", 0.49, 29.47), at("Goma", -1.67, 29.22)];
        assert_eq!(map(&some, 900), map(&some, 900));
        assert!(map(&some, 900).contains("Goma: 2 events (ASSAULT 2)"));
    }
}
