//! The head of the sheet of points: what each column is, and the maxima that formulas look at.

use crate::lang::Text;
use crate::report::workbook::plan::{GROUP_MAX, ID, IDS, LEAF_MAX, NAME, NUMBER, Plan, TITLES, named};
use crate::report::workbook::{Cell, Digits, Role, Row};
use crate::text;

/// Title, advice, ids, names, maxima of groups, maxima of criteria.
pub(super) fn rows<'a>(plan: &Plan<'a>) -> Vec<Row<'a>> {
    let (set, columns, lang) = (plan.set(), &plan.columns, plan.lang);
    let say = |text: Text| text.get(lang).to_owned();
    let title = named(plan.scored, plan.at, text!("Điểm từng tiêu chí", "Points by criterion").get(lang));
    let advice = say(text!(
        "Ô nền vàng là điểm của tiêu chí: sửa được, ghi N/A nếu không đánh giá; mọi ô khác tự tính lại",
        "Yellow cells are points of criteria: they may be changed, N/A where one does not apply; all other cells follow"
    ));
    let mut rows =
        vec![Row::of(vec![Cell::text(title, Role::Title)]), Row::of(vec![Cell::text(advice, Role::Plain)])];
    let empty = || vec![Cell::empty(Role::Head); usize::from(columns.label)];
    let [mut ids, mut titles, mut groups, mut leaves] = [empty(), empty(), empty(), empty()];
    for (node, &column) in set.nodes.iter().zip(&columns.nodes) {
        let at = usize::from(column);
        ids[at] = Cell::text(node.id.as_str(), Role::Head);
        titles[at] = Cell::text(node.name.as_str(), Role::Turned);
        let max = if node.leaf.is_some() { &mut leaves } else { &mut groups };
        max[at] = Cell::number(node.max.exact(), Role::Head, Digits::General);
    }
    for (entry, &column) in set.entries.iter().zip(&columns.entries) {
        ids[usize::from(column)] = Cell::text(entry.id.as_str(), Role::Head);
        titles[usize::from(column)] = Cell::text(entry.name.as_str(), Role::Turned);
    }
    for (column, title) in own(plan) {
        titles[usize::from(column)] = match column {
            NUMBER | ID | NAME => Cell::text(say(title), Role::Head),
            _ => Cell::text(say(title), Role::Turned),
        };
    }
    let name = usize::from(NAME);
    groups[name] = Cell::text(say(text!("Điểm tối đa của nhóm", "Maximum of the group")), Role::Head);
    leaves[name] = Cell::text(say(text!("Điểm tối đa của tiêu chí", "Maximum of the criterion")), Role::Head);
    debug_assert_eq!([IDS, TITLES, GROUP_MAX, LEAF_MAX], [2, 3, 4, 5], "rows in this order");
    rows.push(Row::of(ids));
    rows.push(Row { cells: titles, lines: Some(10) });
    rows.extend([groups, leaves].map(Row::of));
    rows
}

/// The titles of all columns that are no criterion.
fn own(plan: &Plan<'_>) -> Vec<(u16, Text)> {
    let (set, columns) = (plan.set(), &plan.columns);
    let mut own = vec![
        (NUMBER, text!("STT", "No.")),
        (ID, text!("Mã", "Id")),
        (NAME, text!("Đơn vị", "Unit")),
        (columns.regular, text!("Tổng điểm tiêu chí", "Points of criteria")),
        (columns.applicable, text!("Điểm tối đa áp dụng", "Applicable maximum")),
        (columns.total, text!("Tổng điểm", "Total")),
        (columns.max, text!("Điểm tối đa tính chỉ số", "Maximum of the index")),
        (columns.index, text!("Chỉ số (%)", "Index (%)")),
        (columns.rank, text!("Xếp hạng", "Rank")),
        (columns.status, text!("Ghi chú", "Remark")),
        (columns.printed, text!("Chỉ số đã làm tròn", "Index, rounded")),
        (columns.seen, text!("Chỉ số để so (10 chữ số)", "Index as compared (10 digits)")),
    ];
    let mut add = |column: Option<u16>, title: Text| own.extend(column.map(|column| (column, title)));
    add(columns.block, text!("Khối", "Block"));
    add(columns.survey.map(|of| of.0), text!("Điểm điều tra XHH", "Points of the survey"));
    add(columns.survey.map(|of| of.1), text!("Tối đa điều tra XHH", "Maximum of the survey"));
    add(columns.back.map(|of| of.0), text!("Điểm sau quy đổi", "Points, brought back"));
    add(columns.back.map(|of| of.1), text!("Tối đa để quy đổi", "Maximum, to bring back"));
    add(columns.bonus, text!("Điểm thưởng", "Bonus"));
    add(columns.deductions, text!("Điểm trừ", "Deductions"));
    add(columns.grade, text!("Xếp loại", "Grade"));
    add(columns.grade_step, text!("Bậc xếp loại theo chỉ số", "Place of the grade by the index"));
    add(columns.place, text!("Hạng khi đồng hạng", "Rank with ties"));
    add(columns.first, text!("Đầu nhóm đồng hạng", "First of a tie"));
    add(columns.alphabet, text!("Thứ tự tên", "Place in the alphabet"));
    for (&column, &node) in columns.keys.iter().zip(&set.ranking.tie_break) {
        let id = &set.nodes[node].id;
        own.push((column, text!("Xét tiếp: mục {id}", "Compared next: {id}")));
    }
    for (at, (&column, limit)) in columns.limits.iter().zip(&set.grade_limits).enumerate() {
        let (name, best) = (&limit.name, &set.grades[limit.at_most].name);
        let is_live = plan.limit_formula(0, at).is_some();
        own.push((
            column,
            match is_live {
                true => text!("Tối đa loại {best}: {name}", "At most {best}: {name}"),
                false => text!(
                    "Tối đa loại {best}: {name} (không tự tính lại)",
                    "At most {best}: {name} (does not follow)"
                ),
            },
        ));
    }
    own
}
