//! What holds for all inputs. Every generated case is a block of one round, so that hundreds of
//! cases are scored by a few runs of the program.

use crate::sets::{score, set, unit};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

/// So many rounds of [`CASES`] blocks for each property.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 6, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() }
}

const CASES: usize = 50;

/// Every kind whose points can be raised by an input, and one of each other kind.
const TABLES: &str = "[ranking]\nwithin = \"block\"\non = \"exact\"
[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 20\nkind = \"proportional\"\nmeasure = \"ratio\"\nfull_at = 90\nzero_below = 30
[[criterion]]\nid = \"2\"\nname = \"b\"\nmax = 20\nkind = \"bands\"\nunit = \"%\"\nbands = [{ from = 95, points = 20 }, { from = 50, below = 95, proportional_to = 100 }, { below = 50, points = 5 }]
[[criterion]]\nid = \"3\"\nname = \"c\"\nmax = 10\nkind = \"count\"\neach = 0.75
[[criterion]]\nid = \"4\"\nname = \"d\"\nmax = 10\nkind = \"given\"
[[criterion]]\nid = \"5\"\nname = \"e\"\nmax = 10\nkind = \"losses\"\neach = 1.5
[[criterion]]\nid = \"6\"\nname = \"f\"\nmax = 20\nkind = \"proportional\"\nmeasure = \"ratio\"\nbetter = \"lower\"\nfull_at = 5\nzero_at = 60
[[criterion]]\nid = \"7\"\nname = \"g\"\nmax = 10\nkind = \"yes-no\"\nna = \"reduce\"\n";

const HEADER: &str = "unit,block,1.numerator,1.denominator,2,3,4,5,6.numerator,6.denominator,7,7.note";

/// The inputs of a unit, numbers in hundredths.
#[derive(Clone, Debug)]
struct Inputs {
    ratio: (u32, u32),
    percent: u32,
    count: u32,
    given: u32,
    violations: u32,
    late: (u32, u32),
    answer: u8,
}

fn inputs() -> impl Strategy<Value = Inputs> {
    let part = || (0u32..=1_000_000, 1u32..=1_000_000).prop_map(|(a, b)| (a.min(b), a.max(b)));
    // A few round values, so that bounds and ties are met often.
    let percent = prop_oneof![0u32..=10_000, Just(9_500), Just(5_000), Just(10_000), Just(4_999)];
    (part(), percent, 0u32..=20, 0u32..=1_000, 0u32..=9, part(), 0u8..=2).prop_map(
        |(ratio, percent, count, given, violations, late, answer)| Inputs {
            ratio,
            percent,
            count,
            given,
            violations,
            late,
            answer,
        },
    )
}

/// Blocks of units.
fn blocks() -> impl Strategy<Value = Vec<Vec<Inputs>>> {
    prop::collection::vec(prop::collection::vec(inputs(), 2..=5), CASES)
}

fn hundredths(number: u32) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

impl Inputs {
    fn row(&self, unit: &str, block: usize) -> String {
        let answer = ["không,", "có,", "N/A,không phát sinh"][usize::from(self.answer)];
        let Inputs { ratio: (done, of), count, violations, late: (late, all), .. } = self;
        let (percent, given) = (hundredths(self.percent), hundredths(self.given));
        format!("{unit},K{block},{done},{of},{percent},{count},{given},{violations},{late},{all},{answer}\n")
    }
}

fn rows(blocks: &[Vec<Inputs>]) -> Vec<String> {
    let of = |(block, units): (usize, &Vec<Inputs>)| {
        units
            .iter()
            .enumerate()
            .map(move |(at, inputs)| inputs.row(&name(block, at), block))
            .collect::<Vec<_>>()
    };
    blocks.iter().enumerate().flat_map(of).collect()
}

fn name(block: usize, at: usize) -> String {
    format!("U{block}-{at}")
}

#[track_caller]
fn scored(tables: &str, rows: &[String]) -> Value {
    score(&set("100", tables), &format!("{HEADER}\n{}", rows.concat()), &[])
        .unwrap_or_else(|said| panic!("{said}"))
}

#[track_caller]
fn number(value: &Value) -> Decimal {
    value.to_string().parse().unwrap_or_else(|_| panic!("{value} is no number"))
}

/// The places of all units, by block and unit.
fn ranks(tier: &Value, blocks: &[Vec<Inputs>]) -> Vec<Vec<u64>> {
    let rank = |block: usize, at: usize| unit(tier, &name(block, at))["rank"].as_u64().expect("a rank");
    blocks
        .iter()
        .enumerate()
        .map(|(block, units)| (0..units.len()).map(|at| rank(block, at)).collect())
        .collect()
}

proptest! {
    #![proptest_config(config())]

    /// Units and rows may come in any order.
    #[test]
    fn reordering_changes_nothing((blocks, order) in blocks().prop_flat_map(|blocks| {
        let count = blocks.iter().map(Vec::len).sum::<usize>();
        (Just(blocks), Just((0..count).collect::<Vec<usize>>()).prop_shuffle())
    })) {
        let rows = rows(&blocks);
        let shuffled: Vec<String> = order.iter().map(|at| rows[*at].clone()).collect();
        let (first, second) = (scored(TABLES, &rows), scored(TABLES, &shuffled));
        for (block, units) in blocks.iter().enumerate() {
            for at in 0..units.len() {
                prop_assert_eq!(unit(&first, &name(block, at)), unit(&second, &name(block, at)));
            }
        }
    }

    /// Points lie between 0 and the maximum, the total is their sum, the index their share.
    #[test]
    fn points_lie_between_zero_and_the_maximum(blocks in blocks()) {
        let tier = scored(TABLES, &rows(&blocks));
        let maxima = [("1", 20), ("2", 20), ("3", 10), ("4", 10), ("5", 10), ("6", 20), ("7", 10)];
        for found in tier["units"].as_array().expect("units") {
            let (mut sum, mut max) = (Decimal::ZERO, Decimal::ZERO);
            for (id, most) in maxima {
                let criterion = &found["criteria"][id];
                if criterion["points"].is_null() {
                    prop_assert_eq!(number(&criterion["max"]), Decimal::ZERO);
                    continue;
                }
                let points = number(&criterion["points"]);
                prop_assert!(Decimal::ZERO <= points && points <= Decimal::from(most), "{} of {}", id, found);
                sum += points;
                max += number(&criterion["max"]);
            }
            let settled = parindex::number::settle(sum); // totals end at the 20th digit
            prop_assert_eq!(number(&found["points"]), settled, "{}", found);
            prop_assert_eq!(number(&found["max"]), max, "{}", found);
            let index = number(&found["index"]);
            prop_assert!(Decimal::ZERO <= index && index <= Decimal::ONE_HUNDRED);
        }
    }

    /// More of what is good never costs a place.
    #[test]
    fn raising_an_input_never_lowers_the_rank(blocks in blocks(), which in 0usize..5, by in 1u32..=3_000) {
        let before = ranks(&scored(TABLES, &rows(&blocks)), &blocks);
        let mut raised = blocks.clone();
        for first in raised.iter_mut().map(|block| &mut block[0]) {
            match which {
                0 => first.ratio.0 = first.ratio.1.min(first.ratio.0.saturating_add(by * 100)),
                1 => first.percent = 10_000.min(first.percent + by),
                2 => first.count += by,
                3 => first.given = 1_000.min(first.given + by),
                _ => first.violations = first.violations.saturating_sub(by),
            }
        }
        let after = ranks(&scored(TABLES, &rows(&raised)), &raised);
        for (block, (before, after)) in before.iter().zip(&after).enumerate() {
            prop_assert!(after[0] <= before[0], "{} → {}: {:?}", before[0], after[0], raised[block]);
        }
    }

    /// Less of what is bad, where lower is better, never costs a place.
    #[test]
    fn lowering_what_is_bad_never_lowers_the_rank(blocks in blocks(), by in 1u32..=500_000) {
        let before = ranks(&scored(TABLES, &rows(&blocks)), &blocks);
        let mut lowered = blocks.clone();
        lowered.iter_mut().for_each(|block| block[0].late.0 = block[0].late.0.saturating_sub(by));
        let after = ranks(&scored(TABLES, &rows(&lowered)), &lowered);
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(after[0] <= before[0]);
        }
    }

    /// How totals and indices are printed has no say in an exact ranking.
    #[test]
    fn rounding_never_changes_the_ranking(blocks in blocks(), digits in 0u32..=3, mode in 0usize..3) {
        let mode = ["half-up", "half-even", "truncate"][mode];
        let how = format!("{{ digits = {digits}, mode = \"{mode}\" }}");
        let rounded = format!("[rounding]\ntotal = {how}\nindex = {how}\n{TABLES}");
        let (rows, plain) = (rows(&blocks), ranks(&scored(TABLES, &rows(&blocks)), &blocks));
        prop_assert_eq!(ranks(&scored(&rounded, &rows), &blocks), plain);
    }

    /// The rank of a unit is one more than the number of units that are better.
    #[test]
    fn ranks_count_the_units_that_are_better(blocks in blocks()) {
        let tier = scored(TABLES, &rows(&blocks));
        let ranks = ranks(&tier, &blocks);
        for (block, ranks) in ranks.iter().enumerate() {
            let index = |at: usize| number(&unit(&tier, &name(block, at))["index"]);
            for (at, rank) in ranks.iter().enumerate() {
                let better = (0..ranks.len()).filter(|other| index(at) < index(*other)).count();
                prop_assert_eq!(*rank, better as u64 + 1);
            }
        }
    }
}

/// Three proportional criteria of 60.00, 30.00 and 10.00 points; the set's rounding comes first.
fn ratios(rounding: &str) -> String {
    let criterion = |id: u32, max: u32| {
        format!(
            "[[criterion]]\nid = \"{id}\"\nname = \"a\"\nmax = {max}\nkind = \"proportional\"\nmeasure = \"ratio\"\n"
        )
    };
    let criteria: String = [(1, 60), (2, 30), (3, 10)].map(|(id, max)| criterion(id, max)).concat();
    format!("{rounding}[ranking]\nwithin = \"block\"\n{criteria}")
}

const RATIOS: &str =
    "unit,block,1.numerator,1.denominator,2.numerator,2.denominator,3.numerator,3.denominator";

/// Numerators and denominators of the three criteria.
type Parts = [(u64, u64); 3];

fn parts() -> impl Strategy<Value = Parts> {
    let part = || (0u64..=100_000, 1u64..=100_000).prop_map(|(a, b)| (a.min(b), a.max(b)));
    (part(), part(), part()).prop_map(|(a, b, c)| [a, b, c])
}

fn ratio_row(unit: &str, block: usize, parts: &Parts) -> String {
    let cells: String =
        parts.iter().map(|(numerator, denominator)| format!(",{numerator},{denominator}")).collect();
    format!("{unit},K{block}{cells}\n")
}

proptest! {
    #![proptest_config(config())]

    /// a ÷ b and ka ÷ kb are the same number, so they share points, index and rank.
    #[test]
    fn equal_fractions_tie(cases in prop::collection::vec((parts(), 2u64..=1_000), CASES)) {
        let row = |(block, (parts, k)): (usize, &(Parts, u64))| {
            let times = parts.map(|(numerator, denominator)| (numerator * k, denominator * k));
            ratio_row(&format!("A{block}"), block, parts) + &ratio_row(&format!("B{block}"), block, &times)
        };
        let rows: String = cases.iter().enumerate().map(row).collect();
        let tier = score(&set("100", &ratios("")), &format!("{RATIOS}\n{rows}"), &[]).expect("scored");
        for block in 0..cases.len() {
            let (a, b) = (unit(&tier, &format!("A{block}")), unit(&tier, &format!("B{block}")));
            prop_assert_eq!((&a["index"], &a["criteria"]), (&b["index"], &b["criteria"]));
            prop_assert_eq!((a["rank"].as_u64(), b["rank"].as_u64()), (Some(1), Some(1)));
        }
    }

    /// Points rounded half-up to hundredths are what whole numbers give: ⌊(2·max·a + b) ÷ 2b⌋.
    #[test]
    fn rounded_points_are_those_of_whole_numbers(cases in prop::collection::vec(parts(), CASES)) {
        let rows: String = cases.iter().enumerate().map(|(at, parts)| ratio_row(&format!("U{at}"), at, parts)).collect();
        let rounded = ratios("[rounding]\npoints = { digits = 2, mode = \"half-up\" }\n");
        let tier = score(&set("100", &rounded), &format!("{RATIOS}\n{rows}"), &[]).expect("scored");
        for (at, parts) in cases.iter().enumerate() {
            let found = unit(&tier, &format!("U{at}"));
            let mut total = 0;
            for ((id, max), (numerator, denominator)) in [("1", 6_000), ("2", 3_000), ("3", 1_000)].iter().zip(parts) {
                let points = (2 * max * numerator + denominator) / (2 * denominator);
                total += points;
                prop_assert_eq!(number(&found["criteria"][id]["points"]), Decimal::new(points as i64, 2));
            }
            prop_assert_eq!(number(&found["points"]), Decimal::new(total as i64, 2));
        }
    }
}
