//! Ernæring: nutrition assessment, dietary advice and diet treatment (standard, chapter 7).

mod content;
mod diet;
mod need;
mod together;

use super::forms;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::Fsiii;
use crate::facts::{CourseFacts, Diagnosis, Diet, Intervention, Loss, Nutrition};
use crate::limits::LimitId;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-7.1-01", decide: Decide::Course(need::offered) },
    Rule { requirement: "KS-7.1-02", decide: Decide::Intervention(need::reasoned_choice) },
    Rule { requirement: "KS-7.1-03", decide: Decide::Course(need::offered_at_risk) },
    Rule { requirement: "KS-7.1-04", decide: Decide::Course(need::diabetes_or_heart) },
    Rule { requirement: "KS-7.1-05", decide: Decide::Course(need::obesity) },
    Rule { requirement: "KS-7.1-06", decide: Decide::Course(need::loss_or_undernutrition) },
    Rule { requirement: "KS-7.1-07", decide: Decide::Course(need::new_or_several_diseases) },
    Rule { requirement: "KS-7.2-01", decide: Decide::Intervention(content::assessment) },
    Rule { requirement: "KS-7.2-02", decide: Decide::Intervention(content::aims) },
    Rule { requirement: "KS-7.2-03", decide: Decide::Intervention(content::official_advice) },
    Rule { requirement: "KS-7.2-04", decide: Decide::Intervention(content::habits_and_advice) },
    Rule { requirement: "KS-7.2-05", decide: Decide::Intervention(diet::parts) },
    Rule { requirement: "KS-7.2-06", decide: Decide::Intervention(diet::individual_and_together) },
    Rule { requirement: "KS-7.2-07", decide: Decide::Intervention(together::activity_considered) },
    Rule { requirement: "KS-7.2-08", decide: Decide::Course(together::loss_and_activity) },
    Rule { requirement: "KS-7.3-02", decide: Decide::Intervention(diet::individually_adapted) },
    Rule { requirement: "KS-7.3-03", decide: Decide::Intervention(diet::no_long_gap) },
    Rule { requirement: "KS-7.3-04", decide: Decide::Intervention(diet::need_reassessed) },
    Rule { requirement: "KS-7.3-05", decide: Decide::Intervention(diet::first_in_person) },
    Rule { requirement: "KS-7.3-06", decide: Decide::Intervention(diet::first_is_longer) },
    Rule { requirement: "KS-7.4-01", decide: Decide::Intervention(together::one_to_one) },
    Rule { requirement: "KS-7.4-02", decide: Decide::Intervention(together::several_diseases) },
];

/// The interventions about nutrition.
const NUTRITION: [Fsiii; 3] = [Fsiii::Kostvejledning, Fsiii::Diaetbehandling, Fsiii::MadlavningIPraksis];

/// Dietary advice, diet treatment or practical cooking.
pub(super) fn is_nutrition(intervention: &Intervention) -> bool {
    intervention.fsiii_code.is_some_and(|code| NUTRITION.contains(&code))
}

/// Diet treatment.
fn is_diet(intervention: &Intervention) -> bool {
    intervention.fsiii_code == Some(Fsiii::Diaetbehandling)
}

/// The diet treatment of an intervention.
fn diet_of<'a>(course: &'a CourseFacts, intervention: &Intervention) -> Option<&'a Diet> {
    course.diets.iter().find(|one| forms::of(one.intervention.as_ref(), intervention))
}

/// The citizen's diagnoses.
fn diagnoses(course: &CourseFacts) -> &[Diagnosis] {
    course.citizen.as_ref().map_or(&[], |citizen| &citizen.diagnoses)
}

/// How many of them are chronic.
fn chronic(course: &CourseFacts) -> usize {
    diagnoses(course).iter().filter(|one| one.is_chronic()).count()
}

/// Whether weight was lost without a plan, and as much as counts; missing when nobody wrote how much.
fn counted_loss(assessment: &Nutrition, at: &Context<'_>) -> Option<bool> {
    match assessment.unplanned_loss {
        Some(Loss { answer: true, kg, .. }) => kg.map(|kg| kg >= at.limit(LimitId::WeightLossKg)),
        _ => Some(false),
    }
}
