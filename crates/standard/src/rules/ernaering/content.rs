//! What a nutrition intervention begins with and works with (section 7.2).

use super::{diagnoses, is_nutrition};
use crate::case::Case;
use crate::context::Context;
use crate::facts::words::Fsiii;
use crate::facts::{CourseFacts, Intervention, Nutrition};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::forms;
use crate::rules::sessions::Sessions;

/// Diagnoses that there is advice of its own for: diabetes, heart and vessels, COPD.
const WITH_ADVICE: [&str; 7] = ["DE10", "DE11", "DE12", "DE13", "DE14", "DI", "DJ44"];

/// KS-7.2-01, section 7.2: by the second session an assessment tells weight, BMI and trend, knowledge, skills, motivation.
pub(super) fn assessment(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let started_on = at.in_period(intervention.started_on).filter(|_| is_nutrition(intervention));
    let Some(started_on) = started_on else { return Verdict::OUTSIDE };
    let assessments = &course.nutrition_assessments;
    let complete = || assessments.iter().filter(|one| is_complete(one));
    let assessed_on = complete().filter_map(|one| one.assessed_on).min();
    Sessions::of(course, intervention, at)
        .by_second(Case::on(started_on), intervention)
        .except("weighing_refused", assessments.iter().any(|one| one.weighing_refused == Some(true)))
        .needs("nutrition.assessed_on", assessed_on.is_some() || complete().next().is_none())
        .done("nutrition.assessed_on", assessed_on)
        .decide(at)
}

/// Whether everything is answered; BMI is by weight and height.
fn is_complete(one: &Nutrition) -> bool {
    let measured = one.weight_kg.is_some() && one.height_cm.is_some() && !one.weight_history.is_empty();
    measured && [&one.knowledge, &one.skills, &one.motivation].into_iter().all(|text| forms::filled(text.as_ref()))
}

/// KS-7.2-02, section 7.2: all five aims were worked with.
pub(super) fn aims(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let case = forms::completed(intervention, at).filter(|_| is_nutrition(intervention));
    let Some(case) = case else { return Verdict::OUTSIDE };
    forms::checklist(case, &Sessions::of(course, intervention, at), forms::elements_of("KS-7.2-02")).decide(at)
}

/// KS-7.2-03, section 7.2: advice builds on the official guidelines, from `kostraad_age` on those for that age, and on what
/// is advised for the disease.
pub(super) fn official_advice(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let case = forms::completed(intervention, at).filter(|_| is_advice(intervention));
    let Some(case) = case else { return Verdict::OUTSIDE };
    let age = course.citizen.as_ref().and_then(|citizen| citizen.age);
    let older = age.is_some_and(|age| age >= at.count(LimitId::KostraadAge));
    let of_disease = |code: &str| WITH_ADVICE.into_iter().any(|start| code.starts_with(start));
    let disease = diagnoses(course).iter().any(|one| of_disease(&one.code));
    let wanted = [
        (true, "De officielle Kostråd"),
        (older, "kostråd fra 65 år, når borgeren er 65 eller ældre"),
        (disease, "anbefalinger for sygdommen"),
    ];
    let wanted = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, element)| element);
    forms::checklist(case, &Sessions::of(course, intervention, at), wanted)
        .needs("citizen.age", age.is_some())
        .decide(at)
}

/// KS-7.2-04, section 7.2: present habits were assessed, and there was advice on foods and meals.
pub(super) fn habits_and_advice(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let case = forms::completed(intervention, at).filter(|_| is_advice(intervention));
    let Some(case) = case else { return Verdict::OUTSIDE };
    forms::checklist(case, &Sessions::of(course, intervention, at), forms::elements_of("KS-7.2-04")).decide(at)
}

/// Dietary advice.
fn is_advice(intervention: &Intervention) -> bool {
    intervention.fsiii_code == Some(Fsiii::Kostvejledning)
}
