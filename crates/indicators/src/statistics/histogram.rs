//! Median, percentiles and mean change of values kept as how often each comes: what can be added and taken away, with the same
//! figures as of the values one by one.

use std::collections::BTreeMap;

use super::mean_change::{MeanChange, from_moments};

/// What a value counts in: thousandths.
const PARTS: f64 = 1_000.0;

/// How often each value comes, in thousandths.
#[derive(Debug, Clone, Copy)]
pub struct Histogram<'a>(pub &'a BTreeMap<i64, i64>);

impl Histogram<'_> {
    /// How many values.
    pub fn count(self) -> u64 {
        self.0.values().map(|count| u64::try_from(*count).unwrap_or(0)).sum()
    }

    /// The middle value; the mean of the two in the middle when their number is even. None without values.
    pub fn median(self) -> Option<f64> {
        let count = self.count();
        let upper = self.ranked(count / 2 + 1)?;
        Some(if count % 2 == 1 { upper } else { f64::midpoint(self.ranked(count / 2)?, upper) })
    }

    /// The percentile by nearest rank, of 1 to 100. None without values or outside that range.
    pub fn percentile(self, percent: u8) -> Option<f64> {
        if !(1..=100).contains(&percent) {
            return None;
        }
        self.ranked((u64::from(percent) * self.count()).div_ceil(100))
    }

    /// The mean with its 95 % t interval. None without values.
    pub fn mean_change(self) -> Option<MeanChange> {
        let (mut sum, mut squares) = (0_i128, 0_i128);
        for (value, count) in self.0 {
            sum += i128::from(*value) * i128::from(*count);
            squares += i128::from(*value) * i128::from(*value) * i128::from(*count);
        }
        from_moments(usize::try_from(self.count()).ok()?, sum, squares, PARTS)
    }

    /// The value at a rank, the smallest being the first.
    fn ranked(self, rank: u64) -> Option<f64> {
        let mut before = 0;
        self.0.iter().find_map(|(value, count)| {
            before += u64::try_from(*count).unwrap_or(0);
            (rank > 0 && rank <= before).then(|| whole(*value) / PARTS)
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "days and scores in thousandths are far below 2^53")]
const fn whole(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{mean_change, median, percentile};
    use super::*;

    fn histogram(values: &[i32]) -> BTreeMap<i64, i64> {
        let mut counts = BTreeMap::new();
        for value in values {
            *counts.entry(i64::from(*value) * 1_000).or_default() += 1;
        }
        counts
    }

    #[test]
    fn of_nothing_there_is_nothing() {
        let none = BTreeMap::new();
        let none = Histogram(&none);
        assert_eq!((none.count(), none.median(), none.percentile(90), none.mean_change()), (0, None, None, None));
    }

    proptest! {
        #[test]
        fn its_figures_are_those_of_the_values_one_by_one(values in prop::collection::vec(-200i32..400, 1..80), percent in 1u8..=100) {
            let counts = histogram(&values);
            let histogram = Histogram(&counts);
            let plain: Vec<f64> = values.iter().copied().map(f64::from).collect();
            prop_assert_eq!(histogram.median(), median(&plain));
            prop_assert_eq!(histogram.percentile(percent), percentile(&plain, percent));
            let (kept, one_by_one) = (histogram.mean_change().unwrap(), mean_change(&plain).unwrap());
            prop_assert_eq!(kept.pairs, one_by_one.pairs);
            prop_assert!((kept.mean - one_by_one.mean).abs() < 1e-9);
            prop_assert_eq!(kept.interval.is_some(), one_by_one.interval.is_some());
            if let Some((kept, one_by_one)) = kept.interval.zip(one_by_one.interval) {
                prop_assert!((kept.low - one_by_one.low).abs() < 1e-6 && (kept.high - one_by_one.high).abs() < 1e-6);
            }
        }
    }
}
