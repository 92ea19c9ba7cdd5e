//! Where output goes: standard output, or a file that appears whole or not at all.

use crate::diagnostic::Diagnostics;
use crate::global::Global;
use crate::lang::Text;
use crate::render::{self, Format};
use crate::report::View;
use anyhow::{Context, Result, bail};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Options of what is written.
#[derive(Clone, Debug, clap::Args)]
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
    let what = || format!("{}", path.display());
    // A pipe or a device is written to; a file in its place would take it away from everybody.
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return std::fs::write(path, bytes).with_context(what);
    }
    let file = write_beside(path, bytes)?;
    file.persist(path).map_err(|error| error.error).with_context(what)?;
    Ok(())
}

/// Writes files, all of them or none. Their folders are made where they lack; a file that is already
/// there is only replaced by `force`.
///
/// # Errors
/// What kept one from being written; then none was.
pub fn write_files(files: &[(PathBuf, Vec<u8>)], force: bool) -> Result<()> {
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
    let mut written = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        made.folder_of(path).with_context(|| format!("{}", path.display()))?;
        written.push((write_beside(path, bytes)?, path));
    }
    for (file, path) in written {
        let is_new = !path.exists();
        file.persist(path).map_err(|error| error.error).with_context(|| format!("{}", path.display()))?;
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

/// A whole file beside the place where it will be.
fn write_beside(path: &Path, bytes: &[u8]) -> Result<tempfile::TempPath> {
    let what = || format!("{}", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(what)?;
    file.write_all(bytes).with_context(what)?;
    file.as_file().sync_all().with_context(what)?;
    let_others_read(&file, path).with_context(what)?;
    Ok(file.into_temp_path()) // closed: a system allows only so many open files
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
