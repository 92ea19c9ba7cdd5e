//! What the forms of a domain add up to: exact counts of labels, and sums for the sampling error.

use super::layout::{Layout, Measured};
use super::pairs::Pairs;
use super::tally::Tally;
use super::weighed::{Weighed, Weight};
use crate::questionnaire::Counts;
use crate::survey::moments::{Moments, Totals};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What a form's sums are gathered by, before the design makes a variance of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Forms were drawn: by stratum.
    Stratum,
    /// Clusters were drawn: by cluster.
    Cluster,
    /// Clusters were drawn, and forms within them of so many: forms by cluster.
    FormInCluster,
    /// Clusters were drawn, and clusters within them: by cluster of the second stage.
    Second,
}

/// Sums of one thing that is measured.
#[derive(Clone, Debug)]
pub enum Sums {
    /// Of single forms.
    Moments(Moments),
    /// Of clusters.
    Totals(Totals),
}

impl Sums {
    /// Nothing yet, for rows of so many values.
    pub fn new(by: By, width: usize) -> Sums {
        match by {
            By::Stratum | By::FormInCluster => Sums::Moments(Moments::new(width)),
            By::Cluster | By::Second => Sums::Totals(Totals::new(width)),
        }
    }

    /// Adds a row to a group.
    pub fn add(&mut self, group: usize, row: &[f64]) {
        match self {
            Sums::Moments(moments) => moments.add(group, row),
            Sums::Totals(totals) => totals.add(group, row),
        }
    }

    /// Adds a group of another domain, whose values stand `offset` values further here.
    pub fn absorb(&mut self, group: usize, other: &Sums, of: usize, offset: usize) {
        match (self, other) {
            (Sums::Moments(moments), Sums::Moments(other)) => moments.absorb(group, other, of, offset),
            (Sums::Totals(totals), Sums::Totals(other)) => totals.absorb(group, other, of, offset),
            _ => {}
        }
    }
}

/// A unit, and one option of one of the groups that were asked for.
pub type Domain = (u32, Option<(usize, u8)>);

/// What the valid forms of a domain add up to.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whose forms they are: units, or those of a unit that chose an option of one of the groups asked
    /// for.
    pub domain: Vec<Domain>,
    /// Valid forms.
    pub forms: Weighed,
    /// Exact counts, by [`Layout::cells`]; behind them those of what is in no cell.
    pub cells: Vec<Weighed>,
    /// For each thing that is measured the sums of `[w × satisfied, w × valid]`, and what a simple
    /// random sample needs.
    pub pairs: Pairs,
    /// Where the overall index is a mean: the pairs of all that it takes, in one row.
    pub wide: Option<Sums>,
    /// What the groups of the sums are: strata, clusters, or clusters of the second stage.
    pub groups: Groups,
}

/// The groups of a domain: few of all that there are.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// Each group of the domain, by its number in the survey.
    pub all: Vec<u32>,
    at: HashMap<u32, usize>,
}

impl Groups {
    /// The only group is this one.
    pub fn rename(&mut self, group: u32) {
        self.all = vec![group];
        self.at = HashMap::from([(group, 0)]);
    }

    /// The number in the domain.
    pub fn number(&mut self, group: u32) -> usize {
        if self.all.last() == Some(&group) {
            return self.all.len() - 1;
        }
        *self.at.entry(group).or_insert_with(|| {
            self.all.push(group);
            self.all.len() - 1
        })
    }
}

impl Account {
    /// Nothing yet, of the first so many things that are measured.
    pub fn new(layout: &Layout<'_>, by: By, measured: usize, domain: Vec<Domain>) -> Account {
        Account {
            domain,
            forms: Weighed::default(),
            cells: vec![Weighed::default(); layout.no_cell() + 1],
            pairs: Pairs::new(by, measured),
            wide: (!layout.mean_of.is_empty()).then(|| Sums::new(by, 2 * layout.mean_of.len())),
            groups: Groups::default(),
        }
    }

    /// Adds a valid form, that is of this group.
    pub fn add(&mut self, layout: &Layout<'_>, tally: &Tally, weight: Weight, group: u32) {
        let group = self.groups.number(group);
        self.forms.add(weight);
        tally.cells.iter().for_each(|cell| self.cells[*cell as usize].add(weight));
        self.pairs.add(group, weight.float, tally);
        if let Some(wide) = &mut self.wide {
            let w = weight.float;
            let pair = |&(_, at): &(f64, usize)| [w * tally.satisfied[at], w * tally.valid[at]];
            let row: Vec<f64> = layout.mean_of.iter().flat_map(pair).collect();
            wide.add(group, &row);
        }
    }

    /// Adds another domain, whose forms are others.
    pub fn merge(&mut self, other: &Account) {
        self.domain.extend(&other.domain);
        self.forms.merge(other.forms);
        self.cells.iter_mut().zip(&other.cells).for_each(|(cell, more)| cell.merge(*more));
        self.pairs.merge_simple(&other.pairs);
        for (of, group) in other.groups.all.iter().enumerate() {
            let group = self.groups.number(*group);
            self.pairs.absorb(group, &other.pairs, of);
            if let (Some(wide), Some(more)) = (&mut self.wide, &other.wide) {
                wide.absorb(group, more, of, 0);
            }
        }
    }

    /// Weighted satisfied and valid answers, exact.
    pub fn exact(&self, layout: &Layout<'_>, measured: Measured) -> (Decimal, Decimal) {
        let (mut satisfied, mut valid) = (Decimal::ZERO, Decimal::ZERO);
        match measured {
            Measured::Part(part) => {
                for item in layout.questionnaire.items_in(part) {
                    for (label, counts) in layout.counts[item].iter().enumerate() {
                        let weight = self.cells[layout.cells[item] + label].weight();
                        match counts {
                            Counts::NoOpinion => {}
                            Counts::NotSatisfied => valid += weight,
                            Counts::Satisfied => (satisfied, valid) = (satisfied + weight, valid + weight),
                        }
                    }
                }
            }
            Measured::Share(share) => {
                let cell = layout.cells[layout.counts.len() + share];
                satisfied = self.cells[cell].weight();
                valid = satisfied + self.cells[cell + 1].weight();
            }
        }
        (satisfied, valid)
    }
}
