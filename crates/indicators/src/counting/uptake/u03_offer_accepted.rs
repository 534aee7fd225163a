//! U03: interventions that were offered and accepted; who has waited less than 30 days to answer is left out (KS-9.1-10).

use jiff::ToSpan;
use standard::facts::CourseFacts;
use standard::facts::words::OfferAnswer;

use crate::counting::{Seen, Tell, Unit};

const DAYS: i32 = 30;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &course.interventions {
        let Some(on) = one.offered_on else { continue };
        let answered = matches!(one.answer, Some(OfferAnswer::Accepted | OfferAnswer::Declined));
        let time_is_up = answered || seen.is_over(on.saturating_add((DAYS - 1).days()));
        let accepted = one.answer == Some(OfferAnswer::Accepted);
        tell(Unit::of(course, on).intervention(one).when(time_is_up).met(accepted));
    }
}
