//! Uptake: who says yes, begins, comes, completes and gives up (U01–U12).

mod u01_talk_accepted;
mod u02_offers_after_talk;
mod u03_offer_accepted;
mod u04_started;
mod u05_completed;
mod u06_dropout;
mod u07_not_started;
mod u08_no_show;
mod u09_attendance;
mod u10_duration;
mod u11_direct_start;
mod u12_contacted_again;

use super::{Count, Indicator};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator::new("U01", &[Count::Course(u01_talk_accepted::count)]),
    Indicator::new("U02", &[Count::Course(u02_offers_after_talk::count)]),
    Indicator::new("U03", &[Count::Course(u03_offer_accepted::count)]),
    Indicator::new("U04", &[Count::Course(u04_started::count)]),
    Indicator::new("U05", &[Count::Course(u05_completed::count)]),
    Indicator::new("U06", &[Count::Course(u06_dropout::count)]),
    Indicator::new("U07", &[Count::Course(u07_not_started::count)]),
    Indicator::new("U08", &[Count::Course(u08_no_show::count)]),
    Indicator::new("U09", &[Count::Course(u09_attendance::count)]),
    Indicator::new("U10", &[Count::Course(u10_duration::count)]),
    Indicator::new("U11", &[Count::Course(u11_direct_start::count)]),
    Indicator::new("U12", &[Count::Course(u12_contacted_again::count)]),
];
