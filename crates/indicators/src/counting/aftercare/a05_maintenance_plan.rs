//! A05: completed courses with a plan to keep it up; not those who declined support (KS-3.5-04).

use standard::facts::CourseFacts;
use standard::rules::filled;

use crate::counting::shared::closed_completed;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = closed_completed(course) else { return };
    let closure = course.closure.as_ref();
    let declined = closure.is_some_and(|closure| closure.support_declined == Some(true));
    let planned = closure.is_some_and(|closure| filled(closure.maintenance_plan.as_ref()));
    tell(Unit::of(course, on).except(declined).met(planned));
}
