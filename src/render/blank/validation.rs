//! What may stand in a cell, as a rule of the spreadsheet with a prompt and an alert.

use super::lists::Lists;
use crate::lang::Lang;
use crate::report::blank::{Ask, NOT_APPLICABLE};
use crate::rule::Numbers;
use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, Formula, Worksheet, XlsxError, utility};

/// The rule for the cell of an input.
pub(super) fn of_value(
    ask: &Ask<'_>,
    lists: &Lists,
    lang: Lang,
    (rows, column): (&[u32], u16),
) -> Result<DataValidation, XlsxError> {
    let range = lists.range(ask, lang);
    let rule = match (&range, ask.is_list()) {
        (Some(range), true) => DataValidation::new().allow_list_formula(Formula::new(format!("={range}"))),
        _ => {
            let cell = utility::row_col_to_cell(rows.first().copied().unwrap_or(0), column);
            DataValidation::new().allow_custom(Formula::new(formula(ask, range.as_deref(), &cell)))
        }
    };
    let prompt = ask.prompt();
    with_words(rule, prompt.get(lang), lang)
}

/// The rule for the points that a unit gives itself.
pub(super) fn of_points(most: Decimal, lang: Lang) -> Result<DataValidation, XlsxError> {
    let points = Ask {
        column: 0,
        criterion: "",
        input: "",
        words: Vec::new(),
        numbers: Some(Numbers::points(most)),
        dates: false,
        not_applicable: false,
    };
    let [low, high] = [Decimal::ZERO, most].map(|number| Formula::new(format!("={}", number.normalize())));
    let rule = rust_xlsxwriter::DataValidationRule::Between(low, high);
    with_words(DataValidation::new().allow_decimal_number_formula(rule), points.prompt().get(lang), lang)
}

/// The prompt of a cell for evidence; any text may stand there.
pub(super) fn of_evidence(required: bool, lang: Lang) -> Result<DataValidation, XlsxError> {
    let prompt = match (lang, required) {
        (Lang::Vi, true) => "Bắt buộc: số, ký hiệu, ngày của văn bản, hoặc đường dẫn.",
        (Lang::Vi, false) => "Số, ký hiệu, ngày của văn bản, hoặc đường dẫn.",
        (Lang::En, true) => "Required: number and date of the document, or a link.",
        (Lang::En, false) => "Number and date of the document, or a link.",
    };
    DataValidation::new().allow_any_value().set_input_message(prompt)
}

/// Adds a rule to the cells of a column.
pub(super) fn add(
    sheet: &mut Worksheet,
    rule: DataValidation,
    rows: &[u32],
    column: u16,
) -> Result<(), XlsxError> {
    let Some(&first) = rows.first() else { return Ok(()) };
    let rule = match rows {
        [_] => rule,
        _ => {
            let cells: Vec<String> = rows.iter().map(|row| utility::row_col_to_cell(*row, column)).collect();
            rule.set_multi_range(cells.join(" "))
        }
    };
    sheet.add_data_validation(first, column, first, column, &rule)?;
    Ok(())
}

/// The prompt when the cell is chosen, and the alert at what may not stand there.
fn with_words(rule: DataValidation, prompt: &str, lang: Lang) -> Result<DataValidation, XlsxError> {
    let title = if lang == Lang::Vi { "Ô này không nhận" } else { "This cell takes something else" };
    let prompt = shortened(prompt);
    rule.set_input_message(prompt.clone())?.set_error_title(title)?.set_error_message(prompt)
}

/// The most signs that a prompt may have.
const LONGEST: usize = 255;

fn shortened(text: &str) -> String {
    let mut units = 0;
    let fits = |sign: &char| {
        units += sign.len_utf16();
        units < LONGEST
    };
    let kept: String = text.chars().take_while(fits).collect();
    if kept.len() == text.len() { kept } else { kept + "…" }
}

/// The condition of a cell that takes more than words of a list.
fn formula(ask: &Ask<'_>, range: Option<&str>, cell: &str) -> String {
    let mut ways = Vec::new();
    let is_number = format!("ISNUMBER({cell})");
    if let Some(numbers) = &ask.numbers {
        let mut all = Vec::new();
        all.extend(numbers.low.map(|low| format!("{cell}>={}", low.normalize())));
        all.extend(numbers.high.map(|high| format!("{cell}<={}", high.normalize())));
        all.extend(numbers.whole.then(|| format!("{cell}=INT({cell})")));
        // A text is more than any number to a spreadsheet, so it is held against none.
        ways.push(match all.is_empty() {
            true => is_number,
            false => format!("IF({is_number},AND({}),FALSE)", all.join(",")),
        });
    } else if ask.dates {
        ways.push(is_number);
    }
    match range {
        Some(range) => ways.push(format!("ISNUMBER(MATCH({cell},{range},0))")),
        None if ask.not_applicable => ways.push(format!("UPPER({cell})=\"{NOT_APPLICABLE}\"")),
        None => {}
    }
    format!("=OR({})", ways.join(","))
}
