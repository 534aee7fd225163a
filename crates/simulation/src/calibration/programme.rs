//! A programme: what one intervention consists of where it is run.

use domain::codes::InterventionCode;

use super::{CalibrationFault, Ground};

/// How an intervention is delivered.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Which intervention.
    pub code: InterventionCode,
    /// In classes with seats; otherwise in single contacts.
    pub group: bool,
    /// Of the talks that grant something, so many grant this one first.
    pub share: f64,
    /// Meetings or contacts.
    pub sessions: u8,
    /// Meetings a week.
    pub sessions_a_week: u8,
    /// Weeks from one contact to the next.
    pub weeks_between: u8,
    /// Minutes of each.
    pub minutes: u16,
    /// Seats of a class.
    pub seats: u16,
    /// Who leads a class.
    pub instructors: u8,
    /// What all this rests on.
    pub ground: Ground,
}

impl Programme {
    /// Days from the first meeting to the last.
    pub fn length_days(&self) -> u32 {
        let gap =
            if self.group { 7 / u32::from(self.sessions_a_week.max(1)) } else { 7 * u32::from(self.weeks_between) };
        u32::from(self.sessions.saturating_sub(1)) * gap
    }

    /// Refuses what cannot be run.
    pub(super) fn check(&self) -> Result<(), CalibrationFault> {
        let fault = |why| CalibrationFault::Programme { code: self.code.word(), why };
        let why = match self {
            _ if self.code.is_talk() || self.code == InterventionCode::FollowUp => {
                "talks and follow-ups are no programme"
            }
            _ if self.group && self.code == InterventionCode::AlcoholTalk => {
                "talks about alcohol are always individual"
            }
            _ if !(0.0..=1.0).contains(&self.share) => "the share must lie from 0 to 1",
            _ if !(1..=60).contains(&self.sessions) => "there must be 1 to 60 sessions",
            _ if !(1..=5).contains(&self.sessions_a_week) => "there must be 1 to 5 sessions a week",
            _ if !(1..=26).contains(&self.weeks_between) => "there must be 1 to 26 weeks between contacts",
            _ if !(10..=240).contains(&self.minutes) => "a session must last 10 to 240 minutes",
            _ if self.group && !(1..=40).contains(&self.seats) => "a class must have 1 to 40 seats",
            _ if self.group && !(1..=5).contains(&self.instructors) => "a class must have 1 to 5 instructors",
            _ if !self.group && self.seats != 0 => "what is not a class has no seats",
            _ => return Ok(()),
        };
        Err(fault(why))
    }
}
