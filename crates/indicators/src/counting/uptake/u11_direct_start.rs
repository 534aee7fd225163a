//! U11: requests for nicotine or alcohol only whose first appointment was the intervention itself; not those who wished a
//! clarifying talk (KS-3.1-03).

use standard::facts::CourseFacts;
use standard::facts::words::TalkKind;

use crate::counting::shared::{is_direct, received};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course).filter(|(one, _)| is_direct(one, seen.at)) {
        let about = |of: &Option<String>| of.as_ref().is_none_or(|id| *id == referral.id);
        let talks = course.talks.iter().filter(|talk| about(&talk.referral));
        let first = talks.filter(|talk| talk.offered_on.is_some()).min_by_key(|talk| talk.offered_on);
        let clarifying = |kind| matches!(kind, Some(TalkKind::AfklarendeSamtale | TalkKind::Behovssamtale));
        let wished = first.is_some_and(|talk| clarifying(talk.kind) && talk.citizen_choice.is_some());
        let direct = first.is_some_and(|talk| !clarifying(talk.kind));
        tell(Unit::of(course, on).referral(referral).except(wished).met(direct));
    }
}
