//! Where output goes: standard output, or a file that appears whole or not at all.

mod new_files;

use crate::diagnostic::Diagnostics;
use crate::global::Global;
use crate::lang::Text;
use crate::render::{self, Format};
use crate::report::View;
use anyhow::{Context, Result, bail};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use new_files::write_new_files;

/// Options of what is written.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Format of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Write to this file; it appears whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Renders a result and writes it.
///
/// # Errors
/// What kept it from being written.
pub fn write(view: &dyn View, args: &Args, global: Global) -> Result<()> {
    let bytes = render::render(view, args.format, global.style(args.output.is_some()))?;
    match &args.output {
        Some(path) => write_file(path, &bytes),
        None => {
            let mut out = io::stdout().lock();
            out.write_all(&bytes)?;
            Ok(out.flush()?)
        }
    }
}

/// Writes a file beside its place and moves it there when it is whole.
fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    write_files(&[(path, bytes)])
}

/// Writes files beside their places, and moves them there when all of them are whole.
///
/// # Errors
/// What kept one from being written; then all are as they were before.
pub fn write_files(files: &[(&Path, &[u8])]) -> Result<()> {
    let whole = files.iter().map(|(path, bytes)| staged(path, bytes, true)).collect::<Result<Vec<_>>>()?;
    let (moved, written): (Vec<_>, Vec<_>) =
        whole.into_iter().zip(files).partition(|(file, _)| file.is_some());
    for (_, (path, bytes)) in written {
        std::fs::write(path, bytes).with_context(|| path.display().to_string())?;
    }
    // A single file takes the place of the old one in one step; of several, the old ones are kept.
    let mut replaced: Vec<(&Path, Option<tempfile::TempPath>)> = Vec::new();
    let is_one = moved.len() == 1;
    for (file, (path, _)) in moved {
        let Some(file) = file else { continue };
        let done = if is_one { Ok(None) } else { kept(path) }
            .and_then(|old| file.persist(path).map(|()| old).map_err(|error| error.error));
        match done {
            Ok(old) => replaced.push((path, old)),
            Err(error) => {
                replaced.into_iter().rev().for_each(|(path, old)| put_back(path, old));
                return Err(error).with_context(|| path.display().to_string());
            }
        }
    }
    Ok(())
}

/// A copy of a file that is about to be replaced; `None` where there is none.
fn kept(path: &Path) -> io::Result<Option<tempfile::TempPath>> {
    if !path.exists() {
        return Ok(None);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let copy = tempfile::NamedTempFile::new_in(folder)?.into_temp_path();
    std::fs::copy(path, &copy)?;
    Ok(Some(copy))
}

/// Undoes a replacement, as well as it can be.
fn put_back(path: &Path, old: Option<tempfile::TempPath>) {
    let _ = match old {
        Some(old) => old.persist(path).map_err(|error| error.error),
        None => std::fs::remove_file(path),
    };
}

/// A whole file beside its place. `None` where a pipe or a device is: it is written to, for a file in
/// its place would take it away from everybody. A safe file is on the disk before it is moved.
fn staged(path: &Path, bytes: &[u8], is_safe: bool) -> Result<Option<tempfile::TempPath>> {
    let what = || path.display().to_string();
    let found = std::fs::metadata(path).ok();
    if found.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        bail!("{}: là thư mục · is a folder", path.display());
    }
    if found.is_some_and(|found| !found.is_file()) {
        return Ok(None);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        bail!("{}: không có thư mục ấy · there is no such folder", path.display());
    }
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(what)?;
    file.write_all(bytes).with_context(what)?;
    if is_safe {
        file.as_file().sync_all().with_context(what)?;
    }
    let_others_read(&file, path).with_context(what)?;
    Ok(Some(file.into_temp_path())) // closed: a system allows only so many open files
}

/// A temporary file is for its owner alone; the file keeps the rights that it had, or gets the
/// usual ones.
#[cfg(unix)]
fn let_others_read(file: &tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let rights = std::fs::metadata(path).map_or(0o644, |old| old.permissions().mode() & 0o777);
    file.as_file().set_permissions(std::fs::Permissions::from_mode(rights))
}

#[cfg(not(unix))]
fn let_others_read(_: &tempfile::NamedTempFile, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Says sentences on standard error.
pub fn say(sentences: &[Text], global: Global) {
    let mut talk = io::stderr().lock();
    for sentence in sentences {
        let _ = writeln!(talk, "{}", sentence.get(global.lang()));
    }
}

/// Says what is wrong on standard error; of one code so many are shown whole.
pub fn talk(diagnostics: &Diagnostics, most_of_a_code: usize, global: Global) {
    let text = render::diagnostics::render(diagnostics, most_of_a_code, global.talk_style());
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
