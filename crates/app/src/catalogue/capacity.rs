//! Seats and next start of an offer, counted from its teams.

use domain::ids::OfferId;
use domain::team::Team;
use jiff::Timestamp;
use serde::Serialize;

/// What the teams of an offer say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Capacity {
    /// Teams that are not over.
    pub(super) teams: usize,
    /// Their seats.
    pub(super) seats: u32,
    /// Seats that nobody has.
    pub(super) free: u32,
    /// First session of the next team that begins; teams under way have begun.
    pub(super) next_start: Option<Timestamp>,
}

/// All that the public is told of seats: never how many, so that nobody can be counted out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Availability {
    /// There is a seat.
    FreeSeats,
    /// There is none, and one can wait.
    WaitingList,
    /// It is not given in teams, or none is planned.
    NoTeam,
}

impl Capacity {
    /// Of one offer, from all teams that are not over.
    pub(super) fn of(offer: OfferId, teams: &[Team], now: Timestamp) -> Self {
        teams.iter().filter(|team| team.offer == Some(offer)).fold(Self::default(), |sum, team| {
            let begins = team.sessions.first().map(|session| session.start).filter(|start| *start > now);
            Self {
                teams: sum.teams + 1,
                seats: sum.seats + u32::from(team.seats),
                free: sum.free + u32::from(team.free_seats()),
                next_start: sum.next_start.into_iter().chain(begins).min(),
            }
        })
    }

    /// What the public is told.
    pub(super) const fn availability(&self) -> Availability {
        match self {
            Self { teams: 0, .. } => Availability::NoTeam,
            Self { free: 0, .. } => Availability::WaitingList,
            Self { .. } => Availability::FreeSeats,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use domain::codes::InterventionCode;
    use domain::ids::{OrganizationId, SessionId, TeamId};
    use uuid::Uuid;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).unwrap()
    }

    fn team(offer: u128, seats: u16, starts: &[i64]) -> Team {
        let (id, performer) = (TeamId(Uuid::from_u128(1)), OrganizationId(Uuid::from_u128(2)));
        let bare = serde_json::json!({"id": id, "name": "Hold", "code": InterventionCode::PhysicalTraining,
            "performer": performer, "seats": seats, "place": null, "enrolled": [], "sessions": []});
        let team: Team = serde_json::from_value(bare).unwrap();
        let team = Team { offer: Some(OfferId(Uuid::from_u128(offer))), ..team };
        starts.iter().fold(team, |team, start| {
            team.add_session(SessionId(Uuid::from_u128(9)), at(*start), at(*start + 1)).unwrap()
        })
    }

    #[test]
    fn seats_are_summed_and_the_next_team_that_begins_is_found() {
        let teams = [team(1, 8, &[1, 20]), team(1, 4, &[12, 15]), team(1, 4, &[14]), team(2, 99, &[11])];
        let capacity = Capacity::of(OfferId(Uuid::from_u128(1)), &teams, at(10));
        assert_eq!(capacity, Capacity { teams: 3, seats: 16, free: 16, next_start: Some(at(12)) });
        assert_eq!(capacity.availability(), Availability::FreeSeats);
    }

    #[test]
    fn a_full_team_is_a_waiting_list_and_no_team_is_neither() {
        let offer = OfferId(Uuid::from_u128(1));
        assert_eq!(Capacity::of(offer, &[team(1, 0, &[])], at(0)).availability(), Availability::WaitingList);
        assert_eq!(Capacity::of(offer, &[], at(0)).availability(), Availability::NoTeam);
    }
}
