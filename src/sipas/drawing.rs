//! How the sample was drawn, as the forms and their columns tell it.

use super::account::{Account, By, Groups, Sums};
use crate::answers::{Form, Surveyed};
use crate::survey::design::{Design, Drawn, Fault, Lonely, Population, Within};
use crate::survey::matrix::Matrix;
use crate::survey::moments::Moments;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeSet, HashMap};

/// What the forms say of the design besides [`Surveyed`].
#[derive(Clone, Debug, Default)]
pub struct Seen {
    by: Option<By>,
    /// The finite population of each stratum and unit, from the first form that tells it.
    populations: HashMap<(u32, u32), Decimal>,
    clusters: HashMap<u32, SeenCluster>,
    /// The cluster of each cluster of the second stage.
    cluster_of: HashMap<u32, u32>,
}

#[derive(Clone, Debug)]
struct SeenCluster {
    unit: u32,
    forms: u64,
    population: Option<Decimal>,
}

impl Seen {
    /// What sums are gathered by.
    pub fn kind(&self) -> By {
        self.by.unwrap_or(By::Stratum)
    }

    /// Looks at a form, valid or not.
    pub fn look(&mut self, form: &Form<'_>) {
        self.by.get_or_insert_with(|| match (form.cluster, form.second, form.populations[1]) {
            (None, ..) => By::Stratum,
            (Some(_), Some(_), Some(_)) => By::Second,
            (Some(_), None, Some(_)) => By::FormInCluster,
            (Some(_), ..) => By::Cluster,
        });
        if let Some(population) = form.populations[0] {
            self.populations.entry((form.stratum, form.unit)).or_insert(population);
        }
        if let Some(cluster) = form.cluster {
            let new = SeenCluster { unit: form.unit, forms: 0, population: form.populations[1] };
            self.clusters.entry(cluster).or_insert(new).forms += 1;
            if let Some(second) = form.second {
                self.cluster_of.entry(second).or_insert(cluster);
            }
        }
    }
}

/// The design of a survey.
#[derive(Clone, Debug)]
pub struct Drawing {
    by: By,
    strata: Vec<Drawn>,
    /// The stratum of each cluster, and what was drawn within it.
    clusters: HashMap<u32, (usize, Drawn)>,
    cluster_of: HashMap<u32, u32>,
    /// Whether each unit is a stratum, as files name none.
    pub units_are_strata: bool,
}

impl Drawing {
    /// The design of the forms that were seen.
    pub fn new(seen: Seen, surveyed: &Surveyed) -> Drawing {
        let by = seen.kind();
        let units_are_strata = surveyed.design.stratum.is_none();
        let stratum = |stratum: u32, unit: u32| if units_are_strata { unit } else { stratum } as usize;
        let count = if units_are_strata { surveyed.units.len() } else { surveyed.strata.len() };
        let mut strata = vec![Drawn::default(); count];
        if by == By::Stratum && units_are_strata {
            strata.iter_mut().zip(&surveyed.units).for_each(|(drawn, unit)| drawn.units = unit.forms);
        } else if by == By::Stratum {
            strata.iter_mut().zip(&surveyed.strata).for_each(|(drawn, stratum)| drawn.units = stratum.forms);
        }
        for ((of, unit), people) in &seen.populations {
            strata[stratum(*of, *unit)].population = population(Some(*people));
        }
        let mut seconds: HashMap<u32, u64> = HashMap::new();
        seen.cluster_of.values().for_each(|cluster| *seconds.entry(*cluster).or_default() += 1);
        let mut clusters = HashMap::new();
        for (&cluster, seen) in &seen.clusters {
            let of = surveyed.clusters.get(cluster as usize).map_or(0, |cluster| cluster.stratum);
            let of = stratum(of, seen.unit);
            strata[of].units += 1;
            let units = seconds.get(&cluster).copied().filter(|_| by == By::Second).unwrap_or(seen.forms);
            clusters.insert(cluster, (of, Drawn { units, population: population(seen.population) }));
        }
        Drawing { by, strata, clusters, cluster_of: seen.cluster_of, units_are_strata }
    }

    /// The strata of a domain's groups.
    pub fn strata_of(&self, groups: &Groups) -> BTreeSet<usize> {
        groups.all.iter().map(|group| self.stratum_of(*group)).collect()
    }

    fn stratum_of(&self, group: u32) -> usize {
        match self.by {
            By::Stratum => group as usize,
            By::Cluster | By::FormInCluster => self.cluster(group).0,
            By::Second => self.cluster(self.cluster_of.get(&group).copied().unwrap_or_default()).0,
        }
    }

    fn cluster(&self, cluster: u32) -> (usize, Drawn) {
        self.clusters.get(&cluster).copied().unwrap_or_default()
    }

    /// Degrees of freedom of a domain: its units of the first stage less its strata (R's `degf` of a
    /// subset).
    pub fn degrees_of_freedom(&self, account: &Account) -> f64 {
        let strata = self.strata_of(&account.groups).len() as f64;
        let units = match self.by {
            By::Stratum => account.forms.forms as f64,
            By::Cluster | By::FormInCluster => account.groups.all.len() as f64,
            By::Second => {
                let clusters = account.groups.all.iter().map(|second| self.cluster_of.get(second));
                clusters.collect::<BTreeSet<_>>().len() as f64
            }
        };
        units - strata
    }

    /// Totals of a domain and their covariance.
    ///
    /// # Errors
    /// A stratum, by its number in the survey, whose error cannot be told.
    pub fn covariance(
        &self,
        groups: &Groups,
        sums: &Sums,
        lonely: Lonely,
    ) -> Result<(Vec<f64>, Matrix), Fault> {
        // The strata of the domain alone: in others it is nothing but zeros, which matters only where
        // an average over all strata is taken.
        let touched = self.strata_of(groups).into_iter();
        let strata: Vec<usize> = match lonely {
            Lonely::Average => (0..self.strata.len()).collect(),
            _ => touched.collect(),
        };
        let local = |stratum: usize| strata.binary_search(&stratum).unwrap_or_default();
        let mut design = Design {
            strata: strata.iter().map(|stratum| self.strata[*stratum]).collect(),
            within: None,
            lonely,
        };
        let stratum_of: Vec<usize> = groups.all.iter().map(|group| local(self.stratum_of(*group))).collect();
        let (totals, covariance) = match (sums, self.by) {
            (Sums::Moments(moments), By::FormInCluster) => {
                let units = groups.all.iter().map(|cluster| self.cluster(*cluster).1).collect();
                design.within = Some(Within { units, stratum_of });
                (moments.totals().overall(), design.two_stage_covariance(moments))
            }
            (Sums::Moments(moments), _) => {
                let mut by_stratum = Moments::new(moments.totals().width());
                for (of, stratum) in stratum_of.iter().enumerate() {
                    by_stratum.absorb(*stratum, moments, of, 0);
                }
                (moments.totals().overall(), design.covariance(&by_stratum))
            }
            (Sums::Totals(totals), By::Second) => {
                let cluster = |second: &u32| self.cluster_of.get(second).copied().unwrap_or_default();
                let mut clusters = Groups::default();
                let cluster_of: Vec<usize> =
                    groups.all.iter().map(|second| clusters.number(cluster(second))).collect();
                let of = |cluster: &u32| self.cluster(*cluster);
                let units = clusters.all.iter().map(|cluster| of(cluster).1).collect();
                let stratum_of = clusters.all.iter().map(|cluster| local(of(cluster).0)).collect();
                design.within = Some(Within { units, stratum_of });
                (totals.overall(), design.two_stage_covariance(&Moments::of(totals, &cluster_of)))
            }
            (Sums::Totals(totals), _) => {
                (totals.overall(), design.covariance(&Moments::of(totals, &stratum_of)))
            }
        };
        let covariance = covariance.map_err(|fault| match fault {
            Fault::LonelyStratum(stratum) => Fault::LonelyStratum(strata[stratum]),
            Fault::TooManyInStratum(stratum) => Fault::TooManyInStratum(strata[stratum]),
            other => other,
        })?;
        Ok((totals, covariance))
    }

    /// Nothing yet, for rows of so many values of two domains.
    pub fn sums(&self, width: usize) -> Sums {
        Sums::new(self.by, width)
    }
}

/// A number up to 1 is the share that was drawn, as for R.
fn population(size: Option<Decimal>) -> Population {
    let number = |size: Decimal| size.to_f64().unwrap_or(f64::NAN);
    match size {
        None => Population::Endless,
        Some(size) if size <= Decimal::ONE => Population::Fraction(number(size)),
        Some(size) => Population::Size(number(size)),
    }
}
