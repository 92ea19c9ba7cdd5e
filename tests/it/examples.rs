//! Every folder in `examples/` reproduces what its `expected/` says.

use crate::sets::unit;
use crate::support::{Ran, project, run};
use rust_decimal::Decimal;
use serde_json::Value;

/// Every example. What holds it to its expected figures stands here, in `published.rs` or in
/// `places.rs`.
const EXAMPLES: [&str; 11] = [
    "34-provinces-2026",
    "dak-lak-2026",
    "dong-trieu-2022",
    "khanh-hoa-2022",
    "khanh-hoa-nq57-2026",
    "mot-cua-khanh-hoa-2016",
    "phu-xuyen-2023",
    "son-la-2020",
    "tham-dinh-2026",
    "thanh-hoa-2023",
    "thanh-hoa-2024",
];

/// Examples that are surveys and no rounds; `sipas.rs` holds them to their figures.
const SURVEYS: [&str; 1] = ["sipas-mau-2026"];

#[test]
fn every_example_is_held_to_its_expected_figures() {
    let folder = std::fs::read_dir(project().join("examples")).expect("the folder examples");
    let mut names: Vec<String> =
        folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let mut known = [&EXAMPLES[..], &SURVEYS].concat();
    known.sort_unstable();
    assert_eq!(names, known, "a new example needs a test of its figures");
    for name in &names {
        let expected =
            std::fs::read_dir(project().join("examples").join(name).join("expected")).expect("expected/");
        assert!(0 < expected.count(), "{name} says nothing of what it gives");
    }
}

#[test]
fn every_example_is_scored_checked_and_named_by_folder_or_file() {
    for name in EXAMPLES {
        let folder = format!("examples/{name}");
        let by_folder = scored(&[&folder]);
        let by_file = scored(&[&format!("{folder}/round.toml")]);
        assert_eq!(by_folder.stdout, by_file.stdout, "{name}");
        let checked = run(&["check", &folder]);
        assert_eq!(checked.code, 0, "{name}: {}", checked.stderr);
        assert!(!checked.stderr.contains("lỗi:"), "{name}: {}", checked.stderr);
    }
}

#[track_caller]
fn scored(args: &[&str]) -> Ran {
    let ran = run(&[&["score"], args].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

const KHANH_HOA: &str = "examples/khanh-hoa-nq57-2026";

/// A table of `expected/`, each row by its columns.
fn expected(file: &str) -> Vec<std::collections::HashMap<String, String>> {
    let path = project().join(KHANH_HOA).join("expected").join(file);
    let mut reader = csv::Reader::from_path(path).expect("an expected table");
    let rows: Vec<_> = reader.deserialize().map(|row| row.expect("a row")).collect();
    assert!(!rows.is_empty());
    rows
}

fn khanh_hoa() -> Value {
    let ran = scored(&[KHANH_HOA, "--format", "json"]);
    let mut round: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    round["tiers"][0].take()
}

/// A number as JSON has it, against a number of the expected table; an empty cell is null.
#[track_caller]
fn check(found: &Value, expected: &str, digits: Option<u32>, what: &str) {
    let Ok(expected) = expected.parse::<Decimal>() else {
        assert!(expected.is_empty() && found.is_null(), "{what}: {found}, not {expected:?}");
        return;
    };
    let found: Decimal =
        found.to_string().parse().unwrap_or_else(|_| panic!("{what}: {found}, not {expected}"));
    let shown = digits.map_or(found, |digits| {
        found.round_dp_with_strategy(digits, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    });
    assert_eq!(shown, expected, "{what}");
}

#[test]
fn khanh_hoa_reproduces_every_unit() {
    let tier = khanh_hoa();
    let rows = expected("expected.csv");
    let count: usize =
        ["units", "unranked"].iter().map(|list| tier[list].as_array().map_or(0, Vec::len)).sum();
    assert_eq!((rows.len(), count), (8, 8));
    for row in rows {
        let unit = unit(&tier, &row["unit"]);
        let what = |column: &str| format!("{column} of {}", row["unit"]);
        assert_eq!(
            (unit["name"].as_str(), unit["block"].as_str()),
            (Some(&*row["name"]), Some(&*row["block"]))
        );
        assert_eq!(unit["status"].as_str().map(|word| word.replace('-', " ")).as_ref(), Some(&row["status"]));
        assert_eq!(unit["grade"].as_str().unwrap_or_default(), row["grade"], "{}", what("grade"));
        for (column, key, digits) in [
            ("bonus", "bonus", None),
            ("deductions", "deductions", None),
            ("total", "points", None),
            ("max", "max", None),
            ("index", "index", Some(2)),
            ("rank", "rank", None),
        ] {
            check(&unit[key], &row[column], digits, &what(column));
        }
        // Points of a unit that is not scored are kept in JSON, and are no result.
        for group in ["I", "II"] {
            if unit["status"] != "not-scored" {
                check(&unit["criteria"][group]["points"], &row[group], None, &what(group));
            }
        }
    }
}

/// The table for machines and the one for people say the same.
#[test]
fn khanh_hoa_reproduces_every_unit_in_csv() {
    let ran = scored(&[KHANH_HOA, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let found: Vec<std::collections::HashMap<String, String>> =
        reader.deserialize().map(|row| row.expect("a row")).collect();
    for row in expected("expected.csv") {
        let unit = found.iter().find(|unit| unit["unit"] == row["unit"]).expect("the unit");
        for column in ["I", "II", "bonus", "deductions", "total", "max", "index", "rank"] {
            let (found, expected) = (&unit[column], &row[column]);
            let same = found.parse::<Decimal>().ok() == expected.parse::<Decimal>().ok();
            assert!(
                same && found.is_empty() == expected.is_empty(),
                "{column} of {}: {found}, not {expected}",
                row["unit"]
            );
        }
        for column in ["name", "block", "grade"] {
            assert_eq!(unit[column], row[column], "{column} of {}", row["unit"]);
        }
        assert_eq!(unit["status"].replace('-', " "), row["status"]);
    }
}

#[test]
fn khanh_hoa_reproduces_every_criterion() {
    let tier = khanh_hoa();
    let mut criteria = 0;
    for row in expected("criteria.csv") {
        let (name, id) = (&row["unit"], &row["criterion"]);
        if id.starts_with("IV.") {
            continue;
        }
        let found = &unit(&tier, name)["criteria"][id];
        check(&found["points"], &row["points"], None, &format!("{id} of {name}"));
        check(&found["max"], &row["max"], None, &format!("the maximum of {id} of {name}"));
        criteria += 1;
    }
    assert!(100 < criteria, "{criteria}");
}

/// Each bonus is explained like a criterion, and all of a unit make the bonus of its result.
#[test]
fn khanh_hoa_reproduces_every_bonus() {
    let mut sums: Vec<(String, Decimal)> = Vec::new();
    for row in expected("criteria.csv") {
        let (name, id) = (&row["unit"], &row["criterion"]);
        if !id.starts_with("IV.") {
            continue;
        }
        let ran = run(&["explain", KHANH_HOA, name, id, "--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let unit: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let entry = &unit["criteria"][0];
        assert_eq!(entry["id"].as_str(), Some(id.as_str()));
        check(&entry["points"], &row["points"], None, &format!("{id} of {name}"));
        let points: Decimal = row["points"].parse().expect("points");
        match sums.iter_mut().find(|(unit, _)| unit == name) {
            Some((_, sum)) => *sum += points,
            None => sums.push((name.clone(), points)),
        }
    }
    for row in expected("expected.csv").iter().filter(|row| !row["bonus"].is_empty()) {
        let (_, sum) = sums.iter().find(|(unit, _)| *unit == row["unit"]).expect("its bonus");
        assert_eq!(Ok(*sum), row["bonus"].parse(), "the bonus of {}", row["unit"]);
    }
}

/// What the README of the example says of its units stands in the table that people read.
#[test]
fn khanh_hoa_names_reasons_and_what_does_not_apply() {
    let table = scored(&[KHANH_HOA]).stdout;
    for words in [
        "Không xếp hạng – Phường mẫu H: đơn vị mới thành lập, chấm điểm thử",
        "Không chấm điểm – Phường mẫu G: V.1 ",
        "Không đánh giá – Phường mẫu E, tiêu chí II.6: không được giao kinh phí riêng",
        "Không đánh giá – Phường mẫu H, tiêu chí I.2.1: mẫu số bằng 0",
    ] {
        assert!(table.contains(words), "{words:?} is not in\n{table}");
    }
}
