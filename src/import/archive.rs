//! Zip archives (.docx, .xlsx, .ods) taken apart within limits.
//!
//! Nothing is written to disk and no name of an entry is ever used as a path. An entry is inflated piece by piece and counted: whatever the
//! headers claim, all parts of one document together give at most [`INFLATED`] bytes, and a part of more than [`SMALL`] bytes that is over
//! [`RATIO`] times its packed size is taken for a bomb.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

/// The most that all parts of a document may give when inflated, in bytes (128 MiB).
pub(super) const INFLATED: usize = 128 << 20;

/// How many times its packed size a part may have. Deflate reaches 1,032; the XML of real documents stays below 100.
pub(super) const RATIO: u64 = 200;

/// Up to this size of a part, in bytes, [`RATIO`] is not asked (16 MiB): long runs of empty cells pack well.
pub(super) const SMALL: usize = 16 << 20;

/// Why an archive gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// No archive, or one that breaks off.
    Broken,
    /// Its entries are encrypted.
    Locked,
    /// It inflates to more than is allowed.
    Bomb,
}

/// An entry, inflated.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    /// Whether it ended as it should; `false` where it breaks off or its checksum is wrong.
    pub(super) whole: bool,
}

/// An archive with the count of what was inflated from it.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be inflated.
    left: usize,
    /// Up to this size the ratio is not asked.
    small: usize,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::Broken)?;
        Ok(Self { zip, left: INFLATED, small: SMALL })
    }

    /// Returns the names of all entries, in the archive's order.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// Returns the entry of this name, case ignored as programs do; `None` where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part>, Fault> {
        let place = match self.zip.index_for_name(name) {
            Some(place) => place,
            None => match self.names().iter().position(|other| other.eq_ignore_ascii_case(name)) {
                Some(place) => place,
                None => return Ok(None),
            },
        };
        self.at(place).map(Some)
    }

    /// Inflates every entry once, so that a bomb is found before another reader opens the archive. Gives each part to `look`.
    pub(super) fn sweep(&mut self, mut look: impl FnMut(&str, &Part)) -> Result<(), Fault> {
        for (place, name) in self.names().iter().enumerate() {
            let part = self.at(place)?;
            look(name, &part);
        }
        Ok(())
    }

    fn at(&mut self, place: usize) -> Result<Part, Fault> {
        let mut entry = match self.zip.by_index(place) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword) => return Err(Fault::Locked),
            Err(_) => return Ok(Part { bytes: Vec::new(), whole: false }),
        };
        let packed = entry.compressed_size();
        let mut bytes = Vec::new();
        let mut piece = vec![0u8; 1 << 16];
        let whole = loop {
            let count = match entry.read(&mut piece) {
                Ok(0) => break true,
                Ok(count) => count,
                Err(_) => break false,
            };
            if count > self.left {
                return Err(Fault::Bomb);
            }
            self.left -= count;
            bytes.extend_from_slice(&piece[..count]);
            if bytes.len() > self.small && bytes.len() as u64 > packed.saturating_mul(RATIO) {
                return Err(Fault::Bomb);
            }
        };
        Ok(Part { bytes, whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixture::archive;

    /// Limits a thousandth of the real ones.
    fn opened(bytes: &[u8]) -> Archive<'_> {
        Archive { left: INFLATED >> 10, small: SMALL >> 10, ..Archive::open(bytes).unwrap() }
    }

    #[test]
    fn a_bomb_is_told_by_what_comes_out_of_it() {
        let bytes = archive(&[("word/document.xml", &vec![b' '; 1 << 16])]);
        assert_eq!(opened(&bytes).part("word/document.xml").unwrap_err(), Fault::Bomb);
        assert!(Archive::open(&bytes).unwrap().part("word/document.xml").unwrap().unwrap().whole);
    }

    #[test]
    fn many_parts_share_one_limit() {
        let part = vec![b'a'; SMALL >> 10];
        let names: Vec<String> = (0..9).map(|n| format!("{n}.xml")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), part.as_slice())).collect();
        assert_eq!(opened(&archive(&parts)).sweep(|_, _| {}).unwrap_err(), Fault::Bomb);
        assert!(opened(&archive(&parts[..8])).sweep(|_, _| {}).is_ok());
    }

    #[test]
    fn a_truncated_archive_is_broken_and_a_broken_part_is_kept_as_far_as_it_goes() {
        let bytes = archive(&[("a.xml", b"<a>xin ch\xc3\xa0o</a>")]);
        assert_eq!(Archive::open(&bytes[..bytes.len() - 10]).err(), Some(Fault::Broken));
        let mut bent = bytes.clone();
        let at = 30 + "a.xml".len() + 3;
        bent[at] ^= 0x10;
        let part = Archive::open(&bent).unwrap().part("A.XML").unwrap().unwrap();
        assert!(!part.whole);
    }
}
