//! What cells look like: letters, lines, colours and number formats by what a cell is for. Colours
//! keep their order of light and dark in grey.

use crate::report::workbook::{Digits, Look, Role};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use std::collections::BTreeMap;

/// The letters of offices, and the height of a line of them.
const FONT: &str = "Times New Roman";
const SIZE: f64 = 11.0;
pub(super) const LINE: f64 = 15.0;

/// Backgrounds: heads, sums, input, warnings; and the colours of steps and lines.
const HEAD: Color = Color::RGB(0x00DC_E6F1);
const SUM: Color = Color::RGB(0x00F2_F2F2);
const INPUT: Color = Color::RGB(0x00FF_FBE0);
pub(super) const WARNING: Color = Color::RGB(0x00F8_CBAD);
const STEP: Color = Color::RGB(0x0070_7070);
const LINES: Color = Color::RGB(0x00A6_A6A6);
const FELL: &str = "[Red]";

/// The formats that were used, each made once.
pub(super) struct Looks(BTreeMap<Look, Format>);

impl Looks {
    pub fn new() -> Looks {
        Looks(BTreeMap::new())
    }

    pub fn of(&mut self, look: Look) -> &Format {
        self.0.entry(look).or_insert_with(|| format(look))
    }
}

fn format(Look { role, digits }: Look) -> Format {
    let plain = Format::new().set_font_name(FONT).set_font_size(SIZE);
    let lined = || plain.clone().set_border(FormatBorder::Thin).set_border_color(LINES);
    let middle = |format: Format| format.set_align(FormatAlign::VerticalCenter);
    let right = |format: Format| match digits {
        Digits::Text | Digits::Whole => format.set_align(FormatAlign::Center),
        _ => format.set_align(FormatAlign::Right),
    };
    let format = match role {
        Role::Plain => plain,
        Role::Sentence => plain.set_text_wrap().set_align(FormatAlign::Top),
        Role::Title => middle(plain.set_font_size(14.0).set_bold()),
        Role::Banner => head_of(plain.set_font_size(14.0).set_bold().set_text_wrap()),
        Role::Below => head_of(plain.set_font_size(12.0).set_bold()),
        Role::Heading => plain.set_font_size(12.0).set_bold(),
        Role::Head => head(lined()),
        Role::Turned => head(lined()).set_rotation(90),
        Role::Name => middle(lined().set_text_wrap().set_indent(1)),
        Role::SumName => middle(lined().set_text_wrap().set_indent(1).set_bold().set_background_color(SUM)),
        Role::Body => middle(right(lined())),
        Role::Sum => middle(right(lined().set_bold().set_background_color(SUM))),
        Role::Input => middle(right(lined().set_background_color(INPUT))),
        Role::Step => middle(lined().set_font_color(STEP)),
        Role::Warning => middle(right(lined().set_bold().set_background_color(WARNING))),
    };
    match digits {
        Digits::General => format,
        Digits::Text => format.set_num_format("@"),
        Digits::Whole => format.set_num_format("0"),
        Digits::Fixed(digits) => format.set_num_format(fixed(digits)),
        Digits::Change(digits) => {
            let number = fixed(digits);
            format.set_num_format(format!("+{number};{FELL}−{number};{number}"))
        }
        Digits::Places => {
            format.set_num_format(format!("\"▲ \"0;{FELL}\"▼ \"0;\"=\"")).set_align(FormatAlign::Right)
        }
    }
}

fn head(format: Format) -> Format {
    let bold = format.set_bold().set_text_wrap().set_background_color(HEAD);
    head_of(bold)
}

fn head_of(format: Format) -> Format {
    format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

fn fixed(digits: u32) -> String {
    match digits {
        0 => "0".to_owned(),
        _ => format!("0.{}", "0".repeat(digits as usize)),
    }
}
