//! Mistakes in a criteria set: ids, sums, rules that contradict themselves.

use super::{Diagnostic, Diagnostics};
use crate::lang::Text;
use crate::number::both;
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

impl Diagnostics {
    /// The same id twice.
    pub fn duplicate_id(&mut self, place: Place, id: &str, first: Option<Place>) {
        let mut diagnostic = Diagnostic::error(
            "duplicate-id",
            text!("mã \"{id}\" dùng hai lần", "the id \"{id}\" stands twice"),
        )
        .at(place)
        .help(text!("đổi một trong hai mã", "change one of the two"));
        if let Some(first) = first {
            diagnostic = diagnostic.related(text!("lần đầu ở đây", "first here"), first);
        }
        self.push(diagnostic);
    }

    /// An id with parts that are empty or hold signs that files use otherwise.
    pub fn bad_id(&mut self, place: Place, id: &str) {
        self.push(
            Diagnostic::error("bad-id", text!("mã \"{id}\" không hợp lệ", "\"{id}\" is no valid id")).at(place).help(text!(
                "mã gồm các phần cách nhau bằng dấu chấm, tối đa năm cấp, không có dấu cách, dấu phẩy: 1.2.3",
                "parts separated by points, at most five levels, no spaces or commas: 1.2.3"
            )),
        );
    }

    /// An item id that could not name an input.
    pub fn bad_item_id(&mut self, place: Place, id: &str) {
        self.push(
            Diagnostic::error(
                "bad-id",
                text!("mã \"{id}\" không đặt được làm tên cột", "\"{id}\" cannot name a column"),
            )
            .at(place)
            .help(text!(
                "bắt đầu bằng chữ cái, không có dấu cách, dấu chấm, dấu phẩy, không trùng value, points, numerator, denominator, target, previous, evidence, note: noi-dung",
                "start with a letter, no spaces, points or commas, none of value, points, numerator, denominator, target, previous, evidence, note: noi-dung"
            )),
        );
    }

    /// A criterion whose parent is not in the set.
    pub fn orphan(&mut self, place: Place, id: &str, parent: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "orphan",
                text!(
                    "tiêu chí \"{id}\" không có nhóm \"{parent}\"",
                    "criterion \"{id}\" has no group \"{parent}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "thêm [[criterion]] với id = \"{parent}\"",
                "add a [[criterion]] with id = \"{parent}\""
            )),
        );
    }

    /// A criterion that has both a rule and criteria below it.
    pub fn rule_in_group(&mut self, place: Place, id: &str, child: Place) {
        self.push(
            Diagnostic::error(
                "rule-in-group",
                text!(
                    "\"{id}\" vừa có kind vừa có tiêu chí con",
                    "\"{id}\" has both a kind and criteria below it"
                ),
            )
            .at(place)
            .related(text!("tiêu chí con", "a criterion below it"), child)
            .help(text!(
                "bỏ kind ở nhóm, hoặc đổi mã của tiêu chí con",
                "drop the group's kind, or change the id below it"
            )),
        );
    }

    /// A criterion with neither a rule nor criteria below it.
    pub fn no_rule(&mut self, place: Place, id: &str, kinds: &[&str]) {
        let kinds = kinds.join(", ");
        self.push(
            Diagnostic::error(
                "no-rule",
                text!("tiêu chí \"{id}\" chưa có cách chấm (kind)", "criterion \"{id}\" has no rule (kind)"),
            )
            .at(place)
            .help(text!("thêm kind = \"…\": {kinds}", "add kind = \"…\": {kinds}")),
        );
    }

    /// Parts do not add up to what contains them.
    pub fn does_not_add_up(&mut self, place: Place, what: &Text, sum: Decimal, max: Decimal) {
        let ((sv, se), (mv, me)) = (both(sum), both(max));
        let message = Text {
            vi: format!("{}: các tiêu chí cộng lại được {sv} điểm, không phải {mv}", what.vi),
            en: format!("{}: its criteria add up to {se} points, not {me}", what.en),
        };
        let (dv, de) = both((sum - max).abs());
        let help = if max < sum {
            text!(
                "bớt {dv} điểm ở các tiêu chí, hoặc đặt max = {se}",
                "take {de} points off the criteria, or say max = {se}"
            )
        } else {
            text!(
                "còn thiếu {dv} điểm: thêm tiêu chí, hoặc đặt max = {se}",
                "{de} points are lacking: add criteria, or say max = {se}"
            )
        };
        self.push(Diagnostic::error("does-not-add-up", message).at(place).help(help));
    }

    /// A rule can award more than its criterion's maximum.
    pub fn more_than_maximum(&mut self, place: Place, most: Decimal, max: Decimal) {
        let ((sv, se), (mv, me)) = (both(most), both(max));
        self.push(
            Diagnostic::error(
                "more-than-maximum",
                text!(
                    "cho được {sv} điểm, quá điểm tối đa {mv}",
                    "can award {se} points, more than the maximum {me}"
                ),
            )
            .at(place)
            .help(text!("giảm xuống {mv}, hoặc sửa max", "lower it to {me}, or mend max")),
        );
    }

    /// The best that a rule can award is less than the maximum.
    pub fn best_is_not_maximum(&mut self, place: Place, most: Decimal, max: Decimal) {
        let ((sv, se), (mv, me)) = (both(most), both(max));
        self.push(
            Diagnostic::error(
                "best-is-not-maximum",
                text!(
                    "mức cao nhất chỉ được {sv} điểm, điểm tối đa là {mv}",
                    "the best gives {se} points, the maximum is {me}"
                ),
            )
            .at(place)
            .help(text!(
                "sửa mức cao nhất thành {mv}, hoặc max thành {sv}",
                "make the best {me}, or max {se}"
            )),
        );
    }

    /// The same option twice.
    pub fn duplicate_option(&mut self, place: Place, name: &str) {
        self.push(
            Diagnostic::error(
                "duplicate-option",
                text!("phương án \"{name}\" có hai lần", "the option \"{name}\" stands twice"),
            )
            .at(place),
        );
    }

    /// A band whose bounds leave nothing between them.
    pub fn empty_band(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "empty-band",
                text!("bậc này không chứa giá trị nào", "this band holds no value"),
            )
            .at(place)
            .help(text!("cận dưới phải nhỏ hơn cận trên", "the lower bound must be below the upper")),
        );
    }

    /// Values that no band holds.
    pub fn gap_between_bands(&mut self, place: Place, from: Text, to: Text) {
        let message = Text {
            vi: format!("khoảng từ {} đến {} không thuộc bậc nào", from.vi, to.vi),
            en: format!("no band holds the values from {} to {}", from.en, to.en),
        };
        self.push(Diagnostic::error("gap-between-bands", message).at(place).help(text!(
            "nối các bậc: cận dưới (from) của bậc trên bằng cận trên (below) của bậc dưới; bậc ngoài cùng để trống cận",
            "join the bands: one's from is the other's below; the outermost bounds are left out"
        )));
    }

    /// Values that two bands hold.
    pub fn overlapping_bands(&mut self, place: Place, other: Option<Place>, from: Text, to: Text) {
        let message = Text {
            vi: format!("khoảng từ {} đến {} thuộc hai bậc", from.vi, to.vi),
            en: format!("two bands hold the values from {} to {}", from.en, to.en),
        };
        let mut diagnostic = Diagnostic::error("overlapping-bands", message).at(place).help(text!(
            "thêm cận: \"từ 90 đến dưới 100\" là from = 90, below = 100",
            "add a bound: \"90 to under 100\" is from = 90, below = 100"
        ));
        if let Some(other) = other {
            diagnostic = diagnostic.related(text!("bậc kia", "the other band"), other);
        }
        self.push(diagnostic);
    }

    /// The line from nothing to everything runs the wrong way.
    pub fn anchors_wrong_way(&mut self, place: Place, full: Decimal, zero: Decimal, lower_is_better: bool) {
        let ((fv, fe), (zv, ze)) = (both(full), both(zero));
        let help = if lower_is_better {
            text!(
                "càng thấp càng tốt: zero_at phải lớn hơn full_at",
                "lower is better: zero_at must be above full_at"
            )
        } else {
            text!(
                "zero_at phải nhỏ hơn full_at; nếu càng thấp càng tốt, thêm better = \"lower\"",
                "zero_at must be below full_at; if lower is better, say better = \"lower\""
            )
        };
        self.push(
            Diagnostic::error(
                "anchors-wrong-way",
                text!(
                    "đủ điểm ở {fv} và 0 điểm ở {zv} ngược chiều",
                    "full at {fe} and nothing at {ze} is the wrong way round"
                ),
            )
            .at(place)
            .help(help),
        );
    }

    /// Full points need more than the measure can reach.
    pub fn full_out_of_reach(&mut self, place: Place, full: Decimal, high: Decimal) {
        let ((fv, fe), (hv, he)) = (both(full), both(high));
        let help = if high == Decimal::ONE_HUNDRED {
            text!(
                "sửa full_at, hoặc thêm over_fulfilment = \"count\"",
                "mend full_at, or say over_fulfilment = \"count\""
            )
        } else {
            text!("sửa full_at, hoặc range", "mend full_at, or range")
        };
        self.push(
            Diagnostic::error(
                "full-out-of-reach",
                text!(
                    "đủ điểm ở {fv}, nhưng giá trị cao nhất là {hv}",
                    "full points at {fe}, but the highest value is {he}"
                ),
            )
            .at(place)
            .help(help),
        );
    }

    /// An arm that is for everything else stands before others.
    pub fn otherwise_not_last(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "otherwise-not-last",
                text!(
                    "nhánh không có điều kiện phải đứng cuối",
                    "an arm without a condition must stand last"
                ),
            )
            .at(place)
            .help(text!(
                "thêm answer, points_from, points_below hoặc na",
                "add answer, points_from, points_below or na"
            )),
        );
    }

    /// A branch as an arm of a branch.
    pub fn branch_in_branch(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "branch-in-branch",
                text!("nhánh không thể lại là branch", "an arm cannot be a branch itself"),
            )
            .at(place)
            .help(text!("tách thành một tiêu chí riêng", "make it a criterion of its own")),
        );
    }

    /// A condition on an answer that the other criterion does not take.
    pub fn unknown_answer(
        &mut self,
        place: Place,
        answer: &str,
        on: &str,
        near: Option<&str>,
        known: &[&str],
    ) {
        let known = known.join(", ");
        let mut diagnostic = Diagnostic::error(
            "unknown-answer",
            text!(
                "tiêu chí \"{on}\" không có trả lời \"{answer}\"",
                "criterion \"{on}\" has no answer \"{answer}\""
            ),
        )
        .at(place)
        .near(near);
        diagnostic.help = Some(if known.is_empty() {
            text!(
                "tiêu chí \"{on}\" không chấm bằng trả lời; dùng points_from, points_below",
                "criterion \"{on}\" takes no answers; use points_from, points_below"
            )
        } else {
            text!("các trả lời: {known}", "its answers: {known}")
        });
        self.push(diagnostic);
    }

    /// An outcome of the other criterion leads to no arm.
    pub fn branch_not_exhaustive(&mut self, place: Place, on: &str) {
        self.push(
            Diagnostic::error(
                "branch-not-exhaustive",
                text!(
                    "có kết quả của tiêu chí \"{on}\" không dẫn đến nhánh nào",
                    "some outcome of criterion \"{on}\" leads to no arm"
                ),
            )
            .at(place)
            .help(text!("thêm một nhánh cuối không có điều kiện", "add a last arm without a condition")),
        );
    }

    /// A rule looks at a criterion that is not there or has no rule.
    pub fn unknown_dependency(&mut self, place: Place, id: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-criterion",
                text!("không có tiêu chí \"{id}\" để dựa vào", "there is no criterion \"{id}\" to look at"),
            )
            .at(place)
            .near(near)
            .help(text!(
                "chỉ dựa được vào tiêu chí có kind, không phải nhóm",
                "only a criterion with a kind can be looked at, not a group"
            )),
        );
    }

    /// Criteria whose rules wait for each other.
    pub fn cycle(&mut self, place: Place, path: &[&str]) {
        let path = path.join(" → ");
        self.push(
            Diagnostic::error(
                "cycle",
                text!(
                    "các tiêu chí dựa vào nhau thành vòng: {path}",
                    "criteria look at each other in a circle: {path}"
                ),
            )
            .at(place)
            .help(text!("bỏ on ở một trong các tiêu chí này", "take on out of one of them")),
        );
    }

    /// A tie-break that names nothing.
    pub fn unknown_tie_break(&mut self, place: Place, id: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-criterion",
                text!("tie_break: không có tiêu chí \"{id}\"", "tie_break: there is no criterion \"{id}\""),
            )
            .at(place)
            .near(near),
        );
    }

    /// A grade limit that names no grade of the set.
    pub fn unknown_grade(&mut self, place: Place, grade: &str, near: Option<&str>, known: &[&str]) {
        let help = if known.is_empty() {
            text!("bộ chưa xếp loại: thêm các bảng [[grade]]", "the set has no grades: add [[grade]] tables")
        } else {
            let known = known.join(", ");
            text!("các mức xếp loại: {known}", "its grades: {known}")
        };
        self.push(
            Diagnostic::error(
                "unknown-grade",
                text!("bộ tiêu chí không có mức xếp loại \"{grade}\"", "the set has no grade \"{grade}\""),
            )
            .at(place)
            .near(near)
            .help(help),
        );
    }

    /// A grade limit that looks at nothing in the set.
    pub fn unknown_limit_target(&mut self, place: Place, id: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-criterion",
                text!(
                    "giới hạn xếp loại: không có tiêu chí, điểm thưởng hay điểm trừ \"{id}\"",
                    "grade limit: there is no criterion, bonus or deduction \"{id}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "ghi mã tiêu chí, nhóm, điểm thưởng hay điểm trừ của bộ này",
                "give the id of a criterion, group, bonus or deduction of this set"
            )),
        );
    }

    /// A grade limit whose condition asks for something that its criterion, group or entry has not.
    pub fn limit_condition(&mut self, place: Place, id: &str, lacks: Text) {
        let Text { vi, en } = lacks;
        self.push(
            Diagnostic::error(
                "limit-condition",
                text!("giới hạn xếp loại: \"{id}\" {vi}", "grade limit: \"{id}\" {en}"),
            )
            .at(place)
            .help(text!(
                "dùng points_from, points_below, hoặc answer, share_below, measure_from, measure_below, target nếu hợp với \"{id}\"",
                "use points_from or points_below, or one of answer, share_below, measure_from, measure_below, target that fits \"{id}\""
            )),
        );
    }

    /// A grade limit on a criterion without any condition.
    pub fn no_limit_condition(&mut self, place: Place, id: &str, known: &[&str]) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "limit-condition",
                text!(
                    "giới hạn xếp loại ở tiêu chí \"{id}\" chưa có điều kiện",
                    "the grade limit on criterion \"{id}\" has no condition"
                ),
            )
            .at(place)
            .help(text!(
                "thêm một trong: {known}; chỉ điểm thưởng, điểm trừ không cần điều kiện",
                "add one of: {known}; only a bonus or deduction can go without"
            )),
        );
    }

    /// Grades that are not in falling order, or two of one name.
    pub fn grades_out_of_order(&mut self, place: Place, name: &str) {
        self.push(
            Diagnostic::error(
                "grades-out-of-order",
                text!(
                    "xếp loại \"{name}\" không thấp hơn mức đứng trước",
                    "the grade \"{name}\" is not below the one before it"
                ),
            )
            .at(place)
            .help(text!(
                "xếp các [[grade]] từ cao xuống thấp, mỗi mức một from",
                "order [[grade]] from high to low, each with its own from"
            )),
        );
    }

    /// A set without any criterion.
    pub fn no_criteria(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "no-criteria",
                text!("bộ tiêu chí không có tiêu chí nào", "the set has no criteria"),
            )
            .at(place)
            .help(text!("thêm các bảng [[criterion]]", "add [[criterion]] tables")),
        );
    }

    /// Two settings that cannot both be meant.
    pub fn contradiction(&mut self, place: Place, message: Text) {
        self.push(Diagnostic::error("contradiction", message).at(place));
    }
}
