//! Time limits. A municipality may change those that are a local service goal; each names its requirement.

use serde::{Deserialize, Serialize};

/// Longest wait for nicotine cessation, from the start talk, before contact is owed. The standard fixes it (section 5.3).
pub const NICOTINE_WAIT_DAYS: u16 = 14;
/// Months from the end of nicotine cessation to STOPbasen's follow-up. STOPbasen's guide fixes it (KS-5.3-12).
pub const STOP_FOLLOW_UP_MONTHS: u16 = 6;
/// Days that STOPbasen's follow-up may lie before or after its day. STOPbasen's guide fixes it (KS-5.3-12).
pub const STOP_FOLLOW_UP_WINDOW_DAYS: u16 = 30;

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
    /// Days before a time that the citizen is reminded of it (flow, deadlines and reminders).
    pub reminder_days: u16,
    /// How long a letter is on its way.
    pub post_workdays: u16,
    /// Contact after a dropout.
    pub dropout_days: u16,
    /// Closing talk after the last intervention.
    pub closing_talk_days: u16,
    /// Status to the GP after closing (KS-3.5-02).
    pub final_status_workdays: u16,
    /// Longest pause of a course.
    pub pause_max_days: u16,
    /// Nicotine: longest time between contacts in a long wait ("regularly", KS-5.3-06).
    pub nicotine_bridge_days: u16,
    /// Request for a talk about alcohol to that talk (KS-8.1-03).
    pub alcohol_start_workdays: u16,
    /// A follow-up is due this long before its day.
    pub follow_up_window_days: u16,
    /// New occasion to get help after a reduction only or a relapse (KS-5.3-11).
    pub relapse_follow_up_days: u16,
    /// Decision about referral and notification when somebody pregnant drinks harmfully (KS-8.2-07, KS-8.2-08).
    pub pregnancy_referral_workdays: u16,
    /// How old the text of a public offer may be before somebody goes through it again (KS-2.2-05).
    pub soft_review_months: u16,
    /// Months from the end of a course to its first follow-up (flow, section 4: 3, 6 and 12).
    pub follow_up_first_months: u16,
    /// Months from the end of a course to its second follow-up.
    pub follow_up_second_months: u16,
    /// Months from the end of a course to its third follow-up.
    pub follow_up_third_months: u16,
}

impl Limits {
    /// Months after the end of a course that follow-ups are offered for.
    pub const fn follow_up_months(&self) -> [u16; 3] {
        [self.follow_up_first_months, self.follow_up_second_months, self.follow_up_third_months]
    }
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
            reminder_days: 2,
            post_workdays: 5,
            dropout_days: 14,
            closing_talk_days: 30,
            final_status_workdays: 10,
            pause_max_days: 90,
            nicotine_bridge_days: 10,
            alcohol_start_workdays: 10,
            follow_up_window_days: 30,
            follow_up_first_months: 3,
            follow_up_second_months: 6,
            follow_up_third_months: 12,
            soft_review_months: 12,
            relapse_follow_up_days: 90,
            pregnancy_referral_workdays: 1,
        }
    }
}
