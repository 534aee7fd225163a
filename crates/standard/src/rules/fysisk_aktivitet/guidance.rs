//! Activity guidance: what it deals with, its plan and goals, and the talk after it (section 6.2).

use super::is_guidance;
use crate::case::Case;
use crate::context::Context;
use crate::facts::words::{InterventionStatus, Risk, TalkKind};
use crate::facts::{CourseFacts, Goal, Intervention};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::forms;
use crate::rules::sessions::Sessions;

/// KS-6.2-01, section 6.2: guidance deals with effects, motivation, local options, barriers and everyday life.
pub(super) fn elements(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let case = forms::completed(intervention, at).filter(|_| is_guidance(intervention));
    let Some(case) = case else { return Verdict::OUTSIDE };
    forms::checklist(case, &Sessions::of(course, intervention, at), forms::elements_of("KS-6.2-01")).decide(at)
}

/// KS-6.2-02, section 6.2: by the second session there is a plan for everyday activity with a goal.
pub(super) fn everyday_plan(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    if !is_guidance(intervention) {
        return Verdict::OUTSIDE;
    }
    let sessions = Sessions::of(course, intervention, at);
    if !sessions.any_in_period(at) {
        return Verdict::OUTSIDE;
    }
    let plans = || course.activity_plans.iter().filter(|one| forms::of(one.intervention.as_ref(), intervention));
    let created_on = plans().filter_map(|one| one.created_on).min();
    let goal = goals(course, intervention).next();
    let case = sessions.days().next().map_or_else(Case::today, Case::on);
    sessions
        .by_second(case, intervention)
        .needs("activityplan.created_on", created_on.is_some() || plans().next().is_none())
        .done("activityplan.created_on", created_on)
        .recorded("goal.intervention_id", goal.is_some())
        .decide(at)
}

/// KS-6.2-03, section 6.2: with impaired function or low activity a goal has a quantity, a unit, a date and a review.
pub(super) fn measurable_goal(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    if !is_guidance(intervention) {
        return Verdict::OUTSIDE;
    }
    let sessions = Sessions::of(course, intervention, at);
    let end = forms::end(intervention);
    let in_period = sessions.any_in_period(at) || at.in_period(end).is_some();
    let named = intervention.assessment_id.as_ref();
    let assessment = course.assessments.iter().find(|one| named == Some(&one.id));
    let needed =
        assessment.is_some_and(|one| one.function_impaired == Some(true) || one.risk_inactivity == Some(Risk::Present));
    if !in_period || !needed {
        return Verdict::OUTSIDE;
    }
    let measurable =
        |goal: &&Goal| goal.quantity.is_some() && forms::filled(goal.unit.as_ref()) && goal.due_on.is_some();
    let measurable = || goals(course, intervention).filter(measurable);
    let goal = measurable().next();
    let reviewed_on = measurable().filter_map(|goal| goal.reviewed_on.iter().min().copied()).min();
    let case = sessions.days().last().or(end).map_or_else(Case::today, Case::on);
    forms::by_end(case, intervention)
        .except("stopped_early", intervention.status == Some(InterventionStatus::Stopped))
        .recorded("goal.quantity", goal.is_some())
        .done("goal.reviewed_on", reviewed_on)
        .decide(at)
}

/// KS-6.2-04, section 6.2: a talk to take the plan up again is offered within `activity_followup_days` of completion.
pub(super) fn follow_up_offered(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let completed_on = forms::completed_in(intervention, at).filter(|_| is_guidance(intervention));
    let Some(completed_on) = completed_on else { return Verdict::OUTSIDE };
    let talks = course.talks.iter().filter(|talk| {
        talk.kind == Some(TalkKind::OpfoelgendeSamtale) && forms::of(talk.intervention.as_ref(), intervention)
    });
    let talk =
        talks.filter(|talk| talk.offered_on.is_some()).min_by_key(|talk| (talk.answer.is_none(), talk.offered_on));
    Case::on(completed_on)
        .by(at.days_after(completed_on, LimitId::ActivityFollowupDays))
        .done("talk.offered_on", talk.and_then(|talk| talk.offered_on))
        .recorded("talk.answer", talk.is_some_and(|talk| talk.answer.is_some()))
        .decide(at)
}

fn goals<'a>(course: &'a CourseFacts, intervention: &'a Intervention) -> impl Iterator<Item = &'a Goal> {
    course.goals.iter().filter(|goal| forms::of(goal.intervention_id.as_ref(), intervention))
}
