//! One pass over the forms: each is added to its unit, and to its options of the groups asked for.

use super::account::{Account, By, Domain, Tally};
use super::calibrated::{Fitted, Kept, Unfit};
use super::drawing::{Drawing, Seen};
use super::layout::Layout;
use super::measure::Gathered;
use crate::answers::{Form, Surveyed};
use crate::validate::answers::Counts;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Gathers forms.
#[derive(Debug)]
pub struct Gather<'a> {
    layout: Layout<'a>,
    /// The groups (demographic questions) that are crossed with the units.
    by: Vec<usize>,
    /// How many of the things that are measured are crossed, from the first.
    crossed: usize,
    units: Vec<Option<Account>>,
    options: Vec<HashMap<(u32, u8), Account>>,
    tally: Tally,
    seen: Seen,
    /// The forms, where their weights are to be fitted.
    kept: Option<Kept>,
}

impl<'a> Gather<'a> {
    /// No forms yet. The first so many things that are measured are crossed with the groups.
    pub fn new(layout: Layout<'a>, by: Vec<usize>, crossed: usize) -> Gather<'a> {
        let options = by.iter().map(|_| HashMap::new()).collect();
        Gather {
            layout,
            by,
            crossed,
            units: Vec::new(),
            options,
            tally: Tally::default(),
            seen: Seen::default(),
            kept: None,
        }
    }

    /// Keeps the forms, so that their weights can be fitted to known counts.
    #[must_use]
    pub fn keeping(mut self) -> Gather<'a> {
        self.kept = Some(Kept::default());
        self
    }

    /// Adds a form.
    pub fn add(&mut self, form: &Form<'_>) {
        let by = self.seen.look(form);
        if !form.is_valid {
            return;
        }
        let group = match by {
            By::Stratum => form.stratum,
            By::Cluster | By::FormInCluster => form.cluster.unwrap_or_default(),
            By::Second => form.second.unwrap_or_default(),
        };
        self.tally.count(&self.layout, form);
        if let Some(kept) = &mut self.kept {
            kept.push(form, &self.tally, group);
            return;
        }
        let codes: Vec<u8> =
            self.by.iter().map(|asked| form.groups.get(*asked).copied().unwrap_or(u8::MAX)).collect();
        let tally = std::mem::take(&mut self.tally);
        self.count((form.unit, &codes), &tally, form.weight, (by, group));
        self.tally = tally;
    }

    /// Adds a form to its unit, and to its options of the groups.
    fn count(&mut self, (unit, codes): (u32, &[u8]), tally: &Tally, weight: Decimal, (by, group): (By, u32)) {
        let layout = &self.layout;
        let at = unit as usize;
        if self.units.len() <= at {
            self.units.resize(at + 1, None);
        }
        let new = |measured: usize, domain: Domain| Account::new(layout, by, measured, vec![domain]);
        let account = self.units[at].get_or_insert_with(|| new(layout.measured.len(), (unit, None)));
        account.add(layout, tally, weight, group);
        for (at, (options, code)) in self.options.iter_mut().zip(codes).enumerate() {
            let domain = (unit, Some((at, *code)));
            let account = options.entry((unit, *code)).or_insert_with(|| new(self.crossed, domain));
            account.add(layout, tally, weight, group);
        }
    }

    /// Ends the pass.
    pub fn finish(mut self, surveyed: Surveyed) -> Gathered<'a> {
        let by = self.seen.kind();
        let drawing = Drawing::new(std::mem::take(&mut self.seen), &surveyed);
        if drawing.units_are_strata && by == By::Stratum {
            for (unit, account) in self.units.iter_mut().enumerate() {
                account.iter_mut().for_each(|account| account.groups.rename(unit as u32));
            }
            for ((unit, _), account) in self.options.iter_mut().flatten() {
                account.groups.rename(*unit);
            }
        }
        self.gathered(surveyed, drawing, by, None)
    }

    /// Ends the pass over forms that were kept, with weights that agree with known counts.
    ///
    /// # Errors
    /// Everything that keeps them from agreeing.
    pub fn finish_fitted(
        mut self,
        surveyed: Surveyed,
        counts: &[Counts],
    ) -> Result<Gathered<'a>, Vec<Unfit>> {
        let by = self.seen.kind();
        let drawing = Drawing::new(std::mem::take(&mut self.seen), &surveyed);
        let mut kept = self.kept.take().unwrap_or_default();
        if drawing.units_are_strata && by == By::Stratum {
            kept.rename_groups();
        }
        let fitted = kept.fit(counts)?;
        let measured = self.layout.measured.len();
        for form in 0..fitted.kept.len() {
            let codes: Vec<u8> = self.by.iter().map(|asked| fitted.kept.code(form, *asked)).collect();
            let tally = fitted.kept.tally(form, measured);
            let group = (by, fitted.kept.group(form));
            self.count((fitted.kept.unit(form), &codes), &tally, fitted.weight(form), group);
        }
        Ok(self.gathered(surveyed, drawing, by, Some(fitted)))
    }

    fn gathered(self, surveyed: Surveyed, drawing: Drawing, by: By, fitted: Option<Fitted>) -> Gathered<'a> {
        let mut all = Account::new(&self.layout, by, self.layout.measured.len(), Vec::new());
        self.units.iter().flatten().for_each(|account| all.merge(account));
        Gathered {
            layout: self.layout,
            surveyed,
            drawing,
            units: self.units,
            all,
            by: self.by.into_iter().zip(self.options).collect(),
            fitted,
        }
    }
}
