//! O06: without nicotine since the end, six months after it, by the citizen's own word: of those reached, and of all who were
//! due, in which not reached counts as not (KS-5.3-12, KS-5.3-11).

use standard::LimitId;
use standard::facts::CourseFacts;
use standard::facts::words::{Fsiii, NicotineOutcome};

use super::o07_followed_up::{due, reached};
use crate::counting::shared::{dead_by, interventions, is_of};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::NikotinTobaksafvaenning) {
        let Some(on) = due(one, seen) else { continue };
        let closes = seen.at.days_after(on, LimitId::StopFollowupWindowDays);
        let stop = course.stops.iter().find(|stop| is_of(stop.intervention.as_ref(), one));
        let consent = stop.and_then(|stop| stop.consent.as_ref());
        let refused = consent.is_some_and(|consent| !consent.answer || consent.withdrawn_on.is_some());
        let unit = Unit::of(course, on)
            .intervention(one)
            .except(refused || dead_by(course, on))
            .when(seen.is_over(closes))
            .needs(consent.is_some());
        let reached = stop.is_some_and(reached);
        let record = course.nicotine_courses.iter().find(|record| is_of(record.intervention.as_ref(), one));
        let outcome = record.and_then(|record| record.outcome).filter(|outcome| *outcome != NicotineOutcome::Unknown);
        let relapsed = record.and_then(|record| record.relapse_on).is_some_and(|day| day <= closes);
        let stayed = outcome.map(|outcome| outcome == NicotineOutcome::Stopped && !relapsed);
        if reached {
            tell(unit.answered(stayed));
        }
        tell(unit.part("all").met(reached && stayed == Some(true)));
    }
}
