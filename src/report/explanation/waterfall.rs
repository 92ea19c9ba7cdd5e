//! From the maximum to the total, step by step: what does not apply, what each field lost, bonus,
//! deductions, floor and ceiling.

use super::ExplanationView;
use crate::lang::Text;
use crate::number::Points;
use crate::report::json::number;
use crate::report::ranking::{limit_reason, missed_ids};
use crate::report::{Cell, Column, ColumnKind, Section, Table};
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// One step of the way.
pub(super) struct Step {
    /// Its word for machines.
    pub key: &'static str,
    /// The id of the field, where it is one.
    id: String,
    /// Its name.
    pub name: Text,
    /// What it adds; negative where it takes.
    pub points: Decimal,
    /// What is left after it.
    pub left: Decimal,
}

/// Less than any points that are given or taken.
const SLIVER: Decimal = Decimal::from_parts(1, 0, 0, false, 15);

impl ExplanationView<'_> {
    /// The way as a table.
    pub(super) fn waterfall_section(&self) -> Section<'_> {
        let steps = self.steps();
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let table = Table {
            columns: vec![
                column("step", text!("Từ tối đa đến tổng điểm", "From maximum to total"), ColumnKind::Text),
                column("points", text!("Điểm", "Points"), ColumnKind::Number),
                column("left", text!("Còn lại", "Left"), ColumnKind::Number),
            ],
            len: steps.len(),
            row: Box::new(move |at| {
                let (step, cents) = (&steps[at], self.set().points_rounding);
                let points = match step.key {
                    "max" | "total" => Cell::Missing,
                    _ => Cell::Change(step.points, cents),
                };
                vec![Cell::Words(step.name.clone()), points, Cell::Number(step.left, cents)]
            }),
        };
        Section { table: Some(table), notes: self.standing_notes(), ..Section::default() }
    }

    /// What else the reader must know of the unit's place: limits, targets, the round before.
    pub(super) fn standing_notes(&self) -> Vec<Text> {
        let (tier, scores) = (self.tier(), &self.scored.tiers[self.tier].0);
        let limit = limit_reason(&tier.set, &scores.units[self.unit]);
        let mut notes: Vec<Text> = limit
            .into_iter()
            .map(|Text { vi, en }| text!("Giới hạn xếp loại: {vi}", "Grade limit: {en}"))
            .collect();
        let missed = missed_ids(tier, scores, self.unit);
        if !missed.is_empty() {
            let missed = missed.join(", ");
            notes.push(text!("Chưa đạt chỉ tiêu: {missed}", "Targets missed: {missed}"));
        }
        notes.extend(self.scored.moved(self.tier, self.unit).map(|moved| moved.describe(&tier.set)));
        notes
    }

    /// The way as JSON.
    pub(super) fn waterfall_json(&self) -> Vec<Value> {
        let one = |step: Step| {
            let mut value =
                json!({ "step": step.key, "points": number(step.points), "left": number(step.left) });
            if !step.id.is_empty() {
                value["id"] = step.id.into();
            }
            value
        };
        self.steps().into_iter().map(one).collect()
    }

    /// The way, step by step.
    pub(super) fn steps(&self) -> Vec<Step> {
        let set = self.set();
        let score = &self.scored.tiers[self.tier].0.units[self.unit];
        let mut steps: Vec<Step> = Vec::new();
        let mut left = Decimal::ZERO;
        let mut add = |key, id: &str, name: Text, points: Decimal, always: bool| {
            if !always && points.abs() < SLIVER {
                // What 28 digits could not keep is no step of its own.
                let last = steps.iter().rposition(|step| !step.points.is_zero()).unwrap_or(0);
                steps.get_mut(last).into_iter().for_each(|step| step.points += points);
                steps.iter_mut().skip(last).for_each(|step| step.left += points);
                left += points;
            } else {
                left += points;
                steps.push(Step { key, id: id.to_owned(), name, points, left });
            }
        };
        add("max", "", text!("Điểm tối đa", "Maximum"), set.max.exact(), true);
        let not_applicable = score.max - set.max;
        add("not-applicable", "", text!("Không đánh giá", "Not applicable"), not_applicable.exact(), false);
        let bonus_in_max = match (set.total.bonus_in_max, set.total.bonus_cap) {
            (true, Some(cap)) => cap,
            _ => Points::ZERO,
        };
        let name = text!("Phần dành cho điểm thưởng", "Kept for bonus");
        add("bonus-in-max", "", name, -bonus_in_max.exact(), false);
        let mut from_fields = score.max - bonus_in_max;
        for field in set.fields() {
            let (node, of) = (&set.nodes[field], self.explanation.nodes[field]);
            let lost = of.max - of.points;
            from_fields = from_fields - lost;
            add("field", &node.id, Text::same(format!("{} {}", node.id, node.name)), -lost.exact(), true);
        }
        let brought_back = score.regular - from_fields;
        let name = text!("Quy đổi, trần điểm chung", "Brought back, or held at a cap");
        add("adjusted", "", name, brought_back.exact(), false);
        add("bonus", "", text!("Điểm thưởng", "Bonus"), score.bonus.exact(), set.has_bonus());
        add(
            "deductions",
            "",
            text!("Điểm trừ", "Deductions"),
            -score.deductions.exact(),
            set.has_deductions(),
        );
        let held = score.total.exact() - (score.regular + score.bonus - score.deductions).exact();
        add("held", "", text!("Giới hạn trần, sàn", "Held at floor or ceiling"), held, false);
        let total = score.total.exact();
        steps.push(Step {
            key: "total",
            id: String::new(),
            name: text!("Tổng điểm", "Total"),
            points: total,
            left: total,
        });
        steps
    }
}
