//! The random numbers of one draw.

use crate::survey::distribution::normal_quantile;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random numbers (ChaCha with 8 rounds), told by the seed and its own number.
///
/// What is drawn has parts: weights are part 0, sources follow. Each part has its place in the
/// stream, so that another source does not change what the first ones draw.
#[derive(Clone, Debug)]
pub struct Draw {
    number: u64,
    stream: ChaCha8Rng,
}

impl Draw {
    /// The stream of that number, at the start of a part.
    pub fn new(seed: u64, number: u64, part: usize) -> Draw {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(number);
        stream.set_word_pos((part as u128) << 32);
        Draw { number, stream }
    }

    /// Its number, from 0.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// A number from 0 to below 1, all equally likely: 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.stream.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number of the standard normal distribution.
    pub fn normal(&mut self) -> f64 {
        // The middle of one of 2⁵² steps, so never 0 or 1.
        let middle = ((self.stream.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
        normal_quantile(middle)
    }

    /// A number from 0 to below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.uniform() * count as f64) as usize).min(count.saturating_sub(1))
    }
}
