//! The talk about alcohol.

use domain::codes::InterventionCode as C;
use domain::ids::CourseId;
use domain::planned_intervention::PlannedIntervention;
use domain::response::{Decision, Response};
use domain::safety::{AlcoholUse, Question};
use domain::workdays::local_date;
use jiff::civil::Date;
use standard::facts::words::{AlcoholClass, AlcoholGoal, TreatmentAnswer};
use standard::facts::{Alcohol, Chosen, Noted, Ternary};

use super::CourseView;
use super::interventions::{answer, answers, considered_talk, of_code, yes_on};
use super::training::ticked_on;
use crate::safety::newest_audit;

/// What is told with a referral to treatment, in the standard's words and in the order of the instrument's list.
const TOLD: [&str; 4] =
    ["frit valg", "vederlagsfri", "mulighed for anonymitet", "lokale frivillige støtteorganisationer"];
/// Routes of AUDIT.
const TREATMENT: &str = "treatment";
const FAMILY_CLINIC: &str = "family_clinic_and_treatment";
const IN_TREATMENT: &str = "in_treatment";

/// The talks about alcohol, granted or considered after an AUDIT: what staff knows beside the newest AUDIT, what was decided on
/// it, the checklist, and the decision about a notification. The class is the one that a professional judged; no screening sets
/// it.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Alcohol> {
    let granted = of_code(view, &[C::AlcoholTalk]).map(|it| one(view, it.id.to_string(), Some(it)));
    granted.chain(considered_talk(view).map(|id| one(view, id, None))).collect()
}

fn one(view: &CourseView<'_>, id: String, it: Option<&PlannedIntervention>) -> Alcohol {
    let audit = newest_audit(view.record, view.course.id);
    let decision = audit.and_then(|test| test.decision.as_ref());
    let known = |question, fact: &str| answer(view, question).or_else(|| audit.and_then(|test| with(test, fact)));
    let diary = it.and_then(|it| ticked_on(view, it, "diary"));
    let notified = notification(view.course.id, view);
    let medicine = audit.and_then(|test| with(test, "regular_medicine"));
    Alcohol {
        intervention: Some(id),
        units_day: answers(view).and_then(|it| it.units_a_week).map(|units| f64::from(units) / 7.0),
        class: answers(view).and_then(|it| it.alcohol_use).map(class),
        in_treatment: decision.filter(|decision| decision.route == IN_TREATMENT).map(|_| true),
        very_high_use: known(Question::VeryHighUse, "very_high_use"),
        goal_type: known(Question::WantsToStop, "wants_to_stop").filter(|stop| *stop).map(|_| AlcoholGoal::Stop),
        diary_advised: diary.map(|_| true),
        uses_medicine: medicine.map(|yes| if yes { Ternary::Yes } else { Ternary::No }),
        medical_referral_on: yes_on(view, Question::WithdrawalAssessed),
        treatment_referral_on: decision.and_then(treatment_on),
        treatment_answer: decision.and_then(treatment_answer),
        family_clinic_referral_on: decision.filter(|it| it.route == FAMILY_CLINIC).and_then(treatment_on),
        notification_considered: notified.as_ref().map(|(noted, _)| noted.clone()),
        notification_decision: notified.map(|(_, chosen)| chosen),
        info_given: decision.map(told).unwrap_or_default(),
        ..Alcohol::default()
    }
}

/// Whether the citizen is pregnant, as it was said with the newest AUDIT.
pub(super) fn pregnant(view: &CourseView<'_>) -> Option<bool> {
    newest_audit(view.record, view.course.id).and_then(|test| with(test, "pregnant"))
}

const fn class(judged: AlcoholUse) -> AlcoholClass {
    match judged {
        AlcoholUse::Heavy => AlcoholClass::Storforbrug,
        AlcoholUse::Harmful => AlcoholClass::Skadeligt,
        AlcoholUse::Dependence => AlcoholClass::Afhaengighed,
    }
}

/// What staff knows beside a screening; none when nobody was asked.
fn with(test: &Response, fact: &str) -> Option<bool> {
    test.facts.as_ref().map(|facts| facts.contains(fact))
}

fn leads_to_treatment(decision: &Decision) -> bool {
    matches!(decision.route.as_str(), TREATMENT | FAMILY_CLINIC)
}

fn refused(decision: &Decision) -> bool {
    decision.said.get("consent_referral").is_some_and(|said| said == "no")
}

/// The day of the decision to refer, unless the citizen said no to it.
fn treatment_on(decision: &Decision) -> Option<Date> {
    (leads_to_treatment(decision) && !refused(decision)).then(|| local_date(decision.at))
}

/// Only the family clinic's route asks for an answer; a referral that is decided on is accepted.
fn treatment_answer(decision: &Decision) -> Option<TreatmentAnswer> {
    let answer = if refused(decision) { TreatmentAnswer::Declined } else { TreatmentAnswer::Accepted };
    leads_to_treatment(decision).then_some(answer)
}

fn told(decision: &Decision) -> Vec<String> {
    let item = |at: &u16| TOLD.get(usize::from(*at)).map(|item| (*item).to_owned());
    decision.told.iter().filter(|_| leads_to_treatment(decision)).filter_map(item).collect()
}

/// The newest decision about a notification in the course.
fn notification(course: CourseId, view: &CourseView<'_>) -> Option<(Noted, Chosen)> {
    let mine = view.record.notifications.iter().map(|it| &it.value).filter(|it| it.course == course);
    let newest = mine.max_by_key(|it| it.at)?;
    let noted = Noted { answer: true, on: Some(local_date(newest.at)), by: Some(newest.by.to_string()), note: None };
    let word = if newest.notify { "made" } else { "not_made" };
    Some((noted, Chosen { word: word.to_owned(), reason: Some(newest.reason.clone()) }))
}
