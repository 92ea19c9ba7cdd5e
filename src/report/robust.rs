//! How firm the ranks of a round are.

mod chart;
mod deciding;
mod draw;
mod statement;

use super::json::{bytes, made_by, number};
use super::ranking::heading;
use super::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::criteria_set::CriteriaSet;
use crate::engine::rank;
use crate::lang::{Lang, Text};
use crate::number::{Rounding, plain};
use crate::robustness::model::Shifted;
use crate::robustness::outcome::Outcome;
use crate::robustness::simulation::Drawn;
use crate::robustness::sobol::Effect;
use crate::robustness::swap::Swap;
use crate::scored::Scored;
use crate::survey::decimal;
use crate::survey::interval::Interval;
use crate::text;
use crate::uncertainty::Block;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What was varied, and what came out.
pub struct RobustView<'a> {
    /// The round.
    pub scored: &'a Scored,
    /// The blocks.
    pub blocks: Vec<Varied<'a>>,
    /// What was varied, in words.
    pub varied: Vec<Text>,
    /// The seed.
    pub seed: u64,
    /// How many draws there were.
    pub draws: u64,
    /// Only this unit: its tier and its place.
    pub unit: Option<(usize, usize)>,
    /// Only the first so many.
    pub top: Option<usize>,
}

/// A block and what became of it.
pub struct Varied<'a> {
    /// The block.
    pub block: Block<'a>,
    /// What came out of the draws.
    pub outcome: Outcome,
    /// The only draw, if one was asked for.
    pub drawn: Option<Drawn>,
    /// The ranking without each field and each criterion, if that was asked for: the node.
    pub without: Vec<(usize, Shifted)>,
    /// For each unit but the last the nearest change of one weight that lets it tie with the next.
    pub swaps: Vec<Option<Swap>>,
    /// Which inputs decide.
    pub deciding: Vec<Decides>,
}

/// How much an input decides.
pub struct Decides {
    /// Its name.
    pub input: Text,
    /// Its effects.
    pub effect: Effect,
    /// An interval of the first-order effect.
    pub first: Interval,
    /// An interval of the total effect.
    pub total: Interval,
}

/// Chances as percent, one digit.
const TENTHS: Rounding = Rounding { digits: 1, ..Rounding::CENTS };

impl View for RobustView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = Report { provenance: self.scored.loaded.files.clone(), ..Report::default() };
        let round = &self.scored.loaded.round;
        report.titles.extend([&round.title].into_iter().filter(|line| !line.is_empty()).map(Text::same));
        let varied =
            |lang: Lang| self.varied.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join("; ");
        let (vi, en) = (varied(Lang::Vi), varied(Lang::En));
        let (draws, seed) = (self.draws, self.seed);
        report
            .titles
            .push(text!("{draws} lần thử, hạt giống {seed}: {vi}", "{draws} draws, seed {seed}: {en}"));
        for varied in &self.blocks {
            if let Some(drawn) = &varied.drawn {
                report.sections.extend(varied.drawn_tables(drawn));
                continue;
            }
            let units = self.shown(varied);
            if units.is_empty() {
                continue;
            }
            report.sections.push(self.ranks(varied, units));
            if self.unit.is_none() {
                report.sections.extend(varied.without_table());
                report.sections.extend(varied.swap_table());
            }
            report.sections.extend(varied.deciding_table());
        }
        report.notes.push(text!(
            "điểm thưởng, điểm trừ, giới hạn xếp loại và phần bị khống chế giữ nguyên trong mọi lần thử; hai chỉ số bằng nhau thì đồng hạng",
            "bonus, deductions, grade limits and what caps cut off stay as they are in all draws; equal indices share a rank"
        ));
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let blocks: Vec<Value> = self.blocks.iter().map(|varied| self.json_block(varied, lang)).collect();
        let all = json!({
            "seed": self.seed,
            "draws": self.draws,
            "varied": self.varied.iter().map(|text| text.get(lang)).collect::<Vec<_>>(),
            "blocks": blocks,
            "made_by": made_by(&self.scored.loaded.files),
        });
        bytes(&all)
    }
}

impl RobustView<'_> {
    /// Places in the block of the units that are shown.
    fn shown(&self, varied: &Varied<'_>) -> Vec<usize> {
        let units = &varied.block.units;
        match (self.unit, self.top) {
            (Some((tier, _)), _) if tier != varied.block.place.0 => Vec::new(),
            (Some((_, unit)), _) => (0..units.len()).filter(|at| units[*at] == unit).collect(),
            (None, top) => (0..units.len().min(top.unwrap_or(usize::MAX))).collect(),
        }
    }

    fn ranks<'a>(&'a self, varied: &'a Varied<'a>, units: Vec<usize>) -> Section<'a> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let set = varied.set();
        let has_grades = !set.grades.is_empty();
        let mut columns = vec![
            column("rank", text!("Hạng", "Rank"), ColumnKind::Number),
            column("unit", text!("Mã", "Id"), ColumnKind::Machine),
            column("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("deviation", text!("Độ lệch", "Std. dev."), ColumnKind::Detail),
            column("low", text!("5 %", "5 %"), ColumnKind::Number),
            column("median", text!("Giữa", "Median"), ColumnKind::Number),
            column("high", text!("95 %", "95 %"), ColumnKind::Number),
            column("best", text!("Cao nhất", "Best"), ColumnKind::Detail),
            column("worst", text!("Thấp nhất", "Worst"), ColumnKind::Detail),
            column("mean", text!("Hạng trung bình", "Mean rank"), ColumnKind::Detail),
            column("stays", text!("Giữ hạng %", "Keeps %"), ColumnKind::Extra),
            column("first", text!("Hạng nhất %", "First %"), ColumnKind::Extra),
        ];
        if has_grades {
            columns.push(column("grade", text!("Loại", "Grade"), ColumnKind::Word));
            columns.push(column("keeps_grade", text!("Giữ loại %", "Keeps grade %"), ColumnKind::Number));
        }
        let notes = self.statements(varied, &units);
        let charts = vec![self.ranks_chart(varied, units.clone())];
        let len = units.len();
        let row = move |at: usize| {
            let at = units[at];
            let (unit, place) = (&varied.outcome.units[at], varied.block.units[at]);
            let (scores, ranking) = &self.scored.tiers[varied.block.place.0];
            let of = &varied.block.tier().data.units[place];
            let rank = ranking.ranks[place].unwrap_or(0);
            let chance =
                |share: f64| percent(share).map_or(Cell::Missing, |share| Cell::Number(share, TENTHS));
            let tenths =
                |value: f64| decimal(value).map_or(Cell::Missing, |value| Cell::Number(value, TENTHS));
            let quantile = |probability: f64| {
                decimal(unit.ranks.quantile(probability)).map_or(Cell::Missing, |rank| {
                    if rank.is_integer() { Cell::Plain(rank.normalize()) } else { Cell::Number(rank, TENTHS) }
                })
            };
            let deviation = decimal(unit.deviation_of_index());
            let mut cells = vec![
                Cell::Whole(rank.into()),
                Cell::text(&of.id),
                Cell::text(of.label()),
                Cell::Number(scores.units[place].index.exact(), set.index_rounding),
                deviation.map_or(Cell::Missing, |deviation| Cell::Number(deviation, Rounding::CENTS)),
                quantile(0.05),
                quantile(0.5),
                quantile(0.95),
                Cell::Whole(unit.ranks.best().into()),
                Cell::Whole(unit.ranks.worst().into()),
                tenths(unit.ranks.mean()),
                chance(unit.ranks.chance(rank)),
                chance(unit.ranks.chance(1)),
            ];
            if has_grades {
                let grade = scores.units[place].grade;
                cells.push(grade.map_or(Cell::Missing, |grade| Cell::text(&set.grades[grade].name)));
                cells.push(chance(varied.chance_of_grade(at, grade.unwrap_or(set.grades.len()))));
            }
            cells
        };
        let block = varied.ranked();
        let of = varied.block.tier();
        Section {
            heading: heading(of, block),
            keys: vec![("table", "ranks".to_owned()), ("tier", of.id.clone()), ("block", block.name.clone())],
            table: Some(Table { columns, len, row: Box::new(row) }),
            notes,
            charts,
            ..Section::default()
        }
    }

    fn json_block(&self, varied: &Varied<'_>, lang: Lang) -> Value {
        if let Some(drawn) = &varied.drawn {
            return varied.json_drawn(drawn);
        }
        let (tier, set) = (varied.block.tier(), varied.set());
        let id = |at: usize| tier.data.units[varied.block.units[at]].id.as_str();
        let (_, ranking) = &self.scored.tiers[varied.block.place.0];
        let unit = |at: usize| {
            let unit = &varied.outcome.units[at];
            let grades = (0..=set.grades.len()).filter(|_| !set.grades.is_empty()).map(|grade| {
                let name = set.grades.get(grade).map(|grade| grade.name.as_str());
                json!({ "grade": name, "chance": varied.chance_of_grade(at, grade) })
            });
            let quantiles = [0.05, 0.5, 0.95].map(|probability| unit.ranks.quantile(probability));
            json!({
                "unit": id(at),
                "rank": ranking.ranks[varied.block.units[at]],
                "mean_rank": unit.ranks.mean(),
                "quantiles": quantiles,
                "best": unit.ranks.best(),
                "worst": unit.ranks.worst(),
                "chances": unit.ranks.chances().map(|(rank, chance)| json!([rank, chance])).collect::<Vec<_>>(),
                "grades": grades.collect::<Vec<_>>(),
                "mean_index": unit.mean_index(),
                "deviation_of_index": unit.deviation_of_index(),
            })
        };
        let draws = self.draws as f64;
        let duels = varied.outcome.duels.iter().map(|duel| {
            json!({
                "a": id(duel.a), "b": id(duel.b),
                "a_ahead": duel.a_ahead as f64 / draws,
                "b_ahead": duel.b_ahead as f64 / draws,
            })
        });
        let without = varied.without.iter().map(|(node, shifted)| {
            json!({
                "id": set.nodes[*node].id,
                "mean_shift": shifted.mean_shift,
                "ranks": (0..varied.block.units.len()).map(|at| json!([id(at), shifted.ranks[at]])).collect::<Vec<_>>(),
            })
        });
        let swaps = varied.swaps.iter().enumerate().filter_map(|(at, swap)| {
            let swap = swap.as_ref()?;
            Some(json!({
                "a": id(at), "b": id(at + 1),
                "criterion": varied.criterion(swap.criterion).id,
                "weight": number(swap.weight),
                "change": number(swap.change),
            }))
        });
        let deciding = varied.deciding.iter().map(|Decides { input, effect, first, total }| {
            json!({
                "input": input.get(lang),
                "first": effect.first, "first_interval": [first.low, first.high],
                "total": effect.total, "total_interval": [total.low, total.high],
            })
        });
        json!({
            "tier": tier.id,
            "block": varied.ranked().name,
            "units": self.shown(varied).into_iter().map(unit).collect::<Vec<_>>(),
            "pairs": duels.collect::<Vec<_>>(),
            "without": without.collect::<Vec<_>>(),
            "swaps": swaps.collect::<Vec<_>>(),
            "deciding": deciding.collect::<Vec<_>>(),
        })
    }
}

impl<'a> Varied<'a> {
    fn set(&self) -> &'a CriteriaSet {
        &self.block.tier().set
    }

    fn ranked(&self) -> &'a rank::Block {
        &self.block.scored.tiers[self.block.place.0].1.blocks[self.block.place.1]
    }

    /// The chance of a grade. A limit that keeps the unit from a better one does so in every draw.
    fn chance_of_grade(&self, at: usize, grade: usize) -> f64 {
        let (unit, place) = (&self.outcome.units[at], self.block.units[at]);
        let limit = self.block.scored.tiers[self.block.place.0].0.units[place].limit;
        match limit.map(|limit| self.set().grade_limits[limit].at_most) {
            Some(most) if grade < most => 0.0,
            Some(most) if grade == most => (0..=most).map(|grade| unit.chance_of_grade(grade)).sum(),
            _ => unit.chance_of_grade(grade),
        }
    }

    fn criterion(&self, at: usize) -> &'a crate::criteria_set::Node {
        &self.set().nodes[self.block.nodes[at]]
    }

    fn label(&self, at: usize) -> &'a str {
        self.block.tier().data.units[self.block.units[at]].label()
    }

    /// The ranking without each field and each criterion, what moves most first.
    fn without_table(&self) -> Option<Section<'_>> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let columns = vec![
            column("criterion", text!("Bỏ", "Without"), ColumnKind::Word),
            column("name", text!("Tên", "Name"), ColumnKind::Text),
            column("max", text!("Tối đa", "Max"), ColumnKind::Number),
            column("mean_shift", text!("Đổi hạng trung bình", "Mean shift"), ColumnKind::Number),
            column("most", text!("Đổi nhiều nhất", "Moves most"), ColumnKind::Text),
        ];
        let mut order: Vec<usize> = (0..self.without.len()).collect();
        order.sort_by(|a, b| self.without[*b].1.mean_shift.total_cmp(&self.without[*a].1.mean_shift));
        let ranking = &self.block.scored.tiers[self.block.place.0].1;
        let row = move |at: usize| {
            let (node, shifted) = &self.without[order[at]];
            let node = &self.set().nodes[*node];
            let places = |at: usize| {
                let rank = ranking.ranks[self.block.units[at]].unwrap_or(0);
                (i64::from(rank) - i64::from(shifted.ranks[at]), rank)
            };
            let most =
                (0..self.block.units.len()).max_by_key(|at| (places(*at).0.abs(), std::cmp::Reverse(*at)));
            let most = most.filter(|at| places(*at).0 != 0).map(|at| {
                let (_, rank) = places(at);
                format!("{} {rank} → {}", self.label(at), shifted.ranks[at])
            });
            vec![
                Cell::text(&node.id),
                Cell::text(&node.name),
                Cell::Plain(node.max.exact().normalize()),
                decimal(shifted.mean_shift)
                    .map_or(Cell::Missing, |shift| Cell::Number(shift, Rounding::CENTS)),
                most.map_or(Cell::Missing, |most| Cell::Text(most.into())),
            ]
        };
        (!self.without.is_empty()).then(|| Section {
            heading: Some(text!("Bỏ một lĩnh vực hay tiêu chí", "Without a field or a criterion")),
            keys: vec![("table", "without".to_owned())],
            table: Some(Table { columns, len: self.without.len(), row: Box::new(row) }),
            notes: Vec::new(),
            ..Section::default()
        })
    }

    /// At which weight neighbours tie.
    fn swap_table(&self) -> Option<Section<'_>> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let columns = vec![
            column("first", text!("Đơn vị trên", "Above"), ColumnKind::Text),
            column("second", text!("Đơn vị dưới", "Below"), ColumnKind::Text),
            column("criterion", text!("Tiêu chí", "Criterion"), ColumnKind::Word),
            column("max", text!("Tối đa", "Max"), ColumnKind::Number),
            column("tie_at", text!("Bằng nhau khi tối đa là", "Tie at a maximum of"), ColumnKind::Number),
        ];
        let row = move |at: usize| {
            let names = [Cell::text(self.label(at)), Cell::text(self.label(at + 1))];
            let [first, second] = names;
            match &self.swaps[at] {
                None => vec![first, second, Cell::Missing, Cell::Missing, Cell::Missing],
                Some(swap) if swap.change.is_zero() => {
                    let tied = Cell::Words(text!("đã bằng nhau", "tied already"));
                    vec![first, second, tied, Cell::Missing, Cell::Missing]
                }
                Some(swap) => {
                    let node = self.criterion(swap.criterion);
                    vec![
                        first,
                        second,
                        Cell::text(&node.id),
                        Cell::Plain(node.max.exact().normalize()),
                        Cell::Number(swap.weight, Rounding::CENTS),
                    ]
                }
            }
        };
        (!self.swaps.is_empty()).then(|| Section {
            heading: Some(text!(
                "Đổi điểm tối đa của một tiêu chí bao nhiêu thì hai đơn vị liền nhau bằng nhau",
                "The nearest maximum of one criterion at which neighbours tie"
            )),
            keys: vec![("table", "swaps".to_owned())],
            table: Some(Table { columns, len: self.swaps.len(), row: Box::new(row) }),
            notes: Vec::new(),
            ..Section::default()
        })
    }
}

/// A share in percent.
fn percent(share: f64) -> Option<Decimal> {
    decimal(share * 100.0)
}

/// A share as people say it: "62 %".
fn said(share: f64, lang: Lang) -> String {
    let rounded = percent(share).map(|share| Rounding { digits: 0, ..Rounding::CENTS }.apply(share));
    rounded.map_or_else(String::new, |share| format!("{} %", plain(share.normalize(), lang)))
}
