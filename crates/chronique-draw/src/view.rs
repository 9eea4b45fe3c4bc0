//! Which part of the world a map shows, and where a point of it falls.

use crate::shape::{Frame, Point};

/// Height by width.
const FLATTEST: f64 = 0.45;
const STEEPEST: f64 = 0.7;
/// The least that is shown, in degrees of latitude.
const CLOSEST: f64 = 2.4;

/// Longitudes and latitudes in proportion at the middle latitude (equirectangular).
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct View {
    west: f64,
    north: f64,
    /// Pixels a degree of latitude.
    pub(crate) scale: f64,
    /// How much shorter a degree of longitude is.
    narrow: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl View {
    /// The view of some points, as longitude and latitude, with a margin; of the world for none.
    pub(crate) fn of(points: &[Point], width: f64) -> View {
        let lons = longitudes(points.iter().map(|point| point.0).collect());
        let lats = Frame::of(points).map_or((-50.0, 75.0), |frame| (frame.top, frame.bottom));
        let grown = |(low, high): (f64, f64), least: f64| {
            let margin = (0.14 * (high - low)).max((least - (high - low)) / 2.0).max(0.8);
            (low - margin, high + margin)
        };
        let (south, north) = grown(lats, CLOSEST);
        let (south, north) = (south.max(-87.0), north.min(87.0));
        let narrow = f64::midpoint(south, north).to_radians().cos().max(0.15);
        let (west, east) = grown(lons, CLOSEST / narrow);
        let (mut wide, mut high) = (((east - west) * narrow).min(360.0 * narrow), north - south);
        wide = wide.max(high / STEEPEST).min(360.0 * narrow);
        high = high.max(wide * FLATTEST).min(174.0);
        let middle = f64::midpoint(south, north).clamp(high / 2.0 - 87.0, 87.0 - high / 2.0);
        let scale = width / wide;
        View {
            west: f64::midpoint(west, east) - wide / narrow / 2.0,
            north: middle + high / 2.0,
            scale,
            narrow,
            width,
            height: (high * scale).round(),
        }
    }

    /// Where a longitude and latitude fall, in pixels; a longitude may lie past 180°.
    pub(crate) fn project(&self, (lon, lat): Point) -> Point {
        ((lon - self.west) * self.narrow * self.scale, (self.north - lat) * self.scale)
    }

    /// Where a place falls, of the turns of its longitude the one that is nearest the middle.
    pub(crate) fn place(&self, (lon, lat): Point) -> Point {
        let middle = self.west + self.width / self.scale / self.narrow / 2.0;
        self.project((lon + 360.0 * ((middle - lon) / 360.0).round(), lat))
    }

    /// West, south, east and north of what is shown.
    pub(crate) fn degrees(&self) -> [f64; 4] {
        let east = self.west + self.width / self.scale / self.narrow;
        [self.west, self.north - self.height / self.scale, east, self.north]
    }

    pub(crate) fn frame(&self) -> Frame {
        Frame { left: 0.0, top: 0.0, right: self.width, bottom: self.height }
    }
}

/// The shortest range of longitudes that holds all: it starts after the widest gap, so that places on
/// both sides of the antimeridian stay together.
fn longitudes(mut lons: Vec<f64>) -> (f64, f64) {
    lons.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (lons.first(), lons.last()) else { return (-179.0, 179.0) };
    let mut best = (first + 360.0 - last, first, last);
    for pair in lons.windows(2) {
        if pair[1] - pair[0] > best.0 {
            best = (pair[1] - pair[0], pair[1], pair[0] + 360.0);
        }
    }
    (best.1, best.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_starts_after_the_widest_gap() {
        assert_eq!(longitudes(vec![29.0, -4.0, 2.3]), (-4.0, 29.0));
        assert_eq!(longitudes(vec![178.0, -178.0, 170.0]), (170.0, 182.0));
        assert_eq!(longitudes(vec![29.0]), (29.0, 29.0));
    }

    #[test]
    fn every_place_is_in_the_picture() {
        let of = [
            vec![(29.22, -1.67)],
            vec![(178.4, -18.1), (-175.2, -21.1)],
            vec![(-74.0, 40.7), (2.35, 48.86), (139.7, 35.7), (-70.6, -33.4)],
            vec![(15.6, 78.2)],
            vec![(0.0, 89.0), (0.0, -89.0)],
        ];
        for points in of {
            let view = View::of(&points, 900.0);
            assert!(view.height <= 900.0, "{view:?}");
            for &point in points.iter().filter(|point| point.1.abs() < 85.0) {
                let (x, y) = view.place(point);
                assert!((0.0..=900.0).contains(&x) && (0.0..=view.height).contains(&y), "{point:?}");
            }
        }
    }
}
