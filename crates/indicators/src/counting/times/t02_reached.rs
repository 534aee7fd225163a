//! T02: citizens reached within 30 days of reception (KS-2.2-06, KS-3.3-03).

use jiff::ToSpan;
use standard::facts::CourseFacts;
use standard::facts::words::ContactResult;

use crate::counting::shared::{contacts, is_duplicate, is_rejected, received, referral_left_by};
use crate::counting::{Seen, Tell, Unit};

const DAYS: i32 = 30;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course).filter(|(one, _)| !is_rejected(one)) {
        let closes = on.saturating_add(DAYS.days());
        let tried = || contacts(course, referral).filter(|(_, day)| *day <= closes).map(|(contact, _)| contact.result);
        let reached = tried().any(|result| result == Some(ContactResult::Reached));
        let unit = Unit::of(course, on)
            .referral(referral)
            .except(is_duplicate(referral) || referral_left_by(course, referral, closes));
        tell(unit.when(seen.is_over(closes)).needs(reached || tried().all(|result| result.is_some())).met(reached));
    }
}
