//! The mean change of pairs, start to end, with its 95 % t interval.
//!
//! Without others to compare with it is a change, never an effect.

use super::{Interval, Z_95 as Z_975};

/// The mean of what changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanChange {
    /// Number of pairs.
    pub pairs: usize,
    /// In the unit of the measure.
    pub mean: f64,
    /// 95 % t interval; none for a single pair.
    pub interval: Option<Interval>,
}

/// The mean of the changes (end minus start of each pair). None without pairs.
#[expect(clippy::cast_precision_loss, reason = "pairs are counted in thousands at most")]
pub fn mean_change(changes: &[f64]) -> Option<MeanChange> {
    let n = changes.len() as f64;
    if changes.is_empty() {
        return None;
    }
    let mean = changes.iter().sum::<f64>() / n;
    let squares: f64 = changes.iter().map(|change| (change - mean).powi(2)).sum();
    let interval = (changes.len() > 1).then(|| {
        let half = t_975(changes.len() - 1) * (squares / (n - 1.0) / n).sqrt();
        Interval { low: mean - half, high: mean + half }
    });
    Some(MeanChange { pairs: changes.len(), mean, interval })
}

/// The same of the sum and the sum of squares of so many changes, both exact and in `parts` of the unit. None without pairs.
#[expect(clippy::cast_precision_loss, reason = "pairs are counted in thousands at most")]
pub(super) fn from_moments(pairs: usize, sum: i128, squares: i128, parts: f64) -> Option<MeanChange> {
    let whole = i128::try_from(pairs).ok().filter(|pairs| *pairs > 0)?;
    let n = pairs as f64;
    // n times the sum of squared deviations, still exact.
    let spread = (whole * squares - sum * sum) as f64 / n / (parts * parts);
    let mean = sum as f64 / n / parts;
    let interval = (pairs > 1).then(|| {
        let half = t_975(pairs - 1) * (spread / (n - 1.0) / n).sqrt();
        Interval { low: mean - half, high: mean + half }
    });
    Some(MeanChange { pairs, mean, interval })
}

/// Degrees of freedom from which the expansion around the normal quantile is exact to eight decimals.
const MANY: usize = 200;

/// 97.5 % quantile of Student's t, found by halving: the distribution function is exact for whole degrees of freedom. Of many,
/// where that takes long, by the expansion around the normal quantile (Abramowitz and Stegun 26.7.5).
fn t_975(degrees: usize) -> f64 {
    if degrees >= MANY {
        return expanded(degrees);
    }
    // With one degree of freedom it is 12.7, and it falls from there.
    let (mut low, mut high) = (1.9, 13.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if inside(middle, degrees) < 0.95 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[expect(clippy::cast_precision_loss, reason = "degrees of freedom are far below 2^53")]
fn expanded(degrees: usize) -> f64 {
    let (n, z) = (degrees as f64, Z_975);
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + first / n + second / n.powi(2) + third / n.powi(3)
}

/// The probability that Student's t lies within ± t: the finite series in the angle (Abramowitz and Stegun 26.7.3–4).
#[expect(clippy::cast_precision_loss, reason = "degrees of freedom are counted in thousands at most")]
fn inside(t: f64, degrees: usize) -> f64 {
    let angle = (t / (degrees as f64).sqrt()).atan();
    let (sin, cos) = angle.sin_cos();
    let mut term = if degrees % 2 == 1 { cos } else { 1.0 };
    let mut sum = if degrees == 1 { 0.0 } else { term };
    let mut k = if degrees % 2 == 1 { 3 } else { 2 };
    while k < degrees {
        term *= cos * cos * (k - 1) as f64 / k as f64;
        sum += term;
        k += 2;
    }
    if degrees % 2 == 1 { (angle + sin * sum) * std::f64::consts::FRAC_2_PI } else { sin * sum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The figures of any printed table of Student's t, two-sided 95 %.
    #[test]
    fn the_quantiles_are_those_of_the_printed_table() {
        for (degrees, expected) in [
            (1, 12.706),
            (2, 4.303),
            (3, 3.182),
            (4, 2.776),
            (5, 2.571),
            (9, 2.262),
            (10, 2.228),
            (19, 2.093),
            (29, 2.045),
            (30, 2.042),
            (60, 2.000),
            (120, 1.980),
            (1_000, 1.962),
        ] {
            assert!((t_975(degrees) - expected).abs() < 0.000_6, "{degrees}: {}", t_975(degrees));
        }
    }

    #[test]
    fn both_ways_to_the_quantile_meet() {
        let halved = {
            let (mut low, mut high) = (1.9, 2.1);
            for _ in 0..60 {
                let middle = f64::midpoint(low, high);
                if inside(middle, MANY) < 0.95 { low = middle } else { high = middle }
            }
            low
        };
        assert!((halved - t_975(MANY)).abs() < 1e-8, "{halved} {}", t_975(MANY));
    }

    /// Metres walked more in six minutes by five people: mean 40; squares 100 + 0 + 400 + 400 + 100 = 1000; variance 250;
    /// standard error √(250 / 5) = 7.071; 2.776 × 7.071 = 19.63.
    #[test]
    fn five_pairs_worked_out_by_hand() {
        let found = mean_change(&[30.0, 40.0, 60.0, 20.0, 50.0]).unwrap();
        let interval = found.interval.unwrap();
        assert!((found.mean - 40.0).abs() < 1e-9);
        assert!((interval.low - 20.37).abs() < 0.01 && (interval.high - 59.63).abs() < 0.01);
    }

    #[test]
    fn one_pair_has_no_interval_and_none_no_mean() {
        assert_eq!(mean_change(&[7.0]).unwrap().interval, None);
        assert_eq!(mean_change(&[]), None);
    }

    #[test]
    fn everybody_changing_alike_leaves_no_doubt() {
        let interval = mean_change(&[3.0; 12]).unwrap().interval.unwrap();
        assert_eq!(interval, Interval { low: 3.0, high: 3.0 });
    }

    proptest! {
        #[test]
        fn moving_every_pair_moves_the_interval_as_far(changes in prop::collection::vec(-100i32..100, 2..40), by in -50i32..50) {
            let before: Vec<f64> = changes.iter().copied().map(f64::from).collect();
            let after: Vec<f64> = before.iter().map(|change| change + f64::from(by)).collect();
            let (before, after) = (mean_change(&before).unwrap(), mean_change(&after).unwrap());
            let (one, other) = (before.interval.unwrap(), after.interval.unwrap());
            prop_assert!((one.low + f64::from(by) - other.low).abs() < 1e-9);
            prop_assert!(one.low <= before.mean && before.mean <= one.high);
        }
    }
}
