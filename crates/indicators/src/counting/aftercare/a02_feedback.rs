//! A02: closed courses referred by a doctor or a hospital, with consent, whose referrer was told; within `feedback_workdays`,
//! and after how many days (KS-2.2-07, KS-3.5-02). In the month that the limit passes.

use standard::facts::CourseFacts;
use standard::{LimitId, days_between};

use super::feedback;
use crate::counting::shared::{by_doctor, dead_by, is_duplicate};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let consent = course.consents.as_ref().and_then(|consents| consents.feedback.as_ref());
    let Some(closed_on) = course.closed_on.filter(|on| consent.is_some_and(|one| one.stands_on(*on))) else { return };
    let first = course.referrals.iter().filter(|one| !is_duplicate(one)).min_by_key(|one| one.received_on);
    let Some(referral) = first.filter(|one| by_doctor(one) == Some(true)) else { return };
    let due = seen.at.workdays_after(closed_on, LimitId::FeedbackWorkdays);
    let sent = feedback(course).map(|(_, on)| on).filter(|on| *on >= closed_on).min();
    let unit = Unit::of(course, due)
        .referral(referral)
        .except(dead_by(course, closed_on) || referral.sender_unit_closed == Some(true))
        .when(seen.is_over(due));
    tell(unit.part("in_time").met(sent.is_some_and(|on| on <= due)));
    tell(match sent {
        Some(on) => unit.met(true).whole(days_between(closed_on, on)),
        None => unit,
    });
}
