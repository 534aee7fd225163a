//! U09: planned attendances, until completion or stop, to which the citizen came (KS-9.1-02).

use standard::facts::CourseFacts;
use standard::facts::words::AttendanceStatus;
use standard::rules::end;

use crate::counting::shared::{came, is_of, session_of};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &course.attendances {
        let Some(on) = one.date else { continue };
        let intervention = course.interventions.iter().find(|other| is_of(one.intervention.as_ref(), other));
        if intervention.and_then(end).is_some_and(|ended| on > ended) {
            continue;
        }
        let unit = Unit::of(course, on).except(one.status == Some(AttendanceStatus::CancelledByUs));
        let unit = intervention.map_or(unit, |intervention| unit.intervention(intervention));
        let at = session_of(course, one.session.as_ref(), seen.at);
        let unit = at.map_or(unit, |(session, group)| unit.session(session, group));
        let known = one.status.is_some();
        tell(unit.when(known || seen.is_over(on)).answered(known.then_some(came(one.status))));
    }
}
