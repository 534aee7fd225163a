//! Referrals: who is referred, for what, and how (R01–R08).

mod r01_received;
mod r02_diagnoses;
mod r03_requested;
mod r04_background;
mod r05_electronic;
mod r06_newly_diagnosed;
mod r07_receipt;
mod r08_becomes_course;

use super::{Count, Indicator};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator::new("R01", &[Count::Course(r01_received::count)]),
    Indicator::new("R02", &[Count::Course(r02_diagnoses::count)]),
    Indicator::new("R03", &[Count::Course(r03_requested::count)]),
    Indicator::new("R04", &[Count::Course(r04_background::count)]),
    Indicator::new("R05", &[Count::Course(r05_electronic::count)]),
    Indicator::new("R06", &[Count::Course(r06_newly_diagnosed::count)]),
    Indicator::new("R07", &[Count::Course(r07_receipt::count)]),
    Indicator::new("R08", &[Count::Course(r08_becomes_course::count)]),
];
