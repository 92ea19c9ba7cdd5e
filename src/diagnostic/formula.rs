//! Mistakes in a formula: its signs, its brackets, its names.

use super::{Diagnostic, Diagnostics};
use crate::lang::{Lang, Text};
use crate::number::{plain, reading};
use crate::source::Place;
use crate::text;

impl Diagnostics {
    /// A name that none of the inputs has.
    pub fn unknown_name(&mut self, place: Place, name: &str, near: Option<&str>, known: &[&str]) {
        let known = known.join(", ");
        let help = if ["x", "X"].contains(&name) {
            text!(
                "phép nhân viết * hoặc ×; các tên dùng được: {known}",
                "multiplication is written * or ×; names that can stand here: {known}"
            )
        } else {
            text!("các tên dùng được: {known}", "names that can stand here: {known}")
        };
        self.push(
            Diagnostic::error(
                "unknown-name",
                text!("không có số liệu \"{name}\" trong inputs", "\"{name}\" is none of the inputs"),
            )
            .at(place)
            .near(near)
            .help(help),
        );
    }

    /// An input that no formula looks at.
    pub fn unused_input(&mut self, place: Place, id: &str) {
        self.push(
            Diagnostic::error(
                "unused-input",
                text!("công thức không dùng \"{id}\"", "no formula uses \"{id}\""),
            )
            .at(place)
            .help(text!(
                "đưa vào công thức, hoặc xóa khỏi inputs",
                "use it in a formula, or take it out of inputs"
            )),
        );
    }

    /// An input id that a formula could not name.
    pub fn bad_name(&mut self, place: Place, id: &str) {
        self.push(
            Diagnostic::error(
                "bad-id",
                text!(
                    "mã \"{id}\" không dùng được trong công thức",
                    "\"{id}\" cannot stand in a formula"
                ),
            )
            .at(place)
            .help(text!(
                "chỉ dùng chữ cái, chữ số và dấu gạch dưới, bắt đầu bằng chữ cái, không đặt là max: ho_so_tre",
                "only letters, digits and underscores, a letter first, and not max: ho_so_tre"
            )),
        );
    }

    /// A sign that formulas do not know.
    pub fn formula_sign(&mut self, place: Place, sign: char) {
        let help = match sign {
            ':' => text!("phép chia viết / hoặc ÷", "division is written / or ÷"),
            '%' => text!("50 % viết 0.5 hoặc 50 / 100", "50 % is written 0.5 or 50 / 100"),
            '[' | ']' | '{' | '}' => text!("dùng ngoặc tròn ( )", "use round brackets ( )"),
            _ => text!(
                "công thức gồm + - * / ( ), số viết với dấu chấm, mã trong inputs và max",
                "a formula is made of + - * / ( ), numbers with a point, ids of inputs, and max"
            ),
        };
        self.formula_syntax(
            place,
            text!("công thức không có ký hiệu \"{sign}\"", "formulas have no sign \"{sign}\""),
            help,
        );
    }

    /// A number that is not written as one.
    pub fn formula_number(&mut self, place: Place, written: &str) {
        let meant = reading::read(written, None).ok().map(|read| plain(read.value, Lang::En));
        let help = match meant.filter(|meant| meant != written) {
            Some(meant) if written.contains(',') => {
                text!("dùng dấu chấm thập phân: {meant}", "use a decimal point: {meant}")
            }
            Some(meant) => text!(
                "viết liền, không ngăn hàng nghìn: {meant}",
                "without points between thousands: {meant}"
            ),
            None => text!(
                "dấu chấm chỉ để ngăn phần thập phân; không quá 1 000 000 000, tối đa 10 chữ số sau dấu chấm",
                "a point stands only before the decimals; not beyond 1 000 000 000, with at most 10 digits after the point"
            ),
        };
        self.formula_syntax(
            place,
            text!(
                "\"{written}\" không phải là số trong công thức",
                "\"{written}\" is no number in a formula"
            ),
            help,
        );
    }

    /// Two numbers or names with nothing between them.
    pub fn no_operator(&mut self, place: Place, before: &str) {
        self.formula_syntax(
            place,
            text!("thiếu dấu phép tính trước \"{before}\"", "a sign is lacking before \"{before}\""),
            text!("thêm +, -, * hoặc /", "add +, -, * or /"),
        );
    }

    /// A sign or a bracket where a number or a name is needed.
    pub fn no_operand(&mut self, place: Place) {
        self.formula_syntax(
            place,
            text!("ở đây thiếu một số hoặc một mã", "a number or a name is lacking here"),
            text!("mỗi dấu phép tính đứng giữa hai số hoặc mã", "a sign stands between two numbers or names"),
        );
    }

    /// A bracket that is not closed.
    pub fn bracket_not_closed(&mut self, place: Place) {
        self.formula_syntax(
            place,
            text!("ngoặc mở ở đây không được đóng", "the bracket that opens here is not closed"),
            text!("thêm dấu )", "add a )"),
        );
    }

    /// A bracket that closes none.
    pub fn bracket_not_opened(&mut self, place: Place) {
        self.formula_syntax(
            place,
            text!("ngoặc đóng ở đây không có ngoặc mở", "the bracket that closes here was not opened"),
            text!("bỏ dấu ), hoặc thêm dấu (", "take the ) out, or add a ("),
        );
    }

    /// A division that never has a result.
    pub fn formula_divides_by_zero(&mut self, place: Place) {
        self.formula_syntax(
            place,
            text!("chia cho 0", "division by 0"),
            text!("sửa số chia", "mend the divisor"),
        );
    }

    /// More signs than a formula can have.
    pub fn formula_too_long(&mut self, place: Place, most: usize) {
        self.formula_syntax(
            place,
            text!("công thức dài quá {most} ký tự", "the formula has more than {most} signs"),
            text!("tách thành nhiều tiêu chí", "make several criteria of it"),
        );
    }

    /// More brackets in one another than a formula can have.
    pub fn formula_too_deep(&mut self, place: Place, most: usize) {
        self.formula_syntax(
            place,
            text!("quá {most} lớp ngoặc lồng nhau", "more than {most} brackets lie in one another"),
            text!("bỏ bớt ngoặc", "take some of them out"),
        );
    }

    fn formula_syntax(&mut self, place: Place, message: Text, help: Text) {
        self.push(Diagnostic::error("formula-syntax", message).at(place).help(help));
    }
}
