//! Nutrition together with activity, with a loss of weight and with several diseases (sections 7.2 and 7.4).

use jiff::ToSpan;
use jiff::civil::Date;

use super::{chronic, counted_loss, diet_of, is_diet, is_nutrition};
use crate::case::Case;
use crate::context::Context;
use crate::facts::words::{Format, OfferAnswer};
use crate::facts::{CourseFacts, Intervention, Nutrition};
use crate::outcome::Verdict;
use crate::rules::forms;
use crate::rules::fysisk_aktivitet::is_activity;
use crate::rules::sessions::Sessions;

/// Days to think of the one when the other begins, as KS-7.2-07 and KS-7.2-08 say themselves.
const DAYS: i32 = 14;

/// KS-7.2-07, section 7.2: a concurrent physical activity is considered, with a note, within 14 days.
pub(super) fn activity_considered(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let activities = course.interventions.iter().filter(|one| is_activity(one));
    let begun = activities.filter_map(|one| overlap(intervention, one, at)).min();
    let Some(begun) = begun.filter(|_| is_nutrition(intervention)) else { return Verdict::OUTSIDE };
    let assessments = &course.nutrition_assessments;
    let own = assessments.iter().find(|one| forms::of(one.intervention.as_ref(), intervention));
    let considered = own.or(assessments.first()).and_then(|one| one.activity_considered.as_ref());
    Case::on(begun)
        .by(begun.saturating_add(DAYS.days()))
        .answered("nutrition.activity_considered", considered.map(|one| one.answer))
        .recorded("nutrition.activity_considered", considered.is_none_or(|one| forms::filled(one.note.as_ref())))
        .decide(at)
}

/// The day two interventions began to run together, when some of that lies in the period. One that begins the day the
/// other ends does not.
fn overlap(one: &Intervention, other: &Intervention, at: &Context<'_>) -> Option<Date> {
    let begun = one.started_on?.max(other.started_on?);
    let over = [forms::end(one), forms::end(other)].into_iter().flatten().min();
    let together = over.is_none_or(|over| begun < over && over >= at.from);
    (together && begun <= at.to).then_some(begun)
}

/// KS-7.2-08, section 7.2: with an unplanned loss of `weight_loss_kg` or more and a physical activity, a nutrition
/// intervention runs or is offered within 14 days of the later of both.
pub(super) fn loss_and_activity(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let lost = |one: &&Nutrition| counted_loss(one, at) != Some(false);
    let Some(assessment) = course.nutrition_assessments.iter().find(lost) else { return Verdict::OUTSIDE };
    let running =
        course.interventions.iter().filter(|one| is_activity(one) && forms::end(one).is_none_or(|end| end >= at.from));
    let activity_on = running.filter_map(|one| one.started_on).filter(|on| *on <= at.to).min();
    let Some(activity_on) = activity_on else { return Verdict::OUTSIDE };
    let offered = |one: &&Intervention| is_nutrition(one) && one.offered_on.or(one.started_on).is_some();
    let offers = || course.interventions.iter().filter(offered);
    let declined = |one: &Intervention| one.answer == Some(OfferAnswer::Declined);
    let from = activity_on.max(assessment.assessed_on.unwrap_or(activity_on));
    let standing = offers().filter(|one| !declined(one));
    Case::on(from)
        .except("nutrition_declined", offers().next().is_some() && offers().all(declined))
        .needs("nutrition.unplanned_loss", counted_loss(assessment, at).is_some() && assessment.assessed_on.is_some())
        .by(from.saturating_add(DAYS.days()))
        .done("intervention.offered_on", standing.filter_map(|one| one.offered_on.or(one.started_on)).min())
        .decide(at)
}

/// KS-7.4-01, section 7.4: with unplanned loss or undernutrition diet treatment is individual, or there is a reason.
pub(super) fn one_to_one(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let started_on = at.in_period(intervention.started_on).filter(|_| is_diet(intervention));
    let fits = |one: &Nutrition| one.undernutrition == Some(true) || one.unplanned_loss.is_some_and(|loss| loss.answer);
    let started_on = started_on.filter(|_| course.nutrition_assessments.iter().any(fits));
    let Some(started_on) = started_on else { return Verdict::OUTSIDE };
    let reason = forms::filled(intervention.differentiation_reason.as_ref());
    Case::on(started_on)
        .needs("intervention.format", intervention.format.is_some())
        .recorded(forms::DIFFERENTIATION_REASON, intervention.format == Some(Format::Individual) || reason)
        .decide(at)
}

/// KS-7.4-02, section 7.4: with two chronic diseases or more, what that asks for and whether others are needed is answered
/// by the second session.
pub(super) fn several_diseases(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let started_on = at.in_period(intervention.started_on).filter(|_| is_nutrition(intervention));
    let Some(started_on) = started_on.filter(|_| chronic(course) >= 2) else { return Verdict::OUTSIDE };
    let need = diet_of(course, intervention).and_then(|one| one.interdisciplinary_need.as_ref());
    Sessions::of(course, intervention, at)
        .by_second(Case::on(started_on), intervention)
        .recorded("intervention.multimorbidity_note", forms::filled(intervention.multimorbidity_note.as_ref()))
        .recorded("diet.interdisciplinary_need", need.is_some())
        .decide(at)
}
