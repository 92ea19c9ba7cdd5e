//! The linear relaxation: what a need weighs at least if decisions could be taken in part.
//!
//! Of each choice only the lower convex hull of gain and weight counts; all its steps together, the
//! steepest gain for the weight first, make a convex curve of least weight by gain (Sinha & Zoltners
//! 1979, *Operations Research* 27, 503–515). Fractions are compared as products. So that products of
//! gain and weight fit, huge gains are first divided by a power of two and rounded up, which only
//! makes the bound a little lower.

use super::decision::Decision;

/// Divides gains by a power of two, rounding up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale(u32);

impl Scale {
    /// For sums of gains and of weights up to these.
    pub(super) fn new(gain: u128, weight: u128) -> Scale {
        /// Products of gain and weight, and sums of two of them, fit `i128`; rounding adds a bit.
        const BITS: u32 = 123;
        let bits = |number: u128| u128::BITS - number.leading_zeros();
        Scale((bits(gain) + bits(weight)).saturating_sub(BITS))
    }

    pub(super) fn apply(self, gain: u128) -> u128 {
        if self.0 == 0 {
            return gain;
        }
        let cut = gain >> self.0;
        cut + u128::from(cut << self.0 != gain)
    }
}

/// From one decision of a choice to the next on its hull.
#[derive(Clone, Copy, Debug)]
struct Step {
    gain: u128,
    weight: u128,
    choice: usize,
}

/// The hulls of some choices. Gains are scaled.
#[derive(Clone, Debug)]
pub(super) struct Relaxation {
    /// Gain and weight of the lightest decision of each choice.
    bases: Vec<(u128, u128)>,
    /// All steps, the best first.
    steps: Vec<Step>,
}

impl Relaxation {
    pub(super) fn new(choices: &[Vec<Decision>], scale: Scale) -> Relaxation {
        let (mut bases, mut steps) = (Vec::with_capacity(choices.len()), Vec::new());
        let mut hull: Vec<(u128, u128)> = Vec::new();
        for (choice, decisions) in choices.iter().enumerate() {
            let points = decisions.iter().map(|decision| (scale.apply(decision.gain), decision.weight));
            lower_hull(points, &mut hull);
            bases.extend(hull.first());
            steps.extend(hull.windows(2).map(|pair| Step {
                gain: pair[1].0 - pair[0].0,
                weight: pair[1].1 - pair[0].1,
                choice,
            }));
        }
        steps.sort_by(|a, b| (a.weight * b.gain).cmp(&(b.weight * a.gain)));
        Relaxation { bases, steps }
    }

    /// The curve of the first choices, so many of them.
    pub(super) fn curve(&self, choices: usize) -> Curve {
        let mut curve = Curve { gain: 0, weight: 0, pieces: Vec::with_capacity(self.steps.len()) };
        for (gain, weight) in &self.bases[..choices] {
            curve.gain += gain;
            curve.weight += weight;
        }
        let (mut gain, mut weight) = (0, 0);
        for step in self.steps.iter().filter(|step| step.choice < choices) {
            let piece = Piece { from: (gain, weight), gain: step.gain, weight: step.weight };
            gain += step.gain;
            weight += step.weight;
            curve.pieces.push(piece);
        }
        curve
    }
}

/// Lightest first, each with more gain and no worse a slope than the one after it.
fn lower_hull(points: impl Iterator<Item = (u128, u128)>, hull: &mut Vec<(u128, u128)>) {
    let mut points: Vec<(u128, u128)> = points.collect();
    points.sort_unstable_by_key(|&(gain, weight)| (weight, std::cmp::Reverse(gain)));
    hull.clear();
    for (gain, weight) in points {
        if hull.last().is_some_and(|last| gain <= last.0) {
            continue;
        }
        while let [.., a, b] = hull.as_slice() {
            let is_below = (b.1 - a.1) * (gain - b.0) < (weight - b.1) * (b.0 - a.0);
            if is_below {
                break;
            }
            hull.pop();
        }
        hull.push((gain, weight));
    }
}

/// The least weight by gain.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    /// Gain and weight where it begins.
    gain: u128,
    weight: u128,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Gain and weight of all pieces before it.
    from: (u128, u128),
    gain: u128,
    weight: u128,
}

/// What a need weighs at least, rounded up, and the slope of the curve there.
pub(super) struct Bound {
    pub(super) weight: u128,
    pub(super) slope: Slope,
}

/// So much weight for so much gain.
#[derive(Clone, Copy)]
pub(super) struct Slope {
    pub(super) gain: u128,
    pub(super) weight: u128,
}

impl Curve {
    /// The bound for a need; none beyond the end of the curve.
    pub(super) fn bound(&self, need: u128) -> Option<Bound> {
        if need <= self.gain {
            return Some(Bound { weight: self.weight, slope: Slope { gain: 1, weight: 0 } });
        }
        let need = need - self.gain;
        let after = self.pieces.partition_point(|piece| piece.from.0 < need);
        let piece = self.pieces.get(after.checked_sub(1)?)?;
        let part = need - piece.from.0;
        if piece.gain < part {
            return None;
        }
        let weight = self.weight + piece.from.1 + (piece.weight * part).div_ceil(piece.gain);
        Some(Bound { weight, slope: Slope { gain: piece.gain, weight: piece.weight } })
    }

    /// Questions with needs that only fall.
    pub(super) fn falling(&self) -> Falling<'_> {
        Falling { curve: self, at: self.pieces.len() }
    }
}

/// Answers for needs that only fall, in O(1) on average.
pub(super) struct Falling<'a> {
    curve: &'a Curve,
    /// Pieces from here on begin at or beyond the need.
    at: usize,
}

impl Falling<'_> {
    /// Whether the need can be met within a weight, as far as the relaxation knows.
    pub(super) fn allows(&mut self, need: u128, weight: u128) -> bool {
        let Some(weight) = weight.checked_sub(self.curve.weight) else { return false };
        let need = need.saturating_sub(self.curve.gain);
        if need == 0 {
            return true;
        }
        while 0 < self.at && need <= self.curve.pieces[self.at - 1].from.0 {
            self.at -= 1;
        }
        let Some(piece) = self.at.checked_sub(1).map(|at| self.curve.pieces[at]) else { return false };
        let part = need - piece.from.0;
        let Some(rest) = weight.checked_sub(piece.from.1) else { return false };
        part <= piece.gain && piece.weight * part <= rest * piece.gain
    }
}
