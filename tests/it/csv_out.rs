//! CSV that is written: for machines, for Excel in Vietnam, and never a formula. LibreOffice, set to run
//! formulas, is asked what it makes of each cell.

use crate::support::Folder;
use std::fs;
use std::process::Command;

const SET: &str = "[set]\nid = \"bo\"\nname = \"Bộ\"\nstatus = \"sample\"\nmax = 100\n\
    [[criterion]]\nid = \"1\"\nname = \"A\"\nmax = 100\n\
    [[criterion]]\nid = \"1.1\"\nname = \"B\"\nmax = 50\nkind = \"proportional\"\n\
    [[criterion]]\nid = \"1.10\"\nname = \"C\"\nmax = 50\nkind = \"proportional\"\n";

/// Names that try to be formulas, ids that try to be numbers and dates.
const RESULTS: &str = "unit,name,1.1,1.10\n\
    007,=1+1,80,90\n\
    1-2,\"+HYPERLINK(\"\"http://x\"\";\"\"y\"\")\",70.55,60\n\
    3/7,@SUM(1+1)*cmd|' /C calc'!A0,55.5,60\n\
    1.10,\"-2+3;\"\"quoted\"\"\",50,60\n\
    X6, =A1,11,60\n\
    X5,Xã Bình thường,10,60\n";

fn folder() -> Folder {
    Folder::new(&[("set.toml", SET), ("results.csv", RESULTS)])
}

fn score(folder: &Folder, more: &[&str]) -> String {
    let ran = folder.run(&[&["score", "--criteria", "set.toml", "--results", "results.csv"], more].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    ran.stdout
}

#[test]
fn excel_in_vietnam_gets_what_it_reads() {
    let folder = folder();
    let text = score(&folder, &["--format", "csv-excel", "--fields", "all"]);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}Cấp;Khối;Hạng;Mã;Đơn vị;1;Mục 1.1;Mục 1.10;Tổng;Tối đa;Chỉ số %;Xếp loại;Tình trạng;Lý do"
    );
    assert_eq!(lines[1], ";;1;'007;'=1+1;85,00;40,00;45,00;85,00;100,00;85,00;;xếp hạng;");
    assert_eq!(
        lines[4],
        ";;4;'1.10;\"'-2+3;\"\"quoted\"\"\";55,00;25,00;30,00;55,00;100,00;55,00;;xếp hạng;"
    );
    assert!(!text.replace("\r\n", "").contains('\n'));
    let english = score(&folder, &["--format", "csv-excel", "--lang", "en"]);
    assert!(english.starts_with("\u{feff}Tier;Block;Rank;Id;Unit;1;Total;Max;Index %;"), "{english}");
    assert!(english.contains(";85,00;"), "{english}");
}

#[test]
fn machines_get_no_formula_either() {
    let text = score(&folder(), &["--format", "csv"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], ",,1,007,'=1+1,85.00,85.00,100.00,85.00,,ranked,");
    assert_eq!(
        lines[2],
        ",,2,1-2,\"'+HYPERLINK(\"\"http://x\"\";\"\"y\"\")\",65.28,65.28,100.00,65.28,,ranked,"
    );
}

/// A change downwards stays a number, with the sign that spreadsheets know.
#[test]
fn a_change_is_a_number() {
    let folder = folder();
    let rounds = [("a", "80"), ("b", "70.5")];
    for (round, value) in rounds {
        let before = if round == "b" { "previous = \"a.toml\"\n" } else { "" };
        let text = format!(
            "[round]\nyear = 2026\ntitle = \"Đợt\"\n{before}[[tier]]\nid = \"xa\"\ncriteria = \"set.toml\"\nresults = \"{round}.csv\"\n"
        );
        folder.write(&format!("{round}.toml"), text.as_bytes());
        folder.write(&format!("{round}.csv"), format!("unit,1.1,1.10\nX1,{value},90\nX2,75,90\n").as_bytes());
    }
    let ran = folder.run(&["score", "b.toml", "--format", "csv-excel"]);
    assert!(ran.stdout.contains(";85,00;-4,75;1;-1\r\n"), "{}", ran.stdout);
    assert!(!ran.stdout.contains('−'), "{}", ran.stdout);
}

#[test]
fn libreoffice_finds_numbers_and_no_formula() {
    let folder = folder();
    for (format, filter) in [("csv-excel", "59,34,76,1,,1066"), ("csv", "44,34,76,1,,1033")] {
        score(&folder, &["--format", format, "--output", "out.csv"]);
        // The last sign says that formulas are to be run.
        let filter = format!("--infilter=CSV:{filter},false,true,false,false,false,0,true");
        let home = format!("-env:UserInstallation=file://{}", folder.path("office").display());
        let ran = Command::new("soffice")
            .args([&home, "--headless", "--convert-to", "fods", &filter, "out.csv"])
            .current_dir(folder.path(""))
            .output();
        let Ok(ran) = ran else {
            println!("skipped: LibreOffice is not installed");
            return;
        };
        let sheet = fs::read_to_string(folder.path("out.fods"));
        let sheet = sheet.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&ran.stderr)));
        let sheet = sheet.replace("&apos;", "'");
        assert!(!sheet.contains("table:formula="), "{format}: a cell is a formula");
        // For each unit: its rank, its field and its total (the same, and written once), maximum, index.
        let numbers = sheet.matches("office:value-type=\"float\"").count();
        let header = 1; // the field "1"
        let ids = if format == "csv" { 2 } else { 0 }; // 007 and 1.10 are numbers to a spreadsheet
        assert_eq!(numbers, 6 * 4 + header + ids, "{format}");
        let dates = sheet.matches("office:value-type=\"date\"").count();
        assert!(format == "csv" || dates == 0, "an id became a date");
        for text in ["'=1+1", "'+HYPERLINK", "'@SUM", "office:value=\"65.28\""] {
            assert!(sheet.contains(text), "{format}: {text}");
        }
    }
}
