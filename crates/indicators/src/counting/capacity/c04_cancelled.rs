//! C04: sessions that we cancelled, of those planned: a group session that was not held, a single one whose attendance says so
//! (KS-1.1-01).

use standard::facts::CourseFacts;
use standard::facts::words::AttendanceStatus;

use super::{group_sessions, single_sessions};
use crate::counting::{Seen, Tell, Unit};

/// Sessions of groups.
pub(super) fn of_groups<'a>(seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (group, session) in group_sessions(seen).filter(|(group, _)| group.cancelled != Some(true)) {
        let Some(on) = session.date.map(|date| date.date()) else { continue };
        let unit = Unit::on(on).session(session, Some(group));
        tell(unit.when(seen.is_over(on)).answered(session.held.map(|held| !held)));
    }
}

/// Sessions of one citizen.
pub(super) fn single<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (session, intervention) in single_sessions(course) {
        let Some(on) = session.date.map(|date| date.date()) else { continue };
        let status = course.attendances.iter().find(|one| one.session.as_ref() == Some(&session.id));
        let status = status.and_then(|one| one.status);
        let cancelled = match (session.held, status) {
            (_, Some(AttendanceStatus::CancelledByUs)) => Some(true),
            (Some(true), _) | (Some(false), Some(_)) => Some(false),
            (Some(false) | None, _) => None,
        };
        let unit = Unit::of(course, on).session(session, None).when(seen.is_over(on)).answered(cancelled);
        tell(intervention.map_or(unit, |intervention| unit.intervention(intervention)));
    }
}
