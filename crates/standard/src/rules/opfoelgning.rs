//! Opfølgning: whether the changes last (the FSIII catalogue, Opfølgning).

use domain::deadlines::Deadline;
use jiff::ToSpan;
use jiff::civil::Date;

use super::ending::{died, weakest};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{CourseStatus, InterventionStatus, TalkAnswer};
use crate::facts::{CourseFacts, FollowUp};
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[Rule { requirement: "FS-003-06", decide: Decide::Course(followed_up) }];

/// FS-003-06, Opfølgning: each agreed follow-up is done within `followup_window_days` of its month, with how the changes
/// last and whether there is a new need. It waits for the next one that was agreed.
fn followed_up(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let through = course.interventions.iter().any(|one| one.status == Some(InterventionStatus::Completed));
    let completed = course.status == Some(CourseStatus::Closed) && through;
    let Some(closed_on) = course.closed_on.filter(|_| completed) else { return Verdict::OUTSIDE };
    let moved = course.citizen.as_ref().is_some_and(|citizen| citizen.moved_on.is_some());
    let agreed = course.follow_ups.iter().filter_map(|one| Some((one, month_on(one, closed_on, at)?)));
    let waits = agreed.clone().filter(|(one, _)| one.done_on.is_none() && one.answer.is_none());
    let next = waits.map(|(_, on)| at.due(Deadline::FollowUp, on)).min();
    let in_period = agreed.filter(|(_, on)| at.in_period(Some(*on)).is_some());
    let judged = weakest(in_period.map(|(one, on)| {
        let due = at.due(Deadline::FollowUp, on);
        let opens = on.saturating_sub(at.count(LimitId::FollowupWindowDays).days());
        Case::on(on)
            .except("dead", died(course))
            .except("moved", moved)
            .except("declined", one.answer == Some(TalkAnswer::Declined))
            .by(due)
            .done("followup.done_on", one.done_on)
            .holds("too_early", one.done_on.is_none_or(|done_on| opens <= done_on))
            .recorded("followup.status", one.status.is_some())
            .recorded("followup.new_need", one.new_need.is_some())
            .decide(at)
    }));
    judged.ahead("followup.done_on", next.filter(|_| !moved && !died(course)))
}

/// The day so many months after the closing, when a follow-up was planned for it.
fn month_on(one: &FollowUp, closed_on: Date, at: &Context<'_>) -> Option<Date> {
    let month = one.due_month.filter(|_| one.planned_on.is_some())?;
    let agreed = at.limits.follow_up_months().contains(&u16::try_from(month).ok()?);
    agreed.then(|| closed_on.saturating_add(month.months()))
}
