//! Time limits. A municipality may change those that are a local service goal; each names its requirement.

use serde::{Deserialize, Serialize};

/// The limits of the course. Units are in the names. Defaults are the values proposed for the quality standard;
/// where the standard itself gives no number the value is a local goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Receipt to the referrer (SP-004-06).
    pub receipt_workdays: u16,
    /// First contact, from reception ("as soon as possible", KS-2.2).
    pub contact_workdays: u16,
    /// Attempts before a letter ends the contact phase.
    pub contact_attempts_max: u8,
    /// How long an unreachable referral stays open after the letter.
    pub unreachable_open_days: u16,
    /// Reception to held clarifying talk.
    pub clarifying_days: u16,
    /// Grant to first session.
    pub start_days: u16,
    /// Notes after a talk.
    pub documentation_workdays: u16,
    /// Joint plan when a second intervention is granted.
    pub plan_revision_days: u16,
    /// Contact after a no-show.
    pub no_show_workdays: u16,
    /// How long an offer of a seat on a team waits for an answer before it goes on to the next.
    pub seat_offer_workdays: u16,
    /// Contact after a dropout.
    pub dropout_days: u16,
    /// Closing talk after the last intervention.
    pub closing_talk_days: u16,
    /// Status to the GP after closing (KS-3.5-02).
    pub final_status_workdays: u16,
    /// Longest pause of a course.
    pub pause_max_days: u16,
    /// Nicotine: longest wait from start talk before contact is owed (quality standard 5.3).
    pub nicotine_wait_days: u16,
    /// A follow-up is due this long before its day.
    pub follow_up_window_days: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            receipt_workdays: 1,
            contact_workdays: 5,
            contact_attempts_max: 3,
            unreachable_open_days: 30,
            clarifying_days: 21,
            start_days: 30,
            documentation_workdays: 5,
            plan_revision_days: 14,
            no_show_workdays: 3,
            seat_offer_workdays: 3,
            dropout_days: 14,
            closing_talk_days: 30,
            final_status_workdays: 10,
            pause_max_days: 90,
            nicotine_wait_days: 14,
            follow_up_window_days: 30,
        }
    }
}
