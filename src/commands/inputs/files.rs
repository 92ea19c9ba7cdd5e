//! The TOML files of a round: opened, named for people, and told apart.

use crate::diagnostic::Diagnostics;
use crate::load;
use crate::round::FileName;
use crate::source::{Fingerprint, Source, Table};
use crate::text::nearest;
use anyhow::{Context, Result, bail};
use std::path::{Component, Path, PathBuf};

/// A table or a criteria set where a round is wanted is a slip that one sentence mends.
pub(super) fn refuse_others(path: &Path) -> Result<()> {
    let name = path.display();
    if load::table::is_named_so(path) {
        bail!(
            "{name} là bảng số liệu, không phải đợt đánh giá: dùng --criteria … --results {name} · a table, not a round: use --criteria … --results {name}"
        );
    }
    let Ok((_, Ok(Source { text, .. }))) = load::text(path) else { return Ok(()) };
    let has = |table: &str| has_table(&text, table);
    let is_round =
        path.file_name().is_some_and(|name| name == "round.toml") || has("[round]") || has("[[tier]]");
    if has("[set]") && !is_round {
        bail!(
            "{name} là bộ tiêu chí, không phải đợt đánh giá: dùng --criteria {name} --results … · a criteria set, not a round: use --criteria {name} --results …"
        );
    }
    Ok(())
}

/// Whether a TOML text has a table, by its header.
pub fn has_table(text: &str, header: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with(header))
}

/// Reads a TOML file that the command line names.
pub fn read_source(
    path: &Path,
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Result<Option<Source>> {
    let read = load::text(path).with_context(|| cannot_read(path))?;
    Ok(take_source(read, path, files, out))
}

/// The text of a TOML file that was read, under a tidy name; reports one that is no text.
pub(super) fn take_source(
    (mut print, source): load::Text,
    path: &Path,
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Option<Source> {
    let shown = tidy(path);
    print.file = shown.as_str().into();
    files.push(print);
    match source {
        Ok(source) => Some(source.named(shown)),
        Err(fault) => {
            out.not_utf8(Table::of_file(shown).place(fault.line, None));
            None
        }
    }
}

/// A criteria set that comes along, by its id.
pub fn builtin(name: &FileName, files: &mut Vec<Fingerprint>, out: &mut Diagnostics) -> Option<Source> {
    let Some(text) = load::builtin::set(&name.name) else {
        let ids: Vec<&str> = load::builtin::SETS.iter().map(|(id, _)| *id).collect();
        out.unknown_set(name.place.clone(), &name.name, nearest(&name.name, ids.iter().copied()), &ids);
        return None;
    };
    let file = format!("criteria/{}.toml", name.name);
    files.push(Fingerprint { file: file.as_str().into(), sha256: load::sha256(text.as_bytes()) });
    Some(Source::new(file, text))
}

/// A questionnaire that comes along, by its id.
pub(super) fn builtin_questionnaire(
    id: &str,
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Option<Source> {
    let Some(text) = load::builtin::questionnaire(id) else {
        let ids: Vec<&str> = load::builtin::QUESTIONNAIRES.iter().map(|(id, _)| *id).collect();
        out.unknown_questionnaire(id, nearest(id, ids.iter().copied()), &ids);
        return None;
    };
    let file = format!("criteria/{id}.toml");
    files.push(Fingerprint { file: file.as_str().into(), sha256: load::sha256(text.as_bytes()) });
    Some(Source::new(file, text))
}

pub(super) fn cannot_read(path: &Path) -> String {
    format!("không đọc được · cannot read {}", path.display())
}

/// `a/b/../c` as `a/c`, for people.
pub(super) fn tidy(path: &Path) -> String {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            (part, _) => parts.push(part),
        }
    }
    parts.iter().collect::<PathBuf>().display().to_string()
}
