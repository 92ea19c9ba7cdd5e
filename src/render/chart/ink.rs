//! What is drawn with: names for looks, carried through plotters as colours.

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

/// An ink. Its place in [`Ink::CLASSES`] is its colour's last byte, and its class in the style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Ink {
    /// Words and numbers.
    Text,
    /// Words and numbers that may be overlooked.
    Faint,
    /// Lines that help the eye.
    Grid,
    /// A whole: a maximum, a total.
    Whole,
    /// What was lost.
    Loss,
    /// What was gained.
    Gain,
    /// A value.
    Mark,
    /// An interval.
    Span,
    /// The strongest answer against.
    AgainstMost,
    /// An answer against.
    Against,
    /// An answer between.
    Between,
    /// An answer for.
    For,
    /// The strongest answer for.
    ForMost,
    /// No opinion.
    NoOpinion,
    /// A number on a dark answer.
    OnDark,
    /// A number on a light answer.
    OnLight,
}

impl Ink {
    /// The class of each ink, in the order of the inks.
    const CLASSES: [&str; 16] =
        ["t", "f", "g", "w", "l", "p", "m", "r", "a2", "a1", "a0", "f1", "f2", "no", "od", "ol"];

    /// Its class in the style.
    pub(in crate::render) fn class(self) -> &'static str {
        Ink::CLASSES[self as usize]
    }

    /// The class of a colour as plotters writes it: `#000003`.
    pub(super) fn class_of(colour: &str) -> Option<&'static str> {
        let at = usize::from_str_radix(colour.strip_prefix("#0000")?, 16).ok()?;
        Ink::CLASSES.get(at).copied()
    }

    pub(super) fn colour(self) -> RGBColor {
        RGBColor(0, 0, self as u8)
    }

    /// Areas of this ink.
    pub(super) fn fill(self) -> ShapeStyle {
        self.colour().filled()
    }

    /// Lines of this ink.
    pub(super) fn line(self, width: u32) -> ShapeStyle {
        self.colour().stroke_width(width)
    }

    /// Text of this ink, anchored at a side of its middle.
    pub(super) fn text(self, side: HPos) -> TextStyle<'static> {
        let font = FontDesc::new(FontFamily::SansSerif, SIZE, FontStyle::Normal);
        TextStyle { font, color: self.colour().to_backend_color(), pos: Pos::new(side, VPos::Center) }
    }
}

/// The size that plotters writes as [`WRITTEN`].
const SIZE: f64 = 12.4;

/// The size of all text, which the style says.
pub(super) const WRITTEN: &str = "10";

/// How wide a text is, about, in the size that the style says.
pub(super) fn width(text: &str) -> u32 {
    const SIGN: u32 = 73; // tenths of a pixel: wide system fonts at 12.5 pixels, seen in Chromium
    (unicode_width::UnicodeWidthStr::width(text) as u32 * SIGN).div_ceil(10) + 6
}
