//! D03: completed training with at least one pair of tests that can be compared; not where a test was not possible (KS-6.2-09,
//! KS-6.3-10, KS-6.3-05).

use standard::facts::words::{Fsiii, Phase};
use standard::facts::{CourseFacts, TestResult};
use standard::rules::filled;

use crate::counting::shared::{completed_on, interventions, is_about};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::FysiskTraening) {
        let Some(on) = completed_on(one) else { continue };
        let tests = || course.test_results.iter().filter(|test| is_about(test.intervention.as_ref(), one));
        let of_phase = |phase| tests().filter(move |test| test.phase == Some(phase));
        let begun = |end: &&TestResult| of_phase(Phase::Start).any(|start| start.instrument == end.instrument);
        let pairs = || of_phase(Phase::End).filter(begun);
        let compared = pairs().any(|end| end.comparable == Some(true));
        let unsure = !compared && pairs().any(|end| end.comparable.is_none());
        let impossible = !compared && tests().any(|test| filled(test.not_possible_reason.as_ref()));
        tell(Unit::of(course, on).intervention(one).except(impossible).needs(!unsure).met(compared));
    }
}
