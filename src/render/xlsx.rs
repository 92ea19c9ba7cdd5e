//! XLSX: a workbook's sheets as Excel keeps them.
//!
//! ```text
//! ket-qua.xlsx
//! ├── docProps/      title, issuer, a fixed date
//! └── xl/
//!     ├── worksheets/sheet1.xml …   cells; a formula with its value beside it
//!     ├── charts, drawings          bars
//!     └── styles.xml, sharedStrings.xml
//! ```
//!
//! This is where exact numbers become binary ones: the nearest to the exact value, shown with the
//! digits that the set prints.

mod chart;
mod height;
mod looks;
mod page;

use crate::lang::Lang;
use crate::report::publication::Publication;
use crate::report::workbook::{Cell, Known, Row, Sheet, Value, Workbook};
use anyhow::Result;
use looks::Looks;
use rust_decimal::Decimal;
use rust_xlsxwriter as xlsx;
use std::borrow::Cow;

/// The most characters that a cell can hold, and a formula.
const LONGEST: usize = 32_767;
const LONGEST_FORMULA: usize = 8_192;

pub(super) fn publish(publication: &Publication<'_>, lang: Lang) -> Result<Vec<u8>> {
    let workbook = Workbook::of(publication, lang);
    let mut file = xlsx::Workbook::new();
    let mut looks = Looks::new();
    for sheet in &workbook.sheets {
        write(sheet, &mut looks, file.add_worksheet())?;
    }
    for (sheet, worksheet) in workbook.sheets.iter().zip(file.worksheets_mut()) {
        page::set(sheet, &workbook.title, lang, worksheet)?;
    }
    let created = xlsx::ExcelDateTime::from_ymd(2026, 1, 1)?;
    let properties = xlsx::DocProperties::new()
        .set_title(&workbook.title)
        .set_author(&workbook.issuer)
        .set_company(&workbook.issuer)
        .set_creation_datetime(&created);
    file.set_properties(&properties);
    Ok(file.save_to_buffer()?)
}

fn write(sheet: &Sheet<'_>, looks: &mut Looks, worksheet: &mut xlsx::Worksheet) -> Result<()> {
    worksheet.set_name(&sheet.name)?;
    // An empty text is what a formula gives, not what it lacks.
    worksheet.set_formula_result_default("");
    for at in 0..sheet.len {
        let row = (sheet.row)(at);
        write_row(sheet, at as u32, &row, looks, worksheet)?;
    }
    Ok(())
}

fn write_row(
    sheet: &Sheet<'_>,
    at: u32,
    row: &Row<'_>,
    looks: &mut Looks,
    worksheet: &mut xlsx::Worksheet,
) -> Result<()> {
    if let Some(height) = height::of(sheet, at, row) {
        worksheet.set_row_height(at, height)?;
    }
    for (column, cell) in (0..).zip(&row.cells) {
        let format = looks.of(cell.look);
        match (height::merged(sheet, at, column.into()), &cell.value) {
            (Some((_, last)), Value::Text(text)) if usize::from(column) < last => {
                worksheet.merge_range(at, column, at, last as u16, &fitting(text), format)?;
            }
            _ => write_cell(at, column, cell, format, worksheet)?,
        }
    }
    Ok(())
}

fn write_cell(
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    format: &xlsx::Format,
    worksheet: &mut xlsx::Worksheet,
) -> Result<()> {
    match &cell.value {
        Value::Empty => worksheet.write_blank(row, column, format)?,
        Value::Text(text) => match &cell.link {
            Some(sheet) => {
                let link = format!("internal:'{}'!A1", sheet.replace('\'', "''"));
                worksheet.write_url_with_options(
                    row,
                    column,
                    link.as_str(),
                    fitting(text),
                    "",
                    Some(format),
                )?
            }
            None => worksheet.write_string_with_format(row, column, fitting(text), format)?,
        },
        Value::Number(number) => worksheet.write_number_with_format(row, column, nearest(*number), format)?,
        // Excel refuses a file with a longer formula.
        Value::Formula(formula, known) if LONGEST_FORMULA < formula.chars().count() => match known {
            Known::Number(number) => {
                worksheet.write_number_with_format(row, column, nearest(*number), format)?
            }
            Known::Text(text) => worksheet.write_string_with_format(row, column, fitting(text), format)?,
        },
        Value::Formula(formula, known) => {
            let known = match known {
                Known::Number(number) => nearest(*number).to_string(),
                Known::Text(text) => text.clone().into_owned(),
            };
            let formula = xlsx::Formula::new(formula).set_result(known);
            worksheet.write_formula_with_format(row, column, formula, format)?
        }
    };
    Ok(())
}

/// The binary number that is nearest to an exact one.
fn nearest(number: Decimal) -> f64 {
    number.normalize().to_string().parse().unwrap_or(f64::NAN)
}

/// A text that a cell can hold.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return text.into();
    }
    let mut kept: String = text.chars().take(LONGEST / 2 - 1).collect();
    kept.push('…');
    kept.into()
}
