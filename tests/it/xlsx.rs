//! `export --to x.xlsx`, held against LibreOffice: it computes every formula anew, and each must give
//! the value that we stored and `score` prints; then a cell is changed, and ranks must move as they do
//! where the results are changed. What is read is read by calamine.

use crate::support::{Folder, Ran, project, run};
use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Tells LibreOffice to compute everything when it opens a file, whoever wrote it.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Lets LibreOffice compute workbooks anew; `false` where there is none.
fn recalculate(folder: &Folder, files: &[PathBuf]) -> bool {
    let profile = folder.path("libreoffice");
    fs::create_dir_all(profile.join("user")).expect("a folder");
    fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS).expect("settings");
    let ran = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(folder.path("again"))
        .args(files)
        .stdin(Stdio::null())
        .output();
    let Ok(ran) = ran else {
        println!("skipped: there is no soffice to compute the workbooks again");
        return false;
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    true
}

fn again(folder: &Folder, file: &Path) -> PathBuf {
    folder.path("again").join(file.file_name().expect("a name"))
}

/// The sheets of a workbook by name, in order.
fn sheets(path: &Path) -> Vec<(String, Range<Data>)> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    book.worksheets()
}

/// All formulas of a workbook: sheet, row, column, formula.
fn formulas(path: &Path) -> Vec<(String, (u32, u32), String)> {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let mut all = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_formula(&name).expect("formulas");
        let Some((first_row, first_column)) = range.start() else { continue };
        for (row, column, formula) in range.cells().filter(|(.., formula)| !formula.is_empty()) {
            let at = (first_row + row as u32, first_column + column as u32);
            all.push((name.clone(), at, formula.clone()));
        }
    }
    all
}

/// A cell as text, numbers to nine digits behind the mark; an error stops the test.
#[track_caller]
fn shown(range: &Range<Data>, at: (u32, u32), what: &str) -> String {
    match range.get_value(at) {
        None | Some(Data::Empty) => String::new(),
        Some(Data::Error(error)) => panic!("{what}: {error}"),
        Some(Data::Float(number)) => format!("{number:.9}"),
        Some(Data::Int(number)) => format!("{number}.000000000"),
        Some(cell) => cell.to_string(),
    }
}

/// Whether two cells say the same, numbers within a billionth.
fn alike(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-9,
        _ => a == b,
    }
}

/// Every formula gives what was stored with it. Returns how many there are.
#[track_caller]
fn holds(ours: &Path, theirs: &Path) -> usize {
    let [stored, computed] = [ours, theirs].map(|path| sheets(path).into_iter().collect::<HashMap<_, _>>());
    let formulas = formulas(ours);
    for (sheet, at, formula) in &formulas {
        let what = format!("{} {sheet} {at:?} ={formula}", ours.display());
        let [stored, computed] = [&stored, &computed].map(|of| shown(&of[sheet], *at, &what));
        assert!(alike(&stored, &computed), "{what}: stored {stored:?}, computed {computed:?}");
    }
    formulas.len()
}

/// What a sheet of points says of each unit: total, index, rank, grade.
type Standings = HashMap<String, [String; 4]>;

/// The sheets of points, tier by tier.
fn points_sheets(path: &Path) -> Vec<(String, Range<Data>)> {
    let is_points = |range: &Range<Data>| {
        let title = range.get_value((3, 0)).map(Data::to_string);
        title.is_some_and(|title| title == "STT" || title == "No.")
    };
    sheets(path).into_iter().filter(|(_, range)| is_points(range)).collect()
}

fn column_of(range: &Range<Data>, titles: &[&str]) -> Option<u32> {
    let width = range.end().map_or(0, |(_, column)| column + 1);
    (0..width).find(|&column| {
        let title = range.get_value((3, column)).map(Data::to_string);
        title.is_some_and(|title| titles.contains(&title.as_str()))
    })
}

fn standings(path: &Path) -> Vec<Standings> {
    let of_sheet = |(name, range): (String, Range<Data>)| {
        let columns = [&["Tổng điểm"][..], &["Chỉ số (%)"], &["Xếp hạng"], &["Xếp loại"]]
            .map(|titles| column_of(&range, titles));
        let rows = 6..=range.end().map_or(0, |(row, _)| row);
        let unit = |row: u32| {
            let id = shown(&range, (row, 1), &name);
            (
                id,
                columns
                    .map(|column| column.map_or(String::new(), |column| shown(&range, (row, column), &name))),
            )
        };
        rows.map(unit).collect()
    };
    points_sheets(path).into_iter().map(of_sheet).collect()
}

/// Each unit stands as `score --format json` says. Returns how many there are.
#[track_caller]
fn stands_as(path: &Path, scored: &Ran) -> usize {
    let json: Value = serde_json::from_str(&scored.stdout).expect("JSON");
    let tiers = json["tiers"].as_array().expect("tiers");
    let standings = standings(path);
    assert_eq!(tiers.len(), standings.len(), "a sheet of points a tier");
    let mut count = 0;
    for (tier, standings) in tiers.iter().zip(&standings) {
        let units = ["units", "unranked"].iter().flat_map(|list| tier[list].as_array().expect("units"));
        for unit in units {
            let id = unit["id"].as_str().expect("an id");
            let found = standings.get(id).unwrap_or_else(|| panic!("{id} is in the workbook"));
            for (found, key) in found.iter().zip(["points", "index", "rank", "grade"]) {
                let expected = match &unit[key] {
                    Value::Null if key == "rank" && unit["points"] != Value::Null => "–".to_owned(),
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    number => number.to_string(),
                };
                assert!(alike(found, &expected), "{id}: {key} is {found}, not {expected}");
            }
            count += 1;
        }
        assert_eq!(
            standings.len(),
            tier["units"].as_array().map_or(0, Vec::len) + tier["unranked"].as_array().map_or(0, Vec::len)
        );
    }
    count
}

/// The folders of the examples that are rounds.
fn rounds() -> Vec<String> {
    let entries = fs::read_dir(project().join("examples")).expect("examples");
    let folders = entries.map(|entry| entry.expect("an entry").path());
    let rounds = folders.filter(|folder| folder.join("round.toml").exists());
    let mut names: Vec<String> =
        rounds.map(|folder| folder.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn libreoffice_computes_what_we_stored_and_score_prints_in_every_example() {
    let folder = Folder::new(&[]);
    let rounds = rounds();
    let mut files = Vec::new();
    for name in &rounds {
        let file = folder.path(&format!("{name}.xlsx"));
        let to = file.to_string_lossy();
        let (round, what) = (format!("examples/{name}"), "ranking,scorecards");
        let ran = run(&["export", &round, "--to", &to, "--what", what]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        files.push(file);
    }
    if !recalculate(&folder, &files) {
        return;
    }
    let (mut formulas, mut units) = (0, 0);
    for (name, file) in rounds.iter().zip(&files) {
        let computed = again(&folder, file);
        formulas += holds(file, &computed);
        units += stands_as(&computed, &run(&["score", &format!("examples/{name}"), "--format", "json"]));
    }
    println!("{formulas} formulas of {units} units in {} workbooks", files.len());
    assert!(10_000 < formulas && 300 < units, "{formulas} formulas, {units} units");
}

/// Rules of which each tier has others: roundings, ranking, total.
const TIERS: [&str; 7] = [
    // Competition and a tie-break; caps on bonus and deductions.
    "[ranking]\ntie_break = [\"2\", \"1.1\"]\n[total]\nbonus_cap = 4\ndeduction_cap = 3\n",
    // Dense, on the printed index, cut off.
    "[rounding]\nindex = { digits = 0, mode = \"truncate\" }\npoints = { digits = 1, mode = \"truncate\" }\n[ranking]\nmethod = \"dense\"\non = \"printed\"\n",
    // Ordinal; the appraised part brought back; half to even.
    "[rounding]\nindex = { digits = 1, mode = \"half-even\" }\ntotal = { digits = 1, mode = \"half-even\" }\npoints = { digits = 1, mode = \"half-even\" }\n[ranking]\nmethod = \"ordinal\"\non = \"printed\"\n[total]\nreduce = \"appraised\"\n",
    // Deductions after the denominator is reduced, over all blocks; no floor, no ceiling.
    "[ranking]\nmethod = \"dense\"\nwithin = \"tier\"\ntie_break = [\"3\"]\n[total]\nadjust = \"after\"\nfloor = \"none\"\nceiling = \"none\"\n",
    // Bonus is a part of the maximum; a cap on all criteria; a floor that is reached.
    "[ranking]\non = \"printed\"\ntie_break = [\"2.1\"]\n[total]\ncap = 90\nbonus_cap = 10\nbonus_in_max = true\nfloor = 40\nceiling = 85\n",
    // Both ways of bringing back.
    "[ranking]\nmethod = \"ordinal\"\ntie_break = [\"1\"]\n[total]\nreduce = \"appraised\"\nadjust = \"after\"\n",
    // Whole points, ranked by the printed index with one digit.
    "[rounding]\nindex = { digits = 1, mode = \"half-up\" }\npoints = { digits = 0, mode = \"half-up\" }\n[ranking]\non = \"printed\"\ntie_break = [\"1.3\"]\n",
];

/// A capped group with a group in it, thirds without an end, N/A, a survey, every kind of entry,
/// grades on both indices, and limits that formulas can and cannot say.
const CRITERIA: &str = r#"
[[criterion]]
id = "1"
name = "Thể chế"
max = 25
cap = 25
[[criterion]]
id = "1.1"
name = "Phần ba"
max = 10
kind = "proportional"
full_at = 3
na = "reduce"
[[criterion]]
id = "1.2"
name = "=1+1"
max = 10
kind = "given"
na = "reduce"
[[criterion]]
id = "1.3"
name = "Nhóm con"
max = 10
[[criterion]]
id = "1.3.1"
name = "A"
max = 5
kind = "given"
na = "reduce"
[[criterion]]
id = "1.3.2"
name = "B"
max = 5
kind = "given"
na = "reduce"
[[criterion]]
id = "2"
name = "Bộ máy"
max = 45
[[criterion]]
id = "2.1"
name = "C"
max = 30
kind = "given"
na = "reduce"
[[criterion]]
id = "2.2"
name = "D"
max = 15
kind = "given"
part = "survey"
na = "reduce"
[[criterion]]
id = "3"
name = "Điều tra"
max = 30
kind = "given"
part = "survey"
[[bonus]]
id = "B1"
name = "Sáng kiến"
points = 1.5
cap = 4
[[bonus]]
id = "B2"
name = "Do chấm"
max = 3
kind = "given"
[[deduction]]
id = "T1"
name = "Nhắc nhở"
points = 0.55
cap = 2
[[deduction]]
id = "T2"
name = "Ở tiêu chí"
points = 0.35
at = "criterion"
cap = 1
[[deduction]]
id = "T3"
name = "Ở nhóm"
points = 1.25
at = "group"
[[deduction]]
id = "T4"
name = "Một lần"
points = 2
per = "once"
[[deduction]]
id = "T5"
name = "Trễ ngày"
points = 1
per = "day"
onset = 3
before_onset = 1
last_day = 9
[[grade]]
name = "Xuất \"sắc\""
from = 80
[[grade]]
name = "Tốt"
from = 70
on = "printed"
[[grade]]
name = "Khá"
from = 55
[[grade_limit]]
name = "bộ máy yếu"
at_most = "Khá"
on = "2"
share_below = 60
[[grade_limit]]
name = "bị trừ một lần"
at_most = "Tốt"
on = "T4"
[[grade_limit]]
name = "phần ba ít"
at_most = "Khá"
on = "1.1"
measure_below = 1
"#;

const UNITS: usize = 14;

/// The letter of a tier's units, and the id of one: some look like numbers.
fn id(tier: usize, unit: usize) -> String {
    ["1.1", "1.10", "007", "7"]
        .get(unit)
        .map_or_else(|| format!("U{tier}-{unit}"), |id| format!("{tier}{id}"))
}

/// The results of a tier. Neighbours are often equal, and some criteria do not apply.
fn results(tier: usize, changed: Option<(usize, &str)>) -> String {
    let mut text = String::from("unit,1.1,1.2,1.3.1,1.3.2,2.1,2.2,3,B2\n");
    for unit in 0..UNITS {
        let k = unit / 2 * 3 + tier;
        let own = match changed {
            Some((of, points)) if of == unit => points.to_owned(),
            _ => format!("{}", (k * 7) % 11 % 10),
        };
        let na = |is_na: bool, points: String| if is_na { "N/A".to_owned() } else { points };
        let half = |points: usize| format!("{}.{}", points, k % 2 * 5);
        let cells = [
            na(unit == 6, format!("{}", k % 4)),
            own,
            na(unit == 4 || unit == 5, half(k % 5)),
            na(unit == 4 || unit == 7, half((k + 2) % 5)),
            na(unit == 8, format!("{}.25", 14 + k * 5 % 16)),
            na(unit == 9 || unit == 8, half(5 + k % 9)),
            format!("{}.15", 12 + k * 11 % 17),
            format!("{}", (k + 1) % 4),
        ];
        let _ = writeln!(text, "{},{}", id(tier, unit), cells.join(","));
    }
    text
}

/// A round of seven tiers; in each one criterion of one unit may be changed.
fn round(changed: Option<(usize, &str)>) -> Folder {
    let mut round =
        String::from("[round]\nunits = \"units.csv\"\ndeductions = \"events.csv\"\ndecimal = \"point\"\n");
    let mut units = String::from("unit,name,tier,block,ranked\n");
    let mut events = String::from("unit,deduction,count,criterion\n");
    let folder = Folder::new(&[]);
    for (tier, rules) in TIERS.iter().enumerate() {
        let max = if rules.contains("bonus_in_max") {
            100
        } else if rules.contains("cap = 90") {
            90
        } else {
            100
        };
        let head =
            format!("[set]\nid = \"s{tier}\"\nname = \"Bộ {tier}\"\nstatus = \"sample\"\nmax = {max}\n");
        folder.write(&format!("set{tier}.toml"), format!("{head}{rules}{CRITERIA}").as_bytes());
        folder.write(&format!("results{tier}.csv"), results(tier, changed).as_bytes());
        let _ = writeln!(
            round,
            "[[tier]]\nid = \"t{tier}\"\nname = \"Cấp {tier}\"\ncriteria = \"set{tier}.toml\"\nresults = \"results{tier}.csv\""
        );
        for unit in 0..UNITS {
            let block = if unit % 3 == 0 { "Khối 'A'" } else { "Khối B" };
            let ranked = if unit == 12 { "không: mới lập" } else { "" };
            let _ = writeln!(units, "{},=Đơn vị {tier}.{unit},t{tier},{block},{ranked}", id(tier, unit));
        }
        for (unit, entry, count, node) in [
            (1, "B1", "2", ""),
            (1, "B1", "1", ""),
            (3, "B1", "1", ""),
            (0, "T1", "1", ""),
            (2, "T1", "3", ""),
            (2, "T1", "2", ""),
            (0, "T2", "1", "1.2"),
            (5, "T2", "2", "1.2"),
            (5, "T2", "2", "2.1"),
            (6, "T3", "1", "1.3"),
            (7, "T3", "1", "2"),
            (10, "T4", "1", ""),
            (10, "T4", "2", ""),
            (11, "T5", "4", ""),
            (13, "T5", "12", ""),
        ] {
            let _ = writeln!(events, "{},{entry},{count},{node}", id(tier, unit));
        }
    }
    folder.write("round.toml", round.as_bytes());
    folder.write("units.csv", units.as_bytes());
    folder.write("events.csv", events.as_bytes());
    folder
}

/// The unit and the points that the changed round has in criterion 1.2 of every tier.
const CHANGED: (usize, &str) = (4, "9");

#[test]
fn a_changed_cell_moves_ranks_as_changed_results_do() {
    let folder = round(None);
    let ran = folder.run(&["export", ".", "--to", "goc.xlsx", "--what", "ranking,scorecards"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let original = folder.path("goc.xlsx");
    let edited = folder.path("sua.xlsx");
    fs::write(&edited, with_changes(&original)).expect("a file");
    if !recalculate(&folder, &[original.clone(), edited.clone()]) {
        return;
    }
    let formulas = holds(&original, &again(&folder, &original));
    assert!(3_500 < formulas, "{formulas} formulas");
    let before = folder.run(&["score", ".", "--format", "json"]);
    stands_as(&again(&folder, &original), &before);
    let changed = round(Some(CHANGED)).run(&["score", ".", "--format", "json"]);
    assert_ne!(before.stdout, changed.stdout);
    stands_as(&again(&folder, &edited), &changed);
}

/// The workbook with other points for one unit in criterion 1.2 of every tier.
fn with_changes(path: &Path) -> Vec<u8> {
    let names: Vec<String> = sheets(path).into_iter().map(|(name, _)| name).collect();
    let mut changes = HashMap::new();
    for (tier, (name, range)) in points_sheets(path).into_iter().enumerate() {
        let id = id(tier, CHANGED.0);
        let row = (6..).find(|row| shown(&range, (*row, 1), &name) == id).expect("a row");
        let width = range.end().map_or(0, |(_, column)| column + 1);
        let column = (0..width).find(|column| shown(&range, (2, *column), &name) == "1.2").expect("a column");
        let place = names.iter().position(|of| *of == name).expect("a sheet");
        let letter = char::from(b'A' + column as u8);
        changes.insert(format!("xl/worksheets/sheet{}.xml", place + 1), format!("{letter}{}", row + 1));
    }
    let mut old = zip::ZipArchive::new(Cursor::new(fs::read(path).expect("a file"))).expect("a container");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        if let Some(cell) = changes.remove(&name) {
            bytes = with_cell(&String::from_utf8(bytes).expect("XML"), &cell).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        new.write_all(&bytes).expect("bytes");
    }
    assert!(changes.is_empty(), "{changes:?}");
    new.finish().expect("a container").into_inner()
}

/// A sheet with another number in a cell.
fn with_cell(sheet: &str, cell: &str) -> String {
    let start = sheet.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is there"));
    let value = start + sheet[start..].find("<v>").expect("a value") + 3;
    let end = value + sheet[value..].find("</v>").expect("its end");
    assert!(
        !sheet[start..end].contains("</c>") && !sheet[start..end].contains("t=\""),
        "{cell} holds a number"
    );
    format!("{}{}{}", &sheet[..value], CHANGED.1, &sheet[end..])
}

#[test]
fn the_same_round_gives_the_same_bytes() {
    let folder = Folder::new(&[]);
    let [one, two] = ["mot.xlsx", "hai.xlsx"].map(|name| folder.path(name));
    for file in [&one, &two] {
        let ran = run(&["export", "examples/khanh-hoa-nq57-2026", "--to", &file.to_string_lossy()]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    assert!(fs::read(one).expect("a file") == fs::read(two).expect("a file"), "the same bytes");
}

#[test]
fn names_and_ids_stay_text() {
    let folder = round(None);
    let ran = folder.run(&["--lang", "en", "export", ".", "--to", "a.xlsx", "--what", "ranking"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let path = folder.path("a.xlsx");
    let points = points_sheets(&path);
    assert_eq!(points.len(), TIERS.len());
    let is_text = |cell: Option<&Data>| matches!(cell, Some(Data::String(_)));
    for (name, range) in points {
        for row in 6..6 + UNITS as u32 {
            assert!(is_text(range.get_value((row, 1))) && is_text(range.get_value((row, 2))), "{name} {row}");
        }
        assert!(range.get_value((3, 6)).is_some_and(|title| *title == "=1+1"), "a name is no formula");
    }
    assert!(formulas(&path).iter().all(|(.., formula)| formula != "1+1"));
}
