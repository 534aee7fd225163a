//! What rules about the end of a course share: which courses, which interventions, and a rule of several parts.

use jiff::civil::Date;

use crate::context::Context;
use crate::facts::words::{CourseStatus, Fsiii, InterventionStatus, MessageKind};
use crate::facts::{CourseFacts, Intervention, Message};
use crate::outcome::{Ahead, Outcome, Verdict};

/// The day a course with at least one started intervention closed, in the period.
pub(super) fn closed(course: &CourseFacts, at: &Context<'_>) -> Option<Date> {
    let begun = course.interventions.iter().any(|one| one.started_on.is_some());
    at.in_period(course.closed_on).filter(|_| begun)
}

/// The day a course closed as completed, in the period.
pub(super) fn completed(course: &CourseFacts, at: &Context<'_>) -> Option<Date> {
    let through = course.interventions.iter().any(|one| one.status == Some(InterventionStatus::Completed));
    at.in_period(course.closed_on).filter(|_| through && course.status == Some(CourseStatus::Closed))
}

/// Whether the citizen died.
pub fn died(course: &CourseFacts) -> bool {
    let dead = course.citizen.as_ref().is_some_and(|citizen| citizen.dead_on.is_some());
    dead || course.status == Some(CourseStatus::Dead)
}

/// The interventions that became something: granted, started or with a status, not only considered.
pub fn taken_up(course: &CourseFacts) -> impl Iterator<Item = &Intervention> {
    let became = |one: &&Intervention| one.granted_on.or(one.started_on).is_some() || one.status.is_some();
    course.interventions.iter().filter(became)
}

/// Whether it is nicotine cessation or a talk about alcohol, which have outcomes of their own.
pub(super) fn nicotine_or_alcohol(intervention: &Intervention) -> bool {
    matches!(intervention.fsiii_code, Some(Fsiii::NikotinTobaksafvaenning | Fsiii::SamtaleOmAlkohol))
}

/// Whether it was given up before its end.
pub(super) fn given_up(intervention: &Intervention) -> bool {
    matches!(intervention.status, Some(InterventionStatus::Stopped | InterventionStatus::Cancelled))
}

/// The closing statuses that were sent, with their day.
pub(super) fn closing_statuses(course: &CourseFacts) -> impl Iterator<Item = (Date, &Message)> {
    let closing = course.messages.iter().filter(|one| one.kind == Some(MessageKind::ClosingStatus));
    closing.filter_map(|one| Some((one.sent_on?, one)))
}

/// A rule of several parts is as its weakest: unknown, not met, not yet due, met. Outside without a part. It waits for what
/// comes first of what its parts wait for.
pub(super) fn weakest(parts: impl IntoIterator<Item = Verdict>) -> Verdict {
    let rank = |verdict: &Verdict| match verdict.outcome {
        Outcome::Unknown => 0,
        Outcome::NotMet => 1,
        Outcome::NotYetDue => 2,
        Outcome::Met => 3,
        Outcome::NotApplicable => 4,
    };
    let mut ahead: Option<Ahead> = None;
    let parts = parts.into_iter().inspect(|part| {
        ahead = ahead.into_iter().chain(part.ahead).min_by_key(|one| one.due);
    });
    let weakest = parts.min_by_key(rank).unwrap_or(Verdict::OUTSIDE);
    Verdict { ahead, ..weakest }
}
