//! Monitorering: the knowledge a municipality has of its citizens and courses (standard, chapter 9), by record. What one
//! municipality has as a whole is in `figures`.

use jiff::ToSpan;

use super::ending::{closed, completed, died, given_up, nicotine_or_alcohol, says, taken_up, weakest};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{InterventionStatus, Phase};
use crate::facts::{CourseFacts, Intervention, Referral, TestResult};
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-9.1-08", decide: Decide::Referral(who_is_referred) },
    Rule { requirement: "KS-9.1-09", decide: Decide::Referral(reason_kept) },
    Rule { requirement: "KS-9.1-10", decide: Decide::Intervention(what_is_started) },
    Rule { requirement: "KS-9.1-11", decide: Decide::Intervention(how_long) },
    Rule { requirement: "KS-9.1-12", decide: Decide::Course(before_and_after) },
    Rule { requirement: "SP-004-24", decide: Decide::Course(satisfaction) },
    Rule { requirement: "IK-002-13", decide: Decide::Course(own_form) },
];

/// How long after the closing satisfaction may be asked for (SP-004-24).
const SATISFACTION_DAYS: i32 = 30;
/// The instrument of the start and end form (IK-002-13).
const FORM: &str = "pro_generic";

/// KS-9.1-08, section 9.1, output 1: a referral says who is referred and for what.
fn who_is_referred(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some(received_on) = at.in_period(referral.received_on) else { return Verdict::OUTSIDE };
    let citizen = course.citizen.as_ref();
    Case::on(received_on)
        .recorded("referral.source", referral.source.is_some())
        .recorded("citizen.age", citizen.is_some_and(|citizen| citizen.age.is_some()))
        .recorded("citizen.sex", citizen.is_some_and(|citizen| citizen.sex.is_some()))
        .recorded("referral.target_group", referral.target_group.is_some() || !referral.diagnoses.is_empty())
        .recorded("referral.requested_area", referral.requested_area.is_some())
        .decide(at)
}

/// KS-9.1-09, section 9.1, output 2: a reason that came with a referral is kept, as text or code.
fn reason_kept(_: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let came = says(referral.reason_text.as_ref()) || !referral.diagnoses.is_empty();
    let Some(received_on) = at.in_period(referral.received_on).filter(|_| came) else { return Verdict::OUTSIDE };
    Case::on(received_on).decide(at)
}

/// KS-9.1-10, section 9.1, output 3: a started intervention has code, delivery type, supplier and the conditions it is for.
fn what_is_started(_: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(intervention.started_on) else { return Verdict::OUTSIDE };
    Case::on(started_on)
        .recorded("intervention.fsiii_code", intervention.fsiii_code.is_some())
        .recorded("intervention.delivery_type", intervention.delivery_type.is_some())
        .recorded("intervention.supplier_id", intervention.supplier_id.is_some())
        .recorded("intervention.reason_conditions", !intervention.reason_conditions.is_empty())
        .decide(at)
}

/// KS-9.1-11, section 9.1, output 4: an intervention that ended has its dates, and the reason when it was given up; one that
/// was cancelled needs no start.
fn how_long(_: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(ended_on) = at.in_period(intervention.ended_on.or(intervention.stopped_on)) else {
        return Verdict::OUTSIDE;
    };
    let cancelled = intervention.status == Some(InterventionStatus::Cancelled);
    Case::on(ended_on)
        .recorded("intervention.started_on", cancelled || intervention.started_on.is_some())
        .recorded("intervention.stop_reason", !given_up(intervention) || intervention.stop_reason.is_some())
        .decide(at)
}

/// KS-9.1-12, section 9.1, output 5: a completed course has a status at the end for each of its conditions, or a pair of the
/// same instrument that can be compared. Nicotine and alcohol have outcomes of their own.
fn before_and_after(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(closed_on) = completed(course, at) else { return Verdict::OUTSIDE };
    let both = !course.conditions.is_empty() && course.conditions.iter().all(|one| one.end_status.is_some());
    let pairs: Vec<&TestResult> = of_phase(course, Phase::End)
        .filter(|end| of_phase(course, Phase::Start).any(|start| start.instrument == end.instrument))
        .collect();
    let compared = pairs.iter().any(|end| end.comparable == Some(true));
    let undecided = pairs.iter().any(|end| end.comparable.is_none());
    Case::on(closed_on)
        .except("own_outcome", taken_up(course).all(nicotine_or_alcohol))
        .needs("testresult.comparable", both || compared || !undecided)
        .recorded("condition.end_status", both || compared)
        .decide(at)
}

fn of_phase(course: &CourseFacts, phase: Phase) -> impl Iterator<Item = &TestResult> {
    course.test_results.iter().filter(move |one| one.phase == Some(phase) && one.instrument.is_some())
}

/// SP-004-24, Kvalitet i forebyggelsestilbud: a citizen is asked how satisfied they are, within thirty days of the closing.
/// The figure is the answer.
fn satisfaction(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(closed_on) = closed(course, at) else { return Verdict::OUTSIDE };
    let closure = course.closure.as_ref();
    let no_contact = course.citizen.as_ref().is_some_and(|citizen| citizen.no_contact_on.is_some());
    Case::on(closed_on)
        .except("dead", died(course))
        .except("no_contact", no_contact)
        .by(closed_on.saturating_add(SATISFACTION_DAYS.days()))
        .done("closure.satisfaction_asked", closure.and_then(|closure| closure.satisfaction_asked))
        .figure(closure.and_then(|closure| closure.satisfaction_score))
        .decide(at)
}

/// IK-002-13, Aalborg: where the form is switched on it is filled at the start, with area, work, education and civil status,
/// and again at the closing.
fn own_form(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let switched_on = at.municipality.tables().settings.start_form == Some(true);
    let Some(started_on) = at.in_period(course.started_on).filter(|_| switched_on) else { return Verdict::OUTSIDE };
    let citizen = course.citizen.clone().unwrap_or_default();
    let start = form(Case::on(started_on), course, Phase::Start)
        .recorded("citizen.area", citizen.area.is_some())
        .recorded("citizen.occupation", citizen.occupation.is_some())
        .recorded("citizen.education", citizen.education.is_some())
        .recorded("citizen.civil_status", citizen.civil_status.is_some());
    let begun = course.interventions.iter().any(|one| one.started_on.is_some());
    let start = match (course.first_session_on, course.closed_on) {
        (Some(first_on), _) => start.by(first_on),
        (None, None) => start.waits(true),
        (None, Some(closed_on)) if begun => start.by(closed_on),
        (None, Some(_)) => return Verdict::OUTSIDE,
    };
    let end = course.closed_on.map(|closed_on| form(Case::on(started_on).by(closed_on), course, Phase::End).decide(at));
    weakest(std::iter::once(start.decide(at)).chain(end))
}

/// IK-002-13: the form of a phase, whole; nobody knows when it is left out whether it is.
fn form(case: Case, course: &CourseFacts, phase: Phase) -> Case {
    let case = case.except("declined", course.start_form_declined == Some(true));
    let forms: Vec<_> = of_phase(course, phase).filter(|one| one.instrument.as_deref() == Some(FORM)).collect();
    let whole = forms.iter().max_by_key(|one| (one.complete, one.date));
    let case = match whole.and_then(|one| one.date) {
        Some(on) => case.done("testresult.instrument", Some(on)),
        None => case.recorded("testresult.instrument", !forms.is_empty()),
    };
    match whole {
        Some(one) => case.answered("testresult.phase", one.complete),
        None => case,
    }
}
