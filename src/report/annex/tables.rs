//! The ranked tables of an annex: the columns of `score`, picked by name, beside what the appraisal
//! and the surveys gave.

use super::{Annex, AnnexColumn, roman};
use crate::criteria_set::CriteriaSet;
use crate::engine::rank::Block;
use crate::engine::{Staged, stages};
use crate::lang::{Lang, Text};
use crate::model::Stage;
use crate::number::{Mode, Points, Rounding};
use crate::report::ranking::{Fields, RankingView, has_any, heading, previous_note, tier_notes};
use crate::report::{Cell, Column, ColumnKind, Section, Table};
use crate::scored::Scored;
use crate::text;
use rayon::prelude::*;

/// An annex for each tier that has units.
pub(super) fn ranked<'a>(scored: &'a Scored, columns: &[AnnexColumn]) -> Vec<Annex<'a>> {
    let count = scored.tiers.len();
    let annexes = (0..count).map(|tier| {
        let columns = match columns.is_empty() {
            true => AnnexColumn::usual(scored, tier),
            false => columns.iter().copied().filter(|column| column.is_there(scored, tier)).collect(),
        };
        annex(scored, tier, &columns)
    });
    let annexes = annexes.filter(|annex| !annex.sections.is_empty());
    annexes.collect()
}

fn annex<'a>(scored: &'a Scored, tier: usize, columns: &[AnnexColumn]) -> Annex<'a> {
    let has_fields = columns.contains(&AnnexColumn::Fields);
    let fields = if has_fields { Fields::Top } else { Fields::None };
    let view = RankingView { scored, fields, top: None, unit: None };
    let (of, (scores, ranking)) = (&scored.loaded.tiers[tier], &scored.tiers[tier]);
    let mut sections: Vec<Section<'a>> = Vec::new();
    for block in &ranking.blocks {
        let units = view.shown(tier, block);
        if !units.is_empty() {
            sections.push(section(view, (tier, block), units, columns));
        }
    }
    let several = 1 < sections.len();
    for (at, section) in sections.iter_mut().enumerate() {
        let numeral = roman(at + 1);
        section.heading = match section.keys.iter().find(|(key, _)| *key == "block") {
            Some((_, block)) if several && !block.is_empty() => {
                Some(text!("{numeral}. {block}", "{numeral}. {block}"))
            }
            Some((_, block)) if !block.is_empty() => Some(Text::same(block)),
            _ => None,
        };
    }
    let mut titles: Vec<Text> = super::title(scored).into_iter().collect();
    if 1 < scored.tiers.len() || titles.is_empty() {
        titles.extend(heading(of, &Block::default()));
    }
    let mut notes = tier_notes(of, scores, fields);
    notes.push(rounding_note(&of.set));
    notes.extend(view.changed_note(tier));
    if let Some(previous) = scored.loaded.previous.as_deref().filter(|_| has_any(scored, tier)) {
        notes.push(previous_note(previous));
    }
    notes.extend(scored.loaded.round.notes.iter().map(Text::same));
    Annex { number: Text::default(), titles, sections, notes, is_paged: false }
}

/// What a cell of a row is taken from.
enum From {
    Number,
    /// A column of the table of `score`.
    Ranked(usize),
    /// What a unit had at a stage.
    Stage(Stage),
    Appraised,
    Survey,
}

fn section<'a>(
    view: RankingView<'a>,
    (tier, block): (usize, &'a Block),
    units: Vec<usize>,
    chosen: &[AnnexColumn],
) -> Section<'a> {
    let (of, (scores, _)) = (&view.scored.loaded.tiers[tier], &view.scored.tiers[tier]);
    let set = &of.set;
    let mut section = view.section(tier, block, units.clone());
    section.notes = view.notes(tier, block, &units, chosen.contains(&AnnexColumn::Ranked("targets")));
    let Some(ranked) = section.table.take() else { return section };
    let (mut columns, mut from): (Vec<Column>, Vec<From>) = (Vec::new(), Vec::new());
    for column in chosen {
        let at = |key: &str| ranked.columns.iter().position(|column| column.key == key);
        let mut add = |kind, source| {
            columns.push(Column::new(column.word(), column.title(), kind));
            from.push(source);
        };
        match column {
            AnnexColumn::Number => add(ColumnKind::Number, From::Number),
            AnnexColumn::Id => add(ColumnKind::Word, From::Ranked(at("unit").unwrap_or_default())),
            AnnexColumn::Unit => add(ColumnKind::Text, From::Ranked(at("name").unwrap_or_default())),
            AnnexColumn::Stage(stage) => add(ColumnKind::Number, From::Stage(*stage)),
            AnnexColumn::Appraised => add(ColumnKind::Number, From::Appraised),
            AnnexColumn::Survey => add(ColumnKind::Number, From::Survey),
            AnnexColumn::Ranked("grade") => {
                add(ColumnKind::Word, From::Ranked(at("grade").unwrap_or_default()))
            }
            AnnexColumn::Ranked(key) => {
                if let Some(at) = at(key) {
                    add(ColumnKind::Number, From::Ranked(at));
                }
            }
            AnnexColumn::Fields => {
                for field in set.fields() {
                    let id = &set.nodes[field].id;
                    if let Some(at) = at(id) {
                        columns.push(Column::new(id, Text::same(id), ColumnKind::Number));
                        from.push(From::Ranked(at));
                    }
                }
            }
        }
    }
    let needs_stages = from.iter().any(|from| matches!(from, From::Stage(_)));
    let staged: Vec<Vec<Staged>> = match needs_stages {
        true => units.par_iter().map(|&unit| stages(set, &of.data, unit)).collect(),
        false => Vec::new(),
    };
    let cents = set.points_rounding;
    let row = move |at: usize| {
        let (unit, ranked) = (units[at], (ranked.row)(at));
        let is_scored = scores.units[unit].not_scored.is_none();
        let points = |points: Points| match is_scored {
            true => Cell::Number(points.exact(), cents),
            false => Cell::Missing,
        };
        let survey = || {
            let leaf = |node: usize| set.nodes[node].leaf.is_some_and(|leaf| set.leaves[leaf].is_survey);
            let nodes = (0..set.nodes.len()).filter(|&node| leaf(node));
            let given = nodes.filter_map(|node| scores.nodes.get(unit, node));
            given.fold(Points::ZERO, |sum, score| sum + score.points)
        };
        let cell = |from: &From| match from {
            From::Number => Cell::Whole(at as u64 + 1),
            From::Ranked(at) => ranked.get(*at).cloned().unwrap_or(Cell::Missing),
            From::Stage(stage) => {
                let found = staged[at].iter().find(|staged| staged.stage == *stage);
                found.map_or(Cell::Missing, |staged| points(staged.appraised))
            }
            From::Appraised => points(scores.units[unit].regular - survey()),
            From::Survey => points(survey()),
        };
        from.iter().map(cell).collect()
    };
    section.table = Some(Table { columns, len: ranked.len, row: Box::new(row) });
    section
}

/// How figures were rounded for print.
fn rounding_note(set: &CriteriaSet) -> Text {
    let (points, total, index) = (set.points_rounding, set.total_rounding, set.index_rounding);
    let one = |rounding: Rounding| {
        let digits = rounding.digits;
        match rounding.mode {
            Mode::HalfUp => text!(
                "{digits} chữ số thập phân, từ 5 trở lên làm tròn lên",
                "{digits} decimals, 5 and above rounded up"
            ),
            Mode::HalfEven => text!(
                "{digits} chữ số thập phân, 5 làm tròn về số chẵn",
                "{digits} decimals, 5 rounded to even"
            ),
            Mode::Truncate => {
                text!("{digits} chữ số thập phân, phần sau bỏ", "{digits} decimals, the rest cut off")
            }
        }
    };
    if points == total && total == index {
        let Text { vi, en } = one(index);
        return text!("Điểm và chỉ số ghi {vi}", "Points and index are printed with {en}");
    }
    Text::by(|lang| {
        let [points, total, index] =
            [points, total, index].map(|rounding| one(rounding).get(lang).to_owned());
        match lang {
            Lang::Vi => format!("Cách ghi: điểm {points}; tổng điểm {total}; chỉ số {index}"),
            Lang::En => format!("Printed: points {points}; total {total}; index {index}"),
        }
    })
}
