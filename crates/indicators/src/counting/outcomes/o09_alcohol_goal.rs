//! O09: alcohol talks followed up with the goal reached; and where AUDIT was repeated, a lower band than at the start
//! (KS-8.3-03). Those referred to treatment are left out.

use standard::facts::words::{Attainment, Fsiii, Phase};
use standard::facts::{CourseFacts, TestResult};

use super::{instrument, number};
use crate::counting::shared::{interventions, is_about, is_of};
use crate::counting::{Seen, Tell, Unit};

const AUDIT: &str = "audit";

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::SamtaleOmAlkohol) {
        let record = course.alcohol_talks.iter().find(|record| is_of(record.intervention.as_ref(), one));
        let referred = record.is_some_and(|record| record.treatment_referral_on.is_some());
        let follow_ups = course.follow_ups.iter().filter(|follow_up| is_about(follow_up.intervention.as_ref(), one));
        for on in follow_ups.filter_map(|follow_up| follow_up.done_on) {
            let unit = Unit::of(course, on).intervention(one).except(referred);
            let goals = || course.goals.iter().filter(|goal| is_about(goal.intervention_id.as_ref(), one));
            let reached = |attainment| matches!(attainment, Attainment::Reached | Attainment::Exceeded);
            let known = goals().filter_map(|goal| goal.attainment).map(reached).reduce(|first, other| first && other);
            tell(unit.answered(known));
            let of_phase = |start: bool| {
                let audits = course.test_results.iter().filter(|test| test.instrument.as_deref() == Some(AUDIT));
                audits.filter(move |test| (test.phase == Some(Phase::Start)) == start).max_by_key(|test| test.date)
            };
            if let Some((start, later)) = of_phase(true).zip(of_phase(false)) {
                tell(unit.part("audit").answered(band(later).zip(band(start)).map(|(later, start)| later < start)));
            }
        }
    }
}

/// The band of a result, counted from the lowest.
fn band(test: &TestResult) -> Option<usize> {
    let total = test.total?;
    instrument(test)?.bands.iter().position(|band| total <= number(band.to))
}
