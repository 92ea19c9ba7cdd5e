//! How little a weight must change for two units to tie, exactly.
//!
//! With points instead of shares the index is `100 × (P + t p) ÷ (D + t w)`, where `w` is the present
//! weight of one criterion and `t w` its new one, `p` the unit's points in it, and `P` and `D` its
//! other points and weights. Setting the indices of two units equal leaves `t`:
//!
//! - both have the criterion and the same `D`: `t = (P_b − P_a) ÷ (p_a − p_b)`;
//! - only `a` has it: `t (p_a D_b − w P_b) = P_b D_a − P_a D_b`;
//! - both have it, and `D` is not the same: `t² w (p_a − p_b) + t (p_a D_b + w P_a − p_b D_a − w P_b)
//!   + P_a D_b − P_b D_a = 0`, which is offered where its square falls away.
//!
//! Example: A has 8 of 10 and 40 other points, B has 5 of 10 and 42; 100 points in all. They tie at
//! `t = (42 − 40) ÷ (8 − 5)`, a weight of 6⅔, and 3⅓ below the present one.

use rust_decimal::Decimal;

/// A unit's exact points.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// In each criterion; none where it does not apply.
    pub points: &'a [Option<Decimal>],
    /// Outside of the criteria: bonus less deductions.
    pub extra: Decimal,
}

/// The weight of a criterion at which two units tie, other weights unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// At this weight.
    At(Swap),
    /// At any weight: they are tied and the criterion does not tell them apart.
    Always,
    /// At none.
    Never,
    /// A quadratic equation, or numbers too large: not offered.
    NotOffered,
}

/// A change of one weight after which two units tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    /// The criterion.
    pub criterion: usize,
    /// Its new weight; a quotient has up to 28 digits.
    pub weight: Decimal,
    /// The new weight less the present one.
    pub change: Decimal,
    /// Whether the new weight is from 0 to the sum of all present weights.
    pub within: bool,
}

/// The tie of two units in one criterion.
///
/// Weights are maximum points; a criterion without weight has no shares, so nothing is offered.
pub fn tie(weights: &[Decimal], a: Unit, b: Unit, criterion: usize) -> Tie {
    equation(weights, a, b, criterion).unwrap_or(Tie::NotOffered)
}

/// The smallest change of one weight, of those within 0 and the sum, that lets two units tie; the
/// first criterion of equals. None if there is no such change.
pub fn nearest(weights: &[Decimal], a: Unit, b: Unit) -> Option<Swap> {
    (0..weights.len())
        .filter_map(|criterion| match tie(weights, a, b, criterion) {
            Tie::At(swap) if swap.within => Some(swap),
            _ => None,
        })
        .min_by_key(|swap| swap.change.abs())
}

/// None where numbers are too large.
fn equation(weights: &[Decimal], a: Unit, b: Unit, criterion: usize) -> Option<Tie> {
    let weight = *weights.get(criterion).filter(|weight| !weight.is_zero())?;
    let (a, b) = (Rest::of(weights, a, criterion)?, Rest::of(weights, b, criterion)?);
    let times = |x: Decimal, y: Decimal| x.checked_mul(y);
    // t² square + t slope + at_zero = 0
    let (square, slope, at_zero) = match (a.own, b.own) {
        (Some(p_a), Some(p_b)) if a.weights == b.weights => {
            (Decimal::ZERO, p_a.checked_sub(p_b)?, a.points.checked_sub(b.points)?)
        }
        (own_a, own_b) => {
            let side = |own: Option<Decimal>, this: &Rest, other: &Rest| {
                let gained = times(own.unwrap_or_default(), other.weights)?;
                let diluted = if other.own.is_some() { times(weight, this.points)? } else { Decimal::ZERO };
                gained.checked_add(diluted)
            };
            let square = match (own_a, own_b) {
                (Some(p_a), Some(p_b)) => times(weight, p_a.checked_sub(p_b)?)?,
                _ => Decimal::ZERO,
            };
            let slope = side(own_a, &a, &b)?.checked_sub(side(own_b, &b, &a)?)?;
            (square, slope, times(a.points, b.weights)?.checked_sub(times(b.points, a.weights)?)?)
        }
    };
    if !square.is_zero() {
        return Some(Tie::NotOffered);
    }
    if slope.is_zero() {
        return Some(if at_zero.is_zero() { Tie::Always } else { Tie::Never });
    }
    let new = times(weight, -at_zero)?.checked_div(slope)?;
    let sum = weights.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))?;
    let within = (Decimal::ZERO..=sum).contains(&new);
    Some(Tie::At(Swap { criterion, weight: new, change: new.checked_sub(weight)?, within }))
}

/// A unit without one criterion.
struct Rest {
    /// Points in that criterion.
    own: Option<Decimal>,
    /// Points elsewhere.
    points: Decimal,
    /// Weights elsewhere, of what applies.
    weights: Decimal,
}

impl Rest {
    fn of(weights: &[Decimal], unit: Unit, criterion: usize) -> Option<Rest> {
        let mut rest = Rest { own: None, points: unit.extra, weights: Decimal::ZERO };
        for (at, (weight, points)) in weights.iter().zip(unit.points).enumerate() {
            match points {
                Some(points) if at == criterion => rest.own = Some(*points),
                Some(points) => {
                    rest.points = rest.points.checked_add(*points)?;
                    rest.weights = rest.weights.checked_add(*weight)?;
                }
                None => {}
            }
        }
        Some(rest)
    }
}
