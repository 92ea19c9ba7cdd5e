//! Grade limits: the grade of the index held down where a condition says so; the rank stays.

use crate::links::{body, csv_columns};
use crate::sets::{set, unit};
use crate::support::{Folder, Ran};
use serde_json::{Value, json};

const CRITERIA: &str = r#"
[[criterion]]
id = "1"
name = "Thể chế"
max = 40
[[criterion]]
id = "1.1"
name = "Ban hành kế hoạch"
max = 10
kind = "options"
options = [
  { name = "đúng hạn", points = 10 },
  { name = "trễ hạn", points = 8 },
  { name = "không ban hành", points = 0 },
]
[[criterion]]
id = "1.2"
name = "Hồ sơ trễ hạn"
max = 30
kind = "proportional"
measure = "ratio"
better = "lower"
full_at = 5
zero_at = 100
na = "reduce"
[[criterion]]
id = "2"
name = "Giải ngân"
max = 60
kind = "proportional"
measure = "against-target"
target = 80
[[bonus]]
id = "B"
name = "Sáng kiến"
points = 1
[[deduction]]
id = "T"
name = "Nộp trễ"
points = 0.5
[[grade]]
name = "Xuất sắc"
from = 95
[[grade]]
name = "Tốt"
from = 80
[[grade]]
name = "Khá"
from = 65
[[grade]]
name = "Trung bình"
from = 0
"#;

/// A: 10 + 28.4211 + 60 = 98.42 %, one deduction of 0.5: 97.92. B: 8 + 30 + 59.9925 = 97.99.
/// C: 10 of 10, 1.2 does not apply, 60 of 60: 100 %.
const RESULTS: &str = "\
unit,criterion,value,numerator,denominator,note
A,1.1,đúng hạn,,,
A,1.2,,10,100,
A,2,80,,,
B,1.1,trễ hạn,,,
B,1.2,,0,100,
B,2,79.99,,,
C,1.1,đúng hạn,,,
C,1.2,N/A,,,không có hồ sơ
C,2,90,,,
";

#[track_caller]
fn run(limits: &str, args: &[&str]) -> Ran {
    let files = [
        ("set.toml", &*set("100", &format!("{CRITERIA}{limits}"))),
        ("results.csv", RESULTS),
        ("events.csv", "unit,deduction,count\nA,T,1\n"),
        (
            "round.toml",
            "[round]\ndeductions = \"events.csv\"\n[[tier]]\nid = \"xa\"\ncriteria = \"set.toml\"\nresults = \"results.csv\"\n",
        ),
    ];
    let ran = Folder::new(&files).run(args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

fn limit(name: &str, at_most: &str, on: &str, condition: &str) -> String {
    format!("[[grade_limit]]\nname = \"{name}\"\nat_most = \"{at_most}\"\non = \"{on}\"\n{condition}\n")
}

fn scored(limits: &str) -> Value {
    let ran = run(limits, &["score", "round.toml", "--format", "json"]);
    let mut round: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    round["tiers"][0].take()
}

/// The grades of A, B and C under one limit to "Khá"; each would be "Xuất sắc".
#[track_caller]
fn grades(on: &str, condition: &str, expected: [&str; 3]) {
    let tier = scored(&limit("một lý do", "Khá", on, condition));
    let found = ["A", "B", "C"].map(|id| unit(&tier, id)["grade"].as_str().expect("a grade").to_owned());
    assert_eq!(found, expected, "{on}: {condition}");
}

const BEST: &str = "Xuất sắc";

#[test]
fn without_a_limit_the_index_gives_the_grade() {
    let tier = scored("");
    for id in ["A", "B", "C"] {
        let unit = unit(&tier, id);
        assert_eq!(
            (&unit["grade"], unit.get("grade_limit"), unit.get("grade_by_index")),
            (&json!(BEST), None, None)
        );
    }
}

#[test]
fn every_condition_holds_at_its_bound() {
    grades("1.1", "answer = \"trễ hạn\"", [BEST, "Khá", BEST]);
    grades("1.1", "answer = \"TRỄ HẠN\"", [BEST, "Khá", BEST]);
    grades("1.1", "points_below = 8", [BEST, BEST, BEST]);
    grades("1.1", "points_below = 8.01", [BEST, "Khá", BEST]);
    grades("1.1", "points_from = 10", ["Khá", BEST, "Khá"]);
    grades("1.1", "points_from = 10.01", [BEST, BEST, BEST]);
    grades("1.1", "share_below = 80", [BEST, BEST, BEST]);
    grades("1.1", "share_below = 80.01", [BEST, "Khá", BEST]);
    // 10 of 100 dossiers were late. Nothing is said of C, to which it does not apply.
    grades("1.2", "measure_from = 10", ["Khá", BEST, BEST]);
    grades("1.2", "measure_from = 10.01", [BEST, BEST, BEST]);
    grades("1.2", "measure_below = 10", [BEST, "Khá", BEST]);
    grades("1.2", "measure_below = 10.01", ["Khá", "Khá", BEST]);
    grades("2", "target = \"missed\"", [BEST, "Khá", BEST]);
    // What was measured, before it is held against the target: 80, 79.99 and 90.
    grades("2", "measure_below = 79.99", [BEST, BEST, BEST]);
    grades("2", "measure_below = 80", [BEST, "Khá", BEST]);
    grades("2", "measure_from = 80", ["Khá", BEST, "Khá"]);
}

#[test]
fn a_limit_may_look_at_a_group_a_bonus_or_a_deduction() {
    // A has 38.42 of 40, B 38 of 40, C 10 of 10.
    grades("1", "share_below = 95.01", [BEST, "Khá", BEST]);
    grades("1", "points_below = 38.5", ["Khá", "Khá", "Khá"]);
    grades("T", "", ["Khá", BEST, BEST]);
    grades("T", "points_from = 0.5", ["Khá", BEST, BEST]);
    grades("T", "points_from = 0.51", [BEST, BEST, BEST]);
    grades("B", "points_below = 1", ["Khá", "Khá", "Khá"]);
    grades("B", "", [BEST, BEST, BEST]);
}

#[test]
fn a_limit_never_raises_a_grade() {
    let low = limit("một lý do", BEST, "1.1", "points_from = 0");
    assert_eq!(unit(&scored(&low), "A")["grade"], BEST);
    assert_eq!(unit(&scored(&low), "A").get("grade_limit"), None, "a limit that limits nothing is not named");
}

/// Of several the strictest counts, whatever their order; of two equal ones the first is named.
#[test]
fn the_strictest_limit_wins() {
    let [good, fair, low] = [
        limit("nộp trễ", "Tốt", "T", ""),
        limit("từ 10 % hồ sơ trễ hạn", "Khá", "1.2", "measure_from = 10"),
        limit("lý do khác", "Khá", "1.1", "points_from = 10"),
    ];
    for limits in [[&good, &fair, &low], [&fair, &good, &low], [&fair, &low, &good]] {
        let tier = scored(&limits.map(String::as_str).concat());
        let of = unit(&tier, "A");
        assert_eq!((&of["grade"], &of["grade_limit"]), (&json!("Khá"), &json!("từ 10 % hồ sơ trễ hạn")));
    }
    let tier = scored(&[low, fair, good].concat());
    assert_eq!(unit(&tier, "A")["grade_limit"], "lý do khác");
}

#[test]
fn rank_index_and_points_stay() {
    let (free, held) = (scored(""), scored(&limit("một lý do", "Trung bình", "1.1", "points_from = 10")));
    for id in ["A", "B", "C"] {
        for key in ["rank", "index", "points", "max"] {
            assert_eq!(unit(&free, id)[key], unit(&held, id)[key], "{key} of {id}");
        }
    }
    assert_eq!(unit(&held, "C")["rank"], 1);
    assert_eq!(unit(&held, "C")["grade"], "Trung bình");
}

#[test]
fn a_limit_is_told_in_every_output() {
    let limits = limit("từ 10 % hồ sơ trễ hạn", "Khá", "1.2", "measure_from = 10");
    let table = body(&run(&limits, &["score", "round.toml"]));
    let note = "theo chỉ số được \"Xuất sắc\", chỉ xếp \"Khá\" vì từ 10 % hồ sơ trễ hạn";
    assert!(table.contains(&format!("Giới hạn xếp loại – A: {note}")), "{table}");
    assert_eq!(table.matches("Giới hạn xếp loại").count(), 1, "{table}");
    let english = body(&run(&limits, &["score", "round.toml", "--lang", "en"]));
    assert!(
        english.contains("Grade limit – A: \"Xuất sắc\" by its index, no more than \"Khá\""),
        "{english}"
    );
    let table = run(&limits, &["score", "round.toml", "--format", "csv"]).stdout;
    let rows = csv_columns(&table, &["unit", "grade", "grade_limit"]);
    assert_eq!(rows, [["C", BEST, ""], ["B", BEST, ""], ["A", "Khá", note]]);
    let tier = scored(&limits);
    let of = unit(&tier, "A");
    assert_eq!(
        (&of["grade"], &of["grade_by_index"], &of["grade_limit"]),
        (&json!("Khá"), &json!(BEST), &json!("từ 10 % hồ sơ trễ hạn"))
    );
    let said = body(&run(&limits, &["explain", "round.toml", "A"]));
    assert!(said.contains(&format!("Giới hạn xếp loại: {note}")), "{said}");
    assert!(said.starts_with("A: 97,92/100 điểm, chỉ số 97,92 %, Khá, hạng 3"), "{said}");
    let said: Value =
        serde_json::from_str(&run(&limits, &["explain", "round.toml", "A", "--format", "json"]).stdout)
            .expect("JSON");
    assert_eq!(said["grade"], "Khá");
    assert_eq!(said["grade_limit"], "từ 10 % hồ sơ trễ hạn", "{said}");
}
