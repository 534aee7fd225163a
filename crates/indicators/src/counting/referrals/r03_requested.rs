//! R03: referrals by what they ask for (KS-3.1-03, KS-9.1-08).

use standard::facts::CourseFacts;

use crate::counting::shared::{NOT_STATED, is_duplicate, received};
use crate::counting::strata::requested_area;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course) {
        let group = requested_area(referral, seen.at).unwrap_or(NOT_STATED);
        tell(Unit::of(course, on).referral(referral).except(is_duplicate(referral)).group(group));
    }
}
