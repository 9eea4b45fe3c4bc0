//! What the pages of a Parquet file claim to unpack to.
//!
//! A header of a few bytes can claim 2 GiB, and a decoder makes room for them before it looks at the
//! data. So the headers, which are structs of Thrift's compact protocol, are walked before any page is
//! unpacked. What a page unpacks to must be what its header says: the decoders see to that.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use parquet::arrow::ProjectionMask;
use parquet::basic::Compression;
use parquet::file::metadata::ParquetMetaData;

/// The most that a page may unpack to, in bytes. Writers close a page after 1 MiB or so.
const MOST_PAGE: i32 = 128 << 20;

/// Structs within structs: a page header has two levels.
const MOST_DEPTH: u32 = 8;

/// Checks the pages of the columns that are read.
pub(super) fn check(file: &File, metadata: &ParquetMetaData, mask: &ProjectionMask) -> Result<(), String> {
    let mut file = BufReader::new(file);
    for group in metadata.row_groups() {
        for (at, column) in group.columns().iter().enumerate() {
            if !mask.leaf_included(at) {
                continue;
            }
            let name = column.column_path().string();
            if column.compression() == Compression::LZ4 {
                return Err(format!(
                    "column \"{name}\" is packed with the old LZ4, whose decoder knows no bound: write it with LZ4_RAW, \
                     Zstandard or Snappy"
                ));
            }
            let (start, length) = column.byte_range();
            check_chunk(&mut file, start, length)
                .map_err(|what| format!("a page of column \"{name}\" {what}"))?;
        }
    }
    Ok(())
}

/// Walks the pages that stand in `length` bytes from `start`.
fn check_chunk(file: &mut (impl Read + Seek), start: u64, length: u64) -> Result<(), String> {
    let broken = |error: io::Error| format!("has no header that can be read: {error}");
    let (mut at, end) = (start, start.saturating_add(length));
    while at < end {
        file.seek(SeekFrom::Start(at)).map_err(broken)?;
        let mut header = Header { bytes: file.take(end - at), unpacked: 0, packed: 0 };
        header.read_struct(0).map_err(broken)?;
        let (unpacked, packed) = (header.unpacked, header.packed);
        at = end - header.bytes.limit();
        if unpacked > MOST_PAGE {
            return Err(format!(
                "unpacks to {} MiB, and {} are the most; if that is no mistake, write the file with smaller pages",
                unpacked >> 20,
                MOST_PAGE >> 20
            ));
        }
        at += u64::try_from(packed).map_err(|_| "has a negative size".to_owned())?;
    }
    Ok(())
}

/// A page header on its way in.
struct Header<R> {
    bytes: io::Take<R>,
    unpacked: i32,
    packed: i32,
}

impl<R: Read> Header<R> {
    /// Reads the fields of a struct; those of the outermost with the numbers 2 and 3 are kept.
    fn read_struct(&mut self, depth: u32) -> io::Result<()> {
        if depth > MOST_DEPTH {
            return Err(io::Error::other("it is too deep"));
        }
        let mut number = 0_i64;
        loop {
            let byte = self.byte()?;
            if byte == 0 {
                return Ok(());
            }
            number =
                if byte >> 4 == 0 { self.integer()? } else { number.saturating_add(i64::from(byte >> 4)) };
            match (depth, number, byte & 15) {
                // Sizes have 32 bits.
                (0, 2, 5) => self.unpacked = self.unpacked.max(self.integer()? as i32),
                (0, 3, 5) => self.packed = self.integer()? as i32,
                // The type of a field tells whether a bool is true.
                (.., 1 | 2) => {}
                (.., kind) => self.skip(kind, depth)?,
            }
        }
    }

    /// Skips a value that is no bool of a struct.
    fn skip(&mut self, kind: u8, depth: u32) -> io::Result<()> {
        match kind {
            1..=3 => self.skip_bytes(1),
            4..=6 => self.varint().map(|_| ()),
            7 => self.skip_bytes(8),
            8 => {
                let length = self.varint()?;
                self.skip_bytes(length)
            }
            9 | 10 => {
                let byte = self.byte()?;
                let length = if byte >> 4 == 15 { self.varint()? } else { u64::from(byte >> 4) };
                (0..length).try_for_each(|_| self.skip(byte & 15, depth + 1))
            }
            12 => self.read_struct(depth + 1),
            kind => Err(io::Error::other(format!("it has a value of the unknown type {kind}"))),
        }
    }

    fn skip_bytes(&mut self, length: u64) -> io::Result<()> {
        if io::copy(&mut self.bytes.by_ref().take(length), &mut io::sink())? == length {
            Ok(())
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.bytes.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    fn varint(&mut self) -> io::Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(value);
            }
        }
        Err(io::Error::other("it has a number of more than 64 bits"))
    }

    /// A signed number.
    fn integer(&mut self) -> io::Result<i64> {
        let value = self.varint()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A data page of `unpacked` bytes, of which `packed` follow; with statistics and a list to skip.
    fn page(unpacked: i32, packed: i32) -> Vec<u8> {
        let varint = |value: i32| {
            let mut value = (value << 1 ^ value >> 31) as u32;
            let mut bytes = Vec::new();
            while value > 127 {
                bytes.push(value as u8 | 128);
                value >>= 7;
            }
            bytes.push(value as u8);
            bytes
        };
        let mut bytes = vec![0x15, 0, 0x15];
        bytes.extend(varint(unpacked));
        bytes.push(0x15);
        bytes.extend(varint(packed));
        bytes.extend([0x2C, 0x15, 2, 0x1C, 0x18, 3, b'a', b'b', b'c', 0x11, 0, 0x19, 0x25, 2, 4, 0, 0]);
        bytes.resize(bytes.len() + packed.max(0) as usize, b'x');
        bytes
    }

    fn checked(bytes: &[u8]) -> Result<(), String> {
        check_chunk(&mut io::Cursor::new(bytes), 0, bytes.len() as u64)
    }

    #[test]
    fn headers_are_walked() {
        let two = [page(10, 7), page(MOST_PAGE, 0)].concat();
        assert_eq!(checked(&two), Ok(()));
        let lying = [page(10, 7), page(i32::MAX, 3)].concat();
        assert!(checked(&lying).unwrap_err().starts_with("unpacks to 2047 MiB, and 128 are the most"));
        assert_eq!(checked(&page(1, -1)).unwrap_err(), "has a negative size");
        assert!(checked(&two[..20]).unwrap_err().starts_with("has no header that can be read"));
        assert!(checked(&[0x1C; 100]).unwrap_err().ends_with("it is too deep"));
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = checked(&bytes);
        }
    }
}
