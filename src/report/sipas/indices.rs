//! The indices of units: ranked, with their errors; part by part; how answers are distributed.

use super::{Head, bound_columns, bounds, cell, float};
use crate::answers::SurveyedUnit;
use crate::lang::{Lang, Text};
use crate::model::Ranked;
use crate::number::{Percent, Rounding};
use crate::questionnaire::{Label, Part};
use crate::report::json::{bytes, number};
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::sipas::account::Account;
use crate::sipas::ranking::{Block, Ranking};
use crate::sipas::{Measure, Measured};
use crate::survey::rank_sets::RankSet;
use crate::text;
use crate::validate::answers::{Quota, Targets};
use rayon::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// The indices of a survey.
pub struct IndicesView<'a> {
    /// The survey.
    pub head: Head<'a>,
    /// The ranking.
    pub ranking: Ranking,
    /// Targets of single units.
    pub targets: Targets,
    /// Forms issued and needed, in the order of the units; empty where nobody says.
    pub quotas: Vec<Quota>,
    /// Only this unit.
    pub only: Option<usize>,
    /// Every part of every unit.
    pub detail: bool,
}

impl View for IndicesView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = self.head.report();
        let gathered = self.head.gathered;
        if self.detail {
            let all = self.only.is_none().then_some((None, &gathered.all));
            let units = (0..gathered.surveyed.units.len())
                .filter(|unit| self.only.is_none_or(|only| only == *unit))
                .filter_map(|unit| Some((Some(unit), gathered.account(unit)?)));
            for (unit, account) in all.into_iter().chain(units) {
                report.sections.push(self.parts(unit, account, true));
            }
        } else {
            for block in &self.ranking.blocks {
                let is_shown = |unit: &usize| self.only.is_none_or(|only| only == *unit);
                let units: Vec<usize> =
                    block.ranked.iter().chain(&block.unranked).copied().filter(is_shown).collect();
                if !units.is_empty() {
                    report.sections.push(self.ranked(block, units));
                }
            }
            let account = match self.only {
                Some(unit) => gathered.account(unit),
                None => Some(&gathered.all),
            };
            if let Some(account) = account.filter(|account| 0 < account.forms.forms) {
                report.sections.push(self.parts(self.only, account, false));
                report.sections.extend(self.distribution(account));
            }
        }
        report.notes = self.head.notes();
        report.notes.extend(self.faults());
        if self.ranking.places.iter().flatten().any(|place| place.simultaneous.is_some()) && !self.detail {
            report.notes.push(text!(
                "khoảng hạng: những hạng mà sai số chọn mẫu không phân biệt được, đúng cho mọi đơn vị cùng lúc (Mogstad và cộng sự 2024, kiểm định Holm)",
                "may be rank: the ranks that sampling error cannot tell apart, right for all units at once (Mogstad et al. 2024, Holm's tests)"
            ));
        }
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let gathered = self.head.gathered;
        let unit = |at: usize| {
            let unit = &gathered.surveyed.units[at];
            let place = self.ranking.places[at];
            let set = |set: Option<RankSet>| set.map(|set| [set.best, set.worst]);
            let quota = self.quotas.get(at);
            json!({
                "unit": unit.id,
                "name": unit.name,
                "block": unit.block,
                "issued": quota.and_then(|quota| quota.issued),
                "quota": quota.and_then(|quota| quota.quota),
                "forms": unit.forms,
                "valid": unit.valid,
                "rank": place.map(|place| place.rank),
                "ranks": set(place.and_then(|place| place.simultaneous)),
                "ranks_marginal": set(place.and_then(|place| place.marginal)),
                "why_not_ranked": self.why_not(at).map(|why| why.get(lang).to_owned()),
                "indices": gathered.account(at).map(|account| self.json_parts(Some(at), account)),
            })
        };
        let units: Vec<usize> = (0..gathered.surveyed.units.len())
            .filter(|at| self.only.is_none_or(|only| only == *at))
            .collect();
        let units: Vec<Value> = units.into_par_iter().map(unit).collect();
        let all = json!({
            "survey": self.head.json(),
            "all": self.json_parts(None, &gathered.all),
            "units": units,
        });
        bytes(&all)
    }
}

impl IndicesView<'_> {
    fn ranked<'a>(&'a self, block: &'a Block, units: Vec<usize>) -> Section<'a> {
        let gathered = self.head.gathered;
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let has_issued = self.quotas.iter().any(|quota| quota.issued.is_some());
        let has_targets = units.iter().any(|unit| self.target(Some(*unit), 0).is_some());
        let has_sets = !block.lacks_sets && 1 < block.ranked.len();
        let fields = 1..gathered.layout.before_items();
        let mut columns = vec![
            column("rank", text!("Hạng", "Rank"), ColumnKind::Number),
            column("unit", text!("Mã", "Id"), ColumnKind::Machine),
            column("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
        ];
        if has_issued {
            columns.push(column("issued", text!("Phát ra", "Issued"), ColumnKind::Extra));
        }
        columns.extend([
            column("forms", text!("Thu về", "Returned"), ColumnKind::Extra),
            column("valid", text!("Hợp lệ", "Valid"), ColumnKind::Number),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("se", text!("Sai số chuẩn", "Std. error"), ColumnKind::Extra),
        ]);
        columns.extend(bound_columns());
        if has_sets {
            columns.push(column("ranks", text!("Khoảng hạng", "May be rank"), ColumnKind::Number));
        }
        if has_targets {
            columns.push(column("target", text!("Mục tiêu", "Target"), ColumnKind::Extra));
            columns.push(column("met", text!("Đạt", "Met"), ColumnKind::Word));
        }
        for at in fields.clone() {
            columns.push(column(gathered.layout.id(at), self.head.name(at), ColumnKind::Detail));
        }
        let notes = units.iter().filter_map(|unit| {
            let why = self.why_not(*unit)?;
            let name = gathered.surveyed.units[*unit].label();
            Some(Text::by(|lang| {
                let not = if lang == Lang::Vi { "không xếp hạng" } else { "not ranked" };
                format!("{name} – {not}: {}", why.get(lang))
            }))
        });
        let notes = notes.collect();
        let charts = self.unit_charts(units.clone(), has_sets);
        let len = units.len();
        let row = move |at: usize| {
            let unit = units[at];
            let (surveyed, place) = (&gathered.surveyed.units[unit], self.ranking.places[unit]);
            let measure = self.ranking.overall[unit].as_ref();
            let mut cells = vec![
                place.map_or(Cell::Missing, |place| Cell::Whole(place.rank.into())),
                Cell::text(&surveyed.id),
                Cell::text(surveyed.label()),
            ];
            if has_issued {
                let issued = self.quotas.get(unit).and_then(|quota| quota.issued);
                cells.push(issued.map_or(Cell::Missing, Cell::Whole));
            }
            cells.extend([Cell::Whole(surveyed.forms), Cell::Whole(surveyed.valid)]);
            cells.push(measure.map_or(Cell::Missing, |measure| self.head.percent(measure.index)));
            cells.push(cell(measure.and_then(error)));
            cells.extend(bounds(measure.and_then(|measure| measure.interval)));
            if has_sets {
                cells.push(place.and_then(|place| place.simultaneous).map_or(Cell::Missing, ranks));
            }
            if has_targets {
                let target = self.target(Some(unit), 0);
                cells.extend(self.against(target, measure));
            }
            for part in fields.clone() {
                let index = gathered
                    .account(unit)
                    .and_then(|account| gathered.index(account, gathered.layout.measured[part]));
                cells.push(index.map_or(Cell::Missing, |index| self.head.percent(index)));
            }
            cells
        };
        Section {
            heading: (!block.name.is_empty()).then(|| Text::same(&block.name)),
            keys: vec![("block", block.name.clone())],
            table: Some(Table { columns, len, row: Box::new(row) }),
            notes,
            charts,
            ..Section::default()
        }
    }

    /// The parts of a unit, or of all forms together; in detail with the items, for machines too.
    fn parts<'a>(&'a self, unit: Option<usize>, account: &'a Account, detail: bool) -> Section<'a> {
        let gathered = self.head.gathered;
        let layout = &gathered.layout;
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let is_item = |at: &usize| matches!(layout.measured[*at], Measured::Part(Part::Item(_)));
        let shown: Vec<(usize, Measure)> = (0..layout.measured.len())
            .filter(|at| detail || unit.is_some() || !is_item(at))
            .filter_map(|at| Some((at, gathered.measure(account, at, self.head.how)?)))
            .collect();
        let has_targets = detail || shown.iter().any(|(at, _)| self.target(unit, *at).is_some());
        let mut columns = vec![
            column("part", text!("Mã", "Id"), ColumnKind::Word),
            column("part_name", text!("Nội dung", "Part"), ColumnKind::Text),
            column("n", text!("Phiếu", "Forms"), ColumnKind::Number),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("se", text!("Sai số chuẩn", "Std. error"), ColumnKind::Extra),
            column("deff", text!("Deff", "Deff"), ColumnKind::Extra),
        ];
        columns.splice(5..5, bound_columns());
        if has_targets {
            columns.push(column("target", text!("Mục tiêu", "Target"), ColumnKind::Extra));
            columns.push(column("met", text!("Đạt", "Met"), ColumnKind::Word));
        }
        let charts = if detail { Vec::new() } else { vec![self.part_chart(&shown)] };
        let len = shown.len();
        let row = move |row: usize| {
            let (at, measure) = &shown[row];
            let mut cells = vec![
                Cell::text(layout.id(*at)),
                Cell::Words(self.head.name(*at)),
                Cell::Whole(measure.forms),
                self.head.percent(measure.index),
                cell(error(measure)),
                measure
                    .effect
                    .and_then(crate::survey::decimal)
                    .map_or(Cell::Missing, |effect| Cell::Number(effect, Rounding::CENTS)),
            ];
            cells.splice(5..5, bounds(measure.interval));
            if has_targets {
                cells.extend(self.against(self.target(unit, *at), Some(measure)));
            }
            cells
        };
        let of = unit.map(|unit| &gathered.surveyed.units[unit]);
        let heading = of.map_or_else(|| text!("Toàn bộ phiếu", "All forms"), |unit| Text::same(unit.label()));
        let keys = if detail { self.unit_keys(unit) } else { Vec::new() };
        Section {
            heading: Some(heading),
            keys,
            table: Some(Table { columns, len, row: Box::new(row) }),
            notes: Vec::new(),
            charts,
            ..Section::default()
        }
    }

    /// What is the same in all rows of a unit.
    fn unit_keys(&self, unit: Option<usize>) -> Vec<(&'static str, String)> {
        let surveyed = &self.head.gathered.surveyed;
        let of = unit.map(|unit| &surveyed.units[unit]);
        let place = unit.and_then(|unit| self.ranking.places[unit]);
        let set = place.and_then(|place| place.simultaneous);
        let issued = unit.and_then(|unit| self.quotas.get(unit)?.issued);
        let text = |text: fn(&SurveyedUnit) -> &str| of.map_or_else(String::new, |of| text(of).to_owned());
        let count = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
        let (forms, valid) = of.map_or((surveyed.forms, surveyed.valid), |unit| (unit.forms, unit.valid));
        vec![
            ("unit", text(|unit| &unit.id)),
            ("name", text(|unit| &unit.name)),
            ("block", text(|unit| &unit.block)),
            ("issued", count(issued)),
            ("forms", count(Some(forms))),
            ("valid", count(Some(valid))),
            ("rank", count(place.map(|place| place.rank.into()))),
            ("rank_best", count(set.map(|set| set.best as u64))),
            ("rank_worst", count(set.map(|set| set.worst as u64))),
        ]
    }

    /// How the answers of each factor are distributed over the labels of their scale.
    fn distribution<'a>(&'a self, account: &'a Account) -> Option<Section<'a>> {
        let gathered = self.head.gathered;
        let asked = gathered.layout.questionnaire;
        let (scale, _) = gathered.distribution(account, Part::Overall)?;
        let parts: Vec<usize> = (0..gathered.layout.before_items()).collect();
        let mut columns = vec![
            Column::new("part", text!("Mã", "Id"), ColumnKind::Word),
            Column::new("part_name", text!("Nội dung", "Part"), ColumnKind::Text),
        ];
        for label in &asked.scales[scale].labels {
            columns.push(Column::new(
                format!("label_{}", label.code),
                Text::same(&label.text),
                ColumnKind::Number,
            ));
        }
        let row = move |row: usize| {
            let at = parts[row];
            let Measured::Part(part) = gathered.layout.measured[at] else { return Vec::new() };
            let mut cells = vec![Cell::text(gathered.layout.id(at)), Cell::Words(self.head.name(at))];
            cells.extend(
                self.shares(account, part)
                    .into_iter()
                    .map(|share| share.map_or(Cell::Missing, |share| Cell::Number(share, Rounding::CENTS))),
            );
            cells
        };
        Some(Section {
            heading: Some(text!("Phân bố câu trả lời, %", "Distribution of answers, %")),
            table: Some(Table { columns, len: gathered.layout.before_items(), row: Box::new(row) }),
            charts: vec![self.answers_chart(account, scale)],
            ..Section::default()
        })
    }

    /// The shares of the labels in percent; nothing where a part has several scales.
    pub(super) fn shares(&self, account: &Account, part: Part) -> Vec<Option<Decimal>> {
        let gathered = self.head.gathered;
        let labels = gathered.distribution(account, part).map(|(_, labels)| labels).unwrap_or_default();
        let sum: Decimal = labels.iter().map(|label| label.weight()).sum();
        labels.iter().map(|label| (label.weight() * Decimal::ONE_HUNDRED).checked_div(sum)).collect()
    }

    fn target(&self, unit: Option<usize>, at: usize) -> Option<Percent> {
        let Measured::Part(part) = self.head.gathered.layout.measured[at] else { return None };
        let own = unit.and_then(|unit| self.targets.get(&(unit as u32, part)).copied());
        own.or_else(|| self.head.gathered.layout.questionnaire.target(part))
    }

    /// The target, and whether it is met.
    fn against(&self, target: Option<Percent>, measure: Option<&Measure>) -> [Cell<'static>; 2] {
        let Some(target) = target else { return [Cell::Missing, Cell::Missing] };
        let met = measure.map(|measure| target <= measure.index);
        let word = |met: bool| Cell::Words(if met { text!("đạt", "met") } else { text!("chưa", "no") });
        [self.head.percent(target), met.map_or(Cell::Missing, word)]
    }

    /// Why a unit is not ranked.
    fn why_not(&self, unit: usize) -> Option<Text> {
        let surveyed = &self.head.gathered.surveyed.units[unit];
        let (valid, least) = (surveyed.valid, self.head.asked().validity.forms);
        if self.ranking.places[unit].is_some() {
            return None;
        }
        Some(match &surveyed.ranked {
            Ranked::No(reason) if !reason.is_empty() => Text::same(reason),
            Ranked::No(_) => text!("danh sách ghi không xếp hạng", "the list says so"),
            Ranked::Yes if valid < least => text!(
                "{valid} phiếu hợp lệ, cần ít nhất {least}",
                "{valid} valid forms, at least {least} are needed"
            ),
            Ranked::Yes => text!("có mục không ai trả lời", "nobody answered some of the items"),
        })
    }

    /// Why some errors cannot be told.
    fn faults(&self) -> Vec<Text> {
        let all = self.head.gathered.measure(&self.head.gathered.all, 0, self.head.how);
        let measures = all.iter().chain(self.ranking.overall.iter().flatten());
        self.head.reasons(measures.filter_map(|measure| measure.estimate.err()))
    }

    fn json_shares(&self, account: &Account, part: Part) -> Vec<Value> {
        let Some((scale, _)) = self.head.gathered.distribution(account, part) else { return Vec::new() };
        let labels = &self.head.asked().scales[scale].labels;
        let share = |(label, share): (&Label, Option<Decimal>)| json!({ "code": label.code, "label": label.text, "share": share.map(number) });
        labels.iter().zip(self.shares(account, part)).map(share).collect()
    }

    fn json_parts(&self, unit: Option<usize>, account: &Account) -> Vec<Value> {
        let gathered = self.head.gathered;
        let part = |at: usize| {
            let measured = gathered.layout.measured[at];
            let measure = gathered.measure(account, at, self.head.how)?;
            let target = self.target(unit, at);
            let distribution = match measured {
                Measured::Part(part) => self.json_shares(account, part),
                Measured::Share(_) => Vec::new(),
            };
            let of = |value: Option<f64>| float(value.map(|value| value * 100.0));
            Some(json!({
                "part": gathered.layout.id(at),
                "kind": match measured {
                    Measured::Part(Part::Overall) => "overall",
                    Measured::Part(Part::Field(_)) => "field",
                    Measured::Part(Part::Factor(_)) => "factor",
                    Measured::Part(Part::Item(_)) => "item",
                    Measured::Share(_) => "share",
                },
                "n": measure.forms,
                "index": number(measure.index.exact()),
                "se": of(error(&measure)),
                "low": of(measure.interval.map(|interval| interval.low)),
                "high": of(measure.interval.map(|interval| interval.high)),
                "df": float(Some(measure.degrees)),
                "deff": float(measure.effect),
                "target": target.map(|target| number(target.exact())),
                "met": target.map(|target| target <= measure.index),
                "distribution": distribution,
            }))
        };
        (0..gathered.layout.measured.len()).filter_map(part).collect()
    }
}

fn error(measure: &Measure) -> Option<f64> {
    Some(measure.estimate.ok()?.standard_error()).filter(|_| 0.0 < measure.degrees)
}

/// "7–9", or "3" where nothing else is possible.
fn ranks(set: RankSet) -> Cell<'static> {
    let RankSet { best, worst } = set;
    Cell::Text(if best == worst { best.to_string() } else { format!("{best}–{worst}") }.into())
}
