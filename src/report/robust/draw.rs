//! One draw, as it is among many.

use super::Varied;
use crate::report::json::number;
use crate::report::ranking::heading;
use crate::report::{Cell, Column, ColumnKind, Section, Table};
use crate::robustness::outcome::Outcome;
use crate::robustness::simulation::Drawn;
use crate::survey::decimal;
use crate::text;
use crate::uncertainty::Block;
use serde_json::{Value, json};

impl<'a> Varied<'a> {
    /// A block of which one draw is looked at.
    pub fn of_draw(block: Block<'a>, drawn: Drawn) -> Varied<'a> {
        let outcome = Outcome { draws: 0, units: Vec::new(), duels: Vec::new() };
        let (without, swaps, deciding) = (Vec::new(), Vec::new(), Vec::new());
        Varied { block, outcome, drawn: Some(drawn), without, swaps, deciding }
    }

    /// Ranks and indices of all units, and the weight of each criterion.
    pub(super) fn drawn_tables<'b>(&'b self, drawn: &'b Drawn) -> [Section<'b>; 2] {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let (set, tier) = (self.set(), self.block.tier());
        let mut order: Vec<usize> = (0..drawn.ranks.len()).collect();
        order.sort_by_key(|at| (drawn.ranks[*at], *at));
        let ranking = &self.block.scored.tiers[self.block.place.0].1;
        let unit = move |row: usize| {
            let at = order[row];
            let of = self.block.units[at];
            let index = decimal(drawn.index[at]);
            vec![
                Cell::Whole(drawn.ranks[at].into()),
                Cell::text(&tier.data.units[of].id),
                Cell::text(tier.data.units[of].label()),
                index.map_or(Cell::Missing, |index| Cell::Number(index, set.index_rounding)),
                ranking.ranks[of].map_or(Cell::Missing, |rank| Cell::Whole(rank.into())),
            ]
        };
        let criterion = move |at: usize| {
            let node = self.criterion(at);
            let weight = decimal(drawn.weights[at]);
            vec![
                Cell::text(&node.id),
                Cell::text(&node.name),
                Cell::Plain(node.max.exact().normalize()),
                weight.map_or(Cell::Missing, |weight| Cell::Number(weight, crate::number::Rounding::CENTS)),
            ]
        };
        let units = vec![
            column("rank", text!("Hạng", "Rank"), ColumnKind::Number),
            column("unit", text!("Mã", "Id"), ColumnKind::Machine),
            column("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("own_rank", text!("Hạng chấm", "Scored rank"), ColumnKind::Number),
        ];
        let criteria = vec![
            column("criterion", text!("Tiêu chí", "Criterion"), ColumnKind::Word),
            column("criterion_name", text!("Tên", "Name"), ColumnKind::Text),
            column("max", text!("Tối đa", "Max"), ColumnKind::Number),
            column("drawn_max", text!("Lần thử này", "In this draw"), ColumnKind::Number),
        ];
        let (ranks, weights) = (drawn.ranks.len(), drawn.weights.len());
        [
            Section {
                heading: heading(tier, self.ranked()),
                keys: vec![("table", "units".to_owned()), ("tier", tier.id.clone())],
                table: Some(Table { columns: units, len: ranks, row: Box::new(unit) }),
                notes: Vec::new(),
                ..Section::default()
            },
            Section {
                heading: Some(text!("Điểm tối đa", "Maxima")),
                keys: vec![("table", "weights".to_owned()), ("tier", tier.id.clone())],
                table: Some(Table { columns: criteria, len: weights, row: Box::new(criterion) }),
                notes: Vec::new(),
                ..Section::default()
            },
        ]
    }

    pub(super) fn json_drawn(&self, drawn: &Drawn) -> Value {
        let tier = self.block.tier();
        let weights = drawn.weights.iter().enumerate().map(|(at, weight)| {
            let node = self.criterion(at);
            json!({ "id": node.id, "max": number(node.max.exact()), "drawn": weight })
        });
        let units = self.block.units.iter().enumerate().map(|(at, unit)| {
            let id = &tier.data.units[*unit].id;
            json!({ "unit": id, "index": drawn.index[at], "rank": drawn.ranks[at] })
        });
        json!({
            "tier": tier.id,
            "block": self.ranked().name,
            "weights": weights.collect::<Vec<_>>(),
            "units": units.collect::<Vec<_>>(),
        })
    }
}
