//! The catalogue of rules (K1–K36): each has a row and a section in `docs/catalogue.md` whose TOML
//! passes `check` and whose numbers are what the program computes; tests of its edges stand here, or
//! elsewhere and are named here.

use crate::readme::{Document, completed};
use crate::sets::{score, set, unit};
use crate::support::{Folder, Ran, project};
use serde_json::Value;

const CATALOGUE: &str = "docs/catalogue.md";

/// The section of a rule in the catalogue: its TOML passes `check`, and its numbers are right; how
/// many rows of numbers it has.
#[track_caller]
fn section(number: u32) -> usize {
    let text = document();
    let text = sections(&text).into_iter().find(|(of, _)| *of == number);
    let (_, text) = text.unwrap_or_else(|| panic!("{CATALOGUE} has no section on K{number}"));
    let section = Document::new(text.to_owned(), project().join(CATALOGUE));
    assert!(0 < section.check_rules(), "K{number} has no TOML");
    section.check_numbers()
}

/// That a rule is held by its section and by these tests, each named by its file and function.
#[track_caller]
fn held(number: u32, tests: &[&str]) {
    let rows = section(number);
    assert!(0 < rows + tests.len(), "K{number} has no numbers");
    for test in tests {
        let (file, function) = test.split_once("::").expect("a file and a function");
        let path = project().join(format!("tests/it/{file}.rs"));
        let source = std::fs::read_to_string(path).expect("a file of tests");
        let is_test = source.contains(&format!("#[test]\nfn {function}() {{\n"));
        assert!(is_test, "K{number}: there is no test {test}");
    }
}

fn document() -> String {
    std::fs::read_to_string(project().join(CATALOGUE)).expect("the catalogue")
}

/// The sections of the catalogue: which rule, and its text.
fn sections(document: &str) -> Vec<(u32, &str)> {
    let sections = document.split("\n## K").skip(1).map(|section| section.split_once(". "));
    let sections = sections.map(|section| section.expect("a number and a name"));
    sections.map(|(number, text)| (number.parse().expect("a number"), text)).collect()
}

/// Every rule has its row, its section and its test, in their order.
#[test]
fn rows_sections_and_tests_are_the_same_list() {
    let document = document();
    let rows = document.lines().filter_map(|line| line.strip_prefix("| [K")?.split_once("](#"));
    let rows: Vec<u32> = rows
        .map(|(number, anchor)| {
            assert!(anchor.starts_with(&format!("k{number}-")), "K{number} leads to {anchor}");
            number.parse().expect("a number")
        })
        .collect();
    let sections: Vec<u32> = sections(&document).iter().map(|(number, _)| *number).collect();
    let tests = include_str!("catalogue.rs").lines().filter_map(|line| line.strip_prefix("fn k"));
    let tests: Vec<u32> = tests.map(|name| name[..2].parse().expect("two digits")).collect();
    assert_eq!(tests, (1..=36).collect::<Vec<u32>>());
    assert_eq!((&rows, &sections), (&tests, &tests));
}

/// The block of a rule in the catalogue, as a whole set.
fn block(number: u32) -> String {
    let document = document();
    let sections = sections(&document);
    let (_, text) = sections.iter().find(|(of, _)| *of == number).expect("its section");
    let block = text.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```")).expect("TOML");
    completed(block.0).text
}

/// A round of two tiers: `huyen` under this set, with nothing of its own, and its communes, of which
/// each has a ratio of 10 points and something that applies to all; the index SIPAS beside them.
#[track_caller]
fn districts(upper: &str, communes: &[(&str, &str, &str)]) -> Value {
    let lower = "[[criterion]]\nid = \"1\"\nname = \"Hồ sơ đúng hạn\"\nmax = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\nzero_denominator = \"n/a\"\n[[criterion]]\nid = \"2\"\nname = \"Kế hoạch\"\nmax = 5\nkind = \"yes-no\"\n";
    let lower = set("15", lower);
    let name = |at: usize, district: &str| format!("{district}X{at}");
    let units = communes.iter().enumerate();
    let units = units.map(|(at, (district, ..))| format!("{},xa,{district}\n", name(at, district)));
    let results = communes.iter().enumerate();
    let results = results.map(|(at, (district, ok, of))| format!("{},{ok},{of},có\n", name(at, district)));
    let folder = Folder::new(&[
        (
            "round.toml",
            "[round]\nunits = \"units.csv\"\n[[index]]\nid = \"sipas\"\nname = \"SIPAS\"\nfile = \"sipas.csv\"\n[[tier]]\nid = \"huyen\"\nname = \"Cấp huyện\"\ncriteria = \"huyen.toml\"\nresults = \"huyen.csv\"\n[[tier]]\nid = \"xa\"\nname = \"Cấp xã\"\ncriteria = \"xa.toml\"\nresults = \"xa.csv\"\n",
        ),
        ("huyen.toml", upper),
        ("xa.toml", &lower),
        (
            "units.csv",
            &format!("unit,tier,parent\nA,huyen,\nB,huyen,\nC,huyen,\n{}", units.collect::<String>()),
        ),
        ("huyen.csv", "unit\nA\nB\nC\n"),
        ("xa.csv", &format!("unit,1.numerator,1.denominator,2\n{}", results.collect::<String>())),
        ("sipas.csv", "unit,index,tthc\nA,81.65,84.99\nB,94.66,85\nC,100,100\n"),
    ]);
    first_tier(&folder.run(&["score", ".", "--format", "json"]))
}

/// The first tier that was scored.
#[track_caller]
fn first_tier(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut round: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    round["tiers"][0].take()
}

/// Points of a criterion of the units A, B and C.
#[track_caller]
fn points(tier: &Value, id: &str) -> [String; 3] {
    ["A", "B", "C"].map(|name| unit(tier, name)["criteria"][id]["points"].to_string())
}

/// District A has four of five communes without a late dossier, B one of three and one without any
/// dossiers, C none at all.
const COMMUNES: [(&str, &str, &str); 9] = [
    ("A", "12", "12"),
    ("A", "1", "1"),
    ("A", "30", "30"),
    ("A", "7", "7"),
    ("A", "999999", "1000000"),
    ("B", "10", "10"),
    ("B", "9", "10"),
    ("B", "72", "90"),
    ("B", "0", "0"),
];

#[test]
fn k01_yes_or_no() {
    held(1, &["sets::k1_yes_or_no"]);
}

#[test]
fn k02_options_with_points() {
    held(2, &["sets::k2_options_with_points"]);
}

#[test]
fn k03_options_as_a_share() {
    held(3, &["sets::k3_options_with_a_share_of_the_maximum"]);
}

#[test]
fn k04_all_or_nothing() {
    held(4, &["sets::k4_all_conditions_or_nothing"]);
}

#[test]
fn k05_bands_of_a_ratio() {
    held(
        5,
        &[
            "sets::k5_bands_are_half_open",
            "sets::k5_a_rounded_measure_may_reach_the_next_band",
            "sets::k5_bands_have_no_gap_and_no_overlap",
            "sets::over_fulfilment_counts_as_one_hundred_or_is_refused_or_counts",
        ],
    );
}

#[test]
fn k06_gate_and_saturation() {
    held(6, &["sets::k6_gate_and_saturation", "golden::gc20_the_proportional_gate_of_criterion_ii_6"]);
}

#[test]
fn k07_a_proportion_inside_a_band() {
    held(7, &["sets::k7_proportional_inside_a_band"]);
}

#[test]
fn k08_a_straight_line_between_two_anchors() {
    held(8, &["sets::k8_a_straight_line_between_two_anchors"]);
}

#[test]
fn k09_bands_of_a_count() {
    held(9, &["sets::k9_counts_in_bands"]);
}

#[test]
fn k10_points_for_each() {
    held(10, &["sets::k10_so_many_points_each_up_to_the_maximum"]);
}

#[test]
fn k11_by_the_outcome_of_another_criterion() {
    held(11, &["sets::k11_the_arm_of_a_branch", "sets::k11_arms_by_points_and_broken_branches"]);
}

#[test]
fn k12_lateness_in_bands() {
    held(
        12,
        &["sets::k12_days_late_from_a_date_or_a_number", "sets::k12_working_days_leave_the_weekend_out"],
    );
}

#[test]
fn k13_points_for_each_day_late() {
    held(
        13,
        &[
            "sets::k13_days_are_deducted_in_three_readings",
            "sets::k13_after_the_last_day_a_unit_is_not_scored",
            "sets::k13_the_last_date_holds_for_a_number_of_days_too",
            "sets::k13_a_unit_that_is_not_scored_has_no_points_and_no_rank",
            "sets::k13_a_waiver_needs_what_the_set_says",
        ],
    );
}

#[test]
fn k14_points_for_each_event() {
    held(14, &["sets::k14_points_for_each_event_or_once"]);
}

#[test]
fn k15_a_discretionary_deduction() {
    held(15, &["sets::k15_a_discretionary_deduction_needs_its_document"]);
}

#[test]
fn k16_losses_from_the_maximum() {
    held(16, &["sets::k16_losses_never_go_below_zero"]);
}

#[test]
fn k17_a_deduction_from_one_criterion() {
    held(17, &["sets::k17_deductions_at_a_criterion_and_a_field"]);
}

#[test]
fn k18_a_block_of_deductions() {
    held(
        18,
        &["sets::k18_deductions_from_the_unit", "sets::k18_k19_before_or_after_the_denominator_is_reduced"],
    );
}

#[test]
fn k19_a_block_of_bonus() {
    held(
        19,
        &[
            "sets::k19_bonus_has_caps_and_the_total_a_ceiling",
            "golden::gc22_a_high_total_keeps_its_deductions",
            "golden::gc23_a_low_total_stops_at_zero",
        ],
    );
}

/// Out of the round before: two thirds are no more than four sixths were; a unit that two became is
/// held against both together, a new one has nothing to be held against.
#[test]
fn k20_better_than_the_year_before() {
    held(20, &[]);
    let folder = Folder::new(&[("set.toml", &block(20))]);
    let round = |more: &str| {
        format!(
            "[round]\nunits = \"units.csv\"\n{more}[[tier]]\nid = \"xa\"\nname = \"Cấp xã\"\ncriteria = \"../set.toml\"\nresults = \"results.csv\"\n"
        )
    };
    for (year, round, units, results) in [
        ("2025", round(""), "unit,previous\nA,\nB,\nC,\nD,\n", "A,4,6\nB,9,10\nC,1,10\nD,5,10\n"),
        (
            "2026",
            round("previous = \"../2025\"\n"),
            "unit,previous\nA,\nM,B;C\nD,\nN,\n",
            "A,2,3\nM,51,100\nD,500001,1000000\nN,10,10\n",
        ),
    ] {
        std::fs::create_dir(folder.path(year)).expect("a folder");
        folder.write(&format!("{year}/round.toml"), round.as_bytes());
        folder.write(&format!("{year}/units.csv"), units.as_bytes());
        let results = format!("unit,1.numerator,1.denominator\n{results}");
        folder.write(&format!("{year}/results.csv"), results.as_bytes());
    }
    let tier = first_tier(&folder.run(&["score", "2026", "--format", "json"]));
    let points = |id: &str| unit(&tier, id)["criteria"]["1"]["points"].to_string();
    assert_eq!(["A", "M", "D", "N"].map(points), ["0", "1", "1", "null"]);
}

/// Each unit has its own target, which goes before that of the set; the results go before both.
#[test]
fn k21_against_a_target() {
    held(21, &["sets::k21_lower_is_better"]);
    let folder = Folder::new(&[
        (
            "round.toml",
            "[round]\ntargets = \"targets.csv\"\ndecimal = \"point\"\n[[tier]]\nid = \"xa\"\nname = \"Cấp xã\"\ncriteria = \"set.toml\"\nresults = \"results.csv\"\n",
        ),
        ("set.toml", &block(21)),
        ("targets.csv", "unit,criterion,target\nB,1,50\nC,1,50\nB,2,2\n"),
        ("results.csv", "unit,1,1.target,2\nA,39.33,,1.94\nB,39.33,,1.94\nC,39.33,39.33,1.94\n"),
    ]);
    let tier = first_tier(&folder.run(&["score", ".", "--format", "json"]));
    assert_eq!(points(&tier, "1"), ["1.9665", "1.5732", "2"]);
    assert_eq!(points(&tier, "2"), ["0", "2", "0"]);
}

/// 4 of 5 is the 80 % that are asked for; 1 of 3, or 2 of 4, or 1 of 4, as the set says.
#[test]
fn k22_a_share_of_lower_units() {
    held(22, &["sets::k22_a_share_of_units_in_bands"]);
    let set = block(22);
    for (said, of_b) in [("exclude", "2.0833333333333333333333333333"), ("met", "3.125"), ("unmet", "1.5625")]
    {
        let set = set.replace("not_applicable = \"exclude\"", &format!("not_applicable = \"{said}\""));
        assert_eq!(points(&districts(&set, &COMMUNES), "1"), ["5", of_b, "null"], "{said}");
        let by_measure = set.replace("share_from = 100", "measure_from = 100");
        assert_eq!(points(&districts(&by_measure, &COMMUNES), "1"), ["5", of_b, "null"], "{said}");
    }
    let zero = set.replace("zero_denominator = \"n/a\"", "zero_denominator = \"zero\"");
    assert_eq!(points(&districts(&zero, &COMMUNES), "1")[2], "0");
}

/// 100, 90 and 80 %: 90 on the mean, 91 of 110 dossiers when these are the weights.
#[test]
fn k23_the_mean_of_lower_units() {
    section(23);
    let set = block(23);
    let weighted = points(&districts(&set, &COMMUNES), "1");
    assert_eq!(weighted[1..], ["4.1363636363636363636363636364", "null"]);
    let plain = set.replace("weight = \"1.denominator\"", "weight = \"none\"");
    assert_eq!(points(&districts(&plain, &COMMUNES), "1")[1..], ["4.5", "null"]);
}

#[test]
fn k24_weighted_survey_answers() {
    held(
        24,
        &[
            "rules::k24_answers_with_weights",
            "rules::k24_nobody_answered",
            "rules::k24_the_smallest_sample",
            "rules::k24_tasks_by_their_end",
            "golden::gc25_survey_answers_by_their_weights",
        ],
    );
}

/// 81.65 % and 94.66 % of 10 points; a factor of 84.99 % misses its limit of 85 %. Another tier that
/// scores the same units is an index too, and its criteria are the factors.
#[test]
fn k25_another_index() {
    section(25);
    let tier = districts(&block(25), &COMMUNES);
    assert_eq!(points(&tier, "1"), ["8.165", "9.466", "10"]);
    assert_eq!(points(&tier, "2"), ["0", "1", "1"]);
    let two = |first: &str, second: &str| {
        let criterion = |id: &str, rule: &str| {
            format!("[[criterion]]\nid = \"{id}\"\nname = \"Nhóm\"\nmax = 10\n{rule}\n")
        };
        set("20", &format!("{}{}", criterion("1", first), criterion("2", second)))
    };
    let index = "kind = \"index\"\nof = \"766\"\n";
    let folder = Folder::new(&[
        (
            "round.toml",
            "[round]\nunits = \"units.csv\"\n[[tier]]\nid = \"xa\"\nname = \"Cấp xã\"\ncriteria = \"xa.toml\"\nresults = \"xa.csv\"\n[[tier]]\nid = \"766\"\nname = \"Chất lượng phục vụ\"\nunits_of = \"xa\"\ncriteria = \"766.toml\"\nresults = \"766.csv\"\n",
        ),
        ("766.toml", &two("kind = \"given\"", "kind = \"given\"")),
        ("xa.toml", &two(index, &format!("{index}factor = \"1\""))),
        ("units.csv", "unit,tier\nA,xa\nB,xa\nC,xa\n"),
        ("xa.csv", "unit\nA\nB\nC\n"),
        ("766.csv", "unit,1,2\nA,10,5\nB,8.5,0\nC,0,10\n"),
    ]);
    let tier = first_tier(&folder.run(&["score", ".", "--format", "json"]));
    assert_eq!(points(&tier, "1"), ["7.5", "4.25", "5"]);
    assert_eq!(points(&tier, "2"), ["10", "8.5", "0"]);
}

#[test]
fn k26_a_mark_from_outside() {
    held(26, &["sets::k26_given_points_lie_between_zero_and_the_maximum", "rules::k26_several_judges"]);
}

#[test]
fn k27_not_applicable_reduces_the_maximum() {
    held(
        27,
        &[
            "sets::k27_a_reduces_the_whole_index",
            "sets::k27_b_reduces_the_appraised_part_alone",
            "sets::k27_c_k33_nothing_to_do_earns_full_points_or_leaves_the_maximum",
            "sets::k27_a_group_without_criteria_that_apply_is_not_applicable",
            "sets::k27_the_reason_of_not_applicable_is_printed_or_asked_for",
            "sets::a_zero_denominator_is_what_the_set_says",
            "golden::gc02_index_after_removed_criteria",
        ],
    );
}

#[test]
fn k28_no_evidence_no_points() {
    held(
        28,
        &[
            "sets::k28_without_evidence_there_are_no_points",
            "sets::k13_after_the_last_day_a_unit_is_not_scored",
        ],
    );
}

/// 9.99 % late dossiers leave the grade, 10 % take it; points and rank stay.
#[test]
fn k29_a_condition_limits_the_grade() {
    section(29);
    let set = block(29).replace("full_at = 0\n", "full_at = 5\n").replace("zero_at = 50", "zero_at = 75");
    let tier = score(&set, "unit,1\nA,9.99\nB,10\nC,40\n", &[("--decimal", "point")]).expect("scored");
    for (id, grade, by_index, rank) in
        [("A", Some("Tốt"), None, 1), ("B", Some("Khá"), Some("Tốt"), 2), ("C", None, None, 3)]
    {
        let unit = unit(&tier, id);
        assert_eq!((unit["grade"].as_str(), unit["rank"].as_u64()), (grade, Some(rank)), "{id}");
        let limit = [&unit["grade_by_index"], &unit["grade_limit"]].map(Value::as_str);
        assert_eq!(limit, [by_index, by_index.map(|_| "Từ 10 % hồ sơ trễ hạn")], "{id}");
    }
}

#[test]
fn k30_an_option_with_a_free_number() {
    held(30, &["sets::k30_options_with_a_free_number", "rules::k30_free_points_between"]);
}

#[test]
fn k31_a_ratio_with_a_subtraction() {
    held(31, &["rules::k31_what_was_settled_well"]);
}

#[test]
fn k32_one_of_several_formulas() {
    held(
        32,
        &[
            "rules::k32_arithmetic",
            "rules::k32_one_of_several_formulas",
            "rules::k32_above_the_maximum_is_a_warning",
            "rules::k32_hostile_formulas",
        ],
    );
}

#[test]
fn k33_nothing_to_do_is_full_points() {
    held(33, &["sets::k27_c_k33_nothing_to_do_earns_full_points_or_leaves_the_maximum"]);
}

#[test]
fn k34_only_the_highest_counts() {
    held(34, &["sets::k34_the_best_condition_alone"]);
}

#[test]
fn k35_a_group_is_capped() {
    held(35, &["sets::k35_group_caps"]);
}

/// A round that has no first appraisal refuses results of one, and counts the latest that it has.
#[test]
fn k36_stages_side_by_side() {
    held(
        36,
        &["score::the_latest_stage_that_counts_is_scored", "sets::a_later_stage_overrules_not_applicable"],
    );
    let tables = "[[criterion]]\nid = \"1\"\nname = \"Điểm\"\nmax = 10\nkind = \"given\"\n";
    let run = |stages: &str, stage: &str| {
        let round = format!(
            "[round]\nstages = [{stages}]\n[[tier]]\nid = \"xa\"\nname = \"Cấp xã\"\ncriteria = \"set.toml\"\nresults = \"results.csv\"\n"
        );
        let results = "unit,criterion,value,stage\nA,1,6,self\nA,1,4,appraisal1\nA,1,5,final\n";
        let files =
            [("round.toml", round.as_str()), ("set.toml", &set("10", tables)), ("results.csv", results)];
        Folder::new(&files).run(&["score", ".", "--stage", stage, "--format", "json"])
    };
    let all = "\"self\", \"appraisal1\", \"final\"";
    for (stage, expected) in [("self", "6"), ("appraisal1", "4"), ("explanation", "4"), ("final", "5")] {
        let tier = first_tier(&run(all, stage));
        assert_eq!(unit(&tier, "A")["points"].to_string(), expected, "{stage}");
    }
    let ran = run("\"self\", \"final\"", "final");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("dòng 3") && ran.stderr.contains("appraisal1"), "{}", ran.stderr);
}

/// "Sao chép điểm thẩm định lần 1 = điểm tự chấm": figures that were only copied are pointed at.
#[test]
fn an_appraisal_that_was_copied_is_a_warning() {
    let ids = ["1", "2", "3", "4", "5"];
    let criterion =
        |id: &str| format!("[[criterion]]\nid = \"{id}\"\nname = \"Điểm\"\nmax = 10\nkind = \"given\"\n");
    let fifty = set("50", &ids.map(criterion).concat());
    for (last, said) in [("7", true), ("6", false)] {
        let row = |stage: &str, id: &str| {
            let points = if stage == "self" || id != "5" { "7" } else { last };
            format!("A,{id},{points},{stage}\n")
        };
        let rows = ["self", "appraisal1"].map(|stage| ids.map(|id| row(stage, id)).concat()).concat();
        let results = format!("unit,criterion,value,stage\n{rows}");
        let folder = Folder::new(&[("set.toml", &fifty), ("results.csv", &results)]);
        let ran = folder.run(&["check", "--criteria", "set.toml", "--results", "results.csv"]);
        assert_eq!((ran.code, ran.stderr.contains("[self-equals-appraised]")), (0, said), "{}", ran.stderr);
    }
}
