//! Mistakes in a questionnaire.

use super::{Diagnostic, Diagnostics};
use crate::number::both;
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

impl Diagnostics {
    /// A questionnaire that is neither a file nor one that comes along.
    pub fn unknown_questionnaire(&mut self, name: &str, near: Option<&str>, known: &[&str]) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-questionnaire",
                text!("không có bộ câu hỏi \"{name}\"", "there is no questionnaire \"{name}\""),
            )
            .near(near)
            .help(text!(
                "ghi đường dẫn tới tệp, hoặc một trong: {known}",
                "give the path of a file, or one of: {known}"
            )),
        );
    }

    /// A questionnaire without any item.
    pub fn no_items(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "no-items",
                text!("bộ câu hỏi không có mục hỏi nào", "the questionnaire has no items"),
            )
            .at(place)
            .help(text!("thêm các bảng [[item]]", "add [[item]] tables")),
        );
    }

    /// A factor that no item belongs to.
    pub fn factor_without_items(&mut self, place: Place, factor: &str) {
        self.push(
            Diagnostic::error(
                "factor-without-items",
                text!("yếu tố {factor} không có mục hỏi nào", "the factor {factor} has no items"),
            )
            .at(place)
            .help(text!(
                "ghi factor = \"{factor}\" ở các mục của yếu tố, hoặc xóa yếu tố",
                "say factor = \"{factor}\" in its items, or delete the factor"
            )),
        );
    }

    /// A scale of items on which no label counts as satisfied: every index would be 0.
    pub fn nothing_satisfied(&mut self, place: Place, scale: &str) {
        self.push(
            Diagnostic::error(
                "nothing-satisfied",
                text!(
                    "thang đo {scale} chưa nói mức nào tính là hài lòng",
                    "the scale {scale} does not say which labels count as satisfied"
                ),
            )
            .at(place)
            .help(text!(
                "thêm satisfied = [\"Hài lòng\", \"Rất hài lòng\"]",
                "add satisfied = [\"Hài lòng\", \"Rất hài lòng\"]"
            )),
        );
    }

    /// Weights of factors that add up to neither 1 nor 100.
    pub fn weights_add_up(&mut self, place: Place, sum: Decimal) {
        let (vi, en) = both(sum);
        let message = text!(
            "trọng số các yếu tố cộng lại được {vi}, phải được 100 (hoặc 1)",
            "the weights of the factors add up to {en}, and must to 100 (or 1)"
        );
        self.push(
            Diagnostic::error("weights-add-up", message)
                .at(place)
                .help(text!("sửa weight của các [[factor]]", "mend the weight of the [[factor]] tables")),
        );
    }

    /// A column name that two things claim.
    pub fn same_column(&mut self, place: Place, column: &str, id: &str, other: &str, first: Place) {
        self.push(
            Diagnostic::error(
                "same-column",
                text!(
                    "cột \"{column}\" vừa của {other} vừa của {id}",
                    "the column \"{column}\" is claimed by {other} and by {id}"
                ),
            )
            .at(place)
            .related(text!("{other} ở đây", "{other} is here"), first)
            .help(text!(
                "mỗi cột chỉ là của một mục, một nhóm hay một câu hỏi",
                "a column belongs to one item, group or question"
            )),
        );
    }
}
