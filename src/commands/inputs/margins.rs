//! Known numbers of people, to which the weights of a survey are fitted.

use crate::answers::Surveyed;
use crate::diagnostic::Diagnostics;
use crate::number::reading::Form;
use crate::questionnaire::Questionnaire;
use crate::sipas::calibrated::Unfit;
use crate::sipas::{Gather, Gathered};
use crate::source::{Place, Sheet};
use crate::validate::answers::{Counts, margins};

/// Ends a pass over forms that were kept, with weights that agree with the counts of a sheet. `None`:
/// there were errors, which are reported.
pub fn fitted<'a>(
    gather: Gather<'a>,
    (asked, surveyed): (&Questionnaire, Surveyed),
    sheet: &Sheet,
    form: Option<Form>,
    out: &mut Diagnostics,
) -> Option<Gathered<'a>> {
    let before = out.errors();
    let counts = margins(sheet, asked, &surveyed, form, out);
    if before < out.errors() || counts.is_empty() {
        return None;
    }
    let units = surveyed.clone();
    match gather.finish_fitted(surveyed, &counts) {
        Ok(gathered) => Some(gathered),
        Err(unfit) => {
            report(&unfit, &counts, (asked, &units), out);
            None
        }
    }
}

/// Says why weights cannot be fitted, with the row of the file where there is one.
fn report(
    unfit: &[Unfit],
    counts: &[Counts],
    (asked, surveyed): (&Questionnaire, &Surveyed),
    out: &mut Diagnostics,
) {
    let file = |margin: usize| {
        let place = counts.get(margin).and_then(|counts| counts.cells.first()).map(|count| &count.place);
        match place {
            Some(Place::Row { table, .. }) => table.whole(),
            _ => Place::File { file: "".into() },
        }
    };
    for unfit in unfit {
        match *unfit {
            Unfit::WithoutForms { margin, cell } => {
                let count = &counts[margin].cells[cell];
                out.margin_without_forms(count.place.clone(), &count.name, &counts[margin].id);
            }
            Unfit::LacksOption { margin, of, forms, weight } => match counts[margin].group {
                None => {
                    let unit = &surveyed.units[of as usize];
                    out.margin_lacks_unit(file(margin), unit.label(), forms, weight);
                }
                Some(group) => {
                    let labels = &asked.scales[asked.groups[group].scale].labels;
                    let option = labels.get(of as usize).map_or("", |label| &label.text);
                    out.margin_lacks_option(file(margin), option, &counts[margin].id, (forms, weight));
                }
            },
            Unfit::NotMet => {
                let sum = |counts: &Counts| counts.cells.iter().map(|count| count.people).sum();
                let sums: Vec<_> = counts.iter().map(|counts| (counts.id.clone(), sum(counts))).collect();
                out.margins_not_met(file(0), &sums);
            }
        }
    }
}
