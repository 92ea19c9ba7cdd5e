//! `[questionnaire]`, `[validity]`, `[rounding]`, `[ranking]`, `[columns]`.

use super::{placed_texts, plain_texts};
use crate::criteria_set::{Method, Status};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::number::{Percent, Rounding};
use crate::questionnaire::{COLUMNS, Columns, Ranking, Validity};
use crate::source::Place;
use crate::text;
use crate::validate::criteria_set::{METHODS, ON, STATUSES, rounding};
use rust_decimal::Decimal;

/// `[questionnaire]`.
pub(super) struct Head {
    pub id: String,
    pub name: String,
    pub status: Status,
    pub basis: Vec<String>,
    pub notes: Vec<String>,
    pub overall: Formed,
    pub overall_place: Place,
    pub direct: Option<(String, Place)>,
    pub target: Option<Percent>,
}

/// The words for how the overall index is formed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Formed {
    PooledAnswers,
    MeanOfItems,
    MeanOfFactors,
    WeightedFactors,
    DirectQuestion,
}

const FORMED: [(&str, Formed); 5] = [
    ("pooled-answers", Formed::PooledAnswers),
    ("mean-of-items", Formed::MeanOfItems),
    ("mean-of-factors", Formed::MeanOfFactors),
    ("weighted-factors", Formed::WeightedFactors),
    ("direct-question", Formed::DirectQuestion),
];

pub(super) fn read(file: &mut Keys<'_>, out: &mut Diagnostics) -> Option<Head> {
    file.need("questionnaire", out);
    let mut table = file.table("questionnaire", text!("[questionnaire]", "[questionnaire]"), out)?;
    let id = table.need_text("id", out);
    let name = table.need_text("name", out);
    table.need("status", out);
    let status = table.word("status", &STATUSES, out);
    let basis = plain_texts(&mut table, "basis", out);
    let notes = plain_texts(&mut table, "notes", out);
    let overall_place = table.place_of_key("overall");
    table.need("overall", out);
    let overall = table.word("overall", &FORMED, out);
    let direct_place = table.place_of_key("direct");
    if overall == Some(Formed::DirectQuestion) {
        table.need("direct", out);
    } else if table.has("direct") && overall.is_some() {
        let only = text!(
            "direct chỉ đi với overall = \"direct-question\"",
            "direct goes with overall = \"direct-question\" alone"
        );
        out.contradiction(direct_place.clone(), only);
    }
    let direct = table.text("direct", out).map(|item| (item.into_inner(), direct_place));
    let target = percent(&mut table, "target", out);
    table.finish(out);
    Some(Head {
        id: id?.into_inner(),
        name: name?.into_inner(),
        status: status?,
        basis,
        notes,
        overall: overall?,
        overall_place,
        direct,
        target,
    })
}

/// A share of 0 to 100.
pub(super) fn percent(table: &mut Keys<'_>, key: &'static str, out: &mut Diagnostics) -> Option<Percent> {
    let number = table.amount(key, out)?;
    if Decimal::ONE_HUNDRED < *number.get_ref() {
        let expected = text!("số từ 0 đến 100", "a number from 0 to 100");
        out.number_out_of_range(table.place_of(&number), key, expected);
        return None;
    }
    Some(Percent::new(number.into_inner()))
}

pub(super) fn read_validity(file: &mut Keys<'_>, items: usize, out: &mut Diagnostics) -> Validity {
    let mut validity = Validity { answered: Percent::ZERO, least_answered: 1, forms: 0 };
    let Some(mut table) = file.table("validity", text!("[validity]", "[validity]"), out) else {
        return validity;
    };
    validity.answered = percent(&mut table, "answered", out).unwrap_or(Percent::ZERO);
    let least = validity.answered.exact() * Decimal::from(items) / Decimal::ONE_HUNDRED;
    validity.least_answered = usize::try_from(least.ceil()).unwrap_or(items).max(1);
    validity.forms = table.whole("forms", 1_000_000_000, out).map_or(0, |forms| forms.into_inner().into());
    table.finish(out);
    validity
}

pub(super) fn read_rounding(file: &mut Keys<'_>, out: &mut Diagnostics) -> Rounding {
    let Some(mut table) = file.table("rounding", text!("[rounding]", "[rounding]"), out) else {
        return Rounding::CENTS;
    };
    let index = rounding(&mut table, "index", out);
    table.finish(out);
    index.unwrap_or(Rounding::CENTS)
}

pub(super) fn read_ranking(file: &mut Keys<'_>, out: &mut Diagnostics) -> Ranking {
    let mut ranking = Ranking { method: Method::Competition, on_printed: false };
    let Some(mut table) = file.table("ranking", text!("[ranking]", "[ranking]"), out) else {
        return ranking;
    };
    ranking.method = table.word("method", &METHODS, out).unwrap_or(ranking.method);
    ranking.on_printed = table.word("on", &ON, out).unwrap_or(false);
    table.finish(out);
    ranking
}

/// `[columns]`: what files call the columns that hold no answer.
pub(in crate::validate) fn read_columns(file: &mut Keys<'_>, out: &mut Diagnostics) -> Columns {
    let mut columns = Columns::default();
    let Some(mut table) = file.table("columns", text!("[columns]", "[columns]"), out) else {
        return columns;
    };
    for (column, word, _) in COLUMNS {
        for (name, place) in placed_texts(&mut table, word, out) {
            columns.names.push((column, name, Some(place)));
        }
    }
    table.finish(out);
    columns
}

/// The text of a key, if it is there.
pub(super) fn inner(text: Option<Spanned<String>>) -> Option<String> {
    text.map(Spanned::into_inner)
}
