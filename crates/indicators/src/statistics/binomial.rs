//! What chance alone does with a fair coin: the limits of the run chart.
//!
//! Anhøj and Olesen, PLoS ONE 9 (2014) e113825: a run is unusually long past log2(n) + 3, crossings are unusually few
//! below the 5 % quantile.

/// The longest run of `useful` points on one side that is still chance: log2(n) + 3, rounded to the nearest.
///
/// In whole numbers, so that no rounding of a logarithm decides: round(log2 n) is half the logarithm of 2n², rounded down.
pub const fn longest_run_by_chance(useful: usize) -> usize {
    if useful == 0 {
        return 0;
    }
    3 + (2 * useful * useful).ilog2() as usize / 2
}

/// The smallest number of median crossings among `useful` points that is still chance: the 5 % quantile of a binomial with
/// n − 1 trials and probability one half, the smallest number with at least 5 % at or below it.
pub fn fewest_crossings_by_chance(useful: usize) -> usize {
    let trials = useful.saturating_sub(1);
    // The chance of exactly k crossings, from k − 1, starting with 2^-trials; a run chart has some hundred points at most.
    let mut chance = 0.5_f64.powi(i32::try_from(trials).unwrap_or(i32::MAX));
    let mut at_most = chance;
    let mut k = 0;
    while at_most < 0.05 && k < trials {
        #[expect(clippy::cast_precision_loss, reason = "some hundred points at most")]
        let ratio = (trials - k) as f64 / (k + 1) as f64;
        chance *= ratio;
        at_most += chance;
        k += 1;
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard's own table, from 10 to 60 useful points.
    const LONGEST: [usize; 51] = [
        6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 9,
        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
    ];
    const CROSSINGS: [usize; 51] = [
        2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10, 11, 11, 11, 12, 12, 13, 13, 14, 14, 14, 15,
        15, 16, 16, 17, 17, 17, 18, 18, 19, 19, 20, 20, 21, 21, 21, 22, 22, 23, 23,
    ];

    #[test]
    fn the_limits_are_those_of_the_standards_table() {
        for (n, (longest, crossings)) in (10..=60).zip(LONGEST.into_iter().zip(CROSSINGS)) {
            assert_eq!(longest_run_by_chance(n), longest, "longest run of {n}");
            assert_eq!(fewest_crossings_by_chance(n), crossings, "crossings of {n}");
        }
    }

    /// Nine trials: 1 + 9 of 512 is 2.0 %, with 36 more it is 9.0 %; so two.
    #[test]
    fn the_quantile_of_nine_throws_worked_out_by_hand() {
        assert_eq!(fewest_crossings_by_chance(10), 2);
    }

    /// Four trials: none of 16 is 6.25 %, which is no longer rare.
    #[test]
    fn so_few_points_cannot_cross_too_seldom() {
        assert_eq!(fewest_crossings_by_chance(5), 0);
        assert_eq!(fewest_crossings_by_chance(0), 0);
        assert_eq!(longest_run_by_chance(0), 0);
    }

    #[test]
    fn the_limits_grow_with_the_points() {
        for n in 1..500 {
            assert!(longest_run_by_chance(n) <= longest_run_by_chance(n + 1));
            assert!(fewest_crossings_by_chance(n) <= fewest_crossings_by_chance(n + 1));
        }
    }
}
