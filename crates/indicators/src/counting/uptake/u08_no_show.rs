//! U08: planned attendances to which nobody came or called off; not sessions that we cancelled, and not drop-in (KS-3.4-07).

use standard::facts::words::AttendanceStatus;
use standard::facts::{CourseFacts, Group};

use crate::counting::shared::{is_of, offer_of, session_of};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &course.attendances {
        let Some(on) = one.date else { continue };
        let at = session_of(course, one.session.as_ref(), seen.at);
        let intervention = course.interventions.iter().find(|other| is_of(one.intervention.as_ref(), other));
        let of_group = |group: &Group| seen.at.municipality.offer(group.offer.as_deref()?);
        let offer = at.and_then(|(_, group)| of_group(group?)).or_else(|| offer_of(intervention?, seen.at));
        let cancelled = one.status == Some(AttendanceStatus::CancelledByUs);
        let unit = Unit::of(course, on).except(cancelled || offer.is_some_and(|offer| offer.drop_in == Some(true)));
        let unit = intervention.map_or(unit, |intervention| unit.intervention(intervention));
        let unit = at.map_or(unit, |(session, group)| unit.session(session, group));
        let stayed_away = one.status.map(|status| status == AttendanceStatus::NoShow);
        tell(unit.when(one.status.is_some() || seen.is_over(on)).answered(stayed_away));
    }
}
