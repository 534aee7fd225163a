//! Median and percentiles.

/// The middle value; the mean of the two in the middle when their number is even. None without values.
///
/// Every value must be a number; what is not recorded is left out by the caller and counted as not recorded.
pub fn median(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => sorted.get(middle).copied(),
        _ => Some(f64::midpoint(*sorted.get(middle - 1)?, *sorted.get(middle)?)),
    }
}

/// The percentile by nearest rank: the smallest value that at least `percent` of the values do not exceed.
///
/// `percent` from 1 to 100; always one of the values, never a number between two. None without values or outside that range.
pub fn percentile(values: &[f64], percent: u8) -> Option<f64> {
    if !(1..=100).contains(&percent) {
        return None;
    }
    let sorted = sorted(values);
    let rank = (usize::from(percent) * sorted.len()).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(median(&[9.0, 2.0, 4.0]), Some(4.0));
        assert_eq!(median(&[9.0, 2.0, 4.0, 5.0]), Some(4.5));
        assert_eq!(median(&[]), None);
    }

    /// Five values, ranks worked out by hand: 30 % of 5 is 1.5, so rank 2; 40 % is exactly rank 2; 50 % is 2.5, so rank 3.
    #[test]
    fn a_percentile_is_the_value_at_the_rank_rounded_up() {
        let days = [15.0, 20.0, 35.0, 40.0, 50.0];
        assert_eq!(percentile(&days, 5), Some(15.0));
        assert_eq!(percentile(&days, 30), Some(20.0));
        assert_eq!(percentile(&days, 40), Some(20.0));
        assert_eq!(percentile(&days, 50), Some(35.0));
        assert_eq!(percentile(&days, 100), Some(50.0));
    }

    /// Ten waiting times: the 90th percentile is the ninth, not between the ninth and the tenth.
    #[test]
    fn the_ninetieth_of_ten_is_the_ninth() {
        let days: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!(percentile(&days, 90), Some(9.0));
        assert_eq!(percentile(&days, 0), None);
        assert_eq!(percentile(&days, 101), None);
        assert_eq!(percentile(&[], 50), None);
    }

    proptest! {
        #[test]
        fn a_percentile_is_one_of_the_values_and_has_enough_at_or_below_it(
            values in prop::collection::vec(-1000i32..1000, 1..60),
            percent in 1u8..=100,
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let found = percentile(&values, percent).unwrap();
            let at_or_below = values.iter().filter(|value| **value <= found).count();
            let below = values.iter().filter(|value| **value < found).count();
            prop_assert!(values.contains(&found));
            prop_assert!(at_or_below * 100 >= usize::from(percent) * values.len());
            prop_assert!(below * 100 < usize::from(percent) * values.len());
        }

        #[test]
        fn as_many_lie_above_the_median_as_below(values in prop::collection::vec(-50i32..50, 1..60)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let middle = median(&values).unwrap();
            let half = values.len() / 2;
            prop_assert!(values.iter().filter(|value| **value < middle).count() <= half);
            prop_assert!(values.iter().filter(|value| **value > middle).count() <= half);
        }
    }
}
