//! Equity: who takes part, and whose needs are met (E01–E06). E03 and E04 are differences between strata of U05, O02, O03 and
//! O06 and count nothing of their own.

mod e01_coverage;
mod e05_stratification;
mod e06_needs_met;

use super::{Count, Indicator};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator::new("E01", &[Count::Citizen(e01_coverage::count)]).of_year(),
    // The same citizens, split in other ways.
    Indicator::new("E02", &[Count::Citizen(e01_coverage::count)]).of_year(),
    Indicator::new("E03", &[]),
    Indicator::new("E04", &[]),
    Indicator::new("E05", &[Count::Course(e05_stratification::count)]),
    Indicator::new("E06", &[Count::Course(e06_needs_met::count)]),
];
