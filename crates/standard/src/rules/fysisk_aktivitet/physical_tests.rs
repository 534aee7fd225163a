//! Tests at start and end of supervised training (sections 6.2 and 6.3).

use jiff::civil::Date;

use super::{end_window, is_impossible, is_training, physical_tests, training_completed};
use crate::case::Case;
use crate::context::Context;
use crate::facts::words::Phase;
use crate::facts::{CourseFacts, Intervention, TestResult};
use crate::outcome::Verdict;
use crate::rules::forms;
use crate::rules::sessions::Sessions;

/// KS-6.2-09, section 6.2: a physical test from the grant to the second session, and one in the end window. A training
/// that runs or was stopped is judged on its start test.
pub(super) fn start_and_end(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    if !is_training(intervention) {
        return Verdict::OUTSIDE;
    }
    let sessions = Sessions::of(course, intervention, at);
    let completed_on = training_completed(intervention, at);
    let second_on = at.in_period(sessions.second_on());
    let Some(on) = completed_on.or(second_on) else { return Verdict::OUTSIDE };
    let by = sessions.second_on().unwrap_or(on);
    let tests = || physical_tests(course, intervention);
    let dates = |not: Phase| tests().filter(move |one| one.phase != Some(not)).filter_map(|one| one.date);
    let granted = |date: &Date| intervention.granted_on.is_none_or(|granted| *date >= granted);
    let start_on = dates(Phase::End).filter(granted).min();
    let undated = |not: Phase| tests().any(|one| one.date.is_none() && one.phase != Some(not));
    let case = Case::on(on)
        .except("test_not_possible", is_impossible(course, intervention))
        .needs("session.date", sessions.last_on().is_some())
        .needs("testresult.date", start_on.is_some_and(|start| start <= by) || !undated(Phase::End));
    if completed_on.is_none() {
        return case.by(by).done("testresult.date", start_on).decide(at);
    }
    let case = case.holds("no_start_test_in_time", start_on.is_some_and(|start| start <= by));
    let Some((from, to)) = end_window(&sessions, at) else { return case.decide(at) };
    let end_on = dates(Phase::Start).filter(|end| *end >= from && Some(*end) != start_on).min();
    case.needs("testresult.date", end_on.is_some() || !undated(Phase::Start))
        .by(to)
        .done("testresult.date", end_on)
        .decide(at)
}

/// KS-6.2-10, section 6.2: each start test stands in the battery of the offer, or its choice has a reason.
pub(super) fn reasoned_choice(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let started = |one: &&TestResult| one.phase == Some(Phase::Start) && at.in_period(one.date).is_some();
    let tests = || physical_tests(course, intervention).filter(started);
    let first_on = tests().filter_map(|one| one.date).min().filter(|_| is_training(intervention));
    let Some(first_on) = first_on else { return Verdict::OUTSIDE };
    let offer = intervention.offer.as_deref().and_then(|id| at.municipality.offer(id));
    let in_battery = |one: &TestResult| {
        offer.is_some_and(|offer| offer.test_battery.iter().any(|name| one.instrument.as_ref() == Some(name)))
    };
    let reasoned = tests().all(|one| forms::filled(one.choice_reason.as_ref()) || in_battery(one));
    Case::on(first_on).recorded("testresult.choice_reason", reasoned).decide(at)
}

/// KS-6.3-05, section 6.3: start and end test use the same instrument, place and equipment.
pub(super) fn comparable(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let tests = |phase| physical_tests(course, intervention).filter(move |one| one.phase == Some(phase));
    let ends = || tests(Phase::End).filter(|one| at.in_period(one.date).is_some());
    let last_on = ends().filter_map(|one| one.date).max().filter(|_| is_training(intervention));
    let Some(last_on) = last_on.filter(|_| tests(Phase::Start).next().is_some()) else { return Verdict::OUTSIDE };
    let pairs: Vec<(&TestResult, &TestResult)> = ends()
        .flat_map(|end| tests(Phase::Start).filter(|one| one.instrument == end.instrument).map(move |one| (one, end)))
        .collect();
    let known = |get: fn(&TestResult) -> &Option<String>| {
        pairs.iter().all(|(start, end)| get(start).is_some() && get(end).is_some())
    };
    let same = |get: fn(&TestResult) -> &Option<String>| pairs.iter().all(|(start, end)| get(start) == get(end));
    Case::on(last_on)
        .needs("testresult.place", known(|one| &one.place))
        .needs("testresult.equipment", known(|one| &one.equipment))
        .holds("not_the_same_instrument", !pairs.is_empty())
        .holds("not_the_same_place", same(|one| &one.place))
        .holds("not_the_same_equipment", same(|one| &one.equipment))
        .decide(at)
}
