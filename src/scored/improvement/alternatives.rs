//! What can be done: levels of criteria, waivers.

use super::bench::Bench;
use crate::criteria_set::{EntryBy, Leaf, Taken};
use crate::lang::Text;
use crate::model::Value;
use crate::number::{plain, settle};
use crate::text;
use crate::text::folded;
use crate::validate::costs::Costs;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Other inputs of a leaf.
    Give {
        /// The leaf.
        leaf: usize,
        /// Inputs by their places, with new values.
        inputs: Vec<(usize, Value)>,
    },
    /// Points of a leaf, whatever brings them.
    Suppose {
        /// The leaf.
        leaf: usize,
        /// The points.
        points: Decimal,
    },
    /// An event is waived.
    Waive {
        /// Its place among the unit's events.
        event: usize,
    },
}

/// Something that can be done.
#[derive(Clone, Debug)]
pub struct Improvement {
    /// What.
    pub act: Act,
    /// The id of the criterion or entry.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is given now.
    pub now: Text,
    /// What is to be reached.
    pub then: Text,
    /// Points of the criterion now, and then; of a waiver what the event costs, and 0.
    pub points: [Decimal; 2],
    /// What the total gains by it alone.
    pub gain: Decimal,
    /// What it can bring at the most beside others.
    pub bound: Decimal,
    /// What it costs.
    pub cost: Decimal,
}

/// Everything that can be done for a unit: for each criterion, bonus or deduction by rule its better
/// levels, for each event a waiver.
pub fn all(bench: &mut Bench<'_>, costs: &Costs, keep: &[String]) -> Vec<Vec<Improvement>> {
    let mut offered = Vec::new();
    let set = bench.set();
    bench.score(&[]);
    let now: Vec<Decimal> = (0..set.leaves.len()).map(|leaf| bench.points(leaf)).collect();
    let counts: Vec<bool> = (0..set.leaves.len()).map(|leaf| bench.counts(leaf)).collect();
    for leaf in (0..set.leaves.len()).filter(|leaf| counts[*leaf]) {
        if !keep.contains(&folded(&set.leaves[leaf].id)) {
            offered.push(of_leaf(bench, leaf, now[leaf], costs));
        }
    }
    for event in 0..bench.events().len() {
        let entry = &set.entries[bench.events()[event].entry];
        if entry.is_deduction && !keep.contains(&folded(&entry.id)) {
            offered.push(waiver(bench, event, costs).into_iter().collect());
        }
    }
    offered.retain(|options| !options.is_empty());
    offered
}

/// The levels of every criterion, bonus or deduction by rule of a unit, by folded id.
pub fn levels(bench: &Bench<'_>) -> HashMap<String, Vec<Text>> {
    let set = bench.set();
    let mut levels: HashMap<String, Vec<Text>> = HashMap::new();
    for (at, leaf) in set.leaves.iter().enumerate() {
        let of = acts(bench, at).into_iter().map(|(_, said)| said);
        levels.entry(folded(&leaf.id)).or_default().extend(of);
    }
    for entry in set.entries.iter().filter(|entry| matches!(entry.by, EntryBy::Events(_))) {
        levels.entry(folded(&entry.id)).or_default().push(waived());
    }
    levels
}

/// What could be done about a leaf, whether it gains anything or not.
fn acts(bench: &Bench<'_>, at: usize) -> Vec<(Act, Text)> {
    let set = bench.set();
    let leaf = &set.leaves[at];
    let levels = leaf.rule.levels(&bench.values(at)).into_iter().filter(|level| fits(leaf, level));
    let acts: Vec<(Act, Text)> =
        levels.map(|level| (Act::Give { leaf: at, inputs: level.inputs }, level.said)).collect();
    if !acts.is_empty() {
        return acts;
    }
    let is_it = |by: &EntryBy| matches!(by, EntryBy::Leaf(of) if *of == at);
    if set.entries.iter().any(|entry| is_it(&entry.by) && entry.is_deduction) {
        return vec![(
            Act::Suppose { leaf: at, points: Decimal::ZERO },
            text!("không bị trừ", "nothing deducted"),
        )];
    }
    vec![(Act::Suppose { leaf: at, points: leaf.max }, text!("đủ điểm", "full points"))]
}

fn waived() -> Text {
    text!("được miễn", "waived")
}

fn of_leaf(bench: &mut Bench<'_>, at: usize, points_now: Decimal, costs: &Costs) -> Vec<Improvement> {
    let set = bench.set();
    let leaf = &set.leaves[at];
    let entry = set.entries.iter().find(|entry| matches!(entry.by, EntryBy::Leaf(of) if of == at));
    let name = match entry {
        Some(entry) => entry.name.clone(),
        None => set
            .nodes
            .iter()
            .find(|node| node.leaf == Some(at))
            .map_or(String::new(), |node| node.name.clone()),
    };
    let values = bench.values(at);
    let is_deduction = entry.is_some_and(|entry| entry.is_deduction);
    let (before, max) = (bench.total(), bench.max());
    // Above a floor, and below a cap on deductions, an act may bring more beside others than alone.
    let has_floor = set.total.floor.is_some();
    let scale = set.max.exact() / max;
    let mut options: Vec<Improvement> = Vec::new();
    for (act, then) in acts(bench, at) {
        let score = bench.score(&[&act]);
        let points_then = bench.points(at);
        let gain = settle(score.total.exact() - before);
        let same_max = score.not_scored.is_none() && score.max.exact() == max;
        let is_known = options.iter().any(|option| option.points[1] == points_then);
        if !same_max || gain <= Decimal::ZERO || is_known {
            continue;
        }
        let Some(cost) = costs.find(&leaf.id, &then) else { continue };
        options.push(Improvement {
            act,
            id: leaf.id.clone(),
            name: name.clone(),
            now: shown(leaf, &values),
            then,
            points: [points_now, points_then],
            gain,
            bound: if has_floor || is_deduction {
                gain.max((points_then - points_now).abs() * scale)
            } else {
                gain
            },
            cost,
        });
    }
    options
}

/// Whether the inputs of a leaf take what a level gives.
fn fits(leaf: &Leaf, level: &crate::rule::Level) -> bool {
    let inputs = leaf.rule.inputs();
    level.inputs.iter().all(|(at, value)| match (inputs.get(*at).and_then(|input| input.numbers), value) {
        (Some(numbers), Value::Number(number)) => {
            numbers.low.is_none_or(|low| low <= *number) && numbers.high.is_none_or(|high| *number <= high)
        }
        _ => true,
    })
}

fn waiver(bench: &mut Bench<'_>, event: usize, costs: &Costs) -> Option<Improvement> {
    let set = bench.set();
    let of = bench.events()[event].clone();
    let entry = &set.entries[of.entry];
    let EntryBy::Events(rule) = &entry.by else { return None };
    if of.waived {
        return None;
    }
    let Taken::Points(points) = rule.of(&of) else { return None };
    let act = Act::Waive { event };
    let gain = settle(bench.score(&[&act]).total.exact() - bench.total());
    let then = waived();
    let cost = costs.find(&entry.id, &then)?;
    let bound = gain.max(points);
    (Decimal::ZERO < bound).then(|| Improvement {
        act,
        id: entry.id.clone(),
        name: entry.name.clone(),
        now: if of.reason.is_empty() { text!("bị trừ", "deducted") } else { Text::same(&of.reason) },
        then,
        points: [-points, Decimal::ZERO],
        gain,
        bound,
        cost,
    })
}

/// What is given for a leaf now.
fn shown(leaf: &Leaf, values: &[Value]) -> Text {
    Text::by(|lang| {
        let one = |(input, value): (&crate::rule::Input, &Value)| match value {
            Value::Number(number) => Some(plain(*number, lang)),
            Value::Word(word) => Some(input.words.get(usize::from(*word))?.text.clone()),
            Value::Date(_) | Value::Present | Value::Missing | Value::NotApplicable | Value::Unreadable => {
                None
            }
        };
        let given: Vec<String> = leaf.rule.inputs().iter().zip(values).filter_map(one).collect();
        if given.is_empty() { "–".to_owned() } else { given.join(" / ") }
    })
}
