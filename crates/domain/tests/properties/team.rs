//! Teams: never more people than seats, never a citizen twice, attendance taken once.

use std::collections::BTreeSet;

use domain::codes::InterventionCode;
use domain::ids::SeatOfferId;
use domain::ids::{CitizenId, PlannedInterventionId, SessionId};
use domain::team::{Attendance, CancelReason, Cancellation, OfferState, SeatOffer, Team};
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
    Offer(SeatOffer, InterventionCode),
    Accept(SeatOfferId, Timestamp),
    Decline(SeatOfferId),
    Withdraw(SeatOfferId),
    Expire(Timestamp),
    Cancel(SessionId),
}

fn offer() -> impl Strategy<Value = SeatOffer> {
    (0u128..60, id(), id(), instant(), instant()).prop_map(|(n, citizen, intervention, made_at, answer_by)| SeatOffer {
        id: SeatOfferId(uuid::Uuid::from_u128(n)),
        citizen,
        intervention,
        made_at,
        answer_by,
        state: OfferState::Open,
    })
}

fn offer_id() -> impl Strategy<Value = SeatOfferId> {
    (0u128..60).prop_map(|n| SeatOfferId(uuid::Uuid::from_u128(n)))
}

fn step(code: InterventionCode) -> impl Strategy<Value = Step> {
    let code = prop_oneof![4 => Just(code), 1 => word(InterventionCode::ALL)];
    let asked = (offer(), code.clone()).prop_map(|(offer, code)| Step::Offer(offer, code));
    prop_oneof![
        8 => asked,
        5 => (offer_id(), instant()).prop_map(|(id, at)| Step::Accept(id, at)),
        2 => offer_id().prop_map(Step::Decline),
        1 => offer_id().prop_map(Step::Withdraw),
        1 => instant().prop_map(Step::Expire),
        1 => id().prop_map(Step::Cancel),
        4 => (id(), id(), code).prop_map(|(citizen, intervention, code)| Step::Enrol(citizen, intervention, code)),
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
        // An id is made once, so that one that was used belongs to no second offer.
        Step::Offer(offer, _) if team.offers.iter().any(|known| known.id == offer.id) => None,
        Step::Offer(offer, code) => team.offer(offer, code).ok(),
        Step::Accept(offer, now) => team.accept(offer, now).ok(),
        Step::Decline(offer) => team.decline(offer).ok(),
        Step::Withdraw(offer) => team.withdraw(offer).ok(),
        Step::Expire(now) => Some(team.expire(now)),
        Step::Cancel(session) => {
            let why = Cancellation { at: Timestamp::UNIX_EPOCH, reason: CancelReason::Room, replaced_by: None };
            team.cancel_session(session, why).ok()
        }
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
            let held = team.open_offers().count();
            prop_assert_eq!(usize::from(team.free_seats()) + held + seated.len(), usize::from(team.seats));
            let asked: BTreeSet<_> = team.open_offers().map(|offer| offer.citizen).collect();
            prop_assert_eq!(asked.len(), held, "nobody is asked twice at once");
            prop_assert!(seated.iter().all(|citizen| !asked.contains(citizen)), "nobody with a seat is asked");
        }
    }

    #[test]
    fn what_was_registered_is_never_lost(walk in walks()) {
        for (before, after) in walk {
            prop_assert!(after.enrolled.len() >= before.enrolled.len());
            prop_assert!(after.sessions.len() >= before.sessions.len());
            prop_assert!(after.offers.len() >= before.offers.len());
            for (was, is) in before.offers.iter().zip(&after.offers) {
                prop_assert_eq!((was.id, was.citizen, was.answer_by), (is.id, is.citizen, is.answer_by));
                prop_assert!(was.state == OfferState::Open || was.state == is.state, "an answer stands");
                let got = was.state == OfferState::Open && is.state == OfferState::Accepted;
                prop_assert!(!got || after.has_seat(was.citizen), "whoever says yes has a seat");
            }
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

    #[test]
    fn a_yes_after_the_time_gives_no_seat_and_running_out_twice_is_once(walk in walks(), now in instant()) {
        for (_, team) in walk {
            let over = team.clone().expire(now);
            prop_assert_eq!(&over.clone().expire(now), &over);
            for offer in team.open_offers().filter(|offer| offer.answer_by < now) {
                prop_assert!(team.clone().accept(offer.id, now).is_err());
                prop_assert!(over.clone().accept(offer.id, now).is_err());
            }
        }
    }
}
