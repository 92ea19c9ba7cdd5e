//! Mistakes in a round: its files, its units, its deductions.

use super::{Diagnostic, Diagnostics};
use crate::criteria_set::{At, Waiver};
use crate::number::both;
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

impl Diagnostics {
    /// A file that is named and cannot be read.
    pub fn unreadable(&mut self, place: Place, file: &str, why: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unreadable",
                text!("không đọc được tệp \"{file}\": {why}", "cannot read the file \"{file}\": {why}"),
            )
            .at(place)
            .near(near)
            .help(text!(
                "đường dẫn tính từ thư mục chứa round.toml",
                "paths are relative to the folder of round.toml"
            )),
        );
    }

    /// A file of a format that is not read.
    pub fn not_a_table(&mut self, place: Place, what: &str) {
        self.push(
            Diagnostic::error(
                "not-a-table",
                text!(
                    "đây là tệp {what}, không phải bảng tính hay CSV",
                    "this is a file of {what}, no workbook and no CSV"
                ),
            )
            .at(place)
            .help(text!(
                "trong Excel chọn Lưu thành > Sổ làm việc Excel (.xlsx), hoặc CSV UTF-8",
                "in Excel choose Save as > Excel Workbook (.xlsx), or CSV UTF-8"
            )),
        );
    }

    /// A file whose lines end as on an old Macintosh.
    pub fn old_line_ends(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "old-line-ends",
                text!(
                    "tệp dùng dấu xuống dòng kiểu Macintosh cũ (CR)",
                    "the lines end as on an old Macintosh (CR)"
                ),
            )
            .at(place)
            .help(text!("lưu lại thành CSV UTF-8", "save it again as CSV UTF-8")),
        );
    }

    /// A file without a header.
    pub fn empty_file(&mut self, place: Place) {
        self.push(
            Diagnostic::error("empty-file", text!("tệp trống", "the file is empty"))
                .at(place)
                .help(text!("dòng 1 phải là tiêu đề", "row 1 must be the header")),
        );
    }

    /// Quotes that are opened and not closed.
    pub fn open_quotes(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "open-quotes",
                text!("dấu nháy kép mở mà không đóng", "double quotes are opened and not closed"),
            )
            .at(place)
            .help(text!(
                "dấu nháy trong ô viết hai lần: \"\"",
                "quotes inside a cell are written twice: \"\""
            )),
        );
    }

    /// A criteria set that is neither a file nor one that comes along.
    pub fn unknown_set(&mut self, place: Option<Place>, name: &str, near: Option<&str>, known: &[&str]) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-set",
                text!("không có bộ tiêu chí \"{name}\"", "there is no criteria set \"{name}\""),
            )
            .near(near)
            .help(text!(
                "ghi đường dẫn tệp .toml, hoặc mã một bộ có sẵn: {known}",
                "give the path of a .toml file, or the id of one that comes along: {known}"
            ))
            .at(place),
        );
    }

    /// Something in the column `ranked` that is neither yes nor no.
    pub fn bad_ranked(&mut self, place: Place, found: &str, unit: &str) {
        self.push(
            Diagnostic::error(
                "bad-ranked",
                text!("cột ranked không hiểu \"{found}\"", "the column ranked does not take \"{found}\""),
            )
            .at(place)
            .help(text!(
                "để trống hoặc ghi \"có\"; không xếp hạng thì ghi \"không: lý do\"",
                "leave it empty or write \"có\"; \"không: reason\" for not ranked"
            ))
            .about(unit, ""),
        );
    }

    /// An event for an entry that the set does not have.
    pub fn unknown_deduction(
        &mut self,
        place: Place,
        id: &str,
        unit: &str,
        near: Option<&str>,
        known: &[&str],
    ) {
        let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
        self.push(
            Diagnostic::error(
                "unknown-deduction",
                text!(
                    "bộ tiêu chí không có điểm trừ hay điểm thưởng \"{id}\"",
                    "the set has no deduction or bonus \"{id}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!("các mục có: {known}", "its entries: {known}"))
            .about(unit, id),
        );
    }

    /// An event for an entry whose points come from the results.
    pub fn entry_takes_results(&mut self, place: Place, id: &str, unit: &str) {
        self.push(
            Diagnostic::error(
                "entry-takes-results",
                text!(
                    "\"{id}\" chấm theo số liệu trong tệp kết quả, không theo tệp điểm trừ",
                    "\"{id}\" is scored from the results, not from deductions"
                ),
            )
            .at(place)
            .help(text!("chuyển dòng này sang tệp kết quả", "move this row to the results"))
            .about(unit, id),
        );
    }

    /// A number, date or yes-no in deductions that cannot be read.
    pub fn bad_event_cell(
        &mut self,
        place: Place,
        found: &str,
        unit: &str,
        id: &str,
        expected: crate::lang::Text,
    ) {
        let (vi, en) = (&expected.vi, &expected.en);
        let message = match found {
            "" => text!("ô này trống", "this cell is empty"),
            _ => text!("\"{found}\" không dùng được ở đây", "\"{found}\" cannot stand here"),
        };
        self.push(
            Diagnostic::error("bad-event-cell", message)
                .at(place)
                .help(text!("cần {vi}", "{en} is needed"))
                .about(unit, id),
        );
    }

    /// An event without the document that its entry requires, or a waiver without one.
    pub fn no_document(&mut self, place: Place, unit: &str, id: &str, waived: bool) {
        let message = if waived {
            text!(
                "miễn điểm trừ {id} của đơn vị {unit} phải có văn bản",
                "waiving {id} for unit {unit} needs a document"
            )
        } else {
            text!(
                "mục {id} của đơn vị {unit} phải có văn bản làm căn cứ",
                "{id} for unit {unit} needs a document"
            )
        };
        self.push(
            Diagnostic::error("no-document", message)
                .at(place)
                .help(text!(
                    "ghi số, ký hiệu văn bản vào cột document",
                    "give the document's number in the column document"
                ))
                .about(unit, id),
        );
    }

    /// A waiver of something that cannot be waived.
    pub fn no_waiver(&mut self, place: Place, unit: &str, id: &str, waiver: Waiver) {
        debug_assert!(waiver == Waiver::None, "only an entry without waivers refuses one");
        self.push(
            Diagnostic::error("no-waiver", text!("mục {id} không được miễn", "{id} cannot be waived"))
                .at(place)
                .help(text!(
                    "xóa ở cột waived, hoặc cho phép miễn trong bộ tiêu chí: waiver = \"document\"",
                    "clear the column waived, or allow it in the set: waiver = \"document\""
                ))
                .about(unit, id),
        );
    }

    /// Points in a row of an entry that fixes its points, or more than it allows.
    pub fn event_points(&mut self, place: Place, unit: &str, id: &str, limit: Option<Decimal>) {
        let message = match limit.map(both) {
            Some((vi, en)) => text!(
                "mục {id} chỉ được tối đa {vi} điểm mỗi dòng",
                "{id} takes at most {en} points in a row"
            ),
            None => text!(
                "mục {id} có mức điểm cố định, không nhận cột points",
                "{id} has fixed points and takes no column points"
            ),
        };
        let help = match limit {
            Some(_) => text!("sửa số điểm", "mend the points"),
            None => text!(
                "để trống points và ghi số lần vào count",
                "leave points empty and give the number of times in count"
            ),
        };
        self.push(Diagnostic::error("event-points", message).at(place).help(help).about(unit, id));
    }

    /// A day-counted event without days and without a date that can be counted.
    pub fn event_needs_days(&mut self, place: Place, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "event-needs-days",
                text!(
                    "mục {id} tính theo ngày: thiếu số ngày",
                    "{id} is counted in days: how many is missing"
                ),
            )
            .at(place)
            .help(text!(
                "ghi số ngày vào count, hoặc ngày nộp vào date (khi mục có due)",
                "give the days in count, or the date in date (where the entry has a due date)"
            ))
            .about(unit, id),
        );
    }

    /// A number of days that its own date does not give.
    pub fn event_days_differ(
        &mut self,
        place: Place,
        unit: &str,
        id: &str,
        given: Decimal,
        computed: Decimal,
    ) {
        let ((gv, ge), (cv, ce)) = (both(given), both(computed));
        self.push(
            Diagnostic::error(
                "event-days-differ",
                text!(
                    "ghi {gv} ngày nhưng ngày nộp cho {cv} ngày",
                    "{ge} days are given, but the date makes {ce}"
                ),
            )
            .at(place)
            .help(text!("để trống một trong hai cột count, date", "leave one of count and date empty"))
            .about(unit, id),
        );
    }

    /// The same event twice.
    pub fn duplicate_event(&mut self, place: Place, unit: &str, id: &str, first: Place) {
        self.push(
            Diagnostic::warning(
                "duplicate-event",
                text!(
                    "hai dòng giống hệt nhau, cả hai đều được tính",
                    "two rows are the same, and both are counted"
                ),
            )
            .at(place)
            .related(text!("dòng kia", "the other row"), first)
            .help(text!(
                "nếu là một việc thì xóa một dòng; nếu là hai việc thì ghi lý do khác nhau",
                "delete one if it is one event; give different reasons if there were two"
            ))
            .about(unit, id),
        );
    }

    /// An event whose criterion or group is missing, unknown, or of the wrong kind.
    pub fn event_target(
        &mut self,
        place: Place,
        unit: &str,
        id: &str,
        found: &str,
        at: At,
        near: Option<&str>,
    ) {
        let message = match at {
            At::Unit => text!(
                "mục {id} trừ ở đơn vị, không trừ ở tiêu chí \"{found}\"",
                "{id} works on the unit, not on criterion \"{found}\""
            ),
            At::Group => text!(
                "mục {id} cần một nhóm ở cột criterion, không phải \"{found}\"",
                "{id} needs a group in the column criterion, not \"{found}\""
            ),
            At::Criterion => text!(
                "mục {id} cần một tiêu chí ở cột criterion, không phải \"{found}\"",
                "{id} needs a criterion in the column criterion, not \"{found}\""
            ),
        };
        self.push(
            Diagnostic::error("event-target", message)
                .at(place)
                .near(near)
                .help(text!(
                    "ghi mã trong bộ tiêu chí; xóa nếu mục này trừ ở đơn vị",
                    "give an id of the set; leave it empty if the entry works on the unit"
                ))
                .about(unit, id),
        );
    }

    /// A target for a criterion that has none, or is not there.
    pub fn no_such_target(&mut self, place: Place, id: &str, unit: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "no-such-target",
                text!(
                    "tiêu chí \"{id}\" của đơn vị {unit} không chấm theo chỉ tiêu",
                    "criterion \"{id}\" of unit {unit} is not held against a target"
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "chỉ tiêu chỉ dùng cho tiêu chí có measure = \"against-target\"",
                "targets are for criteria with measure = \"against-target\""
            ))
            .about(unit, id),
        );
    }
}
