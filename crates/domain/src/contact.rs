//! Attempts to reach a citizen.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, ContactAttemptId, ServiceRequestId, UserId};
use crate::words::word_enum;

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactAttempt {
    /// Stable id.
    pub id: ContactAttemptId,
    /// Whom.
    pub citizen: CitizenId,
    /// For which request.
    pub service_request: ServiceRequestId,
    /// When.
    pub at: Timestamp,
    /// Who tried.
    pub by: UserId,
    /// How.
    pub channel: ContactChannel,
    /// Whether the citizen was reached.
    pub reached: bool,
    /// What was said.
    pub note: Option<String>,
}

word_enum! {
    /// How a citizen was tried.
    pub enum ContactChannel {
        /// By telephone.
        Phone = ("phone", "Telefon"),
        /// Text message, without health words.
        Sms = ("sms", "Sms"),
        /// Letter or Digital Post.
        Letter = ("letter", "Brev"),
        /// In person.
        InPerson = ("in_person", "Fremmøde"),
    }
}
