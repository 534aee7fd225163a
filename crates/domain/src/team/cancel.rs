//! Calling a session off, with another day instead.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Team, TeamError};
use crate::ids::SessionId;
use crate::words::word_enum;

word_enum! {
    /// Why a session is not held.
    pub enum CancelReason {
        /// The instructor is ill or away.
        Instructor = ("instructor", "Underviser er syg eller væk"),
        /// Too few come.
        TooFew = ("too_few", "For få deltagere"),
        /// The room cannot be used.
        Room = ("room", "Lokalet kan ikke bruges"),
        /// Something else.
        Other = ("other", "Andet"),
    }
}

/// That a session is called off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancellation {
    /// When it was called off.
    pub at: Timestamp,
    /// Why.
    pub reason: CancelReason,
    /// The session instead of it.
    pub replaced_by: Option<SessionId>,
}

impl Team {
    /// Calls a session off. One with attendance was held.
    pub fn cancel_session(mut self, id: SessionId, cancellation: Cancellation) -> Result<Self, TeamError> {
        let session = self.session_mut(id)?;
        if session.attendance.is_some() {
            return Err(TeamError::AlreadyTaken);
        }
        if session.cancelled.is_some() {
            return Err(TeamError::Cancelled);
        }
        session.cancelled = Some(cancellation);
        Ok(self)
    }
}
