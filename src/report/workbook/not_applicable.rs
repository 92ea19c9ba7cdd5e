//! The sheet of what does not apply: unit, criterion, reason.

use super::a1::Area;
use super::{Book, Cell, Role, Row, Sheet, Width};
use crate::report::ranking::not_applicable;
use crate::text;

const HEAD: u32 = 2;

pub(super) fn add(book: &mut Book<'_>) {
    let titles = [
        text!("Cấp", "Tier"),
        text!("Mã", "Id"),
        text!("Đơn vị", "Unit"),
        text!("Tiêu chí", "Criterion"),
        text!("Tên tiêu chí", "Name of the criterion"),
        text!("Lý do không đánh giá", "Why it does not apply"),
    ];
    let title = book.say(&text!("Tiêu chí không đánh giá", "Criteria that do not apply"));
    let mut rows = vec![
        Row::of(vec![Cell::text(title.clone(), Role::Title)]),
        Row::default(),
        Row::of(titles.iter().map(|title| Cell::text(book.say(title), Role::Head)).collect()),
    ];
    let scored = book.scored;
    for (tier, scores, _) in scored.tiers() {
        for (unit, leaf, why) in not_applicable(tier, scores) {
            let unit = &tier.data.units[unit];
            let leaf_id = &tier.set.leaves[leaf].id;
            let nodes = tier.set.nodes.iter().find(|node| node.leaf == Some(leaf)).map(|node| &node.name);
            let entries = tier.set.entries.iter().find(|entry| entry.id == *leaf_id).map(|entry| &entry.name);
            let name = nodes.or(entries).map_or("", String::as_str);
            let tier = if tier.name.is_empty() { &tier.id } else { &tier.name };
            let cells =
                [tier, &unit.id, unit.label(), leaf_id, name].map(|text| Cell::text(text, Role::Name));
            let why = Cell::text(book.say(&why), Role::Name);
            rows.push(Row::of(cells.into_iter().chain([why]).collect()));
        }
    }
    let last = rows.len() as u32 - 1;
    if last == HEAD {
        return;
    }
    let name = book.names.take(&title);
    let widths = [16, 10, 30, 9, 44, 44].map(Width::Cells).to_vec();
    book.sheets.push(Sheet {
        frozen: (HEAD + 1, 3),
        repeated: Some((HEAD, HEAD)),
        filter: Some(Area { first: (HEAD, 0), last: (last, 5) }),
        ..Sheet::of(name, widths, rows)
    });
}
