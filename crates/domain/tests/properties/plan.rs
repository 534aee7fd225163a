//! Care plans and interventions: a reason exactly when stopped or cancelled, and no day out of order.

use domain::care_plan::{PlanEvent as Event, PlanStatus as Status};
use domain::codes::StopReason;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::values::{day, word};

const GRANTED_ON: Date = date(2026, 6, 1);

pub fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => day().prop_map(|on| Event::Start { on }),
        3 => day().prop_map(|on| Event::Pause { on }),
        3 => Just(Event::Resume),
        1 => day().prop_map(|on| Event::Complete { on }),
        1 => (day(), word(StopReason::ALL)).prop_map(|(on, reason)| Event::End { on, reason }),
        1 => Just(Event::MarkError),
    ]
}

fn walks() -> impl Strategy<Value = Vec<(Status, Event, Status)>> {
    proptest::collection::vec(event(), 0..30).prop_map(|events| {
        let mut status = Status::Granted;
        let step = |event: Event| {
            let before = status;
            status = status.apply(event, GRANTED_ON).unwrap_or(status);
            (before, event, status)
        };
        events.into_iter().map(step).collect()
    })
}

proptest! {
    #[test]
    fn a_reason_stands_exactly_on_what_was_stopped_or_cancelled(steps in walks()) {
        for (_, _, after) in steps {
            let ended_early = matches!(after, Status::Stopped { .. } | Status::Cancelled { .. });
            prop_assert_eq!(after.reason().is_some(), ended_early);
            let written = serde_json::to_value(after).unwrap();
            prop_assert_eq!(written.get("reason").is_some(), ended_early);
        }
    }

    #[test]
    fn what_has_ended_stays_ended_unless_it_was_registered_wrongly(steps in walks()) {
        for (before, event, after) in steps {
            if !before.is_open() {
                prop_assert!(after == before || event == Event::MarkError, "{before:?} -> {after:?}");
                prop_assert!(!after.is_open());
            }
        }
    }

    #[test]
    fn cancelled_never_had_a_session_and_stopped_always_had(steps in walks()) {
        for (before, _, after) in steps {
            match after {
                Status::Cancelled { .. } if before.is_open() => prop_assert_eq!(before.started_on(), None),
                Status::Stopped { .. } if before.is_open() => prop_assert!(before.started_on().is_some()),
                _ => {}
            }
        }
    }

    #[test]
    fn no_day_lies_before_the_grant_and_no_end_before_the_start(steps in walks()) {
        for (before, _, after) in steps {
            let days = [after.started_on(), after.ended_on()];
            prop_assert!(days.into_iter().flatten().all(|day| day >= GRANTED_ON));
            if let (Some(start), Some(end)) = (before.started_on(), after.ended_on()) {
                prop_assert!(end >= start);
            }
        }
    }

    #[test]
    fn the_first_session_never_moves_later(steps in walks()) {
        for (before, _, after) in steps {
            if let (Some(before), Some(after)) = (before.started_on(), after.started_on()) {
                prop_assert!(after <= before);
            }
        }
    }

    #[test]
    fn marking_an_error_twice_keeps_what_it_was(steps in walks()) {
        for (_, _, after) in steps {
            let once = after.apply(Event::MarkError, GRANTED_ON);
            prop_assert_eq!(once.and_then(|status| status.apply(Event::MarkError, GRANTED_ON)), once);
        }
    }
}
