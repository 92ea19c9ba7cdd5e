//! A blank sheet → an XLSX workbook: the sheet to fill in, a page on how to, and the lists behind
//! the cells.
//!
//! Everything but the cells to fill in is locked, without a password. A row is as high as its longest
//! text needs, since not every program fits rows to their text when it opens a file.

mod cells;
mod height;
mod lists;
mod validation;

use crate::lang::Lang;
use crate::report::blank::{Blank, Column, Line, Place};
use anyhow::Result;
use cells::{Look, Looks};
use lists::Lists;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet, XlsxError};

/// Writes a blank sheet as a workbook.
///
/// # Errors
/// What the workbook's library says.
pub fn render(blank: &Blank<'_>, lang: Lang) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
    let properties = DocProperties::new().set_title(blank.name().get(lang)).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let lists = Lists::new(blank, lang);
    let looks = Looks::default();
    Sheet { blank, lang, lists: &lists, looks: &looks, columns: blank.columns() }
        .write(workbook.add_worksheet())?;
    guide(blank, lang, workbook.add_worksheet())?;
    if !lists.is_empty() {
        lists.write(workbook.add_worksheet())?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The rows that a sheet may have.
const ROWS: u32 = 1_048_576;

/// What is written.
struct Sheet<'a> {
    blank: &'a Blank<'a>,
    lang: Lang,
    lists: &'a Lists,
    looks: &'a Looks,
    columns: Vec<Column>,
}

impl Sheet<'_> {
    fn write(&self, sheet: &mut Worksheet) -> Result<()> {
        sheet.set_name(self.blank.name().get(self.lang))?;
        let header = self.write_titles(sheet)?;
        let first = header + 2;
        for (at, column) in self.columns.iter().enumerate() {
            let at = at as u16;
            sheet.set_column_width(at, width(*column))?;
            let look = if column.is_for_program() { Look::Program } else { Look::Header };
            let title = column.title();
            sheet.write_with_format(header, at, title.get(self.lang), self.looks.get(look))?;
            sheet.write_with_format(header + 1, at, column.key(), self.looks.get(Look::Program))?;
        }
        sheet.set_row_height(header, 30)?.set_row_height(header + 1, 9)?;
        let units = &self.blank.units;
        // Where there are several units, a row with its name stands above each.
        let named = u32::from(1 < units.len());
        let lines = self.blank.lines.len() as u32;
        anyhow::ensure!(
            u64::from(first) + units.len() as u64 * u64::from(lines + named) < u64::from(ROWS),
            "quá nhiều đơn vị cho một trang tính, dùng --per-unit · too many units for one sheet, use --per-unit"
        );
        for (at, unit) in units.iter().enumerate() {
            let top = first + at as u32 * (lines + named);
            if named == 1 {
                self.write_unit_name(sheet, top, &format!("{} ({})", unit.label(), unit.id))?;
            }
            let before = self.blank.unit_before(unit);
            for (line, row) in self.blank.lines.iter().zip(top + named..) {
                self.write_line(sheet, row, line, &unit.id, before)?;
            }
        }
        for (line, row) in self.blank.lines.iter().zip(first + named..) {
            let rows: Vec<u32> = (0..units.len() as u32).map(|unit| row + unit * (lines + named)).collect();
            self.validate(sheet, line, &rows)?;
        }
        self.set_up(sheet, header, first)?;
        Ok(())
    }

    /// The lines above the table; returns the row of the header.
    fn write_titles(&self, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
        let (blank, lang) = (self.blank, self.lang);
        let name = blank.name().get(lang).to_owned();
        let mut lines: Vec<(String, Look)> = Vec::new();
        if !blank.head.issuer.is_empty() {
            lines.push((blank.head.issuer.to_owned(), Look::Plain));
        }
        let heading = if blank.head.title.is_empty() { blank.set.name.as_str() } else { blank.head.title };
        lines.push((name.to_uppercase(), Look::Title));
        lines.push((heading.to_owned(), Look::Bold));
        if let [unit] = blank.units[..] {
            let word = if lang == Lang::Vi { "Đơn vị" } else { "Unit" };
            lines.push((format!("{word}: {} ({})", unit.label(), unit.id), Look::Bold));
        }
        lines.push((blank.provenance().get(lang).to_owned(), Look::Plain));
        for (row, (line, look)) in lines.iter().enumerate() {
            sheet.write_with_format(row as u32, 0, line, self.looks.get(*look))?;
        }
        Ok(lines.len() as u32 + 1)
    }

    fn write_unit_name(&self, sheet: &mut Worksheet, row: u32, name: &str) -> Result<(), XlsxError> {
        for (at, column) in self.columns.iter().enumerate().filter(|(_, column)| !column.is_for_program()) {
            let text = if *column == Column::Id { name } else { "" };
            sheet.write_with_format(row, at as u16, text, self.looks.get(Look::Unit))?;
        }
        Ok(())
    }

    fn write_line(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        line: &Line<'_>,
        unit: &str,
        before: Option<usize>,
    ) -> Result<(), XlsxError> {
        let is_read = line.ask.is_some() || line.evidence.is_some();
        sheet.set_row_height(row, self.height(line))?;
        for (at, column) in self.columns.iter().enumerate() {
            let (at, look) = (at as u16, self.look(line, *column));
            let format = match (column, line.place) {
                (Column::Name, _) => self.looks.indented(look, line.depth),
                _ => self.looks.get(look).clone(),
            };
            let words = |text: &str, sheet: &mut Worksheet| match text.is_empty() {
                true => sheet.write_blank(row, at, &format).map(drop),
                false => sheet.write_string_with_format(row, at, text, &format).map(drop),
            };
            match column {
                Column::Id => words(line.id, sheet)?,
                Column::Name => words(line.name.get(self.lang), sheet)?,
                Column::Max => match line.max.and_then(|max| max.to_f64()) {
                    Some(max) => drop(sheet.write_number_with_format(row, at, max, &format)?),
                    None => words("", sheet)?,
                },
                Column::Rule => words(line.rule.get(self.lang), sheet)?,
                Column::Basis => words(line.basis, sheet)?,
                Column::Label => words(line.label.get(self.lang), sheet)?,
                Column::Earlier(stage) => {
                    let given = line.ask.as_ref().zip(before);
                    let given = given.and_then(|(ask, unit)| self.blank.given(unit, ask.column, *stage));
                    cells::write_given(sheet, (row, at), given.as_ref(), self.lang, &format)?;
                }
                Column::Value | Column::OwnPoints | Column::Evidence | Column::Note => words("", sheet)?,
                Column::Unit if is_read => words(unit, sheet)?,
                Column::Criterion if is_read => words(line.criterion, sheet)?,
                Column::Input => words(line.ask.as_ref().map_or("", |ask| ask.input), sheet)?,
                Column::Stage if is_read => words(self.blank.stage.word(), sheet)?,
                Column::Unit | Column::Criterion | Column::Stage => {}
            }
        }
        Ok(())
    }

    /// How high the row of a line is.
    fn height(&self, line: &Line<'_>) -> f64 {
        let text = |column: &Column| match column {
            Column::Id => Some(line.id),
            Column::Name => Some(line.name.get(self.lang)),
            Column::Rule => Some(line.rule.get(self.lang)),
            Column::Basis => Some(line.basis),
            Column::Label => Some(line.label.get(self.lang)),
            _ => None,
        };
        let is_bold = line.place == Place::Group;
        let texts = self.columns.iter().filter_map(|column| Some((text(column)?, width(*column))));
        height::of_row(texts, is_bold)
    }

    /// How a cell looks, and whether it is locked.
    fn look(&self, line: &Line<'_>, column: Column) -> Look {
        let open = |is_open: bool, look| if is_open { look } else { Look::Closed };
        match (column, line.place) {
            (column, _) if column.is_for_program() => Look::Program,
            (Column::Max, Place::Group) => Look::GroupNumber,
            (_, Place::Group) => Look::Group,
            (Column::Value, _) => open(line.ask.is_some(), Look::Value),
            (Column::OwnPoints, _) => open(line.own_points.is_some(), Look::Value),
            (Column::Evidence, _) => open(line.evidence.is_some(), Look::Words),
            (Column::Note, Place::First) => open(line.ask.is_some() || line.evidence.is_some(), Look::Words),
            (Column::Note, _) => Look::Closed,
            (Column::Max | Column::Earlier(_), _) => Look::Number,
            _ => Look::Text,
        }
    }

    /// The rules for what may stand in the cells of a line.
    fn validate(&self, sheet: &mut Worksheet, line: &Line<'_>, rows: &[u32]) -> Result<(), XlsxError> {
        let at = |wanted: Column| self.columns.iter().position(|column| *column == wanted);
        if let (Some(ask), Some(column)) = (&line.ask, at(Column::Value)) {
            let rule = validation::of_value(ask, self.lists, self.lang, (rows, column as u16))?;
            validation::add(sheet, rule, rows, column as u16)?;
        }
        if let (Some(most), Some(column)) = (line.own_points, at(Column::OwnPoints)) {
            validation::add(sheet, validation::of_points(most, self.lang)?, rows, column as u16)?;
        }
        if let (Some(required), Some(column)) = (line.evidence, at(Column::Evidence)) {
            validation::add(sheet, validation::of_evidence(required, self.lang)?, rows, column as u16)?;
        }
        Ok(())
    }

    /// What is locked, what stays in view, and how it is printed.
    fn set_up(&self, sheet: &mut Worksheet, header: u32, first: u32) -> Result<(), XlsxError> {
        let may = ProtectionOptions {
            format_columns: true,
            format_rows: true,
            insert_links: true,
            ..ProtectionOptions::default()
        };
        sheet.protect_with_options(&may).set_freeze_panes(first, 2)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        sheet.set_repeat_rows(header, header)?;
        let last = self.columns.iter().rposition(|column| !column.is_for_program()).unwrap_or(0) as u16;
        let named = u32::from(1 < self.blank.units.len());
        let rows = self.blank.units.len() as u32 * (self.blank.lines.len() as u32 + named);
        sheet.set_print_area(0, 0, (first + rows).saturating_sub(1), last)?;
        let unit = match self.blank.units[..] {
            [unit] => unit.label().replace('&', "&&"),
            _ => String::new(),
        };
        sheet.set_footer(format!("&L{unit}&R&P/&N"));
        let asks = self.blank.lines.iter().position(|line| line.ask.is_some()).unwrap_or(0) as u32;
        let value = self.columns.iter().position(|column| *column == Column::Value).unwrap_or(0) as u16;
        sheet.set_selection(first + named + asks, value, first + named + asks, value)?;
        Ok(())
    }
}

/// The page that says how the sheet is filled in.
fn guide(blank: &Blank<'_>, lang: Lang, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let looks = Looks::default();
    let title = if lang == Lang::Vi { "Hướng dẫn" } else { "Guide" };
    sheet.set_name(title)?.set_column_width(0, 4)?.set_column_width(1, 100)?;
    sheet.write_with_format(0, 0, title.to_uppercase(), looks.get(Look::Title))?;
    for (line, row) in blank.guide().iter().zip(2..) {
        sheet.write_with_format(row, 0, format!("{}.", row - 1), looks.get(Look::Plain))?;
        sheet.write_with_format(row, 1, line.get(lang), looks.get(Look::Wrapped))?;
        sheet.set_row_height(row, height::of_row([(line.get(lang), 100.0)], false))?;
    }
    sheet.protect().set_paper_size(9).set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
    Ok(())
}

/// How wide a column is, in signs.
fn width(column: Column) -> f64 {
    match column {
        Column::Id => 7.0,
        Column::Name => 34.0,
        Column::Max | Column::OwnPoints => 9.0,
        Column::Rule => 42.0,
        Column::Basis => 16.0,
        Column::Label => 20.0,
        Column::Earlier(_) => 12.0,
        Column::Value => 16.0,
        Column::Evidence => 22.0,
        Column::Note => 18.0,
        Column::Unit | Column::Criterion | Column::Input | Column::Stage => 9.0,
    }
}
