//! The places that this product is for: each example comes out as its `expected/` says, which an
//! independent program in the folder computed, and as the place itself published.

use crate::sets::unit;
use crate::support::{project, python, run};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

type Row = HashMap<String, String>;

/// A table, each row by its columns.
fn table(example: &str, file: &str) -> Vec<Row> {
    let path = project().join("examples").join(example).join(file);
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let rows: Vec<Row> = reader.deserialize().map(|row| row.expect("a row")).collect();
    assert!(!rows.is_empty(), "{path:?} is empty");
    rows
}

fn score(example: &str) -> Value {
    let ran = run(&["score", &format!("examples/{example}"), "--fields", "all", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// The tier that a row names, or the only one.
fn tier<'a>(round: &'a Value, row: &Row) -> &'a Value {
    let tiers = round["tiers"].as_array().expect("tiers");
    match row.get("tier") {
        Some(id) => tiers.iter().find(|tier| tier["id"] == id.as_str()).expect("the tier"),
        None => &tiers[0],
    }
}

/// A number of JSON, rounded as the expected one was written; an empty cell is null.
#[track_caller]
fn same(found: &Value, expected: &str, what: &str) {
    let Ok(expected) = expected.parse::<Decimal>() else {
        let words = found.as_str().unwrap_or_default();
        assert!(words == expected, "{what}: {found}, not {expected:?}");
        return;
    };
    let text = found.to_string();
    let found: Decimal = text.parse().unwrap_or_else(|_| panic!("{what}: {text}, not {expected}"));
    let digits = expected.scale().max(2);
    let found = found.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    assert_eq!(found, expected, "{what}");
}

/// Every column of `expected.csv` and every row of `criteria.csv`.
fn reproduces(example: &str) {
    let round = score(example);
    let mut compared = 0;
    for row in table(example, "expected/expected.csv").iter().filter(|row| !row.contains_key("criterion")) {
        let found = unit(tier(&round, row), &row["unit"]);
        for (column, expected) in row {
            let what = format!("{column} of {} in {example}", row["unit"]);
            let value = match column.as_str() {
                "tier" | "unit" | "criteria_with_points_lost" => continue,
                "name" | "bonus" | "deductions" | "max" | "index" | "grade" | "rank" => &found[column],
                "total" => &found["points"],
                field => &found["criteria"][field]["points"],
            };
            same(value, expected, &what);
            compared += 1;
        }
    }
    let folder = project().join("examples").join(example).join("expected");
    let file = if folder.join("criteria.csv").exists() { "criteria.csv" } else { "expected.csv" };
    for row in table(example, &format!("expected/{file}")) {
        let found = unit(tier(&round, &row), &row["unit"]);
        let criterion = row.get("criterion").map_or("", String::as_str);
        let (points, max) = match criterion {
            "" => (&found["points"], &found["max"]),
            id => (&found["criteria"][id]["points"], &found["criteria"][id]["max"]),
        };
        let what = format!("{criterion} of {} in {example}", row["unit"]);
        if !points.is_null() || !row["points"].is_empty() {
            let is_bonus = found["criteria"].get(criterion).is_none() && !criterion.is_empty();
            if !is_bonus {
                same(points, &row["points"], &what);
                same(max, &row["max"], &what);
                compared += 2;
            }
        }
    }
    assert!(10 < compared, "{example}: {compared} figures");
}

#[test]
fn thanh_hoa_2023_comes_out() {
    reproduces("thanh-hoa-2023");
}

#[test]
fn thanh_hoa_2024_comes_out() {
    reproduces("thanh-hoa-2024");
}

#[test]
fn phu_xuyen_comes_out() {
    reproduces("phu-xuyen-2023");
}

#[test]
fn khanh_hoa_2022_comes_out() {
    reproduces("khanh-hoa-2022");
}

#[test]
fn son_la_comes_out() {
    reproduces("son-la-2020");
}

#[test]
fn dong_trieu_comes_out() {
    reproduces("dong-trieu-2022");
}

#[test]
fn mot_cua_khanh_hoa_comes_out() {
    reproduces("mot-cua-khanh-hoa-2016");
}

/// The points of every stage, and what stands in the table and in the warnings.
#[test]
fn appraisal_comes_out_stage_by_stage() {
    let ran = run(&["score", "examples/tham-dinh-2026", "--stages", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let round: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    for row in table("tham-dinh-2026", "expected/stages.csv") {
        let units = round["tiers"][0]["units"].as_array().expect("units");
        let found = units.iter().find(|unit| unit["id"] == row["unit"].as_str()).expect("the unit");
        same(
            &found["stages"][&row["stage"]],
            &row["points"],
            &format!("{} at {}", row["unit"], row["stage"]),
        );
    }
    let round = score("tham-dinh-2026");
    for row in table("tham-dinh-2026", "expected/expected.csv") {
        let found = unit(&round["tiers"][0], &row["unit"]);
        for (column, value) in [
            ("total", &found["points"]),
            ("max", &found["max"]),
            ("index", &found["index"]),
            ("grade", &found["grade"]),
            ("rank", &found["rank"]),
            ("1", &found["criteria"]["1"]["points"]),
            ("2", &found["criteria"]["2"]["points"]),
            ("3", &found["criteria"]["3"]["points"]),
        ] {
            same(value, &row[column], &format!("{column} of {}", row["unit"]));
        }
    }
    let warned = warnings("tham-dinh-2026");
    assert!(warned.contains("[never-appraised]") && warned.contains("[no-evidence]"), "{warned}");
}

/// The independent programs are run again on a copy and write what is shipped.
#[test]
fn the_independent_programs_compute_what_is_expected() {
    let Some(python) = python(&[]) else { return };
    let copy = tempfile::tempdir().expect("a folder");
    for folder in ["examples", "criteria"] {
        copy_all(&project().join(folder), &copy.path().join(folder));
    }
    let mut programs = 0;
    for example in std::fs::read_dir(copy.path().join("examples")).expect("examples") {
        let expected = example.expect("an entry").path().join("expected");
        let program = expected.join("compute.py");
        if !program.exists() {
            continue;
        }
        let ran = Command::new(&python).arg("-B").arg(&program).output().expect("python3 runs");
        assert!(ran.status.success(), "{program:?}: {}", String::from_utf8_lossy(&ran.stderr));
        for file in std::fs::read_dir(&expected).expect("expected/") {
            let path = file.expect("a file").path();
            let shipped = project().join(path.strip_prefix(copy.path()).expect("in the copy"));
            if path.is_file() {
                assert_eq!(std::fs::read(&path).ok(), std::fs::read(&shipped).ok(), "{shipped:?}");
            }
        }
        programs += 1;
    }
    assert_eq!(programs, 9);
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry").path();
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy_all(&entry, &target);
        } else {
            std::fs::copy(&entry, &target).expect("a copy");
        }
    }
}

#[track_caller]
fn csv_row(example: &str, id: &str) -> Row {
    let ran = run(&["score", &format!("examples/{example}"), "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let mut rows = reader.deserialize().map(|row| row.expect("a row"));
    rows.find(|row: &Row| row["unit"] == id).unwrap_or_else(|| panic!("no unit {id}"))
}

#[track_caller]
fn warnings(example: &str) -> String {
    let ran = run(&["check", &format!("examples/{example}")]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stderr
}

/// Article 000: 80,13 %, Khá, 8 of 8, the year before 79,56 (GC06); 39,33 % against 40 %.
#[test]
fn nha_trang_is_last_of_eight() {
    let row = csv_row("khanh-hoa-2022", "nha-trang");
    for (column, expected) in
        [("index", "80.13"), ("grade", "Khá"), ("rank", "8"), ("previous_index", "79.56"), ("change", "0.57")]
    {
        assert_eq!(row[column], expected, "{column}");
    }
    let missed: Vec<&str> = row["targets_missed"].split("; ").collect();
    assert!(missed.contains(&"7.2"), "{missed:?}");
    let ran = run(&["explain", "examples/khanh-hoa-2022", "nha-trang", "7.2"]);
    assert!(ran.stdout.contains("39,33 ÷ 40 × 100 = 98,325 %"), "{}", ran.stdout);
}

/// Article 001: 90,39 points, 3 of 12, up 8 places; 27 of 24; 54 + 54 is not 104.
#[test]
fn son_la_city_rose_by_eight_places() {
    let row = csv_row("son-la-2020", "tp-son-la");
    assert_eq!((&*row["total"], &*row["rank"], &*row["places"]), ("90.39", "3", "8"));
    assert_eq!((&*row["previous_rank"], &*row["previous_index"], &*row["change"]), ("11", "", ""));
    let table = run(&["score", "examples/son-la-2020", "--unit", "tp-son-la"]).stdout;
    assert!(table.contains("▲ 8"), "{table}");
    let warned = warnings("son-la-2020");
    assert!(
        warned.contains("27 trên 24") && warned.contains("ghi tổng 104 nhưng các phần cộng lại được 108")
    );
}

/// Article 003: 91,61, 30 of 30, fifteen criteria that lost points.
#[test]
fn phu_xuyen_lost_points_in_fifteen_criteria() {
    let row = csv_row("phu-xuyen-2023", "phu-xuyen");
    assert_eq!((&*row["index"], &*row["rank"]), ("91.61", "30"));
    let explained = run(&["explain", "examples/phu-xuyen-2023", "phu-xuyen"]).stdout;
    assert!(explained.contains("Mất 8,39 điểm ở 15 tiêu chí"), "{explained}");
    for (id, index, rank) in
        [("dong-da", "96.30", "1"), ("nam-tu-liem", "95.70", "2"), ("hoan-kiem", "95.70", "2")]
    {
        let row = csv_row("phu-xuyen-2023", id);
        assert_eq!((&*row["index"], &*row["rank"]), (index, rank), "{id}");
    }
}

/// Article 004: 15.977 of 34.170 is 46,76 %; 23.596 of 25.615 is not the printed 92,76 %.
#[test]
fn dong_trieu_prints_a_ratio_that_its_numbers_do_not_give() {
    let warned = warnings("dong-trieu-2022");
    assert!(warned.contains("ghi 92,76 % nhưng tử số và mẫu số cho 92,11"), "{warned}");
    assert!(!warned.contains("46,76"), "{warned}");
}

/// S02: 68,32 points of a reduced maximum of 84 are 81,33 %.
#[test]
fn ban_dan_toc_has_a_reduced_maximum() {
    let row = csv_row("thanh-hoa-2023", "ban-dan-toc");
    assert_eq!(
        (&*row["total"], &*row["max"], &*row["index"], &*row["rank"]),
        ("68.32", "84.00", "81.33", "20")
    );
}

/// S01: all twenty departments, ranks that differ where the printed indices are equal.
#[test]
fn thanh_hoa_2024_ranks_what_is_printed_alike() {
    for published in table("thanh-hoa-2024", "expected/published.csv") {
        let row = csv_row("thanh-hoa-2024", &published["unit"]);
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        assert_eq!(number(&row["index"]), number(&published["index"]), "{}", published["unit"]);
        assert_eq!(row["rank"], published["rank"], "{}", published["unit"]);
    }
}
