//! Rows of the dumps of GeoNames: lines of tabs, which may hold anything.

use std::fmt;
use std::io::{self, BufRead};

use crate::place::CountryCode;

/// GeoNames numbers are below: they are at thirteen million in 2026.
pub(crate) const NUMBERS: u64 = 1 << 27;
/// No row is longer; what is, is no dump.
pub(crate) const ROW: usize = 1 << 20;

/// A row of a dump that can't be read: it is left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadRow {
    /// Its line, from 1.
    pub line: u64,
    /// The number of the field at fault, from 1, where it is one.
    pub field: Option<usize>,
    /// What is wrong with it.
    pub problem: String,
}

impl fmt::Display for BadRow {
    /// `12: field 5: latitude "north" is no number from -90 to 90`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        if let Some(field) = self.field {
            write!(f, "field {field}: ")?;
        }
        f.write_str(&self.problem)
    }
}

/// The number of the field at fault, and what is wrong with it.
pub(crate) type Problem = (Option<usize>, String);

/// Reads the next line, without its end, into `bytes`; `false` if it is too long, and then only a part of it; `None` at the end.
pub(crate) fn line(dump: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<Option<bool>> {
    bytes.clear();
    let mut whole = true;
    let mut any = false;
    loop {
        let buffer = match dump.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        whole &= bytes.len() + part.len() <= ROW;
        if whole {
            bytes.extend(part);
        }
        let used = part.len() + usize::from(end.is_some());
        dump.consume(used);
        if end.is_some() {
            break;
        }
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(any.then_some(whole))
}

pub(crate) fn number(fields: &[&str], at: usize) -> Result<u64, Problem> {
    let number = fields[at].parse::<u64>().ok().filter(|number| (1..NUMBERS).contains(number));
    number.ok_or_else(|| (Some(at + 1), format!("{:?} is no GeoNames number", fields[at])))
}

pub(crate) fn country(fields: &[&str], at: usize) -> Result<CountryCode, Problem> {
    let code = CountryCode::new(fields[at]);
    code.ok_or_else(|| (Some(at + 1), format!("country {:?} is no code of two capitals", fields[at])))
}

pub(crate) fn degrees(fields: &[&str], at: usize, what: &str, most: f64) -> Result<f64, Problem> {
    let degrees = fields[at].parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    degrees
        .ok_or_else(|| (Some(at + 1), format!("{what} {:?} is no number from -{most} to {most}", fields[at])))
}
