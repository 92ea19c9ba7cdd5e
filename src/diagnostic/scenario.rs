//! Mistakes in scenarios.

use super::{Diagnostic, Diagnostics};
use crate::lang::Text;
use crate::source::Place;
use crate::text;

impl Diagnostics {
    /// A scenario without changes.
    pub fn scenario_is_empty(&mut self, place: Place) {
        let message = text!("kịch bản không thay đổi gì", "the scenario has no changes");
        self.push(Diagnostic::error("empty-scenario", message).at(place).help(text!(
            "ghi ít nhất một thay đổi: set, points, na, deduct, waive, max, drop, grade, rounding, missing, on",
            "write at least one change: set, points, na, deduct, waive, max, drop, grade, rounding, missing, on"
        )));
    }

    /// A change of something that the round does not have.
    pub fn names_nothing(
        &mut self,
        place: Place,
        what: &Text,
        found: &str,
        near: Option<&str>,
        known: &[&str],
    ) {
        const SHOWN: usize = 12;
        let Text { vi, en } = what;
        let message = text!("không có {vi} \"{found}\"", "there is no {en} \"{found}\"");
        let mut list = known.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
        if SHOWN < known.len() {
            list += ", …";
        }
        let mut diagnostic = Diagnostic::error("names-nothing", message).at(place).near(near);
        if !list.is_empty() {
            diagnostic = diagnostic.help(text!("dùng một trong: {list}", "use one of: {list}"));
        }
        self.push(diagnostic);
    }

    /// A change after which all is as before.
    pub fn changes_nothing(&mut self, place: Place, why: Text) {
        let Text { vi, en } = why;
        let message = text!("thay đổi này không làm gì khác đi: {vi}", "this change changes nothing: {en}");
        self.push(
            Diagnostic::error("changes-nothing", message)
                .at(place)
                .help(text!("bỏ thay đổi này, hoặc sửa giá trị", "take the change out, or mend its value")),
        );
    }

    /// Two changes of one scenario that cannot both be.
    pub fn contradicting_changes(&mut self, place: Place, what: Text, first: Place) {
        let Text { vi, en } = what;
        let message = text!(
            "hai thay đổi của một kịch bản trái nhau: {vi}",
            "two changes of one scenario contradict each other: {en}"
        );
        self.push(
            Diagnostic::error("contradicting-changes", message)
                .at(place)
                .related(text!("thay đổi kia ở đây", "the other change is here"), first)
                .help(text!(
                    "giữ một trong hai, hoặc tách thành hai kịch bản",
                    "keep one of them, or make two scenarios"
                )),
        );
    }

    /// An event that lacks what its entry needs.
    pub fn change_lacks(&mut self, place: Place, key: &str, entry: &str) {
        let message = text!("mục {entry} cần \"{key}\"", "the entry {entry} needs \"{key}\"");
        self.push(
            Diagnostic::error("change-lacks", message)
                .at(place)
                .help(text!("thêm khóa \"{key}\" vào thay đổi", "add the key \"{key}\" to the change")),
        );
    }

    /// A cost that is none.
    pub fn bad_cost(&mut self, place: Place, found: &str, id: &str) {
        let message = match found {
            "" => text!("chi phí của {id} để trống", "the cost of {id} is empty"),
            found => text!("\"{found}\" không phải chi phí", "\"{found}\" is no cost"),
        };
        self.push(Diagnostic::error("bad-cost", message).at(place).help(text!(
            "ghi số không âm, tối đa 4 chữ số sau dấu thập phân, hoặc \"không\" nếu không cải thiện được",
            "write a number that is not negative, with at most 4 digits after the mark, or \"no\" where nothing can be improved"
        )));
    }

    /// A criterion, or a level of it, with two costs.
    pub fn duplicate_cost(&mut self, place: Place, id: &str, first: Place) {
        let message = text!("{id} có hai chi phí", "{id} has two costs");
        self.push(
            Diagnostic::error("duplicate-cost", message)
                .at(place)
                .related(text!("lần đầu ở đây", "first here"), first)
                .help(text!("giữ một dòng, xóa dòng kia", "keep one row and delete the other")),
        );
    }
}
