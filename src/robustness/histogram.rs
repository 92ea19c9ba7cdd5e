//! How often a unit had each rank.

/// Counts of ranks, from the best to the worst that came up; memory grows with that spread only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// The rank of the first count.
    first: u32,
    counts: Vec<u32>,
    draws: u64,
}

impl Histogram {
    /// Counts ranks.
    pub(super) fn add(&mut self, ranks: &[u32]) {
        let Some((best, worst)) = ranks.iter().min().zip(ranks.iter().max()) else { return };
        self.reach(*best, *worst);
        for rank in ranks {
            self.counts[(rank - self.first) as usize] += 1;
        }
        self.draws += ranks.len() as u64;
    }

    fn reach(&mut self, best: u32, worst: u32) {
        if self.counts.is_empty() {
            self.first = best;
        }
        let before = self.first.saturating_sub(best);
        self.counts.splice(0..0, std::iter::repeat_n(0, before as usize));
        self.first -= before;
        self.counts.resize(self.counts.len().max((worst - self.first) as usize + 1), 0);
    }

    /// How many draws there were.
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// How many draws gave this rank.
    pub fn count(&self, rank: u32) -> u64 {
        let at = rank.checked_sub(self.first);
        at.and_then(|at| self.counts.get(at as usize)).map_or(0, |count| u64::from(*count))
    }

    /// The ranks that came up with their chances, best first.
    pub fn chances(&self) -> impl Iterator<Item = (u32, f64)> {
        self.ranks().map(|(rank, count)| (rank, count as f64 / self.draws as f64))
    }

    /// The chance of this rank; that of rank 1 is the chance to be first.
    pub fn chance(&self, rank: u32) -> f64 {
        self.count(rank) as f64 / self.draws as f64
    }

    /// The chance of this rank or a better one.
    pub fn chance_within(&self, rank: u32) -> f64 {
        let count: u64 = self.ranks().take_while(|(at, _)| *at <= rank).map(|(_, count)| count).sum();
        count as f64 / self.draws as f64
    }

    /// The mean rank.
    pub fn mean(&self) -> f64 {
        let sum: u128 = self.ranks().map(|(rank, count)| u128::from(rank) * u128::from(count)).sum();
        sum as f64 / self.draws as f64
    }

    /// The best rank that came up; 0 without draws.
    pub fn best(&self) -> u32 {
        self.first
    }

    /// The worst rank that came up; 0 without draws.
    pub fn worst(&self) -> u32 {
        self.ranks().last().map_or(0, |(rank, _)| rank)
    }

    /// A quantile, between two ranks by their distance: type 7 of Hyndman & Fan (1996, *The American
    /// Statistician* 50, 361–365), as R and numpy have it. Example: ranks 1, 2, 4; the quantile of
    /// 0.75 stands halfway between 2 and 4.
    pub fn quantile(&self, probability: f64) -> f64 {
        let place = (self.draws.saturating_sub(1)) as f64 * probability.clamp(0.0, 1.0);
        let below = place.floor();
        let (low, high) = (self.at(below as u64), self.at(below as u64 + 1));
        low + (high - low) * (place - below)
    }

    /// The rank at a place of the ordered draws, from 0; beyond the last it is the worst.
    fn at(&self, place: u64) -> f64 {
        let mut seen = 0;
        for (rank, count) in self.ranks() {
            seen += count;
            if place < seen {
                return f64::from(rank);
            }
        }
        f64::from(self.worst())
    }

    /// The ranks that came up and how often.
    fn ranks(&self) -> impl Iterator<Item = (u32, u64)> {
        (self.first..)
            .zip(&self.counts)
            .filter(|(_, count)| 0 < **count)
            .map(|(rank, count)| (rank, u64::from(*count)))
    }
}
