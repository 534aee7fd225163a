//! Lighed: needs that stand in the way of taking part (standard, section 3.3).

use super::afklarende_samtale::filled;
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::{CourseFacts, Ternary};
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[Rule { requirement: "SP-004-20", decide: Decide::Course(special_needs) }];

/// SP-004-20: a need for an interpreter, transport or a companion has an arrangement, or a reason why not, by the first
/// session.
fn special_needs(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(started_on) = course.started_on.filter(|on| *on <= at.to) else { return Verdict::OUTSIDE };
    let Some(needs) = course.needs.as_ref().filter(|_| course.closed_on.is_none_or(|on| on >= at.from)) else {
        return Verdict::OUTSIDE;
    };
    let transport = needs.transport.as_ref().is_some_and(|noted| noted.answer);
    if !transport && needs.interpreter != Some(Ternary::Yes) && needs.companion != Some(Ternary::Yes) {
        return Verdict::OUTSIDE;
    }
    let answered = filled(needs.arrangement.as_ref()) || filled(needs.not_met_reason.as_ref());
    let due = course.first_session_on.or(course.closed_on).unwrap_or(at.today);
    Case::on(started_on)
        .except("declined", needs.declined == Some(true))
        .by(due)
        .recorded("need.arrangement", answered)
        .decide(at)
}
