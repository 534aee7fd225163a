//! Deadlines of an open request, over Easter and before an operation.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::ids::{CitizenId, ServiceRequestId};
use crate::referral::FirstStep;
use crate::service_request::{Channel, Owner, Source};

fn morning(day: Date) -> Timestamp {
    day.at(7, 0, 0, 0).in_tz("UTC").unwrap().timestamp()
}

fn request(received_on: Date, state: ReferralState) -> ServiceRequest {
    ServiceRequest {
        id: ServiceRequestId(Uuid::from_u128(1)),
        citizen: CitizenId(Uuid::from_u128(2)),
        received_at: morning(received_on),
        source: Source::GeneralPractice,
        channel: Channel::Medcom,
        requester: None,
        referrer: None,
        areas: BTreeSet::new(),
        chronic_disease: None,
        operation_on: None,
        reason: None,
        letter: None,
        focus_conditions: vec![],
        state,
        owner: Owner::Intake,
        replaces: None,
        flags: BTreeSet::new(),
        sender_told_at: None,
        asked_at: None,
        answered_at: None,
        next_attempt_on: None,
    }
}

fn task(request: &ServiceRequest) -> TaskSpec {
    for_referral(request, &Limits::default(), ExtraClosedDays::default()).unwrap()
}

#[test]
fn first_contact_is_owed_in_five_working_days_counted_over_easter() {
    // Wednesday before skærtorsdag 2026; 6 April is 2. påskedag.
    let spec = task(&request(date(2026, 4, 1), ReferralState::Received));
    assert_eq!((spec.kind, spec.due_on), (TaskKind::CheckReferral, date(2026, 4, 13)));
}

#[test]
fn a_letter_that_comes_late_in_the_evening_counts_from_its_danish_day() {
    let late = Timestamp::from_second(1_772_492_400).unwrap(); // 2 March 2026, 23:00 UTC: 3 March in Denmark.
    let request = ServiceRequest { received_at: late, ..request(date(2026, 3, 2), ReferralState::Received) };
    assert_eq!(task(&request).due_on, date(2026, 3, 10));
}

#[test]
fn the_deadline_counts_from_reception_whatever_happens_inside() {
    let received = request(date(2026, 3, 2), ReferralState::Received);
    let checked_at = morning(date(2026, 3, 6));
    let checked = request(date(2026, 3, 2), ReferralState::Checked { at: checked_at });
    let tried = request(date(2026, 3, 2), ReferralState::Contacting { attempts: 1, last_at: checked_at });
    assert_eq!(task(&received).due_on, task(&checked).due_on);
    assert_eq!(task(&received).due_on, task(&tried).due_on);
}

#[test]
fn the_next_attempt_brings_the_task_forward_and_never_past_the_promise() {
    let tried = ReferralState::Contacting { attempts: 1, last_at: morning(date(2026, 3, 3)) };
    let on = |day| ServiceRequest { next_attempt_on: Some(day), ..request(date(2026, 3, 2), tried.clone()) };
    assert_eq!(task(&on(date(2026, 3, 4))).due_on, date(2026, 3, 4));
    assert_eq!(task(&on(date(2026, 3, 20))).due_on, date(2026, 3, 9));
}

#[test]
fn a_planned_operation_makes_first_contact_urgent() {
    let usual = request(date(2026, 3, 2), ReferralState::Received);
    assert_eq!(task(&usual).due_on, date(2026, 3, 9));
    let urgent = ServiceRequest { operation_on: Some(date(2026, 3, 5)), ..usual.clone() };
    assert_eq!(task(&urgent).due_on, date(2026, 3, 4));
    let far = ServiceRequest { operation_on: Some(date(2026, 9, 1)), ..usual };
    assert_eq!(task(&far).due_on, date(2026, 3, 9));
}

#[test]
fn an_operation_after_easter_gives_the_last_working_day_before_it() {
    let request = ServiceRequest {
        operation_on: Some(date(2026, 4, 7)),
        ..request(date(2026, 3, 30), ReferralState::Checked { at: morning(date(2026, 3, 30)) })
    };
    assert_eq!(task(&request).due_on, date(2026, 4, 1));
}

#[test]
fn an_operation_tomorrow_or_yesterday_is_owed_today() {
    for operation in [date(2026, 3, 3), date(2026, 3, 1)] {
        let request =
            ServiceRequest { operation_on: Some(operation), ..request(date(2026, 3, 2), ReferralState::Received) };
        assert_eq!(task(&request).due_on, date(2026, 3, 2));
    }
}

#[test]
fn the_talk_is_held_before_the_operation_too() {
    let routed = ReferralState::Routed { at: morning(date(2026, 3, 4)), step: FirstStep::ClarifyingTalk };
    let usual = request(date(2026, 3, 2), routed);
    assert_eq!((task(&usual).kind, task(&usual).due_on), (TaskKind::HoldTalk, date(2026, 3, 23)));
    let urgent = ServiceRequest { operation_on: Some(date(2026, 3, 16)), ..usual };
    assert_eq!(task(&urgent).due_on, date(2026, 3, 13));
}

#[test]
fn after_the_last_attempt_the_letter_is_owed_on_the_next_working_day() {
    let last_at = morning(date(2026, 4, 1));
    let used_up = request(date(2026, 3, 25), ReferralState::Contacting { attempts: 3, last_at });
    assert_eq!((task(&used_up).kind, task(&used_up).due_on), (TaskKind::SendLetter, date(2026, 4, 7)));
}

#[test]
fn an_unanswered_letter_is_closed_the_day_after_it_runs_out() {
    let unreachable = ReferralState::Unreachable { letter_on: date(2026, 3, 20), open_until: date(2026, 4, 19) };
    let spec = task(&request(date(2026, 3, 2), unreachable));
    assert_eq!((spec.kind, spec.due_on), (TaskKind::CloseUnreachable, date(2026, 4, 20)));
}

#[test]
fn the_first_step_is_chosen_the_working_day_after_the_call() {
    let friday = morning(date(2026, 3, 6));
    let spec = task(&request(date(2026, 3, 2), ReferralState::Reached { at: friday }));
    assert_eq!((spec.kind, spec.due_on), (TaskKind::ChooseRoute, date(2026, 3, 9)));
}

#[test]
fn a_request_that_was_sent_back_has_no_task() {
    let reason = crate::referral::ReturnReason::LivesElsewhere;
    let returned = ReferralState::Returned { at: morning(date(2026, 3, 3)), reason };
    let request = request(date(2026, 3, 2), returned);
    assert_eq!(for_referral(&request, &Limits::default(), ExtraClosedDays::default()), None);
    assert_eq!(request.received_at, morning(date(2026, 3, 2)), "the time of reception stands");
}
