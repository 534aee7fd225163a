//! Supervised training: what it gives, its plans, and what is thought of before it starts (sections 6.2 and 6.4).

use jiff::ToSpan;
use jiff::civil::Date;

use super::{end_window, is_training, training_completed, training_of, training_started};
use crate::case::Case;
use crate::context::Context;
use crate::facts::words::{OfferAnswer, Phase};
use crate::facts::{Caution, CourseFacts, Intervention};
use crate::outcome::Verdict;
use crate::rules::ernaering::is_nutrition;
use crate::rules::forms;
use crate::rules::sessions::Sessions;

/// KS-6.2-05, section 6.2: training gives knowledge, ability, safety and help to go on.
pub(super) fn elements(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let case = forms::completed(intervention, at).filter(|_| is_training(intervention));
    let Some(case) = case else { return Verdict::OUTSIDE };
    forms::checklist(case, &Sessions::of(course, intervention, at), forms::elements_of("KS-6.2-05")).decide(at)
}

/// KS-6.2-06, section 6.2: a plan at start, by the second session, and one in the end window. A training that was stopped
/// early is judged on its start plan.
pub(super) fn start_and_end_plan(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let stopped_on = forms::stopped_in(intervention, at).filter(|_| is_training(intervention));
    let Some(over_on) = training_completed(intervention, at).or(stopped_on) else { return Verdict::OUTSIDE };
    let sessions = Sessions::of(course, intervention, at);
    let plans = |phase| {
        let of_this = course.activity_plans.iter().filter(|one| forms::of(one.intervention.as_ref(), intervention));
        of_this.filter(move |one| one.phase == Some(phase))
    };
    let start_on = plans(Phase::Start).filter_map(|one| one.created_on).min();
    let by = sessions.second_on().unwrap_or(over_on);
    let case = Case::on(over_on)
        .except("stopped_before_second_session", stopped_on.is_some() && sessions.count() < 2)
        .needs("activityplan.created_on", start_on.is_some() || plans(Phase::Start).next().is_none())
        .holds("no_start_plan_in_time", start_on.is_some_and(|on| on <= by));
    if stopped_on.is_some() {
        return case.decide(at);
    }
    let Some((from, to)) = end_window(&sessions, at) else { return case.needs(forms::SESSION_DATE, false).decide(at) };
    let end_on = plans(Phase::End).filter_map(|one| one.created_on).filter(|on| *on >= from).min();
    let undated = plans(Phase::End).any(|one| one.created_on.is_none());
    case.needs("activityplan.created_on", end_on.is_some() || !undated)
        .by(to)
        .done("activityplan.created_on", end_on)
        .decide(at)
}

/// KS-6.2-07, section 6.2: by the second session training is arranged individually, with focus and guideline.
pub(super) fn individual_plan(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = training_started(intervention, at) else { return Verdict::OUTSIDE };
    let training = training_of(course, intervention);
    Sessions::of(course, intervention, at)
        .by_second(Case::on(started_on), intervention)
        .answered("training.individual_plan", training.and_then(|one| one.individual_plan))
        .recorded("training.focus", training.is_some_and(|one| !one.focus.is_empty()))
        .recorded("training.guideline_id", training.is_some_and(|one| forms::filled(one.guideline_id.as_ref())))
        .decide(at)
}

/// KS-6.2-11, section 6.2: nutrition is considered before training when one goes on or weight was lost without a plan; with
/// such a loss a nutrition intervention has been offered.
pub(super) fn nutrition_considered(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = training_started(intervention, at) else { return Verdict::OUTSIDE };
    let nutrition = || course.interventions.iter().filter(|one| is_nutrition(one));
    let loss = course.nutrition_assessments.iter().any(|one| one.unplanned_loss.is_some_and(|loss| loss.answer));
    if !loss && !nutrition().any(|one| is_concurrent(one, intervention, started_on)) {
        return Verdict::OUTSIDE;
    }
    let considered = training_of(course, intervention).and_then(|one| one.nutrition_considered.as_ref());
    let offered_on = nutrition().filter_map(|one| one.offered_on.or(one.started_on)).min();
    let case = Case::on(started_on)
        .by(started_on)
        .except("nutrition_declined", nutrition().any(|one| one.answer == Some(OfferAnswer::Declined)))
        .answered("training.nutrition_considered", considered.map(|one| one.answer))
        .recorded("training.nutrition_considered", considered.is_none_or(|one| forms::filled(one.note.as_ref())));
    if loss { case.done("intervention.offered_on", offered_on).decide(at) } else { case.decide(at) }
}

/// Granted and not over when the training started, or started while it ran.
fn is_concurrent(nutrition: &Intervention, training: &Intervention, started_on: Date) -> bool {
    let over = forms::end(nutrition).is_some_and(|end| end < started_on);
    let granted = nutrition.granted_on.or(nutrition.started_on).is_some_and(|on| on <= started_on);
    let meanwhile =
        nutrition.started_on.is_some_and(|on| on >= started_on && forms::end(training).is_none_or(|end| on <= end));
    (granted && !over) || meanwhile
}

/// KS-6.4-02, section 6.4: whether caution is needed is answered before the first session; in doubt a doctor is asked.
pub(super) fn caution(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = training_started(intervention, at) else { return Verdict::OUTSIDE };
    let training = training_of(course, intervention);
    let caution = training.and_then(|one| one.caution.as_ref());
    let case =
        Case::on(started_on).by(started_on.saturating_sub(1.day())).recorded("training.caution", caution.is_some());
    if caution == Some(&Caution::Doubt) {
        return case.done("training.doctor_contact_on", training.and_then(|one| one.doctor_contact_on)).decide(at);
    }
    case.decide(at)
}
