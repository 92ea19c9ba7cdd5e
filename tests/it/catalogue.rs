//! The catalogue of rules (K1–K36): each has a row and a section in `docs/catalogue.md` whose TOML
//! passes `check` and whose numbers are what the program computes, and tests of its edges elsewhere,
//! which are named here.

use crate::readme::Document;
use crate::support::project;

const CATALOGUE: &str = "docs/catalogue.md";

/// That a rule stands in the catalogue and is held there and by these tests, each named by its file
/// and function.
#[track_caller]
fn held(number: u32, tests: &[&str]) {
    let text = document();
    let text = sections(&text).into_iter().find(|(of, _)| *of == number);
    let (_, text) = text.unwrap_or_else(|| panic!("{CATALOGUE} has no section on K{number}"));
    let section = Document::new(text.to_owned(), project().join(CATALOGUE));
    assert!(0 < section.check_rules(), "K{number} has no TOML");
    let rows = section.check_numbers();
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
    assert!(tests.is_sorted());
    assert_eq!((&rows, &sections), (&tests, &tests));
}

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

#[test]
fn k26_a_mark_from_outside() {
    held(26, &["sets::k26_given_points_lie_between_zero_and_the_maximum"]);
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

#[test]
fn k30_an_option_with_a_free_number() {
    held(30, &["sets::k30_options_with_a_free_number"]);
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
