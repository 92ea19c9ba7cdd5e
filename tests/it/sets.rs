//! Criteria sets: the files that come along, and every rule and policy of the catalogue (K1–K35)
//! on small sets whose numbers are worked by hand.

use crate::support::{Folder, project, run};
use rust_decimal::Decimal;
use serde_json::Value;
use std::path::PathBuf;

/// A set of this maximum; ids, names and status are filled in, the rest is given.
pub fn set(max: &str, tables: &str) -> String {
    format!(
        "[set]\nid = \"thu\"\nname = \"Bộ thử\"\nstatus = \"sample\"\nmax = {max}\nbasis = [\"Văn bản thử\"]\n{tables}\n"
    )
}

/// A criterion `1` that is a set of its own; the rule begins with `max = …`.
fn alone(rule: &str) -> String {
    let max =
        rule.trim_start().lines().next().and_then(|line| line.strip_prefix("max = ")).expect("max first");
    set(max, &format!("[[criterion]]\nid = \"1\"\nname = \"Một\"\n{rule}"))
}

/// Scores results under a set by the program. `more` are flags with what belongs to them; behind
/// `--units` and `--deductions` stands the text of the file. The outcome is the tier as JSON, or
/// what was said on standard error.
#[track_caller]
pub fn score(set: &str, results: &str, more: &[(&str, &str)]) -> Result<Value, String> {
    let folder = Folder::new(&[("set.toml", set), ("results.csv", results)]);
    let mut args = vec!["score", "--criteria", "set.toml", "--results", "results.csv", "--format", "json"];
    for (flag, text) in more {
        args.push(flag);
        match *flag {
            "--units" | "--deductions" => {
                let name = if *flag == "--units" { "units.csv" } else { "deductions.csv" };
                folder.write(name, text.as_bytes());
                args.push(name);
            }
            _ => args.push(text),
        }
    }
    let ran = folder.run(&args);
    match ran.code {
        0 => {
            let mut round: Value = serde_json::from_str(&ran.stdout).expect("standard output is JSON");
            Ok(round["tiers"][0].take())
        }
        1 => {
            assert_eq!(ran.stdout, "", "a refused input leaves standard output empty");
            Err(ran.stderr)
        }
        code => panic!("exit code {code}: {}", ran.stderr),
    }
}

/// A unit of a scored tier, ranked or not.
#[track_caller]
pub fn unit<'a>(tier: &'a Value, id: &str) -> &'a Value {
    let lists = ["units", "unranked"].map(|list| tier[list].as_array().expect("a list of units"));
    lists
        .into_iter()
        .flatten()
        .find(|unit| unit["id"] == id)
        .unwrap_or_else(|| panic!("no unit {id} in {tier}"))
}

/// What a unit has at a place: `index`, `rank`, or the points of a criterion.
#[track_caller]
fn at(unit: &Value, place: &str) -> String {
    match unit.get(place) {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => unit["criteria"][place]["points"].to_string(),
    }
}

/// The points that a rule gives a unit for its cells, `null` for N/A, or `[code]` of the message that
/// refuses it.
#[track_caller]
fn check(rule: &str, header: &str, cells: &str, expected: &str) {
    check_with(rule, header, cells, &[], expected);
}

#[track_caller]
fn check_with(rule: &str, header: &str, cells: &str, more: &[(&str, &str)], expected: &str) {
    let results = format!("unit,{header}\nU1,{cells}\n");
    match score(&alone(rule), &results, more) {
        Ok(tier) => assert_eq!(at(unit(&tier, "U1"), "1"), expected, "{cells} under {rule}"),
        Err(said) => {
            assert!(said.contains(expected) && expected.starts_with('['), "{cells}: not {expected}\n{said}")
        }
    }
}

/// [`check`] for a numerator and a denominator.
#[track_caller]
fn ratio(rule: &str, numerator: &str, denominator: &str, expected: &str) {
    check(rule, "1.numerator,1.denominator", &format!("{numerator},{denominator}"), expected);
}

/// What the first unit has at several places of a scored tier, under a whole set.
#[track_caller]
fn whole(set: &str, results: &str, more: &[(&str, &str)], expected: &[(&str, &str, &str)]) {
    let tier = score(set, results, more).unwrap_or_else(|said| panic!("{said}"));
    for (id, place, expected) in expected {
        assert_eq!(at(unit(&tier, id), place), *expected, "{place} of {id}");
    }
}

/// That a whole set with its data is refused with a message of this code that holds these words.
#[track_caller]
fn refused(set: &str, results: &str, more: &[(&str, &str)], words: &[&str]) {
    let said = score(set, results, more).expect_err("the input is refused");
    for word in words {
        assert!(said.contains(word), "{word:?} is not said in\n{said}");
    }
}

/// That `check` refuses a set by a message of this code.
#[track_caller]
fn refused_set(set: &str, code: &str) {
    let folder = Folder::new(&[("set.toml", set)]);
    let ran = folder.run(&["check", "set.toml"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("[{code}]")), "not [{code}]:\n{}", ran.stderr);
}

// The sets that come along.

fn shipped() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(project().join("criteria")).expect("the folder criteria");
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    let is_questionnaire = |file: &PathBuf| table(file).contains_key("questionnaire");
    files.retain(|file| !is_questionnaire(file));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn table(file: &PathBuf) -> toml::Table {
    std::fs::read_to_string(file).expect("a set is text").parse().expect("a set is TOML")
}

fn list<'a>(table: &'a toml::Table, key: &str) -> &'a [toml::Value] {
    table.get(key).and_then(toml::Value::as_array).map_or(&[], Vec::as_slice)
}

/// An exact number of a TOML file.
pub fn number(value: &toml::Value) -> Decimal {
    let digits =
        value.as_integer().map(|n| n.to_string()).or_else(|| value.as_float().map(|n| n.to_string()));
    digits.expect("a number").parse().expect("a decimal")
}

#[test]
fn every_shipped_set_is_right_and_listed() {
    let listed = run(&["kinds"]).stdout;
    for file in shipped() {
        let name = file.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let ran = run(&["check", &format!("criteria/{name}.toml")]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{name}");
        assert!(ran.stdout.starts_with(&format!("{name}: ")), "{}", ran.stdout);
        let by_id = run(&["check", "--criteria", &name]);
        assert_eq!((by_id.code, by_id.stdout), (0, ran.stdout), "{name} by its id");
        assert_eq!(listed.matches(&format!("  {name}  ")).count(), 1, "{name} in {listed}");
        assert_eq!(table(&file)["set"]["id"].as_str(), Some(name.as_str()), "the id is the file's name");
    }
}

#[test]
fn every_criterion_of_a_shipped_set_has_a_legal_basis() {
    for file in shipped() {
        let set = table(&file);
        if set["set"]["status"].as_str() == Some("sample") {
            continue; // ours, and it says so: only what a source gives has a basis
        }
        assert!(!set["set"]["basis"].as_array().expect("a list").is_empty(), "{file:?}");
        for entry in ["criterion", "bonus", "deduction"].iter().flat_map(|key| list(&set, key)) {
            let basis = entry.get("basis").and_then(toml::Value::as_str).unwrap_or_default();
            assert!(!basis.trim().is_empty(), "{:?} in {file:?}", entry["id"]);
        }
    }
}

fn id(entry: &toml::Value) -> &str {
    entry["id"].as_str().expect("an id")
}

/// The most that a criterion or group can give: its own maximum, its cap, or what lies in it.
#[track_caller]
fn worth(criteria: &[toml::Value], entry: &toml::Value, file: &PathBuf) -> Decimal {
    let key = |key: &str| entry.get(key).map(number);
    if entry.get("kind").is_some() {
        return key("max").expect("a maximum");
    }
    let is_inside =
        |other: &&toml::Value| id(other).rsplit_once('.').is_some_and(|(parent, _)| parent == id(entry));
    let sum: Decimal = criteria.iter().filter(is_inside).map(|inner| worth(criteria, inner, file)).sum();
    if let Some(cap) = key("cap") {
        assert!(cap <= sum, "group {} never reaches its cap in {file:?}", id(entry));
        return cap;
    }
    assert_eq!(key("max").unwrap_or(sum), sum, "group {} in {file:?}", id(entry));
    sum
}

/// Read here by another reader than ours, so that a sum that we overlook would show.
#[test]
fn the_maxima_of_a_shipped_set_add_up() {
    for file in shipped() {
        let set = table(&file);
        let criteria = list(&set, "criterion");
        let fields = criteria.iter().filter(|entry| !id(entry).contains('.'));
        let sum: Decimal = fields.map(|field| worth(criteria, field, &file)).sum();
        let total = set.get("total");
        let key = |key: &str| total.and_then(|total| total.get(key));
        let bonus = match key("bonus_in_max").and_then(toml::Value::as_bool) {
            Some(true) => number(key("bonus_cap").expect("a bonus cap")),
            _ => Decimal::ZERO,
        };
        assert_eq!(number(&set["set"]["max"]), sum + bonus, "{file:?}");
    }
}

// K1–K4: yes and no, options, checklists.

const K1: &str = "max = 4\nkind = \"yes-no\"\n";

#[test]
fn k1_yes_or_no() {
    check(K1, "1", "có", "4");
    check(K1, "1", "không", "0");
    check(K1, "1", "CÓ", "4");
    check(K1, "1", "", "[no-results]");
    check(K1, "1", "không áp dụng", "[na-forbidden]");
    check(K1, "1", "có lẽ", "[unknown-option]");
    let no_violation = "max = 4\nkind = \"yes-no\"\naward_on = \"no\"\n";
    check(no_violation, "1", "không", "4");
    check(no_violation, "1", "có", "0");
}

#[test]
fn k2_options_with_points() {
    let rule = "max = 10\nkind = \"options\"\noptions = [\n  { name = \"hiệu quả, cập nhật thường xuyên\", points = 10 },\n  { name = \"có nhưng không thường xuyên\", points = 3 },\n  { name = \"không thực hiện\", points = 0 },\n]\n";
    check(rule, "1", "\"hiệu quả, cập nhật thường xuyên\"", "10");
    check(rule, "1", "có nhưng không thường xuyên", "3");
    check(rule, "1", "không thực hiện", "0");
    check(rule, "1", "không thực hiên", "[unknown-option]");
    refused_set(&alone(&rule.replace("= 10 }", "= 9 }")), "best-is-not-maximum");
    refused_set(&alone(&rule.replace("= 10 }", "= 11 }")), "more-than-maximum");
}

/// "Hoàn thành xuất sắc: điểm tối đa; tốt: 75 %; hoàn thành: 50 %" survives a change of the maximum.
#[test]
fn k3_options_with_a_share_of_the_maximum() {
    let options = "kind = \"options\"\noptions = [\n  { name = \"xuất sắc\", share = 100 },\n  { name = \"tốt\", share = 75 },\n  { name = \"hoàn thành\", share = 50 },\n  { name = \"không\", share = 0 },\n]\n";
    for (max, good, done) in [("8", "6", "4"), ("4", "3", "2"), ("2.5", "1.875", "1.25")] {
        let rule = format!("max = {max}\n{options}");
        check(&rule, "1", "xuất sắc", max);
        check(&rule, "1", "tốt", good);
        check(&rule, "1", "hoàn thành", done);
        check(&rule, "1", "không", "0");
    }
}

const K4: &str = "max = 3\nkind = \"checklist\"\nna = \"reduce\"\nitems = [\n  { id = \"a\", name = \"đủ số lượng\" },\n  { id = \"b\", name = \"đủ nội dung\" },\n  { id = \"c\", name = \"đúng hạn\" },\n]\n";

#[test]
fn k4_all_conditions_or_nothing() {
    check(K4, "1.a,1.b,1.c", "có,có,có", "3");
    check(K4, "1.a,1.b,1.c", "có,có,không", "0");
    check(K4, "1.a,1.b,1.c", "không,không,không", "0");
    check(K4, "1.a,1.b,1.c", "có,,có", "[missing-value]");
    check(K4, "1.a,1.b,1.c", "có,N/A,có", "3");
    check(K4, "1.a,1.b,1.c", "có,N/A,không", "0");
    check(K4, "1.a,1.b,1.c", "N/A,N/A,N/A", "null");
}

/// K34: "Không cộng đồng thời hai mức cho cùng một hoạt động" beside a list that is added.
#[test]
fn k34_the_best_condition_alone() {
    let items = "items = [\n  { id = \"tinh\", name = \"cấp tỉnh\", points = 1 },\n  { id = \"bo\", name = \"cấp bộ\", points = 2 },\n  { id = \"nuoc\", name = \"Nhà nước\", points = 3 },\n]\n";
    let best = format!("max = 3\nkind = \"checklist\"\naward = \"best\"\n{items}");
    let each = format!("max = 6\nkind = \"checklist\"\naward = \"each\"\n{items}");
    for (cells, only, added) in
        [("có,có,không", "2", "3"), ("không,không,không", "0", "0"), ("có,có,có", "3", "6")]
    {
        check(&best, "1.tinh,1.bo,1.nuoc", cells, only);
        check(&each, "1.tinh,1.bo,1.nuoc", cells, added);
    }
    refused_set(&alone(&best.replace("max = 3", "max = 2")), "more-than-maximum");
    refused_set(&alone(&each.replace("max = 6", "max = 7")), "best-is-not-maximum");
}

// K5–K9: bands and proportions.

const K5: &str = "max = 10\nkind = \"bands\"\nmeasure = \"ratio\"\nbands = [\n  { from = 100, points = 10 },\n  { from = 90, below = 100, points = 8 },\n  { from = 80, below = 90, points = 6 },\n  { from = 70, below = 80, points = 4 },\n  { below = 70, points = 0 },\n]\n";

#[test]
fn k5_bands_are_half_open() {
    ratio(K5, "40", "40", "10");
    ratio(K5, "99999", "100000", "8");
    ratio(K5, "9", "10", "8");
    ratio(K5, "89999", "100000", "6");
    ratio(K5, "80", "100", "6");
    ratio(K5, "70", "100", "4");
    ratio(K5, "69999999", "100000000", "0");
    ratio(K5, "0", "7", "0");
    check_with(K5, "1", "89.999", &[("--decimal", "point")], "6");
    check_with(K5, "1", "\"89,999\"", &[("--decimal", "comma")], "6");
    check(K5, "1", "89.999", "[ambiguous-number]");
    check(K5, "1.numerator,1.denominator", ",10", "[missing-value]");
    check(K5, "1.numerator,1.denominator", "9,", "[missing-value]");
}

/// Whether 89.999 is 90 is for the set to say: here its measure is rounded before the bands.
#[test]
fn k5_a_rounded_measure_may_reach_the_next_band() {
    let rounded = |digits: u32, mode: &str| {
        format!("{K5}rounding = {{ measure = {{ digits = {digits}, mode = \"{mode}\" }} }}\n")
    };
    ratio(&rounded(2, "half-up"), "89999", "100000", "8");
    ratio(&rounded(3, "half-up"), "89999", "100000", "6");
    ratio(&rounded(2, "truncate"), "89999", "100000", "6");
    ratio(&rounded(0, "half-up"), "895", "1000", "8");
    ratio(&rounded(0, "half-even"), "885", "1000", "6");
    ratio(&rounded(0, "half-even"), "895", "1000", "8");
}

#[test]
fn k5_bands_have_no_gap_and_no_overlap() {
    refused_set(&alone(&K5.replace("from = 70, ", "from = 71, ")), "gap-between-bands");
    refused_set(&alone(&K5.replace("below = 80, ", "below = 81, ")), "overlapping-bands");
    refused_set(&alone(&K5.replace("{ below = 70", "{ to = 70")), "overlapping-bands");
    refused_set(&alone(&K5.replace("{ below = 70", "{ from = 1, below = 70")), "gap-between-bands");
    refused_set(&alone(&K5.replace("{ from = 100,", "{ above = 100,")), "gap-between-bands");
    refused_set(&alone(&K5.replace("{ from = 90, below = 100,", "{ from = 100, below = 90,")), "empty-band");
}

/// 27 of 24 is 112.5 % ("vượt 12,5 %"): it counts as 100 unless the set says otherwise.
#[test]
fn over_fulfilment_counts_as_one_hundred_or_is_refused_or_counts() {
    ratio(K5, "27", "24", "10");
    ratio(&format!("{K5}over_fulfilment = \"error\"\n"), "27", "24", "[over-fulfilled]");
    ratio(&format!("{K5}over_fulfilment = \"error\"\n"), "24", "24", "10");
    let count = "max = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\nover_fulfilment = \"count\"\nfull_at = 125\n";
    ratio(count, "27", "24", "9");
    ratio(count, "30", "24", "10");
    ratio(count, "60", "24", "10");
    let value = "max = 10\nkind = \"proportional\"\nunit = \"%\"\n";
    check(value, "1", "\"112,5\"", "[value-out-of-range]");
    check(value, "1", "100", "10");
    check(&format!("{value}over_fulfilment = \"cap\"\n"), "1", "\"112,5\"", "10");
}

/// "Từ 85 %: 10; từ 60 đến dưới 85: tỷ lệ ÷ 85 × 10, làm tròn 02 chữ số; dưới 60: 0", said in two ways.
#[test]
fn k6_gate_and_saturation() {
    let cents = "rounding = { points = { digits = 2, mode = \"half-up\" } }\n";
    let bands = "max = 10\nkind = \"bands\"\nmeasure = \"ratio\"\nbands = [\n  { from = 85, points = 10 },\n  { from = 60, below = 85, proportional_to = 85 },\n  { below = 60, points = 0 },\n]\n";
    let gate = "max = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\nfull_at = 85\nzero_below = 60\n";
    for rule in [format!("{bands}{cents}"), format!("{gate}{cents}")] {
        for (numerator, expected) in [
            ("8500", "10"),
            ("8499", "10"),
            ("7225", "8.5"),
            ("6000", "7.06"),
            ("5999", "0"),
            ("10000", "10"),
        ] {
            ratio(&rule, numerator, "10000", expected);
        }
    }
    check(gate, "1", "84.99", "9.998823529411764705882352941");
}

#[test]
fn k7_proportional_inside_a_band() {
    let rule = "max = 3\nkind = \"bands\"\nmeasure = \"ratio\"\nbands = [\n  { from = 80, proportional_to = 100 },\n  { below = 80, points = 0 },\n]\n";
    ratio(rule, "80", "100", "2.4");
    ratio(rule, "7999", "10000", "0");
    ratio(rule, "925", "1000", "2.775");
    ratio(rule, "100", "100", "3");
    refused_set(&alone(&rule.replace("proportional_to = 100", "proportional_to = 80")), "more-than-maximum");
}

#[test]
fn k8_a_straight_line_between_two_anchors() {
    let rule = "max = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\nzero_at = 50\nfull_at = 90\n";
    for (numerator, expected) in
        [("40", "0"), ("50", "0"), ("70", "5"), ("75", "6.25"), ("90", "10"), ("95", "10")]
    {
        ratio(rule, numerator, "100", expected);
    }
    refused_set(&alone(&rule.replace("zero_at = 50", "zero_at = 90")), "anchors-wrong-way");
}

/// "Dưới 50: 2; không tổ chức: 0": zero of a count is a band of its own.
#[test]
fn k9_counts_in_bands() {
    let whole = "max = 4\nkind = \"bands\"\nwhole = true\nbands = [\n  { from = 100, points = 4 },\n  { from = 50, to = 99, points = 3 },\n  { from = 1, to = 49, points = 2 },\n  { at = 0, points = 0 },\n]\n";
    for (count, expected) in
        [("0", "0"), ("1", "2"), ("49", "2"), ("50", "3"), ("99", "3"), ("100", "4"), ("12345", "4")]
    {
        check(whole, "1", count, expected);
    }
    check(whole, "1", "49.5", "[value-out-of-range]");
    check(whole, "1", "-1", "[value-out-of-range]");
    check(whole, "1", "", "[no-results]");
    refused_set(&alone(&whole.replace("whole = true\n", "")), "gap-between-bands");
    let open = "max = 4\nkind = \"bands\"\nbands = [\n  { from = 50, points = 4 },\n  { above = 0, below = 50, points = 2 },\n  { at = 0, points = 0 },\n]\n";
    for (count, expected) in [("0", "0"), ("0.5", "2"), ("49.99", "2"), ("50", "4")] {
        check(open, "1", count, expected);
    }
}

#[test]
fn k10_so_many_points_each_up_to_the_maximum() {
    let rule = "max = 2\nkind = \"count\"\neach = 0.5\n";
    for (count, expected) in [("0", "0"), ("1", "0.5"), ("3", "1.5"), ("4", "2"), ("5", "2")] {
        check(rule, "1", count, expected);
    }
    check(rule, "1", "2.5", "[value-out-of-range]");
    check(rule, "1", "", "[no-results]");
}

// K11: another criterion picks the rule.

const K11: &str = "[[criterion]]\nid = \"1\"\nname = \"Xây dựng kế hoạch\"\nmax = 3\nkind = \"yes-no\"\nna = \"reduce\"\n
[[criterion]]\nid = \"2\"\nname = \"Tổ chức lớp\"\nmax = 5\nkind = \"branch\"\non = \"1\"
[[criterion.when]]\nanswer = \"không\"\nkind = \"options\"\noptions = [{ name = \"có tổ chức\", points = 2 }, { name = \"không tổ chức\", points = 0 }]
[[criterion.when]]\nna = true\nkind = \"yes-no\"
[[criterion.when]]\nkind = \"bands\"\nunit = \"%\"\nover_fulfilment = \"cap\"
bands = [{ from = 100, points = 5 }, { from = 85, below = 100, points = 4 }, { from = 60, below = 85, points = 3 }, { above = 0, below = 60, points = 2 }, { at = 0, points = 0 }]
";

#[test]
fn k11_the_arm_of_a_branch() {
    let set = set("8", K11);
    let results = "unit,1,2\nA,có,100\nB,có,\"84,99\"\nC,có,0\nD,không,có tổ chức\nE,không,không tổ chức\nF,N/A,có\nG,có,\"112,5\"\nH,có,85\n";
    let points =
        [("A", "5"), ("B", "3"), ("C", "0"), ("D", "2"), ("E", "0"), ("F", "5"), ("G", "5"), ("H", "4")];
    let expected = points.map(|(unit, points)| (unit, "2", points));
    whole(&set, results, &[], &expected);
    refused(
        &set,
        "unit,1,2\nA,có,có tổ chức\n",
        &[],
        &["[wrong-branch]", "A", "tiêu chí 2", "dòng 2", "cột \"2\""],
    );
    refused(&set, "unit,1,2\nA,không,80\n", &[], &["[wrong-branch]"]);
    refused(&set, "unit,1,2\nA,không,\n", &[], &["[missing-value]", "A", "tiêu chí 2"]);
}

#[test]
fn k11_arms_by_points_and_broken_branches() {
    let arms = "[[criterion]]\nid = \"1\"\nname = \"Một\"\nmax = 3\nkind = \"given\"\n
[[criterion]]\nid = \"2\"\nname = \"Hai\"\nmax = 5\nkind = \"branch\"\non = \"1\"
[[criterion.when]]\npoints_from = 2\nkind = \"given\"
[[criterion.when]]\npoints_below = 2\nkind = \"yes-no\"\n";
    let results = "unit,1.points,2,2.points\nA,2,,4.5\nB,1.99,có,\nC,0,không,\n";
    whole(&set("8", arms), results, &[], &[("A", "2", "4.5"), ("B", "2", "5"), ("C", "2", "0")]);
    refused_set(&set("8", &arms.replace("points_from = 2", "points_from = 2.5")), "branch-not-exhaustive");
    refused_set(&set("8", &arms.replace("on = \"1\"", "on = \"2\"")), "cycle");
    refused_set(&set("8", &arms.replace("on = \"1\"", "on = \"9\"")), "unknown-criterion");
    refused_set(&set("8", &K11.replace("answer = \"không\"", "answer = \"chưa biết\"")), "unknown-answer");
}

// K12–K19: days, deductions, bonus.

const K12: &str = "max = 3\nkind = \"bands\"\nmeasure = \"days-late\"\ndue = 2026-03-01\nbands = [\n  { to = 30, points = 3 },\n  { above = 30, to = 60, points = 1.5 },\n  { above = 60, points = 0 },\n]\n";

#[test]
fn k12_days_late_from_a_date_or_a_number() {
    for (days, expected) in [("0", "3"), ("30", "3"), ("31", "1.5"), ("60", "1.5"), ("61", "0")] {
        check(K12, "1", days, expected);
    }
    for (date, expected) in [
        ("2026-02-10", "3"),
        ("31/3/2026", "3"),
        ("01/04/2026", "1.5"),
        ("30/04/2026", "1.5"),
        ("2026-05-01", "0"),
    ] {
        check(K12, "1", date, expected);
    }
    check(K12, "1", "31/02/2026", "[not-a-number]");
    check(K12, "1", "1.5", "[value-out-of-range]");
}

/// Friday 11 December 2026: the next Monday is one working day late and three calendar days.
#[test]
fn k12_working_days_leave_the_weekend_out() {
    let rule = |days: &str| {
        format!(
            "max = 3\nkind = \"bands\"\nmeasure = \"days-late\"\ndue = 2026-12-11\ndays = \"{days}\"\nbands = [\n  {{ to = 1, points = 3 }},\n  {{ above = 1, points = 0 }},\n]\n"
        )
    };
    check(&rule("calendar"), "1", "12/12/2026", "3");
    check(&rule("calendar"), "1", "14/12/2026", "0");
    check(&rule("working"), "1", "14/12/2026", "3");
    check(&rule("working"), "1", "15/12/2026", "0");
}

/// 100 points given, and deductions; `keys` are those of the entry `V`.
fn with_deduction(keys: &str, total: &str) -> String {
    set(
        "100",
        &format!(
            "{total}\n[[criterion]]\nid = \"1\"\nname = \"Nhóm một\"\n[[criterion]]\nid = \"1.1\"\nname = \"Điểm\"\nmax = 60\nkind = \"given\"\n
[[criterion]]\nid = \"2\"\nname = \"Nhóm hai\"\n[[criterion]]\nid = \"2.1\"\nname = \"Điểm\"\nmax = 40\nkind = \"given\"\nna = \"reduce\"\n
[[deduction]]\nid = \"V\"\nname = \"Trừ\"\n{keys}"
        ),
    )
}

const FULL: &str = "unit,1.1,2.1\nU1,60,40\n";

/// What is left of 100 points after these rows of deductions, `not-scored`, or `[code]`.
#[track_caller]
fn deducted(keys: &str, header: &str, rows: &[&str], expected: &str) {
    let rows: String = rows.iter().map(|row| format!("U1,V,{row}\n")).collect();
    let deductions = format!("unit,deduction,{header}\n{rows}");
    match score(&with_deduction(keys, ""), FULL, &[("--deductions", &deductions)]) {
        Ok(tier) => {
            let unit = unit(&tier, "U1");
            let left = if unit["status"] == "ranked" { "points" } else { "status" };
            assert_eq!(at(unit, left), expected, "{deductions} under {keys}");
        }
        Err(said) => assert!(
            said.contains(expected) && expected.starts_with('['),
            "{deductions}: not {expected}\n{said}"
        ),
    }
}

/// "Chưa quá 02 ngày: trừ 01 điểm; từ ngày thứ 3 trở đi trừ 01 điểm/ngày": two days cost one point,
/// the third has three readings.
#[test]
fn k13_days_are_deducted_in_three_readings() {
    let keys = |reading: &str| {
        format!("per = \"day\"\npoints = 1\nonset = 3\nbefore_onset = 1\nreading = \"{reading}\"\n")
    };
    for (days, cumulative, from_onset, from_start) in [
        ("0", "100", "100", "100"),
        ("1", "99", "99", "99"),
        ("2", "99", "99", "99"),
        ("3", "98", "99", "97"),
        ("5", "96", "97", "95"),
    ] {
        deducted(&keys("cumulative"), "count", &[days], cumulative);
        deducted(&keys("from-onset"), "count", &[days], from_onset);
        deducted(&keys("from-start"), "count", &[days], from_start);
    }
    deducted(&keys("cumulative"), "count", &[""], "[event-needs-days]");
}

const LATE: &str =
    "per = \"day\"\npoints = 1\nonset = 3\nbefore_onset = 1\ndue = 2026-12-15\nlast_date = 2026-12-20\n";

/// "Hồ sơ gửi sau ngày 20/12 không được tiếp nhận": a status, not a score of 0.
#[test]
fn k13_after_the_last_day_a_unit_is_not_scored() {
    deducted(LATE, "date", &["2026-12-15"], "100");
    deducted(LATE, "date", &["17/12/2026"], "99");
    deducted(LATE, "date", &["18/12/2026"], "98");
    deducted(LATE, "date", &["20/12/2026"], "96");
    deducted(LATE, "date", &["21/12/2026"], "not-scored");
    let by_days = LATE.replace("last_date = 2026-12-20", "last_day = 5");
    deducted(&by_days, "count", &["5"], "96");
    deducted(&by_days, "count", &["6"], "not-scored");
    deducted(&by_days, "date", &["2026-12-21"], "not-scored");
    deducted(&LATE.replace("last_date", "days = \"working\"\nlast_date"), "date", &["20/12/2026"], "98");
}

/// Six days after 15 December is 21 December, whichever way a row says it.
#[test]
fn k13_the_last_date_holds_for_a_number_of_days_too() {
    deducted(LATE, "count", &["5"], "96");
    deducted(LATE, "count", &["6"], "not-scored");
}

#[test]
fn k13_a_unit_that_is_not_scored_has_no_points_and_no_rank() {
    let more = [("--deductions", "unit,deduction,date\nU1,V,21/12/2026\n")];
    let tier = score(&with_deduction(LATE, ""), "unit,1.1,2.1\nU1,60,40\nU2,1,1\n", &more).expect("scored");
    let late = unit(&tier, "U1");
    for place in ["points", "index", "rank", "grade"] {
        assert!(late[place].is_null(), "{place} of {late}");
    }
    assert!(late["reason"].as_str().is_some_and(|why| why.contains('6')), "{late}");
    assert_eq!(at(unit(&tier, "U2"), "rank"), "1");
}

/// "Trừ trường hợp có lý do khách quan được chấp thuận bằng văn bản".
#[test]
fn k13_a_waiver_needs_what_the_set_says() {
    deducted(LATE, "date,waived,document", &["22/12/2026,có,Công văn 12"], "100");
    deducted(LATE, "date,waived,document", &["22/12/2026,có,"], "[no-document]");
    deducted(LATE, "date,waived,document", &["22/12/2026,không,"], "not-scored");
    deducted(&format!("{LATE}waiver = \"free\"\n"), "date,waived", &["22/12/2026,có"], "100");
    deducted(
        &format!("{LATE}waiver = \"none\"\n"),
        "date,waived,document",
        &["22/12/2026,có,Công văn 12"],
        "[no-waiver]",
    );
}

#[test]
fn k14_points_for_each_event_or_once() {
    deducted("per = \"event\"\npoints = 0.5\n", "count", &["1"], "99.5");
    deducted("per = \"event\"\npoints = 0.5\n", "count", &["", "3"], "98");
    deducted("per = \"event\"\npoints = 0.5\n", "count", &["0"], "100");
    deducted("per = \"once\"\npoints = 1\n", "count", &["3", "2"], "99");
    deducted("per = \"once\"\npoints = 1\n", "count", &["0"], "100");
    deducted("per = \"event\"\npoints = 0.5\ncap = 2\n", "count", &["3", "4"], "98");
    deducted("per = \"event\"\npoints = 0.5\n", "count,points", &["3,2"], "[event-points]");
    deducted("per = \"event\"\npoints = 0.5\n", "count", &["-1"], "[bad-event-cell]");
}

#[test]
fn k15_a_discretionary_deduction_needs_its_document() {
    let keys = "per = \"points\"\npoints = 1\ndocument = \"required\"\n";
    deducted(keys, "points,document", &["0.75,Kết luận 3"], "99.25");
    deducted(keys, "points,document", &["\"0,75\",Kết luận 3"], "99.25");
    deducted(keys, "points,document", &["0.75,"], "[no-document]");
    deducted(keys, "points,document", &["1.25,Kết luận 3"], "[event-points]");
}

/// "Không vi phạm: điểm tối đa; vi phạm nhẹ: trừ 50 % điểm; nghiêm trọng: 0".
#[test]
fn k16_losses_never_go_below_zero() {
    let simple = "max = 2\nkind = \"losses\"\neach = 0.25\n";
    for (count, expected) in [("0", "2"), ("1", "1.75"), ("8", "0"), ("9", "0"), ("1000000", "0")] {
        check(simple, "1", count, expected);
    }
    check(&format!("{simple}cap = 0.75\n"), "1", "9", "1.25");
    check(simple, "1", "-3", "[value-out-of-range]");
    check(simple, "1", "", "[no-results]");
    let named = "max = 2\nkind = \"losses\"\nlosses = [\n  { id = \"nhe\", name = \"nhẹ\", share = 25, cap = 1 },\n  { id = \"nang\", name = \"nghiêm trọng\", points = 2, once = true },\n]\n";
    for (cells, expected) in [("0,0", "2"), ("1,0", "1.5"), ("5,0", "1"), ("0,7", "0"), ("1,1", "0")] {
        check(named, "1.nhe,1.nang", cells, expected);
    }
    check(named, "1.nhe,1.nang", "1,", "[missing-value]");
    check(&named.replace("points = 2, once", "points = 0.5, once"), "1.nhe,1.nang", "2,3", "0.5");
}

/// K17: "Điểm thẩm định sau khi trừ" = round(s − d, 2), at the criterion or at its field.
#[test]
fn k17_deductions_at_a_criterion_and_a_field() {
    let rounding = "[rounding]\npoints = { digits = 2, mode = \"half-up\" }\n";
    let at = |at: &str| with_deduction(&format!("per = \"points\"\npoints = 50\nat = \"{at}\"\n"), rounding);
    let row =
        |target: &str, points: &str| format!("unit,deduction,criterion,points\nU1,V,{target},{points}\n");
    let results = "unit,1.1,2.1\nU1,8.5,31.25\n";
    let by_criterion = row("1.1", "1.255");
    let expected =
        [("U1", "1.1", "7.25"), ("U1", "1", "7.25"), ("U1", "points", "38.5"), ("U1", "deductions", "0")];
    whole(&at("criterion"), results, &[("--deductions", &by_criterion), ("--decimal", "point")], &expected);
    let more = row("1.1", "9");
    let expected = [("U1", "1.1", "0"), ("U1", "points", "31.25")];
    whole(&at("criterion"), results, &[("--deductions", &more)], &expected);
    for field in ["field", "group"] {
        let by_field = row("2", "1.25");
        let expected = [("U1", "2.1", "31.25"), ("U1", "2", "30"), ("U1", "points", "38.5")];
        whole(&at(field), results, &[("--deductions", &by_field)], &expected);
    }
    refused(
        &at("criterion"),
        results,
        &[("--deductions", &row("2", "1"))],
        &["[event-target]", "dòng 2, cột \"criterion\""],
    );
    refused(&at("criterion"), results, &[("--deductions", &row("3.1", "1"))], &["[event-target]"]);
    refused(&at("unit"), results, &[("--deductions", &row("1.1", "1"))], &["[event-target]"]);
}

/// K18: the block of deductions has a cap, and whether the total may be negative is a setting.
#[test]
fn k18_deductions_from_the_unit() {
    let keys = "per = \"event\"\npoints = 4\n";
    let more = [("--deductions", "unit,deduction,count\nU1,V,3\n")];
    let low = "unit,1.1,2.1\nU1,2,3\n";
    whole(&with_deduction(keys, ""), FULL, &more, &[("U1", "points", "88"), ("U1", "deductions", "12")]);
    let capped = with_deduction(keys, "[total]\ndeduction_cap = 10\n");
    whole(&capped, FULL, &more, &[("U1", "points", "90"), ("U1", "deductions", "10")]);
    whole(&with_deduction(keys, ""), low, &more, &[("U1", "points", "0"), ("U1", "index", "0")]);
    let no_floor = with_deduction(keys, "[total]\nfloor = \"none\"\n");
    whole(&no_floor, low, &more, &[("U1", "points", "-7"), ("U1", "index", "-7")]);
    let other_floor = with_deduction(keys, "[total]\nfloor = 3\n");
    whole(&other_floor, low, &more, &[("U1", "points", "3")]);
}

/// A criterion of 100 points, a bonus by results and one by events.
fn with_bonus(total: &str) -> String {
    set(
        "100",
        &format!(
            "{total}\n[[criterion]]\nid = \"1\"\nname = \"Điểm\"\nmax = 80\nkind = \"given\"\n[[criterion]]\nid = \"2\"\nname = \"Điểm\"\nmax = 20\nkind = \"given\"\nna = \"reduce\"\n
[[bonus]]\nid = \"IV.1\"\nname = \"Thưởng\"\nmax = 5\nkind = \"given\"\n[[bonus]]\nid = \"IV.2\"\nname = \"Sáng kiến\"\nper = \"event\"\npoints = 1\ncap = 4\n[[deduction]]\nid = \"V\"\nname = \"Trừ\"\nper = \"event\"\npoints = 1\n"
        ),
    )
}

#[test]
fn k19_bonus_has_caps_and_the_total_a_ceiling() {
    let results = "unit,1,2,IV.1\nU1,75,17,4\n";
    let more = [("--deductions", "unit,deduction,count\nU1,IV.2,9\nU1,V,1\n")];
    whole(
        &with_bonus(""),
        results,
        &more,
        &[("U1", "bonus", "8"), ("U1", "deductions", "1"), ("U1", "points", "99")],
    );
    let capped = with_bonus("[total]\nbonus_cap = 6\n");
    whole(&capped, results, &more, &[("U1", "bonus", "6"), ("U1", "points", "97")]);
    let high = "unit,1,2,IV.1\nU1,80,20,4\n";
    whole(&with_bonus(""), high, &more, &[("U1", "points", "100"), ("U1", "index", "100")]);
    let open = with_bonus("[total]\nceiling = \"none\"\n");
    whole(&open, high, &more, &[("U1", "points", "107"), ("U1", "index", "107")]);
    let other = with_bonus("[total]\nceiling = 103\n");
    whole(&other, high, &more, &[("U1", "points", "103")]);
    refused(&with_bonus(""), "unit,1,2,IV.1\nU1,1,1,6\n", &[], &["[value-out-of-range]", "IV.1"]);
}

/// 60 of 80 with 20 points N/A, three of bonus, one deducted: (60 + 3 − 1) ÷ 80, or 75 + 3 − 1.
#[test]
fn k18_k19_before_or_after_the_denominator_is_reduced() {
    let results = "unit,1,2,2.note,IV.1\nU1,60,N/A,không phát sinh,3\n";
    let more = [("--deductions", "unit,deduction\nU1,V\n")];
    let before = [("U1", "points", "62"), ("U1", "max", "80"), ("U1", "index", "77.5")];
    whole(&with_bonus("[total]\nadjust = \"before\"\n"), results, &more, &before);
    whole(&with_bonus(""), results, &more, &before);
    let after = [("U1", "points", "77"), ("U1", "max", "100"), ("U1", "index", "77")];
    whole(&with_bonus("[total]\nadjust = \"after\"\n"), results, &more, &after);
}

// K21, K22, K30: targets, shares of units, free points.

/// "Dưới 0,5 % trễ hạn": the lower, the better.
#[test]
fn k21_lower_is_better() {
    let falling =
        "max = 2\nkind = \"proportional\"\nmeasure = \"ratio\"\nbetter = \"lower\"\nfull_at = 0.5\n";
    for (late, expected) in [("0", "2"), ("5", "2"), ("10", "1"), ("40", "0.25")] {
        ratio(falling, late, "1000", expected);
    }
    ratio(&format!("{falling}zero_above = 2\n"), "20", "1000", "0.5");
    ratio(&format!("{falling}zero_above = 2\n"), "21", "1000", "0");
    let line = format!("{falling}zero_at = 2\n");
    for (late, expected) in [("0", "2"), ("50", "2"), ("125", "1"), ("200", "0"), ("300", "0")] {
        ratio(&line, late, "10000", expected);
    }
    refused_set(&alone(&line.replace("zero_at = 2", "zero_at = 0.25")), "anchors-wrong-way");
}

/// "Từ 30 % bộ phận được kiểm tra: 1; 25–<30: 0,5; <25: 0,25; không: 0".
#[test]
fn k22_a_share_of_units_in_bands() {
    let rule = "max = 1\nkind = \"bands\"\nmeasure = \"ratio\"\nzero_denominator = \"n/a\"\nbands = [\n  { from = 30, points = 1 },\n  { from = 25, below = 30, points = 0.5 },\n  { above = 0, below = 25, points = 0.25 },\n  { at = 0, points = 0 },\n]\n";
    for (numerator, denominator, expected) in [
        ("12", "40", "1"),
        ("10", "40", "0.5"),
        ("9", "40", "0.25"),
        ("1", "1000", "0.25"),
        ("0", "40", "0"),
        ("0", "0", "null"),
    ] {
        ratio(rule, numerator, denominator, expected);
    }
}

#[test]
fn a_zero_denominator_is_what_the_set_says() {
    let rule = |zero: &str| format!("max = 6\nkind = \"proportional\"\nmeasure = \"ratio\"\n{zero}");
    ratio(&rule("zero_denominator = \"full\"\n"), "0", "0", "6");
    ratio(&rule("zero_denominator = \"zero\"\n"), "0", "0", "0");
    ratio(&rule("zero_denominator = \"n/a\"\n"), "0", "0", "null");
    ratio(&rule("zero_denominator = \"error\"\n"), "0", "0", "[zero-denominator]");
    ratio(&rule(""), "0", "0", "[zero-denominator]");
    ratio(&rule("zero_denominator = \"full\"\n"), "0", "5", "0");
    ratio(&rule("zero_denominator = \"full\"\n"), "", "", "[no-results]");
}

#[test]
fn k30_options_with_a_free_number() {
    let rule = "max = 6\nkind = \"options\"\noptions = [\n  { name = \"tiên phong\", points = 6 },\n  { name = \"cải tiến từ mô hình cũ\", up_to = 3 },\n  { name = \"không\", points = 0 },\n]\n";
    let header = "1,1.points";
    check(rule, header, "tiên phong,", "6");
    check(rule, header, "cải tiến từ mô hình cũ,2.5", "2.5");
    check(rule, header, "cải tiến từ mô hình cũ,3", "3");
    check(rule, header, "cải tiến từ mô hình cũ,0", "0");
    check(rule, header, "cải tiến từ mô hình cũ,3.5", "[above-limit]");
    check(rule, header, "cải tiến từ mô hình cũ,-1", "[value-out-of-range]");
    check(rule, header, "cải tiến từ mô hình cũ,", "[missing-value]");
    check(rule, header, "không,", "0");
}

#[test]
fn k26_given_points_lie_between_zero_and_the_maximum() {
    let rule = "max = 12\nkind = \"given\"\n";
    check(rule, "1.points", "6.36", "6.36");
    check(rule, "1", "\"6,36\"", "6.36");
    check(rule, "1.points", "12", "12");
    check(rule, "1.points", "12.01", "[value-out-of-range]");
    check(rule, "1.points", "-0.01", "[value-out-of-range]");
}

// K27, K28, K33: not applicable, not scored, nothing to do.

/// One appraised criterion of 40, one of 30 that may not apply, a survey of 30.
fn three_parts(total: &str) -> String {
    set(
        "100",
        &format!(
            "{total}\n[[criterion]]\nid = \"1\"\nname = \"Thẩm định\"\n[[criterion]]\nid = \"1.1\"\nname = \"Một\"\nmax = 40\nkind = \"given\"\nna = \"reduce\"\n[[criterion]]\nid = \"1.2\"\nname = \"Hai\"\nmax = 30\nkind = \"given\"\nna = \"reduce\"\n
[[criterion]]\nid = \"2\"\nname = \"Điều tra\"\n[[criterion]]\nid = \"2.1\"\nname = \"Khảo sát\"\nmax = 30\nkind = \"given\"\npart = \"survey\"\nna = \"reduce\"\n"
        ),
    )
}

const NOT_APPLICABLE: &str = "unit,1.1,1.2,1.2.note,2.1\nU1,32,N/A,không phát sinh,15\n";

/// (a) Σs ÷ (100 − R): (32 + 15) ÷ 70.
#[test]
fn k27_a_reduces_the_whole_index() {
    let expected = [
        ("U1", "1.2", "null"),
        ("U1", "points", "47"),
        ("U1", "max", "70"),
        ("U1", "index", "67.14285714285714285714"),
    ];
    whole(&three_parts(""), NOT_APPLICABLE, &[], &expected);
    whole(&three_parts("[total]\nreduce = \"whole\"\n"), NOT_APPLICABLE, &[], &expected);
}

/// (b) Sơn La: p ÷ (T − R) × T = 32 ÷ 40 × 70 = 56; the survey's 15 are untouched.
#[test]
fn k27_b_reduces_the_appraised_part_alone() {
    let set = three_parts("[total]\nreduce = \"appraised\"\n");
    let expected = [("U1", "points", "71"), ("U1", "max", "100"), ("U1", "index", "71")];
    whole(&set, NOT_APPLICABLE, &[], &expected);
    let nothing_left_out = "unit,1.1,1.2,2.1\nU1,32,21,15\n";
    whole(&set, nothing_left_out, &[], &[("U1", "points", "68"), ("U1", "index", "68")]);
    let no_survey = "unit,1.1,1.2,2.1,2.1.note\nU1,32,21,N/A,không khảo sát\n";
    let expected = [("U1", "points", "53"), ("U1", "max", "70")];
    whole(&set, no_survey, &[], &expected);
}

/// (c), and K33: "không có vấn đề cần giải quyết: 1 điểm" stands beside "giảm trừ điểm tối đa".
#[test]
fn k27_c_k33_nothing_to_do_earns_full_points_or_leaves_the_maximum() {
    let rule = |na: &str| format!("max = 1\nkind = \"yes-no\"\nna = \"{na}\"\n");
    check(&rule("full"), "1", "không phát sinh", "1");
    check(&rule("reduce"), "1", "không phát sinh", "null");
    check(&rule("forbidden"), "1", "không phát sinh", "[na-forbidden]");
    for word in ["N/A", "KAD", "không áp dụng", "không đánh giá", "Không  Phát sinh"] {
        check(&rule("reduce"), "1", word, "null");
    }
}

/// All children N/A: the group is N/A, not 0/0; a unit to which nothing applies is not scored.
#[test]
fn k27_a_group_without_criteria_that_apply_is_not_applicable() {
    let results = "unit,1.1,1.1.note,1.2,1.2.note,2.1,2.1.note\nU1,N/A,a,N/A,b,24,\nU2,N/A,a,N/A,b,N/A,c\n";
    for total in ["", "[total]\nreduce = \"appraised\"\n", "[total]\nadjust = \"after\"\n"] {
        let tier = score(&three_parts(total), results, &[]).expect("scored");
        let first = unit(&tier, "U1");
        assert_eq!(
            (at(first, "1").as_str(), first["criteria"]["1"]["max"].to_string().as_str()),
            ("null", "0"),
            "{total}"
        );
        assert_eq!(at(first, "index"), "80", "{total}");
        let second = unit(&tier, "U2");
        assert_eq!(
            (at(second, "status").as_str(), at(second, "index").as_str()),
            ("not-scored", "null"),
            "{total}"
        );
    }
}

#[test]
fn k27_the_reason_of_not_applicable_is_printed_or_asked_for() {
    let files = [("set.toml", three_parts("")), ("r.csv", NOT_APPLICABLE.to_owned())];
    let folder = Folder::new(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let said = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv"]);
    assert!(said.stdout.contains("không phát sinh"), "{}", said.stdout);
    assert_eq!(said.stderr, "");
    folder.write("r.csv", b"unit,1.1,1.2,2.1\nU1,32,N/A,15\n");
    let unsaid = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv"]);
    assert_eq!(unsaid.code, 0);
    assert!(unsaid.stderr.contains("[na-without-reason]"), "{}", unsaid.stderr);
}

/// K28: evidence that is required and missing is 0 points; N/A and missing go before it.
#[test]
fn k28_without_evidence_there_are_no_points() {
    let rule = "max = 3\nkind = \"yes-no\"\nna = \"reduce\"\nevidence = \"required\"\n";
    check(rule, "1,1.evidence", "có,Công văn 1", "3");
    check(rule, "1,1.evidence", "có,", "0");
    check(rule, "1,1.evidence", "có,không", "0");
    check(rule, "1", "có", "0");
    check(rule, "1,1.evidence", "N/A,", "null");
    check(rule, "1,1.evidence", ",Công văn 1", "[missing-value]");
    check_with(rule, "1,1.evidence", ",", &[("--missing", "n/a")], "null");
}

/// K35: Σ children ≤ parent, min(85, …).
#[test]
fn k35_group_caps() {
    let tables = "[total]\ncap = 20\n[[criterion]]\nid = \"1\"\nname = \"Nhóm\"\ncap = 10\n[[criterion]]\nid = \"1.1\"\nname = \"a\"\nmax = 8\nkind = \"given\"\n[[criterion]]\nid = \"1.2\"\nname = \"b\"\nmax = 6\nkind = \"given\"\n
[[criterion]]\nid = \"2\"\nname = \"Hai\"\nmax = 15\nkind = \"given\"\n";
    let results = "unit,1.1,1.2,2\nA,8,6,15\nB,4,5,7\nC,7,4,9\nD,5,5,11\n";
    let expected = [
        ("A", "1", "10"),
        ("A", "points", "20"),
        ("A", "index", "100"),
        ("B", "1", "9"),
        ("B", "points", "16"),
        ("C", "1", "10"),
        ("C", "points", "19"),
        ("D", "1", "10"),
        ("D", "points", "20"),
    ];
    whole(&set("20", tables), results, &[], &expected);
    refused_set(&set("25", tables), "does-not-add-up");
    refused_set(
        &set("20", &tables.replace("name = \"Nhóm\"\n", "name = \"Nhóm\"\nmax = 14\n")),
        "does-not-add-up",
    );
}

// Policies that concern every rule.

#[test]
fn a_missing_input_is_what_the_criterion_or_else_the_round_says() {
    let rule = |missing: &str| format!("max = 4\nkind = \"yes-no\"\n{missing}");
    check(&rule(""), "1", "", "[no-results]");
    check_with(&rule(""), "1", "", &[("--missing", "error")], "[no-results]");
    check_with(&rule(""), "1", "", &[("--missing", "zero")], "0");
    check_with(&rule(""), "1", "", &[("--missing", "n/a")], "null");
    check_with(&rule("missing = \"error\"\n"), "1", "", &[("--missing", "zero")], "[no-results]");
    check_with(&rule("missing = \"zero\"\n"), "1", "", &[("--missing", "n/a")], "0");
    check_with(&rule("missing = \"n/a\"\n"), "1", "", &[("--missing", "zero")], "null");
    check_with(&rule("missing = \"full\"\n"), "1", "", &[("--missing", "zero")], "4");
    check(&rule("missing = \"full\"\n"), "1", "không", "0");
}

/// What was chosen for missing data, and how often it was used, stands with the result.
#[test]
fn the_choice_for_missing_data_is_printed() {
    let set = set(
        "8",
        "[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 4\nkind = \"yes-no\"\n[[criterion]]\nid = \"2\"\nname = \"b\"\nmax = 4\nkind = \"yes-no\"\n",
    );
    let results = "unit,1,2\nA,có,\nB,,\nC,có,có\n";
    for (missing, index) in [("zero", "50"), ("n/a", "100")] {
        let tier = score(&set, results, &[("--missing", missing)]).expect("scored");
        assert_eq!((at(&tier, "missing").as_str(), at(&tier, "missing_count").as_str()), (missing, "3"));
        assert_eq!(at(unit(&tier, "A"), "index"), index);
    }
    let folder = Folder::new(&[("set.toml", &set), ("r.csv", results)]);
    let ran = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv", "--missing", "zero"]);
    assert!(ran.stdout.contains("missing = zero") && ran.stdout.contains("3 trường hợp"), "{}", ran.stdout);
}

/// A branch waits for a criterion that is missing; the round's choice holds for both.
#[test]
fn missing_data_count_as_zero_in_a_branch_too() {
    let tables = K11.replace("na = true\nkind = \"yes-no\"\n[[criterion.when]]\n", "answer = \"có\"\n");
    let expected = [("A", "1", "0"), ("A", "2", "0"), ("A", "points", "0")];
    whole(&set("8", &tables), "unit,1,2\nA,,\n", &[("--missing", "zero")], &expected);
}

/// 2.745, 2.775 and 2.7449…: what each mode makes of a half and of what is just below it.
#[test]
fn points_are_rounded_as_the_set_says() {
    let rule = |mode: &str| {
        format!(
            "max = 3\nkind = \"proportional\"\nmeasure = \"ratio\"\nrounding = {{ points = {{ digits = 2, mode = \"{mode}\" }} }}\n"
        )
    };
    for (numerator, up, even, cut) in [
        ("915", "2.75", "2.74", "2.74"),
        ("925", "2.78", "2.78", "2.77"),
        ("9149", "2.74", "2.74", "2.74"),
        ("999", "3", "3", "2.99"),
    ] {
        let denominator = if numerator.len() == 4 { "10000" } else { "1000" };
        ratio(&rule("half-up"), numerator, denominator, up);
        ratio(&rule("half-even"), numerator, denominator, even);
        ratio(&rule("truncate"), numerator, denominator, cut);
    }
}

/// A criterion's own rounding goes before the set's; without either, points stay exact.
#[test]
fn points_are_rounded_by_the_criterion_else_by_the_set() {
    let tables = "[rounding]\npoints = { digits = 1, mode = \"half-up\" }\n[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 3\nkind = \"given\"\n[[criterion]]\nid = \"2\"\nname = \"b\"\nmax = 3\nkind = \"given\"\nrounding = { points = { digits = 2, mode = \"truncate\" } }\n";
    let results = "unit,1,2\nA,1.2571,1.2571\n";
    whole(&set("6", tables), results, &[], &[("A", "1", "1.3"), ("A", "2", "1.25"), ("A", "points", "2.55")]);
    let exact = tables.replace("[rounding]\npoints = { digits = 1, mode = \"half-up\" }\n", "");
    whole(&set("6", &exact), results, &[], &[("A", "1", "1.2571"), ("A", "points", "2.5071")]);
}

/// Total and index are rounded where they are printed and nowhere before: 1.005 of 3 is 33.5 %.
#[test]
fn total_and_index_are_rounded_only_in_print() {
    let rounding = |mode: &str| {
        let tables = format!(
            "[rounding]\ntotal = {{ digits = 2, mode = \"{mode}\" }}\nindex = {{ digits = 0, mode = \"{mode}\" }}\n[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 3\nkind = \"given\"\n"
        );
        set("3", &tables)
    };
    for (mode, total, index) in
        [("half-up", "1.01", "34"), ("half-even", "1.00", "34"), ("truncate", "1.00", "33")]
    {
        let folder = Folder::new(&[("set.toml", &rounding(mode)), ("r.csv", "unit,1\nA,1.0050\n")]);
        let ran = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv", "--format", "csv"]);
        let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let row = reader.records().next().expect("a row").expect("a row");
        let cell = |name: &str| row[header.iter().position(|column| column == name).expect(name)].to_owned();
        assert_eq!((cell("total").as_str(), cell("index").as_str()), (total, index), "{mode}");
        whole(
            &rounding(mode),
            "unit,1\nA,1.0050\n",
            &[],
            &[("A", "points", "1.005"), ("A", "index", "33.5")],
        );
    }
}

#[test]
fn a_range_holds_the_value() {
    let rule = "max = 5\nkind = \"proportional\"\nrange = [-10, 50]\nfull_at = 50\n";
    check(rule, "1", "25", "2.5");
    check(rule, "1", "50", "5");
    check(rule, "1", "-10", "0");
    check(rule, "1", "-10.5", "[value-out-of-range]");
    check(rule, "1", "50.01", "[value-out-of-range]");
}

// Ranking and grades.

/// Units with an index and the points of two groups, ranked as `ranking` says: ranks in their order.
#[track_caller]
fn ranks(ranking: &str, results: &str, more: &[(&str, &str)], expected: &[(&str, &str)]) {
    let tables = format!(
        "{ranking}\n[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 40\nkind = \"given\"\n[[criterion]]\nid = \"2\"\nname = \"b\"\nmax = 30\nkind = \"given\"\n[[criterion]]\nid = \"3\"\nname = \"c\"\nmax = 30\nkind = \"given\"\n"
    );
    let expected: Vec<(&str, &str, &str)> =
        expected.iter().map(|(unit, rank)| (*unit, "rank", *rank)).collect();
    whole(&set("100", &tables), results, more, &expected);
}

const TIED: &str = "unit,name,1,2,3\nA,Đ,20,15,15\nB,D,20,10,20\nC,An,30,15,15\nD,E,20,10,20\nE,Bình,1,1,1\n";

#[test]
fn ties_are_ranked_by_the_method() {
    ranks("", TIED, &[], &[("C", "1"), ("A", "2"), ("B", "2"), ("D", "2"), ("E", "5")]);
    let method = |name: &str| format!("[ranking]\nmethod = \"{name}\"\n");
    ranks(&method("competition"), TIED, &[], &[("C", "1"), ("A", "2"), ("B", "2"), ("D", "2"), ("E", "5")]);
    ranks(&method("dense"), TIED, &[], &[("C", "1"), ("A", "2"), ("B", "2"), ("D", "2"), ("E", "3")]);
    // By the Vietnamese alphabet: D before Đ before E.
    ranks(&method("ordinal"), TIED, &[], &[("C", "1"), ("B", "2"), ("A", "3"), ("D", "4"), ("E", "5")]);
}

#[test]
fn the_tie_break_chain_is_followed_in_order() {
    let chain = |ids: &str| format!("[ranking]\ntie_break = [{ids}]\n");
    ranks(&chain("\"2\""), TIED, &[], &[("A", "2"), ("B", "3"), ("D", "3"), ("E", "5")]);
    ranks(&chain("\"3\""), TIED, &[], &[("B", "2"), ("D", "2"), ("A", "4"), ("E", "5")]);
    let unequal = "unit,1,2,3\nA,20,15,15\nB,20,15,15\nC,25,15,10\nD,15,15,20\n";
    ranks(&chain("\"2\", \"3\""), unequal, &[], &[("D", "1"), ("A", "2"), ("B", "2"), ("C", "4")]);
    ranks(&chain("\"2\", \"1\""), unequal, &[], &[("C", "1"), ("A", "2"), ("B", "2"), ("D", "4")]);
}

/// 80.004 and 80.001 print as 80.00: one rank if the set ranks what it prints.
#[test]
fn ranks_come_from_the_exact_or_the_printed_value() {
    let results = "unit,1,2,3\nA,30.004,25,25\nB,30.001,25,25\nC,29.996,25,25\nD,29.994,25,25\n";
    let point = [("--decimal", "point")];
    ranks("[ranking]\non = \"exact\"\n", results, &point, &[("A", "1"), ("B", "2"), ("C", "3"), ("D", "4")]);
    ranks(
        "[ranking]\non = \"printed\"\n",
        results,
        &point,
        &[("A", "1"), ("B", "1"), ("C", "1"), ("D", "4")],
    );
}

#[test]
fn units_are_ranked_within_their_block_or_their_tier() {
    let results = "unit,block,1,2,3\nA,Sở,40,30,30\nB,Sở,30,30,30\nC,Xã,20,20,20\nD,Xã,10,10,10\n";
    ranks("[ranking]\nwithin = \"block\"\n", results, &[], &[("A", "1"), ("B", "2"), ("C", "1"), ("D", "2")]);
    ranks("[ranking]\nwithin = \"tier\"\n", results, &[], &[("A", "1"), ("B", "2"), ("C", "3"), ("D", "4")]);
}

/// A unit that is not ranked takes no place from the others.
#[test]
fn units_that_are_not_ranked_are_scored_and_named_with_the_reason() {
    let units = "unit,name,ranked\nA,Một,\nB,Hai,không: mới thành lập\nC,Ba,có\n";
    let results = "unit,1,2,3\nA,20,20,20\nB,30,20,20\nC,10,10,10\n";
    ranks("", results, &[("--units", units)], &[("A", "1"), ("B", "null"), ("C", "2")]);
    let tables = "[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 100\nkind = \"given\"\n";
    let tier =
        score(&set("100", tables), "unit,1\nA,20\nB,30\nC,10\n", &[("--units", units)]).expect("scored");
    let left_out = unit(&tier, "B");
    assert_eq!(
        (at(left_out, "status").as_str(), at(left_out, "reason").as_str()),
        ("not-ranked", "mới thành lập")
    );
    assert_eq!((at(left_out, "index").as_str(), tier["unranked"].as_array().map(Vec::len)), ("30", Some(1)));
}

#[test]
fn grades_begin_at_their_limit() {
    let grade = |on: &str| {
        format!(
            "[[grade]]\nname = \"Tốt\"\nfrom = 80\n{on}[[grade]]\nname = \"Khá\"\nfrom = 70\n{on}[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 100\nkind = \"given\"\n"
        )
    };
    let results = "unit,1\nA,80\nB,79.9950\nC,79.9949\nD,70\nE,69.99\n";
    let exact = [
        ("A", "grade", "Tốt"),
        ("B", "grade", "Khá"),
        ("C", "grade", "Khá"),
        ("D", "grade", "Khá"),
        ("E", "grade", "null"),
    ];
    whole(&set("100", &grade("")), results, &[], &exact);
    whole(&set("100", &grade("on = \"exact\"\n")), results, &[], &exact);
    let printed = [
        ("A", "grade", "Tốt"),
        ("B", "grade", "Tốt"),
        ("C", "grade", "Khá"),
        ("D", "grade", "Khá"),
        ("E", "grade", "null"),
    ];
    whole(&set("100", &grade("on = \"printed\"\n")), results, &[], &printed);
    refused_set(&set("100", &grade("").replace("from = 70", "from = 80")), "grades-out-of-order");
}

/// Three thirds are one: a sum of exact points falls neither behind an equal one nor below a limit.
#[test]
fn a_sum_of_thirds_is_as_good_as_its_whole() {
    let criterion = |id: u32| {
        format!(
            "[[criterion]]\nid = \"{id}\"\nname = \"a\"\nmax = 1\nkind = \"proportional\"\nmeasure = \"ratio\"\n"
        )
    };
    let criteria: String = (1..=4).map(criterion).collect();
    let tables = format!("[[grade]]\nname = \"Đạt\"\nfrom = 25\n{criteria}");
    let header = "unit,1.numerator,1.denominator,2.numerator,2.denominator,3.numerator,3.denominator,4.numerator,4.denominator";
    let results = format!("{header}\nA,1,3,1,3,1,3,0,3\nB,3,3,0,3,0,3,0,3\n");
    let expected = [("A", "rank", "1"), ("B", "rank", "1"), ("B", "grade", "Đạt"), ("A", "grade", "Đạt")];
    whole(&set("4", &tables), &results, &[], &expected);
}

/// A row of the latest stage replaces the earlier one whole: an appraiser overrules "không áp dụng".
#[test]
fn a_later_stage_overrules_not_applicable() {
    let rule = "max = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\nna = \"reduce\"\n";
    let results = "unit,criterion,value,numerator,denominator,stage,note\nU1,1,N/A,,,self,không phát sinh\nU1,1,,8,10,appraisal1,có phát sinh\n";
    whole(&alone(rule), results, &[], &[("U1", "1", "8")]);
    let percent = "unit,criterion,value,numerator,denominator,stage\nU1,1,,8,10,self\nU1,1,50,,,appraisal1\n";
    whole(&alone(rule), percent, &[], &[("U1", "1", "5")]);
}

/// "N/A" beside an answer that needs no such input changes nothing: it must not turn a bad answer
/// into a criterion that leaves the maximum.
#[test]
fn not_applicable_in_an_input_that_is_not_used_is_no_excuse() {
    let options = "max = 6\nkind = \"options\"\nna = \"reduce\"\noptions = [{ name = \"tiên phong\", points = 6 }, { name = \"cải tiến\", up_to = 3 }, { name = \"không\", points = 0 }]\n";
    check(options, "1,1.points", "không,N/A", "0");
    check(options, "1,1.points", "tiên phong,N/A", "6");
    check(options, "1,1.points", "N/A,", "null");
    let arms = K11.replace("unit = \"%\"\nover_fulfilment = \"cap\"", "measure = \"ratio\"");
    let arms = arms.replace("kind = \"branch\"", "kind = \"branch\"\nna = \"reduce\"");
    let results = "unit,1,2,2.numerator,2.denominator\nA,không,không tổ chức,N/A,N/A\nB,có,,9,10\n";
    whole(&set("8", &arms), results, &[], &[("B", "2", "4"), ("A", "2", "0")]);
}

/// Three grave violations stay three, though the light ones are said not to apply.
#[test]
fn one_kind_of_violation_that_does_not_apply_leaves_the_others() {
    let losses = "max = 2\nkind = \"losses\"\nna = \"reduce\"\nlosses = [{ id = \"nang\", name = \"nghiêm trọng\", points = 2 }, { id = \"nhe\", name = \"nhẹ\", points = 0.5 }]\n";
    check(losses, "1.nang,1.nhe", "N/A,N/A", "null");
    check(losses, "1.nang,1.nhe", "3,N/A", "0");
    check(losses, "1.nang,1.nhe", "N/A,1", "1.5");
}

/// Products below 28 digits must not vanish, nor quotients above them stop the program.
#[test]
fn a_tiny_denominator_is_a_number_like_any_other() {
    let tiny = "0.000000000000000001";
    let rule = "max = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\nfull_at = 0.1\n";
    ratio(rule, "0", tiny, "0");
    ratio(rule, tiny, tiny, "10");
    for keys in ["", "over_fulfilment = \"count\"\nrounding = { measure = { digits = 2 } }\n"] {
        let results = format!("unit,1,1.numerator,1.denominator\nU1,50,1000000000000000,{tiny}\n");
        if let Ok(tier) = score(&alone(&format!("{rule}{keys}")), &results, &[]) {
            assert_eq!(at(unit(&tier, "U1"), "1"), "10", "{keys}");
        }
    }
}

/// One block in three spellings is one block.
#[test]
fn the_spelling_of_a_block_does_not_matter() {
    let results = "unit,block,1,2,3\nA,Khối Hoà,10,0,0\nB,khối hòa,20,0,0\nC,Khối  Hoà,30,0,0\n";
    ranks("[ranking]\nwithin = \"block\"\n", results, &[], &[("C", "1"), ("B", "2"), ("A", "3")]);
}
