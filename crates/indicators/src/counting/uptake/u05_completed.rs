//! U05: interventions that began and were completed. Those that ended by an event or because there was no need are left out of
//! the main figure and part of the strict one (KS-9.1-11, KS-3.4-05).

use standard::facts::CourseFacts;
use standard::facts::words::InterventionStatus;
use standard::rules::end;

use crate::counting::shared::is_given_up;
use crate::counting::{Seen, Tell, Unit};

/// Stop reasons that are no dropout (breakdown of the nine reasons).
const APART: [&str; 3] = ["haendelse", "ikke_behov_borger", "ikke_behov_fagperson"];

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in course.interventions.iter().filter(|one| one.started_on.is_some()) {
        let completed = one.status == Some(InterventionStatus::Completed);
        let Some(on) = end(one).or(course.closed_on).filter(|_| completed || is_given_up(one)) else { continue };
        let apart = is_given_up(one) && one.stop_reason.as_deref().is_some_and(|reason| APART.contains(&reason));
        let unit = Unit::of(course, on).intervention(one).met(completed);
        tell(unit.except(apart));
        tell(unit.part("strict"));
    }
}
