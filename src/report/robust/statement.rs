//! Sentences that a chair can read.

use super::{RobustView, Varied, said};
use crate::lang::{Lang, Text};

/// More names are not read out.
const NAMES: usize = 6;

/// A chance within these is not told apart.
const SURE: f64 = 0.95;

impl RobustView<'_> {
    /// "Huyện Phú Xuyên: hạng 7–9 trong 90 % số lần thử; không phân biệt được với …", where few units
    /// are shown and their pairs were counted.
    pub(super) fn statements(&self, varied: &Varied<'_>, units: &[usize]) -> Vec<Text> {
        if self.unit.is_none() {
            return Vec::new();
        }
        units.iter().map(|at| self.statement(varied, *at)).collect()
    }

    fn statement(&self, varied: &Varied<'_>, at: usize) -> Text {
        let unit = &varied.outcome.units[at];
        let range = [0.05, 0.95].map(|probability| unit.ranks.quantile(probability));
        let [low, high] = [range[0].floor(), range[1].ceil()];
        let draws = self.draws as f64;
        let mut close: Vec<(usize, f64)> = Vec::new();
        for duel in &varied.outcome.duels {
            let (other, ahead) = match (duel.a == at, duel.b == at) {
                (true, _) => (duel.b, duel.b_ahead),
                (_, true) => (duel.a, duel.a_ahead),
                _ => continue,
            };
            let chance = ahead as f64 / draws;
            if (1.0 - SURE..=SURE).contains(&chance) {
                close.push((other, chance));
            }
        }
        close.sort_by(|a, b| (a.1 - 0.5).abs().total_cmp(&(b.1 - 0.5).abs()).then(a.0.cmp(&b.0)));
        Text::by(|lang| {
            let vi = lang == Lang::Vi;
            let ranks = if low == high { format!("{low}") } else { format!("{low}–{high}") };
            let mut parts = vec![if vi {
                format!("{}: hạng {ranks} trong 90 % số lần thử", varied.label(at))
            } else {
                format!("{}: rank {ranks} in 90 % of the draws", varied.label(at))
            }];
            let first = unit.ranks.chance(1);
            if 0.0 < first {
                let chance = said(first, lang);
                parts.push(if vi { format!("hạng nhất {chance}") } else { format!("first in {chance}") });
            }
            let names = close.iter().take(NAMES).map(|(other, chance)| {
                let (name, chance) = (varied.label(*other), said(*chance, lang));
                if vi {
                    format!("{name} (đứng trên trong {chance})")
                } else {
                    format!("{name} (ahead in {chance})")
                }
            });
            let mut list = names.collect::<Vec<_>>().join(", ");
            if NAMES < close.len() {
                let more = close.len() - NAMES;
                list +=
                    &if vi { format!(" và {more} đơn vị khác") } else { format!(" and {more} more") };
            }
            parts.push(match (close.is_empty(), vi) {
                (true, true) => "phân biệt được với mọi đơn vị khác".to_owned(),
                (true, false) => "told apart from every other unit".to_owned(),
                (false, true) => format!("không phân biệt được với {list}"),
                (false, false) => format!("cannot be told apart from {list}"),
            });
            parts.join("; ")
        })
    }
}
