//! The cheapest plans, held against the optima that three solvers agree on, against all combinations
//! of small choices, and against a table by exact gain for larger ones.

use crate::support::shared;
use parindex::optimum::{Alternative, Choices, Plan, TooLarge};
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// The optima of an exact dynamic programme, HiGHS and CP-SAT.
#[test]
fn the_optima_are_those_of_three_solvers() {
    let (Some(offered), Some(expected)) = (rows("opt_alternatives"), rows("opt_expected")) else { return };
    let mut units: HashMap<&str, Vec<(&str, Vec<Alternative>)>> = HashMap::new();
    for row in &offered {
        let [unit, criterion, _, gain, cost] = fields(row);
        let choices = units.entry(unit).or_default();
        if choices.last().is_none_or(|(last, _)| *last != criterion) {
            choices.push((criterion, Vec::new()));
        }
        let alternative = Alternative { gain: number(gain).into(), cost: number(cost) };
        choices.last_mut().expect("a choice").1.push(alternative);
    }
    for row in &expected {
        let [unit, _, need, cost] = fields(row);
        let need = u128::from(number(need));
        let offered: Vec<Vec<Alternative>> = units[unit].iter().map(|(_, offered)| offered.clone()).collect();
        let choices = Choices::new(offered.clone()).expect("small numbers");
        let plan = choices.cheapest(need).expect("a plan");
        assert_eq!(plan.cost, number(cost), "{unit} {need}");
        adds_up(&offered, &plan, need);

        let first: Vec<Plan> = choices.plans(need).take(20).collect();
        assert_eq!(first[0], plan, "{unit} {need}");
        are_in_order(&offered, &first, need);
        let fewest = choices.fewest(need).expect("a plan");
        adds_up(&offered, &fewest, need);
        assert!(plan.cost <= fewest.cost && fewest.touched() <= plan.touched(), "{unit} {need}");
        assert_eq!(choices.frontier(&[need, 0])[0].as_ref(), Some(&plan));
    }
    assert_eq!(expected.len(), 158);
}

#[test]
fn ends_and_edges() {
    let none = Choices::new(Vec::new()).expect("nothing");
    let empty = Plan { cost: 0, gain: 0, chosen: Vec::new() };
    assert_eq!((none.cheapest(0), none.cheapest(1)), (Some(empty.clone()), None));
    assert_eq!((none.fewest(0), none.fewest(1)), (Some(empty.clone()), None));
    assert_eq!(none.plans(0).collect::<Vec<_>>(), vec![empty.clone()]);
    assert_eq!(none.plans(1).next(), None);
    assert_eq!(none.frontier(&[1, 0]), [None, Some(empty.clone())]);
    assert_eq!(none.most(), empty);

    // The example of the module.
    let choices = ready(&[&[(12, 78), (25, 148)], &[], &[(18, 90), (40, 300)]]);
    let chosen = |plan: Option<Plan>| plan.map(|plan| (plan.cost, plan.gain, plan.chosen));
    assert_eq!(chosen(choices.cheapest(30)), Some((168, 30, vec![Some(0), None, Some(0)])));
    assert_eq!(chosen(choices.fewest(30)), Some((300, 40, vec![None, None, Some(1)])));
    assert_eq!(chosen(choices.cheapest(65)), Some((448, 65, vec![Some(1), None, Some(1)])));
    assert_eq!(choices.cheapest(66), None);
    assert_eq!(choices.cheapest(u128::MAX), None);
    assert_eq!(choices.most().cost, 448);
    assert_eq!(choices.plans(30).map(|plan| plan.cost).collect::<Vec<_>>(), [168, 300]);

    // What is free is not done for nothing; what gains nothing is never done.
    let choices = ready(&[&[(5, 0), (0, 0)], &[(5, 0)], &[(0, 7)]]);
    assert_eq!(chosen(choices.cheapest(0)), Some((0, 0, vec![None, None, None])));
    assert_eq!(chosen(choices.cheapest(3)), Some((0, 5, vec![Some(0), None, None])));
    assert_eq!(choices.plans(3).count(), 2);
    assert_eq!(choices.plans(6).count(), 1);
    assert_eq!(choices.most().chosen, [Some(0), Some(0), None]);

    // Equal alternatives are different plans, the first of them the best.
    let choices = ready(&[&[(4, 2), (4, 2)]]);
    let plans: Vec<Vec<Option<usize>>> = choices.plans(4).map(|plan| plan.chosen).collect();
    assert_eq!(plans, [[Some(0)], [Some(1)]]);
}

#[test]
fn sums_that_overflow_are_refused_and_the_largest_are_not() {
    let one = |gain, cost| vec![Alternative { gain, cost }];
    let refused = |offered| Choices::new(offered).err() == Some(TooLarge);
    assert!(refused(vec![one(u128::MAX, 1), one(1, 1)]));
    assert!(refused(vec![one(1, u64::MAX), one(1, 1)]));
    let choices = Choices::new(vec![one(u128::MAX - 1, u64::MAX - 1), one(1, 1)]).expect("just fits");
    let whole = Some(Plan { cost: u64::MAX, gain: u128::MAX, chosen: vec![Some(0), Some(0)] });
    assert_eq!(choices.cheapest(u128::MAX), whole);
    assert_eq!(choices.fewest(u128::MAX), whole);
    assert_eq!(choices.plans(u128::MAX).collect::<Vec<_>>(), [choices.most()]);
    assert_eq!(choices.cheapest(2).map(|plan| plan.cost), Some(u64::MAX - 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every function against all combinations.
    #[test]
    fn answers_are_those_of_all_combinations(offered in small(), share in 0u128..=12) {
        let all = combinations(&offered);
        let most = all.iter().map(|plan| plan.gain).max().expect("the empty plan");
        let choices = Choices::new(offered.clone()).expect("they fit");
        // Needs around what some combination gains, where it matters.
        let near = all[all.len() * share as usize / 13].gain;
        let needs = [near, near + 1, near.saturating_sub(1), most / 12 * share, 0, most, most + 1, near];
        let frontier = choices.frontier(&needs);
        for (need, found) in needs.into_iter().zip(frontier) {
            let reach = || all.iter().filter(|plan| need <= plan.gain);
            let cheapest = reach().min_by_key(|plan| key(plan)).cloned();
            prop_assert_eq!(&choices.cheapest(need), &cheapest, "cheapest for {}", need);
            prop_assert_eq!(&found, &cheapest, "frontier for {}", need);
            let fewest = reach().min_by_key(|plan| (plan.touched(), key(plan))).cloned();
            prop_assert_eq!(choices.fewest(need), fewest, "fewest for {}", need);
            let mut minimal: Vec<Plan> =
                reach().filter(|plan| is_minimal(&offered, plan, need)).cloned().collect();
            minimal.sort_by_cached_key(key);
            prop_assert_eq!(choices.plans(need).collect::<Vec<_>>(), minimal, "plans for {}", need);
        }
        let dearest = all.iter().filter(|plan| plan.gain == most).min_by_key(|plan| key(plan));
        prop_assert_eq!(Some(&choices.most()), dearest);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Choices that are too many to combine, against the best plan for each exact gain.
    #[test]
    fn answers_are_those_of_a_table_by_gain(offered in medium(), factor in factors(), dear in dear()) {
        let (by_cost, by_touch) = (table(&offered, |cost, touched| (cost, touched)),
            table(&offered, |cost, touched| (touched, cost)));
        // Factors change no answer.
        let scaled: Vec<Vec<Alternative>> = offered.iter().map(|offered| offered.iter().map(|one| {
            Alternative { gain: one.gain * factor, cost: one.cost * dear }
        }).collect()).collect();
        let choices = Choices::new(scaled.clone()).expect("they fit");
        let most = choices.most().gain / factor;
        prop_assert_eq!(by_cost.last_key_value().map(|(gain, _)| *gain), Some(most));
        let needs: Vec<u128> = (0..=most + 1).rev().step_by(3).collect();
        let scaled_needs: Vec<u128> = needs.iter().map(|need| need * factor).collect();
        let frontier = choices.frontier(&scaled_needs);
        for ((need, scaled_need), found) in needs.iter().zip(&scaled_needs).zip(frontier) {
            let chosen = found.as_ref().map(|plan| plan.chosen.clone());
            prop_assert_eq!(&chosen, &best(&by_cost, *need), "frontier for {}", need);
            if let Some(plan) = &found {
                adds_up(&scaled, plan, *scaled_need);
            }
            if need % 16 == 0 {
                prop_assert_eq!(choices.cheapest(*scaled_need), found, "cheapest for {}", need);
                let fewest = choices.fewest(*scaled_need).map(|plan| plan.chosen);
                prop_assert_eq!(fewest, best(&by_touch, *need), "fewest for {}", need);
            }
        }
        let need = most / 3 * factor;
        let plans: Vec<Plan> = choices.plans(need).take(300).collect();
        prop_assert_eq!(plans.first().cloned(), choices.cheapest(need));
        are_in_order(&scaled, &plans, need);
    }

    /// Gains of twenty digits, no two alike: the lists cannot lean on equal gains.
    #[test]
    fn long_gains_are_exact(seeds in prop::collection::vec((1u64..=u64::MAX, 0u64..=90), 8..=10)) {
        let offered: Vec<Vec<Alternative>> = seeds.iter().map(|&(seed, cost)| {
            let gain = u128::from(seed) + 90_000_000_000_000_000_000;
            vec![Alternative { gain, cost }, Alternative { gain: gain * 2 + 1, cost: cost * 2 + 3 }]
        }).collect();
        let choices = Choices::new(offered.clone()).expect("they fit");
        let all = combinations(&offered);
        let need = all[all.len() / 2].gain;
        let reach = || all.iter().filter(|plan| need <= plan.gain);
        prop_assert_eq!(choices.cheapest(need), reach().min_by_key(|plan| key(plan)).cloned());
        let fewest = reach().min_by_key(|plan| (plan.touched(), key(plan))).cloned();
        prop_assert_eq!(choices.fewest(need), fewest);
        let mut minimal: Vec<&Plan> = reach().filter(|plan| is_minimal(&offered, plan, need)).collect();
        minimal.sort_by_cached_key(|plan| key(plan));
        for (plan, expected) in choices.plans(need).zip(minimal) {
            prop_assert_eq!(&plan, expected);
        }
    }
}

/// A few choices, often with equal gains and costs, free, useless and doubled alternatives; small,
/// long, or as large as they can be.
fn small() -> impl Strategy<Value = Vec<Vec<Alternative>>> {
    let offered =
        prop::collection::vec(prop::collection::vec((0u128..=7, 0u128..=2, 0u64..=5), 0..=3), 0..=5);
    (offered, factors(), dear()).prop_map(|(offered, factor, dear)| {
        let alternative = |(gain, more, cost): (u128, u128, u64)| Alternative {
            gain: gain * factor + if factor == 1 { 0 } else { more },
            cost: cost * dear,
        };
        offered.into_iter().map(|offered| offered.into_iter().map(alternative).collect()).collect()
    })
}

fn medium() -> impl Strategy<Value = Vec<Vec<Alternative>>> {
    let alternative = (0u128..=30, 0u64..=40).prop_map(|(gain, cost)| Alternative { gain, cost });
    prop::collection::vec(prop::collection::vec(alternative, 0..=4), 8..=14)
}

/// What small gains are multiplied by: nothing, twenty digits, and so much that products would not fit.
fn factors() -> impl Strategy<Value = u128> {
    prop_oneof![Just(1), Just(12_345_678_901_234_567_890), Just(1 << 116)]
}

fn dear() -> impl Strategy<Value = u64> {
    prop_oneof![Just(1), Just(1 << 54)]
}

fn ready(offered: &[&[(u128, u64)]]) -> Choices {
    let alternative = |&(gain, cost): &(u128, u64)| Alternative { gain, cost };
    let offered = offered.iter().map(|offered| offered.iter().map(alternative).collect()).collect();
    Choices::new(offered).expect("small numbers")
}

/// Every combination, as a plan.
fn combinations(offered: &[Vec<Alternative>]) -> Vec<Plan> {
    let mut plans = vec![Plan { cost: 0, gain: 0, chosen: Vec::new() }];
    for offered in offered {
        let ways = || offered.iter().map(Some).enumerate().map(|(at, one)| (Some(at), one));
        let with = |plan: &Plan, (at, one): (Option<usize>, Option<&Alternative>)| Plan {
            cost: plan.cost + one.map_or(0, |one| one.cost),
            gain: plan.gain + one.map_or(0, |one| one.gain),
            chosen: plan.chosen.iter().copied().chain([at]).collect(),
        };
        plans = plans
            .iter()
            .flat_map(|plan| ways().chain([(None, None)]).map(move |way| with(plan, way)))
            .collect();
    }
    plans
}

/// The order of plans.
fn key(plan: &Plan) -> (u64, usize, Reverse<u128>, Vec<usize>) {
    (plan.cost, plan.touched(), Reverse(plan.gain), places(&plan.chosen))
}

/// None stands last.
fn places(chosen: &[Option<usize>]) -> Vec<usize> {
    chosen.iter().map(|at| at.unwrap_or(usize::MAX)).collect()
}

/// Every alternative that is left out or replaced by a cheaper one makes the plan miss the need.
fn is_minimal(offered: &[Vec<Alternative>], plan: &Plan, need: u128) -> bool {
    let mut taken =
        offered.iter().zip(&plan.chosen).filter_map(|(offered, at)| Some((offered, offered[(*at)?])));
    taken.all(|(offered, one)| {
        let cheaper = offered.iter().filter(|other| other.cost < one.cost).map(|other| other.gain);
        cheaper.chain([0]).all(|gain| plan.gain - one.gain + gain < need)
    })
}

#[track_caller]
fn adds_up(offered: &[Vec<Alternative>], plan: &Plan, need: u128) {
    assert_eq!(plan.chosen.len(), offered.len());
    let taken = || offered.iter().zip(&plan.chosen).filter_map(|(offered, at)| Some(offered[(*at)?]));
    assert_eq!(plan.cost, taken().map(|one| one.cost).sum::<u64>());
    assert_eq!(plan.gain, taken().map(|one| one.gain).sum::<u128>());
    assert!(need <= plan.gain);
}

/// Plans that add up, are minimal, and stand in order, so that none stands twice.
#[track_caller]
fn are_in_order(offered: &[Vec<Alternative>], plans: &[Plan], need: u128) {
    for plan in plans {
        adds_up(offered, plan, need);
        assert!(is_minimal(offered, plan, need), "{plan:?}");
    }
    assert!(plans.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
}

/// For each exact gain the weight of the best plan, and its places.
type Table = BTreeMap<u128, ((u64, u64), Vec<usize>)>;

/// Cost and number of choices are put in order by `weigh`.
fn table(offered: &[Vec<Alternative>], weigh: fn(u64, u64) -> (u64, u64)) -> Table {
    let mut table = Table::from([(0, ((0, 0), Vec::new()))]);
    for offered in offered.iter().rev() {
        let mut next = Table::new();
        let taken = offered.iter().enumerate().map(|(at, one)| (at, one.gain, weigh(one.cost, 1)));
        for (at, gain, weight) in taken.chain([(usize::MAX, 0, (0, 0))]) {
            for (sum, ((first, second), places)) in &table {
                let places: Vec<usize> = [at].iter().chain(places).copied().collect();
                let way = ((first + weight.0, second + weight.1), places);
                let best = next.entry(sum + gain).or_insert_with(|| way.clone());
                if way < *best {
                    *best = way;
                }
            }
        }
        table = next;
    }
    table
}

/// The best plan for a need.
fn best(table: &Table, need: u128) -> Option<Vec<Option<usize>>> {
    let reach = table.range(need..);
    let (_, (_, places)) =
        reach.min_by_key(|(gain, (weight, places))| (*weight, Reverse(**gain), places.clone()))?;
    Some(places.iter().map(|&at| (at != usize::MAX).then_some(at)).collect())
}

fn rows(name: &str) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(shared(&format!("bench/data/{name}.csv"))?).expect("a table");
    Some(text.lines().skip(1).map(str::to_owned).collect())
}

fn fields<const N: usize>(row: &str) -> [&str; N] {
    row.split(',').collect::<Vec<_>>().try_into().expect("so many fields")
}

fn number(text: &str) -> u64 {
    text.parse().expect("a whole number")
}
