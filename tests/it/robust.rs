//! `robust`: what comes out of the draws, against chances worked out by hand, points that the examples'
//! own programs computed, and standard errors of R.

use crate::support::{Folder, Ran, project, run, run_with};
use serde_json::Value;
use std::collections::HashMap;

#[track_caller]
fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

fn example(name: &str) -> String {
    project().join("examples").join(name).to_str().expect("UTF-8").to_owned()
}

/// A round of units with one criterion or more; `results` is a wide table.
fn round(set: &str, results: &str, more: &str) -> Folder {
    let set = format!(
        "[set]\nid = \"s\"\nname = \"s\"\nstatus = \"sample\"\nmax = 10\nmissing = \"not-scored\"\n{set}"
    );
    let round = format!("[round]\n{more}[[tier]]\nid = \"xa\"\ncriteria = \"s.toml\"\nresults = \"r.csv\"\n");
    Folder::new(&[("s.toml", &set), ("r.csv", results), ("round.toml", &round)])
}

fn robust(folder: &Folder, args: &[&str]) -> Value {
    json(&folder.run(&[&["robust", "round.toml", "--format", "json"], args].concat()))
}

/// The chance that a unit is first.
fn first(found: &Value, unit: &str) -> f64 {
    let units = found["blocks"][0]["units"].as_array().expect("units");
    let of = units.iter().find(|of| of["unit"] == unit).expect("the unit");
    let chances = of["chances"].as_array().expect("chances");
    chances.iter().find(|chance| chance[0] == 1).map_or(0.0, |chance| chance[1].as_f64().expect("a chance"))
}

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

/// Four standard deviations of a share in ten thousand draws.
const CHANCE: f64 = 0.02;

#[test]
fn an_input_near_the_edge_of_a_band_falls_on_either_side() {
    let set = "[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 10\nkind = \"bands\"\nunit = \"%\"\n\
        bands = [{ from = 90, points = 10 }, { from = 50, below = 90, points = 6 }, { below = 50, points = 0 }]\n";
    let folder = round(set, "unit,1\nA,89\nB,60\nC,95\n", "");
    // A is from 87 to 91, and has 10 points above 90: a quarter. B stays at 6, C at 10.
    let found = robust(&folder, &["--input", "1=2"]);
    near(first(&found, "A"), 0.25, CHANCE);
    assert_eq!((first(&found, "B"), first(&found, "C")), (0.0, 1.0));
    // With 5 % A is from 84.55 to 93.45: 3.45 ÷ 8.9 are above 90; C from 90.25 on, held at 100.
    let found = robust(&folder, &["--input", "1=5%"]);
    near(first(&found, "A"), 3.45 / 8.9, CHANCE);
    assert_eq!(first(&found, "C"), 1.0);
}

#[test]
fn appraisals_that_disagree() {
    let set = "[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 10\nkind = \"given\"\n";
    let results = "unit,stage,1.points\nA,self,10\nA,final,6\nB,self,9\nB,final,9\n";
    let folder = round(set, results, "stages = [\"self\", \"final\"]\n");
    near(first(&robust(&folder, &["--appraisal", "either"]), "A"), 0.5, CHANCE);
    // Between 6 and 10, more than 9 in a quarter.
    near(first(&robust(&folder, &["--appraisal", "between"]), "A"), 0.25, CHANCE);
}

#[test]
fn a_survey_spreads_the_index_by_its_standard_error() {
    let file = |name: &str| example("sipas-mau-2026") + "/" + name;
    let set = "[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 10\nkind = \"index\"\nof = \"sipas\"\n";
    let more = format!(
        "units = {:?}\n[[index]]\nid = \"sipas\"\nquestionnaire = \"sipas-2026\"\nanswers = {:?}\n",
        file("units.csv"),
        file("answers.csv")
    );
    let units = (1..=12).fold("unit\n".to_owned(), |text, at| format!("{text}X{at:02}\n"));
    let folder = round(set, &units, &more);
    let found = robust(&folder, &["--surveys"]);
    let mut reader = csv::Reader::from_path(file("expected/expected.csv")).expect("what R computed");
    let rows: Vec<HashMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
    let mut compared = 0;
    for block in found["blocks"].as_array().expect("blocks") {
        for unit in block["units"].as_array().expect("units") {
            let is_it = |row: &&HashMap<String, String>| {
                row["unit"] == unit["unit"].as_str().unwrap_or("")
                    && row["part"] == "overall"
                    && row["by"].is_empty()
                    && row["minus"].is_empty()
            };
            let error: f64 = rows.iter().find(is_it).expect("the row")["se"].parse().expect("a number");
            let spread = unit["deviation_of_index"].as_f64().expect("a number");
            near(spread / error, 1.0, 0.04);
            compared += 1;
        }
    }
    assert_eq!(compared, 11, "one has too few forms");
}

/// Points and maxima of each district and criterion, as the example's own program computed them.
fn computed() -> HashMap<String, Vec<(String, f64, f64)>> {
    let mut reader =
        csv::Reader::from_path(example("phu-xuyen-2023") + "/expected/criteria.csv").expect("points");
    let mut units: HashMap<String, Vec<(String, f64, f64)>> = HashMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let number = |at: usize| row[at].parse::<f64>().expect("a number");
        units.entry(row[0].to_owned()).or_default().push((row[1].to_owned(), number(2), number(3)));
    }
    units
}

/// Ranks of the districts with other weights, ties sharing the best.
fn ranks(weight: impl Fn(&str, f64) -> f64) -> HashMap<String, usize> {
    let index = |criteria: &[(String, f64, f64)]| {
        let points: f64 = criteria.iter().map(|(id, points, max)| points / max * weight(id, *max)).sum();
        let max: f64 = criteria.iter().map(|(id, _, max)| weight(id, *max)).sum();
        points / max
    };
    let of: Vec<(String, f64)> =
        computed().into_iter().map(|(unit, criteria)| (unit, index(&criteria))).collect();
    let rank = |own: f64| 1 + of.iter().filter(|(_, other)| own + 1e-12 < *other).count();
    of.iter().map(|(unit, own)| (unit.clone(), rank(*own))).collect()
}

#[test]
fn rankings_without_a_criterion_and_weights_at_which_neighbours_tie() {
    let found = json(&run(&[
        "robust",
        &example("phu-xuyen-2023"),
        "--draws",
        "100",
        "--leave-out",
        "--swaps",
        "--format",
        "json",
    ]));
    let block = &found["blocks"][0];
    let own = ranks(|_, max| max);
    let without = block["without"].as_array().expect("rankings");
    assert_eq!(without.len(), 8 + 36, "fields and criteria");
    for left_out in without {
        let id = left_out["id"].as_str().expect("an id");
        let is_left_out = |of: &str| of == id || of.starts_with(&format!("{id}."));
        let expected = ranks(|of, max| if is_left_out(of) { 0.0 } else { max });
        for unit in left_out["ranks"].as_array().expect("ranks") {
            let rank = expected[unit[0].as_str().expect("a unit")];
            assert_eq!(unit[1].as_u64(), Some(rank as u64), "{unit} without {id}");
        }
        let shift: usize = expected.iter().map(|(unit, rank)| rank.abs_diff(own[unit])).sum();
        near(left_out["mean_shift"].as_f64().expect("a number"), shift as f64 / 30.0, 1e-9);
    }
    let units = computed();
    let swaps = block["swaps"].as_array().expect("swaps");
    assert!(20 < swaps.len(), "{}", swaps.len());
    for swap in swaps {
        let weight = swap["weight"].as_f64().expect("a weight");
        let index = |unit: &str| -> f64 {
            let at = |(id, points, max): &(String, f64, f64)| {
                if swap["criterion"] == id.as_str() { points / max * weight } else { *points }
            };
            units[unit].iter().map(at).sum()
        };
        let (a, b) = (swap["a"].as_str().expect("a unit"), swap["b"].as_str().expect("a unit"));
        near(index(a) - index(b), 0.0, 1e-9);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let round = example("phu-xuyen-2023");
    let args = ["robust", &round, "--weights", "25%", "--draws", "3000", "--decide", "--format", "json"];
    let on = |threads: &str| run_with(project(), &args, &[("RAYON_NUM_THREADS", threads)]).stdout;
    assert_eq!(on("1"), on("3"));
    let other = run(&[&args[..], &["--seed", "2"]].concat()).stdout;
    assert_ne!(other, on("1"));
}

#[test]
fn a_limit_keeps_its_grade_in_every_draw() {
    // 86.65 % would be Tốt; ten percent of late dossiers keep the district at Khá.
    let round = example("khanh-hoa-2022");
    let args =
        ["robust", &round, "--tier", "huyen", "--input", "7.2=2", "--draws", "500", "--format", "json"];
    let found = json(&run(&args));
    let units = found["blocks"][0]["units"].as_array().expect("units");
    let limited = units.iter().find(|unit| unit["unit"] == "ninh-hoa").expect("the unit");
    let grades = limited["grades"].as_array().expect("grades");
    let certain = grades.iter().find(|grade| grade["chance"] == 1.0).expect("a certain grade");
    assert_eq!(certain["grade"], "Khá");
}

#[test]
fn one_draw_is_as_it_says() {
    let round = example("phu-xuyen-2023");
    let draw = |number: &str| {
        let args = ["robust", &round, "--weights", "25%", "--draw", number, "--format", "json"];
        json(&run(&args))["blocks"][0].clone()
    };
    let found = draw("7");
    let weights: HashMap<String, f64> = found["weights"]
        .as_array()
        .expect("weights")
        .iter()
        .map(|of| (of["id"].as_str().expect("an id").to_owned(), of["drawn"].as_f64().expect("a weight")))
        .collect();
    near(weights.values().sum(), 100.0, 1e-9);
    let expected = ranks(|id, _| weights[id]);
    for unit in found["units"].as_array().expect("units") {
        let rank = expected[unit["unit"].as_str().expect("a unit")];
        assert_eq!(unit["rank"].as_u64(), Some(rank as u64), "{unit}");
    }
    assert_ne!(found, draw("8"));
}

#[test]
fn a_chair_reads_where_a_unit_stands() {
    let round = example("phu-xuyen-2023");
    let said = run(&["robust", &round, "--weights", "25%", "--unit", "cau-giay"]).stdout;
    assert!(said.contains("Quận Cầu Giấy: hạng 4–6 trong 90 % số lần thử"), "{said}");
    assert!(said.contains("không phân biệt được với Huyện Thường Tín (đứng trên trong"), "{said}");
    let last = run(&["robust", &round, "--weights", "25%", "--unit", "phu-xuyen", "--lang", "en"]).stdout;
    assert!(last.contains("rank 30 in 90 % of the draws; told apart from every other unit"), "{last}");
}

#[test]
fn what_cannot_be_varied() {
    let round = example("phu-xuyen-2023");
    for (args, words) in [
        (&["--tier", "xa"][..], "không có cấp"),
        (&["--input", "3.9=1"], "gần nhất · nearest: 3"),
        (&["--input", "3.1=1"], "đầu vào bằng số"),
        (&["--input", "3.3=0"], "sai số phải lớn hơn 0"),
        (&["--input", "3.3"], "viết dạng"),
        (&["--surveys"], "không có gì để thử"),
        (&["--appraisal", "either"], "không có gì để thử"),
        (&["--weights", "25"], "25%"),
        (&["--draws", "10"], "100"),
        (&["--unit", "x"], "không có đơn vị"),
    ] {
        let ran = run(&[&["robust", &round], args].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
    }
}
