//! T08: AUDIT of `audit_high`, or of `audit_low` with a mental illness, that leads to treatment, or to a refusal with
//! information given, within `alcohol_referral_workdays` (KS-8.2-03, KS-8.2-04).

use jiff::civil::Date;
use standard::LimitId;
use standard::facts::words::TreatmentAnswer;
use standard::facts::{Alcohol, CourseFacts, MentalIllness};

use crate::counting::{Seen, Tell, Unit};

const AUDIT: &str = "audit";

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let ill = course.citizen.as_ref().and_then(|one| one.mental_illness).and_then(MentalIllness::known);
    let (low, high) = (seen.at.limit(LimitId::AuditLow), seen.at.limit(LimitId::AuditHigh));
    for test in course.test_results.iter().filter(|one| one.instrument.as_deref() == Some(AUDIT)) {
        let Some((on, total)) = test.date.zip(test.total) else { continue };
        if total < low || (total < high && ill == Some(false)) {
            continue;
        }
        let due = seen.at.workdays_after(on, LimitId::AlcoholReferralWorkdays);
        let about = |one: &&Alcohol| one.intervention.is_none() || one.intervention == test.intervention;
        let records = || course.alcohol_talks.iter().filter(about);
        let unit = Unit::of(course, on).except(records().any(|one| one.in_treatment == Some(true)));
        let unit = unit.when(seen.is_over(due)).needs(total >= high || ill.is_some());
        tell(unit.met(records().any(|one| referred(one, due) || refused(one))));
    }
}

fn referred(record: &Alcohol, due: Date) -> bool {
    record.treatment_referral_on.is_some_and(|on| on <= due)
}

fn refused(record: &Alcohol) -> bool {
    record.treatment_answer == Some(TreatmentAnswer::Declined) && !record.info_given.is_empty()
}
