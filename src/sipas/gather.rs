//! One pass over the forms: each is added to its unit, and to its options of the groups asked for.

use super::account::{Account, By, Tally};
use super::drawing::{Drawing, Seen};
use super::layout::Layout;
use super::measure::Gathered;
use crate::answers::{Form, Surveyed};
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
        }
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
        let layout = &self.layout;
        self.tally.count(layout, form);
        let unit = form.unit as usize;
        if self.units.len() <= unit {
            self.units.resize(unit + 1, None);
        }
        let new = |measured: usize| Account::new(layout, by, measured);
        let account = self.units[unit].get_or_insert_with(|| new(layout.measured.len()));
        account.add(layout, &self.tally, form.weight, group);
        for (options, asked) in self.options.iter_mut().zip(&self.by) {
            let option = form.groups.get(*asked).copied().unwrap_or(u8::MAX);
            let account = options.entry((form.unit, option)).or_insert_with(|| new(self.crossed));
            account.add(layout, &self.tally, form.weight, group);
        }
    }

    /// Ends the pass.
    pub fn finish(mut self, surveyed: Surveyed) -> Gathered<'a> {
        let by = self.seen.kind();
        let drawing = Drawing::new(self.seen, &surveyed);
        if drawing.units_are_strata && by == By::Stratum {
            for (unit, account) in self.units.iter_mut().enumerate() {
                account.iter_mut().for_each(|account| account.groups.rename(unit as u32));
            }
            for ((unit, _), account) in self.options.iter_mut().flatten() {
                account.groups.rename(*unit);
            }
        }
        let mut all = Account::new(&self.layout, by, self.layout.measured.len());
        self.units.iter().flatten().for_each(|account| all.merge(account));
        Gathered {
            layout: self.layout,
            surveyed,
            drawing,
            units: self.units,
            all,
            by: self.by.into_iter().zip(self.options).collect(),
        }
    }
}
