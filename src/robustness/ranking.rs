//! Ranks of one draw.
//!
//! Units are put in their places by a bucket sort: an index tells nearly where its unit belongs
//! (Dobosiewicz 1978, *Information Processing Letters* 7, 1–6), and an insertion sort does the rest.
//! Sums of floats end in noise, which must neither make nor break a tie, so an index settles on a
//! grid of 1e-10 first.

use crate::criteria_set::Method;

/// The best index has rank 1; NaN comes last. Indices above 200,000 are equal, and so are those below
/// −200,000. Under [`Method::Ordinal`] equal units keep their order.
///
/// Example: 80, 90, 80, 70 have the ranks 2, 1, 2, 4; dense 2, 1, 2, 3; ordinal 2, 1, 3, 4.
pub fn ranks(index: &[f64], method: Method) -> Vec<u32> {
    let mut ranks = vec![0; index.len()];
    Ranker::default().rank(index, method, &mut ranks);
    ranks
}

/// An index in steps of 1e-10, a whole number. It ends at ±200,000; NaN is the lower end.
#[inline]
#[expect(clippy::manual_clamp, reason = "clamp leaves NaN as it is")]
pub(super) fn settled(index: f64) -> f64 {
    /// Added to a number below 2⁵¹ it leaves no room for digits after the point: 1.5 × 2⁵².
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    const BOUND: f64 = 2e5;
    (index.max(-BOUND).min(BOUND) * 1e10 + WHOLE) - WHOLE
}

/// What ranking needs beside the result, kept from draw to draw.
#[derive(Default)]
pub(super) struct Ranker {
    settled: Vec<f64>,
    /// How far each unit is behind the best, then its number in the last bits.
    keys: Vec<u64>,
    bucket_of: Vec<u32>,
    starts: Vec<u32>,
    order: Vec<u64>,
}

impl Ranker {
    /// Writes the rank of each unit.
    pub(super) fn rank(&mut self, index: &[f64], method: Method, ranks: &mut [u32]) {
        let bits = index.len().next_power_of_two().trailing_zeros();
        let unit_of = |key: u64| (key & ((1 << bits) - 1)) as usize;
        self.order(index, bits);
        let (mut last, mut rank) = (u64::MAX, 0);
        for (place, key) in (1..).zip(&self.order) {
            let behind = key >> bits;
            if behind != last || method == Method::Ordinal {
                rank = if method == Method::Dense { rank + 1 } else { place };
                last = behind;
            }
            ranks[unit_of(*key)] = rank;
        }
    }

    /// Brings the keys in order, best first, equal ones by their number.
    fn order(&mut self, index: &[f64], bits: u32) {
        /// Added to a whole number below 2⁵² it shows the number in its last bits: 2⁵².
        const BITS: f64 = 4_503_599_627_370_496.0;
        self.settled.clear();
        self.settled.extend(index.iter().map(|&index| settled(index)));
        let (low, high) = range(&self.settled);
        // 2⁵² − 1, or what the number of a unit leaves of 64 bits: 109 points for 16 million units.
        let furthest = ((1_u64 << (64 - bits.max(12))) - 1) as f64;
        let buckets = (2 * index.len()).next_power_of_two();
        let last = buckets as u32 - 1;
        let scale = f64::from(last) / (high - low).max(1.0);
        self.bucket_of.clear();
        self.bucket_of.extend(
            self.settled.iter().map(|settled| ((high - settled) * scale + BITS).to_bits() as u32 & last),
        );
        self.keys.clear();
        let behind = |settled: &f64| (high - settled).min(furthest);
        let key = |(settled, unit): (&f64, u64)| (behind(settled) + BITS).to_bits() << bits | unit;
        self.keys.extend(self.settled.iter().zip(0..).map(key));
        self.starts.clear();
        self.starts.resize(buckets, 0);
        for bucket in &self.bucket_of {
            self.starts[*bucket as usize] += 1;
        }
        let mut start = 0;
        for count in &mut self.starts {
            start += std::mem::replace(count, start);
        }
        self.order.resize(index.len(), 0);
        for (bucket, key) in self.bucket_of.iter().zip(&self.keys) {
            let place = &mut self.starts[*bucket as usize];
            self.order[*place as usize] = *key;
            *place += 1;
        }
        sort(&mut self.order);
    }
}

/// The lowest and the highest.
fn range(values: &[f64]) -> (f64, f64) {
    const LANES: usize = 8;
    let (mut low, mut high) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
    for values in values.chunks(LANES) {
        for ((low, high), value) in low.iter_mut().zip(&mut high).zip(values) {
            *low = if *value < *low { *value } else { *low };
            *high = if *high < *value { *value } else { *high };
        }
    }
    (low.into_iter().fold(f64::INFINITY, f64::min), high.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

/// Sorts what is nearly sorted; when it is not, as ever.
fn sort(keys: &mut [u64]) {
    let mut patience = 16 * keys.len();
    for at in 1..keys.len() {
        let (mut free, own) = (at, keys[at]);
        while 0 < free && own < keys[free - 1] {
            keys[free] = keys[free - 1];
            free -= 1;
        }
        keys[free] = own;
        if patience < at - free {
            return keys.sort_unstable();
        }
        patience -= at - free;
    }
}
