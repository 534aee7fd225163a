//! R06: newly diagnosed among those referred; the share that was not answered is told beside it (PL-000-01).

use standard::facts::{CourseFacts, Ternary};

use crate::counting::shared::{is_direct, received};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course) {
        let unit = Unit::of(course, on).referral(referral).except(is_direct(referral, seen.at));
        tell(unit.answered(referral.newly_diagnosed.and_then(Ternary::known)));
    }
}
