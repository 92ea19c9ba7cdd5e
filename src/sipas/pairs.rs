//! Sums of satisfied and valid answers for everything that is measured, column by column.
//!
//! Each form adds to all of them. So the sums of one kind stand side by side, and the loop over what is
//! measured is one that compilers make several steps of at once.

use super::account::{By, Sums};
use super::tally::Tally;
use crate::survey::design_effect::SimpleRandom;
use crate::survey::moments::{Moments, Totals};

/// Sums of the pairs `[y, x]` = `w × [satisfied, valid]` of forms with a valid answer.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// How many things are measured.
    parts: usize,
    /// Whether products are needed, as single forms were drawn.
    has_products: bool,
    /// Per group: forms, y, x; with products also yy, xy, xx. Each for all parts.
    groups: Vec<f64>,
    /// Over all groups: w, wyy, wxy, wxx, where y and x are without weights. Each for all parts.
    simple: Vec<f64>,
}

/// Columns of a group without products, and of the sums for a simple random sample.
const SUMS: usize = 3;
const SIMPLE: usize = 4;

impl Pairs {
    /// Nothing yet, of so many things.
    pub fn new(by: By, parts: usize) -> Pairs {
        let has_products = matches!(by, By::Stratum | By::FormInCluster);
        Pairs { parts, has_products, groups: Vec::new(), simple: vec![0.0; SIMPLE * parts] }
    }

    /// How many things are measured.
    pub fn parts(&self) -> usize {
        self.parts
    }

    /// Adds a form to a group.
    pub fn add(&mut self, group: usize, w: f64, tally: &Tally) {
        let parts = self.parts;
        let (y, x) = (&tally.satisfied[..parts], &tally.valid[..parts]);
        let has_products = self.has_products;
        let (sums, products) = self.group(group).split_at_mut(SUMS * parts);
        let [forms, sum_y, sum_x] = columns(sums, parts);
        for at in 0..parts {
            forms[at] += f64::from(u8::from(0.0 < x[at]));
            sum_y[at] += w * y[at];
            sum_x[at] += w * x[at];
        }
        if has_products {
            let [yy, xy, xx] = columns(products, parts);
            let square = w * w;
            for at in 0..parts {
                yy[at] += square * (y[at] * y[at]);
                xy[at] += square * (x[at] * y[at]);
                xx[at] += square * (x[at] * x[at]);
            }
        }
        let [weight, yy, xy, xx] = columns(&mut self.simple, parts);
        for at in 0..parts {
            weight[at] += w * f64::from(u8::from(0.0 < x[at]));
            yy[at] += w * (y[at] * y[at]);
            xy[at] += w * (x[at] * y[at]);
            xx[at] += w * (x[at] * x[at]);
        }
    }

    /// Adds a group of another domain.
    pub fn absorb(&mut self, group: usize, other: &Pairs, of: usize) {
        let width = other.width();
        let Some(more) = other.groups.get(of * width..(of + 1) * width) else { return };
        self.group(group).iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }

    /// Adds what another domain has over all its groups.
    pub fn merge_simple(&mut self, other: &Pairs) {
        self.simple.iter_mut().zip(&other.simple).for_each(|(sum, more)| *sum += more);
    }

    /// The sums of one thing, by group.
    pub fn sums(&self, at: usize) -> Sums {
        let (mut moments, mut totals) = (Moments::new(2), Totals::new(2));
        for (group, row) in self.groups.chunks_exact(self.width()).enumerate() {
            let cell = |column: usize| row[column * self.parts + at];
            let count = cell(0) as u64;
            if 0 < count && self.has_products {
                moments.put(group, count, [cell(1), cell(2)], [cell(3), cell(4), cell(5)]);
            } else if 0 < count {
                totals.put(group, count, &[cell(1), cell(2)]);
            }
        }
        if self.has_products { Sums::Moments(moments) } else { Sums::Totals(totals) }
    }

    /// How many forms have a valid answer to something.
    pub fn count(&self, at: usize) -> u64 {
        self.overall(0, at) as u64
    }

    /// What a simple random sample needs.
    pub fn simple(&self, at: usize) -> SimpleRandom {
        let cell = |column: usize| self.simple[column * self.parts + at];
        let sums = [self.overall(1, at), self.overall(2, at)];
        SimpleRandom::of(self.count(at), cell(0), sums, [cell(1), cell(2), cell(3)])
    }

    fn overall(&self, column: usize, at: usize) -> f64 {
        self.groups.chunks_exact(self.width()).map(|row| row[column * self.parts + at]).sum()
    }

    fn width(&self) -> usize {
        self.parts * if self.has_products { 2 * SUMS } else { SUMS }
    }

    fn group(&mut self, group: usize) -> &mut [f64] {
        let width = self.width();
        if self.groups.len() < (group + 1) * width {
            self.groups.resize((group + 1) * width, 0.0);
        }
        &mut self.groups[group * width..][..width]
    }
}

/// A row cut into its columns.
fn columns<const N: usize>(row: &mut [f64], parts: usize) -> [&mut [f64]; N] {
    let mut columns = row.chunks_exact_mut(parts);
    std::array::from_fn(|_| columns.next().unwrap_or_default())
}
