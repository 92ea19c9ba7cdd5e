//! Weights that make the sample agree with what is known of everybody: post-stratification, raking.
//!
//! Weights times `population/estimate` in each cell (Holt & Smith 1979), or one margin after another
//! until all agree (Deming & Stephan 1940). The variance is that of what the cells do not explain:
//! each value less the mean of its cell (Deville & Särndal 1992; `postStratify`, `rake` and
//! `svyrecvar` of R's `survey`). Example: 30 of 100 forms are from men, half of the people are: the
//! men's weights are taken × 50/30, the women's × 50/70.

/// Known counts of one question: of each respondent the cell, of each cell the people in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// The cell of each respondent.
    pub cell_of: Vec<usize>,
    /// How many people are in each cell.
    pub population: Vec<f64>,
}

/// Why weights cannot be made to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A cell of a margin in which there are people, but nobody of the sample.
    EmptyCell {
        /// Which margin.
        margin: usize,
        /// Which cell of it.
        cell: usize,
    },
    /// A respondent without a weight in the margin: of a cell that it does not have, or that nobody
    /// lives in.
    UnknownCell {
        /// Which margin.
        margin: usize,
        /// Which respondent.
        respondent: usize,
    },
    /// The margins were not met in so many rounds; they may contradict each other.
    NotMet {
        /// Rounds over all margins.
        rounds: usize,
    },
}

/// When raking ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Until {
    /// No cell of the table of all margins changes by more than so many people in a round.
    pub change: f64,
    /// At most so many rounds.
    pub rounds: usize,
}

impl Default for Until {
    fn default() -> Until {
        Until { change: 1e-9, rounds: 1000 }
    }
}

impl Until {
    /// As R's `rake` by default: a change of one person is enough.
    pub const AS_R: Until = Until { change: 1.0, rounds: 10 };
}

/// Calibrated weights, and what their variance needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrated<'a> {
    /// The new weights.
    pub weights: Vec<f64>,
    design_weights: &'a [f64],
    /// Each margin with the weights after it was fitted last; those of the last are the new weights.
    fitted: Vec<(&'a Margin, Vec<f64>)>,
}

/// Post-stratification: the weights of each cell add up to its people.
///
/// # Errors
/// A cell that has people but no respondents.
pub fn post_stratify<'a>(design_weights: &'a [f64], margin: &'a Margin) -> Result<Calibrated<'a>, Fault> {
    margin.check(0)?;
    let weights = margin.fitted(design_weights);
    Ok(Calibrated { fitted: vec![(margin, weights.clone())], weights, design_weights })
}

/// Raking: the weights agree with all margins at once.
///
/// # Errors
/// A cell that has people but no respondents; margins that are not met in so many rounds.
pub fn rake<'a>(
    design_weights: &'a [f64],
    margins: &'a [Margin],
    until: Until,
) -> Result<Calibrated<'a>, Fault> {
    margins.iter().enumerate().try_for_each(|(at, margin)| margin.check(at))?;
    let mut weights = design_weights.to_vec();
    let (cells, cell_of) = joint(margins, weights.len());
    let mut table = sums(&weights, &cell_of, cells);
    for round in 1..=until.rounds {
        let mut fitted = Vec::with_capacity(margins.len());
        for margin in margins {
            weights = margin.fitted(&weights);
            fitted.push((margin, weights.clone()));
        }
        let next = sums(&weights, &cell_of, cells);
        let change = table.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        if change < until.change {
            let is_met = margins.iter().all(|margin| margin.is_met(&weights, until.change));
            let found = Calibrated { weights, design_weights, fitted };
            return if is_met { Ok(found) } else { Err(Fault::NotMet { rounds: round }) };
        }
        table = next;
    }
    Err(Fault::NotMet { rounds: until.rounds })
}

impl Margin {
    fn check(&self, margin: usize) -> Result<(), Fault> {
        let people = |cell: usize| self.population.get(cell).copied().unwrap_or(0.0);
        let mut is_met = vec![false; self.population.len()];
        for (respondent, &cell) in self.cell_of.iter().enumerate() {
            if people(cell) <= 0.0 {
                return Err(Fault::UnknownCell { margin, respondent });
            }
            is_met[cell] = true;
        }
        let empty = (0..is_met.len()).find(|&cell| 0.0 < people(cell) && !is_met[cell]);
        empty.map_or(Ok(()), |cell| Err(Fault::EmptyCell { margin, cell }))
    }

    /// Whether the weights of each cell add up to its people, but for so many of them or a millionth.
    fn is_met(&self, weights: &[f64], change: f64) -> bool {
        let found = sums(weights, &self.cell_of, self.population.len());
        let is_near = |(found, people): (&f64, &f64)| (found - people).abs() <= change.max(1e-6 * people);
        found.iter().zip(&self.population).all(is_near)
    }

    fn fitted(&self, weights: &[f64]) -> Vec<f64> {
        let found = sums(weights, &self.cell_of, self.population.len());
        let factor = |cell: usize| self.population[cell] / found[cell];
        weights.iter().zip(&self.cell_of).map(|(weight, &cell)| weight * factor(cell)).collect()
    }
}

impl Calibrated<'_> {
    /// What a column of values is for [`super::moments`]: new weight × the part of the value that the
    /// margins do not explain. The column holds all respondents, with 0 outside of a domain. Its total,
    /// for [`super::estimates`], is [`Calibrated::total`].
    pub fn residuals(&self, values: &[f64]) -> Vec<f64> {
        /// Over several margins the means are taken out in turn; R takes as many rounds.
        const ROUNDS: usize = 10;
        let mut left: Vec<f64> =
            values.iter().zip(&self.weights).map(|(value, weight)| value * weight).collect();
        for _ in 0..if self.fitted.len() == 1 { 1 } else { ROUNDS } {
            self.fitted.iter().for_each(|(margin, weights)| self.sweep(&mut left, margin, weights));
        }
        left
    }

    /// Takes from each weighted value the mean of its cell, where respondents count by their weights
    /// in the design.
    fn sweep(&self, left: &mut [f64], margin: &Margin, weights: &[f64]) {
        let of_design: Vec<f64> = left
            .iter()
            .zip(weights)
            .zip(self.design_weights)
            .map(|((value, now), design)| value / now * design)
            .collect();
        let above = sums(&of_design, &margin.cell_of, margin.population.len());
        let below = sums(self.design_weights, &margin.cell_of, margin.population.len());
        for ((value, weight), &cell) in left.iter_mut().zip(weights).zip(&margin.cell_of) {
            *value -= weight * above[cell] / below[cell];
        }
    }

    /// The total of a column.
    pub fn total(&self, values: &[f64]) -> f64 {
        values.iter().zip(&self.weights).map(|(value, weight)| value * weight).sum()
    }
}

/// The cell of each respondent in the table of all margins, and how many cells that has.
fn joint(margins: &[Margin], count: usize) -> (usize, Vec<usize>) {
    let mut cells = 1;
    let mut cell_of = vec![0; count];
    for margin in margins {
        cell_of.iter_mut().zip(&margin.cell_of).for_each(|(at, cell)| *at += cells * cell);
        cells *= margin.population.len();
    }
    (cells, cell_of)
}

fn sums(values: &[f64], cell_of: &[usize], cells: usize) -> Vec<f64> {
    let mut sums = vec![0.0; cells];
    values.iter().zip(cell_of).for_each(|(value, &cell)| sums[cell] += value);
    sums
}
