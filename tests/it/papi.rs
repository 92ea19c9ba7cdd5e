//! Another index in the same machine: PAPI, 63 provinces × 29 sub-criteria, 2011–2024. The data are
//! shared beside the project and no part of it; where they are absent these tests are skipped.

use crate::sets::{score, unit};
use crate::support::{Folder, project, shared};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use std::collections::HashMap;

const YEARS: std::ops::RangeInclusive<u32> = 2011..=2024;

/// What a sub-criterion of each dimension can have, and how many there are; a dimension has 10.
const DIMENSIONS: [(&str, u32); 8] =
    [("2.5", 4), ("3.34", 4), ("3.34", 3), ("2.5", 4), ("3.34", 4), ("2.5", 4), ("3.34", 3), ("5", 3)];

type Row = HashMap<String, String>;

/// A year of the panel: each province with its sub-criteria and with what they add up to.
struct Year {
    provinces: Vec<Row>,
    totals: Vec<Row>,
}

/// The rows of a shared table that belong to a year; `None` where the table is absent.
fn table(file: &str, year: u32) -> Option<Vec<Row>> {
    let mut reader = csv::Reader::from_path(shared(&format!("data/papi/{file}"))?).expect("a table");
    let rows = reader.deserialize().map(|row| row.expect("a row"));
    let rows: Vec<Row> = rows.filter(|row: &Row| row["year"] == year.to_string()).collect();
    assert_eq!(rows.len(), 63, "provinces of {year} in {file}");
    Some(rows)
}

impl Year {
    fn read(year: u32) -> Option<Year> {
        let provinces = table("papi_subcriteria_2011_2024_wide.csv", year)?;
        Some(Year { provinces, totals: table("papi_dimension_totals_2011_2024.csv", year)? })
    }

    /// Every year, or none where the data are absent.
    fn all() -> impl Iterator<Item = (u32, Year)> {
        YEARS.map_while(|year| Some((year, Year::read(year)?)))
    }

    fn results(&self) -> String {
        self.results_of(|_| true)
    }

    /// The wide file of results of some provinces.
    fn results_of(&self, is_taken: impl Fn(&Row) -> bool) -> String {
        let ids: Vec<String> = ids().map(|(id, _)| id).collect();
        let cells = |row: &Row| ids.iter().map(|id| format!(",{}", row[&column(id)])).collect::<String>();
        let taken = self.provinces.iter().filter(|row| is_taken(row));
        let lines = taken.map(|row| format!("{},{}{}\n", row["province_code"], row["province"], cells(row)));
        format!("unit,name,{}\n{}", ids.join(","), lines.collect::<String>())
    }

    fn missing(&self) -> usize {
        self.provinces.iter().map(|row| ids().filter(|(id, _)| row[&column(id)].is_empty()).count()).sum()
    }
}

/// Ids of the sub-criteria, and what each can have.
fn ids() -> impl Iterator<Item = (String, Decimal)> {
    let of = |(at, (most, count)): (usize, (&'static str, u32))| {
        (1..=count).map(move |sub| (format!("{}.{sub}", at + 1), decimal(most)))
    };
    DIMENSIONS.into_iter().enumerate().flat_map(of)
}

/// `1.2` stands in the column `SC12`.
fn column(id: &str) -> String {
    format!("SC{}", id.replace('.', ""))
}

fn is_blank(row: &Row) -> bool {
    ids().all(|(id, _)| row[&column(&id)].is_empty())
}

#[track_caller]
fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"))
}

#[track_caller]
fn number(value: &Value) -> Decimal {
    decimal(&value.to_string())
}

/// A province of a year as the program totals it.
pub struct Total {
    pub exact: Decimal,
    pub printed: String,
    pub rank: String,
}

/// The provinces of a year that were published, totals printed in this mode; `None` where the data
/// are absent.
pub fn totals(year: u32, mode: &str) -> Option<Vec<Total>> {
    let results = Year::read(year)?.results_of(|row| !is_blank(row));
    let folder = Folder::new(&[("set.toml", &papi(mode)), ("results.csv", &results)]);
    let run = |format: &str| {
        let inputs = ["score", "--criteria", "set.toml", "--results", "results.csv"];
        let ran = folder.run(&[&inputs[..], &["--missing", "zero", "--format", format]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    let round: Value = serde_json::from_str(&run("json")).expect("JSON");
    let of = |row: Row| Total {
        exact: number(&unit(&round["tiers"][0], &row["unit"])["points"]),
        printed: row["total"].clone(),
        rank: row["rank"].clone(),
    };
    let table = run("csv");
    Some(
        csv::Reader::from_reader(table.as_bytes()).deserialize().map(|row| of(row.expect("a row"))).collect(),
    )
}

/// The set that comes along, its total rounded in this mode.
fn papi(mode: &str) -> String {
    let set = std::fs::read_to_string(project().join("criteria/papi.toml")).expect("the set");
    let shipped = "total = { digits = 2, mode = \"half-up\" }";
    assert_eq!(set.matches(shipped).count(), 1);
    set.replace(shipped, &format!("total = {{ digits = 2, mode = \"{mode}\" }}"))
}

#[track_caller]
fn scored(results: &str, missing: &str) -> Value {
    score(&papi("half-up"), results, &[("--missing", missing), ("--decimal", "point")])
        .unwrap_or_else(|said| panic!("{said}"))
}

/// A sum of the table, where it has six digits, against ours, which has all.
#[track_caller]
fn check_sum(found: &Value, expected: &str, what: &str) {
    let difference = (number(found) - decimal(expected)).abs();
    assert!(difference <= decimal("0.0000005"), "{what}: {found}, not {expected}");
}

/// Each number of a list with the place that it has, 1-2-2-4.
fn competition(indices: &HashMap<String, Decimal>) -> HashMap<String, usize> {
    let place = |own: &Decimal| 1 + indices.values().filter(|other| own < other).count();
    indices.iter().map(|(unit, index)| (unit.clone(), place(index))).collect()
}

/// The maximum of each dimension is 10 whichever of its sub-criteria a year lacks.
#[test]
fn the_set_has_what_the_data_need() {
    let set: toml::Table = papi("half-up").parse().expect("TOML");
    let criteria = set["criterion"].as_array().expect("a list");
    let of = |id: &str| criteria.iter().find(|entry| entry["id"].as_str() == Some(id)).expect("a criterion");
    for (id, most) in ids() {
        assert_eq!(crate::sets::number(&of(&id)["max"]), most, "{id}");
    }
    let groups = criteria.iter().filter(|entry| entry.get("kind").is_none());
    assert!(groups.clone().all(|group| group["cap"].as_integer() == Some(10)));
    assert_eq!((criteria.len(), groups.count(), set["set"]["max"].as_integer()), (37, 8, Some(80)));
}

/// With 0 for what is missing the total is the sum of what there is. Dimensions 7 and 8 begin in
/// 2018; a province that was not published has 0 and is behind all others.
#[test]
fn every_province_of_every_year_has_its_sums_and_its_rank() {
    let mut checked = 0;
    for (year, data) in Year::all() {
        let tier = scored(&data.results(), "zero");
        assert_eq!(tier["missing_count"].to_string(), data.missing().to_string(), "{year}");
        let published = data.totals.iter().filter(|row| !row["total_sum_available"].is_empty()).count();
        for row in &data.totals {
            let what = |of: &str| format!("{of} of {} in {year}", row["province"]);
            let unit = unit(&tier, &row["province_code"]);
            assert_eq!(unit["max"].to_string(), "80");
            for dimension in 1..=8 {
                let expected = &row[&format!("C0{dimension}")];
                let found = &unit["criteria"][dimension.to_string()]["points"];
                check_sum(found, if expected.is_empty() { "0" } else { expected }, &what("a dimension"));
            }
            if row["total_sum_available"].is_empty() {
                assert_eq!(
                    (number(&unit["points"]), number(&unit["rank"])),
                    (Decimal::ZERO, (published + 1).into())
                );
                continue;
            }
            check_sum(&unit["points"], &row["total_sum_available"], &what("the total"));
            assert_eq!(unit["rank"].to_string(), row["rank_competition_desc"], "{}", what("the rank"));
            checked += 1;
        }
    }
    assert!([0, 873].contains(&checked), "{checked} province-years");
}

/// The same without the provinces that were not published: nobody's rank changes.
#[test]
fn provinces_that_are_not_there_change_no_rank() {
    for (year, data) in Year::all() {
        let tier = scored(&data.results_of(|row| !is_blank(row)), "zero");
        let of_totals = |row: &&Row| !row["rank_competition_desc"].is_empty();
        let ranked = data.totals.iter().filter(of_totals);
        assert_eq!(tier["units"].as_array().map(Vec::len), Some(ranked.clone().count()), "{year}");
        for row in ranked {
            let found = &unit(&tier, &row["province_code"])["rank"];
            assert_eq!(found.to_string(), row["rank_competition_desc"], "{} in {year}", row["province"]);
        }
    }
}

/// The points, the maximum that is left and the index, worked out here: what a dimension can give is
/// what its sub-criteria with a value can give, though never more than 10.
fn reduced(row: &Row) -> Option<(Decimal, Decimal, Decimal)> {
    let (mut points, mut max) = (Decimal::ZERO, Decimal::ZERO);
    for dimension in 1..=8 {
        let inside = format!("{dimension}.");
        let there = ids().filter(|(id, _)| id.starts_with(&inside) && !row[&column(id)].is_empty());
        let sums = there.fold((Decimal::ZERO, Decimal::ZERO), |(points, max), (id, most)| {
            (points + decimal(&row[&column(&id)]), max + most)
        });
        points += sums.0;
        max += sums.1.min(Decimal::TEN);
    }
    (Decimal::ZERO < max).then(|| (points, max, points * Decimal::ONE_HUNDRED / max))
}

#[test]
fn not_applicable_reduces_the_maximum_and_ranks_by_the_index() {
    for (year, data) in Year::all() {
        let tier = scored(&data.results(), "n/a");
        let expected: HashMap<String, (Decimal, Decimal, Decimal)> = data
            .provinces
            .iter()
            .filter_map(|row| Some((row["province_code"].clone(), reduced(row)?)))
            .collect();
        let indices = expected
            .iter()
            .map(|(unit, of)| {
                (unit.clone(), of.2.round_dp_with_strategy(20, RoundingStrategy::MidpointAwayFromZero))
            })
            .collect();
        let places = competition(&indices);
        for row in &data.provinces {
            let code = &row["province_code"];
            let found = unit(&tier, code);
            let Some((points, max, index)) = expected.get(code) else {
                assert_eq!(
                    (found["status"].as_str(), found["index"].is_null(), found["rank"].is_null()),
                    (Some("not-scored"), true, true),
                    "{code} in {year}"
                );
                continue;
            };
            assert_eq!(
                (number(&found["points"]), number(&found["max"])),
                (*points, *max),
                "{code} in {year}"
            );
            let difference = (number(&found["index"]) - index).abs();
            assert!(difference < decimal("0.000000000000000001"), "{code} in {year}: {}", found["index"]);
            assert_eq!(found["rank"].to_string(), places[code].to_string(), "{code} in {year}");
        }
    }
}

/// Until 2017 there were six dimensions, so the maximum is 60; since 2018 it is 80, though 8.3 is
/// lacking then and 5.2 since 2021: the dimension's other sub-criteria have its 10 points.
#[test]
fn the_maximum_follows_the_dimensions_of_the_year() {
    for (year, data) in Year::all() {
        let tier = scored(&data.results(), "n/a");
        let maxima = tier["units"].as_array().expect("units").iter().map(|unit| unit["max"].to_string());
        let mut count: HashMap<String, usize> = HashMap::new();
        maxima.for_each(|max| *count.entry(max).or_default() += 1);
        let published = data.provinces.iter().filter(|row| !is_blank(row)).count();
        let (usual, others) = match year {
            ..=2017 => ("60", vec![]),
            // Two provinces without two dimensions; one without four, one without four.
            2018 => ("80", vec![("60", 2)]),
            2022 => ("80", vec![("40", 2)]),
            _ => ("80", vec![]),
        };
        let rest: usize = others.iter().map(|(_, count)| count).sum();
        let all = others.into_iter().chain([(usual, published - rest)]);
        assert_eq!(count, all.map(|(max, count)| (max.to_owned(), count)).collect(), "{year}");
    }
}

/// Unless somebody says what it means, what is missing stops the work.
#[test]
fn missing_cells_are_refused_without_a_policy() {
    for (year, data) in Year::all() {
        let outcome = score(&papi("half-up"), &data.results(), &[("--decimal", "point")]);
        match year {
            // The years in which every province had every value.
            2019 | 2020 => assert!(outcome.is_ok(), "{year}"),
            _ => {
                let said = outcome.expect_err("missing values");
                assert!(said.contains("[missing-value]") || said.contains("[no-results]"), "{year}\n{said}");
            }
        }
    }
}

/// A unit that lacks anything is not scored, with what it lacks first as the reason, and takes no
/// place from the others. Only the provinces of 2019 and 2020, and of 2021 on without 5.2, are whole.
#[test]
fn incomplete_provinces_are_not_scored() {
    for (year, data) in Year::all() {
        let tier = scored(&data.results(), "not-scored");
        for row in &data.provinces {
            let code = &row["province_code"];
            let found = unit(&tier, code);
            let lacking = ids().map(|(id, _)| id).find(|id| row[&column(id)].is_empty());
            let Some(lacking) = lacking else {
                assert_eq!(found["status"].as_str(), Some("ranked"), "{code} in {year}");
                continue;
            };
            let states = ["status", "reason"].map(|key| found[key].as_str().unwrap_or_default());
            assert_eq!(states[0], "not-scored", "{code} in {year}");
            assert!(states[1].contains(&lacking), "{code} in {year}: {}, not {lacking}", states[1]);
            assert!(["points", "index", "rank"].iter().all(|key| found[*key].is_null()), "{code} in {year}");
        }
        let whole = data.totals.iter().filter(|row| row["n_missing_subcriteria"] == "0");
        assert_eq!(tier["units"].as_array().map(Vec::len), Some(whole.clone().count()), "{year}");
        for row in whole {
            let found = &unit(&tier, &row["province_code"])["rank"];
            assert_eq!(found.to_string(), row["rank_competition_desc"], "{} in {year}", row["province"]);
        }
    }
}

/// The index as it is printed, worked out here; `None` for a province that was not published.
fn printed_index(row: &Row) -> Option<Decimal> {
    let sum: Decimal = ids().filter_map(|(id, _)| row[&column(&id)].parse::<Decimal>().ok()).sum();
    let index = sum * Decimal::ONE_HUNDRED / Decimal::from(80);
    (!is_blank(row)).then(|| index.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// Each year beside the one before: what the printed index gained, and places counted upwards. A
/// province that was not published then has nothing to be held against.
#[test]
fn each_year_is_compared_with_the_one_before() {
    let folder = Folder::new(&[("set.toml", &papi("half-up"))]);
    let mut earlier: Option<Year> = None;
    for (year, data) in Year::all() {
        let before =
            earlier.as_ref().map(|_| format!("previous = \"../{}\"\n", year - 1)).unwrap_or_default();
        let round = format!(
            "[round]\ndecimal = \"point\"\nmissing = \"zero\"\n{before}[[tier]]\nid = \"tinh\"\nname = \"Cấp tỉnh\"\ncriteria = \"../set.toml\"\nresults = \"results.csv\"\n"
        );
        std::fs::create_dir(folder.path(&year.to_string())).expect("a folder");
        folder.write(&format!("{year}/round.toml"), round.as_bytes());
        folder.write(&format!("{year}/results.csv"), data.results_of(|row| !is_blank(row)).as_bytes());
        if let Some(before) = earlier.replace(data) {
            let ran = folder.run(&["score", &year.to_string(), "--format", "csv"]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            check_comparison(year, &ran.stdout, &before, earlier.as_ref().expect("this year"));
        }
    }
}

#[track_caller]
fn check_comparison(year: u32, table: &str, before: &Year, now: &Year) {
    let of =
        |rows: &[Row], code: &str| rows.iter().position(|row| row["province_code"] == code).expect("a row");
    let mut count = 0;
    for row in csv::Reader::from_reader(table.as_bytes()).deserialize() {
        let row: Row = row.expect("a row");
        let [then, at] = [before, now].map(|year| of(&year.provinces, &row["unit"]));
        let rank = |year: &Year, at: usize| year.totals[at]["rank_competition_desc"].parse::<i32>().ok();
        let places = rank(before, then).zip(rank(now, at)).map(|(then, now)| then - now);
        let index = [(before, then), (now, at)].map(|(year, at)| printed_index(&year.provinces[at]));
        let change = index[0].zip(index[1]).map(|(then, now)| now - then);
        let what = format!("{} in {year}", row["name"]);
        assert_eq!(row["previous_index"].parse().ok(), index[0], "{what}");
        assert_eq!(row["change"].parse().ok(), change, "{what}");
        assert_eq!(row["places"].parse().ok(), places, "{what}");
        assert_eq!(row["previous_rank"].parse().ok(), rank(before, then), "{what}");
        count += 1;
    }
    let published = now.provinces.iter().filter(|row| !is_blank(row)).count();
    assert_eq!(count, published, "{year}");
}
