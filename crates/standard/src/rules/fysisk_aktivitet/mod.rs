//! Fysisk aktivitet: activity guidance and supervised training (standard, chapter 6).

mod followup;
mod guidance;
mod physical_tests;
mod plan;
mod volume;

use jiff::civil::Date;

use super::forms;
use super::sessions::Sessions;
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::Fsiii;
use crate::facts::{CourseFacts, Intervention, TestResult, Training};
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-6.1-01", decide: Decide::Course(offered) },
    Rule { requirement: "KS-6.1-02", decide: Decide::Intervention(reasoned_choice) },
    Rule { requirement: "KS-6.2-01", decide: Decide::Intervention(guidance::elements) },
    Rule { requirement: "KS-6.2-02", decide: Decide::Intervention(guidance::everyday_plan) },
    Rule { requirement: "KS-6.2-03", decide: Decide::Intervention(guidance::measurable_goal) },
    Rule { requirement: "KS-6.2-04", decide: Decide::Intervention(guidance::follow_up_offered) },
    Rule { requirement: "KS-6.2-05", decide: Decide::Intervention(plan::elements) },
    Rule { requirement: "KS-6.2-06", decide: Decide::Intervention(plan::start_and_end_plan) },
    Rule { requirement: "KS-6.2-07", decide: Decide::Intervention(plan::individual_plan) },
    Rule { requirement: "KS-6.2-09", decide: Decide::Intervention(physical_tests::start_and_end) },
    Rule { requirement: "KS-6.2-10", decide: Decide::Intervention(physical_tests::reasoned_choice) },
    Rule { requirement: "KS-6.2-11", decide: Decide::Intervention(plan::nutrition_considered) },
    Rule { requirement: "KS-6.3-02", decide: Decide::Intervention(volume::in_group) },
    Rule { requirement: "KS-6.3-03", decide: Decide::Group(volume::by_function) },
    Rule { requirement: "KS-6.3-04", decide: Decide::Session(volume::per_instructor) },
    Rule { requirement: "KS-6.3-05", decide: Decide::Intervention(physical_tests::comparable) },
    Rule { requirement: "KS-6.3-06", decide: Decide::Intervention(volume::planned) },
    Rule { requirement: "KS-6.3-07", decide: Decide::Intervention(volume::intensity) },
    Rule { requirement: "KS-6.3-08", decide: Decide::Intervention(volume::often_and_long) },
    Rule { requirement: "KS-6.3-09", decide: Decide::Intervention(volume::weeks) },
    Rule { requirement: "KS-6.3-10", decide: Decide::Intervention(followup::talk_and_test) },
    Rule { requirement: "KS-6.3-11", decide: Decide::Intervention(followup::maintenance) },
    Rule { requirement: "KS-6.3-12", decide: Decide::Intervention(followup::within_a_year) },
    Rule { requirement: "KS-6.4-02", decide: Decide::Intervention(plan::caution) },
];

/// Codes of the reasons for training or guidance.
const CHOICES: [&str; 6] =
    ["svaerhedsgrad", "multisygdom", "ressourcer", "oenske", "evidens", "ikke_behov_for_supervision"];

/// Instruments that measure what the body can do.
const PHYSICAL: [&str; 6] = ["sixmwt", "twomwt", "sts30", "tug", "stairs", "step2min"];

/// KS-6.1-01, section 6.1: who may benefit is offered guidance or training within `start_days` of the talk.
fn offered(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let codes = [Fsiii::FysiskTraening, Fsiii::VejledningFysiskAktivitet, Fsiii::Faerdighedstraening];
    forms::offered_after_talk(course, at, ("assessment.need_activity", |one| one.need_activity), &codes)
}

/// KS-6.1-02, section 6.1: the choice between guidance and training has a coded reason.
fn reasoned_choice(_: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let granted_on = at.in_period(intervention.granted_on).filter(|_| is_activity(intervention));
    let Some(granted_on) = granted_on else { return Verdict::OUTSIDE };
    let reason = intervention.choice_reason.as_deref();
    Case::on(granted_on)
        .recorded("intervention.choice_reason", reason.is_some())
        .holds("not_one_of_the_codes", reason.is_none_or(|reason| CHOICES.contains(&reason)))
        .decide(at)
}

/// Supervised training.
fn is_training(intervention: &Intervention) -> bool {
    intervention.fsiii_code == Some(Fsiii::FysiskTraening)
}

/// Activity guidance.
fn is_guidance(intervention: &Intervention) -> bool {
    intervention.fsiii_code == Some(Fsiii::VejledningFysiskAktivitet)
}

/// Guidance or training.
pub(super) fn is_activity(intervention: &Intervention) -> bool {
    is_guidance(intervention) || is_training(intervention)
}

/// The day supervised training started, in the period.
fn training_started(intervention: &Intervention, at: &Context<'_>) -> Option<Date> {
    at.in_period(intervention.started_on).filter(|_| is_training(intervention))
}

/// The day supervised training was completed, in the period.
fn training_completed(intervention: &Intervention, at: &Context<'_>) -> Option<Date> {
    forms::completed_in(intervention, at).filter(|_| is_training(intervention))
}

/// What is planned for a training.
fn training_of<'a>(course: &'a CourseFacts, intervention: &Intervention) -> Option<&'a Training> {
    course.trainings.iter().find(|one| forms::of(one.intervention.as_ref(), intervention))
}

/// The first and the last day of the end window, both inside: `end_test_window_days` to each side of the last session.
fn end_window(sessions: &Sessions<'_>, at: &Context<'_>) -> Option<(Date, Date)> {
    let last_on = sessions.last_on()?;
    let days = jiff::Span::new().days(at.count(LimitId::EndTestWindowDays));
    Some((last_on.saturating_sub(days), last_on.saturating_add(days)))
}

/// The physical tests of a training that were made.
fn physical_tests<'a>(course: &'a CourseFacts, intervention: &'a Intervention) -> impl Iterator<Item = &'a TestResult> {
    results(course, intervention).filter(|one| one.not_possible_reason.is_none())
}

/// Whether a physical test was not possible for the citizen's health.
fn is_impossible(course: &CourseFacts, intervention: &Intervention) -> bool {
    results(course, intervention).any(|one| one.not_possible_reason.is_some())
}

fn results<'a>(course: &'a CourseFacts, intervention: &'a Intervention) -> impl Iterator<Item = &'a TestResult> {
    let physical = |one: &TestResult| one.instrument.as_deref().is_some_and(|name| PHYSICAL.contains(&name));
    let of_this = course.test_results.iter().filter(|one| forms::of(one.intervention.as_ref(), intervention));
    of_this.filter(move |one| physical(one))
}
