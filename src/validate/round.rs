//! `round.toml` → a [`Round`].

use crate::criteria_set::Missing;
use crate::diagnostic::Diagnostics;
use crate::keys::{self, Keys, Spanned};
use crate::model::Stage;
use crate::number::reading::Form;
use crate::round::{FileName, Round, Tier};
use crate::source::Source;
use crate::text;

/// What a missing input means, as a round may say it.
pub const MISSING: [(&str, Missing); 3] =
    [("error", Missing::Error), ("zero", Missing::Zero), ("n/a", Missing::NotApplicable)];

/// The decimal marks that a round may declare.
pub const FORMS: [(&str, Form); 2] = [("comma", Form::Comma), ("point", Form::Point)];

/// Reads a round. Where there are errors, there may be none.
pub fn round(source: &Source, out: &mut Diagnostics) -> Option<Round> {
    let before = out.errors();
    let mut file = keys::parse(source, text!("round.toml", "round.toml"), out);
    file.need("round", out);
    let mut round = Round::default();
    let (mut missing, mut deductions) = (Missing::Error, None);
    if let Some(mut table) = file.table("round", text!("[round]", "[round]"), out) {
        let text = |text: Option<Spanned<String>>| text.map(Spanned::into_inner).unwrap_or_default();
        round.year = table.whole("year", 9999, out).map(Spanned::into_inner);
        round.title = text(table.text("title", out));
        round.issuer = text(table.text("issuer", out));
        round.notes = table.texts("notes", out).into_iter().map(Spanned::into_inner).collect();
        round.units = file_name(&mut table, "units", out);
        deductions = file_name(&mut table, "deductions", out);
        missing = table.word("missing", &MISSING, out).unwrap_or(Missing::Error);
        round.stage = table.word("stage", &Stage::WORDS, out);
        round.form = table.word("decimal", &FORMS, out);
        table.finish(out);
    }
    file.need("tier", out);
    for table in file.tables("tier", text!("cấp", "the tier"), out) {
        let place = table.place();
        let Some(tier) = tier(table, missing, deductions.as_ref(), out) else { continue };
        if round.tiers.iter().any(|other| other.id == tier.id) {
            out.duplicate_id(place, &tier.id, None);
        }
        round.tiers.push(tier);
    }
    file.finish(out);
    (out.errors() == before).then_some(round)
}

fn tier(
    mut table: Keys<'_>,
    missing: Missing,
    deductions: Option<&FileName>,
    out: &mut Diagnostics,
) -> Option<Tier> {
    let id = table.need_text("id", out);
    let name = table.text("name", out).map(Spanned::into_inner).unwrap_or_default();
    table.need("criteria", out);
    let criteria = file_name(&mut table, "criteria", out);
    table.need("results", out);
    let whole = table.place_of_key("results");
    let results = table
        .texts("results", out)
        .into_iter()
        .map(|name| {
            let place = if name.span().is_empty() { whole.clone() } else { table.place_of(&name) };
            FileName { name: name.into_inner(), place: Some(place) }
        })
        .collect();
    let deductions = file_name(&mut table, "deductions", out).or_else(|| deductions.cloned());
    let missing = table.word("missing", &MISSING, out).unwrap_or(missing);
    table.finish(out);
    Some(Tier { id: id?.into_inner(), name, criteria: criteria?, results, deductions, missing })
}

fn file_name(table: &mut Keys<'_>, key: &'static str, out: &mut Diagnostics) -> Option<FileName> {
    let name = table.text(key, out)?;
    let place = Some(table.place_of(&name));
    Some(FileName { name: name.into_inner(), place })
}
