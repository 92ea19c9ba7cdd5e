//! Known counts of people to which the weights are fitted: `group,option,people`.

use super::label::{LabelReader, Read};
use crate::answers::{BLANK, OFF_SCALE, Surveyed, SurveyedUnit};
use crate::diagnostic::Diagnostics;
use crate::number::reading::{self, Fault, Form};
use crate::questionnaire::Questionnaire;
use crate::source::{Place, Sheet};
use crate::text::{folded, nearest};
use crate::validate::header::{self, Columns, Sought};
use crate::validate::small::Row;
use crate::validate::strata::MOST;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// The people of one question, or of the units.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// The group among those of the questionnaire; none for the units.
    pub group: Option<usize>,
    /// Its id; `unit` for the units.
    pub id: String,
    /// The cells, in the order of the file.
    pub cells: Vec<Count>,
}

/// The people of one option, or of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// The place of the option in its scale, or of the unit; [`UNANSWERED`] for forms without an answer.
    pub of: u32,
    /// As the file names it.
    pub name: String,
    /// How many.
    pub people: Decimal,
    /// The row that says so.
    pub place: Place,
}

/// The option of forms that do not answer.
pub const UNANSWERED: u32 = u32::MAX;

/// The word for the units.
const UNIT: &str = "unit";

/// The columns of known counts.
static MARGINS: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("group", &["câu hỏi", "nhóm"]),
        ("option", &["lựa chọn", "trả lời"]),
        ("people", &["số người", "dân số", "tổng thể"]),
    ])
});

/// What the header of known counts looks like.
pub fn margins_sought() -> Sought<'static> {
    Sought::small(&MARGINS, "group, option, people")
}

/// Reads known counts; nothing where there are mistakes.
pub fn margins(
    sheet: &Sheet,
    questionnaire: &Questionnaire,
    surveyed: &Surveyed,
    form: Option<Form>,
    out: &mut Diagnostics,
) -> Vec<Counts> {
    let mut margins: Vec<Counts> = Vec::new();
    let Some(columns) = header::find_in(sheet, &MARGINS, &["group", "option", "people"], out) else {
        return margins;
    };
    for (number, cells) in &sheet.rows {
        let row = Row { sheet, columns: &columns, row: *number, cells, declared: form };
        let Some((group, id)) = group(&row, questionnaire, out) else { continue };
        let Some(of) = option(&row, group, (questionnaire, surveyed), &id, out) else { continue };
        let Some(people) = people(&row, out) else { continue };
        let at = margins.iter().position(|counts| counts.group == group).unwrap_or_else(|| {
            margins.push(Counts { group, id: id.clone(), cells: Vec::new() });
            margins.len() - 1
        });
        let name = row.cell("option").to_owned();
        if let Some(first) = margins[at].cells.iter().find(|count| count.of == of) {
            out.duplicate_margin(row.place("option"), &name, &id, first.place.clone());
            continue;
        }
        margins[at].cells.push(Count { of, name, people, place: row.place("option") });
    }
    if sheet.rows.is_empty() {
        out.no_margins(sheet.table.whole());
    }
    margins
}

/// The question, and its id; none of it for the units.
fn group(
    row: &Row<'_>,
    questionnaire: &Questionnaire,
    out: &mut Diagnostics,
) -> Option<(Option<usize>, String)> {
    let name = row.cell("group");
    let key = folded(name);
    if key == UNIT || key == folded("đơn vị") {
        return Some((None, UNIT.to_owned()));
    }
    let groups = &questionnaire.groups;
    let found = groups.iter().position(|group| folded(&group.id) == key || folded(&group.name) == key);
    if found.is_none() {
        let ids: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
        let names = groups.iter().map(|group| group.name.as_str());
        let near = nearest(name, ids.iter().copied().chain([UNIT]).chain(names));
        out.unknown_margin(row.place("group"), name, near, &ids);
    }
    found.map(|group| (Some(group), groups[group].id.clone()))
}

/// The option or the unit.
fn option(
    row: &Row<'_>,
    group: Option<usize>,
    (questionnaire, surveyed): (&Questionnaire, &Surveyed),
    id: &str,
    out: &mut Diagnostics,
) -> Option<u32> {
    let name = row.cell("option");
    let Some(group) = group else {
        let key = folded(name);
        let is_meant = |unit: &SurveyedUnit| folded(&unit.id) == key || folded(&unit.name) == key;
        let found = surveyed.units.iter().position(is_meant);
        if found.is_none() {
            let names = surveyed.units.iter().flat_map(|unit| [unit.id.as_str(), unit.name.as_str()]);
            out.unknown_margin_unit(row.place("option"), name, nearest(name, names));
        }
        return found.map(|unit| unit as u32);
    };
    let scale = &questionnaire.scales[questionnaire.groups[group].scale];
    let found = match LabelReader::new(scale).read(name.as_bytes()) {
        _ if name.is_empty() => UNANSWERED,
        Read::Plain(BLANK) => UNANSWERED,
        read if read.code() < OFF_SCALE => u32::from(read.code()),
        _ => {
            let known: Vec<&str> = scale.labels.iter().map(|label| label.text.as_str()).collect();
            let near = nearest(name, known.iter().copied());
            out.unknown_margin_option(row.place("option"), name, id, near, &known);
            return None;
        }
    };
    Some(found)
}

fn people(row: &Row<'_>, out: &mut Diagnostics) -> Option<Decimal> {
    let cell = row.cell("people");
    match reading::read(cell, row.form("people")) {
        Ok(read) if !read.percent && Decimal::ZERO < read.value && read.value <= MOST => Some(read.value),
        Err(Fault::Ambiguous { decimal, thousands }) => {
            out.ambiguous_number(row.place("people"), cell, "", "", decimal, thousands);
            None
        }
        _ => {
            out.bad_margin_cell(row.place("people"), cell);
            None
        }
    }
}
