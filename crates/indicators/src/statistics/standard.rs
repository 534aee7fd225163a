//! Direct standardisation by age and sex: what a municipality's share would be if its citizens were spread as those of a
//! standard population. The crude share is always shown too.

use super::Z_95;
use super::share::{Interval, Share};

/// A band of age and sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardBand {
    /// What was found in it; none when nobody was in it.
    pub share: Option<Share>,
    /// People of the standard population in it.
    pub standard: u32,
}

/// A share with and without standardisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standardised {
    /// As it was found.
    pub crude: f64,
    /// As it would be in the standard population.
    pub adjusted: f64,
    /// 95 % interval of the adjusted one (normal approximation of the weighted sum), cut at 0 and 1.
    pub interval: Interval,
}

/// The share in the standard population. None when a band that the standard has is empty here: nothing is guessed.
pub fn standardise(bands: &[StandardBand]) -> Option<Standardised> {
    let bands: Vec<StandardBand> = bands.iter().copied().filter(|band| band.standard > 0).collect();
    let all: f64 = bands.iter().map(|band| f64::from(band.standard)).sum();
    let (mut part, mut whole, mut adjusted, mut variance) = (0.0, 0.0, 0.0, 0.0);
    for band in &bands {
        let (share, weight) = (band.share?, f64::from(band.standard) / all);
        part += f64::from(share.part());
        whole += f64::from(share.whole());
        adjusted += weight * share.value();
        variance += weight * weight * share.value() * (1.0 - share.value()) / f64::from(share.whole());
    }
    let half = Z_95 * variance.sqrt();
    let interval = Interval { low: (adjusted - half).max(0.0), high: (adjusted + half).min(1.0) };
    (whole > 0.0).then(|| Standardised { crude: part / whole, adjusted, interval })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn band(part: u32, whole: u32, standard: u32) -> StandardBand {
        StandardBand { share: Share::new(part, whole), standard }
    }

    /// Young 20 of 200 (10 %), old 40 of 100 (40 %): 60 of 300 is 20 %. In a population of which half is old it would be
    /// 0.5 × 0.1 + 0.5 × 0.4 = 25 %; variance 0.25 × (0.09 / 200 + 0.24 / 100) = 0.0007125, so ± 1.96 × 0.02669 = 0.0523.
    #[test]
    fn two_bands_worked_out_by_hand() {
        let found = standardise(&[band(20, 200, 5_000), band(40, 100, 5_000)]).unwrap();
        assert!((found.crude - 0.2).abs() < 1e-9 && (found.adjusted - 0.25).abs() < 1e-9);
        assert!((found.interval.low - 0.1977).abs() < 1e-4 && (found.interval.high - 0.3023).abs() < 1e-4);
    }

    #[test]
    fn a_band_without_anybody_leaves_no_figure_unless_the_standard_has_none_either() {
        assert_eq!(standardise(&[band(20, 200, 5_000), band(0, 0, 1)]), None);
        assert!(standardise(&[band(20, 200, 5_000), band(0, 0, 0)]).is_some());
        assert_eq!(standardise(&[]), None);
    }

    proptest! {
        #[test]
        fn a_population_spread_as_the_standard_keeps_its_share(bands in prop::collection::vec((0u32..50, 50u32..400), 1..8)) {
            let bands: Vec<StandardBand> = bands.into_iter().map(|(part, whole)| band(part, whole, whole)).collect();
            let found = standardise(&bands).unwrap();
            prop_assert!((found.crude - found.adjusted).abs() < 1e-9);
            prop_assert!(found.interval.covers(found.adjusted));
        }
    }
}
