#![doc = include_str!("../README.md")]

mod map;
mod outlines;
mod shape;
mod svg;
mod timeline;
mod view;

use chronique_times::Date;

pub use map::map;
pub use svg::escape;
pub use timeline::timeline;

/// One event to draw.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Happening<'h> {
    /// Its type, as counts name it: `"ASSAULT"`.
    pub kind: &'h str,
    /// Its quad class, 1 to 4: verbal and material cooperation, verbal and material conflict.
    pub quad: u8,
    /// Where it is drawn on a map.
    pub site: Option<Site<'h>>,
    /// The first and the last day that it is dated to.
    pub days: Option<(Date, Date)>,
    /// A line about it, such as who → whom.
    pub note: &'h str,
}

/// A place with a point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Site<'s> {
    /// Its name, as the label.
    pub name: &'s str,
    /// Degrees north, WGS 84.
    pub lat: f64,
    /// Degrees east, WGS 84.
    pub lon: f64,
}
