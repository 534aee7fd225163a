//! R04: referrals by a doctor or a hospital that say why, as text or code (KS-2.2-02, SP-004-17).

use standard::facts::CourseFacts;
use standard::rules::filled;

use crate::counting::shared::{by_doctor, received};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course).filter(|(one, _)| by_doctor(one) != Some(false)) {
        let says_why = filled(referral.reason_text.as_ref()) || !referral.diagnoses.is_empty();
        tell(Unit::of(course, on).referral(referral).needs(referral.source.is_some()).met(says_why));
    }
}
