//! Normal, t, F, chi-square and beta: tails and quantiles.
//!
//! Tails come from `statrs` (incomplete beta and gamma, error function: within 1e-10 of R on 640
//! values). Quantiles are roots of those tails, found here: the inverses of `statrs` 0.18 and 0.19 are
//! off by 1e-6 in large degrees of freedom and do not end for small tails (its issue 435).

use statrs::function::{beta, erf, gamma};
use std::f64::consts::SQRT_2;

/// The normal quantile (R's `qnorm`).
pub fn normal_quantile(probability: f64) -> f64 {
    -SQRT_2 * erf::erfc_inv(2.0 * probability)
}

/// How likely a normal number is at least as far from 0 (R's `2 * pnorm(-abs(z))`).
pub fn normal_two_sided(z: f64) -> f64 {
    erf::erfc(z.abs() / SQRT_2)
}

/// How likely a number of Student's t is at least as far from 0 (R's `2 * pt(-abs(t), df)`); infinite
/// degrees of freedom are the normal.
pub fn t_two_sided(t: f64, degrees: f64) -> f64 {
    if degrees.is_infinite() || t.is_infinite() {
        return normal_two_sided(t);
    }
    beta_cdf(degrees / (degrees + t * t), degrees / 2.0, 0.5)
}

/// The quantile of Student's t (R's `qt`); NaN without any degrees of freedom.
pub fn t_quantile(probability: f64, degrees: f64) -> f64 {
    if degrees.is_nan() || degrees <= 0.0 {
        return f64::NAN;
    }
    let z = normal_quantile(probability);
    if degrees.is_infinite() || z == 0.0 || !z.is_finite() {
        return z;
    }
    if LARGE < degrees {
        return t_far_out(z, degrees);
    }
    let tail = probability.min(1.0 - probability);
    if let Some(t) = t_by_steps(z.abs(), tail, degrees) {
        return t.copysign(z);
    }
    let above = |t: f64| t_two_sided(t, degrees) / 2.0 - tail;
    // The normal quantile is nearer to 0 than that of any t.
    let (mut low, mut high) = (z.abs(), 2.0 * z.abs());
    while 0.0 < above(high) && high < 1e150 {
        (low, high) = (high, 2.0 * high);
    }
    root(low, high, above).copysign(z)
}

/// Beyond so many degrees of freedom the expansion is more exact than a root of the tail.
const LARGE: f64 = 20_000.0;

/// Abramowitz & Stegun 26.7.5: the next term is below 1e-16 from [`LARGE`] on.
fn t_far_out(z: f64, degrees: f64) -> f64 {
    let [z3, z5, z7] = [3, 5, 7].map(|power| z.powi(power));
    let first = (z3 + z) / 4.0;
    let second = (5.0 * z5 + 16.0 * z3 + 3.0 * z) / 96.0;
    let third = (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / 384.0;
    z + (first + (second + third / degrees) / degrees) / degrees
}

/// Newton's steps from the expansion; `None` where they do not settle, as with few degrees of freedom.
fn t_by_steps(z: f64, tail: f64, degrees: f64) -> Option<f64> {
    let scale = (gamma::ln_gamma((degrees + 1.0) / 2.0) - gamma::ln_gamma(degrees / 2.0)).exp()
        / (degrees * std::f64::consts::PI).sqrt();
    let mut t = t_far_out(z, degrees);
    for _ in 0..6 {
        let density = scale * (-(degrees + 1.0) / 2.0 * (t * t / degrees).ln_1p()).exp();
        let step = (t_two_sided(t, degrees) / 2.0 - tail) / density;
        t += step;
        if !t.is_finite() || t <= 0.0 {
            return None;
        }
        if step.abs() <= 1e-12 * t {
            return Some(t);
        }
    }
    None
}

/// How likely F is to be larger (R's `pf(lower.tail = FALSE)`).
pub fn f_above(f: f64, numerator: f64, denominator: f64) -> f64 {
    if denominator.is_infinite() {
        return chi_square_above(f * numerator, numerator);
    }
    beta_cdf(denominator / (denominator + numerator * f), denominator / 2.0, numerator / 2.0)
}

/// How likely chi-square is to be larger (R's `pchisq(lower.tail = FALSE)`).
pub fn chi_square_above(chi_square: f64, degrees: f64) -> f64 {
    if chi_square <= 0.0 {
        return 1.0;
    }
    gamma::checked_gamma_ur(degrees / 2.0, chi_square / 2.0).unwrap_or(f64::NAN)
}

/// How likely a beta number is to be smaller (R's `pbeta`).
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    beta::checked_beta_reg(a, b, x).unwrap_or(f64::NAN)
}

/// The quantile of the beta distribution (R's `qbeta`); NaN unless both parameters are above 0.
pub fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    if beta_cdf(0.5, a, b).is_nan() {
        return f64::NAN;
    }
    if probability <= 0.0 || 1.0 <= probability {
        return probability.clamp(0.0, 1.0);
    }
    let above = |x: f64| probability - beta_cdf(x, a, b);
    let mean = a / (a + b);
    if 0.0 < above(mean) { root(mean, 1.0, above) } else { root(0.0, mean, above) }
}

/// The root of a falling function between two numbers that are not negative: narrowed until the
/// bracket is within a factor of 2, so that small roots are as exact as others, then Ridders' method
/// (1979), which keeps the bracket and at least halves it in each step.
fn root(low: f64, high: f64, falling: impl Fn(f64) -> f64) -> f64 {
    let (low, high) = narrowed(low, high, &falling);
    let mut bracket = [(low, falling(low)), (high, falling(high))];
    let mut last = f64::NAN;
    for _ in 0..STEPS {
        let [(low, at_low), (high, at_high)] = bracket;
        let middle = low + (high - low) / 2.0;
        let at_middle = falling(middle);
        let size = (at_middle * at_middle - at_low * at_high).sqrt();
        let next = if 0.0 < size { middle + (middle - low) * at_middle / size } else { middle };
        if next.is_nan() || (next - last).abs() <= f64::EPSILON * next {
            return next;
        }
        last = next;
        keep(&mut bracket, middle, at_middle);
        if bracket[0].0 < next && next < bracket[1].0 {
            keep(&mut bracket, next, falling(next));
        }
    }
    last
}

/// Halving alone would be done by then.
const STEPS: usize = 60;

/// The root stays between the two numbers; a value that is none ends the search at the next step.
fn keep(bracket: &mut [(f64, f64); 2], x: f64, value: f64) {
    bracket[usize::from(value <= 0.0)] = (x, value);
}

/// A bracket within a factor of 2: steps down from the upper end that become larger, then halves of
/// the exponent.
fn narrowed(mut low: f64, mut high: f64, falling: impl Fn(f64) -> f64) -> (f64, f64) {
    let mut step = 2.0;
    while low < high * 0.5 {
        let middle = if low == 0.0 { high / step } else { (low * high).sqrt() };
        if middle <= low || high <= middle {
            break; // nothing lies between them
        }
        if 0.0 < falling(middle) {
            low = middle
        } else {
            high = middle
        }
        step *= step;
    }
    (low, high)
}
