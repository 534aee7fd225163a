//! E06: recorded needs (interpreter, transport, companion, other) with an arrangement before the first session; not those who
//! declined (SP-004-20, IK-002-02). The arrangement stands in the block of needs, so its day is that of the answers.

use standard::facts::{CourseFacts, Listed, Needs, Ternary};
use standard::rules::filled;

use crate::counting::{Seen, Tell, Unit};
use crate::definition::Breakdown;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(needs) = &course.needs else { return };
    let Some(on) = needs.answered_on.or(course.started_on) else { return };
    let due = course.first_session_on.or(course.closed_on);
    let arranged = filled(needs.arrangement.as_ref());
    let in_time = due.is_none_or(|due| needs.answered_on.is_some_and(|day| day <= due));
    let over = arranged || due.is_some_and(|due| seen.is_over(due));
    for kind in kinds(needs) {
        let unit = Unit::of(course, on).own(Breakdown::NeedKind, kind).except(needs.declined == Some(true));
        tell(unit.when(over).needs(!arranged || needs.answered_on.is_some()).met(arranged && in_time));
    }
}

fn kinds(needs: &Needs) -> impl Iterator<Item = &'static str> {
    let other = matches!(needs.sensory, Some(Listed::Some(_)));
    let all = [
        ("interpreter", needs.interpreter == Some(Ternary::Yes)),
        ("transport", needs.transport.as_ref().is_some_and(|noted| noted.answer)),
        ("companion", needs.companion == Some(Ternary::Yes)),
        ("other", other),
    ];
    all.into_iter().filter(|(_, needed)| *needed).map(|(kind, _)| kind)
}
