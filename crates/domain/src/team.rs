//! Teams (hold): a series of sessions, who has a seat and who is offered one, who leads, and who came.

mod cancel;
mod care;
mod error;
mod guest;
mod mix;
mod offer;
mod series;
mod waiting;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::codes::{EncounterClass, InterventionCode};
use crate::ids::{CitizenId, OfferId, OrganizationId, PlannedInterventionId, SessionId, TeamId, UserId};
use crate::words::word_enum;

pub use cancel::{CancelReason, Cancellation};
pub use care::{CarePoint, care_points};
pub use error::TeamError;
pub use guest::Guest;
pub use mix::{Functioning, Mix, MixHint};
pub use offer::{OfferState, SeatOffer};
pub use series::{
    Clash, Clashes, INSTRUCTOR_RATIO_MAX, INSTRUCTOR_RATIO_MIN, Load, Meeting, clashes, is_closed, next_open_day,
};
pub use waiting::{Waiting, WaitingNeed, WaitingReason, in_order, next_to_ask};

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
    /// Every offer of a seat, answered or not, in the order they were made.
    #[serde(default)]
    pub offers: Vec<SeatOffer>,
    /// Who leads it, unless a session says otherwise.
    #[serde(default)]
    pub instructors: Vec<UserId>,
    /// Whether new people join along the way.
    #[serde(default)]
    pub intake: Intake,
}

word_enum! {
    /// When people join a team.
    #[derive(Default)]
    pub enum Intake {
        /// All begin together; whoever joins later has missed something.
        #[default]
        Fixed = ("fixed", "Alle begynder samtidig"),
        /// People join as seats come free.
        Rolling = ("rolling", "Løbende optag"),
    }
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
    /// How many relatives came along; nobody writes down who.
    #[serde(default)]
    pub relatives: u16,
    /// Another place than the team's, this time.
    #[serde(default)]
    pub place: Option<String>,
    /// In which form it is held: together at a place, by video, by telephone. Each session has its own.
    #[serde(default)]
    pub class: EncounterClass,
    /// Others than the team's instructors, this time; empty for the team's own.
    #[serde(default)]
    pub instructors: Vec<UserId>,
    /// Why it is not held.
    #[serde(default)]
    pub cancelled: Option<Cancellation>,
    /// Who was given this session alone, on its day.
    #[serde(default)]
    pub guests: Vec<Guest>,
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

impl Session {
    /// A session like the team's others.
    pub const fn new(id: SessionId, start: Timestamp, end: Timestamp) -> Self {
        Self {
            id,
            start,
            end,
            attendance: None,
            relatives: 0,
            place: None,
            class: EncounterClass::AtPremises,
            instructors: Vec::new(),
            cancelled: None,
            guests: Vec::new(),
        }
    }
}

impl Team {
    /// A team with seats and nothing else yet.
    pub const fn new(id: TeamId, name: String, code: InterventionCode, performer: OrganizationId, seats: u16) -> Self {
        Self {
            id,
            name,
            code,
            performer,
            seats,
            place: None,
            offer: None,
            enrolled: Vec::new(),
            sessions: Vec::new(),
            offers: Vec::new(),
            instructors: Vec::new(),
            intake: Intake::Fixed,
        }
    }

    /// Seats that nobody has and nobody has been offered.
    pub fn free_seats(&self) -> u16 {
        let taken = self.enrolled.iter().filter(|s| !s.left).count() + self.open_offers().count();
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
        // Whoever has been offered a seat has one to take.
        let full = self.free_seats() == 0;
        let offered = self.offers.iter_mut().find(|offer| offer.citizen == citizen && offer.state == OfferState::Open);
        match offered {
            Some(own) => own.state = OfferState::Accepted,
            None if full => return Err(TeamError::Full),
            None => {}
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

    /// Whether the citizen had a seat and gave it back.
    pub fn has_left(&self, citizen: CitizenId) -> bool {
        self.enrolled.iter().any(|seat| seat.citizen == citizen && seat.left) && !self.has_seat(citizen)
    }

    /// Whether there is a session at exactly this time that is not called off.
    pub fn meets_at(&self, start: Timestamp, end: Timestamp) -> bool {
        self.sessions.iter().any(|s| s.start == start && s.end == end && s.cancelled.is_none())
    }

    /// The next session that begins after an instant and is not called off.
    pub fn next_session(&self, after: Timestamp) -> Option<&Session> {
        self.sessions.iter().find(|session| session.start > after && session.cancelled.is_none())
    }

    /// A session by id.
    pub fn session(&self, id: SessionId) -> Result<&Session, TeamError> {
        self.sessions.iter().find(|s| s.id == id).ok_or(TeamError::NoSuchSession)
    }

    /// A session to change.
    fn session_mut(&mut self, id: SessionId) -> Result<&mut Session, TeamError> {
        self.sessions.iter_mut().find(|s| s.id == id).ok_or(TeamError::NoSuchSession)
    }

    /// Who leads a session.
    pub fn instructors_of<'a>(&'a self, session: &'a Session) -> &'a [UserId] {
        if session.instructors.is_empty() { &self.instructors } else { &session.instructors }
    }

    /// Where a session is held.
    pub fn place_of<'a>(&'a self, session: &'a Session) -> Option<&'a str> {
        let written = |place: &'a Option<String>| place.as_deref().map(str::trim).filter(|place| !place.is_empty());
        written(&session.place).or_else(|| written(&self.place))
    }

    /// Adds a session, kept in order of time.
    pub fn add_session(mut self, id: SessionId, start: Timestamp, end: Timestamp) -> Result<Self, TeamError> {
        if end <= start {
            return Err(TeamError::EndsBeforeStart);
        }
        self.sessions.push(Session::new(id, start, end));
        self.sessions.sort_by_key(|s| (s.start, s.id));
        Ok(self)
    }

    /// Says in which form and where a session is held, and with `onwards` those after it too; no place is the team's own.
    /// What was held or called off stays as it was.
    pub fn hold_in(
        mut self,
        session: SessionId,
        class: EncounterClass,
        place: Option<&str>,
        onwards: bool,
    ) -> Result<Self, TeamError> {
        let from = self.session(session)?;
        if from.cancelled.is_some() {
            return Err(TeamError::Cancelled);
        }
        if from.attendance.is_some() {
            return Err(TeamError::AlreadyTaken);
        }
        let start = from.start;
        let open = |one: &&mut Session| one.attendance.is_none() && one.cancelled.is_none();
        let meant = |one: &&mut Session| one.id == session || (onwards && one.start > start);
        for one in self.sessions.iter_mut().filter(open).filter(meant) {
            one.class = class;
            one.place = place.map(str::to_owned);
        }
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
        if found.cancelled.is_some() {
            return Err(TeamError::Cancelled);
        }
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

    /// Corrects how many relatives came along to a session whose attendance is taken.
    pub fn correct_relatives(mut self, session: SessionId, relatives: u16) -> Result<Self, TeamError> {
        let found = self.session_mut(session)?;
        if found.attendance.is_none() {
            return Err(TeamError::NotTaken);
        }
        found.relatives = relatives;
        Ok(self)
    }

    /// Whether the citizen has a seat now.
    pub fn has_seat(&self, citizen: CitizenId) -> bool {
        self.enrolled.iter().any(|s| s.citizen == citizen && !s.left)
    }
}

#[cfg(test)]
mod tests;
