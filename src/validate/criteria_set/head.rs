//! The tables before the criteria: `[set]`, `[rounding]`, `[ranking]`, `[total]`, `[[grade]]`.

use super::STATUSES;
use crate::criteria_set::{Grade, Method, Missing, RankingPolicy, Reduce, Status, TotalPolicy};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::number::{Mode, Points, Rounding};
use crate::source::Place;
use crate::text;
use crate::validate::round::MISSING;
use rust_decimal::Decimal;

/// `[set]`.
pub(super) struct Head {
    pub id: String,
    pub name: String,
    pub status: Status,
    pub tier: Option<String>,
    pub basis: Vec<String>,
    pub notes: Vec<String>,
    pub max: Points,
    pub max_place: Place,
    pub missing: Missing,
}

/// `[rounding]`, and its twin in a criterion.
#[derive(Clone, Copy, Default)]
pub(super) struct Roundings {
    pub measure: Option<Rounding>,
    pub points: Option<Rounding>,
    pub total: Option<Rounding>,
    pub index: Option<Rounding>,
}

/// `[ranking]`, its tie-break not yet looked up.
pub(super) struct Ranking {
    pub policy: RankingPolicy,
    pub tie_break: Vec<(String, Place)>,
}

pub(super) fn read_head(file: &mut Keys<'_>, out: &mut Diagnostics) -> Option<Head> {
    file.need("set", out);
    let mut set = file.table("set", text!("[set]", "[set]"), out)?;
    let texts = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
    let id = set.need_text("id", out);
    let name = set.need_text("name", out);
    set.need("status", out);
    let status = set.word("status", &STATUSES, out);
    let tier = set.text("tier", out).map(Spanned::into_inner);
    let basis = texts(set.texts("basis", out));
    let notes = texts(set.texts("notes", out));
    let max_place = set.place_of_key("max");
    let max = set.need_amount("max", out);
    if max.as_ref().is_some_and(|max| max.get_ref().is_zero()) {
        out.number_out_of_range(max_place.clone(), "max", text!("số lớn hơn 0", "a number above 0"));
    }
    let missing = set.word("missing", &MISSING, out).unwrap_or(Missing::Error);
    set.finish(out);
    Some(Head {
        id: id?.into_inner(),
        name: name?.into_inner(),
        status: status?,
        tier,
        basis,
        notes,
        max: Points::new(max?.into_inner()),
        max_place,
        missing,
    })
}

pub(super) fn read_roundings(file: &mut Keys<'_>, out: &mut Diagnostics) -> Roundings {
    let Some(mut table) = file.table("rounding", text!("[rounding]", "[rounding]"), out) else {
        return Roundings::default();
    };
    let roundings = Roundings {
        measure: read_rounding(&mut table, "measure", out),
        points: read_rounding(&mut table, "points", out),
        total: read_rounding(&mut table, "total", out),
        index: read_rounding(&mut table, "index", out),
    };
    table.finish(out);
    roundings
}

/// `{ digits = 2, mode = "half-up" }`.
pub(in crate::validate) fn read_rounding(
    table: &mut Keys<'_>,
    key: &'static str,
    out: &mut Diagnostics,
) -> Option<Rounding> {
    let mut rounding = table.table(key, text!("làm tròn \"{key}\"", "the rounding \"{key}\""), out)?;
    rounding.need("digits", out);
    let digits = rounding.whole("digits", 10, out);
    let modes = [("half-up", Mode::HalfUp), ("half-even", Mode::HalfEven), ("truncate", Mode::Truncate)];
    let mode = rounding.word("mode", &modes, out).unwrap_or(Mode::HalfUp);
    rounding.finish(out);
    Some(Rounding { digits: digits?.into_inner(), mode })
}

pub(super) fn read_ranking(file: &mut Keys<'_>, out: &mut Diagnostics) -> Ranking {
    let mut policy = RankingPolicy {
        method: Method::Competition,
        on_printed: false,
        tie_break: Vec::new(),
        within_block: true,
    };
    let Some(mut table) = file.table("ranking", text!("[ranking]", "[ranking]"), out) else {
        return Ranking { policy, tie_break: Vec::new() };
    };
    policy.method = table.word("method", &METHODS, out).unwrap_or(Method::Competition);
    policy.on_printed = table.word("on", &ON, out).unwrap_or(false);
    policy.within_block = table.word("within", &[("block", true), ("tier", false)], out).unwrap_or(true);
    let whole = table.place_of_key("tie_break");
    let tie_break = table
        .texts("tie_break", out)
        .into_iter()
        .map(|id| {
            let place = if id.span().is_empty() { whole.clone() } else { table.place_of(&id) };
            (id.into_inner(), place)
        })
        .collect();
    table.finish(out);
    Ranking { policy, tie_break }
}

/// The words for what equal units get.
pub(in crate::validate) const METHODS: [(&str, Method); 3] =
    [("competition", Method::Competition), ("dense", Method::Dense), ("ordinal", Method::Ordinal)];

/// Whether the printed value decides.
pub(in crate::validate) const ON: [(&str, bool); 2] = [("exact", false), ("printed", true)];

pub(super) fn read_total(file: &mut Keys<'_>, max: Option<Points>, out: &mut Diagnostics) -> TotalPolicy {
    let mut policy = TotalPolicy {
        cap: None,
        bonus_cap: None,
        deduction_cap: None,
        bonus_in_max: false,
        floor: Some(Points::ZERO),
        ceiling: max,
        reduce: Reduce::Whole,
        adjust_after: false,
    };
    let Some(mut table) = file.table("total", text!("[total]", "[total]"), out) else { return policy };
    let points = |amount: Option<Spanned<Decimal>>| amount.map(|amount| Points::new(amount.into_inner()));
    policy.cap = points(table.amount("cap", out));
    policy.bonus_cap = points(table.amount("bonus_cap", out));
    policy.deduction_cap = points(table.amount("deduction_cap", out));
    let place = table.place_of_key("bonus_in_max");
    policy.bonus_in_max = table.flag("bonus_in_max", out).unwrap_or(false);
    if policy.bonus_in_max && policy.bonus_cap.is_none() {
        out.contradiction(place, text!("bonus_in_max cần có bonus_cap", "bonus_in_max needs a bonus_cap"));
    }
    if let Some(floor) = table.decimal_or_none("floor", out) {
        policy.floor = floor.map(Points::new);
    }
    let place = table.place_of_key("ceiling");
    if let Some(ceiling) = table.decimal_or_none("ceiling", out) {
        policy.ceiling = ceiling.map(Points::new);
    }
    if policy.floor.zip(policy.ceiling).is_some_and(|(floor, ceiling)| ceiling < floor) {
        out.contradiction(place, text!("ceiling thấp hơn floor", "the ceiling is below the floor"));
    }
    let reduces = [("whole", Reduce::Whole), ("appraised", Reduce::Appraised)];
    policy.reduce = table.word("reduce", &reduces, out).unwrap_or(Reduce::Whole);
    policy.adjust_after = table.word("adjust", &[("before", false), ("after", true)], out).unwrap_or(false);
    table.finish(out);
    policy
}

pub(super) fn read_grades(file: &mut Keys<'_>, out: &mut Diagnostics) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    for mut table in file.tables("grade", text!("xếp loại", "the grade"), out) {
        let place = table.place();
        let name = table.need_text("name", out);
        let from = table.need_amount("from", out);
        let on_printed = table.word("on", &ON, out).unwrap_or(false);
        table.finish(out);
        let (Some(name), Some(from)) = (name, from) else { continue };
        let (name, from) = (name.into_inner(), from.into_inner());
        if grades.iter().any(|grade| grade.from <= from || grade.name == name) {
            out.grades_out_of_order(place, &name);
        }
        grades.push(Grade { name, from, on_printed });
    }
    grades
}
