//! What surrounds the cells of a sheet: widths, panes, filters, checks, colours by value, charts, and
//! the page: A4, title rows on each, number and sheet in the foot.

use super::{chart, looks};
use crate::lang::Lang;
use crate::report::workbook::{Area, Check, Paint, Sheet, Width};
use anyhow::Result;
use rust_xlsxwriter::{
    Color, ConditionalFormat2ColorScale, ConditionalFormatDataBar, ConditionalFormatFormula,
    ConditionalFormatType, DataValidation, DataValidationErrorStyle, Format, Formula, IgnoreError, Worksheet,
};

/// The number of A4 among paper sizes.
const A4: u8 = 9;

/// The lightest and the darkest shade; black letters are read on both.
const LIGHT: Color = Color::RGB(0x00FF_FFFF);
const DARK: Color = Color::RGB(0x0085_B4DC);
const BAR: Color = Color::RGB(0x009D_C3E6);

pub(super) fn set(sheet: &Sheet<'_>, title: &str, lang: Lang, worksheet: &mut Worksheet) -> Result<()> {
    for (column, width) in (0..).zip(&sheet.columns) {
        match width {
            Width::Cells(cells) => worksheet.set_column_width(column, *cells as f64)?,
            Width::Hidden => worksheet.set_column_hidden(column)?,
        };
    }
    let (rows, columns) = sheet.frozen;
    if 0 < rows + u32::from(columns) {
        worksheet.set_freeze_panes(rows, columns)?;
    }
    if let Some(Area { first, last }) = sheet.filter {
        worksheet.autofilter(first.0, first.1, last.0, last.1)?;
    }
    for (area, check) in &sheet.checks {
        add_check(*area, check, worksheet)?;
    }
    for (area, paint) in &sheet.paints {
        add_paint(*area, paint, worksheet)?;
    }
    for chart in &sheet.charts {
        chart::insert(chart, worksheet)?;
    }
    // Ids like "1.10" are text and are meant to be.
    let last = sheet.columns.len().saturating_sub(1) as u16;
    let rows = sheet.len.saturating_sub(1) as u32;
    worksheet.ignore_error_range(0, 0, rows, last, IgnoreError::NumberStoredAsText)?;
    set_page(sheet, title, lang, worksheet)
}

fn set_page(sheet: &Sheet<'_>, title: &str, lang: Lang, worksheet: &mut Worksheet) -> Result<()> {
    worksheet.set_paper_size(A4).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    if sheet.is_upright {
        worksheet.set_portrait();
    } else {
        worksheet.set_landscape();
    }
    match sheet.repeated_columns {
        Some((first, last)) => {
            worksheet.set_repeat_columns(first, last)?;
            worksheet.set_print_scale(70);
        }
        None => {
            worksheet.set_print_fit_to_pages(1, 0);
        }
    }
    if let Some((first, last)) = sheet.repeated {
        worksheet.set_repeat_rows(first, last)?;
    }
    if let Some(Area { first, last }) = sheet.printed {
        worksheet.set_print_area(first.0, first.1, last.0, last.1)?;
    }
    worksheet.set_page_breaks(&sheet.breaks)?;
    let page = match lang {
        Lang::Vi => "Trang &P/&N",
        Lang::En => "Page &P of &N",
    };
    // A head or foot holds 255 characters, and & begins a code in it; digits behind a size belong to it.
    let title: String = title.chars().take(100).collect();
    worksheet.set_header(format!("&L&\"Times New Roman,Italic\"&9 {}", title.replace('&', "&&")));
    worksheet.set_footer(format!("&L&\"Times New Roman\"&9&A&R&\"Times New Roman\"&9{page}"));
    Ok(())
}

fn add_check(Area { first, last }: Area, check: &Check, worksheet: &mut Worksheet) -> Result<()> {
    let validation = match check {
        Check::Formula(formula, said) => DataValidation::new()
            .allow_custom(Formula::new(formula))
            .set_error_message(said)?
            .set_error_style(DataValidationErrorStyle::Warning),
        Check::List(cells) => DataValidation::new().allow_list_formula(Formula::new(cells)),
    };
    worksheet.add_data_validation(first.0, first.1, last.0, last.1, &validation)?;
    Ok(())
}

fn add_paint(Area { first, last }: Area, paint: &Paint, worksheet: &mut Worksheet) -> Result<()> {
    match paint {
        Paint::Shades => {
            let shades = ConditionalFormat2ColorScale::new()
                .set_maximum(ConditionalFormatType::Number, 100)
                .set_minimum_color(LIGHT)
                .set_maximum_color(DARK);
            worksheet.add_conditional_format(first.0, first.1, last.0, last.1, &shades)?;
        }
        Paint::Bars => {
            let bars = ConditionalFormatDataBar::new()
                .set_minimum(ConditionalFormatType::Number, 0)
                .set_maximum(ConditionalFormatType::Number, 100)
                .set_fill_color(BAR)
                .set_solid_fill(true);
            worksheet.add_conditional_format(first.0, first.1, last.0, last.1, &bars)?;
        }
        Paint::Where(formula) => {
            let mark = Format::new().set_background_color(looks::WARNING);
            let marked = ConditionalFormatFormula::new().set_rule(formula.as_str()).set_format(mark);
            worksheet.add_conditional_format(first.0, first.1, last.0, last.1, &marked)?;
        }
    }
    Ok(())
}
