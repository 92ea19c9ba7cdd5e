//! Mistakes in the known counts to which the weights of a survey are fitted.

use super::{Diagnostic, Diagnostics};
use crate::lang::Text;
use crate::number::both;
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

impl Diagnostics {
    /// A question that the questionnaire does not ask.
    pub fn unknown_margin(&mut self, place: Place, found: &str, near: Option<&str>, known: &[&str]) {
        let known = known.join(", ");
        let message = text!(
            "bộ câu hỏi không có câu hỏi nhân khẩu \"{found}\"",
            "the questionnaire has no demographic question \"{found}\""
        );
        self.push(
            Diagnostic::error("unknown-margin", message)
                .at(place)
                .near(near)
                .help(text!("dùng một trong: unit, {known}", "use one of: unit, {known}")),
        );
    }

    /// An option that the question does not have.
    pub fn unknown_margin_option(
        &mut self,
        place: Place,
        found: &str,
        of: &str,
        near: Option<&str>,
        known: &[&str],
    ) {
        let known = known.join(", ");
        let message = text!("{of} không có \"{found}\"", "{of} has no \"{found}\"");
        self.push(Diagnostic::error("unknown-margin-option", message).at(place).near(near).help(text!(
            "dùng một trong: {known}; để trống là phiếu không trả lời",
            "use one of: {known}; an empty cell stands for forms that do not answer"
        )));
    }

    /// A unit that the survey does not have.
    pub fn unknown_margin_unit(&mut self, place: Place, found: &str, near: Option<&str>) {
        let message =
            text!("cuộc khảo sát không có đơn vị \"{found}\"", "the survey has no unit \"{found}\"");
        self.push(Diagnostic::error("unknown-margin-unit", message).at(place).near(near).help(text!(
            "ghi mã hay tên đơn vị như trong danh sách đơn vị hoặc tệp phiếu",
            "write the unit's id or name as in the list of units or the answers"
        )));
    }

    /// A table without rows.
    pub fn no_margins(&mut self, place: Place) {
        let message = text!("tệp không có số người nào", "the file has no number of people");
        self.push(Diagnostic::error("no-margins", message).at(place).help(text!(
            "ghi mỗi dòng một lựa chọn của một câu hỏi, hoặc một đơn vị: group,option,people",
            "write a row for each option of a question, or for each unit: group,option,people"
        )));
    }

    /// An option that has two rows.
    pub fn duplicate_margin(&mut self, place: Place, option: &str, of: &str, first: Place) {
        let message = text!("{of} có hai dòng cho \"{option}\"", "{of} has two rows for \"{option}\"");
        self.push(
            Diagnostic::error("duplicate-margin", message)
                .at(place)
                .related(text!("lần đầu ở đây", "first here"), first)
                .help(text!("giữ một dòng, xóa dòng kia", "keep one row and delete the other")),
        );
    }

    /// A number of people that is none.
    pub fn bad_margin_cell(&mut self, place: Place, found: &str) {
        let message = match found {
            "" => text!("ô trống", "the cell is empty"),
            found => text!("\"{found}\" không phải số người", "\"{found}\" is no number of people"),
        };
        self.push(
            Diagnostic::error("bad-margin-cell", message)
                .at(place)
                .help(text!("cần một số lớn hơn 0", "a number above 0 is needed")),
        );
    }

    /// People of whom nobody is in the sample.
    pub fn margin_without_forms(&mut self, place: Place, option: &str, of: &str) {
        let option = if option.is_empty() {
            text!("không trả lời", "not answered")
        } else {
            Text::same(format!("\"{option}\""))
        };
        let (option_vi, option_en) = (option.vi, option.en);
        let message = text!(
            "{of} {option_vi} có người trong tổng thể nhưng không có phiếu hợp lệ nào",
            "{of} {option_en} has people, but no valid form"
        );
        self.push(Diagnostic::error("margin-without-forms", message).at(place).help(text!(
            "gộp số người vào lựa chọn gần nhất, hoặc bỏ câu hỏi này khỏi tệp",
            "add these people to the nearest option, or take the question out of the file"
        )));
    }

    /// Forms of an option that the file has no people for.
    pub fn margin_lacks_option(
        &mut self,
        place: Place,
        option: &str,
        of: &str,
        (forms, weight): (u64, Decimal),
    ) {
        let (weight_vi, weight_en) = both(weight);
        let message = if option.is_empty() {
            text!(
                "{forms} phiếu hợp lệ không trả lời {of}, mà tệp không có dòng để trống cho chúng",
                "{forms} valid forms do not answer {of}, and the file has no empty option for them"
            )
        } else {
            text!(
                "{forms} phiếu hợp lệ trả lời {of} là \"{option}\", mà tệp không có dòng này",
                "{forms} valid forms answer {of} with \"{option}\", and the file has no such row"
            )
        };
        self.push(Diagnostic::error("margin-lacks-option", message).at(place).help(text!(
            "thêm dòng; theo trọng số ban đầu là {weight_vi} người",
            "add the row; by their design weights they are {weight_en} people"
        )));
    }

    /// Forms of a unit that the file has no people for.
    pub fn margin_lacks_unit(&mut self, place: Place, unit: &str, forms: u64, weight: Decimal) {
        let (weight_vi, weight_en) = both(weight);
        let message = text!(
            "đơn vị {unit} có {forms} phiếu hợp lệ, mà tệp không có dòng của đơn vị này",
            "unit {unit} has {forms} valid forms, and the file has no row for it"
        );
        self.push(Diagnostic::error("margin-lacks-unit", message).at(place).help(text!(
            "thêm dòng; theo trọng số ban đầu là {weight_vi} người",
            "add the row; by their design weights they are {weight_en} people"
        )));
    }

    /// Counts that cannot hold together; of each question the sum of its people.
    pub fn margins_not_met(&mut self, place: Place, sums: &[(String, Decimal)]) {
        let list = |vi: bool| {
            let sum = |(id, sum): &(String, Decimal)| {
                let (sum_vi, sum_en) = both(*sum);
                format!("{id} {}", if vi { sum_vi } else { sum_en })
            };
            sums.iter().map(sum).collect::<Vec<_>>().join(", ")
        };
        let (list_vi, list_en) = (list(true), list(false));
        let differ = sums.windows(2).any(|pair| pair[0].1 != pair[1].1);
        let (message, help) = if differ {
            (
                text!(
                    "tổng số người của các câu hỏi không bằng nhau: {list_vi}",
                    "the questions do not add up to the same number of people: {list_en}"
                ),
                text!("sửa tệp để các tổng bằng nhau", "mend the file so that the sums are equal"),
            )
        } else {
            (
                text!(
                    "không trọng số nào của các phiếu này khớp cùng lúc mọi số người trong tệp",
                    "no weights of these forms agree with all counts of the file at once"
                ),
                text!(
                    "bỏ bớt một câu hỏi, hoặc gộp các lựa chọn có ít phiếu",
                    "take a question out, or join options that have few forms"
                ),
            )
        };
        self.push(Diagnostic::error("margins-not-met", message).at(place).help(help));
    }
}
