//! Shares with their uncertainty: Wilson's 95 % interval for one, Newcombe's for the difference between two.
//!
//! Wilson, J. Am. Stat. Assoc. 22 (1927); Newcombe, Statistics in Medicine 17 (1998) 857 and 873 (method 10, without
//! continuity correction). Both keep within 0–1 and hold with few observations, which the usual ± does not.

use super::{SAME, Z_95};

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    part: u32,
    whole: u32,
}

impl Share {
    /// `part` of `whole`; none when there are more in the part, or nobody in the whole: a share of nobody is no figure.
    pub const fn new(part: u32, whole: u32) -> Option<Self> {
        if whole == 0 || part > whole { None } else { Some(Self { part, whole }) }
    }

    /// The numerator.
    pub const fn part(self) -> u32 {
        self.part
    }

    /// The denominator.
    pub const fn whole(self) -> u32 {
        self.whole
    }

    /// From 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.part) / f64::from(self.whole)
    }
}

/// Where the true figure lies with 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether it covers a value.
    pub fn covers(self, value: f64) -> bool {
        self.low <= value + SAME && value <= self.high + SAME
    }
}

/// Wilson's 95 % interval of a share.
pub fn wilson(share: Share) -> Interval {
    let n = f64::from(share.whole);
    let p = share.value();
    let z2 = Z_95 * Z_95;
    let middle = p + z2 / (2.0 * n);
    let half = Z_95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    // Rounding must not put an end beyond the share itself: nobody of ten gives exactly zero.
    Interval {
        low: if share.part == 0 { 0.0 } else { (middle - half) / scale },
        high: if share.part == share.whole { 1.0 } else { (middle + half) / scale },
    }
}

/// The difference between two shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// First minus second, from -1 to 1; times 100 it is percentage points.
    pub difference: f64,
    /// Newcombe's 95 % interval of it.
    pub interval: Interval,
}

impl Gap {
    /// Whether it may be called a gap: the interval excludes zero and the difference reaches the limit, in percentage points
    /// (limit `equity_gap_points`; KS-3.4-02).
    pub fn is_called(self, limit_points: f64) -> bool {
        !self.interval.covers(0.0) && self.difference.abs() * 100.0 + SAME >= limit_points
    }
}

/// The difference between two shares with Newcombe's 95 % interval, made from Wilson's interval of each.
pub fn gap(first: Share, second: Share) -> Gap {
    let (p1, p2) = (first.value(), second.value());
    let (w1, w2) = (wilson(first), wilson(second));
    let difference = p1 - p2;
    Gap {
        difference,
        interval: Interval {
            low: difference - (p1 - w1.low).hypot(w2.high - p2),
            high: difference + (w1.high - p1).hypot(p2 - w2.low),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(part: u32, whole: u32) -> Share {
        Share::new(part, whole).unwrap()
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.000_05, "{found} is not {expected}");
    }

    /// By hand for 81 of 263: p = 0.30798, z² = 3.84146; (0.30798 + 0.00730 ± 1.95996 × √(0.0008104 + 0.0000139)) / 1.01461.
    #[test]
    fn wilsons_interval_is_that_of_the_worked_examples() {
        for (part, whole, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(share(part, whole));
            near(found.low, low);
            near(found.high, high);
        }
    }

    /// 9 of 10 against 3 of 10: Wilson gives 0.5958–0.9821 and 0.1078–0.6032, so 0.6 − √(0.3042² + 0.3032²) = 0.1705.
    #[test]
    fn newcombes_interval_is_that_of_the_worked_examples() {
        for (a, m, b, n, low, high) in [
            (56, 70, 48, 80, 0.0524, 0.3339),
            (9, 10, 3, 10, 0.1705, 0.8090),
            (6, 7, 2, 7, 0.0582, 0.8062),
            (5, 56, 0, 29, -0.0381, 0.1926),
            (0, 10, 0, 20, -0.1611, 0.2775),
        ] {
            let found = gap(share(a, m), share(b, n));
            near(found.interval.low, low);
            near(found.interval.high, high);
        }
    }

    #[test]
    fn a_gap_is_called_only_when_it_is_both_certain_and_large() {
        // 20 points and certain; the limit is ten.
        assert!(gap(share(56, 70), share(48, 80)).is_called(10.0));
        // As large, on a tenth of the people: chance could do it.
        assert!(!gap(share(6, 7), share(5, 8)).is_called(10.0));
        // Certain, and four points only.
        assert!(!gap(share(5_400, 6_000), share(5_160, 6_000)).is_called(10.0));
        // Below the rest counts as much as above it.
        assert!(gap(share(48, 80), share(56, 70)).is_called(10.0));
    }

    #[test]
    fn a_share_of_nobody_or_of_fewer_than_its_part_is_no_figure() {
        assert_eq!(Share::new(0, 0), None);
        assert_eq!(Share::new(3, 2), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_stays_within_zero_and_one(whole in 1u32..5_000, of in 0.0f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the whole")]
            let part = (f64::from(whole) * of) as u32;
            let found = wilson(share(part, whole));
            prop_assert!(found.low >= 0.0 && found.high <= 1.0);
            prop_assert!(found.covers(share(part, whole).value()));
        }

        #[test]
        fn turning_the_question_round_mirrors_the_interval(whole in 1u32..2_000, part in 0u32..2_000) {
            let part = part % (whole + 1);
            let (yes, no) = (wilson(share(part, whole)), wilson(share(whole - part, whole)));
            prop_assert!((yes.low - (1.0 - no.high)).abs() < 1e-12);
        }

        #[test]
        fn changing_sides_turns_the_gap_round(m in 1u32..300, n in 1u32..300, a in 0u32..300, b in 0u32..300) {
            let (one, other) = (share(a % (m + 1), m), share(b % (n + 1), n));
            let (forth, back) = (gap(one, other), gap(other, one));
            prop_assert!((forth.difference + back.difference).abs() < 1e-12);
            prop_assert!((forth.interval.low + back.interval.high).abs() < 1e-12);
            prop_assert!(forth.interval.covers(forth.difference));
            prop_assert!(forth.interval.low >= -1.0 - 1e-12 && forth.interval.high <= 1.0 + 1e-12);
        }
    }
}
