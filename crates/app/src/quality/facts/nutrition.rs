//! Nutrition assessments and diet treatment.

use std::collections::BTreeSet;

use domain::codes::InterventionCode as C;
use domain::planned_intervention::PlannedIntervention;
use domain::response::{Answer, Answers, Response, ResponseStatus};
use domain::safety::Question;
use jiff::civil::Date;
use standard::facts::words::RiskLevel;
use standard::facts::{Diet, Loss, Noted, Nutrition, Weight};

use super::CourseView;
use super::codes::said;
use super::interventions::{answer, answers, granted, of_code, owner};
use super::tests::{number, responses};
use super::training::ticked_on;

/// Interventions on nutrition.
pub(super) const CODES: [C; 3] = [C::DietaryGuidance, C::DietaryTreatment, C::CookingInPractice];

/// The instrument of the assessment.
const ASSESSMENT: &str = "nutrition_risk";
/// The instrument for weight alone.
const WEIGHT: &str = "bmi_weight";
/// The route of [`ASSESSMENT`] to diet treatment.
const TREATMENT: &str = "dietetic_treatment";
/// Months that a loss in [`ASSESSMENT`] is asked about.
const LOSS_MONTHS: f64 = 2.0;

/// The assessments: one for each answered "Indledende vurdering af ernæringsrelateret risiko". A loss that is only answered
/// on the page of safety stands in one without a day. Undernutrition is judged nowhere.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Nutrition> {
    let assessed = responses(view).filter(|it| it.instrument == ASSESSMENT && is_answered(it));
    let mut all: Vec<Nutrition> = assessed.map(|it| assessment(view, it)).collect();
    let typed = answer(view, Question::WeightLoss).filter(|_| all.iter().all(|it| it.unplanned_loss.is_none()));
    all.extend(typed.map(|lost| Nutrition {
        unplanned_loss: Some(Loss { answer: lost, ..Loss::default() }),
        ..Nutrition::default()
    }));
    all
}

const fn is_answered(it: &Response) -> bool {
    matches!(it.status, ResponseStatus::Complete | ResponseStatus::Incomplete)
}

fn assessment(view: &CourseView<'_>, it: &Response) -> Nutrition {
    let decided = it.decision.as_ref();
    let treated = decided.is_some_and(|decision| decision.route == TREATMENT);
    Nutrition {
        intervention: owner(view, &CODES, it.on).map(|of| of.id.to_string()),
        assessed_on: Some(it.on),
        weight_kg: value(&it.answers, 1),
        height_cm: value(&it.answers, 2),
        bmi: it.score.map(number),
        weight_history: weights(view, it.on),
        unplanned_loss: loss(&it.answers),
        knowledge: value(&it.answers, 7).map(level),
        skills: value(&it.answers, 8).map(level),
        motivation: value(&it.answers, 9).map(|degree| degree.to_string()),
        risk_level: risk(it),
        diet_considered: decided.map(|_| true),
        diet_not_reason: decided.filter(|_| !treated).and_then(|decision| decision.reason.as_deref().and_then(said)),
        activity_considered: activity(view),
        ..Nutrition::default()
    }
}

/// A number or the points of an option; none when it was not answered or not known.
fn value(answers: &Answers, item: u16) -> Option<f64> {
    match answers.get(&item)? {
        Answer::Value(value) => Some(number(*value)),
        Answer::Many(_) | Answer::Text(_) | Answer::NotStated => None,
    }
}

/// How much somebody knows or can, as the instrument words it.
fn level(points: f64) -> String {
    let word = match points {
        points if points >= 2.0 => "god",
        points if points >= 1.0 => "nogen",
        _ => "ringe",
    };
    word.to_owned()
}

fn loss(answers: &Answers) -> Option<Loss> {
    // The item is a yes or no: one or zero.
    let lost = value(answers, 3)? > 0.5;
    let kg = value(answers, 4).filter(|_| lost);
    Some(Loss { answer: lost, kg, months: kg.map(|_| LOSS_MONTHS) })
}

/// What the instrument says of the answers; nothing when some are missing.
fn risk(it: &Response) -> Option<RiskLevel> {
    let instrument = instruments::find(&it.instrument, it.version).filter(|_| it.counts())?;
    let none = BTreeSet::new();
    let facts = it.facts.as_ref().unwrap_or(&none);
    let context = instruments::Context { facts, on: it.on, earlier: &[] };
    let at_risk = instruments::evaluate(instrument, &it.answers, context).rules.iter().any(|rule| rule.id == "risiko");
    Some(if at_risk { RiskLevel::Risk } else { RiskLevel::None })
}

/// Every weight up to a day, the oldest first; only the instrument for weight asks whether it was measured.
fn weights(view: &CourseView<'_>, until: Date) -> Vec<Weight> {
    let asked = responses(view).filter(|it| matches!(it.instrument.as_str(), WEIGHT | ASSESSMENT) && it.on <= until);
    let mut all: Vec<Weight> = asked
        .filter_map(|it| {
            let self_reported = it.instrument == WEIGHT && value(&it.answers, 3) == Some(2.0);
            Some(Weight { on: Some(it.on), kg: Some(value(&it.answers, 1)?), self_reported })
        })
        .collect();
    all.sort_by_key(|weight| weight.on);
    all
}

/// Activity was considered once something of it was granted in the course.
fn activity(view: &CourseView<'_>) -> Option<Noted> {
    let active = [C::ActivityGuidance, C::PhysicalTraining, C::SkillsTraining];
    let beside = granted(view).find(|it| active.contains(&it.code))?;
    Some(Noted { answer: true, note: Some(beside.code.label().to_owned()), ..Noted::default() })
}

/// Diet treatments, as their checklists are ticked: that a part was done and when, not its words, which stand in the notes of
/// the contacts.
pub(super) fn diets(view: &CourseView<'_>) -> Vec<Diet> {
    of_code(view, &[C::DietaryTreatment]).map(|it| diet(view, it)).collect()
}

fn diet(view: &CourseView<'_>, it: &PlannedIntervention) -> Diet {
    let ticked = |element: &str| ticked_on(view, it, element);
    let done = |element: &str| ticked(element).map(|day| format!("Gennemført senest {day}"));
    Diet {
        intervention: Some(it.id.to_string()),
        history: done("history"),
        needs: done("need"),
        diagnosis: done("diagnosis"),
        plan: done("plan"),
        individual_advice: ticked("guidance").map(|_| true),
        monitoring: done("monitoring"),
        evaluation: done("evaluation"),
        closing: ticked("ending"),
        need_reassessed_on: answers(view).and_then(|answers| answers.diet_reassessed_on),
        ..Diet::default()
    }
}
