//! The only module that opens files.

pub mod builtin;
pub mod csv;
mod encoding;
pub mod table;
pub mod workbook;

use crate::source::{Fingerprint, Source};
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
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

/// The files of a folder that a pattern like `phieu/*.xlsx` names, in the order of their names; each with
/// the sheet that the pattern names behind a `#`. `None`: the path is no pattern, or a file of just that
/// name.
///
/// # Errors
/// What the system says when the folder cannot be read.
pub fn matching(path: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (pattern, sheet) = match name.split_once('#') {
        Some((pattern, _)) => (pattern, &name[pattern.len()..]),
        None => (name.as_str(), ""),
    };
    if !pattern.contains(['*', '?']) || path.exists() {
        return Ok(None);
    }
    let pattern = pattern.to_lowercase();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder.unwrap_or(Path::new(".")))? {
        let mut name = entry?.file_name();
        let text = name.to_string_lossy().to_lowercase();
        // Excel keeps a file ~$… beside each that is open; systems keep hidden ones.
        let is_set_aside = text.starts_with("~$") || text.starts_with('.');
        if !is_set_aside && matches(&pattern, &text) && path.with_file_name(&name).is_file() {
            name.push(sheet);
            found.push(path.with_file_name(name));
        }
    }
    found.sort();
    Ok(Some(found))
}

/// Whether a name is one that a pattern means: `*` is any text, `?` any sign.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut seen, mut star) = (0, 0, None);
    while seen < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(&sign) if sign == '?' || sign == name[seen] => (at, seen) = (at + 1, seen + 1),
            _ => match star {
                // The last star takes one sign more.
                Some((last, from)) => {
                    star = Some((last, from + 1));
                    (at, seen) = (last + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|sign| *sign == '*')
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, name, does) in [
            ("*.xlsx", "x01-xã an bình.xlsx", true),
            ("*.xlsx", "x01.xlsx.bak", false),
            ("x0?-*.xlsx", "x01-a.xlsx", true),
            ("x0?-*.xlsx", "x001-a.xlsx", false),
            ("*a*b*", "xxaybz", true),
            ("*a*b", "ab.b", true),
            ("*", "", true),
            ("?", "", false),
        ] {
            assert_eq!(matches(pattern, name), does, "{pattern} {name}");
        }
    }
}
