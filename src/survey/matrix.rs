//! Small square matrices: covariances.

/// A square matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// All zeros.
    pub fn zeros(size: usize) -> Matrix {
        Matrix { size, cells: vec![0.0; size * size] }
    }

    /// From a function of row and column.
    pub fn from_fn(size: usize, cell: impl Fn(usize, usize) -> f64) -> Matrix {
        Matrix { size, cells: (0..size * size).map(|at| cell(at / size, at % size)).collect() }
    }

    /// How many rows it has.
    pub fn size(&self) -> usize {
        self.size
    }

    /// A cell.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    /// Adds to a cell.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] += value;
    }

    /// Adds `factor × other`.
    pub fn add_scaled(&mut self, other: &Matrix, factor: f64) {
        self.cells.iter_mut().zip(&other.cells).for_each(|(cell, other)| *cell += factor * other);
    }

    /// Every cell times a factor.
    #[must_use]
    pub fn scaled(mut self, factor: f64) -> Matrix {
        self.cells.iter_mut().for_each(|cell| *cell *= factor);
        self
    }

    /// `aᵀ M b`: the covariance of two linear combinations.
    pub fn form(&self, a: &[f64], b: &[f64]) -> f64 {
        let row = |row: usize| -> f64 { (0..self.size).map(|column| self.at(row, column) * b[column]).sum() };
        (0..self.size).filter(|&at| a[at] != 0.0).map(|at| a[at] * row(at)).sum()
    }

    /// The trace.
    pub fn trace(&self) -> f64 {
        (0..self.size).map(|at| self.at(at, at)).sum()
    }

    /// The product with another matrix of the same size.
    #[must_use]
    pub fn times(&self, other: &Matrix) -> Matrix {
        let cell = |row, column| (0..self.size).map(|at| self.at(row, at) * other.at(at, column)).sum();
        Matrix::from_fn(self.size, cell)
    }

    /// The product with a vector.
    pub fn apply(&self, vector: &[f64]) -> Vec<f64> {
        let row = |row| vector.iter().enumerate().map(|(column, value)| self.at(row, column) * value).sum();
        (0..self.size).map(row).collect()
    }

    /// `G` with `M G M = M` of a symmetric matrix without negative eigenvalues: rows and columns that
    /// the ones before explain stay out (the sweep operator, Goodnight 1979, The American Statistician
    /// 33:149).
    #[must_use]
    pub fn generalized_inverse(mut self) -> Matrix {
        /// What is left of a diagonal cell that others explain is rounding.
        const ROUNDING: f64 = 1e-10;
        let diagonal: Vec<f64> = (0..self.size).map(|at| self.at(at, at)).collect();
        let mut is_swept = vec![false; self.size];
        for pivot in 0..self.size {
            let of = self.at(pivot, pivot);
            if of <= ROUNDING * diagonal[pivot] {
                continue;
            }
            is_swept[pivot] = true;
            let before = self.clone();
            self = Matrix::from_fn(self.size, |row, column| match (row == pivot, column == pivot) {
                (true, true) => 1.0 / of,
                (true, false) => before.at(row, column) / of,
                (false, true) => -before.at(row, column) / of,
                (false, false) => {
                    before.at(row, column) - before.at(row, pivot) * before.at(pivot, column) / of
                }
            });
        }
        let cell = |row, column| if is_swept[row] && is_swept[column] { self.at(row, column) } else { 0.0 };
        Matrix::from_fn(self.size, cell)
    }

    /// `self⁻¹ other`, by Gaussian elimination with the largest pivot; `None` where it is singular.
    pub fn solve(mut self, mut other: Matrix) -> Option<Matrix> {
        for pivot in 0..self.size {
            let size = |row: &usize| self.at(*row, pivot).abs();
            let best = (pivot..self.size).max_by(|a, b| size(a).total_cmp(&size(b)))?;
            if self.at(best, pivot).abs() < f64::MIN_POSITIVE {
                return None;
            }
            self.swap(pivot, best);
            other.swap(pivot, best);
            for row in (0..self.size).filter(|&row| row != pivot) {
                let factor = self.at(row, pivot) / self.at(pivot, pivot);
                self.subtract_row(row, pivot, factor);
                other.subtract_row(row, pivot, factor);
            }
        }
        Some(Matrix::from_fn(self.size, |row, column| other.at(row, column) / self.at(row, row)))
    }

    fn swap(&mut self, a: usize, b: usize) {
        (0..self.size).for_each(|column| self.cells.swap(a * self.size + column, b * self.size + column));
    }

    fn subtract_row(&mut self, row: usize, other: usize, factor: f64) {
        for column in 0..self.size {
            let value = self.at(other, column);
            self.add(row, column, -factor * value);
        }
    }
}
