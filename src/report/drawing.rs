//! Bars and lines of signs, for terminals: how long, on which scale, read without colour.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What is drawn in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// A bar from zero, or from the low end of a scale without zero, to a value.
    Bar {
        /// The value.
        value: Decimal,
        /// Its scale.
        scale: Scale,
        /// Whether a sign stands behind it; none where no bar of the column has one.
        mark: Option<bool>,
    },
    /// Values one after the other, the oldest first.
    Line {
        /// The values; none where nothing is known.
        values: Vec<Option<Decimal>>,
        /// Their scale.
        scale: Scale,
    },
}

/// The ends of what is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The value at the left, or at the bottom.
    pub low: Decimal,
    /// The value at the right, or at the top.
    pub high: Decimal,
}

/// The signs of a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Block elements, an eighth of a cell exact.
    #[default]
    Blocks,
    /// `#` and digits, for terminals that know no others.
    Ascii,
}

/// The width of a bar where nobody says how much room there is.
pub const BAR: usize = 24;

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

impl Drawing {
    /// The drawing in so many cells; a line is as wide as it has values.
    pub fn text(&self, width: usize, signs: Signs) -> String {
        match self {
            Drawing::Bar { value, scale, mark } => {
                let mark = match (mark, signs) {
                    (Some(true), Signs::Blocks) => " ◆",
                    (Some(true), Signs::Ascii) => " *",
                    _ => "",
                };
                let room = width.saturating_sub(self.behind());
                let bar = if scale.low < Decimal::ZERO && Decimal::ZERO < scale.high {
                    around_zero(*value, *scale, room, signs)
                } else {
                    let eighths = scale.share(*value, room * 8);
                    // What is there is seen, and nothing is nothing.
                    blocks(if scale.low <= *value && !value.is_zero() { eighths.max(1) } else { 0 }, signs)
                };
                bar + mark
            }
            Drawing::Line { values, scale } => {
                let level = |value: Decimal| scale.share(value, 8).min(7);
                let sign = |value: &Option<Decimal>| match (value, signs) {
                    (None, _) => '·',
                    (Some(value), Signs::Blocks) => LEVELS[level(*value)],
                    (Some(value), Signs::Ascii) => char::from(b'1' + level(*value) as u8),
                };
                let line: String = values.iter().map(sign).collect();
                if signs == Signs::Ascii { line.replace('·', ".") } else { line }
            }
        }
    }

    /// The room that it cannot do without.
    pub fn least_width(&self) -> usize {
        match self {
            Drawing::Bar { .. } => LEAST_BAR + self.behind(),
            Drawing::Line { values, .. } => values.len(),
        }
    }

    /// The most room that it makes use of.
    pub fn most_width(&self) -> usize {
        match self {
            Drawing::Bar { .. } => MOST_BAR + self.behind(),
            Drawing::Line { values, .. } => values.len(),
        }
    }

    /// The room for the sign behind a bar.
    fn behind(&self) -> usize {
        if matches!(self, Drawing::Bar { mark: Some(_), .. }) { 2 } else { 0 }
    }
}

/// A shorter bar says nothing.
const LEAST_BAR: usize = 8;

/// A longer bar says no more.
const MOST_BAR: usize = 40;

impl Scale {
    /// From zero to a hundred, or to the next ten above the highest value.
    pub fn percent(values: impl Iterator<Item = Decimal>) -> Scale {
        let highest = values.max().unwrap_or_default();
        Scale { low: Decimal::ZERO, high: Decimal::ONE_HUNDRED.max(next_ten(highest)) }
    }

    /// Around values in %: whole tens, at least twenty apart, so that small changes look small.
    pub fn around(values: impl Iterator<Item = Decimal> + Clone) -> Scale {
        let high = next_ten(values.clone().max().unwrap_or(Decimal::ONE_HUNDRED));
        let least = values.min().unwrap_or_default() / Decimal::TEN;
        let low = (least.floor() * Decimal::TEN).min(high - Decimal::from(20));
        Scale { low, high }
    }

    /// As far on both sides of zero.
    pub fn both_sides(values: impl Iterator<Item = Decimal>) -> Scale {
        let most = values.map(|value| value.abs()).max().unwrap_or_default().ceil().max(Decimal::ONE);
        Scale { low: -most, high: most }
    }

    /// How many of so many steps a value has behind it, the nearest.
    fn share(self, value: Decimal, steps: usize) -> usize {
        let span = self.high - self.low;
        if span <= Decimal::ZERO {
            return steps;
        }
        let share = (value.clamp(self.low, self.high) - self.low) / span;
        let half = Decimal::new(5, 1);
        (share * Decimal::from(steps as u64) + half).floor().to_usize().unwrap_or(0).min(steps)
    }
}

fn next_ten(value: Decimal) -> Decimal {
    (value / Decimal::TEN).ceil() * Decimal::TEN
}

/// A bar of so many eighths of a cell.
fn blocks(eighths: usize, signs: Signs) -> String {
    match signs {
        Signs::Blocks => "█".repeat(eighths / 8) + EIGHTHS[eighths % 8],
        Signs::Ascii => "#".repeat(((eighths + 4) / 8).max(usize::from(0 < eighths))),
    }
}

/// A bar to the left or to the right of an axis in the middle.
fn around_zero(value: Decimal, scale: Scale, width: usize, signs: Signs) -> String {
    let half = width.saturating_sub(1) / 2;
    let side = Scale { low: Decimal::ZERO, high: scale.high.max(-scale.low) };
    let eighths = side.share(value.abs(), half * 8);
    let eighths = if value.is_zero() { 0 } else { eighths.max(1) };
    let axis = if signs == Signs::Ascii { '|' } else { '│' };
    if !value.is_sign_negative() {
        return format!("{}{axis}{}", " ".repeat(half), blocks(eighths, signs));
    }
    // There are no signs for eighths at the right of a cell; a half is.
    let bar = match signs {
        Signs::Ascii => blocks(eighths, signs),
        Signs::Blocks => {
            let halves = ((eighths + 2) / 4).max(1);
            (if halves % 2 == 1 { "▐" } else { "" }).to_owned() + &"█".repeat(halves / 2)
        }
    };
    let indent = half.saturating_sub(bar.chars().count());
    format!("{}{bar}{axis}", " ".repeat(indent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn bar(value: i64, low: i64, high: i64) -> Drawing {
        let scale = Scale { low: low.into(), high: high.into() };
        Drawing::Bar { value: Decimal::new(value, 1), scale, mark: None }
    }

    #[test]
    fn a_bar_is_as_long_as_its_value() {
        let text = |value, signs| bar(value, 0, 100).text(10, signs);
        for (value, blocks, ascii) in [
            (1000, "██████████", "##########"),
            (500, "█████", "#####"),
            (512, "█████▏", "#####"),
            (550, "█████▌", "######"),
            (975, "█████████▊", "##########"),
            (0, "", ""),
            (1, "▏", "#"),
            (1300, "██████████", "##########"),
        ] {
            assert_eq!(text(value, Signs::Blocks), blocks, "{value}");
            assert_eq!(text(value, Signs::Ascii), ascii, "{value}");
        }
    }

    #[test]
    fn a_bar_around_zero_has_its_axis_in_the_middle() {
        let text = |value, signs| bar(value, -5, 5).text(11, signs);
        for (value, blocks, ascii) in [
            (50, "     │█████", "     |#####"),
            (-50, "█████│", "#####|"),
            (-15, "   ▐█│", "   ##|"),
            (0, "     │", "     |"),
            (-1, "    ▐│", "    #|"),
            (1, "     │▏", "     |#"),
        ] {
            assert_eq!(text(value, Signs::Blocks), blocks, "{value}");
            assert_eq!(text(value, Signs::Ascii), ascii, "{value}");
        }
    }

    #[test]
    fn a_line_has_a_sign_for_each_value() {
        let scale = Scale { low: 60.into(), high: 100.into() };
        let values = [Some(60), Some(75), None, Some(98), Some(100)];
        let line =
            Drawing::Line { values: values.iter().map(|value| value.map(Decimal::from)).collect(), scale };
        assert_eq!(line.text(0, Signs::Blocks), "▁▄·██");
        assert_eq!(line.text(0, Signs::Ascii), "14.88");
        assert_eq!((line.least_width(), line.most_width()), (5, 5));
    }

    #[test]
    fn no_drawing_is_wider_than_its_room() {
        for width in [9, 10, 24, 40] {
            for value in (-60..=60).step_by(7) {
                for (low, high) in [(0, 5), (-5, 5), (2, 4)] {
                    for (signs, mark) in
                        [(Signs::Blocks, None), (Signs::Blocks, Some(true)), (Signs::Ascii, Some(true))]
                    {
                        let Drawing::Bar { value, scale, .. } = bar(value, low, high) else { return };
                        let text = Drawing::Bar { value, scale, mark }.text(width, signs);
                        assert!(text.width() <= width, "{width} {value} {low} {high}: {text:?}");
                        assert!(signs == Signs::Blocks || text.is_ascii(), "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn scales_do_not_exaggerate() {
        let of = |values: &[i64]| values.iter().map(|value| Decimal::new(*value, 1)).collect::<Vec<_>>();
        let ends = |scale: Scale| (scale.low.to_i64().unwrap(), scale.high.to_i64().unwrap());
        let values = of(&[712, 913]);
        assert_eq!(ends(Scale::percent(values.iter().copied())), (0, 100));
        assert_eq!(ends(Scale::around(values.iter().copied())), (70, 100));
        let values = of(&[912, 1034]);
        assert_eq!(ends(Scale::percent(values.iter().copied())), (0, 110));
        let values = of(&[921, 913]);
        assert_eq!(ends(Scale::around(values.iter().copied())), (80, 100));
        assert_eq!(ends(Scale::both_sides(of(&[-31, 12]).into_iter())), (-4, 4));
    }
}
