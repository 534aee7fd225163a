//! Control charts for shares: the p-chart over time, and the funnel of units in one period.
//!
//! Limits by the normal approximation of the binomial (Shewhart; the funnel after Spiegelhalter, Statistics in Medicine 24
//! (2005) 1185). A funnel shows who differs more than chance would, and is never read as a league table.

use super::run_chart::{Change, Reading, Side, SignalRule, Span, spans};
use super::share::{Interval, Share};
use super::{SAME, Z_95, Z_998, run_chart};

/// Denominator that a p-chart needs in nearly every period, and that a comparison needs in each unit.
pub const LEAST_DENOMINATOR: u32 = 20;

/// What stands beside a p-chart.
pub const P_CHART_RULE: &str = "Signal: et punkt uden for grænserne (tre standardfejl), eller seriediagrammets regler.";

/// Whether a series can be a p-chart: twenty or more in at least nine of ten of its periods with a figure. Otherwise it is
/// shown as a run chart.
pub fn fits_p_chart(periods: &[Option<Share>]) -> bool {
    let with_figure = periods.iter().flatten().count();
    let large = periods.iter().flatten().filter(|share| share.whole() >= LEAST_DENOMINATOR).count();
    with_figure > 0 && large * 10 >= with_figure * 9
}

/// Centre ± so many standard errors for a denominator, cut at 0 and 1.
fn limits(centre: f64, whole: u32, errors: f64) -> Interval {
    let error = (centre * (1.0 - centre) / f64::from(whole)).sqrt();
    Interval { low: (centre - errors * error).max(0.0), high: (centre + errors * error).min(1.0) }
}

/// A stretch of a p-chart.
#[derive(Debug, Clone, PartialEq)]
pub struct PStretch {
    /// Where.
    pub span: Span,
    /// The rules of the run chart, round the mean share of the baseline.
    pub reading: Reading,
    /// Limits of each period of its own, three standard errors from the centre; none where there is no figure.
    pub limits: Vec<Option<Interval>>,
    /// Places of the points outside their limits, and on which side.
    pub outside: Vec<(usize, Side)>,
}

impl PStretch {
    /// Whether something other than chance is at work: one point outside, or the rules of the run chart.
    pub fn is_signal(&self) -> bool {
        !self.outside.is_empty() || self.reading.is_signal()
    }
}

/// Reads a p-chart. None when the denominators are too small ([`fits_p_chart`]); empty while there are under ten points.
pub fn p_chart(periods: &[Option<Share>], changes: &[Change], rule: SignalRule) -> Option<Vec<PStretch>> {
    let values: Vec<Option<f64>> = periods.iter().map(|share| share.map(Share::value)).collect();
    let stretches =
        || spans(&values, changes).into_iter().filter_map(|span| stretch(periods, &values, span, rule)).collect();
    fits_p_chart(periods).then(stretches)
}

fn stretch(periods: &[Option<Share>], values: &[Option<f64>], span: Span, rule: SignalRule) -> Option<PStretch> {
    let baseline = periods.get(span.baseline.clone())?.iter().flatten();
    let (part, whole) = baseline.fold((0_u64, 0_u64), |(part, whole), share| {
        (part + u64::from(share.part()), whole + u64::from(share.whole()))
    });
    #[expect(clippy::cast_precision_loss, reason = "citizens of a country are counted in millions")]
    let centre = part as f64 / whole as f64;
    let own = periods.get(span.own.clone())?;
    let limits: Vec<_> = own.iter().map(|share| share.map(|share| limits(centre, share.whole(), 3.0))).collect();
    let outside = own.iter().zip(&limits).enumerate().filter_map(|(at, (share, limits))| {
        side_of(share.as_ref()?.value(), limits.as_ref().copied()?).map(|side| (span.own.start + at, side))
    });
    Some(PStretch {
        outside: outside.collect(),
        reading: run_chart::stretch_reading(values, &span, centre, rule)?,
        limits,
        span,
    })
}

fn side_of(value: f64, limits: Interval) -> Option<Side> {
    if value > limits.high + SAME {
        Some(Side::Above)
    } else if value < limits.low - SAME {
        Some(Side::Below)
    } else {
        None
    }
}

/// Where a unit lies in the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FunnelPlace {
    /// Chance explains it.
    Within,
    /// Outside 95 %: one in twenty is, by chance alone.
    Outside95(Side),
    /// Outside 99.8 %: something other than chance is likely.
    Outside998(Side),
    /// Under twenty: not compared.
    TooFew,
}

/// Units compared in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The share of all of them together.
    pub centre: f64,
    /// Each unit, in the order they came.
    pub places: Vec<FunnelPlace>,
}

impl Funnel {
    /// The 95 % limits for a denominator of at least one.
    pub fn limits_95(&self, whole: u32) -> Interval {
        limits(self.centre, whole.max(1), Z_95)
    }

    /// The 99.8 % limits for a denominator of at least one.
    pub fn limits_998(&self, whole: u32) -> Interval {
        limits(self.centre, whole.max(1), Z_998)
    }
}

/// Compares units with what all of them have together. None without units.
pub fn funnel(units: &[Share]) -> Option<Funnel> {
    let part: u64 = units.iter().map(|unit| u64::from(unit.part())).sum();
    let whole: u64 = units.iter().map(|unit| u64::from(unit.whole())).sum();
    if whole == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "citizens of a country are counted in millions")]
    let centre = part as f64 / whole as f64;
    let mut funnel = Funnel { centre, places: Vec::new() };
    funnel.places = units.iter().map(|unit| place(&funnel, *unit)).collect();
    Some(funnel)
}

fn place(funnel: &Funnel, unit: Share) -> FunnelPlace {
    if unit.whole() < LEAST_DENOMINATOR {
        return FunnelPlace::TooFew;
    }
    let far = side_of(unit.value(), funnel.limits_998(unit.whole()));
    let near = side_of(unit.value(), funnel.limits_95(unit.whole()));
    match (far, near) {
        (Some(side), _) => FunnelPlace::Outside998(side),
        (None, Some(side)) => FunnelPlace::Outside95(side),
        (None, None) => FunnelPlace::Within,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(part: u32, whole: u32) -> Share {
        Share::new(part, whole).unwrap()
    }

    fn months(shares: &[(u32, u32)]) -> Vec<Option<Share>> {
        shares.iter().map(|(part, whole)| Share::new(*part, *whole)).collect()
    }

    /// Twelve months of 100 with 20 each, so the centre is 0.2 and one standard error √(0.2 × 0.8 / 100) = 0.04: limits 0.08
    /// and 0.32 for a hundred; for 400 people half as far: 0.14 and 0.26.
    #[test]
    fn limits_are_three_standard_errors_of_each_periods_own_denominator() {
        let mut periods = months(&[(20, 100); 12]);
        periods.extend(months(&[(30, 100), (108, 400), (33, 100), (7, 100)]));
        let stretches = p_chart(&periods, &[], SignalRule::Chance).unwrap();
        let limits: Vec<_> = stretches[0].limits.iter().flatten().collect();
        assert!((limits[0].low - 0.08).abs() < 1e-9 && (limits[0].high - 0.32).abs() < 1e-9);
        assert!((limits[13].low - 0.14).abs() < 1e-9 && (limits[13].high - 0.26).abs() < 1e-9);
        assert_eq!(stretches[0].outside, [(13, Side::Above), (14, Side::Above), (15, Side::Below)]);
        assert!(stretches[0].is_signal());
    }

    /// Centre 0.02, 25 people: 0.02 ± 3 × 0.028 would begin below nothing.
    #[test]
    fn limits_are_cut_at_nothing_and_at_everybody() {
        let rare: Vec<_> = (0..12).map(|at| Share::new(u32::from(at % 2 == 0), 25)).collect();
        let stretches = p_chart(&rare, &[], SignalRule::Chance).unwrap();
        assert!(stretches[0].limits.iter().flatten().all(|limits| limits.low == 0.0 && limits.high < 1.0));
        let common: Vec<_> = (0..12).map(|at| Share::new(25 - u32::from(at % 2 == 0), 25)).collect();
        let stretches = p_chart(&common, &[], SignalRule::Chance).unwrap();
        assert!(
            stretches[0].limits.iter().flatten().all(|limits| (limits.high - 1.0).abs() < 1e-12 && limits.low > 0.0)
        );
    }

    #[test]
    fn small_denominators_make_it_a_run_chart() {
        // One small month of twelve is nine in ten and more; two are not.
        let mut periods = months(&[(10, 40); 12]);
        periods[3] = Share::new(5, 19);
        assert!(fits_p_chart(&periods));
        periods[8] = Share::new(5, 19);
        assert!(!fits_p_chart(&periods));
        assert_eq!(p_chart(&periods, &[], SignalRule::Chance), None);
        assert!(!fits_p_chart(&[]));
        assert!(!fits_p_chart(&[None, None]));
    }

    #[test]
    fn a_month_without_anybody_has_no_limits_and_is_no_signal() {
        let mut periods = months(&[(20, 100); 14]);
        periods[12] = None;
        let stretches = p_chart(&periods, &[], SignalRule::Chance).unwrap();
        assert_eq!(stretches[0].limits[12], None);
        assert!(!stretches[0].is_signal());
    }

    #[test]
    fn the_rules_of_the_run_chart_hold_round_the_mean_too() {
        let periods = months(&[&[(18, 100), (22, 100)].repeat(6)[..], &[(24, 100); 8]].concat());
        let stretches = p_chart(&periods, &[], SignalRule::Chance).unwrap();
        assert_eq!(stretches[0].outside, []);
        // The twelfth month is above as well.
        assert_eq!(stretches[0].reading.signals[0].length, 9);
    }

    /// Ten units with 1,000 people and 500 of them: centre 0.5. For 100 people one standard error is 0.05: 95 % from 0.402 to
    /// 0.598, 99.8 % from 0.345 to 0.655.
    #[test]
    fn units_are_placed_by_their_own_size() {
        let units = [
            (39, 100),
            (61, 100),
            (34, 100),
            (66, 100),
            (50, 100),
            (45, 100),
            (55, 100),
            (50, 100),
            (41, 100),
            (59, 100),
        ];
        let funnel = funnel(&units.map(|(part, whole)| share(part, whole))).unwrap();
        assert!((funnel.centre - 0.5).abs() < 1e-9);
        assert!(
            (funnel.limits_95(100).low - 0.402).abs() < 5e-4 && (funnel.limits_998(100).high - 0.6545).abs() < 5e-4
        );
        assert_eq!(
            funnel.places[..4],
            [
                FunnelPlace::Outside95(Side::Below),
                FunnelPlace::Outside95(Side::Above),
                FunnelPlace::Outside998(Side::Below),
                FunnelPlace::Outside998(Side::Above),
            ]
        );
        assert!(funnel.places[4..].iter().all(|place| *place == FunnelPlace::Within));
    }

    #[test]
    fn a_unit_under_twenty_is_not_compared() {
        let funnel = funnel(&[share(0, 19), share(900, 1000), share(900, 1000)]).unwrap();
        assert_eq!(funnel.places, [FunnelPlace::TooFew, FunnelPlace::Within, FunnelPlace::Within]);
        assert_eq!(super::funnel(&[]), None);
    }

    proptest! {
        #[test]
        fn the_wide_limits_hold_the_narrow_ones_and_close_with_size(part in 0u32..500, whole in 1u32..500, size in 1u32..2_000) {
            let funnel = funnel(&[share(part.min(whole), whole)]).unwrap();
            let (near, far, larger) = (funnel.limits_95(size), funnel.limits_998(size), funnel.limits_95(size + 1));
            prop_assert!(far.low <= near.low && near.high <= far.high);
            prop_assert!(near.low <= larger.low && larger.high <= near.high);
            prop_assert!(near.low >= 0.0 && near.high <= 1.0);
        }
    }
}
