//! How cells look: to be told apart on a black-and-white print as well.

use crate::lang::Lang;
use crate::number::plain;
use crate::report::Cell;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatPattern, Worksheet, XlsxError};

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The name of the sheet.
    Title,
    /// A line above the table that matters.
    Bold,
    /// Another line above it.
    Plain,
    /// A sentence of the guide.
    Wrapped,
    /// A header.
    Header,
    /// The name of a unit, above its rows.
    Unit,
    /// A group.
    Group,
    /// The maximum of a group.
    GroupNumber,
    /// Locked text.
    Text,
    /// A locked number.
    Number,
    /// A cell to fill in.
    Value,
    /// A cell for text to fill in.
    Words,
    /// A cell in which nothing is entered.
    Closed,
    /// What only the program reads.
    Program,
}

/// The formats of all looks.
pub(super) struct Looks(Vec<(Look, Format)>);

const ALL: [Look; 14] = [
    Look::Title,
    Look::Bold,
    Look::Plain,
    Look::Wrapped,
    Look::Header,
    Look::Unit,
    Look::Group,
    Look::GroupNumber,
    Look::Text,
    Look::Number,
    Look::Value,
    Look::Words,
    Look::Closed,
    Look::Program,
];

impl Default for Looks {
    fn default() -> Looks {
        Looks(ALL.iter().map(|look| (*look, look.format())).collect())
    }
}

impl Looks {
    /// The format of a look.
    pub fn get(&self, look: Look) -> &Format {
        &self.0[look as usize].1
    }

    /// The same, moved in by how deep it stands in the tree.
    pub fn indented(&self, look: Look, depth: usize) -> Format {
        self.get(look).clone().set_indent(depth.min(10) as u8)
    }
}

impl Look {
    fn format(self) -> Format {
        let base = Format::new().set_font_name("Times New Roman").set_font_size(11);
        let framed =
            || base.clone().set_border(FormatBorder::Thin).set_align(FormatAlign::Top).set_text_wrap();
        let open = || {
            base.clone()
                .set_border(FormatBorder::Medium)
                .set_align(FormatAlign::Top)
                .set_text_wrap()
                .set_unlocked()
        };
        match self {
            Look::Title => base.set_bold().set_font_size(14),
            Look::Bold => base.set_bold(),
            Look::Plain => base,
            Look::Wrapped => base.set_text_wrap().set_align(FormatAlign::Top),
            Look::Header => framed()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(0xD9_D9_D9),
            Look::Unit => base.set_bold().set_font_size(12).set_border_top(FormatBorder::Medium),
            Look::Group => framed().set_bold().set_background_color(0xED_ED_ED),
            Look::GroupNumber => {
                framed().set_bold().set_background_color(0xED_ED_ED).set_align(FormatAlign::Center)
            }
            Look::Text => framed(),
            Look::Number => framed().set_align(FormatAlign::Center),
            Look::Value => open().set_align(FormatAlign::Center),
            Look::Words => open(),
            Look::Closed => framed()
                .set_pattern(FormatPattern::LightUp)
                .set_foreground_color(0x80_80_80)
                .set_background_color(0xFF_FF_FF),
            Look::Program => base.set_font_size(7).set_font_color(0x80_80_80),
        }
    }
}

/// Writes what was given at an earlier stage: numbers as numbers.
pub(super) fn write_given(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    given: Option<&Cell<'_>>,
    lang: Lang,
    format: &Format,
) -> Result<(), XlsxError> {
    match given {
        Some(Cell::Plain(number)) => match number.to_f64() {
            Some(float) => sheet.write_number_with_format(row, column, float, format)?,
            None => sheet.write_string_with_format(row, column, plain(*number, lang), format)?,
        },
        Some(other) => {
            sheet.write_string_with_format(row, column, crate::report::words(other, lang), format)?
        }
        None => sheet.write_blank(row, column, format)?,
    };
    Ok(())
}
