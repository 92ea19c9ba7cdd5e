//! Mistakes around blank sheets: what keeps them from being written, and what came back.

use super::{Diagnostic, Diagnostics};
use crate::source::Place;
use crate::text;

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
}
