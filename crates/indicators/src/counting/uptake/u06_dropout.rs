//! U06: interventions that were stopped or cancelled, by the nine reasons (KS-9.1-11, KS-3.3-03).

use standard::facts::CourseFacts;
use standard::rules::end;

use crate::counting::shared::{NOT_STATED, is_given_up};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in course.interventions.iter().filter(|one| is_given_up(one)) {
        let Some(on) = end(one).or(course.closed_on) else { continue };
        tell(Unit::of(course, on).intervention(one).group(one.stop_reason.as_deref().unwrap_or(NOT_STATED)));
    }
}
