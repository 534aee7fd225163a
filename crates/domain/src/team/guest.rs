//! Guest instructors: somebody from outside, such as a peer or a substitute, who leads one session and sees nothing else.
//!
//! The access holds on the Danish day of the session and is over by itself when the day is. Source: scenario I8.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Session, Team, TeamError};
use crate::ids::{SessionId, UserId};
use crate::workdays::local_date;

/// Somebody who was given a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Who.
    pub user: UserId,
    /// Who gave it; what follows of the guest's attendance is theirs.
    pub by: UserId,
    /// When it was given.
    pub at: Timestamp,
}

impl Session {
    /// The guest, while the session is theirs: on its day, unless it is called off.
    pub fn guest_at(&self, user: UserId, now: Timestamp) -> Option<&Guest> {
        let today = local_date(self.start) == local_date(now) && self.cancelled.is_none();
        self.guests.iter().find(|guest| guest.user == user).filter(|_| today)
    }
}

impl Team {
    /// Gives somebody a session on its day. Nothing happens a second time.
    pub fn invite_guest(mut self, id: SessionId, guest: Guest) -> Result<Self, TeamError> {
        let session = self.session_mut(id)?;
        if session.cancelled.is_some() {
            return Err(TeamError::Cancelled);
        }
        if local_date(session.start) < local_date(guest.at) {
            return Err(TeamError::DayOver);
        }
        if session.guests.iter().all(|one| one.user != guest.user) {
            session.guests.push(guest);
        }
        Ok(self)
    }

    /// Takes it back; nothing happens for somebody who was not given it.
    pub fn send_guest_home(mut self, id: SessionId, user: UserId) -> Result<Self, TeamError> {
        self.session_mut(id)?.guests.retain(|one| one.user != user);
        Ok(self)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::*;
    use crate::codes::InterventionCode;
    use crate::team::{CancelReason, Cancellation};
    use uuid::Uuid;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn team() -> (Team, SessionId) {
        let id = |n| Uuid::from_u128(n);
        let session = SessionId(id(9));
        let team = Team::new(id(1).into(), "Hold".to_owned(), InterventionCode::PhysicalTraining, id(2).into(), 8);
        let team = team.add_session(session, at("2026-11-24T09:00:00Z"), at("2026-11-24T10:00:00Z")).unwrap();
        (team, session)
    }

    fn guest(when: &str) -> Guest {
        Guest { user: UserId(Uuid::from_u128(3)), by: UserId(Uuid::from_u128(4)), at: at(when) }
    }

    #[test]
    fn a_guest_has_the_session_on_its_danish_day_and_no_other() {
        let (team, id) = team();
        let given = guest("2026-11-20T12:00:00Z");
        let team = team.invite_guest(id, given.clone()).unwrap();
        let team = team.invite_guest(id, given.clone()).unwrap();
        let session = team.session(id).unwrap();
        assert_eq!(session.guests.as_slice(), std::slice::from_ref(&given), "once");
        for (when, theirs) in [
            ("2026-11-23T22:59:59Z", false),
            ("2026-11-23T23:00:00Z", true),
            ("2026-11-24T22:59:59Z", true),
            ("2026-11-24T23:00:00Z", false),
        ] {
            assert_eq!(session.guest_at(given.user, at(when)).is_some(), theirs, "{when}");
        }
        assert_eq!(session.guest_at(given.by, at("2026-11-24T09:00:00Z")), None, "nobody else");
        let sent = team.send_guest_home(id, given.user).unwrap();
        assert_eq!(sent.session(id).unwrap().guest_at(given.user, at("2026-11-24T09:00:00Z")), None);
    }

    #[test]
    fn a_day_that_is_over_and_a_session_that_is_off_are_given_to_nobody() {
        let (team, id) = team();
        assert_eq!(team.clone().invite_guest(id, guest("2026-11-25T08:00:00Z")), Err(TeamError::DayOver));
        let given = team.invite_guest(id, guest("2026-11-24T08:00:00Z")).unwrap();
        let off = Cancellation { at: at("2026-11-24T08:30:00Z"), reason: CancelReason::Other, replaced_by: None };
        let off = given.cancel_session(id, off).unwrap();
        let user = guest("2026-11-24T08:00:00Z").user;
        assert_eq!(off.session(id).unwrap().guest_at(user, at("2026-11-24T09:00:00Z")), None);
        assert_eq!(off.invite_guest(id, guest("2026-11-24T08:40:00Z")), Err(TeamError::Cancelled));
    }
}
