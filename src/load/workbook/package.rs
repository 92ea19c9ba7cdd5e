//! The zip file that a workbook is, and what keeps it from filling the memory.

use super::Fault;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// A workbook's zip file.
pub struct Package {
    archive: ZipArchive<Cursor<Arc<[u8]>>>,
}

/// One file in it, unpacked while it is read and no further than is credible.
pub struct Part<'a> {
    file: ZipFile<'a, Cursor<Arc<[u8]>>>,
    /// How many bytes more may come out.
    left: u64,
}

/// Reading went on where no honest file would.
#[derive(Debug)]
pub struct Overflow;

impl std::fmt::Display for Overflow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("more data than a workbook can hold")
    }
}

impl std::error::Error for Overflow {}

/// Parts up to this may be packed as well as they like: a sheet with 30,000 rows of one value.
const SMALL: u64 = 64 << 20;

/// How many times longer than packed a larger part may be. Sheets are packed to a tenth or a twentieth;
/// a thousand is the most that zip can do.
const MOST_RATIO: u64 = 200;

/// The longest part. A sheet with a million rows of 30 answers has 1.3 GiB.
const MOST: u64 = 4 << 30;

impl Package {
    /// Opens the zip file.
    pub fn open(bytes: Arc<[u8]>) -> Result<Package, Fault> {
        ZipArchive::new(Cursor::new(bytes))
            .map(|archive| Package { archive })
            .map_err(|error| Fault::Damaged(error.to_string()))
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The part's name as the file writes it: names are the same whatever their capitals.
    fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.archive.index_for_name(name).or_else(|| {
            let is_it = |other: &[u8]| other.eq_ignore_ascii_case(name.as_bytes());
            self.archive.file_names_raw().position(is_it)
        })
    }

    /// Opens a part.
    pub fn part(&mut self, name: &str) -> Result<BufReader<Part<'_>>, Fault> {
        let Some(at) = self.find(name) else {
            return Err(Fault::Damaged(format!("{name}: not in the zip file")));
        };
        let file = self.archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Fault::Encrypted,
            error => Fault::Damaged(format!("{name}: {error}")),
        })?;
        let left = SMALL.max(file.compressed_size().saturating_mul(MOST_RATIO)).min(MOST);
        if left < file.size() {
            return Err(Fault::Bomb(name.to_owned()));
        }
        Ok(BufReader::with_capacity(1 << 16, Part { file, left }))
    }

    /// The beginning of a part, as text.
    pub fn beginning(&mut self, name: &str) -> Option<String> {
        let mut text = Vec::new();
        self.part(name).ok()?.take(1 << 16).read_to_end(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    }
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other(Overflow))?;
        Ok(read)
    }
}
