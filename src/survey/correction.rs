//! Many comparisons: p-values corrected so that chance is not found somewhere (R's `p.adjust`).

/// Holm's correction (1979): the chance of even one false finding stays below the level, whatever
/// the tests have to do with each other. Example: 0.01, 0.04, 0.03 → 0.03, 0.06, 0.06.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let count = p_values.len();
    let mut largest: f64 = 0.0;
    corrected(p_values, ascending(p_values).into_iter(), |rank, p| {
        largest = largest.max((count - rank) as f64 * p);
        largest.min(1.0)
    })
}

/// Benjamini & Hochberg's correction (1995): of what is found, the share of false findings stays
/// below the level on average. Example: 0.01, 0.04, 0.03 → 0.03, 0.04, 0.04.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let count = p_values.len();
    let mut smallest: f64 = 1.0;
    corrected(p_values, ascending(p_values).into_iter().rev(), |step, p| {
        smallest = smallest.min(count as f64 / (count - step) as f64 * p);
        smallest
    })
}

fn ascending(p_values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    order
}

/// Corrects p-values in an order, each by its step.
fn corrected(
    p_values: &[f64],
    order: impl Iterator<Item = usize>,
    mut correct: impl FnMut(usize, f64) -> f64,
) -> Vec<f64> {
    let mut found = vec![1.0; p_values.len()];
    for (step, at) in order.enumerate() {
        found[at] = correct(step, p_values[at]);
    }
    found
}
