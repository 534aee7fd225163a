//! A03: closed courses in which the citizen agreed to feedback, of those who were asked; the share that was not asked is told
//! beside it (KS-2.2-09). Without a referrer to tell, the question is about the status to the GP.

use standard::facts::CourseFacts;

use crate::counting::shared::dead_by;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = course.closed_on else { return };
    let asked = course.consents.as_ref().and_then(|one| one.feedback.as_ref().or(one.gp_status.as_ref()));
    tell(Unit::of(course, on).except(dead_by(course, on)).answered(asked.map(|consent| consent.answer)));
}
