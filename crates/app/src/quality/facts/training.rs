//! Plans for activity and training, and what is thought of before training.

use domain::codes::InterventionCode as C;
use domain::planned_intervention::PlannedIntervention;
use domain::safety::{Question, TrainingPart};
use jiff::civil::Date;
use standard::facts::words::Phase;
use standard::facts::{ActivityPlan, Caution, Noted, Training};

use super::CourseView;
use super::interventions::{answer, answers, granted, of_code, yes_on};
use super::nutrition::CODES as NUTRITION;

/// The plans: ticked in the checklists of training, at start and end, and of guidance on activity. A plan is of the day on
/// which it was ticked.
pub(super) fn plans(view: &CourseView<'_>) -> Vec<ActivityPlan> {
    let plan = |it: &PlannedIntervention, element: &str, phase: Phase| {
        Some(ActivityPlan {
            id: Some(format!("{}-{element}", it.id)),
            intervention: Some(it.id.to_string()),
            created_on: Some(ticked_on(view, it, element)?),
            phase: Some(phase),
        })
    };
    let guidance = of_code(view, &[C::ActivityGuidance]).filter_map(|it| plan(it, "plan", Phase::Start));
    let training = of_code(view, &[C::PhysicalTraining])
        .flat_map(|it| [plan(it, "plan_start", Phase::Start), plan(it, "plan_end", Phase::End)].into_iter().flatten());
    guidance.chain(training).collect()
}

/// The day an element of an intervention was ticked.
pub(super) fn ticked_on(view: &CourseView<'_>, it: &PlannedIntervention, element: &str) -> Option<Date> {
    let checklists = view.record.checklists.iter().map(|one| &one.value);
    checklists.filter(|one| one.intervention == it.id).find_map(|one| one.ticks.get(element)).map(|tick| tick.on)
}

/// What the page of safety says of each training: the planned dose, caution, what it is made of, and nutrition
/// beside it. Guideline and intensity are not recorded.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Training> {
    let dose = answers(view);
    let number = |number: Option<u16>| number.map(f64::from);
    of_code(view, &[C::PhysicalTraining])
        .map(|it| Training {
            intervention: Some(it.id.to_string()),
            focus: dose.iter().flat_map(|it| &it.training).map(|part| focus(*part).to_owned()).collect(),
            per_week: number(dose.and_then(|it| it.times_a_week)),
            minutes: number(dose.and_then(|it| it.minutes)),
            weeks: number(dose.and_then(|it| it.weeks)),
            nutrition_considered: nutrition(view),
            caution: caution(view),
            doctor_contact_on: yes_on(view, Question::CautionCleared),
            ..Training::default()
        })
        .collect()
}

/// The standard's word for a part of training.
const fn focus(part: TrainingPart) -> &'static str {
    match part {
        TrainingPart::Fitness => "kondition",
        TrainingPart::Strength => "styrke",
        TrainingPart::Balance => "balance",
        TrainingPart::MotorSkills => "motorik",
    }
}

/// Nutrition was considered once it was granted beside training, or the citizen said no to it.
fn nutrition(view: &CourseView<'_>) -> Option<Noted> {
    let beside = granted(view).find(|it| NUTRITION.contains(&it.code)).map(|it| it.code.label().to_owned());
    let declined = || answer(view, Question::NutritionDeclined)?.then(|| "Borgeren har takket nej".to_owned());
    let note = beside.or_else(declined)?;
    Some(Noted { answer: true, note: Some(note), ..Noted::default() })
}

/// Whether a disease calls for caution. Whether it is cleared with a doctor is asked when in doubt, so an answer to that tells
/// of a doubt.
fn caution(view: &CourseView<'_>) -> Option<Caution> {
    let named = answer(view, Question::TrainingCaution)?;
    Some(match (named, answer(view, Question::CautionCleared)) {
        (false, _) => Caution::None,
        (true, Some(_)) => Caution::Doubt,
        (true, None) => Caution::Named("Sygdom, der kræver forsigtighed".to_owned()),
    })
}
