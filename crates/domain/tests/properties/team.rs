//! Teams: never more people than seats, never a citizen twice, attendance taken once.

use std::collections::BTreeSet;

use domain::codes::InterventionCode;
use domain::ids::{CitizenId, PlannedInterventionId, SessionId};
use domain::team::{Attendance, Team};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::records::{attendance, empty_team};
use crate::values::{id, instant, word};

#[derive(Debug, Clone)]
enum Step {
    Enrol(CitizenId, PlannedInterventionId, InterventionCode),
    Leave(CitizenId),
    Session(SessionId, Timestamp, Timestamp),
    Attend(SessionId, Vec<Attendance>),
}

fn step(code: InterventionCode) -> impl Strategy<Value = Step> {
    let code = prop_oneof![4 => Just(code), 1 => word(InterventionCode::ALL)];
    prop_oneof![
        6 => (id(), id(), code).prop_map(|(citizen, intervention, code)| Step::Enrol(citizen, intervention, code)),
        2 => id().prop_map(Step::Leave),
        2 => (id(), instant(), instant()).prop_map(|(id, start, end)| Step::Session(id, start, end)),
        3 => (id(), proptest::collection::vec(attendance(), 0..4)).prop_map(|(id, list)| Step::Attend(id, list)),
    ]
}

fn take(team: Team, step: Step) -> Option<Team> {
    match step {
        Step::Enrol(citizen, intervention, code) => team.enrol(citizen, intervention, code).ok(),
        Step::Leave(citizen) => Some(team.leave(citizen)),
        Step::Session(id, start, end) => team.add_session(id, start, end).ok(),
        Step::Attend(session, list) => team.take_attendance(session, list).ok(),
    }
}

fn walks() -> impl Strategy<Value = Vec<(Team, Team)>> {
    empty_team().prop_flat_map(|team| {
        proptest::collection::vec(step(team.code), 0..40).prop_map(move |steps| {
            let mut now = team.clone();
            let pair = |step| {
                let before = now.clone();
                now = take(now.clone(), step).unwrap_or_else(|| before.clone());
                (before, now.clone())
            };
            steps.into_iter().map(pair).collect()
        })
    })
}

proptest! {
    #[test]
    fn nobody_has_two_seats_and_no_seat_has_two_people(walk in walks()) {
        for (_, team) in walk {
            let seated: Vec<_> = team.enrolled.iter().filter(|s| !s.left).map(|s| s.citizen).collect();
            prop_assert_eq!(seated.iter().collect::<BTreeSet<_>>().len(), seated.len());
            prop_assert_eq!(usize::from(team.free_seats()) + seated.len(), usize::from(team.seats));
        }
    }

    #[test]
    fn what_was_registered_is_never_lost(walk in walks()) {
        for (before, after) in walk {
            prop_assert!(after.enrolled.len() >= before.enrolled.len());
            prop_assert!(after.sessions.len() >= before.sessions.len());
            for held in before.sessions.iter().filter(|s| s.attendance.is_some()) {
                prop_assert!(after.sessions.contains(held));
            }
        }
    }

    #[test]
    fn talks_and_alcohol_talks_never_get_a_seat(walk in walks()) {
        for (_, team) in walk {
            let individual = team.code.is_talk() || team.code == InterventionCode::AlcoholTalk;
            prop_assert!(!individual || team.enrolled.is_empty());
        }
    }

    #[test]
    fn sessions_stand_in_order_of_time_and_end_after_they_start(walk in walks()) {
        for (_, team) in walk {
            prop_assert!(team.sessions.is_sorted_by_key(|s| s.start));
            prop_assert!(team.sessions.iter().all(|s| s.end > s.start));
        }
    }

    #[test]
    fn attendance_names_each_once(walk in walks()) {
        for (_, team) in walk {
            for list in team.sessions.iter().filter_map(|s| s.attendance.as_ref()) {
                let people: BTreeSet<_> = list.iter().map(|a| a.citizen).collect();
                prop_assert_eq!(people.len(), list.len());
            }
        }
    }
}
