//! What is written down while a rule works: steps for `explain`, remarks for the checker.

use crate::lang::Text;
use rust_decimal::Decimal;

/// A notebook beside the computation. Steps are only written when somebody will read them.
#[derive(Debug, Default)]
pub struct Trace {
    steps: Option<Vec<Text>>,
    remarks: Vec<Remark>,
    target: Option<bool>,
    /// How many steps lead to the points, before they are rounded.
    main: usize,
}

/// Something that looks wrong although it can be scored.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// More was done than planned: 27 of 24.
    OverFulfilled {
        /// Numerator, or the value.
        done: Decimal,
        /// Denominator, or 100.
        planned: Decimal,
    },
    /// Points were given beside an option that takes none.
    PointsIgnored(Decimal),
    /// A given sum is not what its own parts give.
    SumDiffers {
        /// As given.
        given: Decimal,
        /// As computed.
        computed: Decimal,
    },
    /// A formula gives more points than the maximum.
    AboveMaximum(Decimal),
    /// A given ratio is not what its own numerator and denominator give.
    RatioDiffers {
        /// As given, in %.
        given: Decimal,
        /// As computed, in %.
        computed: Decimal,
    },
}

impl Trace {
    /// A notebook that keeps steps.
    pub fn with_steps() -> Trace {
        Trace { steps: Some(Vec::new()), ..Trace::default() }
    }

    /// Writes a step down, if steps are kept.
    #[inline]
    pub fn step(&mut self, write: impl FnOnce() -> Text) {
        if let Some(steps) = &mut self.steps {
            steps.push(write());
        }
    }

    /// Writes a remark down.
    pub fn remark(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }

    /// Says that the steps so far lead to the points; what follows only rounds them.
    pub fn end_main(&mut self) {
        self.main = self.steps.as_ref().map_or(0, Vec::len);
    }

    /// Takes the steps out, and how many of them lead to the points; none if they are not kept.
    pub fn take_steps(&mut self) -> (Vec<Text>, usize) {
        let steps = self.steps.as_mut().map(std::mem::take).unwrap_or_default();
        let main = if self.main == 0 { steps.len() } else { self.main };
        self.main = 0;
        (steps, main)
    }

    /// Writes down whether a target was met.
    pub fn target(&mut self, is_met: bool) {
        self.target = Some(is_met);
    }

    /// Takes out whether a target was met, if there was one.
    pub fn take_target(&mut self) -> Option<bool> {
        self.target.take()
    }

    /// Whether there are remarks.
    pub fn has_remarks(&self) -> bool {
        !self.remarks.is_empty()
    }

    /// Takes the remarks out.
    pub fn take_remarks(&mut self) -> impl Iterator<Item = Remark> + '_ {
        self.remarks.drain(..)
    }
}
