//! T01: calendar days from reception to the first attempt to reach the citizen, and those within `contact_workdays`, in the
//! month that the limit passes (KS-2.2-06).

use standard::facts::CourseFacts;
use standard::{LimitId, days_between};

use crate::counting::shared::{contacts, is_duplicate, is_rejected, received, referral_left_by};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course).filter(|(one, _)| !is_rejected(one)) {
        let due = seen.at.workdays_after(on, LimitId::ContactWorkdays);
        let first = contacts(course, referral).map(|(_, day)| day).min();
        let unit = Unit::of(course, due)
            .referral(referral)
            .except(is_duplicate(referral) || referral_left_by(course, referral, due))
            .when(seen.is_over(due))
            .met(first.is_some_and(|day| day <= due));
        tell(match first {
            Some(day) => unit.whole(days_between(on, day)),
            None => unit,
        });
    }
}
