//! The bytes of an image, in memory or in a file. Of a file, a page is read when it is first asked for, and kept: a
//! gazetteer of the world opens at once and takes the memory of what was looked at.
//!
//! This does what a memory map does without `unsafe`: a map whose file is changed beneath it is undefined behaviour.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::image::checksum;

/// The bytes that are read and checked at once.
pub(crate) const PAGE: usize = 32 << 10;
/// A page is kept with so many bytes of the next, so that whatever is no longer lies within one.
pub(crate) const WINDOW: usize = 8 << 10;

pub(crate) enum Store {
    /// The bytes of the sections begin at the number.
    Memory(Cow<'static, [u8]>, usize),
    File(Pages),
}

impl Store {
    /// The bytes of the sections from `at`: at most [`WINDOW`]. `None` past the end, and where the file can't be read.
    #[inline]
    pub(crate) fn window(&self, at: usize, len: usize) -> Option<&[u8]> {
        match self {
            Store::Memory(bytes, body) => {
                let at = body.checked_add(at)?;
                bytes.get(at..at.checked_add(len)?)
            }
            Store::File(pages) => pages.window(at, len),
        }
    }

    /// Reads all that was not read yet, and keeps nothing of it.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            Store::Memory(..) => Ok(()),
            Store::File(pages) => (0..pages.sums.len()).try_for_each(|page| pages.read(page).map(drop)),
        }
    }

    /// What was found damaged or could not be read so far.
    pub(crate) fn damage(&self) -> Option<&str> {
        match self {
            Store::Memory(..) => None,
            Store::File(pages) => pages.damage.get().map(String::as_str),
        }
    }
}

/// A file, page by page.
pub(crate) struct Pages {
    file: Mutex<File>,
    /// Where the sections begin in the file, and their bytes.
    start: u64,
    len: usize,
    sums: Box<[u64]>,
    pages: Box<[OnceLock<Box<[u8]>>]>,
    damage: OnceLock<String>,
}

impl Pages {
    /// `sums` has one [`sum`] a page.
    pub(crate) fn new(file: File, start: u64, len: usize, sums: Box<[u64]>) -> Pages {
        let pages = (0..sums.len()).map(|_| OnceLock::new()).collect();
        Pages { file: Mutex::new(file), start, len, sums, pages, damage: OnceLock::new() }
    }

    #[inline]
    fn window(&self, at: usize, len: usize) -> Option<&[u8]> {
        let page = self.pages.get(at / PAGE)?.get_or_init(|| {
            self.read(at / PAGE).unwrap_or_else(|problem| {
                // The first is told; after it, any answer of this gazetteer is in doubt.
                let _ = self.damage.set(problem);
                Box::default()
            })
        });
        page.get(at % PAGE..(at % PAGE).checked_add(len)?)
    }

    #[cold]
    fn read(&self, page: usize) -> Result<Box<[u8]>, String> {
        let range = span(page, self.len);
        let at = self.start + range.start as u64;
        let mut bytes = vec![0; range.len()].into_boxed_slice();
        let read = {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut bytes))
        };
        read.map_err(|error| format!("byte {at} of the image can't be read: {error}"))?;
        if checksum(&bytes) != self.sums[page] {
            return Err(format!("the checksum of the {} bytes from byte {at} differs", bytes.len()));
        }
        Ok(bytes)
    }
}

/// The bytes of a page and of the window after it.
fn span(page: usize, len: usize) -> std::ops::Range<usize> {
    let start = page.saturating_mul(PAGE).min(len);
    start..start.saturating_add(PAGE + WINDOW).min(len)
}

/// The number of pages of so many bytes.
pub(crate) fn pages(len: usize) -> usize {
    len.div_ceil(PAGE)
}

/// The checksum of each page.
pub(crate) fn sums(body: &[u8]) -> impl Iterator<Item = u64> + '_ {
    (0..pages(body.len())).map(|page| checksum(&body[span(page, body.len())]))
}
