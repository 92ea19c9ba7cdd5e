//! Percentages that look like fractions of 1: 0.985 among 97.2 and 99.1 was meant as 98.5.

use rust_decimal::Decimal;

/// Others are far above 1 % where their middle one is at least this.
const FAR_ABOVE: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// The places of values above 0 and up to 1, where half of all values are far above that. A 1 alone
/// may be one of something that is counted.
pub fn fractions(values: &[Decimal]) -> Vec<usize> {
    let is_small = |value: &Decimal| Decimal::ZERO < *value && *value <= Decimal::ONE;
    let small: Vec<usize> = (0..values.len()).filter(|&at| is_small(&values[at])).collect();
    if small.iter().all(|&at| values[at] == Decimal::ONE) || values.len() < 2 * small.len() {
        return Vec::new();
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    if sorted[sorted.len() / 2] < FAR_ABOVE { Vec::new() } else { small }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_among_percentages_is_seen_and_a_small_percentage_among_others_is_not() {
        let numbers = |list: &[&str]| list.iter().map(|text| text.parse().unwrap()).collect::<Vec<Decimal>>();
        assert_eq!(fractions(&numbers(&["81.2", "0.865", "90.1"])), [1]);
        assert!(fractions(&numbers(&["0.4", "1.9", "0.9"])).is_empty());
        assert!(fractions(&numbers(&["0.9"])).is_empty());
        assert!(fractions(&numbers(&["81.2", "0", "90.1"])).is_empty());
        assert!(fractions(&numbers(&["81", "1", "90"])).is_empty());
        assert_eq!(fractions(&numbers(&["81.2", "1", "0.98", "90.1"])), [1, 2]);
    }
}
