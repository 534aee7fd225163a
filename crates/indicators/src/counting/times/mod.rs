//! Times: how long citizens wait, and what happens while they do (T01–T08).

mod t01_first_attempt;
mod t02_reached;
mod t03_clarifying_talk;
mod t04_first_session;
mod t05_nicotine_start;
mod t06_nicotine_bridge;
mod t07_alcohol_talk;
mod t08_alcohol_treatment;

use super::{Count, Indicator};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator::new("T01", &[Count::Course(t01_first_attempt::count)]),
    Indicator::new("T02", &[Count::Course(t02_reached::count)]),
    Indicator::new("T03", &[Count::Course(t03_clarifying_talk::count)]),
    Indicator::new("T04", &[Count::Course(t04_first_session::count)]),
    Indicator::new("T05", &[Count::Course(t05_nicotine_start::count)]),
    Indicator::new("T06", &[Count::Course(t06_nicotine_bridge::count)]),
    Indicator::new("T07", &[Count::Course(t07_alcohol_talk::count)]),
    Indicator::new("T08", &[Count::Course(t08_alcohol_treatment::count)]),
];
