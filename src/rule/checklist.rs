//! # `checklist`
//!
//! Awards points by conditions met (catalogue K4, K34). Each condition is an input of its own.
//!
//! | key | says | default |
//! |---|---|---|
//! | `items` | a list of `{ id, name }`, with `points` unless `award = "all"`; an id starts with a letter | |
//! | `award` | `all`: the maximum if every condition is met, else 0; `each`: the points of each that is met; `best`: only the best that is met | `all` |
//!
//! ```toml
//! [[criterion]]
//! id = "I.3"
//! name = "Chế độ báo cáo định kỳ"
//! max = 3
//! kind = "checklist"
//! items = [
//!   { id = "so-luong", name = "đủ số lượng" },
//!   { id = "noi-dung", name = "đủ nội dung" },
//!   { id = "thoi-han", name = "đúng thời hạn" },
//! ]
//! ```
//!
//! In a wide file the columns are `I.3.so-luong`, `I.3.noi-dung`, `I.3.thoi-han`, each yes or no.
//! Two of three met: 0 points. With `award = "each"` and one point an item: 2 points. A condition
//! that is N/A does not count in `all`; if every condition is N/A, so is the criterion.

use super::{Award, Given, Head, Input, Kind, Level, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::number::{both, plain};
use crate::text;
use rust_decimal::Decimal;

pub(super) const KIND: Kind =
    Kind {
        name: "checklist", awards: ("theo các điều kiện đạt", "by the conditions that are met"), read
    };

#[derive(Debug)]
struct Checklist {
    items: Vec<Item>,
    by: By,
    inputs: Vec<Input>,
}

#[derive(Debug)]
struct Item {
    name: String,
    points: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    All,
    Each,
    Best,
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let by = keys
        .word("award", &[("all", By::All), ("each", By::Each), ("best", By::Best)], out)
        .unwrap_or(By::All);
    keys.need("items", out);
    let place = keys.place_of_key("items");
    let (mut items, mut inputs): (Vec<Item>, Vec<Input>) = (Vec::new(), Vec::new());
    for mut item in keys.tables("items", text!("điều kiện", "the item"), out) {
        let id = read_item_id(&mut item, &inputs, out);
        let name = item.need_text("name", out);
        let points = if by == By::All { None } else { item.need_amount("points", out) };
        if let (Some(id), Some(name)) = (id, name) {
            inputs.push(Input::yes_no(&id).called(name.get_ref()));
            items.push(Item {
                name: name.into_inner(),
                points: points.map_or(Decimal::ZERO, |p| p.into_inner()),
            });
        }
        item.finish(out);
    }
    if items.is_empty() {
        return None;
    }
    let list = Checklist { items, by, inputs };
    if let Some(most) = list.most().filter(|most| head.max < *most) {
        out.more_than_maximum(place, most, head.max);
    }
    Some(Box::new(list))
}

/// The id of an item: it becomes the name of an input, so it starts with a letter and is unique.
pub(super) fn read_item_id(item: &mut Keys<'_>, inputs: &[Input], out: &mut Diagnostics) -> Option<String> {
    let id = item.need_text("id", out)?;
    let text = id.get_ref();
    if RESERVED.contains(&text.as_str())
        || !text.starts_with(char::is_alphabetic)
        || text.contains(['.', ',', ';', ' ', '\t'])
    {
        out.bad_item_id(item.place_of(&id), text);
        return None;
    }
    if inputs.iter().any(|input| input.name == *text) {
        out.duplicate_id(item.place_of(&id), text, None);
    }
    Some(id.into_inner())
}

/// Names that columns of every criterion have.
const RESERVED: [&str; 8] = [
    Input::VALUE,
    Input::POINTS,
    Input::NUMERATOR,
    Input::DENOMINATOR,
    Input::TARGET,
    Input::PREVIOUS,
    Input::EVIDENCE,
    "note",
];

impl Rule for Checklist {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        if let Some(award) = Award::settled(given.values.iter().copied().enumerate()) {
            return award;
        }
        trace.step(|| self.tell(given.values));
        let met = self
            .items
            .iter()
            .zip(given.values)
            .filter(|(_, value)| is_met(value))
            .map(|(item, _)| item.points);
        match self.by {
            By::All if given.values.iter().all(|value| is_met(value) || *value == Value::NotApplicable) => {
                Award::Full
            }
            By::All => Award::Points(Decimal::ZERO),
            By::Each => Award::Points(met.sum()),
            By::Best => Award::Points(met.fold(Decimal::ZERO, Decimal::max)),
        }
    }

    fn most(&self) -> Option<Decimal> {
        let points = self.items.iter().map(|item| item.points);
        match self.by {
            By::All => None,
            By::Each => Some(points.sum()),
            By::Best => points.max(),
        }
    }

    fn levels(&self, values: &[Value]) -> Vec<Level> {
        /// All ways to do some of so many items; of more, all or nothing.
        const ITEMS: u32 = 5;
        let lacking: Vec<usize> =
            (0..self.items.len()).filter(|item| values.get(*item) != Some(&Value::Word(1))).collect();
        let count = lacking.len() as u32;
        let ways: Vec<u32> = if count <= ITEMS { (1..1 << count).collect() } else { vec![u32::MAX] };
        let level = |way: u32| {
            let done = lacking.iter().enumerate().filter(|(at, _)| way >> (*at as u32).min(31) & 1 == 1);
            let done: Vec<usize> = done.map(|(_, item)| *item).collect();
            let names: Vec<&str> = done.iter().map(|item| self.items[*item].name.as_str()).collect();
            Level {
                inputs: done.iter().map(|item| (*item, Value::Word(1))).collect(),
                said: Text::same(names.join(", ")),
            }
        };
        ways.into_iter().map(level).collect()
    }

    fn describe(&self) -> Text {
        if self.by == By::All {
            let names = self.items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>().join("; ");
            return text!(
                "đạt tất cả mới được điểm tối đa: {names}",
                "the maximum only if all are met: {names}"
            );
        }
        let list = |lang| {
            let write = |item: &Item| format!("{}: {}", item.name, plain(item.points, lang));
            self.items.iter().map(write).collect::<Vec<_>>().join("; ")
        };
        let list = Text::by(list);
        let (vi, en) = (list.vi, list.en);
        match self.by {
            By::Best => text!("chỉ tính mức cao nhất: {vi}", "only the best counts: {en}"),
            _ => text!("cộng từng điều kiện đạt: {vi}", "each that is met: {en}"),
        }
    }
}

impl Checklist {
    /// What is met, what is not, and what does not apply.
    fn tell(&self, values: &[Value]) -> Text {
        let names = |wanted: fn(&Value) -> bool| {
            let named = self.items.iter().zip(values).filter(|(_, value)| wanted(value));
            named.map(|(item, _)| item.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let met = names(is_met);
        let not_met = names(|value| *value == Value::Word(0));
        let not_applicable = names(|value| *value == Value::NotApplicable);
        let parts =
            [(met, "đạt", "met"), (not_applicable, "không áp dụng", "n/a"), (not_met, "chưa đạt", "not met")];
        Text::by(|lang| {
            let said = parts.iter().filter(|(names, ..)| !names.is_empty());
            let say = |(names, vi, en): &(String, &str, &str)| {
                format!("{}: {names}", if lang == Lang::Vi { vi } else { en })
            };
            said.map(say).collect::<Vec<_>>().join("; ")
        })
    }
}

/// Whether a condition is met.
fn is_met(value: &Value) -> bool {
    *value == Value::Word(1)
}

/// Points in a sentence, in both languages; shared with `losses`.
pub(super) fn points_text(points: Decimal) -> Text {
    let (vi, en) = both(points);
    text!("{vi} điểm", "{en} points")
}
