//! Workbooks as input: written by openpyxl and LibreOffice (tests/sheets/make.py) and by
//! rust_xlsxwriter, and what may be wrong with them.

use crate::support::{Folder, Ran, project};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// The gallery's files without mistakes.
fn base() -> Folder {
    let folder = Folder::new(&[]);
    for name in ["set.toml", "units.csv", "deductions.csv", "results.csv", "wide.csv", "round.toml"] {
        let bytes = fs::read(project().join("tests/errors/base").join(name)).expect("a file of the gallery");
        folder.write(name, &bytes);
    }
    folder
}

fn score(folder: &Folder, results: &str) -> Ran {
    folder.run(&["score", "--criteria", "set.toml", "--results", results, "--format", "json"])
}

/// A score without what tells one input from another: names of files and fingerprints.
fn bare(json: &str) -> serde_json::Value {
    let mut json: serde_json::Value = serde_json::from_str(json).expect("JSON");
    json.as_object_mut().expect("an object").remove("made_by");
    json
}

/// The results of the gallery's base in a sheet, changed by `change`.
fn wide(name: &str, change: impl FnOnce(&mut Worksheet)) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name).expect("a name");
    for (column, header) in
        ["unit", "1.1.numerator", "1.1.denominator", "1.2", "2.1", "2.2"].into_iter().enumerate()
    {
        sheet.write(0, column as u16, header).expect("a cell");
    }
    for (row, (unit, numbers, plan, share, staff)) in
        [("X01", [90, 100], "đúng hạn", 85.5, "có"), ("X02", [48, 50], "trễ hạn", 92.0, "không")]
            .into_iter()
            .enumerate()
    {
        let row = row as u32 + 1;
        sheet.write(row, 0, unit).expect("a cell");
        sheet.write(row, 1, numbers[0]).expect("a cell");
        sheet.write(row, 2, numbers[1]).expect("a cell");
        sheet.write(row, 3, plan).expect("a cell");
        sheet.write(row, 4, share).expect("a cell");
        sheet.write(row, 5, staff).expect("a cell");
    }
    change(sheet);
    book
}

fn saved(folder: &Folder, name: &str, mut book: Workbook) {
    folder.write(name, &book.save_to_buffer().expect("a workbook"));
}

#[track_caller]
fn scores_as_the_csv(folder: &Folder, results: &str) -> String {
    let expected = score(folder, "wide.csv");
    let found = score(folder, results);
    assert_eq!((expected.code, found.code), (0, 0), "{}", found.stderr);
    assert_eq!(bare(&expected.stdout), bare(&found.stdout), "{results}");
    found.stderr
}

#[test]
fn a_dirty_workbook_scores_as_the_clean_csv() {
    for kind in ["xlsx", "ods", "xls"] {
        let folder = base();
        let name = format!("dirty.{kind}");
        folder.write(&name, &fs::read(project().join("tests/sheets").join(&name)).expect("a workbook"));
        let stderr = scores_as_the_csv(&folder, &name);
        assert!(stderr.contains("[hidden-rows]"), "{kind}: {stderr}");
        assert!(stderr.contains("[total-row]"), "{kind}: {stderr}");
        assert!(!stderr.contains("[read-as]"), "{kind}: {stderr}");
    }
}

#[test]
fn a_percentage_by_its_cell_is_explained() {
    let folder = base();
    folder.write("dirty.xlsx", &fs::read(project().join("tests/sheets/dirty.xlsx")).expect("a workbook"));
    let round = fs::read_to_string(folder.path("round.toml")).expect("a round");
    folder.write("round.toml", round.replace("results.csv", "dirty.xlsx").as_bytes());
    let explain = |more: &[&str]| folder.run(&[&["explain", "round.toml", "X01", "2.1"][..], more].concat());
    let ran = explain(&[]);
    let line =
        "Số liệu 2.1 = 85,5 % theo định dạng ô  (dirty.xlsx, trang tính \"Kết quả\", ô F6 (cột \"2.1\"))";
    assert!(ran.stdout.contains(line), "{}{}", ran.stdout, ran.stderr);
    let json = explain(&["--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let text = value.to_string();
    for part in [r#""sheet":"Kết quả""#, r#""cell":"F6""#, r#""row":6"#, r#""percent_format":true"#] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

/// Every example, with each of its tables as a workbook, gives the same figures.
#[test]
fn rounds_of_workbooks_score_as_rounds_of_csv() {
    let folder = Folder::new(&[]);
    let (from, to) = (project().join("examples"), folder.path("examples"));
    converted(&from, &to);
    converted(&project().join("criteria"), &folder.path("criteria"));
    let mut rounds = 0;
    for example in fs::read_dir(&from).expect("examples").map(|entry| entry.expect("an entry").path()) {
        if !example.join("round.toml").exists() {
            continue;
        }
        let name = example.file_name().and_then(|name| name.to_str()).expect("a plain name");
        let of = |root: &Path| {
            crate::support::run_in(root, &["score", &format!("examples/{name}"), "--format", "json"])
        };
        let (csv, xlsx) = (of(project()), of(&folder.path("")));
        assert_eq!((csv.code, xlsx.code), (0, 0), "{name}: {}", xlsx.stderr);
        let same = |text: &str| text.replace(".xlsx", ".csv");
        assert_eq!(bare(&same(&csv.stdout)), bare(&same(&xlsx.stdout)), "{name}");
        rounds += 1;
    }
    assert!(5 < rounds);
}

/// Copies a folder with a workbook for each CSV file: numbers as numbers where the column holds numbers.
fn converted(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().and_then(|name| name.to_str()).expect("a plain name").to_owned();
        if entry.is_dir() {
            converted(&entry, &to.join(name));
        } else if let Some(stem) = name.strip_suffix(".csv") {
            let book = book_of(&fs::read_to_string(&entry).expect("a text"));
            fs::write(to.join(format!("{stem}.xlsx")), book).expect("a file is written");
        } else if name.ends_with(".toml") {
            let text = fs::read_to_string(&entry).expect("a text").replace(".csv\"", ".xlsx\"");
            fs::write(to.join(name), text).expect("a file is written");
        }
    }
}

fn book_of(csv: &str) -> Vec<u8> {
    let csv = csv.trim_start_matches('\u{feff}');
    let first = csv.lines().next().unwrap_or_default();
    let delimiter = if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(csv.as_bytes());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let names = ["unit", "criterion", "parent", "previous", "đơn vị", "tiêu chí"];
    let mut is_name = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = record.expect("a row");
        if row == 0 {
            is_name = record.iter().map(|header| names.contains(&header.trim())).collect::<Vec<bool>>();
        }
        for (column, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let number = cell.parse::<f64>().ok().filter(|number| number.to_string() == cell);
            let (row, column_number) = (row as u32, column as u16);
            match number.filter(|_| 0 < row && !is_name[column]) {
                Some(number) => sheet.write(row, column_number, number),
                None => sheet.write(row, column_number, cell),
            }
            .expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn libreoffice_writes_what_is_read() {
    let folder = base();
    saved(&folder, "kq.xlsx", wide("Xã", |_| {}));
    let profile = format!("-env:UserInstallation=file://{}", folder.path("profile").display());
    for kind in ["ods", "xls", "xlsx"] {
        let out = folder.path(kind);
        let ran = Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", kind, "--outdir"])
            .arg(&out)
            .arg(folder.path("kq.xlsx"))
            .output();
        if !ran.is_ok_and(|ran| ran.status.success()) {
            println!("skipped: LibreOffice (soffice) is not installed");
            return;
        }
        scores_as_the_csv(&folder, &format!("{kind}/kq.{kind}"));
    }
}

#[test]
fn a_number_in_a_cell_is_never_ambiguous() {
    let folder = base();
    folder.write("set.toml", &fs::read(folder.path("set.toml")).expect("a set"));
    let of = |value: f64| {
        saved(
            &folder,
            "kq.xlsx",
            wide("Xã", |sheet| {
                sheet.write(1, 4, value).expect("a cell");
            }),
        );
        let args = ["score", "--criteria", "set.toml", "--results", "kq.xlsx", "--decimal", "comma"];
        let (plain, comma) = (folder.run(&args[..5]), folder.run(&args));
        assert_eq!((plain.code, comma.code), (0, 0), "{value}: {}", plain.stderr);
        assert_eq!((plain.stderr.as_str(), comma.stderr.as_str()), ("", ""), "{value}");
        assert_eq!(plain.stdout, comma.stdout);
    };
    [1.03, 85.125, 1.1 + 2.2, 99.999].into_iter().for_each(of);
}

#[test]
fn a_sheet_is_named_behind_a_hash() {
    let folder = base();
    let mut book = wide("Cấp Xã", |_| {});
    book.push_worksheet({
        let mut other = Worksheet::new();
        other.set_name("Nháp").expect("a name");
        for (column, header) in ["unit", "1.2", "2.1"].into_iter().enumerate() {
            other.write(0, column as u16, header).expect("a cell");
        }
        other
    });
    saved(&folder, "kq.xlsx", book);
    let ran = score(&folder, "kq.xlsx");
    assert!(ran.code == 1 && ran.stderr.contains("[several-sheets-fit]"), "{}", ran.stderr);
    for name in ["kq.xlsx#Cấp Xã", "kq.xlsx#cấp  xã", "kq.xlsx#1"] {
        scores_as_the_csv(&folder, name);
    }
    let ran = score(&folder, "kq.xlsx#Cap Xa");
    assert!(ran.stderr.contains("gần nhất: Cấp Xã"), "{}", ran.stderr);
    assert_eq!(ran.code, 1);
    fs::copy(folder.path("kq.xlsx"), folder.path("kq#1.xlsx")).expect("a copy");
    scores_as_the_csv(&folder, "kq#1.xlsx#1");
}

#[test]
fn a_round_names_sheets_of_one_workbook() {
    let folder = base();
    let mut book = wide("Kết quả", |_| {});
    for (name, file) in [("Đơn vị", "units.csv"), ("Điểm trừ", "deductions.csv")] {
        let mut sheet = Worksheet::new();
        sheet.set_name(name).expect("a name");
        let text = fs::read_to_string(folder.path(file)).expect("a table");
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split(',').enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write(row as u32, column as u16, cell).expect("a cell");
            }
        }
        book.push_worksheet(sheet);
    }
    saved(&folder, "dot.xlsx", book);
    let expected = folder.run(&["score", "round.toml", "--format", "json"]);
    let round = fs::read_to_string(folder.path("round.toml")).expect("a round");
    let with = |sheets: [&str; 3]| {
        let text = round.replace("units.csv", sheets[0]).replace("deductions.csv", sheets[1]);
        folder.write("round.toml", text.replace("results.csv", sheets[2]).as_bytes());
        let found = folder.run(&["score", "round.toml", "--format", "json"]);
        assert_eq!(found.code, 0, "{}", found.stderr);
        assert_eq!(bare(&expected.stdout), bare(&found.stdout));
    };
    with(["dot.xlsx#Đơn vị", "dot.xlsx#Điểm trừ", "dot.xlsx#Kết quả"]);
    with(["dot.xlsx", "dot.xlsx", "dot.xlsx"]); // each has only one header of its kind
}

#[test]
fn days_are_read_by_both_ways_of_counting_them() {
    for name in ["days-1900.xlsx", "days-1904.xlsx"] {
        let folder = base();
        folder
            .write("deductions.xlsx", &fs::read(project().join("tests/sheets").join(name)).expect("a book"));
        let set = fs::read_to_string(folder.path("set.toml")).expect("a set");
        folder.write("set.toml", set.replace("per = \"day\"", "per = \"day\"\ndue = 2026-12-10").as_bytes());
        let round = fs::read_to_string(folder.path("round.toml")).expect("a round");
        folder.write("round.toml", round.replace("deductions.csv", "deductions.xlsx").as_bytes());
        let ran = folder.run(&["score", "round.toml", "--format", "json"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let json = bare(&ran.stdout);
        let units = json["tiers"][0]["units"].as_array().expect("units");
        let taken: Vec<String> = units.iter().map(|unit| unit["deductions"].to_string()).collect();
        assert_eq!(taken, ["5", "5"], "{name}");
    }
}

/// Ids that a spreadsheet keeps as numbers lose noughts at their ends; they are found where only one can
/// be meant, and by how the cell shows them.
#[test]
fn ids_that_are_numbers_are_found_where_they_can_be_told() {
    let folder = base();
    let set = fs::read_to_string(folder.path("set.toml")).expect("a set").replace("\"1.2\"", "\"1.20\"");
    let of = |set: &str, format: Option<&str>| {
        folder.write("set.toml", set.as_bytes());
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, header) in ["unit", "criterion", "value"].into_iter().enumerate() {
            sheet.write(0, column as u16, header).expect("a cell");
        }
        sheet.write(1, 0, "X01").expect("a cell");
        match format {
            Some(format) => sheet.write_with_format(1, 1, 1.2, &Format::new().set_num_format(format)),
            None => sheet.write(1, 1, 1.2),
        }
        .expect("a cell");
        sheet.write(1, 2, "đúng hạn").expect("a cell");
        saved(&folder, "kq.xlsx", book);
        let args =
            ["score", "--criteria", "set.toml", "--results", "kq.xlsx", "--missing", "zero", "--format"];
        let ran = folder.run(&[&args[..], &["json"]].concat());
        let points =
            |id: &str| bare(&ran.stdout)["tiers"][0]["units"][0]["criteria"][id]["points"].to_string();
        if ran.code == 0 { points("1.20") } else { ran.stderr.clone() }
    };
    assert_eq!(of(&set, None), "4");
    assert_eq!(of(&set, Some("0.00")), "4");
    let both = set.replace("id = \"1.1\"", "id = \"1.2\"");
    assert!(of(&both, None).contains("[number-as-id]"));
    assert_eq!(of(&both, Some("0.00")), "4");
}

#[test]
fn a_percent_format_in_a_column_of_counts_is_refused() {
    let folder = base();
    let percent = Format::new().set_num_format("0%");
    let change = |sheet: &mut Worksheet| {
        sheet.write_with_format(1, 1, 0.9, &percent).expect("a cell");
    };
    saved(&folder, "kq.xlsx", wide("Xã", change));
    let ran = score(&folder, "kq.xlsx");
    assert!(ran.code == 1 && ran.stderr.contains("[no-percent]"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("kq.xlsx, trang tính \"Xã\", ô B2 (cột \"1.1.numerator\")"),
        "{}",
        ran.stderr
    );
}

/// Titles above the header are passed over in a CSV file too, and rows keep their numbers.
#[test]
fn a_csv_may_have_titles() {
    let folder = base();
    let wide = fs::read_to_string(folder.path("wide.csv")).expect("a table").replace(',', ";");
    folder.write("titled.csv", format!("UBND TỈNH;;;;;\n\"BẢNG\nSỐ LIỆU\";;;;;\n\n{wide}").as_bytes());
    assert_eq!(scores_as_the_csv(&folder, "titled.csv"), "");
    folder.write("titled.csv", format!("BẢNG SỐ LIỆU\n{}", wide.replace("48", "4x8")).as_bytes());
    let ran = score(&folder, "titled.csv");
    assert!(ran.stderr.contains("titled.csv: dòng 4, cột \"1.1.numerator\""), "{}", ran.stderr);
}

/// A zip file that says what it unpacks to, and one that says less.
#[test]
fn a_bomb_does_not_go_off() {
    let folder = base();
    let whole = wide("Xã", |_| {}).save_to_buffer().expect("a workbook");
    let spaces = vec![b' '; 1 << 20];
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(whole)).expect("a zip file");
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        bomb.start_file(&name, zip::write::SimpleFileOptions::default()).expect("a part");
        if name.ends_with("sheet1.xml") {
            (0..100).for_each(|_| bomb.write_all(&spaces).expect("spaces"));
        }
        std::io::copy(&mut part, &mut bomb).expect("a part");
    }
    let bomb = bomb.finish().expect("a zip file").into_inner();
    folder.write("kq.xlsx", &bomb);
    let ran = score(&folder, "kq.xlsx");
    assert!(ran.code == 1 && ran.stderr.contains("[workbook-bomb]"), "{}", ran.stderr);

    let mut modest = bomb.clone();
    for at in 0..modest.len() - 46 {
        let (name, is_entry) = (&modest[at + 46..], modest[at..].starts_with(b"PK\x01\x02"));
        if is_entry && name.starts_with(b"xl/worksheets/sheet1.xml") {
            modest[at + 24..at + 28].copy_from_slice(&5_000_u32.to_le_bytes());
        }
    }
    assert_ne!(modest, bomb);
    folder.write("kq.xlsx", &modest);
    let ran = score(&folder, "kq.xlsx");
    assert!(
        ran.code == 1
            && (ran.stderr.contains("[workbook-bomb]") || ran.stderr.contains("[damaged-workbook]"))
    );
}

/// What a sheet claims of its size takes no memory.
#[test]
fn a_sheet_may_claim_any_size() {
    let folder = base();
    let whole = wide("Xã", |_| {}).save_to_buffer().expect("a workbook");
    let mut claims = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(whole)).expect("a zip file");
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = Vec::new();
        std::io::copy(&mut part, &mut text).expect("a part");
        claims.start_file(&name, zip::write::SimpleFileOptions::default()).expect("a part");
        let text = String::from_utf8(text).expect("XML").replace("ref=\"A1:F3\"", "ref=\"A1:XFD1048576\"");
        claims.write_all(text.as_bytes()).expect("a part");
    }
    folder.write("kq.xlsx", &claims.finish().expect("a zip file").into_inner());
    scores_as_the_csv(&folder, "kq.xlsx");
}

/// A workbook of binary records, written out by hand; LibreOffice reads the same in it.
#[test]
fn binary_records_are_read() {
    let folder = base();
    folder.write("kq.xlsb", &fs::read(project().join("tests/sheets/records.xlsb")).expect("a workbook"));
    let stderr = scores_as_the_csv(&folder, "kq.xlsb");
    assert!(stderr.contains("[hidden-rows]") && !stderr.contains("lỗi"), "{stderr}");
}

/// A broken workbook is told, whatever is broken, and never stops the program.
#[test]
fn broken_workbooks_are_told() {
    let folder = base();
    let files: Vec<Vec<u8>> = ["dirty.xlsx", "dirty.ods", "dirty.xls", "records.xlsb"]
        .iter()
        .map(|name| fs::read(project().join("tests/sheets").join(name)).expect("a workbook"))
        .collect();
    for (kind, whole) in files.iter().enumerate() {
        for step in 1..12 {
            let mut broken = whole.clone();
            if step % 2 == 0 {
                broken.truncate(whole.len() * step / 12);
            } else {
                let at = whole.len() * step / 12;
                broken[at..].iter_mut().take(64).for_each(|byte| *byte ^= 0x5A);
            }
            folder.write("kq.xlsx", &broken);
            let ran = score(&folder, "kq.xlsx");
            assert!(ran.code <= 1, "{kind} {step}: {}", ran.stderr);
            assert!(!ran.stderr.contains("panicked"), "{kind} {step}: {}", ran.stderr);
        }
    }
}

#[test]
fn a_workbook_of_more_than_a_gibibyte_is_not_read() {
    let folder = base();
    folder.write("kq.xlsx", b"PK\x03\x04");
    let file = fs::OpenOptions::new().write(true).open(folder.path("kq.xlsx")).expect("a file");
    if file.set_len((1 << 30) + 1).is_err() {
        println!("skipped: there is no room for a file with holes");
        return;
    }
    let ran = score(&folder, "kq.xlsx");
    assert!(ran.code == 1 && ran.stderr.contains("[workbook-too-large]"), "{}", ran.stderr);
}
