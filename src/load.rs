//! The only module that opens files.

pub mod builtin;
pub mod csv;
mod encoding;
pub mod table;
pub mod workbook;

use crate::source::{Fingerprint, Source};
use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Reads a text file whole. The inner error is for a file that is there and is no text.
///
/// # Errors
/// What the system says when the file cannot be read.
pub fn text(path: &Path) -> io::Result<Text> {
    let bytes = std::fs::read(path)?;
    let file: Arc<str> = path.display().to_string().into();
    let print = Fingerprint { file: file.clone(), sha256: sha256(&bytes) };
    let text = match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(file, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(error) => {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count()
                    + 1;
            Err(NotText { file, line: line as u64 })
        }
    };
    Ok((print, text))
}

/// A text file that was read: its fingerprint, and its text if it is text.
pub type Text = (Fingerprint, Result<Source, NotText>);

/// A file that was to be text and is not.
#[derive(Debug)]
pub struct NotText {
    /// The file.
    pub file: Arc<str>,
    /// The first line that is not UTF-8.
    pub line: u64,
}

/// The SHA-256 of bytes, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as `sha256sum` prints them.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The names of the files beside a path, to offer the nearest.
pub fn siblings(path: &Path) -> Vec<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
