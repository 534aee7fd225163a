//! Teams (hold) in their simple form: a series of sessions, seats, and who came.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::codes::InterventionCode;
use crate::ids::{CitizenId, OfferId, OrganizationId, PlannedInterventionId, SessionId, TeamId};
use crate::words::word_enum;

/// A team of citizens who take part together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Stable id.
    pub id: TeamId,
    /// What it is called.
    pub name: String,
    /// Which intervention it delivers.
    pub code: InterventionCode,
    /// Who delivers.
    pub performer: OrganizationId,
    /// How many can take part.
    pub seats: u16,
    /// Where it meets.
    pub place: Option<String>,
    /// The offer of the catalogue that it delivers.
    #[serde(default)]
    pub offer: Option<OfferId>,
    /// Who has a seat.
    pub enrolled: Vec<Seat>,
    /// Its sessions by time.
    pub sessions: Vec<Session>,
}

/// A citizen's seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who.
    pub citizen: CitizenId,
    /// For which granted intervention.
    pub intervention: PlannedInterventionId,
    /// Given back.
    pub left: bool,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Stable id.
    pub id: SessionId,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// Who came, once taken.
    pub attendance: Option<Vec<Attendance>>,
}

/// Whether one citizen came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Who.
    pub citizen: CitizenId,
    /// Came or not.
    pub presence: Presence,
}

word_enum! {
    /// Whether a citizen came.
    pub enum Presence {
        /// Came.
        Present = ("present", "Mødt"),
        /// Sent regrets.
        Regrets = ("regrets", "Afbud"),
        /// Stayed away.
        Absent = ("absent", "Udeblevet"),
    }
}

/// Why something cannot be done with a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TeamError {
    /// All seats are taken.
    #[error("the team is full")]
    Full,
    /// The citizen has a seat already.
    #[error("the citizen is on the team")]
    AlreadyEnrolled,
    /// The intervention is another than the team delivers.
    #[error("the team delivers another intervention")]
    OtherIntervention,
    /// Alcohol talks and other talks are never held in a team.
    #[error("this intervention is not delivered in teams")]
    NotInTeams,
    /// Attendance names somebody without a seat.
    #[error("somebody in the attendance has no seat")]
    NotEnrolled,
    /// Attendance names the same citizen twice.
    #[error("somebody stands twice in the attendance")]
    NamedTwice,
    /// No such session.
    #[error("the session is not one of the team's")]
    NoSuchSession,
    /// Attendance was taken before.
    #[error("attendance is taken already")]
    AlreadyTaken,
    /// Attendance that is to be corrected was never taken.
    #[error("attendance is not taken yet")]
    NotTaken,
    /// A session ends before it starts.
    #[error("the session ends before it starts")]
    EndsBeforeStart,
}

impl TeamError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Full => "Holdet er fuldt.",
            Self::AlreadyEnrolled => "Borgeren er allerede på holdet.",
            Self::OtherIntervention => "Holdet leverer en anden indsats end den bevilgede.",
            Self::NotInTeams => "Indsatsen er altid individuel og kan ikke leveres på hold.",
            Self::NotEnrolled => "En af deltagerne er ikke på holdet.",
            Self::NamedTwice => "En af deltagerne står to gange i fremmødet.",
            Self::NoSuchSession => "Holdgangen findes ikke på dette hold.",
            Self::AlreadyTaken => "Fremmødet er allerede registreret. Ret den enkelte kontakt.",
            Self::NotTaken => "Fremmødet er ikke taget endnu, så der er ikke noget at rette.",
            Self::EndsBeforeStart => "Sluttidspunktet ligger før starttidspunktet.",
        }
    }
}

impl Team {
    /// Seats that nobody has.
    pub fn free_seats(&self) -> u16 {
        let taken = self.enrolled.iter().filter(|s| !s.left).count();
        self.seats.saturating_sub(u16::try_from(taken).unwrap_or(u16::MAX))
    }

    /// Gives a citizen a seat for a granted intervention.
    pub fn enrol(
        mut self,
        citizen: CitizenId,
        intervention: PlannedInterventionId,
        code: InterventionCode,
    ) -> Result<Self, TeamError> {
        if code.is_talk() || code == InterventionCode::AlcoholTalk {
            return Err(TeamError::NotInTeams);
        }
        if code != self.code {
            return Err(TeamError::OtherIntervention);
        }
        if self.has_seat(citizen) {
            return Err(TeamError::AlreadyEnrolled);
        }
        if self.free_seats() == 0 {
            return Err(TeamError::Full);
        }
        self.enrolled.push(Seat { citizen, intervention, left: false });
        Ok(self)
    }

    /// Gives a seat back; nothing happens for somebody without one.
    #[must_use]
    pub fn leave(mut self, citizen: CitizenId) -> Self {
        for seat in self.enrolled.iter_mut().filter(|s| s.citizen == citizen) {
            seat.left = true;
        }
        self
    }

    /// Whether there is a session at exactly this time.
    pub fn meets_at(&self, start: Timestamp, end: Timestamp) -> bool {
        self.sessions.iter().any(|s| s.start == start && s.end == end)
    }

    /// Adds a session, kept in order of time.
    pub fn add_session(mut self, id: SessionId, start: Timestamp, end: Timestamp) -> Result<Self, TeamError> {
        if end <= start {
            return Err(TeamError::EndsBeforeStart);
        }
        self.sessions.push(Session { id, start, end, attendance: None });
        self.sessions.sort_by_key(|s| (s.start, s.id));
        Ok(self)
    }

    /// Takes attendance once, for people with a seat. Whoever is left out counts as not registered, not as absent.
    pub fn take_attendance(mut self, session: SessionId, attendance: Vec<Attendance>) -> Result<Self, TeamError> {
        if attendance.iter().any(|a| !self.has_seat(a.citizen)) {
            return Err(TeamError::NotEnrolled);
        }
        let people: BTreeSet<_> = attendance.iter().map(|a| a.citizen).collect();
        if people.len() != attendance.len() {
            return Err(TeamError::NamedTwice);
        }
        let found = self.sessions.iter_mut().find(|s| s.id == session).ok_or(TeamError::NoSuchSession)?;
        if found.attendance.is_some() {
            return Err(TeamError::AlreadyTaken);
        }
        found.attendance = Some(attendance);
        Ok(self)
    }

    /// Corrects what attendance says of one citizen who was asked about; also after the seat was given back.
    pub fn correct_attendance(
        mut self,
        session: SessionId,
        citizen: CitizenId,
        presence: Presence,
    ) -> Result<Self, TeamError> {
        let found = self.sessions.iter_mut().find(|s| s.id == session).ok_or(TeamError::NoSuchSession)?;
        let taken = found.attendance.as_mut().ok_or(TeamError::NotTaken)?;
        let one = taken.iter_mut().find(|one| one.citizen == citizen).ok_or(TeamError::NotEnrolled)?;
        one.presence = presence;
        Ok(self)
    }

    /// Whether the citizen has a seat now.
    pub fn has_seat(&self, citizen: CitizenId) -> bool {
        self.enrolled.iter().any(|s| s.citizen == citizen && !s.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn team(code: InterventionCode, seats: u16) -> Team {
        let (id, performer) = (TeamId(Uuid::from_u128(1)), OrganizationId(Uuid::from_u128(2)));
        let (place, offer) = (None, None);
        Team { id, name: "KOL-hold".into(), code, performer, seats, place, offer, enrolled: vec![], sessions: vec![] }
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
}
