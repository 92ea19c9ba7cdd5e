//! The golden checks of `tests/oracle/`: figures that were published, or follow from a quoted rule,
//! each a test by its id; and the ranks of SciPy.

use crate::papi;
use crate::sets::{score, set, unit};
use crate::support::{Folder, project};
use parindex::criteria_set::Method;
use parindex::engine::rank::ranks;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use std::collections::HashMap;

/// What each test below is about. A check without a test, or a test without a check, is a defect.
const CHECKS: [&str; 27] = [
    "GC01", "GC02", "GC03", "GC04", "GC05", "GC06", "GC07", "GC08", "GC09", "GC10", "GC11", "GC12", "GC13",
    "GC14", "GC15", "GC16", "GC17", "GC18", "GC19", "GC20", "GC21", "GC22", "GC23", "GC24", "GC25", "GC26",
    "GC27",
];

struct Golden {
    what: String,
    inputs: String,
    expected: String,
}

fn oracle(file: &str) -> csv::Reader<std::fs::File> {
    csv::Reader::from_path(project().join("tests/oracle").join(file)).expect("a table of the oracle")
}

fn rows(file: &str) -> Vec<csv::StringRecord> {
    oracle(file).records().map(|row| row.expect("a row")).collect()
}

#[track_caller]
fn golden(id: &str) -> Golden {
    let found = rows("golden_checks.csv").into_iter().find(|row| &row[0] == id);
    let row = found.unwrap_or_else(|| panic!("no golden check {id}"));
    Golden { what: row[1].to_owned(), inputs: row[2].to_owned(), expected: row[3].to_owned() }
}

/// The numbers in a text, in their order.
fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|part| part.trim_matches('.'));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_golden_check_has_its_test() {
    let ids: Vec<String> = rows("golden_checks.csv").into_iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(ids, CHECKS);
    let source = include_str!("golden.rs");
    for id in CHECKS {
        let name = format!("fn {}_", id.to_lowercase());
        assert_eq!(source.matches(&name).count(), 1, "{id} has one test");
    }
}

/// One criterion of 100 points, given: the index is what was entered.
fn given(tables: &str) -> String {
    set(
        "100",
        &format!("{tables}\n[[criterion]]\nid = \"1\"\nname = \"Điểm\"\nmax = 100\nkind = \"given\"\n"),
    )
}

/// What a unit has under a key, as JSON writes it.
#[track_caller]
fn of(tier: &Value, id: &str, key: &str) -> String {
    let value = &unit(tier, id)[key];
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A cell of the table for machines, where numbers are rounded as they are printed.
#[track_caller]
fn printed(set: &str, results: &str, column: &str) -> Vec<String> {
    let folder = Folder::new(&[("set.toml", set), ("r.csv", results)]);
    let args =
        ["score", "--criteria", "set.toml", "--results", "r.csv", "--format", "csv", "--decimal", "point"];
    let ran = folder.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let at = reader.headers().expect("a header").iter().position(|name| name == column).expect("the column");
    reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

/// The mean of twenty departments is the index of a unit that has each as a criterion of 100 points.
#[test]
fn gc01_mean_of_a_group() {
    let published = rows("thanh-hoa-2024.csv");
    assert_eq!(published.len(), 20);
    let criterion =
        |at: usize| format!("[[criterion]]\nid = \"{at}\"\nname = \"Sở\"\nmax = 100\nkind = \"given\"\n");
    let mean = set("2000", &(1..=20).map(criterion).collect::<String>());
    let header: String = (1..=20).map(|at| format!(",{at}")).collect();
    let values: String = published.iter().map(|row| format!(",{}", &row[1])).collect();
    let results = format!("unit{header}\nTB{values}\n");
    let tier = score(&mean, &results, &[]).expect("scored");
    let shown = &printed(&mean, &results, "index")[0];
    assert_eq!(format!("{} -> {shown}", of(&tier, "TB", "index")), golden("GC01").expected);
}

#[test]
fn gc02_index_after_removed_criteria() {
    let check = golden("GC02");
    let [points, max] = &numbers(&check.inputs)[..] else { panic!("{}", check.inputs) };
    let removed = Decimal::ONE_HUNDRED - max.parse::<Decimal>().expect("a maximum");
    let tables = format!(
        "[[criterion]]\nid = \"1\"\nname = \"Còn lại\"\nmax = {max}\nkind = \"given\"\n[[criterion]]\nid = \"2\"\nname = \"Đặc thù\"\nmax = {removed}\nkind = \"given\"\nna = \"reduce\"\n"
    );
    let results = format!("unit,1,2,2.note\nBDT,{points},N/A,không thuộc chức năng\n");
    let rebased = set("100", &tables);
    assert_eq!(printed(&rebased, &results, "index"), [check.expected]);
    assert_eq!(printed(&rebased, &results, "total"), std::slice::from_ref(points));
    let tier = score(&rebased, &results, &[]).expect("scored");
    assert_eq!((of(&tier, "BDT", "max"), of(&tier, "BDT", "points")), (max.clone(), points.clone()));
}

#[test]
fn gc03_index_keeps_the_digits_that_the_office_prints() {
    let check = golden("GC03");
    let points = &numbers(&check.inputs)[0];
    let three = given("[rounding]\nindex = { digits = 3, mode = \"half-up\" }\n");
    let results = format!("unit,1\nA,{points}\n");
    assert_eq!(printed(&three, &results, "index"), [check.expected]);
    assert_eq!(printed(&given(""), &results, "index"), ["91.65"]);
}

/// 79.97 is below 80 even where it prints as 80.0; 89.995 prints as 90.00 and is below 90.
#[test]
fn gc04_a_class_boundary_is_not_rounded_up() {
    let check = golden("GC04");
    let [points, limit] = &numbers(&check.inputs)[..] else { panic!("{}", check.inputs) };
    let grades = |limit: &str, on: &str, digits: u32| {
        given(&format!(
            "[rounding]\nindex = {{ digits = {digits}, mode = \"half-up\" }}\n[[grade]]\nname = \"at or above\"\nfrom = {limit}\non = \"{on}\"\n[[grade]]\nname = \"below {limit}\"\nfrom = 0\n"
        ))
    };
    let results = format!("unit,1\nKG,{points}\n");
    for digits in [1, 2] {
        assert_eq!(
            printed(&grades(limit, "exact", digits), &results, "grade"),
            std::slice::from_ref(&check.expected)
        );
    }
    assert_eq!(printed(&grades(limit, "exact", 1), &results, "index"), ["80.0"]);
    assert_eq!(printed(&grades(limit, "printed", 2), &results, "grade"), [check.expected]);
    let results = "unit,1\nA,89.995\nB,90\n";
    assert_eq!(printed(&grades("90", "exact", 2), results, "index"), ["90.00", "90.00"]);
    assert_eq!(printed(&grades("90", "exact", 2), results, "grade"), ["at or above", "below 90"]);
    assert_eq!(printed(&grades("90", "printed", 2), results, "grade"), ["at or above"; 2]);
}

/// Units with an index each, beside the table of the year before: the rows of the table for machines,
/// by unit.
#[track_caller]
fn beside(now: &str, before: &str) -> HashMap<String, HashMap<String, String>> {
    let folder = Folder::new(&[
        (
            "round.toml",
            "[round]\nprevious = \"before.csv\"\ndecimal = \"point\"\n[[tier]]\nid = \"a\"\nname = \"Cấp\"\ncriteria = \"set.toml\"\nresults = \"now.csv\"\n",
        ),
        ("set.toml", &given("")),
        ("now.csv", &format!("unit,1\n{now}")),
        ("before.csv", &format!("unit,index,rank\n{before}")),
    ]);
    let ran = folder.run(&["score", ".", "--format", "csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let rows = reader.deserialize().map(|row| row.expect("a row"));
    rows.map(|row: HashMap<String, String>| (row["unit"].clone(), row)).collect()
}

/// 91.87 as second, then 96.17 as first.
#[test]
fn gc05_a_gain_and_a_place() {
    let check = golden("GC05");
    let [before, now, was, is] = &numbers(&check.inputs)[..] else { panic!("{}", check.inputs) };
    let row = &beside(&format!("HP,{now}\nQN,92\n"), &format!("HP,{before},{was}\nQN,92.18,1\n"))["HP"];
    assert_eq!([&row["previous_index"], &row["previous_rank"], &row["rank"]], [before, was, is]);
    assert_eq!(format!("+{}; +{} bậc", row["change"], row["places"]), check.expected);
}

/// What stands in an article: this year's index and what it gained. Of the rank nothing is known.
#[test]
fn gc06_the_year_before_from_a_gain() {
    let check = golden("GC06");
    let [now, gain] = &numbers(&check.inputs)[..] else { panic!("{}", check.inputs) };
    let before = &numbers(&check.expected)[0];
    let row = &beside(&format!("NT,{now}\n"), &format!("NT,{before},\n"))["NT"];
    assert_eq!([&row["change"], &row["previous_index"]], [gain, before]);
    assert_eq!([&row["previous_rank"], &row["places"]], ["", ""]);
}

/// Third of twelve after being eleventh: eight places up, though the number of the rank fell, and
/// though the index fell too.
#[test]
fn gc07_places_are_counted_upwards() {
    let check = golden("GC07");
    let [now, gain] = &numbers(&check.inputs)[..] else { panic!("{}", check.inputs) };
    let before = &numbers(&check.expected)[0];
    let others = |own: &str, row: fn(usize, usize) -> String| {
        let places = (1..=12).filter(|place| place.to_string() != own);
        places.enumerate().map(|(at, place)| row(at, place)).collect::<String>()
    };
    let today = others(now, |at, place| format!("U{at},{}\n", 90 - place));
    let then = others(before, |at, place| format!("U{at},{},{place}\n", 99 - place));
    let row = &beside(&format!("SL,87\n{today}"), &format!("SL,88,{before}\n{then}"))["SL"];
    assert_eq!([&row["rank"], &row["previous_rank"], &row["change"]], [now, before, "-1.00"]);
    assert_eq!(row["places"].parse::<u32>(), gain.parse());
}

#[test]
fn gc08_regions_against_the_year_before() {
    let check = golden("GC08");
    let pairs: Vec<(&str, &str)> =
        check.inputs.split(", ").map(|pair| pair.split_once('/').expect("two years")).collect();
    let lines = |line: &dyn Fn(usize) -> String| (0..pairs.len()).map(line).collect::<String>();
    let rows = beside(
        &lines(&|at| format!("V{at},{}\n", pairs[at].0)),
        &lines(&|at| format!("V{at},{},\n", pairs[at].1)),
    );
    let gains: Vec<String> =
        (0..pairs.len()).map(|at| format!("+{}", rows[&format!("V{at}")]["change"])).collect();
    assert_eq!(gains.join(", "), check.expected);
}

/// How far the first is from the mean.
#[test]
fn gc09_distance_from_the_mean() {
    let check = golden("GC09");
    let [first, mean] = &numbers(&check.inputs)[..] else { panic!("{}", check.inputs) };
    let distance = "[[criterion]]\nid = \"1\"\nname = \"Cách trung bình\"\nmax = 100\nkind = \"formula\"\ninputs = [{ id = \"dau\", name = \"Đứng đầu\" }, { id = \"tb\", name = \"Trung bình\" }]\nformula = \"dau - tb\"\n";
    let tier =
        score(&set("100", distance), &format!("unit,1.dau,1.tb\nDN,{first},{mean}\n"), &[]).expect("scored");
    assert_eq!(of(&tier, "DN", "points"), check.expected);
}

#[test]
fn gc10_a_tie_at_the_printed_precision_shares_a_rank() {
    let check = golden("GC10");
    assert_eq!(numbers(&check.inputs)[..2], ["85.42", "85.42"]);
    assert!(check.expected.starts_with("same rank"));
    let results = "unit,1\nA,85.424\nB,85.416\nC,85.4\n";
    let on = |on: &str| given(&format!("[ranking]\non = \"{on}\"\n"));
    assert_eq!(printed(&on("printed"), results, "index"), ["85.42", "85.42", "85.40"]);
    assert_eq!(printed(&on("printed"), results, "rank"), ["1", "1", "3"]);
    assert_eq!(printed(&on("exact"), results, "rank"), ["1", "2", "3"]);
    assert_eq!(printed(&on("exact"), "unit,1\nA,85.42\nB,85.42\n", "rank"), ["1", "1"]);
}

/// Thanh Hóa 2024 gives places 2 and 3, and 13 and 14, to equal printed figures. Ordinal ranks give
/// each its own place, and here the alphabet agrees with the digits that were not printed.
#[test]
fn gc11_distinct_ranks_although_printed_values_tie() {
    let check = golden("GC11");
    assert_eq!(check.expected, "ordinal ranks 2;3 and 13;14");
    let published = rows("thanh-hoa-2024.csv");
    let lines = published.iter().enumerate().map(|(at, row)| format!("U{at},\"{}\",{}\n", &row[0], &row[1]));
    let results = format!("unit,name,1\n{}", lines.collect::<String>());
    let ranked = |method: &str| {
        let tier =
            score(&given(&format!("[ranking]\nmethod = \"{method}\"\n")), &results, &[]).expect("scored");
        (0..published.len()).map(|at| of(&tier, &format!("U{at}"), "rank")).collect::<Vec<_>>()
    };
    let places: Vec<&str> = published.iter().map(|row| &row[2]).collect();
    assert_eq!(ranked("ordinal"), places);
    let shared = places.iter().map(|place| match *place {
        "3" => "2",
        "14" => "13",
        other => other,
    });
    assert_eq!(ranked("competition"), shared.collect::<Vec<_>>());
}

/// A sum of PAPI as the check has it ("41.017930 -> 41.02; rank 54/63"): its printed form, and the
/// province of the year that has it, if the data are beside the project.
#[track_caller]
fn papi_sum(id: &str, year: u32) {
    let check = golden(id);
    let found = numbers(&check.expected);
    let (sum, shown, rank) = (&found[0], &found[1], &found[2]);
    assert_eq!(rounded(&[sum.as_str()], "half-up"), [shown.as_str()]);
    let Some(totals) = papi::totals(year, "half-up") else { return };
    let province = of_sum(&totals, sum);
    assert_eq!((&province.printed, &province.rank), (shown, rank), "{}", check.inputs);
}

/// Totals of one given criterion, printed with two digits in this mode.
fn rounded(sums: &[&str], mode: &str) -> Vec<String> {
    let lines: String = sums.iter().enumerate().map(|(at, sum)| format!("U{at},{sum}\n")).collect();
    let set = given(&format!("[rounding]\ntotal = {{ digits = 2, mode = \"{mode}\" }}\n"));
    printed(&set, &format!("unit,1\n{lines}"), "total")
}

/// The one province whose exact total is this sum, which has six digits.
#[track_caller]
fn of_sum<'a>(totals: &'a [papi::Total], sum: &str) -> &'a papi::Total {
    let sum: Decimal = sum.parse().expect("a sum");
    let has_it = |total: &&papi::Total| {
        total.exact.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero) == sum
    };
    let [found] = totals.iter().filter(has_it).collect::<Vec<_>>()[..] else { panic!("who has {sum}?") };
    found
}

#[test]
fn gc12_papi_of_lam_dong_2024() {
    papi_sum("GC12", 2024);
}

#[test]
fn gc13_papi_of_ha_noi_2023() {
    papi_sum("GC13", 2023);
}

#[test]
fn gc14_papi_of_thua_thien_hue_2023() {
    papi_sum("GC14", 2023);
}

/// The same machine prints what was published in both years, for the set says how to round.
#[test]
fn gc15_the_mode_of_rounding_differs_between_publications() {
    let check = golden("GC15");
    let (before, after) = check.inputs.split_once(" | ").expect("two years");
    let (cut, up) = check.expected.split_once(" | ").expect("two years");
    assert!(cut.ends_with("(all truncated)") && up.ends_with("(half-up)"));
    for (year, mode, other, sums, published) in [
        (2023, "truncate", "half-up", &numbers(before)[1..], numbers(cut)),
        (2024, "half-up", "truncate", &numbers(after)[1..], numbers(up)),
    ] {
        let sums: Vec<&str> = sums.iter().map(String::as_str).collect();
        assert_eq!(rounded(&sums, mode), published, "{year}");
        assert_ne!(rounded(&sums, other), published, "{year} in the other mode");
        let Some(totals) = papi::totals(year, mode) else { continue };
        let ours: Vec<&str> = sums.iter().map(|sum| of_sum(&totals, sum).printed.as_str()).collect();
        assert_eq!(ours, published, "{year} from its sub-criteria");
    }
}

/// A weighted sum is a set whose maxima are the weights. From components that were rounded before
/// they were published, 21 totals come out within two hundredths, and all ranks.
#[test]
fn gc16_pci_from_its_ten_components() {
    let check = golden("GC16");
    let weights = numbers(&check.what)[..10].to_vec();
    assert_eq!(weights.join(";"), "5;5;20;5;10;5;5;20;20;5");
    let criterion = |(at, weight): (usize, &String)| {
        format!(
            "[[criterion]]\nid = \"{}\"\nname = \"Chỉ số thành phần\"\nmax = {weight}\nkind = \"proportional\"\nrange = [0, 10]\nfull_at = 10\n",
            at + 1
        )
    };
    let weighted = set("100", &weights.iter().enumerate().map(criterion).collect::<String>());
    let published = rows(&check.inputs);
    assert_eq!(published.len(), 21);
    let line = |(at, row): (usize, &csv::StringRecord)| {
        let components: String = (1..=10).map(|component| format!(",{}", &row[component])).collect();
        format!("U{at},{}{components}\n", &row[0])
    };
    let header: String = (1..=10).map(|at| format!(",{at}")).collect();
    let results =
        format!("unit,name{header}\n{}", published.iter().enumerate().map(line).collect::<String>());
    let tier = score(&weighted, &results, &[("--decimal", "point")]).expect("scored");
    let differences = published.iter().enumerate().map(|(at, row)| {
        let unit = format!("U{at}");
        assert_eq!(of(&tier, &unit, "rank"), row[12], "{}", &row[0]);
        let [ours, theirs] = [&of(&tier, &unit, "points"), &row[11]]
            .map(|text: &str| text.parse::<Decimal>().expect("a total"));
        (ours - theirs).abs()
    });
    assert_eq!(differences.max(), numbers(&check.expected)[0].parse().ok());
}

/// A ratio of 100 points whose measure is rounded to two digits: the points are the ratio in %.
const RATIO: &str = "[[criterion]]\nid = \"1\"\nname = \"Tỷ lệ\"\nmax = 100\nkind = \"proportional\"\nmeasure = \"ratio\"\nrounding = { measure = { digits = 2, mode = \"half-up\" } }\n";

/// The ratio that the parts give, and what is said of the ratio that is printed beside them.
#[track_caller]
fn ratio(numerator: &str, denominator: &str, beside: &str) -> (String, String) {
    let results = format!("unit,1.numerator,1.denominator,1\nA,{numerator},{denominator},{beside}\n");
    let folder = Folder::new(&[("set.toml", &set("100", RATIO)), ("r.csv", &results)]);
    let ran = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let round: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    (of(&round["tiers"][0], "A", "points"), ran.stderr)
}

#[test]
fn gc17_a_ratio_follows_from_its_parts() {
    let check = golden("GC17");
    let (numerator, denominator) = check.inputs.split_once('/').expect("a ratio");
    let printed = check.expected.trim_end_matches('%');
    assert_eq!(ratio(numerator, denominator, printed), (printed.to_owned(), String::new()));
    assert_eq!(ratio(numerator, denominator, ""), (printed.to_owned(), String::new()));
}

#[test]
fn gc18_a_printed_ratio_that_its_parts_do_not_give_is_a_warning() {
    let check = golden("GC18");
    let inputs = numbers(&check.inputs);
    let expected = numbers(&check.expected);
    assert_eq!((inputs.len(), expected.len()), (3, 3));
    for (denominator, computed) in [(&inputs[1], &expected[0]), (&inputs[2], &expected[1])] {
        let (points, said) = ratio(&inputs[0], denominator, &expected[2]);
        assert_eq!(points, *computed);
        let comma = |number: &str| number.replace('.', ",");
        for words in [
            "[ratio-differs]",
            "đơn vị A, tiêu chí 1",
            "dòng 2",
            &comma(&expected[2]),
            &comma(&computed[..4]),
        ] {
            assert!(said.contains(words), "{words:?} is not said:\n{said}");
        }
        assert_eq!(ratio(&inputs[0], denominator, computed), (computed.clone(), String::new()));
    }
}

#[test]
fn gc19_over_fulfilment_is_capped_for_scoring() {
    let check = golden("GC19");
    let (done, planned) = check.inputs.split_once('/').expect("a ratio");
    assert!(check.expected.starts_with("112.5%") && check.expected.ends_with("cap at 100% for scoring"));
    let (points, said) = ratio(done, planned, "");
    assert_eq!(points, "100");
    assert!(said.contains("[over-fulfilled]") && said.contains("27 trên 24"), "{said}");
    let counted = RATIO.replace("max = 100\n", "max = 1000\nover_fulfilment = \"count\"\nfull_at = 1000\n");
    let results = format!("unit,1.numerator,1.denominator\nA,{done},{planned}\n");
    let tier = score(&set("1000", &counted), &results, &[]).expect("scored");
    assert_eq!(of(&tier, "A", "points"), numbers(&check.expected)[0]);
}

/// The shipped set's own criterion II.6; everything else is left empty and counts 0.
#[test]
fn gc20_the_proportional_gate_of_criterion_ii_6() {
    let check = golden("GC20");
    let ratios = numbers(check.inputs.trim_start_matches("r="));
    let without_remark = check.expected.replace(" (9.9988 rounds up)", "");
    let points: Vec<&str> = without_remark.split(" | ").collect();
    assert_eq!((ratios.len(), points.len()), (5, 5));
    let shipped =
        std::fs::read_to_string(project().join("criteria/nq57-xa-khanh-hoa-2026.toml")).expect("the set");
    let results = |header: &str, cells: &dyn Fn(&str) -> String| {
        let lines = ratios.iter().enumerate().map(|(at, ratio)| format!("U{at},II.6,{}\n", cells(ratio)));
        format!("unit,criterion,{header}\n{}", lines.collect::<String>())
    };
    let parts = |ratio: &str| {
        let basis_points = ratio.parse::<Decimal>().expect("a ratio") * Decimal::ONE_HUNDRED;
        format!("{},10000", basis_points.normalize())
    };
    for results in [results("numerator,denominator", &parts), results("value", &|ratio| ratio.to_owned())] {
        let tier = score(&without_branch(&shipped), &results, &[("--missing", "zero")]).expect("scored");
        for (at, points) in points.iter().enumerate() {
            let found = unit(&tier, &format!("U{at}"))["criteria"]["II.6"]["points"].to_string();
            assert_eq!(found.parse::<Decimal>(), points.parse::<Decimal>(), "at {}", ratios[at]);
        }
    }
}

/// The shipped set with its one branch as plain points, so that everything else may be left empty.
fn without_branch(set: &str) -> String {
    let start = set.find("kind = \"branch\"").expect("the branch");
    let end = start + set[start..].find("[[criterion]]\n").expect("the criterion after it");
    format!("{}kind = \"given\"\nbasis = \"…\"\n{}", &set[..start], &set[end..])
}

#[test]
fn gc21_the_shipped_set_is_whole() {
    let check = golden("GC21");
    let set: toml::Table =
        std::fs::read_to_string(project().join(&check.inputs)).expect("the set").parse().expect("TOML");
    let sum = |list: &str, group: &str| {
        let entries = set[list].as_array().expect("a list").iter();
        let of_group = entries
            .filter(|entry| entry.get("kind").is_some())
            .filter(|entry| entry["id"].as_str().is_some_and(|id| id.split('.').next() == Some(group)));
        // Tenths, so that 1.5 adds up exactly.
        let tenths = |entry: &toml::Value| match (entry["max"].as_integer(), entry["max"].as_float()) {
            (Some(whole), _) => whole * 10,
            (_, Some(float)) => (float * 10.0).round() as i64,
            _ => panic!("no maximum"),
        };
        of_group.map(tenths).sum::<i64>() / 10
    };
    let sums =
        format!("I={}; II={}; IV={}", sum("criterion", "I"), sum("criterion", "II"), sum("bonus", "IV"));
    assert_eq!(sums, check.expected);
    let total = &set["total"];
    assert_eq!((total["cap"].as_integer(), total["bonus_cap"].as_integer()), (Some(85), Some(15)));
}

/// The total as the shipped set makes it: 85 + 15 in 100, between 0 and 100.
#[track_caller]
fn clamped(check: &Golden) {
    let [regular, bonus, penalty] = &numbers(&check.inputs)[..] else { panic!("{}", check.inputs) };
    let tables = "[total]\ncap = 85\nbonus_cap = 15\nbonus_in_max = true\nfloor = 0\nceiling = 100\n
[[criterion]]\nid = \"1\"\nname = \"Điểm\"\nmax = 85\nkind = \"given\"\n[[bonus]]\nid = \"IV\"\nname = \"Thưởng\"\nmax = 20\nkind = \"given\"\n[[deduction]]\nid = \"V\"\nname = \"Trừ\"\nper = \"event\"\npoints = 1\n";
    let results = format!("unit,1,IV\nA,{regular},{bonus}\n");
    let deductions = format!("unit,deduction,count\nA,V,{penalty}\n");
    let tier = score(&set("100", tables), &results, &[("--deductions", &deductions)]).expect("scored");
    assert_eq!(
        (of(&tier, "A", "points"), of(&tier, "A", "index")),
        (check.expected.clone(), check.expected.clone())
    );
}

#[test]
fn gc22_a_high_total_keeps_its_deductions() {
    clamped(&golden("GC22"));
}

#[test]
fn gc23_a_low_total_stops_at_zero() {
    clamped(&golden("GC23"));
}

#[test]
fn gc24_dense_ranks() {
    let check = golden("GC24");
    let scores = numbers(&check.inputs);
    let lines: String = scores.iter().enumerate().map(|(at, score)| format!("U{at},{score}\n")).collect();
    let dense = given("[ranking]\nmethod = \"dense\"\n");
    assert_eq!(printed(&dense, &format!("unit,1\n{lines}"), "rank").join(","), check.expected);
}

/// Weights 100, 60, 20 and 0 for A to D.
#[test]
fn gc25_survey_answers_by_their_weights() {
    let check = golden("GC25");
    let inputs = numbers(&check.inputs);
    let [counts @ .., max] = &inputs[..] else { panic!("{}", check.inputs) };
    assert!(check.expected.starts_with("(50*100+30*60+15*20)/100=71.0%"));
    let answers = |max: &str| {
        format!(
            "[[criterion]]\nid = \"1\"\nname = \"Khảo sát\"\nmax = {max}\nkind = \"weighted\"\nanswers = [{{ id = \"a\", name = \"A\", weight = 100 }}, {{ id = \"b\", name = \"B\", weight = 60 }}, {{ id = \"c\", name = \"C\", weight = 20 }}, {{ id = \"d\", name = \"D\", weight = 0 }}]\n"
        )
    };
    let results = format!("unit,1.a,1.b,1.c,1.d\nA,{}\n", counts.join(","));
    let tier = score(&set(max, &answers(max)), &results, &[]).expect("scored");
    assert_eq!(Some(of(&tier, "A", "points").as_str()), check.expected.rsplit(' ').next());
    assert_eq!(of(&tier, "A", "index"), "71");
}

/// Two parts that are printed do not give the total that is printed beside them.
#[test]
fn gc26_a_printed_sum_that_its_parts_do_not_give_is_a_warning() {
    let check = golden("GC26");
    let [first, second, printed] = &numbers(&check.inputs)[..] else { panic!("{}", check.inputs) };
    let parts = "[[criterion]]\nid = \"1\"\nname = \"Chuyên mục\"\nmax = 1000\nkind = \"proportional\"\nfull_at = 1000\nparts = [{ id = \"pho-thong\", name = \"tiếng phổ thông\" }, { id = \"thai\", name = \"tiếng Thái\" }]\n";
    let results = format!("unit,1.pho-thong,1.thai,1\nSL,{first},{second},{printed}\n");
    let folder = Folder::new(&[("set.toml", &set("1000", parts)), ("r.csv", &results)]);
    let ran = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv", "--format", "json"]);
    let round: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let sum = of(&round["tiers"][0], "SL", "points");
    assert_eq!(format!("{sum} <> {printed}"), check.expected);
    assert!(ran.stderr.contains(printed.as_str()) && ran.stderr.contains(&sum), "{}", ran.stderr);
}

/// The base is the one that the round names: 89.44 in 2024 gained 1.99 on the figure that was
/// restated, as was published, and 1.65 on the one that was first published.
#[test]
fn gc27_the_change_is_from_the_base_that_is_stated() {
    let check = golden("GC27");
    let found = numbers(&check.inputs);
    let (first, restated) = (&found[1], &found[3]);
    for (base, gain) in [(first, "1.65"), (restated, "1.99")] {
        let row = &beside("DNB,89.44\n", &format!("DNB,{base},\n"))["DNB"];
        assert_eq!((&row["previous_index"], row["change"].as_str()), (base, gain));
    }
}

/// A case of SciPy: values as given, and the rank of each.
struct Ranked {
    /// The case, and what we call its method.
    name: String,
    word: &'static str,
    method: Method,
    values: Vec<Decimal>,
    ranks: Vec<u32>,
}

fn scipy() -> Vec<Ranked> {
    let list =
        |cell: &str| cell.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let case = |row: csv::StringRecord| {
        let (word, method) = match &row[1] {
            "min" => ("competition", Method::Competition),
            "dense" => ("dense", Method::Dense),
            "ordinal" => ("ordinal", Method::Ordinal),
            other => panic!("no method {other}"),
        };
        let values = list(&row[2]).iter().map(|value| value.parse().expect("a decimal")).collect();
        let ranks = list(&row[3]).iter().map(|rank| rank.parse().expect("a rank")).collect();
        Ranked { name: format!("{}, {word}", &row[0]), word, method, values, ranks }
    };
    let cases: Vec<Ranked> = rows("ranks.csv").into_iter().map(case).collect();
    assert!(30 < cases.len());
    cases
}

#[test]
fn ranks_are_those_of_scipy() {
    for Ranked { name, method, values, ranks: expected, .. } in scipy() {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*b].cmp(&values[*a]));
        let equal = |a: usize, b: usize| values[order[a]] == values[order[b]];
        let mut found = vec![0; values.len()];
        for (rank, at) in ranks(method, values.len(), equal).into_iter().zip(&order) {
            found[*at] = rank;
        }
        assert_eq!(found, expected, "{name}");
    }
}

/// The same through the program, for values that points can have.
#[test]
fn the_program_ranks_as_scipy_does() {
    let mut count = 0;
    for Ranked { name, word, values, ranks: expected, .. } in scipy() {
        let is_points = |value: &Decimal| Decimal::ZERO <= *value && *value <= Decimal::ONE_HUNDRED;
        if values.is_empty() || !values.iter().all(is_points) {
            continue;
        }
        let lines: String = values.iter().enumerate().map(|(at, value)| format!("U{at},{value}\n")).collect();
        let method = given(&format!("[ranking]\nmethod = \"{word}\"\n"));
        let tier =
            score(&method, &format!("unit,1\n{lines}"), &[]).unwrap_or_else(|said| panic!("{name}: {said}"));
        let found: Vec<String> = (0..values.len()).map(|at| of(&tier, &format!("U{at}"), "rank")).collect();
        let expected: Vec<String> = expected.iter().map(u32::to_string).collect();
        assert_eq!(found, expected, "{name}");
        count += 1;
    }
    assert!(20 < count, "{count} cases");
}
