//! R02: referrals by group of diagnosis; what was not stated is a group of its own (KS-9.1-09, KS-2.2-02).

use standard::facts::CourseFacts;

use crate::counting::shared::{NOT_STATED, is_duplicate, received};
use crate::counting::strata::diagnosis_group;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course) {
        let group = diagnosis_group(referral.diagnoses.iter().map(String::as_str)).unwrap_or(NOT_STATED);
        tell(Unit::of(course, on).referral(referral).except(is_duplicate(referral)).group(group));
    }
}
