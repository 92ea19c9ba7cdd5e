//! How firm ranks are, held against numpy, scipy and COINr, draw for draw.

use crate::support::shared;
use parindex::criteria_set::Method;
use parindex::robustness::deciding::Response;
use parindex::robustness::draw::Draw;
use parindex::robustness::duel::{Duel, MOST_UNITS, Pairs};
use parindex::robustness::model::{Model, Shifted};
use parindex::robustness::outcome::Outcome;
use parindex::robustness::ranking::ranks;
use parindex::robustness::simulation::{Simulation, Wanted, Weights};
use parindex::robustness::sobol::Sample;
use parindex::robustness::source::{Between, Either, Normal, Replicates, Source};
use parindex::robustness::{Fault, swap};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

const EXACT: f64 = 1e-9;

/// Cases of scipy whose values differ by the noise of a sum only, which is a tie here, or are no
/// index.
const TIED: [&str; 3] = ["float_0.1+0.2_vs_0.3", "sum_2dp_orders", "big_n_1e6_plus"];

#[test]
fn ranks_are_those_of_scipy() {
    let Some(table) = Table::read("oracles/ranks/rankdata_cases.csv") else { return };
    let mut compared = 0;
    for row in 0..table.rows.len() {
        let method = match table.text(row, "method") {
            "min" => Method::Competition,
            "dense" => Method::Dense,
            "ordinal" => Method::Ordinal,
            _ => continue, // `max` and `average` are no ranks of a table
        };
        if table.text(row, "values").contains("nan") {
            continue; // A unit without an index is not ranked: see `Model::new`.
        }
        assert_eq!(table.text(row, "order"), "desc");
        let values: Vec<f64> = list(table.text(row, "values"));
        let expected: Vec<u32> = list(table.text(row, "ranks"));
        let case = table.text(row, "case");
        if TIED.contains(&case) {
            assert_ne!(ranks(&values, Method::Competition), expected, "{case}");
            continue;
        }
        assert_eq!(ranks(&values, method), expected, "{case}");
        compared += 1;
    }
    println!("rankdata_cases.csv: {compared} of {} rows compared", table.rows.len());
    assert_eq!(compared, 36);
}

#[test]
fn ranks_are_those_of_other_packages() {
    let Some(table) = Table::read("oracles/mcdm/electric_cars_wsm_ranks.csv") else { return };
    let scores = table.numbers("score_1dp");
    for (column, method) in [
        ("competition(min)", Method::Competition),
        ("pyrepo_rank(dense)", Method::Dense),
        ("skcriteria_rank(dense)", Method::Dense),
        ("ordinal", Method::Ordinal),
    ] {
        assert_eq!(ranks(&scores, method), table.ranks(column), "{column}");
    }
    let Some(table) = Table::read("oracles/mcdm/van2021_w7_skcriteria.csv") else { return };
    assert_eq!(ranks(&table.numbers("wsm_score"), Method::Competition), table.ranks("wsm_rank"));
}

#[test]
fn ranks_settle_before_they_are_compared() {
    let noisy = [0.1 + 0.2, 0.3, 0.3 + 1e-9, f64::NAN, 1e300];
    assert_eq!(ranks(&noisy, Method::Competition), [3, 3, 2, 5, 1]);
    assert_eq!(ranks(&[], Method::Competition), [0; 0]);
    // Nearly all in one bucket, and in a bad order: an insertion sort alone would take for ever.
    let mut skewed: Vec<f64> = (0..5_000).map(|at| f64::from(at) * 1e-9).collect();
    skewed.push(1e5);
    let expected: Vec<u32> = (2..=5_001).rev().chain([1]).collect();
    assert_eq!(ranks(&skewed, Method::Competition), expected);
}

#[test]
fn draws_are_those_of_numpy() {
    let Some((model, weights)) = provinces() else { return };
    let Some(expected) = shared("bench/data/mc_expected_63_200_ranks.csv") else { return };
    let text = std::fs::read_to_string(expected).expect("a table");
    let expected: Vec<Vec<u32>> = text
        .lines()
        .map(|line| line.split(',').skip(1).map(|rank| rank.parse().expect("a rank")).collect())
        .collect();
    let simulation = fixed(&model, Weights::Given(&weights));
    for draw in 0..weights.len() {
        let found = simulation.draw(draw as u64).expect("a draw");
        assert_eq!(found.weights, weights[draw]);
        let expected: Vec<u32> = expected.iter().map(|unit| unit[draw]).collect();
        assert_eq!(found.ranks, expected, "draw {draw}");
    }
    let outcome = simulation.run(200, Wanted::default()).expect("a run");
    for (unit, expected) in outcome.units.iter().zip(&expected) {
        check_statistics(unit, expected);
    }
    // The table of statistics has six digits.
    let Some(table) = Table::read("bench/data/mc_expected_63_200.csv") else { return };
    for (row, unit) in outcome.units.iter().enumerate() {
        let ranks = &unit.ranks;
        for (column, found) in [
            ("mean", ranks.mean()),
            ("q5", ranks.quantile(0.05)),
            ("median", ranks.quantile(0.5)),
            ("q95", ranks.quantile(0.95)),
            ("min", f64::from(ranks.best())),
            ("max", f64::from(ranks.worst())),
            ("p_top10", ranks.chance_within(10)),
            ("p_top50", ranks.chance_within(50)),
        ] {
            let expected = table.number(row, column);
            assert!((found - expected).abs() <= 5e-6 * expected.abs(), "{column}: {found}, not {expected}");
        }
    }
    println!("mc_expected_63_200: 200 draws of 63 units and their statistics compared");
}

#[test]
fn coinr_s_noisy_weights_give_its_scores_and_ranks() {
    let Some(asem) = Asem::read() else { return };
    let Some(noisy) = Table::read("oracles/asem/30_noisy_weights_1000.csv") else { return };
    let Some(scores) = Table::read("oracles/asem/31_noisy_scores_1000.csv") else { return };
    let Some(expected) = Table::read("oracles/asem/31_noisy_ranks_1000.csv") else { return };
    let Some(statistics) = Table::read("oracles/asem/32_noisy_rankstats_1000.csv") else { return };
    let columns: Vec<String> = (1..=1000).map(|draw| format!("d{draw:04}")).collect();
    let weights: Vec<Vec<f64>> = columns
        .iter()
        .map(|column| asem.effective(&noisy.column("iCode").into_iter().zip(noisy.numbers(column)).collect()))
        .collect();
    let simulation = fixed(&asem.model, Weights::Given(&weights));
    for (draw, column) in columns.iter().enumerate() {
        let found = simulation.draw(draw as u64).expect("a draw");
        near_all(&found.index, &asem.ordered(&scores, column), column);
        let expected: Vec<u32> = asem.ordered(&expected, column).iter().map(|rank| *rank as u32).collect();
        assert_eq!(found.ranks, expected, "{column}");
    }
    let outcome = simulation.run(1000, Wanted::default()).expect("a run");
    let nominal: Vec<f64> = asem.model.ranks().iter().map(|rank| f64::from(*rank)).collect();
    near_all(&nominal, &asem.ordered(&statistics, "Nominal"), "Nominal");
    let statistic = |column, of: &dyn Fn(&parindex::robustness::outcome::Unit) -> f64| {
        let found: Vec<f64> = outcome.units.iter().map(of).collect();
        near_all(&found, &asem.ordered(&statistics, column), column);
    };
    statistic("Mean", &|unit| unit.ranks.mean());
    for (column, probability) in [("Q5", 0.05), ("Q25", 0.25), ("Median", 0.5), ("Q75", 0.75), ("Q95", 0.95)]
    {
        statistic(column, &|unit| unit.ranks.quantile(probability));
    }
    statistic("Min", &|unit| f64::from(unit.ranks.best()));
    statistic("Max", &|unit| f64::from(unit.ranks.worst()));
    println!("asem: 1,000 draws of 51 countries and their statistics compared");
}

#[test]
fn asem_s_index_and_removed_pillars_are_those_of_coinr() {
    let Some(asem) = Asem::read() else { return };
    let Some(index) = Table::read("oracles/asem/21_index_rank_fullprec.csv") else { return };
    near_all(&asem.model.index(), &asem.ordered(&index, "Index"), "Index");
    let found: Vec<f64> = asem.model.ranks().iter().map(|rank| f64::from(*rank)).collect();
    assert_eq!(found, asem.ordered(&index, "Index_rank"));
    let Some(scores) = Table::read("oracles/asem/25_remove_pillars_scores.csv") else { return };
    let Some(expected) = Table::read("oracles/asem/25_remove_pillars_ranks.csv") else { return };
    let Some(shifts) = Table::read("oracles/asem/25_remove_pillars_meanabsdiff.csv") else { return };
    for row in 0..shifts.rows.len() {
        let removed = shifts.text(row, "removed");
        // In a tree the weight of what is removed goes to its siblings.
        let mut weights: HashMap<String, f64> =
            asem.tree.iter().map(|(code, ..)| (code.clone(), 1.0)).collect();
        weights.insert(removed.to_owned(), 0.0);
        let found = asem.model.reweighted(&asem.effective(&weights)).expect("weights");
        near_all(&found.index, &asem.ordered(&scores, removed), removed);
        let ranks: Vec<f64> = found.ranks.iter().map(|rank| f64::from(*rank)).collect();
        assert_eq!(ranks, asem.ordered(&expected, removed), "{removed}");
        near(found.mean_shift, shifts.number(row, "mean_abs_rank_diff"), removed);
    }
    println!("asem: {} removals compared", shifts.rows.len());
}

#[test]
fn sobol_s_effects_are_those_of_coinr() {
    let Some(table) = Table::read("oracles/asem/42_ishigami_sample_N2000.csv") else { return };
    let Some(expected) = Table::read("oracles/asem/42_ishigami_Si_STi.csv") else { return };
    let y = table.numbers("y");
    let mut halves = y.chunks_exact(2_000).map(<[f64]>::to_vec);
    let mut half = || halves.next().expect("a half");
    let sample = Sample { a: half(), b: half(), ab: vec![half(), half(), half()] };
    let intervals = sample.intervals(400, 0.95, 7);
    assert_eq!(intervals, sample.intervals(400, 0.95, 7));
    for (input, effect) in sample.effects().into_iter().enumerate() {
        near(effect.first, expected.number(input, "Si"), "Si");
        near(effect.total, expected.number(input, "STi"), "STi");
        let (first, total) = intervals[input];
        assert!(first.low < effect.first && effect.first < first.high, "{first:?}");
        assert!(total.low < effect.total && effect.total < total.high, "{total:?}");
        // What the function is known to have: a = 7, b = 0.1.
        let known = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)][input];
        assert!(first.low < known.0 && known.0 < first.high, "{first:?}");
        assert!((effect.total - known.1).abs() < 0.07, "{effect:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_draws_on_any_number_of_threads() {
    let model = invented(101, 12);
    let (own, replicates) = (vec![0.3; 101], vec![vec![0.2; 101], vec![0.9; 101], vec![0.5; 101]]);
    let closure = |draw: &mut Draw, unit: usize| model.shares(5)[unit] * (0.9 + 0.2 * draw.uniform());
    let errors = vec![0.1; 101];
    let normal = Normal { errors: &errors };
    let either = Either { own: &own, appraised: &errors };
    let between = Between { own: &own, appraised: &errors };
    let drawn = Replicates { rows: &replicates };
    let sources: Vec<(usize, &dyn Source)> =
        vec![(5, &closure), (3, &normal), (7, &either), (8, &between), (9, &drawn)];
    let simulation = Simulation { model: &model, weights: Weights::Noise(0.25), sources, seed: 20_261 };
    let grades = [70.0, 50.0];
    let wanted = Wanted { grades: &grades, pairs: Pairs::All };
    let groups: Vec<Vec<usize>> = vec![vec![0, 1, 2], vec![3, 4], vec![11]];
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let outcome = simulation.run(1_300, wanted).expect("a run");
            let sample = simulation.deciding(&groups, Response::MeanShift, 40).expect("a sample");
            (format!("{outcome:?}"), format!("{sample:?} {:?}", sample.intervals(50, 0.9, 1)))
        })
    };
    let alone = on(1);
    assert!(alone == on(2));
    assert!(alone == on(7));

    // A draw alone is the draw in the run.
    let outcome = simulation.run(1_300, wanted).expect("a run");
    let draws: Vec<_> = (0..1_300).map(|draw| simulation.draw(draw).expect("a draw")).collect();
    for (at, unit) in outcome.units.iter().enumerate() {
        let index: Vec<f64> = draws.iter().map(|draw| draw.index[at]).collect();
        check_statistics(unit, &draws.iter().map(|draw| draw.ranks[at]).collect::<Vec<u32>>());
        let mean = index.iter().sum::<f64>() / 1_300.0;
        let variance = index.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 1_299.0;
        near(unit.mean_index(), mean, "mean index");
        near(unit.deviation_of_index(), variance.sqrt(), "deviation of the index");
        let best = index.iter().filter(|index| 70.0 <= **index).count() as u64;
        let worst = index.iter().filter(|index| **index < 50.0).count() as u64;
        assert_eq!(unit.grades, [best, 1_300 - best - worst, worst]);
        near(unit.chance_of_grade(2), worst as f64 / 1_300.0, "the last grade");
    }
    for duel in outcome.duels.iter().step_by(97) {
        let ahead =
            |a: usize, b: usize| draws.iter().filter(|draw| draw.ranks[a] < draw.ranks[b]).count() as u64;
        let (a_ahead, b_ahead) = (ahead(duel.a, duel.b), ahead(duel.b, duel.a));
        assert_eq!(*duel, Duel { a: duel.a, b: duel.b, a_ahead, b_ahead });
    }
    assert_eq!(outcome.duels.len(), 101 * 100 / 2);
}

#[test]
fn noise_has_its_limits_and_its_own_numbers() {
    let model = invented(20, 10);
    let draw = |sources: Vec<(usize, &dyn Source)>, number| {
        Simulation { model: &model, weights: Weights::Noise(0.25), sources, seed: 3 }
            .draw(number)
            .expect("a draw")
    };
    let errors = vec![0.05; 20];
    let normal = Normal { errors: &errors };
    let mut mean = [0.0; 10];
    for number in 0..4_000 {
        let weights = draw(Vec::new(), number).weights;
        near(weights.iter().sum(), model.weights().iter().sum(), "the sum of weights");
        // A ratio of two weights cannot be wider than their noise.
        let ratio = weights[0] / weights[1] / (model.weights()[0] / model.weights()[1]);
        assert!((0.75 / 1.25..=1.25 / 0.75).contains(&ratio), "{ratio}");
        mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += weight / 4_000.0);
        if number < 10 {
            assert_eq!(draw(vec![(2, &normal)], number).weights, weights, "a source changes no weights");
        }
    }
    for (mean, weight) in mean.iter().zip(model.weights()) {
        assert!((mean / weight - 1.0).abs() < 0.02, "{mean} of {weight}");
    }

    let mut stream = Draw::new(1, 1, 0);
    let normals: Vec<f64> = (0..40_000).map(|_| stream.normal()).collect();
    let mean = normals.iter().sum::<f64>() / 40_000.0;
    let variance = normals.iter().map(|x| x * x).sum::<f64>() / 40_000.0;
    let beyond = normals.iter().filter(|x| 1.959_964 < x.abs()).count() as f64 / 40_000.0;
    assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03 && (beyond - 0.05).abs() < 0.005);
    assert!((0..1_000).all(|_| stream.below(3) < 3));
}

#[test]
fn what_does_not_apply_takes_no_part() {
    // The example of the model's manual.
    let model =
        Model::new(vec![60.0, 40.0], vec![0.9, 0.9, 0.5, f64::NAN], vec![2.0, 2.0], Method::Competition)
            .expect("a model");
    near_all(&model.index(), &[76.0, 5600.0 / 60.0], "index");
    assert_eq!(model.ranks(), [2, 1]);
    // A source is not asked where nothing applies, and what it writes there is not used.
    let whole = |_: &mut Draw, _: usize| 1.0;
    let replicates = [vec![1.0, 0.7]];
    for source in [&whole as &dyn Source, &Replicates { rows: &replicates }] {
        let simulation =
            Simulation { model: &model, weights: Weights::Fixed, sources: vec![(1, source)], seed: 1 };
        near_all(&simulation.draw(5).expect("a draw").index, &[96.0, 5600.0 / 60.0], "index");
    }
    // An appraisal that is missing leaves the model's share.
    let missing = Between { own: &[1.0, 0.2], appraised: &[f64::NAN, 0.2] };
    let sources: Vec<(usize, &dyn Source)> = vec![(0, &missing)];
    let simulation = Simulation { model: &model, weights: Weights::Fixed, sources, seed: 1 };
    near_all(&simulation.draw(5).expect("a draw").index, &[76.0, 1400.0 / 60.0], "index");
    // Without the first criterion nothing applies to the second unit, and it comes last.
    let left = model.without(&[0]).expect("weights");
    assert!((left.index[0] - 55.0).abs() < EXACT && left.index[1].is_nan());
    assert_eq!((left.ranks, left.mean_shift), (vec![1, 2], 1.0));
    let each: Vec<f64> =
        model.without_each().expect("weights").iter().map(|left: &Shifted| left.mean_shift).collect();
    assert_eq!(each, [1.0, 0.5]);
}

#[test]
fn an_input_that_decides_alone_has_the_whole_effect() {
    let model = invented(40, 6);
    let errors = vec![0.2; 40];
    let normal = Normal { errors: &errors };
    let still = |_: &mut Draw, _: usize| 0.5;
    let sources: Vec<(usize, &dyn Source)> = vec![(0, &normal), (1, &still)];
    let simulation = Simulation { model: &model, weights: Weights::Fixed, sources, seed: 5 };
    for response in [Response::MeanShift, Response::RankOf(7)] {
        let effects = simulation.deciding(&[], response, 3_000).expect("a sample").centred().effects();
        assert!(
            (effects[0].first - 1.0).abs() < 0.15 && (effects[0].total - 1.0).abs() < 0.15,
            "{effects:?}"
        );
        assert_eq!((effects[1].first, effects[1].total), (0.0, 0.0));
    }
    // A sample's halves are draws: row 4 of half A has the stream 8, of half B the stream 9.
    let sample = simulation.deciding(&[], Response::RankOf(7), 5).expect("a sample");
    let rank = |number| f64::from(simulation.draw(number).expect("a draw").ranks[7]);
    assert_eq!(
        (sample.a[4], sample.b[4], sample.ab[0][4], sample.ab[1][4]),
        (rank(8), rank(9), rank(9), rank(8))
    );
    // And with noise of all weights as one input.
    let noisy = Simulation { model: &model, weights: Weights::Noise(0.5), sources: Vec::new(), seed: 5 };
    let sample = noisy.deciding(&[(0..6).collect()], Response::RankOf(7), 50).expect("a sample");
    assert_eq!(sample.ab[0], sample.b);
    let rank = |number| f64::from(noisy.draw(number).expect("a draw").ranks[7]);
    assert_eq!((sample.a[4], sample.b[4]), (rank(8), rank(9)));
}

#[test]
fn what_does_not_fit_is_told() {
    let model = |weights: &[f64], shares: &[f64], extra: &[f64]| {
        Model::new(weights.to_vec(), shares.to_vec(), extra.to_vec(), Method::Competition).err()
    };
    assert_eq!(model(&[1.0], &[0.5, 0.5], &[0.0]), Some(Fault::Length { expected: 1, found: 2 }));
    assert_eq!(model(&[1.0, -1.0], &[0.5, 0.5], &[0.0]), Some(Fault::Weight { criterion: 1 }));
    assert_eq!(model(&[f64::NAN], &[0.5], &[0.0]), Some(Fault::Weight { criterion: 0 }));
    assert_eq!(model(&[0.0], &[0.5], &[0.0]), Some(Fault::NoWeight));
    assert_eq!(model(&[1.0], &[], &[]), Some(Fault::NoUnits));
    assert_eq!(model(&[1.0], &[0.5, f64::INFINITY], &[0.0, 0.0]), Some(Fault::NotFinite { unit: 1 }));
    assert_eq!(model(&[1.0], &[0.5], &[f64::NAN]), Some(Fault::NotFinite { unit: 0 }));
    assert_eq!(model(&[1.0, 0.0], &[f64::NAN, 0.5], &[0.0]), Some(Fault::NothingApplies { unit: 0 }));

    let model = invented(3, 2);
    let still = |_: &mut Draw, _: usize| 0.5;
    let run = |weights, criteria: &[usize], draws, wanted| {
        let sources = criteria.iter().map(|criterion| (*criterion, &still as &dyn Source)).collect();
        Simulation { model: &model, weights, sources, seed: 1 }.run(draws, wanted).err()
    };
    let plain = Wanted::default();
    assert_eq!(run(Weights::Noise(1.5), &[], 1, plain), Some(Fault::Noise(1.5)));
    assert_eq!(run(Weights::Fixed, &[2], 1, plain), Some(Fault::NoCriterion(2)));
    assert_eq!(run(Weights::Fixed, &[1, 1], 1, plain), Some(Fault::Twice { criterion: 1 }));
    assert_eq!(run(Weights::Fixed, &[], 0, plain), Some(Fault::Draws { most: u64::from(u32::MAX) }));
    let (given, short) = ([vec![1.0, 1.0]], [vec![1.0]]);
    assert_eq!(run(Weights::Given(&given), &[], 2, plain), Some(Fault::Draws { most: 1 }));
    assert_eq!(run(Weights::Given(&short), &[], 1, plain), Some(Fault::Length { expected: 2, found: 1 }));
    let grades = Wanted { grades: &[50.0, 60.0], ..plain };
    assert_eq!(run(Weights::Fixed, &[], 1, grades), Some(Fault::Grades));
    let pairs = Wanted { pairs: Pairs::These(&[(0, 3)]), ..plain };
    assert_eq!(run(Weights::Fixed, &[], 1, pairs), Some(Fault::NoUnit(3)));

    let crowd = invented(MOST_UNITS + 1, 1);
    let all = fixed(&crowd, Weights::Fixed).run(1, Wanted { pairs: Pairs::All, ..plain }).err();
    assert_eq!(all, Some(Fault::Pairs { most: MOST_UNITS }));
    let deciding =
        |weights, groups: &[Vec<usize>], response| fixed(&model, weights).deciding(groups, response, 4).err();
    let (noise, shift) = (Weights::Noise(0.1), Response::MeanShift);
    assert_eq!(deciding(Weights::Fixed, &[vec![0]], shift), Some(Fault::NoNoise));
    assert_eq!(deciding(Weights::Given(&given), &[], shift), Some(Fault::NoNoise));
    assert_eq!(deciding(noise, &[vec![0], vec![0]], shift), Some(Fault::Twice { criterion: 0 }));
    assert_eq!(deciding(noise, &[vec![2]], shift), Some(Fault::NoCriterion(2)));
    assert_eq!(deciding(noise, &[], Response::RankOf(3)), Some(Fault::NoUnit(3)));
    assert_eq!(model.without(&[2]), Err(Fault::NoCriterion(2)));
    assert_eq!(model.without(&[0, 1]), Err(Fault::NoWeight));
}

#[test]
fn units_tie_at_their_swap_weight() {
    let check = |weights: &[&str], a: &[&str], b: &[&str], expected: &str| {
        let weights: Vec<Decimal> = weights.iter().map(|weight| decimal(weight)).collect();
        let points = |cells: &[&str]| -> Vec<Option<Decimal>> {
            cells.iter().skip(1).map(|cell| (*cell != "N/A").then(|| decimal(cell))).collect()
        };
        let (of_a, of_b) = (points(a), points(b));
        let a = swap::Unit { points: &of_a, extra: decimal(a[0]) };
        let b = swap::Unit { points: &of_b, extra: decimal(b[0]) };
        let told: Vec<String> = (0..weights.len())
            .map(|criterion| match swap::tie(&weights, a, b, criterion) {
                swap::Tie::At(swap) => {
                    assert_eq!(swap.change, swap.weight - weights[criterion]);
                    format!("{}{}", swap.weight.normalize(), if swap.within { "" } else { " outside" })
                }
                swap::Tie::Always => "always".to_owned(),
                swap::Tie::Never => "never".to_owned(),
                swap::Tie::NotOffered => "not offered".to_owned(),
            })
            .collect();
        let nearest =
            swap::nearest(&weights, a, b).map_or("none".to_owned(), |swap| swap.criterion.to_string());
        assert_eq!(format!("{}; nearest {nearest}", told.join(", ")), expected);
    };
    // The example of the manual: extra points, then points by criterion.
    check(
        &["10", "90"],
        &["0", "8", "40"],
        &["0", "5", "42"],
        "6.6666666666666666666666666667, 135 outside; nearest 0",
    );
    // Bonus counts; the same points everywhere never tie.
    check(&["10", "10"], &["1", "8", "5"], &["0", "8", "5"], "never, never; nearest none");
    check(&["10", "10"], &["0", "8", "5"], &["0", "8", "5"], "always, always; nearest none");
    check(&["10", "10"], &["0", "8", "5"], &["0", "6", "7"], "10, 10; nearest 0");
    // Only A has the second: 8 + 0.5 w of 10 + w against 6 of 10.
    check(&["10", "4"], &["0", "8", "2"], &["0", "6", "N/A"], "not offered, 20 outside; nearest none");
    check(&["10", "24"], &["0", "8", "12"], &["0", "6", "N/A"], "not offered, 20; nearest 1");
    // Neither has it.
    check(&["10", "4"], &["0", "8", "N/A"], &["0", "6", "N/A"], "0, never; nearest 0");
    // Only B has the third, so denominators differ; the same points in the first leave it linear:
    // (7 + 5 t) of (10 + 10 t) and (12.5 + 5 t) of (20 + 10 t) are equal at t = 3.
    check(
        &["10", "10", "10"],
        &["0", "5", "7", "N/A"],
        &["0", "5", "6", "6.5"],
        "30, not offered, 20; nearest 2",
    );
    // Without a weight nothing is known.
    check(&["0", "10"], &["0", "0", "5"], &["0", "0", "6"], "not offered, 0; nearest 1");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn at_the_swap_weight_two_indices_are_equal(
        cells in prop::collection::vec((1_i64..3_000, 0_i64..=100, 0_i64..=100, 0..8), 2..9),
        extra in (-300_i64..300, -300_i64..300),
    ) {
        let weights: Vec<Decimal> = cells.iter().map(|cell| Decimal::new(cell.0, 2)).collect();
        // Now and then a criterion does not apply to the one unit or the other.
        let points = |share: fn(&(i64, i64, i64, i32)) -> i64, off: i32| -> Vec<Option<Decimal>> {
            cells.iter().map(|cell| (cell.3 != off).then(|| Decimal::new(cell.0 * share(cell), 4))).collect()
        };
        let (of_a, of_b) = (points(|cell| cell.1, 6), points(|cell| cell.2, 7));
        let a = swap::Unit { points: &of_a, extra: Decimal::new(extra.0, 2) };
        let b = swap::Unit { points: &of_b, extra: Decimal::new(extra.1, 2) };
        let index = |unit: swap::Unit, criterion: usize, weight: Decimal| {
            let mut sums = (unit.extra, Decimal::ZERO);
            for at in (0..weights.len()).filter(|at| unit.points[*at].is_some()) {
                let own = unit.points[at].unwrap_or_default();
                let now = if at == criterion { weight } else { weights[at] };
                sums = (sums.0 + own * now / weights[at], sums.1 + now);
            }
            (!sums.1.is_zero()).then(|| Decimal::ONE_HUNDRED * sums.0 / sums.1)
        };
        for criterion in 0..weights.len() {
            let swap::Tie::At(swap) = swap::tie(&weights, a, b, criterion) else { continue };
            let index = |unit| index(unit, criterion, swap.weight);
            if swap.within && let (Some(a), Some(b)) = (index(a), index(b)) {
                prop_assert!((a - b).abs() < Decimal::new(1, 18), "{a} and {b} at {swap:?}");
            }
        }
    }

    #[test]
    fn chances_are_whole_and_the_order_of_units_does_not_matter(
        shares in prop::collection::vec(0_u32..=100, 6..90),
        noise in 0.0..=1.0_f64,
        seed: u64,
    ) {
        let units = shares.len() / 3;
        let cell = |criterion: usize, unit: usize| f64::from(shares[criterion * units + unit]) / 100.0;
        let model = |turned: bool, method| {
            let unit = |at: usize| if turned { units - 1 - at } else { at };
            let column = |criterion| (0..units).map(move |at| cell(criterion, unit(at)));
            let weights = vec![50.0, 30.0, 20.0];
            Model::new(weights, (0..3).flat_map(column).collect(), vec![0.0; units], method).expect("a model")
        };
        let run = |model: &Model| -> Outcome {
            let simulation = Simulation { model, weights: Weights::Noise(noise), sources: Vec::new(), seed };
            simulation.run(150, Wanted { grades: &[60.0], pairs: Pairs::All }).expect("a run")
        };
        let outcome = run(&model(false, Method::Competition));
        let mut turned = run(&model(true, Method::Competition));
        turned.units.reverse();
        prop_assert_eq!(&outcome.units, &turned.units);
        for unit in &outcome.units {
            let chances: f64 = unit.ranks.chances().map(|(_, chance)| chance).sum();
            prop_assert!((chances - 1.0).abs() < EXACT);
            prop_assert_eq!(unit.ranks.chance_within(unit.ranks.worst()), 1.0);
            prop_assert_eq!(unit.grades.iter().sum::<u64>(), 150);
        }
        for duel in &outcome.duels {
            prop_assert!(duel.a_ahead + duel.b_ahead <= 150);
        }
        // Ordinal ranks are shared out to the last one, in every draw.
        let ordinal = run(&model(false, Method::Ordinal));
        let sum: f64 = ordinal.units.iter().map(|unit| unit.ranks.mean()).sum();
        prop_assert!((sum - (units * (units + 1)) as f64 / 2.0).abs() < 1e-6);
        for rank in 1..=units as u32 {
            let sum: u64 = ordinal.units.iter().map(|unit| unit.ranks.count(rank)).sum();
            prop_assert_eq!(sum, 150);
        }
    }

    #[test]
    fn ranks_are_those_of_counting(values in prop::collection::vec(0_u32..60, 0..200)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let better = |value: f64| values.iter().filter(move |other| value < **other);
        let competition: Vec<u32> = values.iter().map(|value| better(*value).count() as u32 + 1).collect();
        let different = |value: f64| better(value).map(|other| other.to_bits()).collect::<HashSet<u64>>().len();
        let dense: Vec<u32> = values.iter().map(|value| different(*value) as u32 + 1).collect();
        prop_assert_eq!(ranks(&values, Method::Competition), competition);
        prop_assert_eq!(ranks(&values, Method::Dense), dense);
    }
}

/// Statistics of a unit from all its ranks, the long way.
#[track_caller]
fn check_statistics(unit: &parindex::robustness::outcome::Unit, drawn: &[u32]) {
    let (ranks, count) = (&unit.ranks, drawn.len() as f64);
    let mut sorted: Vec<f64> = drawn.iter().map(|rank| f64::from(*rank)).collect();
    sorted.sort_by(f64::total_cmp);
    near(ranks.mean(), sorted.iter().sum::<f64>() / count, "mean");
    for probability in [0.0, 0.05, 0.25, 0.5, 0.95, 1.0] {
        let place = (count - 1.0) * probability;
        let (low, high) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
        near(ranks.quantile(probability), low + (high - low) * place.fract(), "quantile");
    }
    assert_eq!(f64::from(ranks.best()), sorted[0]);
    assert_eq!(Some(f64::from(ranks.worst())), sorted.last().copied());
    let share = |of: &dyn Fn(u32) -> bool| drawn.iter().filter(|rank| of(**rank)).count() as f64 / count;
    for rank in [1, 2, 10, 50, drawn[0]] {
        near(ranks.chance(rank), share(&|at| at == rank), "chance");
        near(ranks.chance_within(rank), share(&|at| at <= rank), "chance within");
    }
}

/// Units with shares that look drawn, one cell in eleven not applicable.
fn invented(units: usize, criteria: usize) -> Model {
    let share = |at: usize| {
        let drawn = (at * 7_919 + at * at * 31) % 1_009;
        if criteria > 1 && at % 11 == 3 { f64::NAN } else { drawn as f64 / 1_009.0 }
    };
    let weights = (1..=criteria).map(|at| at as f64).collect();
    let extra = (0..units).map(|unit| (unit % 5) as f64 / 10.0 - 0.2).collect();
    Model::new(weights, (0..units * criteria).map(share).collect(), extra, Method::Competition)
        .expect("a model")
}

fn fixed<'a>(model: &'a Model, weights: Weights<'a>) -> Simulation<'a> {
    Simulation { model, weights, sources: Vec::new(), seed: 1 }
}

/// 63 units in 100 criteria, and 200 vectors of weights.
fn provinces() -> Option<(Model, Vec<Vec<f64>>)> {
    let maxima = Table::read("bench/data/criteria.csv")?.numbers("max");
    let points = Table::read("bench/data/points_63.csv")?;
    let weights = Table::read("bench/data/mc_weights_200.csv")?;
    let shares = (1..=100).flat_map(|at| {
        let maximum = maxima[at - 1];
        points.rows.iter().map(move |row| row[at].parse::<f64>().expect("points") / maximum)
    });
    let model =
        Model::new(maxima.clone(), shares.collect(), vec![0.0; 63], Method::Competition).expect("a model");
    let weights =
        weights.rows.iter().map(|row| row.iter().map(|weight| weight.parse().expect("a weight")).collect());
    Some((model, weights.collect()))
}

/// COINr's example: 51 countries in 49 indicators, arithmetic means up a tree of four levels. Without
/// missing values its index is ours with effective weights; its normalisation, its geometric means
/// and means over missing values within a group are not ours.
struct Asem {
    model: Model,
    countries: Vec<String>,
    /// Code, parent and level.
    tree: Vec<(String, String, u8)>,
}

impl Asem {
    fn read() -> Option<Asem> {
        let meta = Table::read("oracles/asem/00_iMeta_tree.csv")?;
        let data = Table::read("oracles/asem/10_data_Normalised.csv")?;
        let rows =
            (0..meta.rows.len()).filter(|row| ["Indicator", "Aggregate"].contains(&meta.text(*row, "Type")));
        let tree: Vec<(String, String, u8)> = rows
            .map(|row| {
                let text = |column| meta.text(row, column).to_owned();
                (text("iCode"), text("Parent"), meta.number(row, "Level") as u8)
            })
            .collect();
        let mut asem = Asem { model: invented(1, 1), countries: data.column("uCode"), tree };
        let shares =
            asem.indicators().flat_map(|code| data.numbers(code)).map(|score| score / 100.0).collect();
        let even = asem.tree.iter().map(|(code, ..)| (code.clone(), 1.0)).collect();
        let count = asem.countries.len();
        asem.model = Model::new(asem.effective(&even), shares, vec![0.0; count], Method::Competition)
            .expect("a model");
        Some(asem)
    }

    fn indicators(&self) -> impl Iterator<Item = &str> {
        self.tree.iter().filter(|(.., level)| *level == 1).map(|(code, ..)| code.as_str())
    }

    /// What each indicator weighs in the index, from the weights of all nodes.
    fn effective(&self, weights: &HashMap<String, f64>) -> Vec<f64> {
        let share = |code: &str| -> f64 {
            let (mut share, mut code) = (1.0, code);
            while let Some((_, parent, _)) =
                self.tree.iter().find(|node| node.0 == code).filter(|node| !node.1.is_empty())
            {
                let siblings = self.tree.iter().filter(|node| node.1 == *parent);
                share *= weights[code] / siblings.map(|node| weights[&node.0]).sum::<f64>();
                code = parent;
            }
            share
        };
        self.indicators().map(share).collect()
    }

    /// A column of a table in the order of the countries here.
    fn ordered(&self, table: &Table, column: &str) -> Vec<f64> {
        let values: HashMap<String, f64> =
            table.column("uCode").into_iter().zip(table.numbers(column)).collect();
        self.countries.iter().map(|country| values[country]).collect()
    }
}

/// A table of an oracle.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &str) -> Option<Table> {
        let mut reader = csv::Reader::from_path(shared(path)?).expect("a table");
        let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let rows =
            reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
        Some(Table { header, rows })
    }

    fn text(&self, row: usize, column: &str) -> &str {
        let at = self
            .header
            .iter()
            .position(|name| name == column)
            .unwrap_or_else(|| panic!("no column {column}"));
        &self.rows[row][at]
    }

    fn number(&self, row: usize, column: &str) -> f64 {
        self.text(row, column).parse().unwrap_or_else(|_| panic!("no number in {column}"))
    }

    fn column(&self, column: &str) -> Vec<String> {
        (0..self.rows.len()).map(|row| self.text(row, column).to_owned()).collect()
    }

    fn numbers(&self, column: &str) -> Vec<f64> {
        (0..self.rows.len()).map(|row| self.number(row, column)).collect()
    }

    fn ranks(&self, column: &str) -> Vec<u32> {
        self.numbers(column).into_iter().map(|rank| rank as u32).collect()
    }
}

fn list<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> Vec<T> {
    text.split(';').filter(|item| !item.is_empty()).map(|item| item.parse().expect("a number")).collect()
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

#[track_caller]
fn near(found: f64, expected: f64, of: &str) {
    assert!((found - expected).abs() <= EXACT * expected.abs().max(1.0), "{of}: {found}, not {expected}");
}

#[track_caller]
fn near_all(found: &[f64], expected: &[f64], of: &str) {
    assert_eq!(found.len(), expected.len(), "{of}");
    found.iter().zip(expected).for_each(|(found, expected)| near(*found, *expected, of));
}
