//! Requests: no order of events reopens one, loses one or leaves one without a next step.

use domain::ids::{CourseId, ServiceRequestId};
use domain::limits::Limits;
use domain::referral::{
    DeclineReason, FirstStep, ReferralError, ReferralEvent as Event, ReferralState as State, ReturnReason, apply,
};
use domain::service_request::ServiceRequest;
use domain::task::for_referral;
use domain::workdays::{ExtraClosedDays, local_date};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::records::request;
use crate::values::{day, id, instant, text, word};

pub fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => Just(Event::Check),
        6 => Just(Event::NotReached),
        2 => Just(Event::Reach),
        2 => day().prop_map(|on| Event::SendLetter { on }),
        3 => word(FirstStep::ALL).prop_map(Event::Route),
        2 => id::<CourseId>().prop_map(Event::Join),
        2 => day().prop_map(|on| Event::LetterExpired { on }),
        1 => word(ReturnReason::ALL).prop_map(Event::Return),
        1 => text().prop_map(Event::Reject),
        1 => word(DeclineReason::ALL).prop_map(Event::Decline),
        1 => id::<ServiceRequestId>().prop_map(Event::MarkDuplicate),
        1 => id::<ServiceRequestId>().prop_map(Event::ReplaceBy),
        1 => Just(Event::Move),
        1 => Just(Event::Die),
        1 => Just(Event::MarkError),
    ]
}

/// Every state that a request went through, with what each event answered.
fn walk(events: Vec<(Event, Timestamp)>, limits: &Limits) -> Vec<(State, Event, Result<State, ReferralError>)> {
    let mut state = State::Received;
    let step = |(event, at): (Event, Timestamp)| {
        let before = state.clone();
        let answer = apply(before.clone(), event.clone(), at, limits);
        // The caller keeps its own copy: a refused event leaves the request as it was.
        state = answer.clone().unwrap_or_else(|_| before.clone());
        (before, event, answer)
    };
    events.into_iter().map(step).collect()
}

fn walks() -> impl Strategy<Value = Vec<(Event, Timestamp)>> {
    proptest::collection::vec((event(), instant()), 0..40)
}

proptest! {
    #[test]
    fn a_closed_request_never_opens_again(events in walks()) {
        for (before, _, answer) in walk(events, &Limits::default()) {
            if let (false, Ok(after)) = (before.is_open(), answer) {
                prop_assert!(!after.is_open(), "{before:?} -> {after:?}");
            }
        }
    }

    #[test]
    fn a_closed_request_only_changes_to_replaced_or_wrongly_registered(events in walks()) {
        for (before, event, answer) in walk(events, &Limits::default()) {
            let Ok(after) = answer else { continue };
            let replaced = matches!((&before, &after), (State::Joined { .. }, State::Replaced { .. }));
            let wrong = matches!((&event, &after), (Event::MarkError, State::EnteredInError { .. }));
            prop_assert!(before.is_open() || replaced || wrong, "{before:?} -> {after:?}");
        }
    }

    #[test]
    fn an_open_request_always_has_a_task_and_a_closed_one_never(
        base in request(),
        events in walks(),
        limits in limits(),
        home in any::<bool>(),
    ) {
        let extra = ExtraClosedDays { constitution_day: home, christmas_eve: home, new_years_eve: !home };
        for (_, _, answer) in walk(events, &limits) {
            let Ok(state) = answer else { continue };
            let open = state.is_open();
            let request = ServiceRequest { state, ..base.clone() };
            let task = for_referral(&request, &limits, extra);
            prop_assert_eq!(task.is_some(), open, "{:?}", request.state);
            let step_could_begin = local_date(request.received_at);
            let from_reception = !matches!(request.state, State::Contacting { .. } | State::Reached { .. } | State::Unreachable { .. });
            prop_assert!(task.is_none_or(|t| !from_reception || t.due_on >= step_could_begin));
        }
    }

    #[test]
    fn attempts_never_pass_the_limit_and_a_letter_only_comes_when_they_are_used_up(
        events in walks(),
        max in 1u8..6,
    ) {
        let limits = Limits { contact_attempts_max: max, ..Limits::default() };
        for (before, _, answer) in walk(events, &limits) {
            match answer {
                Ok(State::Contacting { attempts, .. }) => prop_assert!((1..=max).contains(&attempts)),
                Ok(State::Unreachable { .. }) => {
                    let used_up = matches!(before, State::Contacting { attempts, .. } if attempts == max);
                    prop_assert!(used_up, "{before:?}");
                }
                Ok(_) | Err(_) => {}
            }
        }
    }

    #[test]
    fn a_letter_holds_the_offer_open_its_whole_time(events in walks()) {
        for (before, event, answer) in walk(events, &Limits::default()) {
            if let (Ok(State::NeverReached { .. }), Event::LetterExpired { on }) = (&answer, &event) {
                let over = matches!(before, State::Unreachable { open_until, .. } if *on > open_until);
                prop_assert!(over, "{before:?}");
            }
        }
    }

    #[test]
    fn a_request_is_only_routed_after_the_citizen_was_spoken_to(events in walks()) {
        let steps = walk(events, &Limits::default());
        if let Some(routed) = steps.iter().position(|(_, _, answer)| matches!(answer, Ok(State::Routed { .. }))) {
            let reached = steps[..routed].iter().any(|(_, _, answer)| matches!(answer, Ok(State::Reached { .. })));
            prop_assert!(reached);
        }
    }

    #[test]
    fn a_rejection_always_has_a_reason(events in walks()) {
        for (_, _, answer) in walk(events, &Limits::default()) {
            if let Ok(State::Rejected { reason, .. }) = answer {
                prop_assert!(!reason.trim().is_empty());
            }
        }
    }

    #[test]
    fn a_refusal_says_something_to_people(events in walks()) {
        for (_, _, answer) in walk(events, &Limits::default()) {
            if let Err(error) = answer {
                prop_assert!(!error.user_message().is_empty());
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}

fn limits() -> impl Strategy<Value = Limits> {
    (0u16..20, 1u8..6, 0u16..60, 0u16..60).prop_map(|(contact, attempts, open, clarifying)| Limits {
        contact_workdays: contact,
        contact_attempts_max: attempts,
        unreachable_open_days: open,
        clarifying_days: clarifying,
        ..Limits::default()
    })
}
