//! Mistakes around blank sheets: what keeps them from being written, and what came back.

use super::{Diagnostic, Diagnostics};
use crate::lang::Lang;
use crate::number::shown;
use crate::source::Place;
use crate::text;
use crate::text::quoted;
use rust_decimal::Decimal;

impl Diagnostics {
    /// A round without a list of units, for which no sheets can be written.
    pub fn no_unit_list(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "no-unit-list",
                text!("đợt đánh giá không có danh sách đơn vị", "the round has no list of units"),
            )
            .at(place)
            .help(text!(
                "thêm units = \"units.csv\" vào [round], và lập tệp đó với các cột unit,name,tier",
                "add units = \"units.csv\" to [round], and write that file with the columns unit,name,tier"
            )),
        );
    }

    /// A tier of which the list of units has none.
    pub fn no_listed_units(&mut self, place: Option<Place>, tier: &str) {
        let (vi, en) = match tier {
            "" => (String::new(), String::new()),
            tier => (format!(" cấp \"{tier}\""), format!(" of the tier \"{tier}\"")),
        };
        self.push(
            Diagnostic::error(
                "no-listed-units",
                text!("danh sách không có đơn vị nào{vi}", "the list has no units{en}"),
            )
            .at(place)
            .help(text!(
                "thêm đơn vị vào danh sách (units), mỗi đơn vị một dòng",
                "add units to the list (units), a row each"
            )),
        );
    }

    /// A pattern of files that no file matches; `folder` is the one that is not there.
    pub fn no_sheets(&mut self, place: Place, pattern: &str, folder: Option<&str>, near: Option<&str>) {
        let (vi, en) = match folder {
            None => (String::new(), String::new()),
            Some(folder) => (format!(": chưa có thư mục {folder}"), format!(": there is no folder {folder}")),
        };
        self.push(
            Diagnostic::error(
                "no-sheets",
                text!("không có tệp nào khớp \"{pattern}\"{vi}", "no file matches \"{pattern}\"{en}"),
            )
            .at(place)
            .near(near)
            .help(text!(
                "bỏ phiếu đã điền vào thư mục đó; phiếu trống: parindex template",
                "put the filled sheets into that folder; blank ones: parindex template"
            )),
        );
    }

    /// Units of which no sheet came.
    pub fn sheets_missing(&mut self, place: Option<Place>, (units, of): (usize, usize), missing: &[String]) {
        const NAMED: usize = 20;
        let mut names = missing.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let (mut vi, mut en) = (names.clone(), std::mem::take(&mut names));
        if NAMED < missing.len() {
            let more = missing.len() - NAMED;
            vi += &format!(" và {more} đơn vị khác");
            en += &format!(" and {more} more");
        }
        self.push(
            Diagnostic::error(
                "sheets-missing",
                text!(
                    "{units} trên {of} đơn vị đã nộp phiếu; còn thiếu: {vi}",
                    "{units} of {of} units have handed in; missing: {en}"
                ),
            )
            .at(place)
            .help(text!(
                "bỏ phiếu của các đơn vị đó vào thư mục; đơn vị không phải nộp thì ghi \"không: lý do\" ở cột xếp hạng (ranked) của danh sách",
                "put their sheets into the folder; for a unit that need not hand in write \"no: reason\" under ranked in the list"
            )),
        );
    }

    /// A sheet in which nothing was entered.
    pub fn blank_sheet(&mut self, place: Place, unit: &str) {
        self.push(
            Diagnostic::error(
                "blank-sheet",
                text!(
                    "phiếu của đơn vị \"{unit}\" chưa điền gì",
                    "nothing was entered in the sheet of the unit \"{unit}\""
                ),
            )
            .at(place)
            .help(text!(
                "trả lại đơn vị để điền, hoặc xóa tệp",
                "send it back to be filled in, or delete the file"
            ))
            .about(unit, ""),
        );
    }

    /// Two sheets of the same unit.
    pub fn handed_in_twice(&mut self, place: Place, unit: &str, first: Place) {
        self.push(
            Diagnostic::error(
                "handed-in-twice",
                text!("đơn vị \"{unit}\" có hai phiếu", "there are two sheets of the unit \"{unit}\""),
            )
            .at(place)
            .related(text!("phiếu kia", "the other one"), first)
            .help(text!(
                "giữ phiếu đúng, chuyển phiếu kia ra khỏi thư mục",
                "keep the right one and move the other out of the folder"
            ))
            .about(unit, ""),
        );
    }

    /// A locked cell of a sheet that was changed; one by which rows are read is an error.
    pub fn changed_cell(&mut self, place: Place, was: &str, is: &str, is_read: bool, unit: &str) {
        let word = |text: &str, empty: &str| match text {
            "" => empty.to_owned(),
            text => format!("\"{}\"", quoted(text)),
        };
        let (was_vi, is_vi) = (word(was, "trống"), word(is, "trống"));
        let (was_en, is_en) = (word(was, "empty"), word(is, "empty"));
        let message = text!(
            "ô khóa bị sửa: vốn là {was_vi}, nay là {is_vi}",
            "a locked cell was changed: it was {was_en} and is {is_en}"
        );
        let diagnostic = match is_read {
            true => Diagnostic::error("changed-cell", message).help(text!(
                "ghi lại {was_vi} vào ô này, hoặc chép số liệu sang phiếu trống mới",
                "write {was_en} into the cell again, or copy the figures into a new blank sheet"
            )),
            false => Diagnostic::warning("changed-cell", message).help(text!(
                "ô này không được dùng khi chấm; hỏi lại đơn vị",
                "nothing is computed from this cell; ask the unit"
            )),
        };
        self.push(diagnostic.at(place).about(unit, ""));
    }

    /// A sheet that is not the one that would be written now.
    pub fn other_sheet(&mut self, place: Place, rows: usize, set: &str, unit: &str) {
        self.push(
            Diagnostic::warning(
                "other-sheet",
                text!(
                    "{rows} dòng của phiếu khác với phiếu trống của bộ tiêu chí \"{set}\", từ ô này",
                    "{rows} rows of the sheet differ from the blank sheet of the set \"{set}\", from this cell on"
                ),
            )
            .at(place)
            .help(text!(
                "dòng đã bị thêm, xóa, chuyển chỗ, hoặc bộ tiêu chí đã đổi sau khi phát phiếu; kiểm tra lại phiếu này",
                "rows were added, deleted or moved, or the set has changed since; look at the sheet"
            ))
            .about(unit, ""),
        );
    }

    /// Points that a unit gave itself and that its own figures do not give.
    pub fn own_points_differ(
        &mut self,
        place: Place,
        unit: &str,
        criterion: &str,
        own: Decimal,
        computed: Decimal,
    ) {
        let lang = |lang| [shown(own, lang), shown(computed, lang)];
        let ([own_vi, vi], [own_en, en]) = (lang(Lang::Vi), lang(Lang::En));
        self.push(
            Diagnostic::warning(
                "own-points-differ",
                text!(
                    "đơn vị {unit}, tiêu chí {criterion}: tự chấm {own_vi} điểm, số liệu của chính đơn vị cho {vi} điểm",
                    "unit {unit}, criterion {criterion}: it gives itself {own_en} points, its own figures give {en}"
                ),
            )
            .at(place)
            .help(text!(
                "hỏi lại đơn vị: số liệu hay điểm tự chấm sai; điểm được tính từ số liệu",
                "ask the unit whether the figures or the points are wrong; points are computed from the figures"
            ))
            .about(unit, criterion),
        );
    }
}
