//! The end of supervised training, and what comes after it (section 6.3).

use jiff::ToSpan;

use super::{end_window, is_impossible, is_training, physical_tests, training_completed};
use crate::case::Case;
use crate::context::Context;
use crate::facts::words::{InterventionStatus, Phase, TalkAnswer, TalkKind};
use crate::facts::{CourseFacts, Intervention, Talk, TestResult};
use crate::outcome::Verdict;
use crate::rules::forms;
use crate::rules::sessions::Sessions;

/// KS-6.3-10, section 6.3: in the end window there is a talk, and the start test is repeated. When a test is not possible,
/// the talk still is held.
pub(super) fn talk_and_test(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(completed_on) = training_completed(intervention, at) else { return Verdict::OUTSIDE };
    let sessions = Sessions::of(course, intervention, at);
    let case = Case::on(completed_on).needs(forms::SESSION_DATE, sessions.last_on().is_some());
    let Some((from, to)) = end_window(&sessions, at) else { return case.decide(at) };
    let about = |talk: &&Talk| talk.intervention.as_ref().is_none_or(|id| *id == intervention.id);
    let closing = |talk: &&Talk| {
        matches!(talk.kind, Some(TalkKind::OpfoelgendeSamtale | TalkKind::AfsluttendeSamtale)) && about(talk)
    };
    let talks = course.talks.iter().filter(closing).filter_map(|talk| talk.held_on);
    let case = case.by(to).done("talk.held_on", talks.filter(|on| *on >= from).min());
    if is_impossible(course, intervention) {
        return case.decide(at);
    }
    let tests = |phase| physical_tests(course, intervention).filter(move |one| one.phase == Some(phase));
    let repeats = |end: &&TestResult| tests(Phase::Start).any(|start| start.instrument == end.instrument);
    let ends = || tests(Phase::End).filter(repeats);
    let tested_on = ends().filter_map(|one| one.date).filter(|on| *on >= from).min();
    let undated = ends().any(|one| one.date.is_none());
    case.needs("testresult.instrument", tested_on.is_some() || !undated)
        .done("testresult.instrument", tested_on)
        .decide(at)
}

/// KS-6.3-11, section 6.3: the end talk settles how the citizen goes on, which is filled in by the end of the end window.
pub(super) fn maintenance(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(completed_on) = training_completed(intervention, at) else { return Verdict::OUTSIDE };
    let sessions = Sessions::of(course, intervention, at);
    let plan = course.closure.as_ref().is_some_and(|closure| forms::filled(closure.maintenance_plan.as_ref()));
    let case = Case::on(completed_on).needs(forms::SESSION_DATE, sessions.last_on().is_some());
    let Some((_, to)) = end_window(&sessions, at) else { return case.decide(at) };
    case.by(to).recorded("closure.maintenance_plan", plan).decide(at)
}

/// KS-6.3-12, section 6.3: a follow-up from the third to the twelfth month after the end.
pub(super) fn within_a_year(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let completed = is_training(intervention) && intervention.status == Some(InterventionStatus::Completed);
    let looked_at = at.today.saturating_sub(15.months())..=at.today.saturating_sub(12.months());
    let ended_on = intervention.ended_on.filter(|on| completed && looked_at.contains(on));
    let Some(ended_on) = ended_on else { return Verdict::OUTSIDE };
    let follow_ups =
        || course.follow_ups.iter().filter(|one| one.intervention.as_ref().is_none_or(|id| *id == intervention.id));
    let third = ended_on.saturating_add(3.months());
    Case::on(ended_on)
        .except("follow_up_declined", follow_ups().any(|one| one.answer == Some(TalkAnswer::Declined)))
        .by(ended_on.saturating_add(12.months()))
        .done("followup.done_on", follow_ups().filter_map(|one| one.done_on).filter(|on| *on >= third).min())
        .decide(at)
}
