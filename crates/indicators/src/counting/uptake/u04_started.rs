//! U04: accepted interventions with a first session within 90 days of the answer (KS-9.1-10).

use jiff::ToSpan;
use standard::facts::CourseFacts;
use standard::facts::words::OfferAnswer;

use crate::counting::shared::left_by;
use crate::counting::{Seen, Tell, Unit};

const DAYS: i32 = 90;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in course.interventions.iter().filter(|one| one.answer == Some(OfferAnswer::Accepted)) {
        let Some(on) = one.answered_on else {
            // Without the day of the answer it stands where it was offered, as one that nobody can judge.
            one.offered_on.into_iter().for_each(|day| tell(Unit::of(course, day).intervention(one).needs(false)));
            continue;
        };
        let closes = on.saturating_add(DAYS.days());
        let begun = one.started_on.is_some_and(|day| day <= closes);
        let unit = Unit::of(course, on).intervention(one).except(left_by(course, closes));
        tell(unit.when(seen.is_over(closes)).met(begun));
    }
}
