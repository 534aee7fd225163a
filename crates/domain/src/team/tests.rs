//! Seats and attendance by example; the properties stand in `tests/properties/team.rs`.

use super::*;
use crate::ids::SeatOfferId;
use uuid::Uuid;

fn team(code: InterventionCode, seats: u16) -> Team {
    let (id, performer) = (TeamId(Uuid::from_u128(1)), OrganizationId(Uuid::from_u128(2)));
    Team::new(id, "KOL-hold".into(), code, performer, seats)
}

fn citizen(n: u128) -> CitizenId {
    CitizenId(Uuid::from_u128(n))
}

fn enrol(team: Team, n: u128) -> Result<Team, TeamError> {
    let code = team.code;
    team.enrol(citizen(n), PlannedInterventionId(Uuid::from_u128(n)), code)
}

fn with_session(team: Team) -> (Team, SessionId) {
    let id = SessionId(Uuid::from_u128(9));
    let hour = Timestamp::from_second(3600).unwrap();
    (team.add_session(id, Timestamp::UNIX_EPOCH, hour).unwrap(), id)
}

fn came(n: u128) -> Attendance {
    Attendance { citizen: citizen(n), presence: Presence::Present }
}

#[test]
fn there_is_no_group_session_for_the_talk_about_alcohol() {
    for code in [InterventionCode::AlcoholTalk, InterventionCode::ClarifyingTalk, InterventionCode::ClosingTalk] {
        assert_eq!(enrol(team(code, 8), 1), Err(TeamError::NotInTeams));
        let offer = SeatOffer {
            id: SeatOfferId(Uuid::from_u128(1)),
            citizen: citizen(1),
            intervention: PlannedInterventionId(Uuid::from_u128(1)),
            made_at: Timestamp::UNIX_EPOCH,
            answer_by: Timestamp::from_second(3600).unwrap(),
            state: OfferState::Open,
        };
        assert_eq!(team(code, 8).offer(offer, code), Err(TeamError::NotInTeams), "nor is a seat offered");
    }
}

#[test]
fn a_full_team_takes_nobody_until_a_seat_is_given_back() {
    let full = enrol(team(InterventionCode::PhysicalTraining, 1), 1).unwrap();
    assert_eq!(enrol(full.clone(), 2), Err(TeamError::Full));
    let back = enrol(full.leave(citizen(1)), 2).unwrap();
    assert!(back.has_seat(citizen(2)) && !back.has_seat(citizen(1)));
}

#[test]
fn a_citizen_comes_back_to_a_new_seat() {
    let left = enrol(team(InterventionCode::PhysicalTraining, 1), 1).unwrap().leave(citizen(1));
    let again = enrol(left, 1).unwrap();
    assert_eq!((again.enrolled.len(), again.free_seats()), (2, 0));
}

#[test]
fn fewer_seats_than_people_leave_no_negative_number() {
    let crowded = Team { seats: 0, ..enrol(team(InterventionCode::PhysicalTraining, 1), 1).unwrap() };
    assert_eq!(crowded.free_seats(), 0);
    assert_eq!(enrol(crowded, 2), Err(TeamError::Full));
}

#[test]
fn attendance_is_taken_once_and_names_nobody_twice() {
    let (team, session) = with_session(enrol(team(InterventionCode::PhysicalTraining, 2), 1).unwrap());
    let twice = team.clone().take_attendance(session, vec![came(1), came(1)]);
    assert_eq!(twice, Err(TeamError::NamedTwice));
    let stranger = team.clone().take_attendance(session, vec![came(2)]);
    assert_eq!(stranger, Err(TeamError::NotEnrolled));
    let taken = team.take_attendance(session, vec![came(1)]).unwrap();
    assert_eq!(taken.take_attendance(session, vec![came(1)]), Err(TeamError::AlreadyTaken));
}

#[test]
fn attendance_that_was_taken_is_corrected_for_whoever_was_asked_about() {
    let (team, session) = with_session(enrol(team(InterventionCode::PhysicalTraining, 2), 1).unwrap());
    let early = team.clone().correct_attendance(session, citizen(1), Presence::Absent);
    assert_eq!(early, Err(TeamError::NotTaken));
    let left = team.take_attendance(session, vec![came(1)]).unwrap().leave(citizen(1));
    let stranger = left.clone().correct_attendance(session, citizen(2), Presence::Absent);
    assert_eq!(stranger, Err(TeamError::NotEnrolled));
    let right = left.correct_attendance(session, citizen(1), Presence::Regrets).unwrap();
    let said = Attendance { citizen: citizen(1), presence: Presence::Regrets };
    assert_eq!(right.sessions[0].attendance.as_deref(), Some(&[said][..]));
}
