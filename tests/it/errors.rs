//! The error gallery: every message whole, in both languages, and a proof that its remedy mends it.
//!
//! A case is a folder of `tests/errors/` that is named after the code of its message. It holds the
//! files in which it differs from `base/`, the `command`, and the whole of what the program says:
//! `expected.vi.txt`, `expected.en.txt`. Where the remedy is more than putting the base's file
//! back, a folder `mended…/` holds the files after it was followed, and the same command must then
//! have nothing to complain of.
//!
//! `PARINDEX_UPDATE=1 cargo test --test it -- errors` writes what is expected, and the gallery
//! page, anew; read the difference before you believe it.

use crate::support::{Folder, Ran, project, run_in};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Codes that no input can provoke, each with its reason.
const UNREACHABLE: [(&str, &str); 2] = [
    (
        "no-branch",
        "a set whose arms leave an answer out is refused as branch-not-exhaustive; N/A and missing answers end elsewhere",
    ),
    ("workbook-too-large", "the file would have more than 1 GiB; tests/it/sheets.rs makes one"),
];

#[test]
fn every_message_is_whole() {
    let mut faults = Vec::new();
    for case in CASES.iter() {
        for (lang, said) in [("vi", &case.vi), ("en", &case.en)] {
            faults.extend(compare(&case.path.join(format!("expected.{lang}.txt")), said));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_a_message_advises_mends_it() {
    let mut faults = Vec::new();
    for case in CASES.iter() {
        for mended in folders(&case.path) {
            let ran = run(&case.command, &mended, "en");
            if ran.code != 0 {
                faults.push(format!("{}: exit {}\n{}", mended.display(), ran.code, ran.stderr));
            }
        }
    }
    assert!(faults.is_empty(), "the remedy does not mend these:\n{}", faults.join("\n"));
}

#[test]
fn the_base_of_the_gallery_is_without_mistakes() {
    let base = gallery().join("base");
    for command in [
        "check round.toml",
        "check set.toml",
        "check --criteria set.toml --results wide.csv",
        "check questionnaire.toml",
        "check --questionnaire questionnaire.toml --answers answers.csv --units units.csv --quotas quotas.csv",
        "check --questionnaire questionnaire.toml --answers long.csv --units units.csv",
        "check --questionnaire questionnaire.toml --answers weighted-forms.csv",
        "whatif round.toml --scenario scenario.toml",
        "target round.toml X02 --rank 1 --costs costs.csv",
        "sipas --questionnaire questionnaire.toml --answers answers.csv --units units.csv --margins margins.csv",
    ] {
        let ran = run_in(&base, &command.split(' ').collect::<Vec<_>>());
        assert_eq!((ran.stderr.as_str(), ran.code), ("", 0), "{command}");
    }
}

#[test]
fn every_code_has_a_case() {
    let shown: Vec<String> = CASES.iter().flat_map(|case| codes_shown(&case.vi)).collect();
    let lacking: Vec<String> = codes()
        .into_iter()
        .filter(|code| {
            !shown.contains(code) && !UNREACHABLE.iter().any(|(unreachable, _)| unreachable == code)
        })
        .collect();
    assert!(lacking.is_empty(), "no case in tests/errors for: {}", lacking.join(", "));
    for (code, reason) in UNREACHABLE {
        assert!(codes().iter().any(|known| known == code), "{code} is no code any more ({reason})");
        assert!(!shown.iter().any(|known| known == code), "{code} can be provoked after all: {reason}");
    }
}

/// One mistake, one message: what only follows from a mistake is not reported as another.
#[test]
fn a_mistake_is_reported_once_and_under_its_own_code() {
    let mut faults = Vec::new();
    for case in CASES.iter() {
        let mut shown = codes_shown(&case.vi);
        match shown.iter().position(|code| *code == case.code) {
            Some(own) => drop(shown.remove(own)),
            None => faults.push(format!("{}: it is not reported under its code", case.name)),
        }
        let allowed =
            FOLLOWED.iter().find(|(name, _)| *name == case.name).map_or(&[][..], |(_, codes)| codes);
        if shown != allowed {
            faults.push(format!(
                "{}: beside it stand [{}], not [{}]",
                case.name,
                shown.join(", "),
                allowed.join(", ")
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Cases in which more is said than the mistake, and what. The shorter this list, the better.
const FOLLOWED: &[(&str, &[&str])] = &[
    ("open-quotes", &["ragged-row"]),
    ("toml-syntax-date", &["wrong-type"]),
    ("toml-syntax-semicolon", &["wrong-type"]),
    ("unknown-tier-results", &["no-results"]),
    ("unknown-word", &["unknown-key"]),
];

#[test]
fn the_gallery_page_is_up_to_date() {
    let mut by_code: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    CASES.iter().for_each(|case| by_code.entry(&case.code).or_default().push(case));
    let mut page = String::from(INTRODUCTION);
    for (code, cases) in by_code {
        page += &format!("\n## {code}\n");
        for case in cases {
            let (said, _) = case.vi.rsplit_once("exit ").expect("every message ends with its exit code");
            page += &format!(
                "\n[`{0}`]({0}/): `parindex {1}`\n\n```text\n{2}\n```\n",
                case.name,
                case.command,
                said.trim_end()
            );
        }
    }
    let fault = compare(&gallery().join("README.md"), &page);
    assert!(fault.is_none(), "{}", fault.unwrap_or_default());
}

const INTRODUCTION: &str = "\
# The error gallery

Every mistake that parindex reports, under its code, as a person sees it. This page is made from
the cases in this folder by `PARINDEX_UPDATE=1 cargo test --test it -- errors`.

A case holds the files in which it differs from [`base/`](base/) (one mistake each), the `command`,
and the whole message in Vietnamese and English. Where the remedy is more than putting the base's
file back, `mended…/` holds the files after the remedy was followed; a test runs them.
";

/// A case of the gallery, and what the program says to it.
struct Case {
    name: String,
    path: PathBuf,
    code: String,
    command: String,
    vi: String,
    en: String,
}

/// All cases, in the order of their names; each is run once for all tests.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let codes = codes();
    folders(&gallery())
        .into_iter()
        .filter(|path| !path.ends_with("base"))
        .map(|path| Case::run(path, &codes))
        .collect()
});

impl Case {
    fn run(path: PathBuf, codes: &[String]) -> Case {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name").to_owned();
        let is_own = |code: &&String| {
            name.strip_prefix(code.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let code = codes.iter().filter(is_own).max_by_key(|code| code.len());
        let code = code.unwrap_or_else(|| panic!("{name} is not named after a code")).clone();
        let command =
            fs::read_to_string(path.join("command")).unwrap_or_else(|_| panic!("{name} has no command"));
        let command = command.trim().to_owned();
        let said = |lang| {
            let ran = run(&command, &path, lang);
            format!("{}exit {}\n", ran.stderr, ran.code)
        };
        Case { code, vi: said("vi"), en: said("en"), command, name, path }
    }
}

/// Runs a command in a folder with the base's files and, over them, those of another folder.
fn run(command: &str, files: &Path, lang: &str) -> Ran {
    let folder = Folder::new(&[]);
    for from in [&gallery().join("base"), files] {
        for file in entries(from).into_iter().filter(|path| path.is_file()) {
            let name = file.file_name().and_then(|name| name.to_str()).expect("a plain name");
            if name != "command" && !name.starts_with("expected.") {
                folder.write(name, &fs::read(&file).expect("a file of the gallery"));
            }
        }
    }
    folder.run(&command.split(' ').chain(["--lang", lang]).collect::<Vec<_>>())
}

fn gallery() -> PathBuf {
    project().join("tests/errors")
}

fn folders(path: &Path) -> Vec<PathBuf> {
    entries(path).into_iter().filter(|path| path.is_dir()).collect()
}

fn entries(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The codes in brackets at the end of each message.
fn codes_shown(said: &str) -> Vec<String> {
    let is_message = |line: &&str| ["lỗi: ", "cảnh báo: "].iter().any(|word| line.starts_with(word));
    let code = |line: &str| line.rsplit_once(" [")?.1.strip_suffix(']').map(str::to_owned);
    said.lines().filter(is_message).filter_map(code).collect()
}

/// Every code that `src/diagnostic/` names: a literal in kebab case that stands first in
/// parentheses, with a message behind it.
fn codes() -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for file in entries(&project().join("src/diagnostic")) {
        let source = fs::read_to_string(file).expect("a source file");
        let pieces: Vec<&str> = source.split('"').collect();
        for around in pieces.windows(3).filter(|around| around[0].trim_end().ends_with('(')) {
            let (literal, behind) = (around[1], around[2].strip_prefix(',').unwrap_or_default().trim_start());
            let is_word = |part: &str| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            let has_message = ["text!", "Text ", "message"].iter().any(|message| behind.starts_with(message));
            if literal.split('-').all(is_word) && has_message && !found.iter().any(|known| known == literal) {
                found.push(literal.to_owned());
            }
        }
    }
    assert!(60 < found.len(), "the codes are found");
    found.sort();
    found
}

/// Compares a file with what it should hold, or writes it in update mode; says what is wrong.
fn compare(path: &Path, found: &str) -> Option<String> {
    if std::env::var_os("PARINDEX_UPDATE").is_some_and(|value| value == "1") {
        fs::write(path, found).expect("the gallery can be written");
        return None;
    }
    let expected = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    (expected != found)
        .then(|| format!("{} differs\n--- expected\n{expected}\n--- found\n{found}", path.display()))
}
