//! O07: participants with consent who were followed up six months after the end (KS-5.3-12).

use jiff::civil::Date;
use standard::LimitId;
use standard::facts::words::Fsiii;
use standard::facts::{CourseFacts, Intervention, Stop};
use standard::rules::end;

use crate::counting::shared::{dead_by, interventions, is_of};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::NikotinTobaksafvaenning) {
        let Some(on) = due(one, seen) else { continue };
        let closes = seen.at.days_after(on, LimitId::StopFollowupWindowDays);
        let stop = course.stops.iter().find(|stop| is_of(stop.intervention.as_ref(), one));
        let consent = stop.and_then(|stop| stop.consent.as_ref());
        if consent.is_some_and(|consent| !consent.answer || consent.withdrawn_on.is_some()) {
            continue;
        }
        let unit = Unit::of(course, on).intervention(one).except(dead_by(course, on)).needs(consent.is_some());
        tell(unit.when(seen.is_over(closes)).met(stop.is_some_and(reached)));
    }
}

/// Whether somebody told how it went: a form that says why nobody was reached is complete as well.
pub(super) fn reached(stop: &Stop) -> bool {
    stop.followup_complete == Some(true) && stop.followup_reached != Some(false)
}

/// The day six months after the end of an intervention that began.
pub(super) fn due(of: &Intervention, seen: &Seen<'_>) -> Option<Date> {
    let ended = end(of).filter(|_| of.started_on.is_some())?;
    Some(seen.at.months_after(ended, LimitId::StopFollowupMonths))
}
