//! Cases that are worked by hand; what R says is in `tests/it/survey.rs`.

use super::allocation::{Fault, Rule, Stratum, allocate};
use super::correction::{benjamini_hochberg, holm};
use super::decimal;
use super::distribution::{
    beta_quantile, chi_square_above, f_above, normal_quantile, t_quantile, t_two_sided,
};
use super::rank_sets::{RankSet, Ranked};
use crate::lang::Lang;
use crate::number::plain;

#[track_caller]
fn check_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    let is_near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-12;
    assert!(found.iter().zip(expected).all(is_near), "{found:?} is not {expected:?}");
}

/// Values of R 4.2.2.
#[test]
fn quantiles_and_tails_are_those_of_r() {
    let check = |found: f64, expected: f64| {
        assert!(((found - expected) / expected).abs() < 1e-10, "{found} is not {expected}");
    };
    check(t_quantile(0.975, 14.0), 2.1447866879178);
    check(t_quantile(0.975, 6365.0), 1.9603367598321);
    check(t_quantile(0.975, 999_999.0), 1.95996635681648);
    check(t_quantile(1e-7, 3.0), -222.571590947199);
    check(t_quantile(0.6, 1.0), 0.324919696232906);
    check(t_quantile(0.975, 20_000.0) / t_quantile(0.975, 20_000.000_1), 1.0);
    check(beta_quantile(0.025, 3.0, 8.0), 0.0667395111777345);
    check(beta_quantile(0.975, 4926.0, 1440.0), 0.783992684007026);
    check(beta_quantile(0.025, 0.3, 1441.0), 2.21127891577959e-9);
    check(beta_quantile(0.999, 120.5, 0.3), 0.99999999999942);
    check(f_above(13.48, 2.0, 398.0), 2.16505396407275e-6);
    check(f_above(3.0, 1.83, 360.2), 0.055688413209322);
    check(chi_square_above(38.4, 3.0), 2.32567715624877e-8);
    check(chi_square_above(150.0, 60.0), 1.16121575007655e-9);
    check(t_two_sided(5.26, 38.0), 5.87813892372439e-6);
}

/// Nothing makes them run on or stop the program.
#[test]
fn quantiles_of_nothing_are_no_numbers() {
    for found in [t_quantile(0.975, 0.0), t_quantile(0.975, f64::NAN), beta_quantile(0.5, 0.0, 1.0)] {
        assert!(found.is_nan());
    }
    assert!(t_quantile(0.0, 5.0).is_infinite() && t_quantile(1.0, 5.0).is_infinite());
    assert_eq!((beta_quantile(0.0, 2.0, 3.0), beta_quantile(1.0, 2.0, 3.0)), (0.0, 1.0));
}

#[test]
fn corrections_are_those_of_p_adjust() {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"), "BH"
    check_near(&holm(&[0.01, 0.04, 0.03, 0.005]), &[0.03, 0.06, 0.06, 0.02]);
    check_near(&benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005]), &[0.02, 0.04, 0.04, 0.02]);
    check_near(&holm(&[0.5, 0.5, 0.9]), &[1.0, 1.0, 1.0]);
    check_near(&benjamini_hochberg(&[0.5, 0.5, 0.9]), &[0.75, 0.75, 0.9]);
    check_near(&holm(&[0.02]), &[0.02]);
    check_near(&holm(&[]), &[]);
}

#[track_caller]
fn check_allocation(rule: Rule, size: u64, minimum: u64, expected: Result<&[u64], Fault>) {
    let strata = [(9000, 0.1), (900, 0.5), (100, 0.5)]
        .map(|(population, deviation)| Stratum { population, deviation });
    let found = allocate(rule, &strata, size, minimum);
    assert_eq!(found.as_deref().map_err(|fault| *fault), expected, "{rule:?} {size} {minimum}");
}

#[test]
fn allocations_add_up_and_keep_their_bounds() {
    check_allocation(Rule::Proportional, 100, 0, Ok(&[90, 9, 1]));
    check_allocation(Rule::Proportional, 100, 10, Ok(&[80, 10, 10]));
    check_allocation(Rule::Proportional, 7, 0, Ok(&[6, 1, 0]));
    check_allocation(Rule::Equal, 100, 0, Ok(&[34, 33, 33]));
    check_allocation(Rule::Equal, 1000, 0, Ok(&[450, 450, 100]));
    check_allocation(Rule::SquareRoot, 100, 0, Ok(&[70, 22, 8]));
    check_allocation(Rule::Neyman, 140, 0, Ok(&[90, 45, 5]));
    check_allocation(Rule::Neyman, 10_000, 0, Ok(&[9000, 900, 100]));
    check_allocation(Rule::Proportional, 29, 10, Err(Fault::TooFew(30)));
    check_allocation(Rule::Proportional, 10_001, 10, Err(Fault::TooMany(10_000)));
    check_allocation(Rule::Proportional, 2_000, 500, Ok(&[1400, 500, 100]));
}

#[test]
fn strata_in_which_nobody_differs_take_what_is_left() {
    let strata = [(10, 0.5), (100, 0.0)].map(|(population, deviation)| Stratum { population, deviation });
    assert_eq!(allocate(Rule::Neyman, &strata, 30, 0), Ok(vec![10, 20]));
    let flat = [(30, 0.0), (10, 0.0)].map(|(population, deviation)| Stratum { population, deviation });
    assert_eq!(allocate(Rule::Neyman, &flat, 8, 0), Ok(vec![4, 4]));
}

fn sets(values: &[f64], errors: &[f64], simultaneous: bool) -> Vec<(usize, usize)> {
    let error = |a: usize, b: usize| (errors[a].powi(2) + errors[b].powi(2)).sqrt();
    let ranked = Ranked { values, error, degrees: f64::INFINITY };
    let sets = if simultaneous { ranked.simultaneous(0.95) } else { ranked.marginal(0.95) };
    sets.into_iter().map(|RankSet { best, worst }| (best, worst)).collect()
}

#[test]
fn ranks_are_as_sure_as_the_differences() {
    assert_eq!(sets(&[90.0, 86.0, 85.0], &[1.0; 3], true), [(1, 1), (2, 3), (2, 3)]);
    assert_eq!(sets(&[90.0, 86.0, 85.0], &[10.0; 3], true), [(1, 3); 3]);
    assert_eq!(sets(&[85.0, 85.0], &[0.1; 2], true), [(1, 2); 2]);
    assert_eq!(sets(&[3.0, 1.0, 2.0], &[0.01; 3], true), [(1, 1), (3, 3), (2, 2)]);
    assert_eq!(sets(&[7.0], &[1.0], true), [(1, 1)]);
    assert_eq!(sets(&[7.0], &[1.0], false), [(1, 1)]);
    assert_eq!(sets(&[], &[], true), []);
}

#[test]
fn marginal_sets_are_at_least_as_narrow() {
    // Neighbours differ by 2.7 standard errors: beyond the 2.58 of ten one-sided tests with one unit,
    // within the 2.81 of the twenty that are left of thirty when all others are told apart.
    let values: Vec<f64> = (0..6).map(|at| f64::from(at) * 2.7).collect();
    let errors = [0.5f64.sqrt(); 6];
    let (all, one) = (sets(&values, &errors, true), sets(&values, &errors, false));
    assert!(all.iter().zip(&one).all(|(all, one)| all.0 <= one.0 && one.1 <= all.1), "{all:?} {one:?}");
    assert_ne!(all, one);
}

/// A step that tells pairs apart makes the bound milder for those that are left.
#[test]
fn the_bound_steps_down() {
    // Three pairs, six one-sided tests: 2.39 at first, 2.24 for the four that are left.
    let values = [0.0, 2.2, 100.0];
    let errors = [0.5f64.sqrt(); 3];
    assert_eq!(sets(&values, &errors, true), [(2, 3), (2, 3), (1, 1)]);
    let values = [0.0, 2.3, 100.0];
    assert_eq!(sets(&values, &errors, true), [(3, 3), (2, 2), (1, 1)]);
}

/// Numbers that look random, from 0 to 1.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn below(&mut self, limit: u64) -> u64 {
        (self.next() * limit as f64) as u64
    }
}

/// Surveys of five units with known values, near ties among them: the sets hold the true ranks at
/// least as often as they say.
#[test]
fn sets_hold_the_true_ranks() {
    let truth = [3.2, 3.0, 1.0, 0.5, 0.0];
    let ranks = [1, 2, 3, 4, 5];
    let (surveys, mut random) = (4000, Random(7));
    let (mut all_right, mut right) = (0, [0; 5]);
    for _ in 0..surveys {
        let values = truth.map(|value| value + normal_quantile(random.next()));
        let holds = |set: &(usize, usize), rank: usize| set.0 <= rank && rank <= set.1;
        let both = [true, false].map(|simultaneous| sets(&values, &[1.0; 5], simultaneous));
        all_right += u32::from(both[0].iter().zip(ranks).all(|(set, rank)| holds(set, rank)));
        for (at, set) in both[1].iter().enumerate() {
            right[at] += u32::from(holds(set, ranks[at]));
        }
    }
    // Four standard errors of 4,000 draws are 1.4 points.
    let is_enough = |count: u32| 0.936 <= f64::from(count) / f64::from(surveys);
    assert!(is_enough(all_right), "{all_right}");
    assert!(right.into_iter().all(is_enough), "{right:?}");
}

#[test]
fn every_allocation_adds_up_within_its_bounds() {
    let mut random = Random(1);
    for _ in 0..2000 {
        let count = 1 + random.below(12) as usize;
        let stratum = |random: &mut Random| Stratum {
            population: 1 + (1e6f64.powf(random.next()) as u64),
            deviation: if random.below(5) == 0 { 0.0 } else { random.next() },
        };
        let strata: Vec<Stratum> = (0..count).map(|_| stratum(&mut random)).collect();
        let people: u64 = strata.iter().map(|stratum| stratum.population).sum();
        let minimum = random.below(20);
        let least: u64 = strata.iter().map(|stratum| minimum.min(stratum.population)).sum();
        let size = least + random.below(people - least + 1);
        for rule in [Rule::Equal, Rule::Proportional, Rule::Neyman, Rule::SquareRoot] {
            let parts = allocate(rule, &strata, size, minimum).unwrap();
            assert_eq!(parts.iter().sum::<u64>(), size, "{rule:?} {strata:?} {minimum}");
            let fits = |(part, stratum): (&u64, &Stratum)| {
                minimum.min(stratum.population) <= *part && *part <= stratum.population
            };
            assert!(parts.iter().zip(&strata).all(fits), "{rule:?} {strata:?} {size} {minimum} {parts:?}");
        }
    }
}

#[test]
fn floats_become_decimals_before_they_are_printed() {
    let show = |number: f64| decimal(number).map(|number| plain(number, Lang::En));
    assert_eq!(show(0.1 + 0.2).as_deref(), Some("0.3"));
    assert_eq!(show(-2.5).as_deref(), Some("-2.5"));
    assert_eq!(show(f64::NAN), None);
    assert_eq!(show(1e300), None);
}
