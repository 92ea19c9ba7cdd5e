//! The sheet of notes: what the workbook holds, whose words the set is in, how units are ranked and
//! rounded, what colours mean, what formulas can see, and what made it.

use super::cards::Cards;
use super::plan::Plan;
use super::{Book, Cell, Role, Row, Sheet, Width};
use crate::lang::{Lang, Text};
use crate::number::{Mode, Rounding};
use crate::report::View;
use crate::report::ranking::{Fields, RankingView, notes_on_years};
use crate::scored::LoadedTier;
use crate::text;
use std::sync::Arc;

/// Its name.
pub(super) fn name() -> Text {
    text!("Ghi chú", "Notes")
}

pub(super) fn sheet<'a>(cards: Option<&Cards>, plans: &[Arc<Plan<'a>>], book: &Book<'a>) -> Sheet<'a> {
    let lang = book.lang;
    let scored = book.scored;
    let round = &scored.loaded.round;
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut add = |text: String, role: Role| {
        rows.push(Row::of(vec![Cell::empty(Role::Plain), Cell::text(text, role)]));
    };
    add(round.title.clone(), Role::Title);
    if !round.issuer.is_empty() {
        add(round.issuer.clone(), Role::Heading);
    }
    add(String::new(), Role::Plain);
    add(book.say(&text!("Bảng tính gồm", "The workbook holds")), Role::Heading);
    let is_card = |sheet: &&Sheet<'_>| cards.is_some_and(|cards| cards.has(&sheet.name));
    let (of_units, others): (Vec<&Sheet<'_>>, Vec<&Sheet<'_>>) = book.sheets.iter().partition(is_card);
    for sheet in others {
        let cell =
            Cell { link: Some(sheet.name.clone().into()), ..Cell::text(sheet.name.clone(), Role::Plain) };
        rows.push(Row::of(vec![Cell::empty(Role::Plain), cell]));
    }
    let mut add = |text: String, role: Role| {
        rows.push(Row::of(vec![Cell::empty(Role::Plain), Cell::text(text, role)]));
    };
    let count = of_units.len();
    if 0 < count {
        add(book.say(&text!("Phiếu điểm của {count} đơn vị", "Scorecards of {count} units")), Role::Plain);
    }
    let report = RankingView { scored, fields: Fields::Top, top: None, unit: None };
    let report = report.report();
    add(String::new(), Role::Plain);
    add(book.say(&text!("Phải biết khi đọc", "What a reader must know")), Role::Heading);
    let notes = report.notes.into_iter().chain(notes_on_years(scored));
    notes.for_each(|note| add(book.say(&note), Role::Sentence));
    for tier in &scored.loaded.tiers {
        add(book.say(&roundings(tier)), Role::Sentence);
    }
    if !plans.is_empty() {
        add(String::new(), Role::Plain);
        add(book.say(&text!("Công thức", "Formulas")), Role::Heading);
        formulas(plans).iter().for_each(|text| add(book.say(text), Role::Sentence));
        add(String::new(), Role::Plain);
        add(book.say(&text!("Màu sắc", "Colours")), Role::Heading);
        colours().iter().for_each(|text| add(book.say(text), Role::Sentence));
    }
    add(String::new(), Role::Plain);
    add(book.say(&text!("Nguồn gốc", "Provenance")), Role::Heading);
    let version = env!("CARGO_PKG_VERSION");
    add(book.say(&text!("Chương trình: parindex {version}", "Program: parindex {version}")), Role::Sentence);
    for print in &scored.loaded.files {
        let (file, sum) = (&print.file, &print.sha256);
        add(book.say(&text!("Tệp {file} – SHA-256 {sum}", "File {file} – SHA-256 {sum}")), Role::Sentence);
    }
    Sheet {
        is_upright: true,
        ..Sheet::of(name().get(lang).to_owned(), vec![Width::Cells(2), Width::Cells(100)], rows)
    }
}

/// How a tier's numbers are rounded.
fn roundings(tier: &LoadedTier) -> Text {
    let set = &tier.set;
    let one = |rounding: Rounding| {
        let digits = rounding.digits;
        match rounding.mode {
            Mode::HalfUp => text!("{digits} chữ số, nửa lên", "{digits} digits, half up"),
            Mode::HalfEven => text!("{digits} chữ số, nửa về số chẵn", "{digits} digits, half to even"),
            Mode::Truncate => text!("{digits} chữ số, cắt bỏ phần còn lại", "{digits} digits, cut off"),
        }
    };
    let [points, total, index] = [set.points_rounding, set.total_rounding, set.index_rounding].map(one);
    let id = &set.id;
    Text::by(|lang| {
        let [points, total, index] = [&points, &total, &index].map(|text| text.get(lang));
        match lang {
            Lang::Vi => format!(
                "Làm tròn khi in [{id}]: điểm {points}; tổng điểm {total}; chỉ số {index}. Ô tính giữ số chưa làm tròn"
            ),
            Lang::En => format!(
                "Rounded in print [{id}]: points {points}; total {total}; index {index}. Cells keep unrounded numbers"
            ),
        }
    })
}

/// What formulas do, and what they cannot do.
fn formulas(plans: &[Arc<Plan<'_>>]) -> Vec<Text> {
    let mut said = vec![
        text!(
            "Sửa một điểm ở trang điểm thì tổng, chỉ số, xếp hạng, xếp loại ở mọi trang tính lại theo; giá trị lưu sẵn là của parindex",
            "Change points on a sheet of points, and totals, index, rank and grade follow on all sheets; the stored values are those of parindex"
        ),
        text!(
            "parindex tính bằng số thập phân chính xác và so đến 20 chữ số; bảng tính dùng số nhị phân khoảng 15 chữ số, nên công thức so ở 10 chữ số sau dấu phẩy",
            "parindex computes in exact decimals and compares at 20 digits; spreadsheets know binary numbers of about 15 digits, so formulas compare at 10 digits behind the mark"
        ),
        text!(
            "Không tính lại từ bảng tính: điểm của từng tiêu chí từ số liệu, tiêu chí lấy theo đơn vị khác hoặc cấp khác, việc đơn vị có được chấm hay không, câu chữ trong tiêu đề và ghi chú",
            "What does not follow: points of a criterion from its data, criteria that look at other units or tiers, whether a unit is scored at all, figures in titles and notes"
        ),
    ];
    if plans.iter().flat_map(|plan| &plan.blocks).any(|rows| !rows.is_seen) {
        said.push(text!(
            "Có khối mà chỉ số chỉ khác nhau sau 10 chữ số: thứ hạng ở đó là giá trị, nền cam, không tự tính lại",
            "In some block indices differ only behind 10 digits: ranks there are values on orange and do not follow"
        ));
    }
    said
}

fn colours() -> Vec<Text> {
    vec![
        text!("Nền vàng: ô nhập, sửa được", "Yellow: cells that may be changed"),
        text!("Nền xám, đậm: tổng, do công thức tính", "Grey and bold: sums, by formulas"),
        text!("Chữ xám: bước trung gian của công thức", "Grey letters: steps that formulas need"),
        text!(
            "Nền cam: thứ hạng khác khi xuất, hoặc giá trị cần chú ý",
            "Orange: a rank that is not the one issued, or a value to note"
        ),
        text!(
            "Thanh trong ô chỉ số: độ lớn của chỉ số; ô lĩnh vực càng đậm thì tỷ lệ đạt càng cao",
            "Bars behind the index: how large it is; the darker a field, the higher its share"
        ),
    ]
}
