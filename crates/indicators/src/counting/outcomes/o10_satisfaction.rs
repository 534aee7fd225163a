//! O10: citizens who score their course 20 or more of 25, of those who answered; and how many answered (SP-004-24).

use standard::facts::CourseFacts;

use crate::counting::{Seen, Tell, Unit};

/// Satisfied from this score of 25.
const SATISFIED: f64 = 20.0;

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some((closure, on)) = course.closure.as_ref().zip(course.closed_on) else { return };
    if closure.satisfaction_asked.is_some() {
        let unit = Unit::of(course, on);
        tell(unit.answered(closure.satisfaction_score.map(|score| score >= SATISFIED)));
        tell(unit.part("answered").met(closure.satisfaction_score.is_some()));
    }
}
