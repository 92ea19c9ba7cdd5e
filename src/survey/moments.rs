//! What is gathered in one pass over the answers: sums, and sums of products, per group.
//!
//! A row is a handful of weighted values, such as `[w × satisfied, w × valid]`. Where the respondent
//! is the unit of the first stage its row goes straight into [`Moments`] of its stratum, and memory
//! does not grow with the number of forms. Where clusters were drawn, rows are added up per cluster
//! in [`Totals`] first, and the clusters' totals make the moments: [`Moments::of`].

/// Sums of values per group: clusters, or strata.
#[derive(Clone, Debug, PartialEq)]
pub struct Totals {
    width: usize,
    counts: Vec<u64>,
    sums: Vec<f64>,
}

impl Totals {
    /// No groups yet, for rows of so many values.
    pub fn new(width: usize) -> Totals {
        Totals { width, counts: Vec::new(), sums: Vec::new() }
    }

    /// Adds a row to a group.
    pub fn add(&mut self, group: usize, values: &[f64]) {
        debug_assert_eq!(values.len(), self.width, "a row has as many values as all rows");
        self.reach(group + 1);
        self.counts[group] += 1;
        let sums = &mut self.sums[group * self.width..][..self.width];
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
    }

    /// Adds so many rows to a group, by their sums.
    pub fn put(&mut self, group: usize, count: u64, values: &[f64]) {
        self.add(group, values);
        self.counts[group] += count - 1;
    }

    /// Adds a group of others, whose values stand `offset` values further here.
    pub fn absorb(&mut self, group: usize, other: &Totals, of: usize, offset: usize) {
        let Some(more) = other.sums(of) else { return };
        self.reach(group + 1);
        self.counts[group] += other.counts[of];
        let sums = &mut self.sums[group * self.width + offset..][..other.width];
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }

    /// Adds what another pass gathered, group by group.
    pub fn merge(&mut self, other: &Totals) {
        self.reach(other.groups());
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| *sum += more);
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.counts.len()
    }

    /// How many values a row has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows a group has; 0 for one that nothing was added to.
    pub fn count(&self, group: usize) -> u64 {
        self.counts.get(group).copied().unwrap_or(0)
    }

    /// The sums of a group; none for one that nothing was added to.
    pub fn sums(&self, group: usize) -> Option<&[f64]> {
        (0 < self.count(group)).then(|| &self.sums[group * self.width..][..self.width])
    }

    /// The sums over all groups.
    pub fn overall(&self) -> Vec<f64> {
        let mut overall = vec![0.0; self.width];
        for group in 0..self.groups() {
            let sums = &self.sums[group * self.width..][..self.width];
            overall.iter_mut().zip(sums).for_each(|(sum, value)| *sum += value);
        }
        overall
    }

    fn reach(&mut self, groups: usize) {
        if self.groups() < groups {
            self.counts.resize(groups, 0);
            self.sums.resize(groups * self.width, 0.0);
        }
    }
}

/// Sums and sums of products of the units in each group: all that a variance needs.
///
/// Units outside of a domain need not be added: they are zeros, and the design knows how many units
/// there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    totals: Totals,
    /// Per group the products of value `a` and value `b ≤ a`, row by row.
    products: Vec<f64>,
}

impl Moments {
    /// No groups yet, for units of so many values.
    pub fn new(width: usize) -> Moments {
        Moments { totals: Totals::new(width), products: Vec::new() }
    }

    /// The moments of clusters, from their totals and the group that each belongs to.
    pub fn of(clusters: &Totals, group_of: &[usize]) -> Moments {
        let mut moments = Moments::new(clusters.width());
        for (cluster, &group) in group_of.iter().enumerate() {
            if let Some(sums) = clusters.sums(cluster) {
                moments.add(group, sums);
            }
        }
        moments
    }

    /// Adds a unit, by its weighted values or totals, to a group.
    pub fn add(&mut self, group: usize, values: &[f64]) {
        self.totals.add(group, values);
        self.reach();
        let start = group * packed(self.totals.width);
        let products = &mut self.products[start..][..packed(self.totals.width)];
        if let ([y, x], [yy, xy, xx]) = (values, &mut *products) {
            // A ratio, and there are millions of them.
            (*yy, *xy, *xx) = (*yy + y * y, *xy + x * y, *xx + x * x);
            return;
        }
        let mut products = products.iter_mut();
        for (at, value) in values.iter().enumerate() {
            for (other, product) in values[..=at].iter().zip(products.by_ref()) {
                *product += value * other;
            }
        }
    }

    /// Adds so many units to a group, by their sums `[y, x]` and the sums of their products
    /// `[yy, xy, xx]`.
    pub fn put(&mut self, group: usize, count: u64, sums: [f64; 2], products: [f64; 3]) {
        self.totals.put(group, count, &sums);
        self.reach();
        let cells = &mut self.products[group * products.len()..][..products.len()];
        cells.iter_mut().zip(products).for_each(|(cell, more)| *cell += more);
    }

    /// Adds a group of others: units that are not among these, whose values stand `offset` values
    /// further here. What they have in common with values elsewhere is nothing.
    pub fn absorb(&mut self, group: usize, other: &Moments, of: usize, offset: usize) {
        if other.totals.count(of) == 0 {
            return;
        }
        self.totals.absorb(group, &other.totals, of, offset);
        self.reach();
        let (width, start) = (other.totals.width, group * packed(self.totals.width));
        for a in 0..width {
            for b in 0..=a {
                self.products[start + packed(offset + a) + offset + b] += other.product(of, a, b);
            }
        }
    }

    /// Adds what another pass gathered, group by group.
    pub fn merge(&mut self, other: &Moments) {
        self.totals.merge(&other.totals);
        self.reach();
        self.products.iter_mut().zip(&other.products).for_each(|(sum, more)| *sum += more);
    }

    /// The sums without the products.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The sum of products of two values over the units of a group.
    pub fn product(&self, group: usize, a: usize, b: usize) -> f64 {
        let (high, low) = (a.max(b), a.min(b));
        let at = group * packed(self.totals.width) + packed(high) + low;
        self.products.get(at).copied().unwrap_or(0.0)
    }

    /// Units less groups, of those that have any: the degrees of freedom of a domain, as R's `degf`
    /// of a subset.
    pub fn degrees_of_freedom(&self) -> f64 {
        let units: u64 = self.totals.counts.iter().sum();
        let groups = self.totals.counts.iter().filter(|count| 0 < **count).count();
        units as f64 - groups as f64
    }

    fn reach(&mut self) {
        let cells = self.totals.groups() * packed(self.totals.width);
        if self.products.len() < cells {
            self.products.resize(cells, 0.0);
        }
    }
}

/// Cells of a lower triangle with its diagonal.
const fn packed(width: usize) -> usize {
    width * (width + 1) / 2
}
