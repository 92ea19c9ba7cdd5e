//! The stages of appraisal side by side, what was cut and why, and the way from the maximum to the total.

use crate::links::{body, csv_columns};
use crate::sets::{set, unit};
use crate::support::{Folder, Ran, project, run as run_in_project};
use rayon::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

const CRITERIA: &str = r#"
[[criterion]]
id = "1"
name = "Thể chế"
max = 60
[[criterion]]
id = "1.1"
name = "Kế hoạch"
max = 20
kind = "options"
options = [
  { name = "đúng hạn", points = 20 },
  { name = "trễ hạn", points = 10 },
  { name = "không", points = 0 },
]
[[criterion]]
id = "1.2"
name = "Hồ sơ"
max = 40
kind = "proportional"
measure = "ratio"
[[criterion]]
id = "2"
name = "Thủ tục"
max = 10
kind = "given"
[[criterion]]
id = "3"
name = "Hài lòng"
max = 30
kind = "given"
part = "survey"
[[bonus]]
id = "B"
name = "Sáng kiến"
points = 1
cap = 2
[[deduction]]
id = "T"
name = "Nộp trễ"
points = 0.5
"#;

/// A was cut at 1.1, explained itself and got it back; at 1.2 and 2 the cuts stand. B rose.
const RESULTS: &str = r#"unit,criterion,value,numerator,denominator,points,stage,note
A,1.1,đúng hạn,,,,self,
A,1.1,trễ hạn,,,,appraisal1,"nộp ngày 20/01, trễ 5 ngày"
A,1.1,đúng hạn,,,,explanation,có công văn xin gia hạn
A,1.1,đúng hạn,,,,appraisal2,chấp nhận giải trình
A,1.2,,95,100,,self,
A,1.2,,90,100,,appraisal1,loại 5 hồ sơ trùng
A,2,,,,10,self,
A,2,,,,8.5,final,thiếu minh chứng
A,3,,,,25,,
B,1.1,trễ hạn,,,,self,
B,1.1,trễ hạn,,,,appraisal1,
B,1.2,,80,100,,self,
B,1.2,,85,100,,appraisal1,bổ sung hồ sơ
B,2,,,,9,self,
B,2,,,,9,final,
B,3,,,,20,,
"#;

const EVENTS: &str = "unit,deduction,count\nA,T,1\nB,B,3\n";

#[track_caller]
fn run_on(results: &str, round: &str, args: &[&str]) -> Ran {
    let round = format!(
        "[round]\ntitle = \"Đợt 2026\"\ndeductions = \"events.csv\"\n{round}\n[[tier]]\nid = \"xa\"\ncriteria = \"set.toml\"\nresults = \"results.csv\"\n"
    );
    let files = [
        ("round.toml", &*round),
        ("set.toml", &set("100", CRITERIA)),
        ("results.csv", results),
        ("events.csv", EVENTS),
    ];
    Folder::new(&files).run(args)
}

#[track_caller]
fn run(args: &[&str]) -> Ran {
    let ran = run_on(RESULTS, "", args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

fn parsed(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.stdout, ran.stderr))
}

#[test]
fn stages_stand_side_by_side_with_what_was_cut_and_why() {
    assert_eq!(
        body(&run(&["score", "round.toml", "--stages"])),
        r#"Đợt 2026

xa
┌──────┬────────┬─────────┬─────────────────┬────────────┬─────────────────┬──────────────┬──────────┬──────────────┬────────┬──────┬───────┐
│ Hạng ┆ Đơn vị ┆ Tự chấm ┆ Thẩm định lần 1 ┆ Giải trình ┆ Thẩm định lần 2 ┆ Kết quả cuối ┆ Thay đổi ┆ Điều tra XHH ┆ Thưởng ┆  Trừ ┆  Tổng │
╞══════╪════════╪═════════╪═════════════════╪════════════╪═════════════════╪══════════════╪══════════╪══════════════╪════════╪══════╪═══════╡
│    1 ┆ A      ┆   68,00 ┆           56,00 ┆      66,00 ┆           66,00 ┆        64,50 ┆    −3,50 ┆        25,00 ┆   0,00 ┆ 0,50 ┆ 89,00 │
│    2 ┆ B      ┆   51,00 ┆           53,00 ┆      53,00 ┆           53,00 ┆        53,00 ┆    +2,00 ┆        20,00 ┆   2,00 ┆ 0,00 ┆ 75,00 │
└──────┴────────┴─────────┴─────────────────┴────────────┴─────────────────┴──────────────┴──────────┴──────────────┴────────┴──────┴───────┘
  A, 1.2: tự chấm 38, thẩm định lần 1 36 (−2): loại 5 hồ sơ trùng
  A, 2: tự chấm 10, kết quả cuối 8,5 (−1,5): thiếu minh chứng
  B, 1.2: tự chấm 32, thẩm định lần 1 34 (+2): bổ sung hồ sơ

  Điểm mỗi lần là điểm các tiêu chí thẩm định, chưa kể điều tra xã hội học, điểm thưởng, điểm trừ; tiêu chí chưa chấm ở một lần lấy điểm lần trước
"#
    );
}

#[test]
fn stages_for_machines() {
    let ran = run(&["score", "round.toml", "--stages", "--format", "csv"]);
    let names =
        ["unit", "self", "appraisal1", "explanation", "appraisal2", "final", "change", "survey", "total"];
    assert_eq!(
        csv_columns(&ran.stdout, &names),
        [
            ["A", "68.00", "56.00", "66.00", "66.00", "64.50", "-3.50", "25.00", "89.00"],
            ["B", "51.00", "53.00", "53.00", "53.00", "53.00", "2.00", "20.00", "75.00"],
        ]
    );
    let round = parsed(&run(&["score", "round.toml", "--stages", "--format", "json"]));
    let tier = &round["tiers"][0];
    assert_eq!(tier["stages"], json!(["self", "appraisal1", "explanation", "appraisal2", "final"]));
    assert_eq!(
        tier["units"][0],
        json!({
            "id": "A", "name": "A", "rank": 1, "change": -3.5, "survey": 25, "points": 89,
            "stages": { "self": 68, "appraisal1": 56, "explanation": 66, "appraisal2": 66, "final": 64.5 },
            "cuts": [
                { "criterion": "1.2", "self": 38, "points": 36, "stage": "appraisal1", "note": "loại 5 hồ sơ trùng" },
                { "criterion": "2", "self": 10, "points": 8.5, "stage": "final", "note": "thiếu minh chứng" },
            ]
        })
    );
}

/// Nothing later than the round's stage counts, or is shown.
#[test]
fn the_stage_of_the_round_is_the_last_that_counts() {
    // 20 + 38 + 10 + 25 − 0.5; 10 + 36 + 10 + 25 − 0.5; 20 + 36 + 10 + …; 20 + 36 + 8.5 + ….
    for (stage, total, stages) in [
        ("self", 92.5, 1),
        ("appraisal1", 80.5, 2),
        ("explanation", 90.5, 3),
        ("appraisal2", 90.5, 4),
        ("final", 89.0, 5),
    ] {
        let by_round = parsed(&run_on(
            RESULTS,
            &format!("stage = \"{stage}\""),
            &["score", "round.toml", "--format", "json"],
        ));
        assert_eq!(unit(&by_round["tiers"][0], "A")["points"].as_f64(), Some(total), "{stage}");
        let by_flag = parsed(&run(&["score", "round.toml", "--stage", stage, "--format", "json"]));
        assert_eq!(by_flag["tiers"], by_round["tiers"], "{stage}");
        let shown = parsed(&run(&["score", "round.toml", "--stage", stage, "--stages", "--format", "json"]));
        assert_eq!(shown["tiers"][0]["stages"].as_array().map(Vec::len), Some(stages), "{stage}");
    }
}

#[test]
fn one_unit_or_the_first_few_stage_by_stage() {
    let ids = |args: &[&str]| -> Vec<String> {
        let round = parsed(&run(&[&["score", "round.toml", "--stages", "--format", "json"], args].concat()));
        let units = round["tiers"][0]["units"].as_array().expect("units").clone();
        units.iter().map(|unit| unit["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&["--unit", "B"]), ["B"]);
    assert_eq!(ids(&["--top", "1"]), ["A"]);
}

#[test]
fn results_without_stages_say_so() {
    let plain = "unit,criterion,value,numerator,denominator,points\nA,1.1,không,,,\nA,1.2,,1,2,\nA,2,,,,5\nA,3,,,,5\nB,1.1,không,,,\nB,1.2,,1,2,\nB,2,,,,5\nB,3,,,,5\n";
    let ran = run_on(plain, "", &["score", "round.toml", "--stages"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("Cấp xa: số liệu không ghi lần chấm (cột stage)"), "{}", ran.stdout);
}

#[test]
fn an_explanation_shows_what_each_stage_gave() {
    let shown = body(&run(&["explain", "round.toml", "A", "1.1"]));
    let lines = "  Tự chấm: 20,00 điểm (1.1 = đúng hạn)
  Thẩm định lần 1: 10,00 điểm (1.1 = trễ hạn) – nộp ngày 20/01, trễ 5 ngày
  Giải trình: 20,00 điểm (1.1 = đúng hạn) – có công văn xin gia hạn
  Thẩm định lần 2: 20,00 điểm (1.1 = đúng hạn) – chấp nhận giải trình
";
    assert!(shown.contains(lines), "{shown}");
    let shown = body(&run(&["explain", "round.toml", "A"]));
    for part in ["Thẩm định cắt 3,5 điểm ở 2 tiêu chí", "loại 5 hồ sơ trùng", "−1,50", "thiếu minh chứng"]
    {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    let shown = parsed(&run(&["explain", "round.toml", "A", "2", "--format", "json"]));
    assert_eq!(
        shown["criteria"][0]["stages"],
        json!({ "self": { "points": 10, "note": null }, "final": { "points": 8.5, "note": "thiếu minh chứng" } })
    );
}

/// A unit may explain itself in words alone; the appraisal stands.
#[test]
fn an_explanation_in_words_alone_is_shown_and_changes_nothing() {
    let words = RESULTS.replace("A,1.1,đúng hạn,,,,explanation", "A,1.1,,,,,explanation");
    let words: String =
        words.lines().filter(|line| !line.contains("appraisal2")).map(|line| format!("{line}\n")).collect();
    let ran = run_on(&words, "", &["explain", "round.toml", "A", "1.1"]);
    for line in [
        "  Thẩm định lần 1: 10,00 điểm (1.1 = trễ hạn) – ",
        "  Giải trình – có công văn xin gia hạn\n",
        "Điểm: 10,00/20",
    ] {
        assert!(ran.stdout.contains(line), "{line} is not in\n{}", ran.stdout);
    }
    let shown = parsed(&run_on(&words, "", &["explain", "round.toml", "A", "1.1", "--format", "json"]));
    assert_eq!(
        shown["criteria"][0]["stages"]["explanation"],
        json!({ "points": null, "note": "có công văn xin gia hạn" })
    );
}

#[test]
fn a_survey_is_never_self_scored() {
    let ran = run_on(&RESULTS.replace("A,3,,,,25,,", "A,3,,,,25,self,"), "", &["check", "round.toml"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.stderr.matches('[').count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("đơn vị A: tiêu chí 3 chấm qua điều tra xã hội học"), "{}", ran.stderr);
    for stage in ["appraisal1", "final", ""] {
        let ran = run_on(
            &RESULTS.replace("A,3,,,,25,,", &format!("A,3,,,,25,{stage},")),
            "",
            &["check", "round.toml"],
        );
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{stage}");
    }
}

/// The survey of a later stage is no part of what the stages show, nor of what was cut.
#[test]
fn a_survey_is_not_among_what_was_cut() {
    let late = RESULTS.replace("A,3,,,,25,,", "A,3,,,,25,final,");
    let round = parsed(&run_on(&late, "", &["score", "round.toml", "--stages", "--format", "json"]));
    let of = &round["tiers"][0]["units"][0];
    assert_eq!(
        (&of["change"], &of["survey"], &of["stages"]["final"]),
        (&json!(-3.5), &json!(25), &json!(64.5))
    );
}

// What looks wrong.

fn warned(results: &str) -> Vec<String> {
    let ran = run_on(results, "", &["check", "round.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let warnings = ran.stderr.lines().filter_map(|line| line.strip_prefix("cảnh báo: "));
    warnings.map(str::to_owned).collect()
}

#[test]
fn an_appraisal_in_order_has_no_warnings() {
    assert_eq!(warned(RESULTS), [""; 0]);
}

#[test]
fn a_criterion_that_nobody_appraised() {
    let left: String = RESULTS
        .lines()
        .filter(|line| !line.contains(",2,,,,") || !line.contains("final"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(warned(&left), ["tiêu chí 2: đã tự chấm mà chưa được thẩm định (2: A, B) [never-appraised]"]);
    // An explanation is the unit's own: it is no appraisal, and that it counts is said.
    let explained = left.replace("A,2,,,,10,self,\n", "A,2,,,,10,self,\nA,2,,,,9,explanation,\n");
    assert_eq!(
        warned(&explained),
        [
            "tiêu chí 2: giá trị do đơn vị giải trình đang được tính, chưa thẩm định lại (1: A) [explanation-counts]",
            "tiêu chí 2: đã tự chấm mà chưa được thẩm định (2: A, B) [never-appraised]"
        ]
    );
    // Before anything is appraised, nothing is late.
    let own: String = RESULTS
        .lines()
        .enumerate()
        .filter(|(at, line)| *at == 0 || line.contains(",self,") || line.contains(",3,,,,"))
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    assert_eq!(warned(&own), [""; 0]);
}

// The way from the maximum to the total.

fn number(value: &Value) -> Decimal {
    let text = value.to_string();
    text.parse()
        .or_else(|_| Decimal::from_scientific(&text))
        .unwrap_or_else(|_| panic!("{text} is no number"))
}

/// The steps of a unit, each with what it adds and what is left, as JSON and as the table show them.
#[track_caller]
fn check_waterfall(folder: &str, id: &str, and_table: bool) {
    let ran = run_in_project(&["explain", folder, id, "--format", "json"]);
    let of = parsed(&ran);
    let Some(steps) = of["waterfall"].as_array().filter(|steps| !steps.is_empty()) else {
        assert!(of["rank"].is_null(), "{folder} {id} is ranked and has no waterfall");
        return;
    };
    let (total, way) = steps.split_last().expect("steps");
    assert_eq!((&way[0]["step"], &total["step"]), (&json!("max"), &json!("total")));
    let mut left = Decimal::ZERO;
    for step in way {
        let points = number(&step["points"]);
        assert!(points.is_zero() || Decimal::new(1, 9) < points.abs(), "{folder} {id}: {step} is no step");
        left += points;
        assert_eq!(left, number(&step["left"]), "{folder} {id}: {step}");
    }
    assert_eq!(left, number(&of["points"]), "{folder} {id}: max + Σ points is the total");
    assert_eq!((number(&total["points"]), number(&total["left"])), (left, left));

    if !and_table {
        return;
    }
    let ran = run_in_project(&["explain", folder, id]);
    let mut rows = ran.stdout.lines().skip_while(|line| !line.contains("Từ tối đa đến tổng điểm")).skip(2);
    let cents = Decimal::new(1, 2);
    let mut before: Option<Decimal> = None;
    for step in steps {
        let row = rows.next().unwrap_or_default();
        // A long name goes on in the next line, which has no numbers.
        let cells: Vec<&str> = row.trim_matches('│').split('┆').map(str::trim).collect();
        let [_, points, left] = cells[..] else { panic!("{folder} {id}: {row:?}") };
        let read = |cell: &str| -> Decimal {
            cell.replace('−', "-")
                .replace('+', "")
                .replace(',', ".")
                .parse()
                .unwrap_or_else(|_| panic!("{row}"))
        };
        let shown = read(left);
        assert!((shown - number(&step["left"])).abs() < cents, "{folder} {id}: {row}");
        if let (Some(before), true) = (before, points != "–") {
            assert!((before + read(points) - shown).abs() <= cents, "{folder} {id}: {row}");
        }
        assert!(!["−0,00", "+0,00"].contains(&points), "{folder} {id}: {row}");
        before = Some(shown);
    }
}

#[test]
fn the_way_to_the_total_adds_up_for_every_unit_of_every_example() {
    let folder = std::fs::read_dir(project().join("examples")).expect("the folder examples");
    let mut names: Vec<String> =
        folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in names {
        let folder = format!("examples/{name}");
        if !project().join(&folder).join("round.toml").exists() {
            continue; // a survey
        }
        let round = parsed(&run_in_project(&["score", &folder, "--format", "json"]));
        for tier in round["tiers"].as_array().expect("tiers") {
            let lists = ["units", "unranked"].map(|list| tier[list].as_array().expect("a list"));
            let ids: Vec<&str> = lists.into_iter().flatten().filter_map(|unit| unit["id"].as_str()).collect();
            // The table of each fifth unit of a large tier is enough.
            ids.par_iter()
                .enumerate()
                .for_each(|(at, id)| check_waterfall(&folder, id, at < 30 || at % 5 == 0));
        }
    }
}
