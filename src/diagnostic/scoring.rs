//! Mistakes that show when a criterion is scored: missing inputs, N/A, denominators, limits.

use super::links::first_few;
use super::{Diagnostic, Diagnostics};
use crate::lang::{Lang, Text};
use crate::number::{both, shown};
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

impl Diagnostics {
    /// A criterion for which a wide file has no column.
    pub fn missing_input_column(&mut self, place: Place, header: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "missing-column",
                text!("tệp không có cột \"{header}\" cho tiêu chí {id}", "the file has no column \"{header}\" for criterion {id}"),
            )
            .at(place)
            .help(text!(
                "thêm cột {header}; hoặc để đợt đánh giá quy định: missing = \"zero\", \"n/a\" hay \"not-scored\" (--missing)",
                "add the column {header}; or let the round say missing = \"zero\", \"n/a\" or \"not-scored\" (--missing)"
            ))
            .about("", id),
        );
    }

    /// An input that is needed is missing.
    pub fn missing_value(&mut self, place: Option<Place>, unit: &str, id: &str, header: &str) {
        self.push(Diagnostic::error("missing-value", text!("đơn vị {unit}, tiêu chí {id}: thiếu số liệu \"{header}\"", "unit {unit}, criterion {id}: \"{header}\" is missing"))
            .help(text!(
                "điền số liệu; không áp dụng thì ghi N/A; hoặc để đợt đánh giá quy định: missing = \"zero\", \"n/a\" hay \"not-scored\" (--missing)",
                "fill it in; write N/A if it does not apply; or let the round say missing = \"zero\", \"n/a\" or \"not-scored\" (--missing)"
            ))
            .about(unit, id).at(place));
    }

    /// N/A where the criterion forbids it.
    pub fn na_forbidden(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(Diagnostic::error(
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
        .about(unit, id).at(place));
    }

    /// N/A without a reason.
    pub fn na_without_reason(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(Diagnostic::warning(
            "na-without-reason",
            text!(
                "đơn vị {unit}: tiêu chí {id} không áp dụng mà chưa nêu lý do",
                "unit {unit}: criterion {id} is N/A without a reason"
            ),
        )
        .help(text!(
            "ghi lý do vào cột note (tệp mỗi đơn vị một dòng: cột {id}.note); lý do được in trong kết quả",
            "give the reason in the column note (one row a unit: {id}.note); it is printed with the result"
        ))
        .about(unit, id).at(place));
    }

    /// Evidence is required and there is none.
    pub fn no_evidence(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(
            Diagnostic::warning(
                "no-evidence",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: không có tài liệu kiểm chứng, tính 0 điểm",
                    "unit {unit}, criterion {id}: no evidence, 0 points"
                ),
            )
            .help(text!(
                "ghi tài liệu kiểm chứng vào cột evidence (tệp mỗi đơn vị một dòng: cột {id}.evidence)",
                "name the evidence in the column evidence (one row a unit: {id}.evidence)"
            ))
            .about(unit, id)
            .at(place),
        );
    }

    /// A denominator of 0 where the criterion does not say what that means.
    pub fn zero_denominator(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
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
            .about(unit, id)
            .at(place),
        );
    }

    /// More than 100 % where that is not allowed.
    pub fn over_fulfilled(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
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
            .about(unit, id)
            .at(place),
        );
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
        self.push(
            Diagnostic::warning(
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
            .about(unit, id)
            .at(place),
        );
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
        self.push(
            Diagnostic::warning(
                "ratio-differs",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: ghi {gv} % nhưng tử số và mẫu số cho {cv} %",
                    "unit {unit}, criterion {id}: {ge} % is given, but numerator and denominator make {ce} %"
                ),
            )
            .help(text!("điểm tính theo tử số và mẫu số", "points follow the numerator and the denominator"))
            .about(unit, id)
            .at(place),
        );
    }

    /// A given sum that its own parts do not give.
    pub fn sum_differs(
        &mut self,
        place: Option<Place>,
        unit: &str,
        id: &str,
        given: Decimal,
        computed: Decimal,
    ) {
        let ((gv, ge), (cv, ce)) = (both(given), both(computed));
        self.push(
            Diagnostic::warning(
                "sum-differs",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: ghi tổng {gv} nhưng các phần cộng lại được {cv}",
                    "unit {unit}, criterion {id}: the sum is given as {ge}, but its parts make {ce}"
                ),
            )
            .help(text!(
                "điểm tính theo các phần; sửa tổng hoặc phần sai",
                "points follow the parts; mend the sum or the part that is wrong"
            ))
            .about(unit, id)
            .at(place),
        );
    }

    /// Points beside an option that takes none.
    pub fn points_ignored(&mut self, place: Option<Place>, unit: &str, id: &str, points: Decimal) {
        let (vi, en) = both(points);
        self.push(
            Diagnostic::warning(
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
            .about(unit, id)
            .at(place),
        );
    }

    /// More free points than the option allows.
    pub fn above_option_limit(&mut self, place: Option<Place>, unit: &str, id: &str, limit: Decimal) {
        let (lv, le) = both(limit);
        self.push(
            Diagnostic::error(
                "above-limit",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: phương án này cho tối đa {lv} điểm",
                    "unit {unit}, criterion {id}: this option gives at most {le} points"
                ),
            )
            .help(text!("sửa điểm xuống không quá {lv}", "lower the points to at most {le}"))
            .about(unit, id)
            .at(place),
        );
    }

    /// Fewer free points than the option gives.
    pub fn below_option_limit(&mut self, place: Option<Place>, unit: &str, id: &str, limit: Decimal) {
        let (lv, le) = both(limit);
        self.push(
            Diagnostic::error(
                "below-limit",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: phương án này cho ít nhất {lv} điểm",
                    "unit {unit}, criterion {id}: this option gives at least {le} points"
                ),
            )
            .help(text!(
                "sửa điểm lên ít nhất {lv}, hoặc chọn phương án khác",
                "raise the points to at least {le}, or choose another option"
            ))
            .about(unit, id)
            .at(place),
        );
    }

    /// A formula gives more than the maximum; the maximum counts.
    pub fn above_maximum(
        &mut self,
        place: Option<Place>,
        unit: &str,
        id: &str,
        points: Decimal,
        max: Decimal,
    ) {
        let (pv, pe) = (shown(points, Lang::Vi), shown(points, Lang::En));
        let (mv, me) = both(max);
        self.push(
            Diagnostic::warning(
                "above-maximum",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: công thức cho {pv} điểm, quá điểm tối đa, tính {mv} điểm",
                    "unit {unit}, criterion {id}: the formula gives {pe} points, above the maximum; {me} count"
                ),
            )
            .help(text!("kiểm tra số liệu và công thức", "check the inputs and the formula"))
            .about(unit, id)
            .at(place),
        );
    }

    /// A formula comes to a number that cannot be kept.
    pub fn too_large(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "too-large",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: công thức ra số quá lớn, không tính được",
                    "unit {unit}, criterion {id}: the formula comes to a number that is too large"
                ),
            )
            .help(text!(
                "kiểm tra số liệu; nếu số liệu đúng, viết lại công thức để chia trước khi nhân",
                "check the inputs; if they are right, let the formula divide before it multiplies"
            ))
            .about(unit, id)
            .at(place),
        );
    }

    /// An answer that only another arm of the branch takes.
    pub fn wrong_branch(&mut self, place: Option<Place>, unit: &str, id: &str, rule: &Text) {
        let Text { vi, en } = rule;
        self.push(
            Diagnostic::error(
                "wrong-branch",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: trả lời không thuộc nhánh đang áp dụng",
                    "unit {unit}, criterion {id}: the answer is not one of the arm that applies"
                ),
            )
            .help(text!("nhánh này chấm: {vi}", "this arm awards: {en}"))
            .about(unit, id)
            .at(place),
        );
    }

    /// An outcome that leads to no arm of a branch.
    pub fn no_branch(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
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
            .about(unit, id)
            .at(place),
        );
    }

    /// Units of a tier whose appraisal is their self-assessment, all of them.
    pub fn all_copied(&mut self, place: Option<Place>, tier: &str, count: usize) {
        self.push(
            Diagnostic::warning(
                "self-equals-appraised",
                text!(
                    "cấp \"{tier}\": kết quả thẩm định của cả {count} đơn vị giống hệt tự chấm",
                    "tier \"{tier}\": the appraisal of all {count} units is the same as their self-assessment"
                ),
            )
            .at(place)
            .help(text!(
                "kiểm tra xem điểm thẩm định có chỉ được sao chép từ tự chấm không",
                "check whether the appraisal was only copied from the self-assessment"
            )),
        );
    }

    /// A unit whose appraisal is its self-assessment.
    pub fn copied(&mut self, place: Option<Place>, unit: &str) {
        self.push(
            Diagnostic::warning(
                "self-equals-appraised",
                text!(
                    "đơn vị {unit}: kết quả thẩm định giống hệt tự chấm ở mọi tiêu chí",
                    "unit {unit}: the appraisal is the same as the self-assessment in every criterion"
                ),
            )
            .at(place)
            .help(text!(
                "kiểm tra xem điểm thẩm định có chỉ được sao chép từ tự chấm không",
                "check whether the appraisal was only copied from the self-assessment"
            ))
            .about(unit, ""),
        );
    }

    /// A criterion that units scored themselves and nobody appraised.
    pub fn never_appraised(&mut self, place: Option<Place>, id: &str, units: &[&str]) {
        let (count, list) = (units.len(), first_few(units));
        self.push(
            Diagnostic::warning(
                "never-appraised",
                text!(
                    "tiêu chí {id}: đã tự chấm mà chưa được thẩm định ({count}: {list})",
                    "criterion {id}: self-scored and not appraised ({count}: {list})"
                ),
            )
            .at(place)
            .help(text!(
                "điểm tự chấm đang được tính; thêm kết quả thẩm định",
                "the self-assessed value counts; add the appraisal"
            ))
            .about("", id),
        );
    }

    /// A unit's own explanation counts, because no later stage appraised it.
    pub fn explanation_counts(&mut self, place: Option<Place>, id: &str, units: &[&str]) {
        let (count, list) = (units.len(), first_few(units));
        self.push(
            Diagnostic::warning(
                "explanation-counts",
                text!(
                    "tiêu chí {id}: giá trị do đơn vị giải trình đang được tính, chưa thẩm định lại ({count}: {list})",
                    "criterion {id}: what units explained counts and was not appraised again ({count}: {list})"
                ),
            )
            .at(place)
            .help(text!(
                "thêm kết quả thẩm định lần 2 (appraisal2) hoặc kết quả cuối (final)",
                "add the second appraisal (appraisal2) or the final result (final)"
            ))
            .about("", id),
        );
    }
}
