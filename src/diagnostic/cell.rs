//! Mistakes in single cells: what cannot be read, and what was read in a way that should be known.

use super::{Diagnostic, Diagnostics};
use crate::lang::{Lang, Text};
use crate::number::{both, plain};
use crate::rule::Numbers;
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

impl Diagnostics {
    /// A cell that is none of what its input takes.
    #[expect(clippy::too_many_arguments, reason = "a message names all of what it is about")]
    pub fn not_understood(
        &mut self,
        place: Place,
        found: &str,
        unit: &str,
        id: &str,
        words: &[&str],
        numbers: bool,
        dates: bool,
    ) {
        let near = crate::text::nearest(found, words.iter().copied());
        let quoted = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let expected = Text::by(|lang| {
            let mut kinds: Vec<String> = Vec::new();
            if numbers {
                kinds.push(if lang == Lang::Vi { "một số" } else { "a number" }.to_owned());
            }
            if dates {
                kinds.push(
                    if lang == Lang::Vi { "ngày như 31/12/2026" } else { "a date like 31/12/2026" }
                        .to_owned(),
                );
            }
            if !words.is_empty() {
                kinds.push(if lang == Lang::Vi {
                    format!("một trong {quoted}")
                } else {
                    format!("one of {quoted}")
                });
            }
            kinds.join(if lang == Lang::Vi { " hoặc " } else { " or " })
        });
        let (code, message) = if words.is_empty() {
            let Text { vi, en } = &expected;
            (
                "not-a-number",
                Text {
                    vi: format!("\"{found}\" không phải {vi}"), en: format!("\"{found}\" is not {en}")
                },
            )
        } else {
            (
                "unknown-option",
                text!(
                    "tiêu chí {id} không có phương án \"{found}\"",
                    "criterion {id} has no option \"{found}\""
                ),
            )
        };
        let help = Text {
            vi: format!("cần {}; chưa có số liệu thì để trống, không áp dụng thì ghi N/A", expected.vi),
            en: format!(
                "{} is needed; leave the cell empty for no data, write N/A for not applicable",
                expected.en
            ),
        };
        self.push(Diagnostic::error(code, message).at(place).near(near).help(help).about(unit, id));
    }

    /// A number that can be read in two ways.
    pub fn ambiguous_number(
        &mut self,
        place: Place,
        found: &str,
        unit: &str,
        id: &str,
        decimal: Decimal,
        thousands: Decimal,
    ) {
        let ((dv, de), (tv, te)) = (both(decimal), both(thousands));
        let mark = if found.contains(',') { ("comma", "point") } else { ("point", "comma") };
        let (as_decimal, as_thousands) = mark;
        self.push(
            Diagnostic::error("ambiguous-number", text!("\"{found}\" đọc được hai cách: {dv} hoặc {tv}", "\"{found}\" can be read as {de} or as {te}"))
                .at(place)
                .help(text!(
                    "khai dấu thập phân của tệp: decimal = \"{as_decimal}\" ({dv}) hoặc \"{as_thousands}\" ({tv}), hay --decimal",
                    "declare the file's decimal mark: decimal = \"{as_decimal}\" ({de}) or \"{as_thousands}\" ({te}), or --decimal"
                ))
                .about(unit, id),
        );
    }

    /// A number that is not in the form that the file declares.
    pub fn other_form(&mut self, place: Place, found: &str, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "other-number-form",
                text!(
                    "\"{found}\" không theo dấu thập phân đã khai",
                    "\"{found}\" does not follow the declared decimal mark"
                ),
            )
            .at(place)
            .help(text!("sửa số, hoặc bỏ khai decimal", "mend the number, or do not declare decimal"))
            .about(unit, id),
        );
    }

    /// A number with more digits than can be kept exactly, or too large.
    pub fn number_too_long(&mut self, place: Place, found: &str, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "number-too-long",
                text!(
                    "số \"{found}\" quá dài hoặc quá lớn",
                    "the number \"{found}\" is too long or too large"
                ),
            )
            .at(place)
            .help(text!(
                "không quá 10^15, tối đa 18 chữ số sau dấu thập phân",
                "not beyond 10^15, at most 18 digits after the decimal mark"
            ))
            .about(unit, id),
        );
    }

    /// A percent sign behind a number that is no percentage.
    pub fn no_percent(&mut self, place: Place, found: &str, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "no-percent",
                text!(
                    "tiêu chí {id} không nhận phần trăm: \"{found}\"",
                    "criterion {id} takes no percentage: \"{found}\""
                ),
            )
            .at(place)
            .help(text!("ghi số không có dấu %", "write the number without %"))
            .about(unit, id),
        );
    }

    /// A number outside of what its input can be.
    pub fn value_out_of_range(
        &mut self,
        place: Place,
        number: Decimal,
        unit: &str,
        id: &str,
        numbers: &Numbers,
    ) {
        let expected = Text::by(|lang| {
            let vi = lang == Lang::Vi;
            let show = |number| plain(number, lang);
            let mut words = match (numbers.low, numbers.high) {
                (Some(low), Some(high)) if vi => format!("từ {} đến {}", show(low), show(high)),
                (Some(low), Some(high)) => format!("from {} to {}", show(low), show(high)),
                (Some(low), None) if vi => format!("từ {} trở lên", show(low)),
                (Some(low), None) => format!("{} or more", show(low)),
                (None, Some(high)) if vi => format!("không quá {}", show(high)),
                (None, Some(high)) => format!("at most {}", show(high)),
                (None, None) => String::new(),
            };
            if numbers.whole {
                words = if vi { format!("số nguyên {words}") } else { format!("a whole number {words}") };
            }
            words
        });
        let (nv, ne) = both(number);
        let message = Text {
            vi: format!("giá trị {nv} của tiêu chí {id} nằm ngoài khoảng: cần {}", expected.vi),
            en: format!("the value {ne} of criterion {id} is out of range: expected {}", expected.en),
        };
        let help = if numbers.percent
            && numbers.high == Some(Decimal::ONE_HUNDRED)
            && Decimal::ONE_HUNDRED < number
        {
            text!(
                "kiểm tra dấu thập phân; nếu vượt 100 % là đúng, thêm over_fulfilment = \"cap\" vào tiêu chí",
                "check the decimal mark; if more than 100 % is right, say over_fulfilment = \"cap\" in the criterion"
            )
        } else {
            text!(
                "sửa số liệu, hoặc sửa khoảng cho phép trong bộ tiêu chí",
                "mend the value, or the range in the criteria set"
            )
        };
        self.push(Diagnostic::error("value-out-of-range", message).at(place).help(help).about(unit, id));
    }

    /// A word that was matched although it is written differently.
    pub fn read_as_word(&mut self, place: Place, found: &str, meant: &str, unit: &str, id: &str) {
        self.push(
            Diagnostic::warning(
                "read-as",
                text!("đọc \"{found}\" là \"{meant}\"", "\"{found}\" is read as \"{meant}\""),
            )
            .at(place)
            .about(unit, id),
        );
    }

    /// A number that was read although something stood around it.
    pub fn read_as_number(&mut self, place: Place, found: &str, number: Decimal, unit: &str, id: &str) {
        let (vi, en) = both(number);
        self.push(
            Diagnostic::warning("read-as", text!("đọc \"{found}\" là {vi}", "\"{found}\" is read as {en}"))
                .at(place)
                .about(unit, id),
        );
    }

    /// A file that writes some numbers with a comma and some with a point.
    pub fn both_forms(&mut self, comma: Place, point: Place) {
        self.push(
            Diagnostic::warning(
                "both-number-forms",
                text!(
                    "tệp vừa dùng dấu phẩy vừa dùng dấu chấm thập phân; cả hai được đọc là dấu thập phân",
                    "the file uses both a decimal comma and a decimal point; both are read as decimal marks"
                ),
            )
            .at(comma)
            .related(text!("dấu chấm ở đây", "a point is here"), point)
            .help(text!(
                "khai decimal = \"comma\" hoặc \"point\" để buộc một cách viết",
                "declare decimal = \"comma\" or \"point\" to hold the file to one form"
            )),
        );
    }
}
