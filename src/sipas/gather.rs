//! One pass over the forms: each is added to its unit, and to its options of the groups asked for.

use super::account::{Account, By, Domain};
use super::calibrated::{Fitted, Kept, Unfit};
use super::drawing::{Drawing, Seen};
use super::layout::Layout;
use super::measure::Gathered;
use super::tally::Tally;
use super::weighed::Weight;
use crate::answers::{Form, Surveyed};
use crate::validate::answers::Counts;
use rayon::prelude::*;
use std::collections::HashMap;

/// Gathers forms.
#[derive(Debug)]
pub struct Gather<'a> {
    layout: Layout<'a>,
    /// The groups (demographic questions) that are crossed with the units.
    by: Vec<usize>,
    /// How many of the things that are measured are crossed, from the first.
    crossed: usize,
    /// Units are dealt out to these by their numbers, so that all cores can gather. How many there are
    /// changes no sum.
    shards: Vec<Shard>,
    seen: Seen,
    /// The forms, where their weights are to be fitted.
    kept: Option<Kept>,
}

/// How many shards there are.
const SHARDS: usize = 8;

/// The forms of some units.
#[derive(Clone, Debug, Default)]
struct Shard {
    units: HashMap<u32, Account>,
    options: Vec<HashMap<(u32, u8), Account>>,
    tally: Tally,
}

/// How a form is added.
#[derive(Clone, Copy)]
struct Adding<'a> {
    layout: &'a Layout<'a>,
    crossed: usize,
    by: By,
}

impl Shard {
    /// Adds a form to its unit, and to its options of the groups.
    fn count(
        &mut self,
        (unit, codes): (u32, &[u8]),
        tally: &Tally,
        weight: Weight,
        group: u32,
        into: Adding<'_>,
    ) {
        let Adding { layout, crossed, by } = into;
        let new = |measured: usize, domain: Domain| Account::new(layout, by, measured, vec![domain]);
        let account = self.units.entry(unit).or_insert_with(|| new(layout.measured.len(), (unit, None)));
        account.add(layout, tally, weight, group);
        for (at, (options, code)) in self.options.iter_mut().zip(codes).enumerate() {
            let domain = (unit, Some((at, *code)));
            let account = options.entry((unit, *code)).or_insert_with(|| new(crossed, domain));
            account.add(layout, tally, weight, group);
        }
    }
}

impl<'a> Gather<'a> {
    /// No forms yet. The first so many things that are measured, at least one, are crossed with the
    /// groups.
    pub fn new(layout: Layout<'a>, by: Vec<usize>, crossed: usize) -> Gather<'a> {
        let shard = Shard { options: vec![HashMap::new(); by.len()], ..Shard::default() };
        Gather {
            layout,
            by,
            crossed: crossed.max(1),
            shards: vec![shard; SHARDS],
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

    /// Adds forms.
    pub fn add(&mut self, forms: &[Form<'_>]) {
        forms.iter().for_each(|form| self.seen.look(form));
        let (layout, asked) = (&self.layout, &self.by);
        let by = self.seen.kind();
        if let Some(kept) = &mut self.kept {
            let mut tally = Tally::default();
            for form in forms.iter().filter(|form| form.is_valid) {
                tally.count(layout, form);
                kept.push(form, &tally, group(form, by));
            }
            return;
        }
        let into = Adding { layout, crossed: self.crossed, by };
        self.shards.par_iter_mut().enumerate().for_each(|(at, shard)| {
            let mut tally = std::mem::take(&mut shard.tally);
            let mut codes = Vec::new();
            let is_here = |form: &&Form<'_>| form.is_valid && form.unit as usize % SHARDS == at;
            for form in forms.iter().filter(is_here) {
                tally.count(layout, form);
                codes.clear();
                codes.extend(asked.iter().map(|asked| form.groups.get(*asked).copied().unwrap_or(u8::MAX)));
                let weight = Weight::new(form.weight);
                shard.count((form.unit, &codes), &tally, weight, group(form, by), into);
            }
            shard.tally = tally;
        });
    }

    /// Ends the pass.
    pub fn finish(mut self, surveyed: Surveyed) -> Gathered<'a> {
        let by = self.seen.kind();
        let drawing = Drawing::new(std::mem::take(&mut self.seen), &surveyed);
        if drawing.units_are_strata && by == By::Stratum {
            for shard in &mut self.shards {
                let options = shard.options.iter_mut().flatten();
                options.for_each(|((unit, _), account)| account.groups.rename(*unit));
                shard.units.iter_mut().for_each(|(unit, account)| account.groups.rename(*unit));
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
        let into = Adding { layout: &self.layout, crossed: self.crossed, by };
        for form in 0..fitted.kept.len() {
            let codes: Vec<u8> = self.by.iter().map(|asked| fitted.kept.code(form, *asked)).collect();
            let tally = fitted.kept.tally(form, measured);
            let (unit, group) = (fitted.kept.unit(form), fitted.kept.group(form));
            let weight = Weight::new(fitted.weight(form));
            self.shards[unit as usize % SHARDS].count((unit, &codes), &tally, weight, group, into);
        }
        Ok(self.gathered(surveyed, drawing, by, Some(fitted)))
    }

    fn gathered(self, surveyed: Surveyed, drawing: Drawing, by: By, fitted: Option<Fitted>) -> Gathered<'a> {
        let mut units: Vec<Option<Account>> = vec![None; surveyed.units.len()];
        let mut options: Vec<HashMap<(u32, u8), Account>> = vec![HashMap::new(); self.by.len()];
        for shard in self.shards {
            shard.units.into_iter().for_each(|(unit, account)| units[unit as usize] = Some(account));
            options.iter_mut().zip(shard.options).for_each(|(all, some)| all.extend(some));
        }
        let mut all = Account::new(&self.layout, by, self.layout.measured.len(), Vec::new());
        units.iter().flatten().for_each(|account| all.merge(account));
        Gathered {
            layout: self.layout,
            surveyed,
            drawing,
            units,
            all,
            by: self.by.into_iter().zip(options).collect(),
            fitted,
        }
    }
}

/// What the sums of a form are gathered by.
fn group(form: &Form<'_>, by: By) -> u32 {
    match by {
        By::Stratum => form.stratum,
        By::Cluster | By::FormInCluster => form.cluster.unwrap_or_default(),
        By::Second => form.second.unwrap_or_default(),
    }
}
