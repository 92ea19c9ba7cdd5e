//! How a sample is shared among strata.
//!
//! Shares are in proportion to 1 (equal), `N_h` (proportional), `N_h S_h` (Neyman 1934; Cochran 1977,
//! 5.5), `√N_h` (square root, Bankier 1988 with power ½), held between the minimum and `N_h`. What is
//! cut off or filled up is shared among the others in the same proportion. Whole numbers come by
//! largest remainders, so that they add up. Example: 100 among 9,000, 900 and 100 people:
//! proportional 90, 9, 1; with a minimum of 10: 80, 10, 10; square root 70, 22, 8.

/// A rule of allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Every stratum the same.
    Equal,
    /// By people.
    Proportional,
    /// By people × standard deviation.
    Neyman,
    /// By the root of people: between equal and proportional.
    SquareRoot,
}

/// A stratum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stratum {
    /// How many people.
    pub population: u64,
    /// The standard deviation of what is asked; only Neyman's rule looks at it.
    pub deviation: f64,
}

/// Why a sample cannot be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The minimums alone need this many.
    TooFew(u64),
    /// There are only this many people.
    TooMany(u64),
}

/// Shares `size` among strata; each gets at least the minimum, or all of its people if they are fewer.
///
/// # Errors
/// A size that the minimums exceed, or that exceeds the people.
pub fn allocate(rule: Rule, strata: &[Stratum], size: u64, minimum: u64) -> Result<Vec<u64>, Fault> {
    let least: u64 = strata.iter().map(|stratum| minimum.min(stratum.population)).sum();
    let most: u64 = strata.iter().map(|stratum| stratum.population).sum();
    if size < least {
        return Err(Fault::TooFew(least));
    }
    if most < size {
        return Err(Fault::TooMany(most));
    }
    let bounded: Vec<Bounded> = bounded(rule, strata, minimum);
    Ok(rounded(&shares(&bounded, size as f64), size))
}

/// What a stratum asks for, and its bounds.
struct Bounded {
    claim: f64,
    low: f64,
    high: f64,
}

impl Bounded {
    fn at(&self, factor: f64) -> f64 {
        (factor * self.claim).clamp(self.low, self.high)
    }
}

fn bounded(rule: Rule, strata: &[Stratum], minimum: u64) -> Vec<Bounded> {
    let claim = |stratum: &Stratum| {
        let people = stratum.population as f64;
        match rule {
            Rule::Equal => 1.0,
            Rule::Proportional => people,
            Rule::Neyman => people * stratum.deviation,
            Rule::SquareRoot => people.sqrt(),
        }
    };
    let largest = strata.iter().map(claim).fold(0.0, f64::max);
    // A stratum in which nobody differs still takes what the others have no room for.
    let least = if 0.0 < largest { largest * 1e-9 } else { 1.0 };
    let bound = |stratum: &Stratum| Bounded {
        claim: claim(stratum).max(least),
        low: minimum.min(stratum.population) as f64,
        high: stratum.population as f64,
    };
    strata.iter().map(bound).collect()
}

/// Shares that are not rounded. Where the factor lies is found by halving; then those at a bound stay
/// there and the rest is shared exactly.
fn shares(strata: &[Bounded], size: f64) -> Vec<f64> {
    let sum = |factor: f64| -> f64 { strata.iter().map(|stratum| stratum.at(factor)).sum() };
    let (mut low, mut high) = (0.0, 1.0);
    while sum(high) < size && high < f64::MAX / 2.0 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if sum(middle) < size { low = middle } else { high = middle }
    }
    let is_free = |stratum: &&Bounded| stratum.low < stratum.at(high) && stratum.at(high) < stratum.high;
    let claims: f64 = strata.iter().filter(is_free).map(|stratum| stratum.claim).sum();
    let fixed: f64 = strata.iter().filter(|stratum| !is_free(stratum)).map(|stratum| stratum.at(high)).sum();
    let factor = (size - fixed) / claims;
    strata
        .iter()
        .map(|stratum| if is_free(&stratum) { stratum.claim * factor } else { stratum.at(high) })
        .collect()
}

/// Whole numbers that add up: each rounded down, and one more for the largest remainders; of equal
/// ones, the first.
fn rounded(shares: &[f64], size: u64) -> Vec<u64> {
    /// Beyond this digit remainders are errors of the computer.
    const DIGITS: f64 = 1e9;
    let exact = |share: f64| (share * DIGITS + 0.5).floor() / DIGITS;
    let mut whole: Vec<u64> = shares.iter().map(|share| exact(*share).floor() as u64).collect();
    let left = size.saturating_sub(whole.iter().sum());
    let remainder = |at: usize| ((exact(shares[at]) - exact(shares[at]).floor()) * DIGITS + 0.5).floor();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    order.into_iter().take(left as usize).for_each(|at| whole[at] += 1);
    whole
}
