//! `workbook.xlsx#Sheet`: a sheet of a workbook, named behind its file.

use std::path::{Path, PathBuf};

/// The file of a table, and the sheet that is named in it. A file whose own name holds a `#` goes before.
pub fn find(path: &Path) -> (PathBuf, Option<String>) {
    let whole = (path.to_owned(), None);
    if path.exists() {
        return whole;
    }
    let Some(text) = path.to_str() else { return whole };
    let split = |at: usize| (PathBuf::from(&text[..at]), Some(text[at + 1..].to_owned()));
    let mut marks = text.match_indices('#').map(|(at, _)| at).filter(|at| 0 < *at);
    let first = marks.clone().next();
    marks.rfind(|at| Path::new(&text[..*at]).is_file()).or(first).map_or(whole, split)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_the_mark_in_its_name_goes_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("a.xlsx"), "").unwrap();
        std::fs::write(path("b#1.xlsx"), "").unwrap();
        let check = |name: &str, file: &str, sheet: Option<&str>| {
            assert_eq!(find(&path(name)), (path(file), sheet.map(str::to_owned)), "{name}");
        };
        check("a.xlsx", "a.xlsx", None);
        check("a.xlsx#Xã", "a.xlsx", Some("Xã"));
        check("a.xlsx#A#B", "a.xlsx", Some("A#B"));
        check("b#1.xlsx", "b#1.xlsx", None);
        check("b#1.xlsx#2", "b#1.xlsx", Some("2"));
        check("c.xlsx#2", "c.xlsx", Some("2"));
        check("c.xlsx", "c.xlsx", None);
    }
}
