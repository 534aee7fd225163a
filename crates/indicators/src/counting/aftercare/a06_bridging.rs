//! A06: completed courses that led on to an association or an activity, and the actions by kind (KS-3.5-06, IK-002-03,
//! IK-002-04).

use standard::facts::CourseFacts;
use standard::facts::words::BridgingKind;

use crate::counting::shared::{NOT_STATED, closed_completed};
use crate::counting::{Seen, Tell, Unit};
use crate::definition::Breakdown;

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = closed_completed(course) else { return };
    let declined = course.closure.as_ref().is_some_and(|closure| closure.support_declined == Some(true));
    let actions = || course.bridgings.iter().filter(|one| one.date.is_some());
    let kind = |kind: Option<BridgingKind>| kind.map_or(NOT_STATED, BridgingKind::word);
    let first = actions().next().map_or(NOT_STATED, |one| kind(one.kind));
    tell(Unit::of(course, on).own(Breakdown::Kind, first).except(declined).met(actions().next().is_some()));
    for action in actions().filter(|_| !declined) {
        let kind = kind(action.kind);
        tell(Unit::of(course, on).part("actions").own(Breakdown::Kind, kind).group(kind));
    }
}
