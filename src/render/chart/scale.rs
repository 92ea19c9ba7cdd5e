//! Where an axis begins and ends, and what is written along it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Along an axis.
pub(super) struct Scale {
    /// Where it begins.
    pub from: Decimal,
    /// Where it ends.
    pub to: Decimal,
    /// What is written along it.
    pub ticks: Vec<Decimal>,
}

impl Scale {
    /// From nothing.
    pub fn from_zero(high: Decimal) -> Scale {
        let step = step(high, Decimal::new(1, 2));
        let ticks = ticks(Decimal::ZERO, high, step);
        Scale { from: Decimal::ZERO, to: high.max(step), ticks }
    }

    /// Around values, wherever they lie, out to the next ticks.
    pub fn around(low: Decimal, high: Decimal) -> Scale {
        let step = step(high - low, Decimal::new(1, 2));
        let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
        let to = if to == from { from + step } else { to };
        Scale { from, to, ticks: ticks(from, to, step) }
    }

    /// Ranks from 1, half a place beyond either end.
    pub fn ranks(last: Decimal) -> Scale {
        let step = step(last, Decimal::ONE);
        let half = Decimal::new(5, 1);
        let tens = ticks(step, last, step).into_iter().filter(|tick| *tick != Decimal::ONE);
        let ticks = std::iter::once(Decimal::ONE).chain(tens).collect();
        Scale { from: half, to: last + half, ticks }
    }

    pub fn range(&self) -> std::ops::Range<f64> {
        float(self.from)..float(self.to)
    }
}

/// 1, 2 or 5 times a power of ten, so that there are at most six of it; never less than the least.
fn step(span: Decimal, least: Decimal) -> Decimal {
    let six = Decimal::from(6);
    let tens = std::iter::successors(Some(least), |step| step.checked_mul(Decimal::TEN));
    let steps = tens.take(20).flat_map(|ten| [1, 2, 5].map(|times| ten * Decimal::from(times)));
    steps.into_iter().find(|step| span <= *step * six).unwrap_or(least)
}

fn ticks(from: Decimal, to: Decimal, step: Decimal) -> Vec<Decimal> {
    (0..).map(|at| from + step * Decimal::from(at)).take_while(|tick| *tick <= to).collect()
}

/// A number as a place in a drawing.
pub(super) fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::Scale;
    use rust_decimal::Decimal;

    #[test]
    fn ticks_are_round_numbers_that_hold_the_values() {
        let texts =
            |scale: Scale| scale.ticks.iter().map(|tick| tick.normalize().to_string()).collect::<Vec<_>>();
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        assert_eq!(texts(Scale::from_zero(number("100"))), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(
            texts(Scale::around(number("79.56"), number("80.13"))),
            ["79.5", "79.6", "79.7", "79.8", "79.9", "80", "80.1", "80.2"]
        );
        assert_eq!(texts(Scale::around(number("80"), number("80"))), ["80", "80.01"]);
        assert_eq!(texts(Scale::ranks(number("8"))), ["1", "2", "4", "6", "8"]);
        assert_eq!(texts(Scale::ranks(number("168"))), ["1", "50", "100", "150"]);
    }
}
