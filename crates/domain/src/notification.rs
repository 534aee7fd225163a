//! The decision about a notification (underretning) to child and family services.
//!
//! Source: quality standard KS-8.2-08; flow, consent rule 9 and message M12: decided by law, consent is sought and not
//! required, and the citizen is told unless that endangers the child. The decision is kept either way.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, CourseId, NotificationId, UserId};
use crate::words::word_enum;

/// What was decided, once. A changed mind is a decision of its own beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationDecision {
    /// Stable id.
    pub id: NotificationId,
    /// About whom.
    pub citizen: CitizenId,
    /// In which course.
    pub course: CourseId,
    /// Whether child and family services are notified.
    pub notify: bool,
    /// Why, in words.
    pub reason: String,
    /// Whether the citizen's consent was sought.
    pub consent: ConsentSought,
    /// Whether the citizen was told.
    pub told: Told,
    /// Why the citizen was not told; told later is none.
    pub not_told_because: Option<String>,
    /// Who decided.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Day the notification was sent; none when there is nothing to send, or it is not sent yet.
    #[serde(default)]
    pub sent_on: Option<Date>,
}

word_enum! {
    /// Whether consent to a notification was sought. It is not required.
    pub enum ConsentSought {
        /// The citizen agrees.
        Given = ("given", "Ja, og borgeren er enig"),
        /// The citizen does not.
        Refused = ("refused", "Ja, og borgeren er ikke enig"),
        /// Not sought.
        NotSought = ("not_sought", "Nej, der er ikke spurgt"),
    }
}

word_enum! {
    /// Whether the citizen was told of the decision.
    pub enum Told {
        /// Told.
        Told = ("told", "Ja"),
        /// Not told, because that would endanger the child.
        Endangers = ("endangers", "Nej, det vil bringe barnet i fare"),
    }
}

/// What a decision lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotificationFault {
    /// No reason was written.
    #[error("the decision needs a reason")]
    NoReason,
    /// The citizen was not told, and it is not said how telling endangers the child.
    #[error("it must be said how telling endangers the child")]
    NoDanger,
    /// The notification was sent already.
    #[error("it was sent already")]
    SentAlready,
    /// There is nothing to send.
    #[error("nothing is to be sent")]
    NothingToSend,
}

impl NotificationFault {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::NoReason => "Skriv, hvorfor I har besluttet det.",
            Self::NoDanger => "Skriv, hvordan det vil bringe barnet i fare, at borgeren får det at vide.",
            Self::SentAlready => "Underretningen er allerede sendt.",
            Self::NothingToSend => "I har besluttet ikke at underrette. Der er intet at sende.",
        }
    }
}

impl NotificationDecision {
    /// The decision with what was written, when it is whole: a reason always, and how telling endangers the child when
    /// the citizen is not told.
    pub fn checked(self) -> Result<Self, NotificationFault> {
        let reason = self.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(NotificationFault::NoReason);
        }
        let said = self.not_told_because.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let not_told_because = match (self.told, said) {
            (Told::Told, _) => None,
            (Told::Endangers, None) => return Err(NotificationFault::NoDanger),
            (Told::Endangers, Some(text)) => Some(text),
        };
        Ok(Self { reason, not_told_because, ..self })
    }

    /// Still to be sent.
    pub const fn waits_to_be_sent(&self) -> bool {
        self.notify && self.sent_on.is_none()
    }

    /// The notification was sent.
    pub fn sent(self, on: Date) -> Result<Self, NotificationFault> {
        match (self.notify, self.sent_on) {
            (false, _) => Err(NotificationFault::NothingToSend),
            (true, Some(_)) => Err(NotificationFault::SentAlready),
            (true, None) => Ok(Self { sent_on: Some(on), ..self }),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn decision(notify: bool, told: Told, because: Option<&str>) -> NotificationDecision {
        NotificationDecision {
            id: NotificationId(Uuid::from_u128(1)),
            citizen: CitizenId(Uuid::from_u128(2)),
            course: CourseId(Uuid::from_u128(3)),
            notify,
            reason: " Drikker dagligt ".to_owned(),
            consent: ConsentSought::Refused,
            told,
            not_told_because: because.map(str::to_owned),
            by: UserId(Uuid::from_u128(4)),
            at: Timestamp::UNIX_EPOCH,
            sent_on: None,
        }
    }

    #[test]
    fn either_decision_needs_a_reason() {
        for notify in [true, false] {
            let without = NotificationDecision { reason: " ".to_owned(), ..decision(notify, Told::Told, None) };
            assert_eq!(without.checked(), Err(NotificationFault::NoReason));
            assert_eq!(decision(notify, Told::Told, None).checked().unwrap().reason, "Drikker dagligt");
        }
    }

    #[test]
    fn only_danger_to_the_child_keeps_it_from_the_citizen_and_it_is_said_how() {
        assert_eq!(decision(true, Told::Endangers, Some(" ")).checked(), Err(NotificationFault::NoDanger));
        assert!(decision(true, Told::Endangers, Some("Faderen er voldelig")).checked().is_ok());
        assert_eq!(decision(true, Told::Told, Some("x")).checked().unwrap().not_told_because, None);
    }

    #[test]
    fn a_notification_is_sent_once_and_a_no_never() {
        let sent = decision(true, Told::Told, None).sent(date(2026, 11, 24)).unwrap();
        assert!(!sent.waits_to_be_sent());
        assert_eq!(sent.sent(date(2026, 11, 25)), Err(NotificationFault::SentAlready));
        assert_eq!(decision(false, Told::Told, None).sent(date(2026, 11, 24)), Err(NotificationFault::NothingToSend));
    }
}
