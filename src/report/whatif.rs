//! Scenarios: before and after for every unit that moves.

mod changes;
mod chart;
mod points;
mod sweep;

pub use changes::change_words;
pub use sweep::{Step, SweepView};

use super::json::{bytes, made_by, number};
use super::ranking::heading;
use super::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::criteria_set::CriteriaSet;
use crate::engine::UnitScore;
use crate::engine::rank::Block;
use crate::lang::{Lang, Text};
use crate::scenario::Scenario;
use crate::scored::{Scored, WhatIf};
use crate::source::Fingerprint;
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Scenarios beside the round as it stands.
pub struct WhatIfView<'a> {
    /// The round as it stands, with the scores of every node.
    pub base: &'a Scored,
    /// The scenarios, and what they make of it.
    pub scenarios: &'a [(Scenario, WhatIf)],
    /// Only this unit: its tier and its place.
    pub unit: Option<(usize, usize)>,
    /// The files of the scenarios.
    pub files: Vec<Fingerprint>,
}

/// How a unit stands in one of the rounds.
#[derive(Clone, Copy, PartialEq)]
struct Standing<'a> {
    score: &'a UnitScore,
    rank: Option<u32>,
}

impl View for WhatIfView<'_> {
    fn report(&self) -> Report<'_> {
        let round = &self.base.loaded.round;
        let mut report = Report { provenance: self.files(), ..Report::default() };
        report.titles.extend([&round.title].into_iter().filter(|line| !line.is_empty()).map(Text::same));
        for (scenario, after) in self.scenarios {
            report.titles.push(title(scenario));
            report.notes.extend(self.counts(scenario, after));
        }
        for tier in 0..self.base.tiers.len() {
            for block in &self.base.tiers[tier].1.blocks {
                let units = self.shown(tier, block);
                if units.is_empty() {
                    continue;
                }
                match self.scenarios {
                    [one] => report.sections.push(self.before_and_after(tier, block, units, one)),
                    _ => report.sections.push(self.side_by_side(tier, block, units)),
                }
            }
        }
        for one in self.scenarios {
            report.sections.extend(self.points(one));
        }
        report.notes.push(text!(
            "giả định: không phải kết quả chấm; những gì kịch bản không nêu thì giữ nguyên",
            "supposed, not scored: what the scenarios do not name stays as it is"
        ));
        report.notes.extend(round.notes.iter().map(Text::same));
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let scenario = |(scenario, after): &(Scenario, WhatIf)| {
            let tiers: Vec<Value> =
                (0..self.base.tiers.len()).map(|tier| self.json_tier(tier, after)).collect();
            json!({
                "id": scenario.id,
                "name": scenario.name,
                "note": scenario.note,
                "changes": scenario.changes.iter().map(|change| change_words(change).get(lang).to_owned()).collect::<Vec<_>>(),
                "tiers": tiers,
            })
        };
        let all = json!({
            "scenarios": self.scenarios.iter().map(scenario).collect::<Vec<_>>(),
            "made_by": made_by(&self.files()),
        });
        bytes(&all)
    }
}

impl WhatIfView<'_> {
    fn files(&self) -> Vec<Fingerprint> {
        self.base.loaded.files.iter().chain(&self.files).cloned().collect()
    }

    /// The units of a block that a scenario changes, or whose place or grade moves with it.
    fn shown(&self, tier: usize, block: &Block) -> Vec<usize> {
        let all = block.ranked.iter().chain(&block.unranked).chain(&block.not_scored).copied();
        let is_meant = |unit: &usize| self.unit.is_none_or(|only| only == (tier, *unit));
        let moves = |unit: &usize| self.scenarios.iter().any(|(_, after)| self.moves(tier, *unit, after));
        all.filter(is_meant).filter(|unit| self.unit.is_some() || moves(unit)).collect()
    }

    fn moves(&self, tier: usize, unit: usize, after: &WhatIf) -> bool {
        let units = match &after.touched[tier] {
            crate::scored::Touched::Units(units) => units.contains(&unit),
            _ => false,
        };
        units || standing(self.base, tier, unit) != standing(&after.scored, tier, unit)
    }

    fn set(&self, tier: usize) -> &CriteriaSet {
        &self.base.loaded.tiers[tier].set
    }

    fn before_and_after<'a>(
        &'a self,
        tier: usize,
        block: &Block,
        units: Vec<usize>,
        one: &'a (Scenario, WhatIf),
    ) -> Section<'a> {
        let (scenario, after) = one;
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let has_grades = !self.set(tier).grades.is_empty();
        let mut columns = vec![
            column("unit", text!("Mã", "Id"), ColumnKind::Machine),
            column("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
            column("total", text!("Tổng", "Total"), ColumnKind::Detail),
            column("total_after", text!("Tổng sau", "Total after"), ColumnKind::Detail),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("index_after", text!("Sau %", "After %"), ColumnKind::Number),
            column("change", text!("Tăng, giảm", "Change"), ColumnKind::Number),
            column("rank", text!("Hạng", "Rank"), ColumnKind::Number),
            column("rank_after", text!("Sau", "After"), ColumnKind::Number),
            column("places", text!("Bậc", "Places"), ColumnKind::Number),
        ];
        if has_grades {
            columns.push(column("grade", text!("Loại", "Grade"), ColumnKind::Word));
            columns.push(column("grade_after", text!("Loại sau", "Grade after"), ColumnKind::Word));
        }
        let charts = vec![self.chart(tier, units.clone(), one)];
        let len = units.len();
        let row = move |at: usize| {
            let unit = units[at];
            let of = &self.base.loaded.tiers[tier].data.units[unit];
            let (then, now) = (standing(self.base, tier, unit), standing(&after.scored, tier, unit));
            let (before, set) = (self.set(tier), &after.scored.loaded.tiers[tier].set);
            let mut cells = vec![
                Cell::text(&of.id),
                Cell::text(of.label()),
                then.number(then.score.total.exact(), before.total_rounding),
                now.number(now.score.total.exact(), set.total_rounding),
                then.number(then.score.index.exact(), before.index_rounding),
                now.number(now.score.index.exact(), set.index_rounding),
                match (then.is_scored(), now.is_scored()) {
                    (true, true) => Cell::Change(
                        set.index_rounding.apply(now.score.index.exact())
                            - before.index_rounding.apply(then.score.index.exact()),
                        set.index_rounding,
                    ),
                    _ => Cell::Missing,
                },
                then.rank_cell(),
                now.rank_cell(),
                places(then, now).map_or(Cell::Missing, Cell::Places),
            ];
            if has_grades {
                cells.extend([then.grade(before), now.grade(set)]);
            }
            cells
        };
        let of = &self.base.loaded.tiers[tier];
        Section {
            heading: heading(of, block),
            keys: vec![
                ("table", "units".to_owned()),
                ("scenario", scenario.id.clone()),
                ("tier", of.id.clone()),
                ("block", block.name.clone()),
            ],
            table: Some(Table { columns, len, row: Box::new(row) }),
            charts,
            ..Section::default()
        }
    }

    /// Several scenarios: index, rank and grade in each.
    fn side_by_side<'a>(&'a self, tier: usize, block: &Block, units: Vec<usize>) -> Section<'a> {
        let mut columns = vec![
            Column::new("unit", text!("Mã", "Id"), ColumnKind::Machine),
            Column::new("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
        ];
        let now = ("now".to_owned(), text!("Nay", "Now"));
        let names =
            self.scenarios.iter().map(|(scenario, _)| (scenario.id.clone(), Text::same(&scenario.id)));
        for (key, name) in std::iter::once(now).chain(names) {
            for what in ["index", "rank", "grade"] {
                columns.push(Column::new(format!("{what}_{key}"), name.clone(), ColumnKind::Machine));
            }
            columns.push(Column::new(key, name, ColumnKind::Screen));
        }
        let chart = |one| self.chart(tier, units.clone(), one);
        let charts = self.scenarios.iter().map(chart).collect();
        let len = units.len();
        let row = move |at: usize| {
            let unit = units[at];
            let of = &self.base.loaded.tiers[tier].data.units[unit];
            let mut cells = vec![Cell::text(&of.id), Cell::text(of.label())];
            let after = self.scenarios.iter().map(|(_, after)| &after.scored);
            for scored in std::iter::once(self.base).chain(after) {
                let (standing, set) = (standing(scored, tier, unit), &scored.loaded.tiers[tier].set);
                cells.push(standing.number(standing.score.index.exact(), set.index_rounding));
                cells.push(standing.rank_cell());
                cells.push(standing.grade(set));
                cells.push(Cell::Words(standing.words(set)));
            }
            cells
        };
        let of = &self.base.loaded.tiers[tier];
        Section {
            heading: heading(of, block),
            keys: vec![("table", "units".to_owned()), ("tier", of.id.clone()), ("block", block.name.clone())],
            table: Some(Table { columns, len, row: Box::new(row) }),
            notes: vec![text!("chỉ số % (hạng, xếp loại)", "index % (rank, grade)")],
            charts,
            ..Section::default()
        }
    }

    /// "40-phan-tram: 12 đơn vị đổi hạng, 3 đổi xếp loại."
    fn counts(&self, scenario: &Scenario, after: &WhatIf) -> Option<Text> {
        let (mut ranks, mut grades) = (0, 0);
        for tier in 0..self.base.tiers.len() {
            for unit in 0..self.base.tiers[tier].0.units.len() {
                let (then, now) = (standing(self.base, tier, unit), standing(&after.scored, tier, unit));
                ranks += usize::from(then.rank != now.rank);
                grades += usize::from(then.score.grade != now.score.grade);
            }
        }
        let id = &scenario.id;
        Some(text!(
            "{id}: {ranks} đơn vị đổi hạng, {grades} đơn vị đổi xếp loại",
            "{id}: the rank of {ranks} units changes, the grade of {grades}"
        ))
    }

    fn json_tier(&self, tier: usize, after: &WhatIf) -> Value {
        let of = &self.base.loaded.tiers[tier];
        let units = (0..of.data.units.len()).filter(|unit| match self.unit {
            Some(only) => only == (tier, *unit),
            None => self.moves(tier, *unit, after),
        });
        let one = |unit: usize| {
            let side = |scored: &Scored| {
                let (standing, set) = (standing(scored, tier, unit), &scored.loaded.tiers[tier].set);
                json!({
                    "scored": standing.is_scored(),
                    "total": number(standing.score.total.exact()),
                    "max": number(standing.score.max.exact()),
                    "index": number(standing.score.index.exact()),
                    "rank": standing.rank,
                    "grade": standing.score.grade.map(|grade| set.grades[grade].name.as_str()),
                    "bonus": number(standing.score.bonus.exact()),
                    "deductions": number(standing.score.deductions.exact()),
                })
            };
            let unit_of = &of.data.units[unit];
            json!({
                "unit": unit_of.id,
                "name": unit_of.name,
                "block": unit_of.block,
                "is_changed": after.touched[tier].contains(unit),
                "before": side(self.base),
                "after": side(&after.scored),
                "criteria": self.json_points(tier, unit, after),
            })
        };
        json!({ "id": of.id, "units": units.map(one).collect::<Vec<_>>() })
    }
}

impl<'a> Standing<'a> {
    fn is_scored(self) -> bool {
        self.score.not_scored.is_none()
    }

    fn number(self, number: Decimal, rounding: crate::number::Rounding) -> Cell<'static> {
        if self.is_scored() { Cell::Number(number, rounding) } else { Cell::Missing }
    }

    fn rank_cell(self) -> Cell<'static> {
        self.rank.map_or(Cell::Missing, |rank| Cell::Whole(rank.into()))
    }

    /// "80,18 (8, Khá)"
    fn words(self, set: &CriteriaSet) -> Text {
        Text::by(|lang| {
            let word = |cell| super::words(&cell, lang);
            let index = word(self.number(self.score.index.exact(), set.index_rounding));
            match (self.rank, self.score.grade) {
                (Some(rank), Some(_)) => format!("{index} ({rank}, {})", word(self.grade(set))),
                (Some(rank), None) => format!("{index} ({rank})"),
                (None, Some(_)) => format!("{index} ({})", word(self.grade(set))),
                (None, None) => index,
            }
        })
    }

    fn grade(self, set: &CriteriaSet) -> Cell<'static> {
        let grade = self.score.grade.map(|grade| set.grades[grade].name.clone());
        grade.map_or(Cell::Missing, |name| Cell::Text(name.into()))
    }
}

fn standing(scored: &Scored, tier: usize, unit: usize) -> Standing<'_> {
    let (scores, ranking) = &scored.tiers[tier];
    Standing { score: &scores.units[unit], rank: ranking.ranks[unit] }
}

/// By how many places a unit rises.
fn places(then: Standing<'_>, now: Standing<'_>) -> Option<i64> {
    Some(i64::from(then.rank?) - i64::from(now.rank?))
}

/// "Kịch bản 40-phan-tram: Hồ sơ trực tuyến đạt 40 %: …"
fn title(scenario: &Scenario) -> Text {
    /// More changes are not listed in a title.
    const SHOWN: usize = 6;
    Text::by(|lang| {
        let word = if lang == Lang::Vi { "Kịch bản" } else { "Scenario" };
        let mut title = format!("{word} {}", scenario.id);
        if !scenario.name.is_empty() {
            title += &format!(": {}", scenario.name);
        }
        let changes =
            scenario.changes.iter().take(SHOWN).map(|change| change_words(change).get(lang).to_owned());
        let mut list = changes.collect::<Vec<_>>().join("; ");
        if SHOWN < scenario.changes.len() {
            list += "; …";
        }
        format!("{title} ({list})")
    })
}
