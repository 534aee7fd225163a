//! A04: self-referred courses with something completed and consent, whose GP was told within `feedback_workdays`; not those
//! without a GP (KS-2.2-08).

use standard::LimitId;
use standard::facts::CourseFacts;

use super::feedback;
use crate::counting::shared::{closed_completed, is_self_referred};
use crate::counting::{Seen, Tell, Unit};

/// What stands for the GP of a citizen who has none.
const NO_GP: &str = "none";

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let consent = course.consents.as_ref().and_then(|consents| consents.gp_status.as_ref());
    let closed = closed_completed(course).filter(|on| consent.is_some_and(|one| one.stands_on(*on)));
    let first = course.referrals.iter().min_by_key(|one| one.received_on).filter(|one| is_self_referred(one));
    let Some((closed_on, referral)) = closed.zip(first) else { return };
    let due = seen.at.workdays_after(closed_on, LimitId::FeedbackWorkdays);
    let gp = course.citizen.as_ref().and_then(|citizen| citizen.gp_unit.as_deref());
    let in_time = feedback(course).any(|(message, on)| message.recipient_unit.as_deref() == gp && on <= due);
    let unit = Unit::of(course, due).referral(referral).except(gp == Some(NO_GP)).needs(gp.is_some());
    tell(unit.when(seen.is_over(due)).met(in_time));
}
