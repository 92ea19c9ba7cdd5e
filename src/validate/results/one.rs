//! A single value that stands elsewhere than in a results file: in a scenario, on the command line.

use super::cell::{CellFault, CellReader};
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::model::Value;
use crate::number::reading::Form;
use crate::rule::Input;
use crate::source::Place;
use crate::text::quoted;

/// Reads a value of a column as a results file would write it; reports one that cannot be read.
pub fn read_value(
    (set, column): (&CriteriaSet, usize),
    text: &str,
    form: Option<Form>,
    (place, unit): (Place, &str),
    out: &mut Diagnostics,
) -> Option<Value> {
    match CellReader::new(&set.columns[column].input).read(text.trim().as_bytes(), form) {
        Ok(seen) => Some(seen.value),
        Err(fault) => {
            report((set, column), text, fault, (place, unit), out);
            None
        }
    }
}

/// Says why a cell cannot be read.
pub(super) fn report(
    (set, column): (&CriteriaSet, usize),
    found: &str,
    fault: CellFault,
    (place, unit): (Place, &str),
    out: &mut Diagnostics,
) {
    let found = quoted(found.trim());
    let Input { numbers, words, dates, .. } = &set.columns[column].input;
    let id = set.leaves[set.columns[column].leaf].id.as_str();
    match fault {
        CellFault::NotUnderstood => {
            let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            out.not_understood(place, &found, unit, id, &words, numbers.is_some(), *dates);
        }
        CellFault::Ambiguous { decimal, thousands } => {
            out.ambiguous_number(place, &found, unit, id, decimal, thousands);
        }
        CellFault::OtherForm => out.other_form(place, &found, unit, id),
        CellFault::TooLong => out.number_too_long(place, &found, unit, id),
        CellFault::NoPercent => out.no_percent(place, &found, unit, id),
        CellFault::OutOfRange(number) => {
            if let Some(numbers) = numbers {
                out.value_out_of_range(place, number, unit, id, numbers);
            }
        }
    }
}
