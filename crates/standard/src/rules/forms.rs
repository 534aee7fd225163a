//! Forms that rules of several areas share: an offer after a clarifying talk, a checklist, a time that ends with the
//! intervention.

use jiff::civil::Date;

use crate::case::Case;
use crate::catalogue::STANDARD;
use crate::context::Context;
use crate::facts::words::{Fsiii, InterventionStatus, TalkKind};
use crate::facts::{Assessment, CourseFacts, Intervention, Need, Talk};
use crate::limits::LimitId;
use crate::outcome::Verdict;

use super::sessions::Sessions;

/// The day of a session, where a rule measures from it without naming it among its facts.
pub(super) const SESSION_DATE: &str = "session.date";
/// The day somebody tried to reach the citizen, likewise.
pub(super) const ATTEMPT_DATE: &str = "contact.attempted_on";
/// What an attempt to reach the citizen led to, likewise.
pub(super) const ATTEMPT_RESULT: &str = "contact.result";
/// The day a talk was held, likewise.
pub(super) const TALK_DATE: &str = "talk.held_on";
/// The answer to an offer, likewise.
pub(super) const OFFER_ANSWER: &str = "intervention.answer";
/// The reason for another form than the usual, likewise.
pub(super) const DIFFERENTIATION_REASON: &str = "intervention.differentiation_reason";

/// Whether an optional text says something.
pub fn filled(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// Whether a link names an intervention.
pub(super) fn of(link: Option<&String>, intervention: &Intervention) -> bool {
    link.is_some_and(|id| *id == intervention.id)
}

/// The day it ended or was stopped.
pub fn end(intervention: &Intervention) -> Option<Date> {
    intervention.ended_on.or(intervention.stopped_on)
}

/// The day it was completed, in the period.
pub(super) fn completed_in(intervention: &Intervention, at: &Context<'_>) -> Option<Date> {
    at.in_period(intervention.ended_on).filter(|_| intervention.status == Some(InterventionStatus::Completed))
}

/// The day it was stopped early, in the period.
pub(super) fn stopped_in(intervention: &Intervention, at: &Context<'_>) -> Option<Date> {
    let stopped_on = intervention.stopped_on.or(intervention.ended_on);
    at.in_period(stopped_on).filter(|_| intervention.status == Some(InterventionStatus::Stopped))
}

/// An intervention completed in the period, judged at its end, or stopped early in it, which is excluded.
pub(super) fn completed(intervention: &Intervention, at: &Context<'_>) -> Option<Case> {
    if let Some(ended_on) = completed_in(intervention, at) {
        return Some(Case::on(ended_on).by(ended_on));
    }
    stopped_in(intervention, at).map(|stopped_on| Case::on(stopped_on).except("stopped_early", true))
}

/// Until the intervention ends; no day is known while it runs.
pub(super) fn by_end(case: Case, intervention: &Intervention) -> Case {
    use InterventionStatus::{Cancelled, Completed, Stopped};
    match end(intervention) {
        Some(day) => case.by(day),
        None => case.waits(!matches!(intervention.status, Some(Completed | Stopped | Cancelled))),
    }
}

/// The elements a requirement names.
pub(super) fn elements_of(requirement: &str) -> impl Iterator<Item = &'static str> {
    STANDARD.requirement(requirement).into_iter().flat_map(|one| &one.elements).map(String::as_str)
}

/// Every wanted element was worked with in some session; when nobody recorded any, it is not known.
pub(super) fn checklist<'w>(case: Case, sessions: &Sessions<'_>, wanted: impl IntoIterator<Item = &'w str>) -> Case {
    let covered = || sessions.iter().flat_map(|had| had.session.elements_covered.iter());
    if covered().next().is_none() {
        return case.answered("session.elements_covered", None);
    }
    let all = wanted.into_iter().all(|element| covered().any(|one| one == element));
    case.recorded("session.elements_covered", all)
}

/// A need found in a clarifying talk of the period leads to an offer with an answer within `start_days` of the talk.
pub(super) fn offered_after_talk(
    course: &CourseFacts,
    at: &Context<'_>,
    (fact, need): (&'static str, fn(&Assessment) -> Option<Need>),
    codes: &[Fsiii],
) -> Verdict {
    let clarifying = course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::AfklarendeSamtale));
    let held = clarifying.filter_map(|talk| at.in_period(talk.held_on).map(|on| (talk, on)));
    let assessed = held.filter_map(|(talk, on)| assessment_of(course, talk).map(|assessment| (need(assessment), on)));
    let found: Vec<_> = assessed.collect();
    let first = |wanted: Option<Need>| found.iter().find(|(need, _)| *need == wanted).map(|(_, on)| *on);
    let Some(held_on) = first(Some(Need::Yes)) else {
        return first(None).map_or(Verdict::OUTSIDE, |on| Case::on(on).needs(fact, false).decide(at));
    };
    let offers = course.interventions.iter().filter(|one| one.fsiii_code.is_some_and(|code| codes.contains(&code)));
    let offer = offers.filter(|one| one.offered_on.is_some()).min_by_key(|one| (one.answer.is_none(), one.offered_on));
    Case::on(held_on)
        .by(at.days_after(held_on, LimitId::StartDays))
        .done("intervention.offered_on", offer.and_then(|one| one.offered_on))
        .recorded("intervention.answer", offer.is_some_and(|one| one.answer.is_some()))
        .decide(at)
}

/// The assessment made in a talk.
fn assessment_of<'a>(course: &'a CourseFacts, talk: &Talk) -> Option<&'a Assessment> {
    let named = course.assessments.iter().find(|one| talk.assessment.as_ref() == Some(&one.id));
    named.or_else(|| course.assessments.iter().find(|one| one.talk.as_ref() == Some(&talk.id)))
}
