//! Finding the columns of a table by their headers, in English or Vietnamese.

use crate::diagnostic::Diagnostics;
use crate::source::Place;
use crate::text::{folded, nearest};

/// A column that a table may have: the word of the format, and Vietnamese words for it.
pub type Known = (&'static str, &'static [&'static str]);

/// The columns of results besides the inputs.
pub const RESULTS: &[Known] = &[
    ("unit", &["đơn vị", "mã đơn vị"]),
    ("name", &["tên", "tên đơn vị"]),
    ("tier", &["cấp"]),
    ("block", &["khối"]),
    ("criterion", &["tiêu chí", "mã tiêu chí"]),
    ("input", &["đầu vào", "số liệu"]),
    ("value", &["giá trị", "kết quả"]),
    ("numerator", &["tử số"]),
    ("denominator", &["mẫu số"]),
    ("stage", &["lần", "giai đoạn"]),
    ("evidence", &["tài liệu kiểm chứng", "tlkc"]),
    ("note", &["ghi chú"]),
    ("points", &["điểm"]),
];

/// The columns of units.csv.
pub const UNITS: &[Known] = &[
    ("unit", &["đơn vị", "mã đơn vị"]),
    ("name", &["tên", "tên đơn vị"]),
    ("tier", &["cấp"]),
    ("block", &["khối"]),
    ("parent", &["trực thuộc"]),
    ("ranked", &["xếp hạng"]),
    ("previous", &["đơn vị cũ"]),
];

/// The columns of deductions.csv.
pub const DEDUCTIONS: &[Known] = &[
    ("unit", &["đơn vị", "mã đơn vị"]),
    ("deduction", &["điểm trừ", "mã điểm trừ", "mục"]),
    ("count", &["số lần", "số ngày"]),
    ("points", &["điểm", "số điểm"]),
    ("criterion", &["tiêu chí", "mã tiêu chí"]),
    ("document", &["văn bản", "căn cứ"]),
    ("date", &["ngày"]),
    ("reason", &["lý do"]),
    ("waived", &["miễn", "miễn trừ"]),
];

/// Whether a header is a column of the format, and which.
pub fn known(header: &str, columns: &[Known]) -> Option<&'static str> {
    let key = folded(header);
    columns
        .iter()
        .find(|(name, also)| *name == key || also.iter().any(|word| folded(word) == key))
        .map(|(name, _)| *name)
}

/// Whether a header marks a column that is not read.
pub fn is_ignored(header: &str) -> bool {
    header.is_empty() || header.starts_with('#')
}

/// The columns of a small table by their words; reports unknown, double and lacking headers.
pub fn find(
    header: &[String],
    columns: &'static [Known],
    needed: &[&'static str],
    place: impl Fn(&str) -> Place,
    out: &mut Diagnostics,
) -> Option<Vec<Option<&'static str>>> {
    let before = out.errors();
    let mut found: Vec<Option<&'static str>> = Vec::with_capacity(header.len());
    for name in header {
        let column = known(name, columns);
        if column.is_none() && !is_ignored(name) {
            let names = columns.iter().map(|(name, _)| *name);
            out.unknown_column(place(name), name, nearest(name, names));
        }
        if column.is_some() && found.contains(&column) {
            out.duplicate_column(place(name), name);
        }
        found.push(column);
    }
    for column in needed {
        if !found.contains(&Some(column)) {
            out.missing_column(place(""), column);
        }
    }
    (out.errors() == before).then_some(found)
}
