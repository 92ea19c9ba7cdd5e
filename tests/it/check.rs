//! `check`: everything that is wrong, at once; what each message says is held by the gallery in
//! `tests/errors/`.

use crate::support::{Folder, Ran};
use parindex::load::builtin::SETS;
use serde_json::{Value, json};

const SET: &str = include_str!("../errors/base/set.toml");
const ROUND: &str = include_str!("../errors/base/round.toml");
const UNITS: &str = include_str!("../errors/base/units.csv");
const RESULTS: &str = include_str!("../errors/base/results.csv");
const WIDE: &str = include_str!("../errors/base/wide.csv");
const DEDUCTIONS: &str = include_str!("../errors/base/deductions.csv");

/// The round of the gallery, with some of its files changed.
fn folder(changed: &[(&str, String)]) -> Folder {
    let folder = Folder::new(&[
        ("set.toml", SET),
        ("round.toml", ROUND),
        ("units.csv", UNITS),
        ("results.csv", RESULTS),
        ("wide.csv", WIDE),
        ("deductions.csv", DEDUCTIONS),
    ]);
    changed.iter().for_each(|(name, text)| folder.write(name, text.as_bytes()));
    folder
}

/// Code and place of every message, in their order.
fn said(ran: &Ran) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let mut has_place = true;
    for line in ran.stderr.lines() {
        if line.starts_with("lỗi: ") || line.starts_with("cảnh báo: ") {
            let code = line.rsplit_once('[').map_or("", |(_, code)| code.trim_end_matches(']'));
            said.push(code.to_owned());
            has_place = false;
        } else if let (Some(place), false) = (line.strip_prefix("  --> "), has_place) {
            let last = said.last_mut().expect("a place belongs to a message");
            *last += &format!(" {place}");
            has_place = true;
        }
    }
    said
}

#[test]
fn a_round_without_mistakes() {
    let ran = folder(&[]).run(&["check", "round.toml"]);
    let expected = "\
thu: 4 tiêu chí, 2 đơn vị
Không có lỗi.
";
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), ran.code), (expected, "", 0));
    let ran = folder(&[]).run(&["check", "round.toml", "--lang", "en"]);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str(), ran.code),
        ("thu: 4 criteria, 2 units\nNothing is wrong.\n", "", 0)
    );
}

#[test]
fn a_set_without_mistakes() {
    let expected = "\
thu: Bộ tiêu chí thử; 4 tiêu chí, 1 mục thưởng và trừ
Không có lỗi.
";
    for args in [["check", "set.toml"].as_slice(), &["check", "--criteria", "set.toml"]] {
        let ran = folder(&[]).run(args);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), ran.code), (expected, "", 0));
    }
}

#[test]
fn one_tier_by_flags_without_mistakes() {
    let args = [
        "check",
        "--criteria",
        "set.toml",
        "--results",
        "wide.csv",
        "--units",
        "units.csv",
        "--deductions",
        "deductions.csv",
    ];
    let ran = folder(&[]).run(&args);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str(), ran.code),
        ("thu: 4 tiêu chí, 2 đơn vị\nKhông có lỗi.\n", "", 0)
    );
}

#[test]
fn sets_that_come_along_are_checked_by_their_id() {
    for (id, _) in SETS {
        let ran = folder(&[]).run(&["check", "--criteria", id]);
        assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
        assert!(
            ran.stdout.starts_with(&format!("{id}: ")) && ran.stdout.ends_with("\nKhông có lỗi.\n"),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn a_mistake_whole() {
    let ran = folder(&[("results.csv", RESULTS.replace("trễ hạn", "trễ hẹn"))]).run(&["check", "round.toml"]);
    let expected = "\
lỗi: tiêu chí 1.2 không có phương án \"trễ hẹn\" [unknown-option]
  đơn vị X02
  --> results.csv: dòng 6, cột \"value\"
  gần nhất: trễ hạn
  cách sửa: cần một trong \"đúng hạn\", \"trễ hạn\", \"không ban hành\"; chưa có số liệu thì để trống, không áp dụng thì ghi N/A

";
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), ran.code), ("1 lỗi.\n", expected, 1));
}

#[test]
fn warnings_do_not_fail() {
    let ran = folder(&[("results.csv", RESULTS.replace("trễ hạn", "Trễ hạn"))]).run(&["check", "round.toml"]);
    let expected = "\
cảnh báo: đọc \"Trễ hạn\" là \"trễ hạn\" [read-as]
  đơn vị X02, tiêu chí 1.2
  --> results.csv: dòng 6, cột \"value\"

";
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str(), ran.code),
        ("thu: 4 tiêu chí, 2 đơn vị\nKhông có lỗi; 1 cảnh báo.\n", expected, 0)
    );
}

#[test]
fn ten_mistakes_in_a_set_are_reported_in_one_run() {
    let mut set = SET.to_owned();
    for (from, to) in [
        ("status = \"sample\"", "status = \"mẫu\""),                   // 1
        ("measure = \"ratio\"", "measure = \"ratio\"\nfull_at = 120"), // 2
        ("{ name = \"đúng hạn\", points = 4 }", "{ name = \"đúng hạn\", points = 5 }"), // 3
        ("{ name = \"trễ hạn\", points = 2 }", "{ name = \"trễ hạn\" }"), // 4
        ("{ name = \"không ban hành\", points = 0 }", "{ name = \"Đúng hạn\", points = 0 }"), // 5
        ("below = 90, points = 3", "below = 89, points = 3"),          // 6
        ("id = \"2.2\"", "id = \"2.1\""),                              // 7
        ("kind = \"yes-no\"", "kind = \"yes-no\"\naward_om = \"no\""), // 8
        ("per = \"day\"", "per = \"day\"\ndue = \"15/12/2026\""),      // 9
        ("[[deduction]]", "[total]\nfloor = 10\nceiling = 5\n\n[[deduction]]"), // 10
    ] {
        assert_eq!(set.matches(from).count(), 1, "{from}");
        set = set.replace(from, to);
    }
    let ran = folder(&[("set.toml", set)]).run(&["check", "set.toml"]);
    let expected = [
        "unknown-word set.toml:4:10",
        "full-out-of-reach set.toml:18:11",
        "more-than-maximum set.toml:26:33",
        "one-of-keys set.toml:27:3",
        "duplicate-option set.toml:28:12",
        "gap-between-bands set.toml:43:3",
        "duplicate-id set.toml:49:6",
        "unknown-key set.toml:53:1",
        "contradiction set.toml:57:11",
        "wrong-type set.toml:63:7",
    ];
    assert_eq!(said(&ran), expected, "{}", ran.stderr);
    assert_eq!((ran.stdout.as_str(), ran.code), ("10 lỗi.\n", 1));
}

const TEN_MISTAKES: &str = "\
unit,criterion,value,numerator,denominator,note
X01,1.2,đúng hẹn,,,
X01,1.1,,90 hồ sơ,100,
X01,2.11,85.5,,,
X01,2.1,85.5,,,
X01,2.2,đã có,,,
X02,1.2,trễ hạn,,,
X02,1.2,đúng hạn,,,
X02,1.1,,1.511,1.600,
X02,2.1,855,,,
X02,2.2,có,80,,
X2,2.2,không,,,
";

#[test]
fn ten_mistakes_in_results_are_reported_in_one_run() {
    let ran = folder(&[("results.csv", TEN_MISTAKES.to_owned())]).run(&["check", "round.toml"]);
    let mut found = said(&ran);
    found.sort();
    let mut expected = [
        "unknown-option results.csv: dòng 2, cột \"value\"",
        "not-a-number results.csv: dòng 3, cột \"numerator\"",
        "unknown-criterion results.csv: dòng 4, cột \"criterion\"",
        "unknown-option results.csv: dòng 6, cột \"value\"",
        "duplicate-row results.csv: dòng 8, cột \"value\"",
        "ambiguous-number results.csv: dòng 9, cột \"numerator\"",
        "ambiguous-number results.csv: dòng 9, cột \"denominator\"",
        "value-out-of-range results.csv: dòng 10, cột \"value\"",
        "unknown-input results.csv: dòng 11, cột \"numerator\"",
        "unknown-unit results.csv: dòng 12, cột \"unit\"",
    ];
    expected.sort_unstable();
    assert_eq!(found, expected, "{}", ran.stderr);
    assert_eq!((ran.stdout.as_str(), ran.code), ("10 lỗi.\n", 1));
}

/// A clerk who mends what was reported must not be told the next day of what was there all along.
#[test]
fn a_cell_that_cannot_be_read_does_not_hide_what_is_missing() {
    let results = RESULTS
        .replace("đúng hạn", "đúng hẹn")
        .replace("48,50", "48,0")
        .replace("X02,2.1,92", "X02,2.1,")
        .replace("X01,2.2,có", "X01,2.2,N/A");
    let ran = folder(&[("results.csv", results)]).run(&["check", "round.toml"]);
    let mut found = said(&ran);
    found.sort();
    let codes: Vec<&str> = found.iter().map(|said| said.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(
        codes,
        ["missing-value", "na-forbidden", "unknown-option", "zero-denominator"],
        "{}",
        ran.stderr
    );
}

/// What is wrong with the set does not hide what is wrong with the data, where it still can be read.
#[test]
fn a_wrong_sum_in_the_set_does_not_hide_mistakes_in_the_data() {
    let changed = [
        ("set.toml", SET.replace("max = 20", "max = 25")),
        ("results.csv", RESULTS.replace("đúng hạn", "đúng hẹn")),
        ("deductions.csv", DEDUCTIONS.replace("T1", "T9")),
        ("units.csv", UNITS.replace("X02,Xã Bình Minh,xa,,", "X02,Xã Bình Minh,xa,,hình như")),
    ];
    let found = said(&folder(&changed).run(&["check", "round.toml"]));
    for code in ["does-not-add-up", "unknown-option", "unknown-deduction", "bad-ranked"] {
        assert!(found.iter().any(|said| said.starts_with(code)), "{code} is not among {found:#?}");
    }
}

#[test]
fn json_of_mistakes_has_places_for_machines() {
    let changed =
        [("results.csv", RESULTS.replace("X02,1.2,trễ hạn", "X02,1.2,trễ hẹn") + "X01,2.1,70,,,\n")];
    let ran = folder(&changed).run(&["check", "round.toml", "--format", "json"]);
    let found: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let expected = json!({
        "errors": 2,
        "warnings": 0,
        "diagnostics": [
            {
                "severity": "error",
                "code": "duplicate-row",
                "message": "đơn vị X01, tiêu chí 2.1: có hai dòng",
                "place": { "file": "results.csv", "row": 10, "header": "value" },
                "related": [{ "message": "lần đầu ở đây", "place": { "file": "results.csv", "row": 4, "header": null } }],
                "nearest": null,
                "help": "giữ một dòng, xóa dòng kia",
                "unit": "X01",
                "criterion": "2.1",
            },
            {
                "severity": "error",
                "code": "unknown-option",
                "message": "tiêu chí 1.2 không có phương án \"trễ hẹn\"",
                "place": { "file": "results.csv", "row": 6, "header": "value" },
                "related": [],
                "nearest": "trễ hạn",
                "help": "cần một trong \"đúng hạn\", \"trễ hạn\", \"không ban hành\"; chưa có số liệu thì để trống, không áp dụng thì ghi N/A",
                "unit": "X02",
                "criterion": "1.2",
            },
        ],
    });
    assert_eq!(found, expected, "{found:#}");
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 1));
}

#[test]
fn json_of_a_mistake_in_toml_has_line_and_column() {
    let changed = [("set.toml", SET.replace("kind = \"yes-no\"", "kind = \"yes-mo\""))];
    let ran = folder(&changed).run(&["check", "set.toml", "--format", "json", "--lang", "en"]);
    let found: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let first = &found["diagnostics"][0];
    assert_eq!(first["place"], json!({ "file": "set.toml", "line": 51, "column": 8 }));
    assert_eq!(first["message"], "\"kind\" does not take \"yes-mo\"");
    assert_eq!(first["nearest"], "yes-no");
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 1));
}

#[test]
fn json_of_no_mistakes() {
    let ran = folder(&[]).run(&["check", "round.toml", "--format", "json"]);
    let found: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(found, json!({ "errors": 0, "warnings": 0, "diagnostics": [] }));
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
}

#[test]
fn a_file_that_the_command_line_names_and_that_is_not_there_ends_with_2() {
    for args in [
        ["check", "nowhere"].as_slice(),
        &["check", "nowhere.toml"],
        &["check", "--criteria", "set.toml", "--results", "nowhere.csv"],
        &["check", "--criteria", "set.toml", "--results", "wide.csv", "--units", "nowhere.csv"],
        &["check"],
        &["check", "round.toml", "--results", "wide.csv"],
        &["check", "round.toml", "--format", "xlsx"],
    ] {
        let ran = folder(&[]).run(args);
        assert_eq!((ran.stdout.as_str(), ran.code), ("", 2), "{args:?}: {}", ran.stderr);
        assert!(!ran.stderr.is_empty());
    }
}

/// Excel writes CRLF, and quotes around every number with a decimal comma.
#[test]
fn rows_are_right_in_a_file_of_excel() {
    let text = WIDE.replace("85.5", "\"85,5\"").replace("trễ hạn", "trễ hẹn").replace('\n', "\r\n");
    let ran =
        folder(&[("wide.csv", text)]).run(&["check", "--criteria", "set.toml", "--results", "wide.csv"]);
    assert_eq!(said(&ran), ["unknown-option wide.csv: dòng 3, cột \"1.2\""]);
}

/// What is said of a criterion points at its own row, also where another of its inputs is empty.
#[test]
fn a_remark_points_at_the_row_of_its_criterion() {
    for (from, to, expected) in [
        ("X01,1.1,,90,100,", "X01,1.1,,110,100,", "over-fulfilled results.csv: dòng 3, cột \"numerator\""),
        ("X01,1.1,,90,100,", "X01,1.1,,90,0,", "zero-denominator results.csv: dòng 3, cột \"denominator\""),
        ("X01,2.1,85.5,,,", "X01,2.1,,,,", "missing-value results.csv: dòng 4, cột \"value\""),
        ("X01,2.1,85.5,,,", "X01,2.1,N/A,,,chưa có", "na-forbidden results.csv: dòng 4, cột \"value\""),
    ] {
        let ran = folder(&[("results.csv", RESULTS.replace(from, to))]).run(&["check", "round.toml"]);
        assert_eq!(said(&ran), [expected]);
    }
}

/// A line break in a header of Excel stands in quotes, whatever separates the cells.
#[test]
fn a_header_may_have_lines_in_quotes() {
    for (separator, line_end) in [(",", "\n"), (";", "\n"), ("\t", "\n"), (";", "\r\n")] {
        let header = format!("unit;\"#ghi{line_end}chú\";");
        let text = WIDE.replace("unit,", &header).replace("X01,", "X01,,").replace("X02,", "X02,,");
        let text = text.replace(';', ",").replace(',', separator);
        let ran =
            folder(&[("wide.csv", text)]).run(&["check", "--criteria", "set.toml", "--results", "wide.csv"]);
        assert_eq!(
            (ran.stderr.as_str(), ran.code),
            ("", 0),
            "separated by {separator:?}, lines end with {line_end:?}"
        );
    }
}

/// The shown remedy, followed, mends it.
#[test]
fn a_remedy_is_only_offered_where_it_helps() {
    let given = SET
        .replace("max = 20", "max = 116")
        .replace("max = 10\n\n[[criterion]]\nid = \"2.1\"", "max = 106\n\n[[criterion]]\nid = \"2.1\"");
    let given = given.replace("max = 4\nkind = \"yes-no\"", "max = 100\nkind = \"given\"");
    let results = RESULTS.replace("X01,2.2,có", "X01,2.2,101").replace("X02,2.2,không", "X02,2.2,99");
    let ran = folder(&[("set.toml", given), ("results.csv", results)]).run(&["check", "round.toml"]);
    assert!(
        ran.stderr.contains("value-out-of-range") && !ran.stderr.contains("over_fulfilment"),
        "{}",
        ran.stderr
    );
    let range = SET.replace("measure = \"ratio\"", "range = [0, 10]\nfull_at = 20");
    let ran = folder(&[("set.toml", range)]).run(&["check", "set.toml"]);
    assert!(
        ran.stderr.contains("full-out-of-reach") && !ran.stderr.contains("over_fulfilment"),
        "{}",
        ran.stderr
    );
}

/// An answer is a word that the criterion itself takes, not that of its first item.
#[test]
fn only_a_criterion_that_takes_an_answer_can_be_asked_for_one() {
    let checklist = "name = \"Bố trí nhân lực\"\nmax = 4\nkind = \"checklist\"\nitems = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n";
    let set = SET.replace("name = \"Bố trí nhân lực\"\nmax = 4\nkind = \"yes-no\"\n", checklist);
    let branch = "kind = \"branch\"\non = \"2.2\"\nwhen = [{ answer = \"có\", kind = \"yes-no\" }, { kind = \"yes-no\" }]\n";
    let start = set.find("kind = \"options\"").expect("the options");
    let end = set.find("]\n\n[[criterion]]\nid = \"2\"").expect("their end") + 2;
    let ran =
        folder(&[("set.toml", set[..start].to_owned() + branch + &set[end..])]).run(&["check", "set.toml"]);
    assert_eq!(said(&ran), ["unknown-answer set.toml:25:20"], "{}", ran.stderr);
}

/// Tiers may share a file of results; what is wrong with it is said once.
#[test]
fn a_mistake_in_a_file_that_tiers_share_is_reported_once() {
    let tinh = "\n[[tier]]\nid = \"tinh\"\ncriteria = \"set.toml\"\nresults = \"results.csv\"\n";
    let changed = [
        ("round.toml", ROUND.replace("deductions = \"deductions.csv\"\n", "") + tinh),
        ("units.csv", UNITS.replace("X02,Xã Bình Minh,xa", "X02,Tỉnh Bình Minh,tinh")),
        ("results.csv", RESULTS.replace("trễ hạn", "trễ hẹn") + "X09,2.2,có,,,\n"),
    ];
    let mut found = said(&folder(&changed).run(&["check", "round.toml"]));
    found.sort();
    assert_eq!(
        found,
        [
            "unknown-option results.csv: dòng 6, cột \"value\"",
            "unknown-unit results.csv: dòng 10, cột \"unit\""
        ]
    );
}

/// A column that a wide file lacks is lacking once, not once for each unit.
#[test]
fn a_column_that_is_lacking_is_reported_once() {
    let text: String = WIDE
        .lines()
        .map(|line| line.rsplit_once(',').map_or(line, |(rest, _)| rest).to_owned() + "\n")
        .collect();
    let ran =
        folder(&[("wide.csv", text)]).run(&["check", "--criteria", "set.toml", "--results", "wide.csv"]);
    assert_eq!(said(&ran).len(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("2.2"), "{}", ran.stderr);
}

/// The remedies for a wide file name its own columns: `2.2.evidence`, not `evidence`.
#[test]
fn the_remedy_for_a_wide_file_names_a_column_of_a_wide_file() {
    let set = SET.replace("kind = \"yes-no\"", "kind = \"yes-no\"\nevidence = \"required\"");
    let args = ["check", "--criteria", "set.toml", "--results", "wide.csv"];
    let ran = folder(&[("set.toml", set)]).run(&args);
    assert!(ran.stderr.contains("2.2.evidence"), "{}", ran.stderr);
    let set = SET.replace("kind = \"bands\"", "kind = \"bands\"\nna = \"reduce\"");
    let ran = folder(&[("set.toml", set), ("wide.csv", WIDE.replace("85.5", "N/A"))]).run(&args);
    assert!(ran.stderr.contains("2.1.note"), "{}", ran.stderr);
}
