//! Who is offered dietary advice or diet treatment, and for whom diet treatment is considered (section 7.1).

use jiff::civil::Date;

use super::{NUTRITION, chronic, counted_loss, diagnoses, is_diet, is_nutrition};
use crate::case::Case;
use crate::context::Context;
use crate::facts::words::RiskLevel;
use crate::facts::{CourseFacts, Intervention, Nutrition, Ternary};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::forms;

/// Codes of the choice that tell of a risk or a need.
const RISK_OR_NEED: [&str; 7] = [
    "ernaeringsrisiko",
    "diagnose",
    "svaer_overvaegt",
    "uplanlagt_vaegttab",
    "underernaering",
    "multisygdom",
    "nydiagnosticeret",
];

/// KS-7.1-01, section 7.1: who may benefit is offered a nutrition intervention within `start_days` of the talk.
pub(super) fn offered(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    forms::offered_after_talk(course, at, ("assessment.need_nutrition", |one| one.need_nutrition), &NUTRITION)
}

/// KS-7.1-02, section 7.1: the choice has a coded reason, that of diet treatment a risk or a need.
pub(super) fn reasoned_choice(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let granted_on = at.in_period(intervention.granted_on).filter(|_| is_nutrition(intervention));
    let Some(granted_on) = granted_on else { return Verdict::OUTSIDE };
    let reason = intervention.choice_reason.as_deref();
    let case = Case::on(granted_on).recorded("intervention.choice_reason", reason.is_some());
    if !is_diet(intervention) || reason.is_some_and(|reason| RISK_OR_NEED.contains(&reason)) {
        return case.decide(at);
    }
    let levels = || course.nutrition_assessments.iter().filter_map(|one| one.risk_level);
    case.needs("nutrition.risk_level", levels().next().is_some())
        .holds("no_risk_or_need", levels().any(|level| level == RiskLevel::Risk))
        .decide(at)
}

/// KS-7.1-03, section 7.1: diet treatment is offered within `start_days` of an assessment that shows a risk.
pub(super) fn offered_at_risk(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let at_risk = assessed_in(course, at).find(|(one, _)| one.risk_level == Some(RiskLevel::Risk));
    let Some((assessment, assessed_on)) = at_risk else { return Verdict::OUTSIDE };
    let in_hospital =
        assessment.hospital_diet == Some(true) || course.diets.iter().any(|diet| diet.hospital_treatment == Some(true));
    let offers = course.interventions.iter().filter(|one| is_diet(one) && one.offered_on.is_some());
    let offer = offers.min_by_key(|one| (one.answer.is_none(), one.offered_on));
    Case::on(assessed_on)
        .except("treated_at_hospital", in_hospital)
        .by(at.days_after(assessed_on, LimitId::StartDays))
        .done("intervention.offered_on", offer.and_then(|one| one.offered_on))
        .recorded(forms::OFFER_ANSWER, offer.is_some_and(|one| one.answer.is_some()))
        .decide(at)
}

/// KS-7.1-04, section 7.1: with type 2 diabetes or a cardiovascular disease diet treatment is considered.
pub(super) fn diabetes_or_heart(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let belongs = diagnoses(course).iter().any(|one| one.code.starts_with("DE11") || one.code.starts_with("DI"));
    let Some(one) = assessed_in(course, at).next().filter(|_| belongs) else { return Verdict::OUTSIDE };
    considered(course, one).decide(at)
}

/// KS-7.1-05, section 7.1: with a chronic disease and a BMI of `bmi_obesity` or more diet treatment is considered.
pub(super) fn obesity(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let obese = |one: &Nutrition| bmi(one).is_some_and(|bmi| bmi >= at.limit(LimitId::BmiObesity));
    let one = assessed_in(course, at).find(|(one, _)| obese(one)).filter(|_| chronic(course) > 0);
    let Some(one) = one else { return Verdict::OUTSIDE };
    considered(course, one).decide(at)
}

/// KS-7.1-06, section 7.1: with a chronic disease and undernutrition or an unplanned loss of `weight_loss_kg` or more diet
/// treatment is considered.
pub(super) fn loss_or_undernutrition(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let undernourished = |one: &Nutrition| one.undernutrition == Some(true);
    let fits = |one: &Nutrition| undernourished(one) || counted_loss(one, at) != Some(false);
    let one = assessed_in(course, at).find(|(one, _)| fits(one)).filter(|_| chronic(course) > 0);
    let Some(one) = one else { return Verdict::OUTSIDE };
    let known = undernourished(one.0) || counted_loss(one.0, at).is_some();
    considered(course, one).needs("nutrition.unplanned_loss", known).decide(at)
}

/// KS-7.1-07, section 7.1: for the newly diagnosed, and with two chronic diseases or more, diet treatment is considered.
pub(super) fn new_or_several_diseases(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let several = chronic(course) >= 2;
    let new = newly_diagnosed(course);
    let belongs = several || new != Some(false);
    let Some(one) = assessed_in(course, at).next().filter(|_| belongs) else { return Verdict::OUTSIDE };
    considered(course, one).needs("referral.newly_diagnosed", several || new.is_some()).decide(at)
}

/// Whether a disease is new, as any referral says.
fn newly_diagnosed(course: &CourseFacts) -> Option<bool> {
    let mut answers = course.referrals.iter().map(|one| one.newly_diagnosed.and_then(Ternary::known));
    let known: Vec<bool> = answers.by_ref().flatten().collect();
    (!known.is_empty()).then(|| known.contains(&true))
}

/// The assessments of the period with their days, the earliest first.
fn assessed_in<'a>(course: &'a CourseFacts, at: &Context<'_>) -> impl Iterator<Item = (&'a Nutrition, Date)> {
    let dated = course.nutrition_assessments.iter().filter_map(|one| at.in_period(one.assessed_on).map(|on| (one, on)));
    let mut all: Vec<_> = dated.collect();
    all.sort_by_key(|(_, on)| *on);
    all.into_iter()
}

/// BMI as recorded, or from weight and height.
fn bmi(one: &Nutrition) -> Option<f64> {
    let counted = || one.weight_kg.zip(one.height_cm).filter(|(_, cm)| *cm > 0.0);
    one.bmi.or_else(|| counted().map(|(kg, cm)| kg / (cm / 100.0).powi(2)))
}

/// Diet treatment was offered, or there is a reason that it was not.
fn considered(course: &CourseFacts, (one, assessed_on): (&Nutrition, Date)) -> Case {
    let offered = course.interventions.iter().any(|one| is_diet(one) && one.offered_on.is_some());
    let case = Case::on(assessed_on);
    if offered || forms::filled(one.diet_not_reason.as_ref()) {
        return case;
    }
    case.answered("nutrition.diet_considered", one.diet_considered).recorded("nutrition.diet_not_reason", false)
}
