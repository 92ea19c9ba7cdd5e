//! Many files at once, in folders that may not be there yet: all of them, or none.

use super::staged;
use anyhow::{Context, Result, bail};
use std::io;
use std::path::{Path, PathBuf};

/// Writes files, all of them or none. Their folders are made where they lack; a file that is already
/// there is only replaced by `force`.
///
/// # Errors
/// What kept one from being written; then none was.
pub fn write_new_files(files: &[(PathBuf, Vec<u8>)], force: bool) -> Result<()> {
    let there: Vec<&PathBuf> = files.iter().map(|(path, _)| path).filter(|path| path.exists()).collect();
    if let ([first, ..], false) = (&there[..], force) {
        let (first, more) = (first.display(), there.len() - 1);
        let (vi, en) = match more {
            0 => (String::new(), String::new()),
            more => (format!(" và {more} tệp khác"), format!(" and {more} more")),
        };
        bail!(
            "{first}{vi} đã có, không ghi đè; dùng --force hoặc --output khác · {first}{en} exists and is not overwritten; use --force or another --output"
        );
    }
    let mut made = Made::default();
    let mut whole = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        made.folder_of(path).with_context(|| path.display().to_string())?;
        // Waiting for the disk takes longer than writing a thousand of them once more.
        whole.push((staged(path, bytes, false)?, path));
    }
    for (file, path) in whole {
        let is_new = !path.exists();
        let Some(file) = file else { bail!("{}: không phải tệp · is no file", path.display()) };
        file.persist(path).map_err(|error| error.error).with_context(|| path.display().to_string())?;
        if is_new {
            made.0.push(path.clone());
        }
    }
    made.0.clear(); // everything is there, and stays
    Ok(())
}

/// Files and folders that were made; what is still in it when it is dropped is taken away again.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    /// Makes the folders that a file lacks.
    fn folder_of(&mut self, path: &Path) -> io::Result<()> {
        let above = path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        let lacking: Vec<&Path> = above.take_while(|folder| !folder.exists()).collect();
        for folder in lacking.into_iter().rev() {
            std::fs::create_dir(folder)?;
            self.0.push(folder.to_owned());
        }
        Ok(())
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            // A folder into which somebody else wrote meanwhile is not empty and stays.
            let _ = if path.is_dir() { std::fs::remove_dir(path) } else { std::fs::remove_file(path) };
        }
    }
}
