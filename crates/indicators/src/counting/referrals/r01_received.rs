//! R01: referrals and self-referrals received; duplicates of an open one are left out (KS-9.1-08, KS-2.2-01).

use standard::facts::CourseFacts;

use crate::counting::shared::{is_duplicate, received};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course) {
        tell(Unit::of(course, on).referral(referral).except(is_duplicate(referral)));
    }
}
