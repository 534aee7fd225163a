//! Nicotine cessation and STOPbasen.

use domain::codes::InterventionCode as C;
use domain::consent::ConsentPurpose;
use domain::planned_intervention::PlannedIntervention;
use domain::response::{Answer, Response, ResponseStatus};
use domain::safety::Question;
use domain::stop_course::{self, NicotineUse, StopCourse, StopForm, StopOutcome};
use jiff::civil::Date;
use standard::facts::words::{NicotineGoal, NicotineOutcome};
use standard::facts::{Nicotine, Product, Stop, Ternary};

use super::CourseView;
use super::codes::said;
use super::consent;
use super::interventions::{answer, of_code, yes_on};
use super::tests::responses;

/// Item of the Fagerström test about cigarettes a day.
const CIGARETTES: u16 = 4;
/// Item of STOPbasen's start form about products and use a day.
const PRODUCTS: u16 = 10;

/// The nicotine interventions: the stop date and how it ended, medicine that stopping affects, and products as the start form
/// or the Fagerström test has them. Type of course, wish, reductions and advice on medicine are not recorded.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Nicotine> {
    of_code(view, &[C::NicotineCessation]).map(|it| one(view, it)).collect()
}

fn one(view: &CourseView<'_>, it: &PlannedIntervention) -> Nicotine {
    let kept = view.record.stop_courses.iter().map(|one| &one.value).find(|one| one.intervention == it.id);
    let yes_or_no = |yes| if yes { Ternary::Yes } else { Ternary::No };
    Nicotine {
        intervention: Some(it.id.to_string()),
        products: products(view, it, kept),
        // A day of the last cigarette is agreed with whoever wants to stop.
        goal_type: kept.and_then(|one| one.stop_on).map(|_| NicotineGoal::Stop),
        psychotropics: answer(view, Question::AffectedMedicine).map(yes_or_no),
        doctor_contact_on: yes_on(view, Question::DoctorInvolved),
        stop_date: kept.and_then(|one| one.stop_on),
        outcome: kept.and_then(outcome),
        relapse_on: relapse_on(view, it, kept),
        ..Nicotine::default()
    }
}

fn outcome(kept: &StopCourse) -> Option<NicotineOutcome> {
    Some(match kept.end?.outcome {
        StopOutcome::Stopped => NicotineOutcome::Stopped,
        StopOutcome::Reduced => NicotineOutcome::Reduced,
        StopOutcome::NotStopped => NicotineOutcome::Unchanged,
        StopOutcome::Unknown => NicotineOutcome::Unknown,
    })
}

/// The day somebody who had stopped told, six months after, that it was not kept up all the time.
fn relapse_on(view: &CourseView<'_>, it: &PlannedIntervention, kept: Option<&StopCourse>) -> Option<Date> {
    kept.and_then(outcome).filter(|outcome| *outcome == NicotineOutcome::Stopped)?;
    let told = form(view, it, StopForm::SixMonths).filter(|told| told.status == ResponseStatus::Complete)?;
    (stop_course::kept_up(told) == Some(false)).then_some(told.on)
}

/// Each product with what is used of it a day; where no list was kept, in the citizen's words from the start form, or
/// cigarettes by the Fagerström test. The test has a range a day and no amount.
fn products(view: &CourseView<'_>, it: &PlannedIntervention, kept: Option<&StopCourse>) -> Vec<Product> {
    let listed = kept.map(|one| one.products.as_slice()).unwrap_or_default();
    if !listed.is_empty() {
        let product = |one: &NicotineUse| Product {
            kind: one.product.label().to_lowercase(),
            amount: Some(f64::from(one.a_day)),
            per: Some("day".to_owned()),
        };
        return listed.iter().map(product).collect();
    }
    let told = form(view, it, StopForm::Baseline).and_then(|form| match form.answers.get(&PRODUCTS)? {
        Answer::Text(text) => said(text),
        _ => None,
    });
    let tested = || {
        let mut tests = responses(view).filter(|test| matches!(test.instrument.as_str(), "ftnd" | "hsi"));
        tests
            .any(|test| test.instrument == "hsi" || test.answers.contains_key(&CIGARETTES))
            .then(|| "cigaretter".to_owned())
    };
    let kind = told.or_else(tested);
    kind.map(|kind| Product { kind, amount: None, per: Some("day".to_owned()) }).into_iter().collect()
}

/// What STOPbasen has of each nicotine intervention: the consent, the forms, and when the first of them was exported. A form
/// that nobody answered is not recorded.
pub(super) fn stops(view: &CourseView<'_>) -> Vec<Stop> {
    of_code(view, &[C::NicotineCessation]).map(|it| stop(view, it)).collect()
}

fn stop(view: &CourseView<'_>, it: &PlannedIntervention) -> Stop {
    let [baseline, end, six_months] =
        [StopForm::Baseline, StopForm::End, StopForm::SixMonths].map(|of| form(view, it, of));
    let complete = |form: Option<&Response>| form.map(|form| form.status == ResponseStatus::Complete);
    let exported = |form: &Response| view.kept.stop_exports.get(&form.id.0).copied();
    Stop {
        intervention: Some(it.id.to_string()),
        consent: consent::newest(view, ConsentPurpose::Stopbasen),
        baseline_complete: complete(baseline),
        end_complete: complete(end),
        followup_complete: complete(six_months),
        followup_reached: six_months.and_then(stop_course::reached),
        exported_on: [baseline, end, six_months].into_iter().flatten().filter_map(exported).min(),
    }
}

/// A form of an intervention. The six-month form may be answered when the course is over, so every answer of the citizen is
/// looked at.
fn form<'a>(view: &CourseView<'a>, it: &PlannedIntervention, of: StopForm) -> Option<&'a Response> {
    let all = view.record.interventions.iter().map(|other| &other.value).filter(|other| other.code == it.code);
    let next = all.map(|other| other.granted_on).filter(|day| *day > it.granted_on).min();
    of.answered(it.granted_on, next, view.record.responses.iter().map(|response| &response.value))
}
