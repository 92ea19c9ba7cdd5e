//! Blank sheets: what other programs see in them, and that a filled one is read as the table with the
//! same figures. They are filled in by openpyxl, and saved once more by LibreOffice.

use crate::support::{Folder, Ran, project, python};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn filled_sheets_score_as_the_tables_do() {
    let Some(python) = python(&["openpyxl"]) else { return };
    for (example, tiers) in [("khanh-hoa-nq57-2026", &["xa"][..]), ("son-la-2020", &["huyen", "phong", "xa"])]
    {
        let folder = copy_of(example);
        let written =
            folder.run(&["template", &format!("examples/{example}"), "--per-unit", "--output", "blank"]);
        assert_eq!(written.code, 0, "{}", written.stderr);
        let expected = tiers_of(&folder, example);
        let round = folder.path(&format!("examples/{example}/round.toml"));
        let mut text = fs::read_to_string(&round).expect("a round");
        for tier in tiers {
            let of_tier = |file: &str| match tiers.len() {
                1 => file.starts_with("results"),
                _ => file.starts_with(&format!("results-{tier}")),
            };
            let tables = files(&folder.path(&format!("examples/{example}")), of_tier);
            assert!(!tables.is_empty(), "{example}, {tier}");
            let blank = if tiers.len() == 1 { "blank".to_owned() } else { format!("blank/{tier}") };
            fill(&python, &folder, &blank, &format!("examples/{example}/phieu-{tier}"), tier, &tables);
            let rest = format!("rest-{tier}.csv");
            fs::rename(folder.path(&rest), folder.path(&format!("examples/{example}/{rest}")))
                .expect("the rest");
            text = with_results(&text, tier, &format!("[\"phieu-{tier}/*.xlsx\", \"{rest}\"]"));
        }
        fs::write(&round, text).expect("a round");
        assert_eq!(tiers_of(&folder, example), expected, "{example}");
    }
}

/// Sheets that openpyxl filled in from the gallery's results, where no Python is needed to read them.
#[test]
fn sheets_that_came_back_are_gathered() {
    let folder = handed_in();
    folder.write("phieu/~$X01-xa-an-binh.xlsx", b"Excel has the file open");
    let gathered = folder.run(&["score", ".", "--format", "json"]);
    let pattern =
        ["--criteria", "set.toml", "--units", "units.csv", "--results", "phieu/x*.XLSX", "--format", "json"];
    let by_flag = folder.run(&[&["score"], &pattern[..]].concat());
    let table =
        ["--criteria", "set.toml", "--units", "units.csv", "--results", "results.csv", "--format", "json"];
    let table = folder.run(&[&["score"], &table[..]].concat());
    let criteria = |ran: &Ran| {
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        serde_json::from_str::<Value>(&ran.stdout).expect("JSON")["tiers"][0]["units"].take()
    };
    assert_eq!(criteria(&gathered), criteria(&table));
    assert_eq!(criteria(&by_flag), criteria(&table));
    let checked = folder.run(&["check", ".", "--lang", "en"]);
    assert_eq!(checked.stdout, "thu: 4 criteria, 2 units\n2 of 2 units have handed in\nNothing is wrong.\n");
}

/// One run of `check` says all that is wrong with what came back.
#[test]
fn who_lacks_and_what_is_wrong_is_said_at_once() {
    let folder = handed_in();
    let units = "unit,name,tier,ranked\nX01,Xã An Bình,xa,\nX02,Xã Bình Minh,xa,\nX03,Xã Cư Bao,xa,\nX04,Xã Đông Hà,xa,không: mới lập\n";
    folder.write("units.csv", units.as_bytes());
    let other = "unit,criterion,value\nX09,2.2,có\n";
    folder.write("phieu/khac.csv", other.as_bytes());
    fs::copy(folder.path("phieu/X01-xa-an-binh.xlsx"), folder.path("phieu/ban-sao.xlsx")).expect("a copy");
    let round = fs::read_to_string(folder.path("round.toml")).expect("a round").replace("*.xlsx", "*");
    folder.write("round.toml", round.as_bytes());
    let checked = folder.run(&["check", ".", "--lang", "en"]);
    assert_eq!(checked.code, 1);
    for said in [
        "there are two sheets of the unit \"X01\" [handed-in-twice]",
        "the unit \"X09\" is not in the list of units [unknown-unit]",
        "2 of 4 units have handed in; missing: Xã Cư Bao (X03) [sheets-missing]",
    ] {
        assert!(checked.stderr.contains(said), "{said}\n{}", checked.stderr);
    }
    assert_eq!(checked.stderr.matches("error:").count(), 3, "{}", checked.stderr);
}

/// An appraisal may begin before every unit has handed in; what came is shown beside what is asked.
#[test]
fn an_appraisal_shows_what_came_before_it() {
    let Some(python) = python(&["openpyxl"]) else { return };
    let folder = copy_of("tham-dinh-2026");
    let round = folder.path("examples/tham-dinh-2026");
    let results = fs::read_to_string(round.join("results-xa.csv")).expect("results");
    let own: Vec<&str> =
        results.lines().filter(|line| !line.starts_with("M04,") && !line.contains(",appraisal")).collect();
    fs::write(round.join("results-xa.csv"), own.join("\n")).expect("results");
    let written = folder.run(&[
        "template",
        "examples/tham-dinh-2026",
        "--per-unit",
        "--stage",
        "appraisal1",
        "--output",
        "blank",
    ]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let program = "
import glob, openpyxl
for path in sorted(glob.glob('blank/*-appraisal1.xlsx')):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head = next(row for row in sheet if row[0].value == '#id')
    shown = [cell.column for cell in head if cell.value == '#self'][0]
    rows = sheet.iter_rows(min_row=head[0].row + 1)
    print(path[6:9], [row[shown - 1].value for row in rows if row[shown - 1].value is not None][:4])
";
    let ran =
        Command::new(python).args(["-c", program]).current_dir(folder.path("")).output().expect("python");
    let seen = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(seen.contains("M01 [0, 0, 'được công nhận, đã nhân rộng', 980]"), "{seen}");
    assert!(seen.contains("M04 []"), "{seen}");
}

/// What openpyxl sees: what is locked, what may stand in a cell, how it is printed.
#[test]
fn other_programs_see_locks_lists_and_print_set_up() {
    let Some(python) = python(&["openpyxl"]) else { return };
    let folder = handed_in();
    let written = folder.run(&["template", ".", "--per-unit", "--stage", "self", "--output", "blank"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let program = "
import openpyxl
book = openpyxl.load_workbook('blank/X01-xa-an-binh.xlsx')
print(*(f'{sheet.title}:{sheet.sheet_state}' for sheet in book.worksheets))
sheet = book.worksheets[0]
print(sheet.protection.sheet, sheet.protection.password, sheet.freeze_panes, sheet.print_title_rows)
print(sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight)
print(*(cell.coordinate for row in sheet for cell in row if not cell.protection.locked))
for rule in sheet.data_validations.dataValidation:
    print(rule.sqref, rule.type, rule.formula1, rule.prompt, sep=' | ')
print(*(cell.value for cell in book.worksheets[2]['A']))
";
    let ran =
        Command::new(python).args(["-c", program]).current_dir(folder.path("")).output().expect("python");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let expected = "\
Phiếu tự đánh giá:visible Hướng dẫn:visible Danh mục:hidden
True None C8 $6:$6
landscape 9 None 0
";
    let seen = String::from_utf8(ran.stdout).expect("UTF-8");
    assert!(seen.starts_with(expected), "{seen}");
    for line in [
        "G9 H9 I9 J9 G10 G11 G12 H12 I12 J12 G14 H14 I14 J14 G15 H15 I15 J15",
        "G12 | list | 'Danh mục'!$A$1:$A$3 | Nhập một mục trong danh sách.",
        "G14 | custom | OR(IF(ISNUMBER(G14),AND(G14>=0,G14<=100),FALSE)) | Nhập tỷ lệ % (98,5 nghĩa là 98,5 %) từ 0 đến 100.",
        "H9 | decimal | 0 | Nhập số từ 0 đến 6.",
        "đúng hạn trễ hạn không ban hành",
    ] {
        assert!(seen.lines().any(|found| found == line), "{line}\n{seen}");
    }
}

/// LibreOffice saves what was filled in as its own and as ODS; both are read alike.
#[test]
fn what_libreoffice_saved_is_read_alike() {
    let Some(office) = libreoffice() else { return };
    let folder = handed_in();
    let expected = folder.run(&["score", ".", "--format", "csv"]);
    assert_eq!(expected.code, 0, "{}", expected.stderr);
    for (extension, to) in [("xlsx", "resaved"), ("ods", "ods")] {
        let mut command = Command::new(office);
        let home = format!("-env:UserInstallation=file://{}", folder.path("home").display());
        command.args([&home, "--headless", "--convert-to", extension, "--outdir", to]);
        let sheets = files(&folder.path("phieu"), |_| true);
        let ran = command.args(sheets).current_dir(folder.path("")).output().expect("LibreOffice runs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let round = fs::read_to_string(project().join("tests/forms/round/round.toml")).expect("a round");
        folder.write("round.toml", round.replace("phieu/*.xlsx", &format!("{to}/*.{extension}")).as_bytes());
        let found = folder.run(&["score", ".", "--format", "csv"]);
        assert_eq!((found.stdout, found.code), (expected.stdout.clone(), 0), "{}", found.stderr);
        let checked = folder.run(&["check", "."]);
        assert_eq!(checked.stderr, "", "no locked cell is taken for a changed one");
    }
}

#[test]
fn the_same_round_gives_the_same_bytes() {
    let folder = handed_in();
    for output in ["a", "b"] {
        let ran = folder.run(&["template", ".", "--per-unit", "--output", output]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let read = |output: &str| -> Vec<Vec<u8>> {
        files(&folder.path(output), |_| true).iter().map(|file| fs::read(file).expect("a sheet")).collect()
    };
    assert_eq!(read("a").len(), 2);
    assert_eq!(read("a"), read("b"));
}

#[test]
fn nothing_is_written_over_and_all_or_nothing_is_written() {
    let folder = handed_in();
    let write = |more: &[&str]| {
        folder.run(&[&["template", ".", "--per-unit", "--output", "out/blank"], more].concat())
    };
    folder.write("mine.txt", b"mine");
    assert_eq!(write(&[]).code, 0);
    let one = folder.path("out/blank/X01-xa-an-binh.xlsx");
    fs::write(&one, "mine").expect("a file");
    fs::remove_file(folder.path("out/blank/X02-xa-binh-minh.xlsx")).expect("gone");
    let refused = write(&[]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("X01-xa-an-binh.xlsx"), "{}", refused.stderr);
    assert_eq!(fs::read(&one).expect("a file"), b"mine");
    assert_eq!(files(&folder.path("out/blank"), |_| true).len(), 1, "the other one was not written either");
    assert_eq!(write(&["--force"]).code, 0);
    assert_ne!(fs::read(&one).expect("a file"), b"mine");
    // A file stands where a folder is needed.
    let ran = folder.run(&["template", ".", "--per-unit", "--output", "mine.txt/blank"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert_eq!(fs::read(folder.path("mine.txt")).expect("a file"), b"mine");
}

/// The whole way: a new round, units, blank sheets, filled in, scored.
#[test]
fn a_new_round_goes_the_whole_way() {
    let folder =
        Folder::new(&[("don-vi.csv", "mã đơn vị;tên đơn vị;cấp\nM01;Xã mẫu A;xa\nM02;Xã mẫu B;xa\n")]);
    let made = folder.run(&["init", "2027", "--from", "nq57-xa-khanh-hoa-2026", "--units", "don-vi.csv"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let fresh = folder.run(&["check", "2027"]);
    assert_eq!((fresh.code, fresh.stderr.matches("lỗi:").count()), (1, 1), "{}", fresh.stderr);
    assert!(fresh.stderr.contains("[no-sheets]"), "{}", fresh.stderr);
    let written = folder.run(&["template", "2027", "--per-unit"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let blank = folder.run(&["check", "2027"]);
    assert_eq!(blank.stderr.matches("[blank-sheet]").count(), 2, "{}", blank.stderr);
    assert_eq!(blank.stderr.matches("lỗi:").count(), 2, "{}", blank.stderr);
    let Some(python) = python(&["openpyxl"]) else { return };
    let example = project().join("examples/khanh-hoa-nq57-2026");
    let tables = files(&example, |name| name.starts_with("results"));
    fill(&python, &folder, "2027/phieu", "2027/phieu", "xa", &tables);
    let expected = tiers_of(&copy_of("khanh-hoa-nq57-2026"), "khanh-hoa-nq57-2026");
    let ran = folder.run(&["score", "2027", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let scored: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let units = scored["tiers"][0]["units"].as_array().expect("units");
    assert_eq!(units.len(), 2);
    for unit in units {
        let same = |other: &&Value| other["id"] == unit["id"];
        let expected = expected[0]["units"].as_array().expect("units").iter().find(same).expect("the unit");
        assert_eq!(
            unit["criteria"], expected["criteria"],
            "deductions aside, the points are those of the example"
        );
    }
}

#[test]
fn every_shipped_set_starts_a_round() {
    let folder = Folder::new(&[]);
    for (id, _) in parindex::load::builtin::SETS {
        for lang in ["vi", "en"] {
            let name = format!("{id}-{lang}");
            let made = folder.run(&["init", &name, "--from", id, "--lang", lang]);
            assert_eq!(made.code, 0, "{}", made.stderr);
            let checked = folder.run(&["check", &name, "--lang", "en"]);
            let codes: Vec<&str> = checked
                .stderr
                .lines()
                .filter(|line| line.starts_with("error"))
                .filter_map(|line| line.rsplit_once(" ["))
                .map(|(_, code)| code)
                .collect();
            assert_eq!(codes, ["no-sheets]", "no-listed-units]"], "{name}: {}", checked.stderr);
        }
    }
}

#[test]
fn a_round_is_not_started_where_something_is() {
    let folder = Folder::new(&[("2027.txt", "mine"), ("broken.toml", "[set]\nid = \"x\"\n")]);
    let made = folder.run(&["init", "2027.txt", "--from", "papi"]);
    assert_eq!(made.code, 2, "{}", made.stderr);
    let made = folder.run(&["init", "2027", "--from", "broken.toml"]);
    assert_eq!(made.code, 1, "{}", made.stderr);
    assert!(!folder.path("2027").exists(), "nothing is left behind");
    assert_eq!(folder.run(&["init", "2027", "--from", "papi"]).code, 0);
    let again = folder.run(&["init", "2027", "--from", "papi"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("2027"), "{}", again.stderr);
}

/// A round of two units whose sheets came back.
fn handed_in() -> Folder {
    let folder = Folder::new(&[]);
    let from = project().join("tests/forms/round");
    fs::create_dir(folder.path("phieu")).expect("a folder");
    for of in ["", "phieu"] {
        for file in files(&from.join(of), |_| true) {
            let name = Path::new(&file).file_name().expect("a name");
            fs::copy(&file, folder.path(of).join(name)).expect("a copy");
        }
    }
    folder
}

/// LibreOffice, where it is installed.
fn libreoffice() -> Option<&'static str> {
    let found = Command::new("soffice").arg("--version").output().is_ok_and(|ran| ran.status.success());
    if !found {
        println!("skipped: LibreOffice is not installed");
    }
    found.then_some("soffice")
}

/// A round's folder beside the sets that it names.
fn copy_of(example: &str) -> Folder {
    let folder = Folder::new(&[]);
    for name in [&format!("examples/{example}"), "criteria"] {
        fs::create_dir_all(folder.path(name)).expect("a folder");
        for file in files(&project().join(name), |_| true) {
            fs::copy(&file, folder.path(name).join(Path::new(&file).file_name().expect("a name")))
                .expect("a copy");
        }
    }
    folder
}

fn files(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let is_wanted = |path: &std::path::PathBuf| {
        path.is_file() && wanted(&path.file_name().unwrap_or_default().to_string_lossy())
    };
    let mut found: Vec<String> =
        entries.filter(is_wanted).map(|path| path.to_string_lossy().into_owned()).collect();
    found.sort();
    found
}

/// A round whose tier takes other results.
fn with_results(round: &str, tier: &str, results: &str) -> String {
    let (mut is_tier, mut lines) = (false, Vec::new());
    for line in round.lines() {
        if line.starts_with("[[") {
            is_tier = false;
        }
        is_tier |= line == format!("id = \"{tier}\"");
        lines.push(if is_tier && line.starts_with("results") {
            format!("results = {results}")
        } else {
            line.to_owned()
        });
    }
    lines.join("\n")
}

#[track_caller]
fn fill(python: &Path, folder: &Folder, blank: &str, filled: &str, tier: &str, tables: &[String]) {
    let mut command = Command::new(python);
    command.arg(project().join("tests/forms/fill.py")).args([blank, filled, &format!("rest-{tier}.csv")]);
    let ran = command.args(tables).current_dir(folder.path("")).output().expect("python runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// What the tiers of a round come to.
#[track_caller]
fn tiers_of(folder: &Folder, example: &str) -> Value {
    let ran = folder.run(&["score", &format!("examples/{example}"), "--format", "json"]);
    assert_eq!(ran.code, 0, "{example}: {}", ran.stderr);
    serde_json::from_str::<Value>(&ran.stdout).expect("JSON")["tiers"].take()
}
