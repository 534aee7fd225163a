//! Quality indicators: one file each, found through [`CATALOGUE`]. All read the same facts, so no two pages can disagree.
//!
//! An indicator says who counts and who meets it; pages, exports and documents walk the catalogue. A published version is
//! never edited: a change is a new version beside it.
#![warn(missing_docs)]
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should say where"))]

pub mod definition;
pub mod period;
pub mod statistics;
pub mod suppression;

mod t01_first_contact;

pub use t01_first_contact::FIRST_CONTACT;

use domain::limits::Limits;
use jiff::civil::Date;

/// Every indicator.
pub static CATALOGUE: [&Indicator; 1] = [&FIRST_CONTACT];

/// What indicators read of one referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferralFacts {
    /// Day of reception; elapsed time is always counted from here.
    pub received_on: Date,
    /// Day of the first attempt to reach the citizen.
    pub first_attempt_on: Option<Date>,
    /// Closed before anybody was owed a call: dead, moved, a duplicate, sent by mistake.
    pub fell_away_on: Option<Date>,
}

/// A quality indicator.
#[derive(Debug)]
pub struct Indicator {
    /// Stable code.
    pub code: &'static str,
    /// Version of the definition.
    pub version: u8,
    /// Danish title.
    pub title: &'static str,
    /// Whether a referral counts and meets it, seen from a day.
    pub counts: fn(&ReferralFacts, &Limits, Date) -> Counted,
}

/// What a referral is to an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Does not belong.
    Excluded,
    /// Its time is not up.
    NotYetDue,
    /// Counts and meets it.
    Met,
    /// Counts and does not.
    NotMet,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = CATALOGUE.iter().map(|i| (i.code, i.version)).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), CATALOGUE.len());
    }
}
