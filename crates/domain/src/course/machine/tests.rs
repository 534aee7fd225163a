//! The guards of the flow, section 2, one by one.

use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::codes::InterventionCode;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const DAY: Date = date(2026, 5, 4);

fn go(state: State, event: CourseEvent) -> Result<State, CourseError> {
    apply(state, event, NOW)
}

fn held() -> CourseEvent {
    CourseEvent::TalkHeld { gaps: vec![] }
}

fn pause() -> CourseEvent {
    CourseEvent::Pause { on: DAY, expected_end: None, reason: "indlagt".into() }
}

fn paused(before: BeforePause) -> State {
    State::Paused { since: DAY, expected_end: None, reason: "indlagt".into(), before }
}

fn open_states() -> Vec<State> {
    let closing = State::Closing { since: DAY };
    vec![State::Intake, State::Clarifying, State::Planned, State::Active, paused(BeforePause::Active), closing]
}

fn ends() -> [State; 5] {
    [
        State::Closed { at: NOW },
        State::Withdrawn { at: NOW },
        State::Transferred { at: NOW },
        State::Dead { at: NOW },
        State::Archived { at: NOW },
    ]
}

#[test]
fn a_course_runs_from_the_talk_to_the_closing() {
    let events = [
        CourseEvent::TalkBooked,
        held(),
        CourseEvent::InterventionGranted,
        CourseEvent::SessionHeld,
        CourseEvent::LastInterventionEnded { on: DAY },
        CourseEvent::Close { blockers: vec![], set_aside: None },
        CourseEvent::Archive,
    ];
    let end = events.into_iter().try_fold(State::Intake, go);
    assert_eq!(end, Ok(State::Archived { at: NOW }));
}

#[test]
fn nicotine_and_alcohol_start_without_a_talk() {
    assert_eq!(go(State::Intake, CourseEvent::DirectStart), Ok(State::Active));
}

#[test]
fn nicotine_starts_beside_a_booked_talk_and_the_talk_is_still_held() {
    let active = go(State::Clarifying, CourseEvent::SessionHeld).unwrap();
    assert_eq!(active, State::Active);
    assert_eq!(go(active, held()), Ok(State::Active));
    assert_eq!(go(State::Clarifying, CourseEvent::DirectStart), Ok(State::Active));
}

#[test]
fn a_talk_with_a_gap_is_not_held_and_says_what_it_lacks() {
    let gaps = vec![TalkGap::Goal, TalkGap::Needs];
    let error = go(State::Clarifying, CourseEvent::TalkHeld { gaps }).unwrap_err();
    assert!(error.user_message().contains("et mål med borgerens egne ord, behov"));
}

#[test]
fn no_further_action_closes_without_a_plan() {
    for state in [State::Intake, State::Clarifying, State::Planned] {
        assert_eq!(go(state, CourseEvent::NoFurtherAction { on: DAY }), Ok(State::Closing { since: DAY }));
    }
    assert!(go(State::Active, CourseEvent::NoFurtherAction { on: DAY }).is_err());
}

#[test]
fn declining_every_offer_leads_to_closing() {
    assert_eq!(go(State::Planned, CourseEvent::AllDeclined { on: DAY }), Ok(State::Closing { since: DAY }));
}

#[test]
fn a_needs_talk_leaves_a_running_or_paused_course_where_it_is() {
    for state in [State::Active, paused(BeforePause::Active), State::Closing { since: DAY }] {
        assert_eq!(go(state.clone(), CourseEvent::TalkBooked), Ok(state.clone()));
        assert_eq!(go(state.clone(), held()), Ok(state));
    }
}

#[test]
fn a_pause_needs_a_reason_and_ends_where_it_began() {
    let silent = CourseEvent::Pause { on: DAY, expected_end: None, reason: " ".into() };
    assert_eq!(go(State::Active, silent), Err(CourseError::ReasonMissing));
    for (state, before) in [
        (State::Clarifying, BeforePause::Clarifying),
        (State::Planned, BeforePause::Planned),
        (State::Active, BeforePause::Active),
    ] {
        assert_eq!(go(state.clone(), pause()), Ok(paused(before)));
        assert_eq!(go(paused(before), CourseEvent::Resume), Ok(state));
    }
}

#[test]
fn a_session_registered_late_neither_ends_a_pause_nor_reopens_a_closing_course() {
    for state in [paused(BeforePause::Active), State::Closing { since: DAY }] {
        assert_eq!(go(state.clone(), CourseEvent::SessionHeld), Ok(state));
    }
}

#[test]
fn the_last_intervention_may_end_during_a_pause() {
    let ended = CourseEvent::LastInterventionEnded { on: DAY };
    assert_eq!(go(paused(BeforePause::Active), ended), Ok(State::Closing { since: DAY }));
}

#[test]
fn an_intervention_that_ends_before_the_talk_leaves_the_talk_to_be_held() {
    for state in [State::Intake, State::Clarifying] {
        assert_eq!(go(state.clone(), CourseEvent::LastInterventionEnded { on: DAY }), Ok(state));
    }
}

#[test]
fn a_closing_course_keeps_the_day_it_began_to_close() {
    let closing = State::Closing { since: DAY };
    let later = CourseEvent::LastInterventionEnded { on: date(2026, 6, 1) };
    assert_eq!(go(closing.clone(), later), Ok(closing));
}

#[test]
fn a_new_grant_takes_a_closing_course_up_again() {
    assert_eq!(go(State::Closing { since: DAY }, CourseEvent::InterventionGranted), Ok(State::Active));
}

#[test]
fn an_open_safety_task_keeps_a_course_from_closing_unless_a_leader_sets_it_aside() {
    let blockers = vec![CloseBlocker::SafetyTaskOpen];
    let close = |set_aside: Option<&str>| CourseEvent::Close {
        blockers: blockers.clone(),
        set_aside: set_aside.map(str::to_owned),
    };
    let closing = State::Closing { since: DAY };
    assert_eq!(go(closing.clone(), close(None)), Err(CourseError::Blocked(blockers.clone())));
    assert_eq!(go(closing.clone(), close(Some(" "))), Err(CourseError::Blocked(blockers.clone())));
    assert_eq!(go(closing, close(Some("borgeren er flyttet på plejehjem"))), Ok(State::Closed { at: NOW }));
}

#[test]
fn the_message_of_a_blocked_closing_names_the_intervention() {
    let blockers = vec![CloseBlocker::InterventionOpen { code: InterventionCode::DietaryGuidance }];
    let error = go(State::Active, CourseEvent::Close { blockers, set_aside: None }).unwrap_err();
    assert_eq!(error.user_message(), "Forløbet kan ikke afsluttes: indsatsen Kostvejledning er ikke afsluttet.");
}

#[test]
fn death_closes_a_course_from_every_open_state() {
    for state in open_states() {
        assert_eq!(go(state, CourseEvent::Die), Ok(State::Dead { at: NOW }));
    }
}

#[test]
fn a_citizen_may_withdraw_and_move_at_any_time() {
    for state in open_states() {
        assert_eq!(go(state.clone(), CourseEvent::Withdraw), Ok(State::Withdrawn { at: NOW }));
        assert_eq!(go(state, CourseEvent::Transfer), Ok(State::Transferred { at: NOW }));
    }
}

#[test]
fn a_course_that_is_over_keeps_how_it_ended_when_the_citizen_dies() {
    for state in ends() {
        assert_eq!(go(state.clone(), CourseEvent::Die), Err(CourseError::Over(state.word())));
    }
}

#[test]
fn only_a_closed_course_is_archived() {
    for state in ends().into_iter().chain(open_states()) {
        let archived = go(state.clone(), CourseEvent::Archive).is_ok();
        assert_eq!(archived, matches!(state, State::Closed { .. }), "{state:?}");
    }
}

#[test]
fn a_citizen_who_asks_again_gets_a_new_course() {
    for state in ends() {
        assert_eq!(go(state.clone(), CourseEvent::TalkBooked), Err(CourseError::Over(state.word())));
        assert_eq!(go(state.clone(), CourseEvent::InterventionGranted), Err(CourseError::Over(state.word())));
    }
}
