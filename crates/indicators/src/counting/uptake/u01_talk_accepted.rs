//! U01: clarifying talks that were offered and accepted (KS-3.1-01, KS-3.1-02).

use standard::facts::CourseFacts;
use standard::facts::words::{TalkAnswer, TalkKind};

use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for talk in course.talks.iter().filter(|one| one.kind == Some(TalkKind::AfklarendeSamtale)) {
        let Some(on) = talk.offered_on else { continue };
        let unit = Unit::of(course, on).answered(talk.answer.map(|answer| answer == TalkAnswer::Accepted));
        let of = course.referrals.iter().find(|one| talk.referral.as_ref() == Some(&one.id));
        tell(of.map_or(unit, |referral| unit.referral(referral)));
    }
}
