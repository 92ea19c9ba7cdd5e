//! Two units of a round, criterion by criterion.

use crate::criteria_set::CriteriaSet;
use crate::lang::{Lang, Text};
use crate::number::plain;
use crate::report::json::{bytes, made_by, number};
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::scored::{LoadedTier, Scored};
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Where two units of one tier differ.
pub struct UnitsView<'a> {
    /// The scored round, with the scores of every node.
    pub scored: &'a Scored,
    /// The tier's place.
    pub tier: usize,
    /// The units' places in the tier.
    pub units: [usize; 2],
}

/// A criterion in which they differ.
struct Difference {
    node: usize,
    points: [Option<Decimal>; 2],
    by: Decimal,
}

impl View for UnitsView<'_> {
    fn report(&self) -> Report<'_> {
        let (tier, set) = (self.tier(), self.set());
        let mut report = Report { provenance: self.scored.loaded.files.clone(), ..Report::default() };
        report.titles.push(self.title());
        let label = |which: usize| tier.data.units[self.units[which]].label().to_owned();
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let columns = || {
            vec![
                column("criterion", text!("Tiêu chí", "Criterion"), ColumnKind::Word),
                column("name", text!("Tên", "Name"), ColumnKind::Text),
                column("max", text!("Tối đa", "Max"), ColumnKind::Number),
                column("first", Text::same(label(0)), ColumnKind::Number),
                column("second", Text::same(label(1)), ColumnKind::Number),
                column("difference", text!("Hơn, kém", "Difference"), ColumnKind::Number),
            ]
        };
        let table = |differences: Vec<Difference>| Table {
            columns: columns(),
            len: differences.len(),
            row: Box::new(move |at| {
                let Difference { node, points, by } = &differences[at];
                let of = &set.nodes[*node];
                let cell = |points: Option<Decimal>| match points {
                    Some(points) => Cell::Number(points, set.points_rounding),
                    None => Cell::Text("N/A".into()),
                };
                vec![
                    Cell::text(&of.id),
                    Cell::text(&of.name),
                    Cell::Plain(of.max.exact()),
                    cell(points[0]),
                    cell(points[1]),
                    Cell::Change(*by, set.points_rounding),
                ]
            }),
        };
        let fields = self.differences(&set.fields().collect::<Vec<_>>(), true);
        report.sections.push(Section {
            heading: Some(text!("Theo lĩnh vực", "By field")),
            table: Some(table(fields)),
            ..Section::default()
        });
        let leaves: Vec<usize> =
            (0..set.nodes.len()).filter(|&node| set.nodes[node].leaf.is_some()).collect();
        let criteria = self.differences(&leaves, false);
        let count = criteria.len();
        let same = leaves.len() - count;
        report.sections.push(Section {
            heading: Some(text!(
                "Khác nhau ở {count} tiêu chí, bằng nhau ở {same}",
                "{count} criteria differ, {same} are equal"
            )),
            table: Some(table(criteria)),
            ..Section::default()
        });
        report
    }

    fn json(&self, _: Lang) -> Vec<u8> {
        let (tier, set) = (self.tier(), self.set());
        let leaves: Vec<usize> =
            (0..set.nodes.len()).filter(|&node| set.nodes[node].leaf.is_some()).collect();
        let of = |nodes: &[usize], all: bool| -> Vec<Value> {
            let one = |difference: Difference| {
                let value = |points: Option<Decimal>| points.map_or(Value::Null, number);
                json!({
                    "id": set.nodes[difference.node].id,
                    "first": value(difference.points[0]),
                    "second": value(difference.points[1]),
                    "difference": number(difference.by),
                })
            };
            self.differences(nodes, all).into_iter().map(one).collect()
        };
        let all = json!({
            "tier": tier.id,
            "units": self.units.map(|unit| tier.data.units[unit].id.as_str()),
            "fields": of(&set.fields().collect::<Vec<_>>(), true),
            "criteria": of(&leaves, false),
            "made_by": made_by(&self.scored.loaded.files),
        });
        bytes(&all)
    }
}

impl UnitsView<'_> {
    fn tier(&self) -> &LoadedTier {
        &self.scored.loaded.tiers[self.tier]
    }

    fn set(&self) -> &CriteriaSet {
        &self.tier().set
    }

    /// "A: 80,13 (hạng 8) – B: 90,39 (hạng 1)".
    fn title(&self) -> Text {
        let (set, (scores, ranking)) = (self.set(), &self.scored.tiers[self.tier]);
        Text::by(|lang| {
            let one = |unit: usize| {
                let (name, score) = (self.tier().data.units[unit].label(), &scores.units[unit]);
                if score.not_scored.is_some() {
                    return format!("{name}: {}", if lang == Lang::Vi { "không chấm" } else { "not scored" });
                }
                let index = set.index_rounding.text(score.index.exact(), lang);
                let total = set.total_rounding.text(score.total.exact(), lang);
                let max = plain(score.max.exact(), lang);
                let rank = ranking.ranks[unit].map_or("–".to_owned(), |rank| rank.to_string());
                match lang {
                    Lang::Vi => format!("{name}: {total}/{max} điểm, {index} %, hạng {rank}"),
                    Lang::En => format!("{name}: {total}/{max} points, {index} %, rank {rank}"),
                }
            };
            self.units.map(one).join(" – ")
        })
    }

    /// The nodes in which the units differ, the largest difference first; or all of them in order.
    fn differences(&self, nodes: &[usize], all: bool) -> Vec<Difference> {
        let scores = &self.scored.tiers[self.tier].0;
        let points = |node: usize, unit: usize| {
            let score = scores.nodes.get(unit, node).filter(|score| !score.not_applicable)?;
            Some(score.points.exact())
        };
        let one = |&node: &usize| {
            let points = self.units.map(|unit| points(node, unit));
            let by = points[0].unwrap_or_default() - points[1].unwrap_or_default();
            (all || points[0] != points[1]).then_some(Difference { node, points, by })
        };
        let mut differences: Vec<Difference> = nodes.iter().filter_map(one).collect();
        if !all {
            differences.sort_by_key(|difference| std::cmp::Reverse(difference.by.abs()));
        }
        differences
    }
}
