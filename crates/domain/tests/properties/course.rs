//! Courses: what is over stays over, a talk with gaps never counts, and nothing closes with a blocker unless set aside.

use domain::codes::InterventionCode;
use domain::course::{
    BeforePause, CloseBlocker, CloseFacts, CourseError, CourseEvent as Event, CourseState as State, RiskFactor,
    TalkArea, TalkGap, apply, close_blockers,
};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::values::{day, instant, maybe_text, text, word};

fn gap() -> impl Strategy<Value = TalkGap> {
    prop_oneof![
        word(TalkArea::ALL).prop_map(TalkGap::Area),
        word(RiskFactor::ALL).prop_map(TalkGap::RiskFactor),
        Just(TalkGap::Needs),
        Just(TalkGap::Goal),
        Just(TalkGap::Maintenance),
        Just(TalkGap::FeedbackConsent),
    ]
}

fn blocker() -> impl Strategy<Value = CloseBlocker> {
    prop_oneof![
        Just(CloseBlocker::SafetyTaskOpen),
        word(InterventionCode::ALL).prop_map(|code| CloseBlocker::InterventionOpen { code }),
        Just(CloseBlocker::StatusConsentNotAsked),
        Just(CloseBlocker::GoalNotEvaluated),
        Just(CloseBlocker::FollowUpNotAnswered),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let pause = (day(), proptest::option::of(day()), text());
    prop_oneof![
        3 => Just(Event::TalkBooked),
        1 => Just(Event::DirectStart),
        3 => proptest::collection::vec(gap(), 0..2).prop_map(|gaps| Event::TalkHeld { gaps }),
        1 => day().prop_map(|on| Event::NoFurtherAction { on }),
        3 => Just(Event::SessionHeld),
        1 => day().prop_map(|on| Event::AllDeclined { on }),
        3 => Just(Event::InterventionGranted),
        3 => day().prop_map(|on| Event::LastInterventionEnded { on }),
        3 => pause.prop_map(|(on, expected_end, reason)| Event::Pause { on, expected_end, reason }),
        3 => Just(Event::Resume),
        2 => (proptest::collection::vec(blocker(), 0..2), maybe_text())
            .prop_map(|(blockers, set_aside)| Event::Close { blockers, set_aside }),
        1 => Just(Event::Withdraw),
        1 => Just(Event::Transfer),
        1 => Just(Event::Die),
        2 => Just(Event::Archive),
    ]
}

type Step = (State, Event, Result<State, CourseError>);

fn walk(events: Vec<(Event, Timestamp)>) -> Vec<Step> {
    let mut state = State::Intake;
    let step = |(event, at): (Event, Timestamp)| {
        let before = state.clone();
        let answer = apply(before.clone(), event.clone(), at);
        state = answer.clone().unwrap_or_else(|_| before.clone());
        (before, event, answer)
    };
    events.into_iter().map(step).collect()
}

fn walks() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec((event(), instant()), 0..40).prop_map(walk)
}

proptest! {
    #[test]
    fn a_course_that_is_over_only_ever_becomes_archived(steps in walks()) {
        for (before, _, answer) in steps {
            if let (false, Ok(after)) = (before.is_open(), answer) {
                let archived = matches!((&before, &after), (State::Closed { .. }, State::Archived { .. }));
                prop_assert!(archived, "{before:?} -> {after:?}");
            }
        }
    }

    #[test]
    fn death_a_move_and_withdrawal_end_a_course_from_every_open_state(steps in walks(), at in instant()) {
        for (before, _, _) in steps.into_iter().filter(|(before, _, _)| before.is_open()) {
            prop_assert_eq!(apply(before.clone(), Event::Die, at), Ok(State::Dead { at }));
            prop_assert_eq!(apply(before.clone(), Event::Transfer, at), Ok(State::Transferred { at }));
            prop_assert_eq!(apply(before, Event::Withdraw, at), Ok(State::Withdrawn { at }));
        }
    }

    #[test]
    fn a_talk_with_gaps_never_counts_as_held(steps in walks()) {
        for (_, event, answer) in steps {
            if let Event::TalkHeld { gaps } = event && !gaps.is_empty() {
                prop_assert!(answer.is_err());
            }
        }
    }

    #[test]
    fn a_course_closes_without_blockers_or_with_a_written_reason(steps in walks()) {
        for (_, event, answer) in steps {
            if let (Event::Close { blockers, set_aside }, Ok(_)) = (event, answer) {
                prop_assert!(blockers.is_empty() || set_aside.is_some_and(|reason| !reason.trim().is_empty()));
            }
        }
    }

    #[test]
    fn a_pause_ends_where_it_began(steps in walks(), at in instant()) {
        for (before, _, answer) in steps {
            if let Ok(paused @ State::Paused { .. }) = answer && !matches!(before, State::Paused { .. }) {
                prop_assert_eq!(apply(paused, Event::Resume, at), Ok(before));
            }
        }
    }

    #[test]
    fn a_pause_keeps_its_day_and_reason_through_whatever_is_registered_late(steps in walks()) {
        for (before, _, answer) in steps {
            if let (State::Paused { .. }, Ok(after @ State::Paused { .. })) = (&before, answer) {
                prop_assert_eq!(before, after);
            }
        }
    }

    #[test]
    fn ending_the_last_intervention_is_never_refused_while_the_course_is_open(steps in walks(), on in day(), at in instant()) {
        for (before, _, _) in steps.into_iter().filter(|(before, _, _)| before.is_open()) {
            let answer = apply(before, Event::LastInterventionEnded { on }, at);
            prop_assert!(answer.is_ok());
        }
    }

    #[test]
    fn a_refusal_says_something_to_people(steps in walks()) {
        for (_, _, answer) in steps {
            if let Err(error) = answer {
                prop_assert!(!error.user_message().is_empty() && !error.to_string().is_empty());
            }
        }
    }

    #[test]
    fn every_open_intervention_and_every_unanswered_question_is_a_blocker(
        open in proptest::collection::vec(word(InterventionCode::ALL), 0..4),
        safety_task_open in any::<bool>(),
        status_consent_asked in any::<bool>(),
        goals_without_evaluation in 0usize..3,
        follow_up_answered in any::<bool>(),
    ) {
        let facts = CloseFacts {
            open_interventions: &open,
            safety_task_open,
            status_consent_asked,
            goals_without_evaluation,
            follow_up_answered,
        };
        let found = close_blockers(&facts);
        let others = [safety_task_open, !status_consent_asked, goals_without_evaluation > 0, !follow_up_answered];
        prop_assert_eq!(found.len(), open.len() + others.iter().filter(|stands| **stands).count());
        prop_assert_eq!(found.contains(&CloseBlocker::SafetyTaskOpen), safety_task_open);
    }
}

#[test]
fn a_pause_that_was_stored_before_it_knew_its_way_back_goes_on_as_active() {
    let stored = r#"{"is":"paused","since":"2026-03-02","expected_end":null,"reason":"indlagt"}"#;
    let state: State = serde_json::from_str(stored).unwrap();
    assert!(matches!(state, State::Paused { before: BeforePause::Active, .. }));
}
