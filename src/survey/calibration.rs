//! Weights that make the sample agree with what is known of everybody: post-stratification, raking.
//!
//! Weights times `population/estimate` in each cell (Holt & Smith 1979), or one margin after another
//! until all agree (Deming & Stephan 1940). The variance is that of what the cells do not explain:
//! each value less the mean of its cell (Deville & Särndal 1992; `postStratify`, `rake` and
//! `svyrecvar` of R's `survey`). Example: 30 of 100 forms are from men, half of the people are: the
//! men's weights are taken × 50/30, the women's × 50/70.

use super::matrix::Matrix;

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
pub struct Calibrated {
    /// The new weights.
    pub weights: Vec<f64>,
    design_weights: Vec<f64>,
    margins: Vec<Margin>,
    /// The inverse of the weighted products of the columns of all cells.
    solved: Matrix,
}

/// Post-stratification: the weights of each cell add up to its people.
///
/// # Errors
/// A cell that has people but no respondents.
pub fn post_stratify(design_weights: &[f64], margin: &Margin) -> Result<Calibrated, Fault> {
    margin.check(0)?;
    let weights = margin.fitted(design_weights);
    Ok(Calibrated::new(weights, design_weights, std::slice::from_ref(margin)))
}

/// Raking: the weights agree with all margins at once.
///
/// # Errors
/// A cell that has people but no respondents; margins that are not met in so many rounds.
pub fn rake(design_weights: &[f64], margins: &[Margin], until: Until) -> Result<Calibrated, Fault> {
    margins.iter().enumerate().try_for_each(|(at, margin)| margin.check(at))?;
    let mut weights = design_weights.to_vec();
    let (cells, cell_of) = joint(margins, weights.len());
    let mut table = sums(&weights, &cell_of, cells);
    for round in 1..=until.rounds {
        margins.iter().for_each(|margin| weights = margin.fitted(&weights));
        let next = sums(&weights, &cell_of, cells);
        let change = table.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        if change < until.change {
            let is_met = margins.iter().all(|margin| margin.is_met(&weights, until.change));
            let found = || Calibrated::new(weights, design_weights, margins);
            return is_met.then(found).ok_or(Fault::NotMet { rounds: round });
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

impl Calibrated {
    fn new(weights: Vec<f64>, design_weights: &[f64], margins: &[Margin]) -> Calibrated {
        let sizes = margins.iter().map(|margin| margin.population.len());
        let mut explained = Matrix::zeros(sizes.sum());
        for (respondent, weight) in design_weights.iter().enumerate() {
            for row in columns(margins, respondent) {
                columns(margins, respondent).for_each(|column| explained.add(row, column, *weight));
            }
        }
        let solved = explained.generalized_inverse();
        Calibrated { weights, design_weights: design_weights.to_vec(), margins: margins.to_vec(), solved }
    }

    /// What a column of values is for [`super::moments`]: new weight × what is left of the value when
    /// it is regressed on the cells of all margins, by the weights of the design. The column holds all
    /// respondents, with 0 outside of a domain. Its total, for [`super::estimates`], is
    /// [`Calibrated::total`].
    pub fn residuals(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.solved.size()];
        for (respondent, value) in values.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            let weighted = self.design_weights[respondent] * value;
            columns(&self.margins, respondent).for_each(|column| sums[column] += weighted);
        }
        let slopes = self.solved.apply(&sums);
        let left = |(respondent, value): (usize, &f64)| {
            let explained: f64 = columns(&self.margins, respondent).map(|column| slopes[column]).sum();
            self.weights[respondent] * (value - explained)
        };
        values.iter().enumerate().map(left).collect()
    }

    /// The total of a column.
    pub fn total(&self, values: &[f64]) -> f64 {
        values.iter().zip(&self.weights).map(|(value, weight)| value * weight).sum()
    }
}

/// The columns of a respondent's cells, where those of all margins stand side by side.
fn columns(margins: &[Margin], respondent: usize) -> impl Iterator<Item = usize> {
    let mut start = 0;
    margins.iter().map(move |margin| {
        let column = start + margin.cell_of[respondent];
        start += margin.population.len();
        column
    })
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
