//! Finding the columns of a table by their headers, in English or Vietnamese.

use crate::diagnostic::Diagnostics;
use crate::source::{Place, Sheet};
use crate::text::{folded, nearest};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A column that a table may have: the word of the format, and Vietnamese words for it.
type Column = (&'static str, &'static [&'static str]);

/// The columns that a table may have, under the folded keys of all their words.
pub struct Columns {
    names: Vec<&'static str>,
    keys: HashMap<String, &'static str>,
}

impl Columns {
    pub(super) fn new(columns: &[Column]) -> Columns {
        let words = columns
            .iter()
            .flat_map(|(name, also)| also.iter().chain([name]).map(move |word| (folded(word), *name)));
        Columns { names: columns.iter().map(|(name, _)| *name).collect(), keys: words.collect() }
    }

    /// Which column a header means, if it means one.
    pub fn known(&self, header: &str) -> Option<&'static str> {
        self.keys.get(&folded(header)).copied()
    }
}

/// What the header of a table looks like to the reader of the table, by which it is found in a sheet.
pub struct Sought<'a> {
    known: Box<Known<'a>>,
    fits: Box<Fits<'a>>,
    /// Whether further columns belong to such a table.
    is_open: bool,
    /// The columns that it must have, for people.
    pub wanted: &'static str,
}

/// Which column a header means.
type Known<'a> = dyn Fn(&str) -> Option<&'static str> + Send + Sync + 'a;

/// Whether these columns are enough.
type Fits<'a> = dyn Fn(&[&str]) -> bool + Send + Sync + 'a;

/// How well a row would do as the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It lacks columns; so many are known.
    Lacks(usize),
    /// It has all columns that it must have, and some that are not known.
    Nearly,
    /// It is such a header.
    Whole,
}

/// Columns that hold numbers. All others hold names and words: a number in them is meant as it looks.
const NUMBERS: [&str; 23] = [
    INPUT,
    "value",
    "numerator",
    "denominator",
    "points",
    "target",
    "count",
    "index",
    "rank",
    "total",
    "max",
    "of",
    "population",
    "sd",
    "cost",
    "people",
    "issued",
    "quota",
    "weight",
    "fpc",
    "fpc2",
    "answer",
    "time",
];

/// A column that is named after what it holds: a criterion's input, an item.
pub const INPUT: &str = "1.1, 1.2, …";

impl<'a> Sought<'a> {
    /// A header of which `known` knows the columns, and that has those that it must have if `fits`.
    pub fn new(
        known: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'a,
        fits: impl Fn(&[&str]) -> bool + Send + Sync + 'a,
        wanted: &'static str,
    ) -> Sought<'a> {
        Sought { known: Box::new(known), fits: Box::new(fits), is_open: false, wanted }
    }

    /// The same with further columns.
    #[must_use]
    pub fn open(self) -> Sought<'a> {
        Sought { is_open: true, ..self }
    }

    /// The header of a small table: its columns, and those that it must have, apart by commas. A unit's
    /// name does for its id.
    pub fn small(columns: &'static Columns, wanted: &'static str) -> Sought<'static> {
        let has = |column: &str, found: &[&str]| match column {
            "unit" => names_units(found),
            column => found.contains(&column),
        };
        let fits = move |found: &[&str]| wanted.split(", ").all(|column| has(column, found));
        Sought::new(|name| columns.known(name), fits, wanted)
    }

    /// Whether further columns belong to such a table.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// What a header means, if it is known.
    pub fn meaning(&self, header: &str) -> Option<&'static str> {
        (self.known)(header)
    }

    /// Whether a column holds names, and not numbers.
    pub fn holds_names(meaning: &str) -> bool {
        !NUMBERS.contains(&meaning)
    }

    /// How well a row would do as the header.
    pub fn fit(&self, header: &[String]) -> Fit {
        let meanings: Vec<Option<&str>> = header.iter().map(|name| self.meaning(name)).collect();
        let found: Vec<&str> = meanings.iter().copied().flatten().collect();
        let is_unknown = |(name, meaning): (&String, &Option<&str>)| meaning.is_none() && !is_ignored(name);
        if !(self.fits)(&found) {
            Fit::Lacks(found.len())
        } else if self.is_open || !header.iter().zip(&meanings).any(is_unknown) {
            Fit::Whole
        } else {
            Fit::Nearly
        }
    }
}

/// Whether there is a column that says which unit a row is about: its id, or its name.
pub fn names_units(found: &[&str]) -> bool {
    found.contains(&"unit") || found.contains(&"name")
}

/// The columns of results besides the inputs.
pub static RESULTS: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
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
        ("target", &["chỉ tiêu"]),
        ("previous", &["năm trước"]),
    ])
});

/// The columns of units.csv.
pub static UNITS: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("unit", &["đơn vị", "mã đơn vị"]),
        ("name", &["tên", "tên đơn vị"]),
        ("tier", &["cấp"]),
        ("block", &["khối"]),
        ("parent", &["trực thuộc"]),
        ("ranked", &["xếp hạng"]),
        ("previous", &["đơn vị cũ"]),
    ])
});

/// The columns of deductions.csv.
pub static DEDUCTIONS: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("unit", &["đơn vị", "mã đơn vị"]),
        ("name", &["tên", "tên đơn vị"]),
        ("deduction", &["điểm trừ", "mã điểm trừ", "mục"]),
        ("count", &["số lần", "số ngày"]),
        ("points", &["điểm", "số điểm"]),
        ("criterion", &["tiêu chí", "mã tiêu chí"]),
        ("document", &["văn bản", "căn cứ"]),
        ("date", &["ngày"]),
        ("reason", &["lý do"]),
        ("waived", &["miễn", "miễn trừ"]),
    ])
});

/// The columns of targets.csv.
pub static TARGETS: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("unit", &["đơn vị", "mã đơn vị"]),
        ("name", &["tên", "tên đơn vị"]),
        ("criterion", &["tiêu chí", "mã tiêu chí"]),
        ("target", &["chỉ tiêu"]),
    ])
});

/// The columns of an index that are no factors.
pub static INDICES: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("unit", &["đơn vị", "mã đơn vị"]),
        ("name", &["tên", "tên đơn vị"]),
        ("index", &["chỉ số"]),
        ("rank", &["hạng", "xếp hạng"]),
        ("note", &["ghi chú"]),
    ])
});

/// The columns of a table of published results.
pub static PUBLISHED: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("unit", &["đơn vị", "mã đơn vị"]),
        ("name", &["tên", "tên đơn vị"]),
        ("tier", &["cấp"]),
        ("block", &["khối"]),
        ("total", &["tổng điểm", "điểm"]),
        ("max", &["điểm tối đa", "tối đa"]),
        ("index", &["chỉ số"]),
        ("rank", &["hạng", "xếp hạng"]),
        ("of", &["trên"]),
        ("grade", &["xếp loại"]),
        ("note", &["ghi chú"]),
    ])
});

/// The columns of strata.csv.
pub static STRATA: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("stratum", &["tầng", "đơn vị", "địa bàn"]),
        ("population", &["dân số", "số người", "tổng thể", "quy mô"]),
        ("sd", &["độ lệch chuẩn", "đlc"]),
    ])
});

/// Whether a header marks a column that is not read: `#…`, or the running number (STT).
pub fn is_ignored(header: &str) -> bool {
    header.is_empty() || header.starts_with('#') || ["stt", "tt"].contains(&folded(header).as_str())
}

/// Where a table has no column of units' ids, that of their names is it; says whether it was.
pub(super) fn name_for_unit(columns: &mut [Option<&'static str>]) -> bool {
    let has_ids = columns.contains(&Some("unit"));
    let name = columns.iter_mut().find(|column| **column == Some("name") && !has_ids);
    name.map(|name| *name = Some("unit")).is_some()
}

/// [`find`] in a table that was read whole.
pub fn find_in(
    sheet: &Sheet,
    columns: &'static Columns,
    needed: &[&'static str],
    out: &mut Diagnostics,
) -> Option<Vec<Option<&'static str>>> {
    let place = |header: &str| sheet.table.header_place(Some(header).filter(|header| !header.is_empty()));
    find(sheet.header(), columns, needed, place, out)
}

/// The columns of a small table by their words; reports unknown, double and lacking headers. Where units
/// have no column of ids, that of their names is it.
pub fn find(
    header: &[String],
    columns: &'static Columns,
    needed: &[&'static str],
    place: impl Fn(&str) -> Place,
    out: &mut Diagnostics,
) -> Option<Vec<Option<&'static str>>> {
    let before = out.errors();
    let is_there = |column: &str| header.iter().any(|name| columns.known(name) == Some(column));
    let mut lacking: Vec<&str> = needed.iter().copied().filter(|column| !is_there(column)).collect();
    let mut found: Vec<Option<&'static str>> = Vec::with_capacity(header.len());
    for name in header {
        let column = columns.known(name);
        if column.is_none() && !is_ignored(name) {
            // A header that is like none is most likely a column that is lacking.
            let near = nearest(name, columns.names.iter().copied()).or(lacking.first().copied());
            lacking.retain(|column| Some(*column) != near);
            out.unknown_column(place(name), name, near);
        }
        if column.is_some() && found.contains(&column) {
            out.duplicate_column(place(name), name);
        }
        found.push(column);
    }
    // The list of units is where their ids come from.
    let is_list = std::ptr::eq(columns, &*UNITS);
    if lacking.contains(&"unit") && !is_list && name_for_unit(&mut found) {
        lacking.retain(|column| *column != "unit");
    }
    lacking.into_iter().for_each(|column| out.missing_column(place(""), column));
    (out.errors() == before).then_some(found)
}
