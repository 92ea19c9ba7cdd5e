//! How the overall index is formed: the weights of the factors, the direct question.

use super::head::{Formed, Head};
use super::parts::Factors;
use crate::diagnostic::Diagnostics;
use crate::questionnaire::{Item, Overall};
use crate::text;
use crate::text::nearest;
use rust_decimal::Decimal;

pub(super) fn resolve(
    head: &Head,
    factors: &Factors,
    items: &[Item],
    out: &mut Diagnostics,
) -> Option<Overall> {
    if head.overall != Formed::WeightedFactors {
        let weighted = factors.weights.iter().position(Option::is_some);
        if let Some(at) = weighted {
            let only = text!(
                "weight chỉ đi với overall = \"weighted-factors\"",
                "weight goes with overall = \"weighted-factors\" alone"
            );
            out.contradiction(factors.places[at].clone(), only);
        }
    }
    match head.overall {
        Formed::PooledAnswers => Some(Overall::PooledAnswers),
        Formed::MeanOfItems => Some(Overall::MeanOfItems),
        Formed::MeanOfFactors => Some(Overall::MeanOfFactors),
        Formed::WeightedFactors => weights(head, factors, out).map(Overall::WeightedFactors),
        Formed::DirectQuestion => direct(head, items, out).map(Overall::DirectQuestion),
    }
}

/// The weights, which add up to 1 or to 100 in the file, as shares of 1.
fn weights(head: &Head, factors: &Factors, out: &mut Diagnostics) -> Option<Vec<Decimal>> {
    for (at, weight) in factors.weights.iter().enumerate() {
        if weight.is_none() {
            let factor = &factors.list[at].id;
            out.missing_key(
                factors.places[at].clone(),
                "weight",
                &text!("yếu tố {factor}", "factor {factor}"),
            );
        }
    }
    let weights: Vec<Decimal> = factors.weights.iter().copied().collect::<Option<_>>()?;
    let sum: Decimal = weights.iter().sum();
    if sum == Decimal::ONE {
        return Some(weights);
    }
    if sum != Decimal::ONE_HUNDRED {
        let place = factors.places.first().unwrap_or(&head.overall_place).clone();
        out.weights_add_up(place, sum);
        return None;
    }
    Some(weights.into_iter().map(|weight| weight / Decimal::ONE_HUNDRED).collect())
}

fn direct(head: &Head, items: &[Item], out: &mut Diagnostics) -> Option<usize> {
    let (id, place) = head.direct.as_ref()?;
    let found = items.iter().position(|item| item.id == *id);
    if found.is_none() {
        let known: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
        out.unknown_word(place.clone(), "direct", id, nearest(id, known.iter().copied()), &known);
    }
    found
}
