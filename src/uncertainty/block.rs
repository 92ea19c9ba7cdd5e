//! The units of a block as a model of shares and weights.

use crate::robustness::model::Model;
use crate::robustness::{self, swap};
use crate::scored::{LoadedTier, Scored};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::ops::Deref;

/// The ranked units of one block as a model.
#[derive(Debug)]
pub struct Block<'a> {
    frame: Frame<'a>,
    /// Shares and weights.
    pub model: Model,
}

impl<'a> Deref for Block<'a> {
    type Target = Frame<'a>;

    fn deref(&self) -> &Frame<'a> {
        &self.frame
    }
}

/// The ranked units of one block, and their criteria.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The round.
    pub scored: &'a Scored,
    /// The tier, and the block's place in its ranking.
    pub place: (usize, usize),
    /// The units, best first.
    pub units: Vec<usize>,
    /// The nodes of its criteria.
    pub nodes: Vec<usize>,
}

/// Why a block cannot be varied.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Fewer than two units are ranked.
    TooFew,
    /// Its numbers do not make a model.
    Model(robustness::Fault),
}

impl<'a> Block<'a> {
    /// A block of a tier.
    ///
    /// # Errors
    /// A block with fewer than two ranked units, or whose maxima make no model.
    pub fn new(scored: &'a Scored, tier: usize, block: usize) -> Result<Block<'a>, Fault> {
        let set = &scored.loaded.tiers[tier].set;
        let units = scored.tiers[tier].1.blocks[block].ranked.clone();
        if units.len() < 2 {
            return Err(Fault::TooFew);
        }
        let is_weighed =
            |node: &usize| set.nodes[*node].leaf.is_some() && !set.nodes[*node].max.exact().is_zero();
        let nodes: Vec<usize> = (0..set.nodes.len()).filter(is_weighed).collect();
        let frame = Frame { scored, place: (tier, block), units, nodes };
        let model = frame.build().map_err(Fault::Model)?;
        Ok(Block { frame, model })
    }
}

impl<'a> Frame<'a> {
    /// The tier.
    pub fn tier(&self) -> &'a LoadedTier {
        &self.scored.loaded.tiers[self.place.0]
    }

    /// The points of a unit (its place in the block) in a criterion (likewise); none where it does not
    /// apply.
    pub fn points(&self, unit: usize, criterion: usize) -> Option<Decimal> {
        let scores = &self.scored.tiers[self.place.0].0;
        let score = scores.nodes.get(self.units[unit], self.nodes[criterion])?;
        (!score.not_applicable).then(|| score.points.exact())
    }

    /// The weights: maximum points.
    pub fn weights(&self) -> Vec<Decimal> {
        let set = &self.tier().set;
        self.nodes.iter().map(|node| set.nodes[*node].max.exact()).collect()
    }

    /// What a unit has outside of its criteria: what makes of the sum of its points the index that it
    /// has.
    pub fn extra(&self, unit: usize) -> Decimal {
        let score = &self.scored.tiers[self.place.0].0.units[self.units[unit]];
        let (mut points, mut weights) = (Decimal::ZERO, Decimal::ZERO);
        for (criterion, weight) in self.weights().into_iter().enumerate() {
            if let Some(of) = self.points(unit, criterion) {
                points += of;
                weights += weight;
            }
        }
        crate::number::settle(score.index.exact() * weights / Decimal::ONE_HUNDRED) - points
    }

    fn build(&self) -> Result<Model, robustness::Fault> {
        let float = |number: Decimal| number.to_f64().unwrap_or(f64::NAN);
        let weights = self.weights();
        let mut shares = Vec::with_capacity(weights.len() * self.units.len());
        for (criterion, weight) in weights.iter().enumerate() {
            for unit in 0..self.units.len() {
                let points = self.points(unit, criterion);
                shares.push(points.map_or(f64::NAN, |points| float(points) / float(*weight)));
            }
        }
        let extra = (0..self.units.len()).map(|unit| float(self.extra(unit))).collect();
        let method = self.tier().set.ranking.method;
        Model::new(weights.into_iter().map(float).collect(), shares, extra, method)
    }

    /// The nearest change of one weight at which a unit and the next one tie.
    pub fn swap(&self, unit: usize) -> Option<swap::Swap> {
        let points = |unit: usize| -> Vec<Option<Decimal>> {
            (0..self.nodes.len()).map(|criterion| self.points(unit, criterion)).collect()
        };
        let (a, b) = (points(unit), points(unit + 1));
        let of = |points, unit| swap::Unit { points, extra: self.extra(unit) };
        swap::nearest(&self.weights(), of(&a, unit), of(&b, unit + 1))
    }

    /// Groups of criteria by field: the field's node, and places of its criteria.
    pub fn fields(&self) -> Vec<(usize, Vec<usize>)> {
        let set = &self.tier().set;
        let field = |mut node: usize| {
            while let Some(parent) = set.nodes[node].parent {
                node = parent;
            }
            node
        };
        let of = |top: usize| (0..self.nodes.len()).filter(move |at| field(self.nodes[*at]) == top).collect();
        let fields = set.fields().map(|top| (top, of(top)));
        fields.filter(|(_, criteria): &(usize, Vec<usize>)| !criteria.is_empty()).collect()
    }
}
