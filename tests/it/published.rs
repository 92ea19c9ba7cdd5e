//! What was published, against what we compute: the 102 communes of Đắk Lắk and the 34 provinces.

use crate::sets::{score, unit};
use crate::support::{project, run};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A table by unit, in its order.
struct Sheet {
    header: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

impl Sheet {
    fn read(text: &str) -> Sheet {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let unit = header.iter().position(|name| name == "unit").expect("a column unit");
        let rows = reader.records().map(|row| row.expect("a row"));
        let rows = rows.map(|row| (row[unit].to_owned(), row.iter().map(str::to_owned).collect())).collect();
        Sheet { header, rows }
    }

    /// The table that the program prints for a round, every criterion in it.
    #[track_caller]
    fn scored(round: &str) -> Sheet {
        let ran = run(&["score", round, "--format", "csv", "--fields", "all"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{round}");
        Sheet::read(&ran.stdout)
    }

    fn published(round: &str) -> Sheet {
        let file = project().join(round).join("expected/published.csv");
        Sheet::read(&std::fs::read_to_string(file).expect("the published table"))
    }

    fn units(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(unit, _)| unit.as_str())
    }

    #[track_caller]
    fn cell(&self, unit: &str, column: &str) -> &str {
        let at = self
            .header
            .iter()
            .position(|name| name == column)
            .unwrap_or_else(|| panic!("no column {column}"));
        let row = self.rows.iter().find(|(name, _)| name == unit).unwrap_or_else(|| panic!("no unit {unit}"));
        &row.1[at]
    }

    #[track_caller]
    fn number(&self, unit: &str, column: &str) -> Decimal {
        self.cell(unit, column).parse().expect("a number")
    }

    /// Competition ranks of a column, worked out here.
    fn competition(&self, column: &str) -> HashMap<String, usize> {
        let better = |unit: &str| {
            let own = self.number(unit, column);
            self.units().filter(|other| own < self.number(other, column)).count()
        };
        self.units().map(|unit| (unit.to_owned(), better(unit) + 1)).collect()
    }
}

/// Units whose published and computed figures differ: unit, published, computed.
#[track_caller]
fn differences(ours: (&Sheet, &str), published: (&Sheet, &str)) -> Vec<String> {
    let (sheet, column) = published;
    let pair = |unit: &str| (sheet.number(unit, column), ours.0.number(unit, ours.1));
    let differs = |unit: &&str| pair(unit).0 != pair(unit).1;
    let show = |unit: &str| format!("{unit} {} {}", pair(unit).0.normalize(), pair(unit).1.normalize());
    sheet.units().filter(differs).map(show).collect()
}

const DAK_LAK: &str = "examples/dak-lak-2026";
const METRICS: [&str; 16] = [
    "1.1", "1.2", "1.3", "1.4", "2.1", "3.1", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "6.1", "6.2",
    "6.3",
];

#[test]
fn all_102_communes_agree_in_each_of_the_sixteen_metrics() {
    let (ours, published) = (Sheet::scored(DAK_LAK), Sheet::published(DAK_LAK));
    assert_eq!((ours.rows.len(), published.rows.len()), (102, 102));
    for metric in METRICS {
        let column = format!("{metric}.points");
        assert_eq!(differences((&ours, metric), (&published, &column)), [""; 0], "{metric}");
    }
}

/// Three communes are published 0.01 lower than their own numbers give, by no rule that was found.
#[test]
fn group_5_agrees_in_99_communes_and_fields_and_totals_with_it() {
    let (ours, published) = (Sheet::scored(DAK_LAK), Sheet::published(DAK_LAK));
    let group = ["H15.104 7.08 7.09", "H15.179 6.67 6.68", "H15.106 6.63 6.64"];
    assert_eq!(differences((&ours, "5"), (&published, "5.points")), group);
    assert_eq!(differences((&ours, "5"), (&published, "field5")), group);
    for field in ["1", "2", "3", "4", "6"] {
        assert_eq!(
            differences((&ours, field), (&published, &format!("field{field}"))),
            [""; 0],
            "field {field}"
        );
    }
    let totals = ["H15.104 71.04 71.05", "H15.179 68.2 68.21", "H15.106 58.57 58.58"];
    assert_eq!(differences((&ours, "total"), (&published, "total")), totals);
    for unit in ours.units() {
        assert_eq!(ours.cell(unit, "index"), ours.cell(unit, "total"), "of 100 points, {unit}");
    }
}

/// The portal's total is the sum of its own six fields, and so is ours.
#[test]
fn totals_are_the_sums_of_their_fields() {
    let (ours, published) = (Sheet::scored(DAK_LAK), Sheet::published(DAK_LAK));
    for unit in ours.units() {
        let sum = |sheet: &Sheet, name: fn(u32) -> String| {
            (1..=6).map(|at| sheet.number(unit, &name(at))).sum::<Decimal>()
        };
        assert_eq!(sum(&ours, |at| at.to_string()), ours.number(unit, "total"), "{unit}");
        assert_eq!(
            sum(&published, |at| format!("field{at}")),
            published.number(unit, "total"),
            "{unit} as published"
        );
    }
}

#[test]
fn grades_agree_in_all_communes() {
    let (ours, published) = (Sheet::scored(DAK_LAK), Sheet::published(DAK_LAK));
    let mut count: HashMap<&str, usize> = HashMap::new();
    for unit in published.units() {
        assert_eq!(ours.cell(unit, "grade"), published.cell(unit, "portal_grade"), "{unit}");
        *count.entry(ours.cell(unit, "grade")).or_default() += 1;
    }
    assert_eq!(count, HashMap::from([("Khá", 45), ("Trung bình", 57)]));
}

/// The portal gives equal totals different places by the order of its rows; here they share one.
#[test]
fn ranks_are_competition_ranks_of_the_published_totals() {
    let (ours, published) = (Sheet::scored(DAK_LAK), Sheet::published(DAK_LAK));
    let competition = published.competition("total");
    let mut broken = Vec::new();
    for unit in published.units() {
        assert_eq!(ours.cell(unit, "rank"), competition[unit].to_string(), "{unit}");
        let portal = published.cell(unit, "portal_rank_in_tier");
        if portal != ours.cell(unit, "rank") {
            broken.push(format!(
                "{unit} {} {portal} {}",
                published.cell(unit, "total"),
                ours.cell(unit, "rank")
            ));
        }
    }
    let by_row_order = [
        "H15.189 71.84 27 26",
        "H15.201 71.84 28 26",
        "H15.180 71.03 38 37",
        "H15.166 67.78 68 67",
        "H15.116 57.34 96 95",
    ];
    assert_eq!(broken, by_row_order);
    let mut shared: HashMap<&str, Vec<&str>> = HashMap::new();
    ours.units()
        .for_each(|unit| shared.entry(ours.cell(unit, "rank")).or_default().push(ours.cell(unit, "total")));
    let mut shared: Vec<Vec<&str>> = shared.into_values().filter(|units| 1 < units.len()).collect();
    shared.sort();
    assert_eq!(shared, [vec!["57.34"; 2], vec!["67.78"; 2], vec!["71.03"; 2], vec!["71.84"; 3]]);
}

/// The rows come in the order of the ranking.
#[test]
fn the_table_is_sorted_by_rank() {
    let ours = Sheet::scored(DAK_LAK);
    let ranks: Vec<u32> = ours.units().map(|unit| ours.cell(unit, "rank").parse().expect("a rank")).collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
    assert_eq!((ranks[0], ranks[101]), (1, 102));
}

/// JSON has the same figures with all their digits; the published ones are compared once more.
#[test]
fn json_has_the_published_figures_too() {
    let published = Sheet::published(DAK_LAK);
    let ran = run(&["score", DAK_LAK, "--format", "json"]);
    let round: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let tier = &round["tiers"][0];
    assert_eq!(
        (tier["units"].as_array().map(Vec::len), tier["unranked"].as_array().map(Vec::len)),
        (Some(102), Some(0))
    );
    let exact = |value: &serde_json::Value| value.to_string().parse::<Decimal>().expect("a number");
    let mut totals = 0;
    for name in published.units() {
        let unit = unit(tier, name);
        for metric in METRICS {
            let points = published.number(name, &format!("{metric}.points"));
            assert_eq!(exact(&unit["criteria"][metric]["points"]), points, "{metric} of {name}");
        }
        totals += usize::from(exact(&unit["points"]) == published.number(name, "total"));
        assert_eq!(unit["index"], unit["points"], "{name}");
        assert_eq!(exact(&unit["max"]), Decimal::ONE_HUNDRED);
    }
    assert_eq!(totals, 99);
}

/// "A zero denominator scores 0 in every metric but 6.2 and 6.3", as in units of the province that
/// have no dossiers; 4.7 has full points where it has no figures at all.
#[test]
fn a_unit_without_dossiers_scores_zero_but_for_petitions() {
    let header = std::fs::read_to_string(project().join(DAK_LAK).join("results-xa.csv")).expect("results");
    let header = header.lines().next().expect("a header");
    let cell = |name: &str| match name {
        "unit" => "H15.0",
        "name" => "Đơn vị không có hồ sơ",
        "tier" => "xa",
        "3.1.points" => "0",
        "4.7.numerator" | "4.7.denominator" => "",
        _ => "0",
    };
    let row = header.split(',').map(cell).collect::<Vec<_>>().join(",");
    let set = std::fs::read_to_string(project().join("criteria/qd766-xa-2026.toml")).expect("the set");
    let tier = score(&set, &format!("{header}\n{row}\n"), &[]).expect("scored");
    let unit = unit(&tier, "H15.0");
    for metric in METRICS.iter().chain(&["5.1", "5.2", "5.3"]) {
        let expected = match *metric {
            "6.2" | "6.3" => "6",
            "4.7" => "2",
            _ => "0",
        };
        assert_eq!(unit["criteria"][metric]["points"].to_string(), expected, "{metric}");
    }
    assert_eq!((unit["points"].to_string().as_str(), &unit["grade"]), ("14", &"Yếu/Kém".into()));
}

const PROVINCES: &str = "examples/34-provinces-2026";

#[test]
fn all_34_provinces_agree_in_total_and_rank() {
    let (ours, published) = (Sheet::scored(PROVINCES), Sheet::published(PROVINCES));
    assert_eq!((ours.rows.len(), published.rows.len()), (34, 34));
    assert_eq!(differences((&ours, "total"), (&published, "total")), [""; 0]);
    assert_eq!(differences((&ours, "rank"), (&published, "rank")), [""; 0]);
    let competition = published.competition("total");
    for unit in published.units() {
        assert_eq!(published.cell(unit, "rank"), competition[unit].to_string(), "{unit}");
    }
}

/// Two provinces share rank 5 and the next has 7; two share rank 12 and the next has 14.
#[test]
fn provinces_with_equal_totals_share_their_rank() {
    let ours = Sheet::scored(PROVINCES);
    let having = |rank: &str| {
        ours.units()
            .filter(|unit| ours.cell(unit, "rank") == rank)
            .map(|unit| ours.cell(unit, "total"))
            .collect::<Vec<_>>()
    };
    assert_eq!((having("5"), having("6"), having("7").len()), (vec!["65.47", "65.47"], vec![], 1));
    assert_eq!((having("12"), having("13"), having("14").len()), (vec!["63.18", "63.18"], vec![], 1));
}
