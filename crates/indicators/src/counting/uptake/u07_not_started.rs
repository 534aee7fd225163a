//! U07: referrals and offers that never led to a first session, by reason (KS-3.3-03).

use jiff::ToSpan;
use jiff::civil::Date;
use standard::facts::words::{OfferAnswer, ReferralOutcome};
use standard::facts::{CourseFacts, Intervention, Referral};
use standard::rules::end;

use crate::counting::shared::{NOT_STATED, is_given_up, left_by, received, referral_left_by};
use crate::counting::{Seen, Tell, Unit};

/// An offer without an answer has led to nothing after as many days as a start is waited for (U04).
const DAYS: i32 = 90;
const NEVER_REACHED: &str = "never_reached";
const DECLINED: &str = "declined";
const NO_ANSWER: &str = "no_answer";

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course) {
        if let Some(reason) = of_referral(referral) {
            let on = referral.outcome_on.unwrap_or(on);
            let unit = Unit::of(course, on).referral(referral).except(referral_left_by(course, referral, on));
            tell(unit.group(reason));
        }
    }
    for one in course.interventions.iter().filter(|one| one.started_on.is_none()) {
        if let Some((on, reason)) = of_offer(course, one, seen) {
            tell(Unit::of(course, on).intervention(one).except(left_by(course, on)).group(reason));
        }
    }
}

fn of_referral(referral: &Referral) -> Option<&str> {
    match referral.outcome? {
        ReferralOutcome::Declined => Some(referral.decline_reason.as_deref().unwrap_or(DECLINED)),
        ReferralOutcome::NeverReached => Some(NEVER_REACHED),
        // Left out, and counted as such.
        ReferralOutcome::Dead | ReferralOutcome::Moved => Some(NOT_STATED),
        ReferralOutcome::Accepted | ReferralOutcome::Rejected | ReferralOutcome::Duplicate => None,
    }
}

fn of_offer<'a>(course: &CourseFacts, one: &'a Intervention, seen: &Seen<'_>) -> Option<(Date, &'a str)> {
    if is_given_up(one) {
        let on = end(one).or(course.closed_on).or(one.offered_on)?;
        return Some((on, one.stop_reason.as_deref().unwrap_or(NOT_STATED)));
    }
    match one.answer {
        Some(OfferAnswer::Declined) => Some((one.offered_on?, DECLINED)),
        Some(OfferAnswer::Accepted) => None,
        Some(OfferAnswer::Waiting) | None => {
            let on = one.offered_on?;
            let over = course.closed_on.is_some() || seen.is_over(on.saturating_add(DAYS.days()));
            over.then_some((on, NO_ANSWER))
        }
    }
}
