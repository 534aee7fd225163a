//! O04: goals reached or exceeded in closed courses, and those reached in part; not those the citizen gave up (KS-3.5-01).

use standard::facts::CourseFacts;
use standard::facts::words::Attainment;

use crate::counting::shared::NOT_STATED;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = course.closed_on else { return };
    for goal in &course.goals {
        let intervention = course.interventions.iter().find(|one| goal.intervention_id.as_ref() == Some(&one.id));
        let reached = |attainment| matches!(attainment, Attainment::Reached | Attainment::Exceeded);
        let unit = Unit::of(course, on)
            .except(goal.withdrawn_on.is_some())
            .answered(goal.attainment.map(reached))
            .group(goal.attainment.map_or(NOT_STATED, Attainment::word));
        tell(intervention.map_or(unit, |one| unit.intervention(one)));
    }
}
