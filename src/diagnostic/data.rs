//! Mistakes in results and deductions: headers, units, cells, and what they come to.

use super::{Diagnostic, Diagnostics};
use crate::lang::{Lang, Text};
use crate::number::{both, plain, shown};
use crate::rule::Numbers;
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

impl Diagnostics {
    /// A header that is no column.
    pub fn unknown_column(&mut self, place: Place, header: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-column",
                text!("không hiểu cột \"{header}\"", "the column \"{header}\" is not known"),
            )
            .at(place)
            .near(near)
            .help(text!(
                "sửa tiêu đề cột; cột không cần đọc thì thêm # vào đầu tiêu đề",
                "mend the header; put # before the header of a column that need not be read"
            )),
        );
    }

    /// The same column twice.
    pub fn duplicate_column(&mut self, place: Place, header: &str) {
        self.push(
            Diagnostic::error(
                "duplicate-column",
                text!("cột \"{header}\" có hai lần", "the column \"{header}\" stands twice"),
            )
            .at(place)
            .help(text!("xóa một cột", "delete one of them")),
        );
    }

    /// A column that must be there.
    pub fn missing_column(&mut self, place: Place, name: &str) {
        self.push(
            Diagnostic::error(
                "missing-column",
                text!("thiếu cột \"{name}\"", "the column \"{name}\" is lacking"),
            )
            .at(place)
            .help(text!("thêm cột {name} vào dòng tiêu đề", "add {name} to the header row")),
        );
    }

    /// A results file without a column for units: its first row is no header, or it is another file.
    pub fn no_unit_column(&mut self, place: Place, header: &[String]) {
        let found = header.iter().take(4).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        self.push(
            Diagnostic::error(
                "missing-column",
                text!(
                    "dòng tiêu đề không có cột \"unit\"; các cột đọc được: {found}",
                    "the header has no column \"unit\"; columns found: {found}"
                ),
            )
            .at(place)
            .help(text!(
                "dòng 1 phải là tiêu đề: unit,criterion,value hoặc unit,1.1,1.2,…",
                "row 1 must be the header: unit,criterion,value or unit,1.1,1.2,…"
            )),
        );
    }

    /// A row with more or fewer cells than the header.
    pub fn ragged_row(&mut self, place: Place, found: usize, expected: usize) {
        self.push(
            Diagnostic::error(
                "ragged-row",
                text!(
                    "dòng có {found} ô, tiêu đề có {expected} ô",
                    "the row has {found} cells, the header {expected}"
                ),
            )
            .at(place)
            .help(text!(
                "số có dấu phẩy trong tệp phân cách bằng dấu phẩy phải đặt trong nháy: \"85,5\"",
                "in a comma-separated file a number with a comma stands in quotes: \"85,5\""
            )),
        );
    }

    /// A row without a unit.
    pub fn empty_unit(&mut self, place: Place) {
        self.push(
            Diagnostic::error("empty-unit", text!("dòng không ghi đơn vị", "the row names no unit"))
                .at(place)
                .help(text!("ghi mã đơn vị, hoặc xóa dòng", "write the unit's id, or delete the row")),
        );
    }

    /// A unit that is not in the list.
    pub fn unknown_unit(&mut self, place: Place, unit: &str, near: Option<&str>, near_name: Option<&str>) {
        let near = near.map(|near| match near_name.filter(|name| !name.is_empty()) {
            Some(name) => format!("{near} ({name})"),
            None => near.to_owned(),
        });
        self.push(
            Diagnostic::error(
                "unknown-unit",
                text!(
                    "đơn vị \"{unit}\" không có trong danh sách đơn vị",
                    "the unit \"{unit}\" is not in the list of units"
                ),
            )
            .at(place)
            .near(near.as_deref())
            .help(text!(
                "sửa mã đơn vị, hoặc thêm đơn vị vào danh sách (units)",
                "mend the unit's id, or add the unit to the list (units)"
            ))
            .about(unit, ""),
        );
    }

    /// A unit that was matched although it is written differently.
    pub fn read_as_unit(&mut self, place: Place, found: &str, meant: &str) {
        self.push(
            Diagnostic::warning(
                "read-as-unit",
                text!("đọc \"{found}\" là đơn vị \"{meant}\"", "\"{found}\" is read as the unit \"{meant}\""),
            )
            .at(place)
            .about(meant, ""),
        );
    }

    /// A unit that is in two blocks.
    pub fn two_blocks(&mut self, place: Place, unit: &str, first: &str, second: &str) {
        self.push(
            Diagnostic::error(
                "two-blocks",
                text!(
                    "đơn vị \"{unit}\" thuộc hai khối: \"{first}\" và \"{second}\"",
                    "the unit \"{unit}\" is in two blocks: \"{first}\" and \"{second}\""
                ),
            )
            .at(place)
            .about(unit, ""),
        );
    }

    /// A tier that the round does not have.
    pub fn unknown_tier(&mut self, place: Place, tier: &str, unit: &str, tiers: &[&str]) {
        let near = crate::text::nearest(tier, tiers.iter().copied());
        let tiers = tiers.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-tier",
                text!("không có cấp \"{tier}\" trong đợt đánh giá", "the round has no tier \"{tier}\""),
            )
            .at(place)
            .near(near)
            .help(text!("các cấp: {tiers}", "its tiers: {tiers}"))
            .about(unit, ""),
        );
    }

    /// A second tier where only one is scored.
    pub fn second_tier(&mut self, place: Place, tier: &str, unit: &str, first: &str, first_place: Place) {
        self.push(
            Diagnostic::error(
                "second-tier",
                text!(
                    "đơn vị cấp \"{tier}\" đứng cùng tệp với cấp \"{first}\"",
                    "a unit of tier \"{tier}\" stands among units of tier \"{first}\""
                ),
            )
            .at(place)
            .related(text!("cấp đầu tiên ở đây", "the first tier is here"), first_place)
            .help(text!(
                "chấm nhiều cấp thì lập round.toml với mỗi cấp một [[tier]]",
                "to score several tiers, make a round.toml with a [[tier]] for each"
            ))
            .about(unit, ""),
        );
    }

    /// A criterion that the set does not have.
    pub fn unknown_criterion(
        &mut self,
        place: Place,
        id: &str,
        unit: &str,
        near: Option<&str>,
        is_group: bool,
        set: &str,
    ) {
        let message = if is_group {
            text!(
                "\"{id}\" là nhóm, không chấm điểm trực tiếp",
                "\"{id}\" is a group and is not scored itself"
            )
        } else {
            text!(
                "bộ tiêu chí \"{set}\" không có tiêu chí \"{id}\"",
                "the set \"{set}\" has no criterion \"{id}\""
            )
        };
        self.push(
            Diagnostic::error("unknown-criterion", message)
                .at(place)
                .near(near)
                .help(text!("sửa mã tiêu chí, hoặc xóa dòng", "mend the criterion's id, or delete the row"))
                .about(unit, id),
        );
    }

    /// A stage that is no stage.
    pub fn unknown_stage(&mut self, place: Place, stage: &str, near: Option<&str>, known: &[&str]) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-stage",
                text!("không có lần đánh giá \"{stage}\"", "there is no stage \"{stage}\""),
            )
            .at(place)
            .near(near)
            .help(text!("chọn một trong: {known}", "one of: {known}")),
        );
    }

    /// An input that the criterion does not have.
    pub fn unknown_input(
        &mut self,
        place: Place,
        input: &str,
        unit: &str,
        id: &str,
        near: Option<&str>,
        known: &[&str],
    ) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-input",
                text!(
                    "tiêu chí {id} không có đầu vào \"{input}\"",
                    "criterion {id} has no input \"{input}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!("các đầu vào: {known}", "its inputs: {known}"))
            .about(unit, id),
        );
    }

    /// The same input given twice for a unit.
    pub fn duplicate_value(&mut self, place: Place, unit: &str, id: &str, first: Option<Place>) {
        let mut diagnostic = Diagnostic::error(
            "duplicate-row",
            text!("đơn vị {unit}, tiêu chí {id}: có hai dòng", "unit {unit}, criterion {id}: given twice"),
        )
        .at(place)
        .help(text!("giữ một dòng, xóa dòng kia", "keep one row and delete the other"))
        .about(unit, id);
        if let Some(first) = first {
            diagnostic = diagnostic.related(text!("lần đầu ở đây", "first here"), first);
        }
        self.push(diagnostic);
    }

    /// A unit that has two rows in a wide file or in the list of units.
    pub fn duplicate_unit(&mut self, place: Place, unit: &str, first: Place) {
        self.push(
            Diagnostic::error(
                "duplicate-unit",
                text!("đơn vị \"{unit}\" có hai dòng", "the unit \"{unit}\" has two rows"),
            )
            .at(place)
            .related(text!("lần đầu ở đây", "first here"), first)
            .help(text!("giữ một dòng, xóa dòng kia", "keep one row and delete the other"))
            .about(unit, ""),
        );
    }

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
        let help = if numbers.high == Some(Decimal::ONE_HUNDRED) && Decimal::ONE_HUNDRED < number {
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

    /// An input that is needed is missing.
    pub fn missing_value(&mut self, place: Option<Place>, unit: &str, id: &str, header: &str) {
        let mut diagnostic = Diagnostic::error("missing-value", text!("đơn vị {unit}, tiêu chí {id}: thiếu số liệu \"{header}\"", "unit {unit}, criterion {id}: \"{header}\" is missing"))
            .help(text!(
                "điền số liệu; không áp dụng thì ghi N/A; hoặc để đợt đánh giá quy định: missing = \"zero\" hay \"n/a\" (--missing)",
                "fill it in; write N/A if it does not apply; or let the round say missing = \"zero\" or \"n/a\" (--missing)"
            ))
            .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// A unit without any result.
    pub fn no_results(&mut self, place: Option<Place>, unit: &str) {
        let mut diagnostic = Diagnostic::error(
            "no-results",
            text!("đơn vị {unit} không có số liệu nào", "unit {unit} has no results at all"),
        )
        .help(text!(
            "thêm kết quả của đơn vị, hoặc xóa đơn vị khỏi danh sách",
            "add its results, or take it off the list of units"
        ))
        .about(unit, "");
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// A file without any unit.
    pub fn no_units(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "no-units",
                text!("không có đơn vị nào để chấm", "there are no units to score"),
            )
            .at(place)
            .help(text!(
                "dưới dòng tiêu đề cần ít nhất một dòng số liệu",
                "at least one row of results must follow the header"
            )),
        );
    }

    /// N/A where the criterion forbids it.
    pub fn na_forbidden(&mut self, place: Option<Place>, unit: &str, id: &str) {
        let mut diagnostic = Diagnostic::error(
            "na-forbidden",
            text!(
                "đơn vị {unit}: tiêu chí {id} không cho phép \"không áp dụng\"",
                "unit {unit}: criterion {id} does not allow N/A"
            ),
        )
        .help(text!(
            "điền số liệu, hoặc đặt na = \"reduce\" hay \"full\" cho tiêu chí nếu quyết định cho phép",
            "fill the value in, or say na = \"reduce\" or \"full\" in the criterion if the decision allows it"
        ))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// N/A without a reason.
    pub fn na_without_reason(&mut self, place: Option<Place>, unit: &str, id: &str) {
        let mut diagnostic = Diagnostic::warning(
            "na-without-reason",
            text!(
                "đơn vị {unit}: tiêu chí {id} không áp dụng mà chưa nêu lý do",
                "unit {unit}: criterion {id} is N/A without a reason"
            ),
        )
        .help(text!(
            "ghi lý do vào cột note; lý do được in trong kết quả",
            "give the reason in the column note; it is printed with the result"
        ))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// Evidence is required and there is none.
    pub fn no_evidence(&mut self, place: Option<Place>, unit: &str, id: &str) {
        let mut diagnostic = Diagnostic::warning(
            "no-evidence",
            text!(
                "đơn vị {unit}, tiêu chí {id}: không có tài liệu kiểm chứng, tính 0 điểm",
                "unit {unit}, criterion {id}: no evidence, 0 points"
            ),
        )
        .help(text!("ghi tài liệu kiểm chứng vào cột evidence", "name the evidence in the column evidence"))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// A denominator of 0 where the criterion does not say what that means.
    pub fn zero_denominator(&mut self, place: Option<Place>, unit: &str, id: &str) {
        let mut diagnostic = Diagnostic::error(
            "zero-denominator",
            text!(
                "đơn vị {unit}, tiêu chí {id}: mẫu số bằng 0",
                "unit {unit}, criterion {id}: the denominator is 0"
            ),
        )
        .help(text!(
            "sửa số liệu, hoặc đặt zero_denominator = \"full\", \"zero\" hay \"n/a\" cho tiêu chí",
            "mend the value, or say zero_denominator = \"full\", \"zero\" or \"n/a\" in the criterion"
        ))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// More than 100 % where that is not allowed.
    pub fn over_fulfilled(&mut self, place: Option<Place>, unit: &str, id: &str) {
        let mut diagnostic = Diagnostic::error(
            "over-fulfilled",
            text!(
                "đơn vị {unit}, tiêu chí {id}: tử số lớn hơn mẫu số (quá 100 %)",
                "unit {unit}, criterion {id}: the numerator is above the denominator (over 100 %)"
            ),
        )
        .help(text!(
            "sửa số liệu, hoặc đặt over_fulfilment = \"cap\" cho tiêu chí",
            "mend the value, or say over_fulfilment = \"cap\" in the criterion"
        ))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// More was done than planned; it counts as 100 %.
    pub fn done_beyond_plan(
        &mut self,
        place: Option<Place>,
        unit: &str,
        id: &str,
        done: Decimal,
        planned: Decimal,
    ) {
        let ((dv, de), (pv, pe)) = (both(done), both(planned));
        let mut diagnostic = Diagnostic::warning(
            "over-fulfilled",
            text!(
                "đơn vị {unit}, tiêu chí {id}: {dv} trên {pv}, quá 100 %, tính bằng 100 %",
                "unit {unit}, criterion {id}: {de} of {pe} is over 100 % and counts as 100 %"
            ),
        )
        .help(text!(
            "kiểm tra xem tử số và mẫu số có bị đảo không",
            "check that numerator and denominator are not swapped"
        ))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// A given ratio that its own numbers do not give.
    pub fn ratio_differs(
        &mut self,
        place: Option<Place>,
        unit: &str,
        id: &str,
        given: Decimal,
        computed: Decimal,
    ) {
        let (gv, ge) = both(given);
        let (cv, ce) = (shown(computed, Lang::Vi), shown(computed, Lang::En));
        let mut diagnostic = Diagnostic::warning(
            "ratio-differs",
            text!(
                "đơn vị {unit}, tiêu chí {id}: ghi {gv} % nhưng tử số và mẫu số cho {cv} %",
                "unit {unit}, criterion {id}: {ge} % is given, but numerator and denominator make {ce} %"
            ),
        )
        .help(text!("điểm tính theo tử số và mẫu số", "points follow the numerator and the denominator"))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// Points beside an option that takes none.
    pub fn points_ignored(&mut self, place: Option<Place>, unit: &str, id: &str, points: Decimal) {
        let (vi, en) = both(points);
        let mut diagnostic = Diagnostic::warning(
            "points-ignored",
            text!(
                "phương án đã chọn không nhận điểm riêng: {vi} điểm ghi kèm không được tính",
                "the chosen option takes no points of its own: the {en} points given are not counted"
            ),
        )
        .help(text!(
            "xóa điểm ghi kèm, hoặc chọn phương án khác",
            "delete the points, or choose another option"
        ))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// More free points than the option allows.
    pub fn above_option_limit(&mut self, place: Option<Place>, unit: &str, id: &str, limit: Decimal) {
        let (lv, le) = both(limit);
        let mut diagnostic = Diagnostic::error(
            "above-limit",
            text!(
                "đơn vị {unit}, tiêu chí {id}: phương án này cho tối đa {lv} điểm",
                "unit {unit}, criterion {id}: this option gives at most {le} points"
            ),
        )
        .help(text!("sửa điểm xuống không quá {lv}", "lower the points to at most {le}"))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// An answer that only another arm of the branch takes.
    pub fn wrong_branch(&mut self, place: Option<Place>, unit: &str, id: &str, rule: &Text) {
        let Text { vi, en } = rule;
        let mut diagnostic = Diagnostic::error(
            "wrong-branch",
            text!(
                "đơn vị {unit}, tiêu chí {id}: trả lời không thuộc nhánh đang áp dụng",
                "unit {unit}, criterion {id}: the answer is not one of the arm that applies"
            ),
        )
        .help(text!("nhánh này chấm: {vi}", "this arm awards: {en}"))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }

    /// An outcome that leads to no arm of a branch.
    pub fn no_branch(&mut self, place: Option<Place>, unit: &str, id: &str) {
        let mut diagnostic = Diagnostic::error(
            "no-branch",
            text!(
                "đơn vị {unit}, tiêu chí {id}: kết quả của tiêu chí kia không dẫn đến nhánh nào",
                "unit {unit}, criterion {id}: the outcome of the other criterion leads to no arm"
            ),
        )
        .help(text!(
            "thêm một nhánh cuối không có điều kiện vào bộ tiêu chí",
            "add a last arm without a condition to the criteria set"
        ))
        .about(unit, id);
        diagnostic.place = place;
        self.push(diagnostic);
    }
}
