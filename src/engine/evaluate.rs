//! One criterion of one unit: N/A, missing, evidence, rule, between 0 and the maximum, rounding.

use super::{Desk, Finding, What};
use crate::criteria_set::{CriteriaSet, Leaf, Missing, NotApplicable};
use crate::lang::Text;
use crate::model::{Dataset, Value};
use crate::number::{compare, plain, settle, shown};
use crate::rule::{Award, Given, Outcome, Status};
use crate::text;
use rust_decimal::Decimal;

impl Desk {
    /// How a leaf comes out for a unit; leaves that it looks at have come out before.
    pub(super) fn evaluate(
        &mut self,
        set: &CriteriaSet,
        missing: Missing,
        data: &Dataset,
        unit: usize,
        at: usize,
    ) -> Outcome {
        let leaf = &set.leaves[at];
        self.values.clear();
        self.values.extend(leaf.columns.clone().map(|column| data.value(unit, column)));
        let answer = match self.values.first() {
            Some(Value::Word(word)) => Some(*word),
            _ => None,
        };
        let points =
            |points| Outcome { status: Status::Scored, points, answer, not_applicable: false, target: None };
        let without =
            |status| Outcome { status, points: Decimal::ZERO, answer, not_applicable: false, target: None };
        if !data.supposed.is_empty()
            && let Some(supposed) = data.supposed.get(&(unit, at))
        {
            return points(self.settle(leaf, *supposed));
        }
        let given = Given { values: &self.values, other: leaf.depends.map(|other| &self.outcomes[other]) };
        let award = leaf.rule.award(&given, &mut self.trace);
        let target = self.trace.take_target();
        if self.trace.has_remarks() {
            let remarks = self.trace.take_remarks();
            self.findings.extend(remarks.map(|remark| Finding {
                unit,
                leaf: at,
                what: What::Remark(remark),
            }));
        }
        if matches!(award, Award::Points(_) | Award::Full) && lacks_evidence(leaf, data, unit) {
            self.trace.step(|| text!("không có tài liệu kiểm chứng: 0 điểm", "no evidence: 0 points"));
            self.find(unit, at, What::NoEvidence);
            return Outcome { target, ..points(Decimal::ZERO) };
        }
        match award {
            Award::Full => Outcome { target, ..points(leaf.max) },
            Award::Points(exact) => {
                let exact = self.reweighted(leaf, exact);
                Outcome { target, ..points(self.settle(leaf, exact)) }
            }
            Award::NotApplicable(why) => {
                let is_found = why.is_some();
                if is_found || leaf.na != NotApplicable::Forbidden {
                    self.find(unit, at, What::NotApplicable(why));
                }
                let outcome = match leaf.na {
                    NotApplicable::Full => points(leaf.max),
                    NotApplicable::Forbidden if !is_found => {
                        self.find(unit, at, What::NaForbidden);
                        without(Status::Faulty)
                    }
                    // What the rule itself finds (0 ÷ 0, a branch on N/A) is the set's own word.
                    NotApplicable::Reduce | NotApplicable::Forbidden => without(Status::NotApplicable),
                };
                Outcome { not_applicable: true, ..outcome }
            }
            Award::Unreadable => without(Status::Faulty),
            Award::Trouble(input, trouble) => {
                self.find(unit, at, What::Trouble(input, trouble));
                without(Status::Faulty)
            }
            Award::Missing(input) => match leaf.missing.unwrap_or(missing) {
                Missing::Error => {
                    self.find(unit, at, What::Missing(input));
                    without(Status::Faulty)
                }
                Missing::Full => points(leaf.max),
                Missing::Zero => {
                    self.missing += 1;
                    without(Status::MissingZero)
                }
                Missing::NotApplicable => {
                    self.missing += 1;
                    without(Status::MissingNotApplicable)
                }
                Missing::NotScored => {
                    self.incomplete.get_or_insert(at);
                    without(Status::MissingZero)
                }
            },
        }
    }

    /// The points of a leaf alone; none where it does not count.
    pub fn points(
        &mut self,
        set: &CriteriaSet,
        missing: Missing,
        data: &Dataset,
        unit: usize,
        leaf: usize,
    ) -> Option<Decimal> {
        if let Some(other) = set.leaves[leaf].depends {
            self.outcomes[other] = self.evaluate(set, missing, data, unit, other);
        }
        let outcome = self.evaluate(set, missing, data, unit, leaf);
        self.findings.clear();
        outcome.status.counts().then_some(outcome.points)
    }

    /// The points of a rule that was written for another maximum, in proportion.
    fn reweighted(&mut self, leaf: &Leaf, exact: Decimal) -> Decimal {
        let Some(written_for) = leaf.written_for.filter(|max| !max.is_zero()) else { return exact };
        let points = settle(exact * leaf.max / written_for);
        self.trace.step(|| {
            Text::by(|lang| {
                let [now, then] = [leaf.max, written_for].map(|max| plain(max, lang));
                format!("{} × {now} ÷ {then} = {}", shown(exact, lang), shown(points, lang))
            })
        });
        points
    }

    /// Holds points between 0 and the maximum, and rounds them.
    fn settle(&mut self, leaf: &Leaf, exact: Decimal) -> Decimal {
        let held = match () {
            () if exact.is_sign_negative() => Decimal::ZERO,
            () if compare(leaf.max, exact).is_lt() => leaf.max,
            () => exact,
        };
        if held != exact {
            self.trace.step(|| Text::by(|lang| format!("{} → {}", shown(exact, lang), plain(held, lang))));
        }
        let Some(rounding) = leaf.rounding.filter(|rounding| rounding.digits < held.scale()) else {
            return held;
        };
        self.trace.end_main();
        let rounded = rounding.apply(held);
        if rounded != held {
            self.trace.step(|| {
                let (digits, value) = (rounding.digits, Text::by(|lang| rounding.text(rounded, lang)));
                let (vi, en) = (value.vi, value.en);
                text!("làm tròn {digits} chữ số: {vi}", "rounded to {digits} digits: {en}")
            });
        }
        rounded
    }

    fn find(&mut self, unit: usize, leaf: usize, what: What) {
        self.findings.push(Finding { unit, leaf, what });
    }
}

fn lacks_evidence(leaf: &Leaf, data: &Dataset, unit: usize) -> bool {
    leaf.evidence.is_some_and(|column| data.value(unit, column) == Value::Missing)
}
