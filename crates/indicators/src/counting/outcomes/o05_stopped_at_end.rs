//! O05: stopped at the end of a course with the goal to stop; in the strict figure an unknown end counts as not stopped
//! (KS-5.3-12). Courses that aim at less are left out.

use standard::facts::CourseFacts;
use standard::facts::words::{Fsiii, NicotineGoal, NicotineOutcome};
use standard::rules::end;

use crate::counting::shared::{interventions, is_of};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::NikotinTobaksafvaenning).filter(|one| one.started_on.is_some()) {
        let Some(on) = end(one) else { continue };
        let record = course.nicotine_courses.iter().find(|record| is_of(record.intervention.as_ref(), one));
        let goal = record.and_then(|record| record.goal_type);
        let outcome = record.and_then(|record| record.outcome).filter(|outcome| *outcome != NicotineOutcome::Unknown);
        let unit = Unit::of(course, on)
            .intervention(one)
            .except(matches!(goal, Some(NicotineGoal::Reduction | NicotineGoal::Undecided)))
            .needs(goal.is_some());
        let stopped = outcome.map(|outcome| outcome == NicotineOutcome::Stopped);
        tell(unit.answered(stopped));
        tell(unit.part("strict").met(stopped == Some(true)));
    }
}
