//! `round.toml` → a [`Round`].

use super::questionnaire::read_columns;
use crate::criteria_set::Missing;
use crate::diagnostic::Diagnostics;
use crate::keys::{self, Keys, Spanned};
use crate::model::Stage;
use crate::number::reading::Form;
use crate::round::{FileName, IndexFile, IndexSource, Round, SurveyFiles, Tier};
use crate::source::Source;
use crate::text;

/// What a missing input means, as a round or a set may say it.
pub const MISSING: [(&str, Missing); 4] = [
    ("error", Missing::Error),
    ("zero", Missing::Zero),
    ("n/a", Missing::NotApplicable),
    ("not-scored", Missing::NotScored),
];

/// The decimal marks that a round may declare.
pub const FORMS: [(&str, Form); 2] = [("comma", Form::Comma), ("point", Form::Point)];

/// Reads a round. Where there are errors, there may be none.
pub fn round(source: &Source, out: &mut Diagnostics) -> Option<Round> {
    let before = out.errors();
    let mut file = keys::parse(source, text!("round.toml", "round.toml"), out);
    file.need("round", out);
    let mut round = Round::default();
    let (mut missing, mut deductions) = (None, None);
    if let Some(mut table) = file.table("round", text!("[round]", "[round]"), out) {
        let text = |text: Option<Spanned<String>>| text.map(Spanned::into_inner).unwrap_or_default();
        round.year = table.whole("year", 9999, out).map(Spanned::into_inner);
        round.title = text(table.text("title", out));
        round.issuer = text(table.text("issuer", out));
        round.notes = table.texts("notes", out).into_iter().map(Spanned::into_inner).collect();
        round.units = file_name(&mut table, "units", out);
        deductions = file_name(&mut table, "deductions", out);
        missing = table.word("missing", &MISSING, out);
        round.stages = table.word_list("stages", &Stage::WORDS, out);
        let place = table.place_of_key("stage");
        round.stage = table.word("stage", &Stage::WORDS, out);
        if let Some(stage) = round.stage
            && !round.stages.is_empty()
            && !round.stages.contains(&stage)
        {
            let known: Vec<&str> = round.stages.iter().map(|stage| stage.word()).collect();
            out.stage_not_in_round(place, stage.word(), &known);
        }
        round.previous = file_name(&mut table, "previous", out);
        round.targets = file_name(&mut table, "targets", out);
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
    check_units_of(&round, out);
    for table in file.tables("index", text!("chỉ số", "the index"), out) {
        let place = table.place();
        let Some(index) = index(table, out) else { continue };
        let ids = round.indices.iter().map(|other| &other.id).chain(round.tiers.iter().map(|tier| &tier.id));
        if ids.into_iter().any(|id| *id == index.id) {
            out.duplicate_id(place, &index.id, None);
        }
        round.indices.push(index);
    }
    file.finish(out);
    (out.errors() == before).then_some(round)
}

/// An index that the round does not score: a table of values, or the forms of a survey.
fn index(mut table: Keys<'_>, out: &mut Diagnostics) -> Option<IndexFile> {
    let id = table.need_text("id", out).map(Spanned::into_inner);
    let name = table.text("name", out).map(Spanned::into_inner).unwrap_or_default();
    let source = if table.has("answers") || table.has("questionnaire") {
        if table.has("file") {
            out.one_of_keys(table.place_of_key("file"), &["file", "answers"], 2);
        }
        file_name(&mut table, "file", out);
        survey(&mut table, out).map(IndexSource::Survey)
    } else {
        table.need("file", out);
        file_name(&mut table, "file", out).map(IndexSource::Table)
    };
    table.finish(out);
    Some(IndexFile { id: id?, name, source: source? })
}

/// The forms of a survey.
fn survey(table: &mut Keys<'_>, out: &mut Diagnostics) -> Option<SurveyFiles> {
    table.need("questionnaire", out);
    let questionnaire = file_name(table, "questionnaire", out);
    table.need("answers", out);
    let answers = file_names(table, "answers", out);
    let columns = read_columns(table, out);
    let nested = table.flag("nested", out).unwrap_or(false);
    let margins = file_name(table, "margins", out);
    Some(SurveyFiles { questionnaire: questionnaire?, answers, columns, nested, margins })
}

/// A tier that scores the units of another names one that has units of its own.
fn check_units_of(round: &Round, out: &mut Diagnostics) {
    for tier in &round.tiers {
        let Some((of, Some(place))) = &tier.units_of else { continue };
        let own: Vec<&str> = round
            .tiers
            .iter()
            .filter(|other| other.units_of.is_none() && other.id != tier.id)
            .map(|other| other.id.as_str())
            .collect();
        if !own.contains(&of.as_str()) {
            out.unknown_tier(place.clone(), of, "", &own);
        }
    }
}

fn tier(
    mut table: Keys<'_>,
    missing: Option<Missing>,
    deductions: Option<&FileName>,
    out: &mut Diagnostics,
) -> Option<Tier> {
    let id = table.need_text("id", out);
    let name = table.text("name", out).map(Spanned::into_inner).unwrap_or_default();
    table.need("criteria", out);
    let criteria = file_name(&mut table, "criteria", out);
    table.need("results", out);
    let results = file_names(&mut table, "results", out);
    let units_of = table.text("units_of", out).map(|of| {
        let place = table.place_of(&of);
        (of.into_inner(), Some(place))
    });
    // The round's events are those of the tier that has the units.
    let deductions = file_name(&mut table, "deductions", out)
        .or_else(|| deductions.filter(|_| units_of.is_none()).cloned());
    let missing = table.word("missing", &MISSING, out).or(missing);
    table.finish(out);
    Some(Tier { id: id?.into_inner(), name, criteria: criteria?, results, deductions, missing, units_of })
}

fn file_name(table: &mut Keys<'_>, key: &'static str, out: &mut Diagnostics) -> Option<FileName> {
    let name = table.text(key, out)?;
    let place = Some(table.place_of(&name));
    Some(FileName { name: name.into_inner(), place })
}

/// One file or a list of them.
fn file_names(table: &mut Keys<'_>, key: &'static str, out: &mut Diagnostics) -> Vec<FileName> {
    let whole = table.place_of_key(key);
    let names = table.texts(key, out).into_iter();
    let named = names.map(|name| {
        let place = if name.span().is_empty() { whole.clone() } else { table.place_of(&name) };
        FileName { name: name.into_inner(), place: Some(place) }
    });
    named.collect()
}
