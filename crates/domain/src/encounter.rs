//! A contact (kontakt): a talk, a class session attended, a call, a video meeting.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::EncounterClass;
use crate::ids::{CarePlanId, CitizenId, CourseId, EncounterId, PlannedInterventionId, SessionId, UserId};
use crate::words::word_enum;

/// A contact with one citizen. A group session gives one per citizen who came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encounter {
    /// Stable id, also in the report.
    pub id: EncounterId,
    /// With whom.
    pub citizen: CitizenId,
    /// The course it is part of.
    pub course: CourseId,
    /// What it delivers.
    pub based_on: EncounterBasis,
    /// Where.
    pub class: EncounterClass,
    /// Whether it was held.
    pub status: EncounterStatus,
    /// Start; planned time is good enough.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// The team session, when it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Who held it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_by: Option<UserId>,
    /// Journal note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why the citizen did not come, when it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<AbsenceReason>,
}

word_enum! {
    /// Why somebody did not come, as they told it. Asked so that the form can be changed when it helps (the flow, section
    /// 6, No-show); the codes are our own.
    pub enum AbsenceReason {
        /// Ill.
        Sick = ("sick", "Sygdom"),
        /// At work.
        Work = ("work", "Arbejde"),
        /// Could not get there.
        Transport = ("transport", "Transport"),
        /// Somebody at home needed them.
        Family = ("family", "Familie"),
        /// Another appointment, for example at the hospital.
        Appointment = ("appointment", "Anden aftale"),
        /// Forgot.
        Forgot = ("forgot", "Glemt"),
        /// No wish to come to this offer.
        Unwilling = ("unwilling", "Har ikke lyst til tilbuddet"),
        /// Something else.
        Other = ("other", "Andet"),
    }
}

/// What a contact delivers: a course's contact points to the care plan, a talk's to the intervention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case", from = "WrittenBasis")]
pub enum EncounterBasis {
    /// A course of interventions.
    CarePlan(CarePlanId),
    /// A talk.
    Intervention(PlannedInterventionId),
}

/// How it is written. The id comes before its kind there, and so is read without knowing which it is.
#[derive(Deserialize)]
struct WrittenBasis {
    kind: BasisKind,
    id: Uuid,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum BasisKind {
    CarePlan,
    Intervention,
}

impl From<WrittenBasis> for EncounterBasis {
    fn from(WrittenBasis { kind, id }: WrittenBasis) -> Self {
        match kind {
            BasisKind::CarePlan => Self::CarePlan(CarePlanId(id)),
            BasisKind::Intervention => Self::Intervention(PlannedInterventionId(id)),
        }
    }
}

word_enum! {
    /// Whether a contact was held.
    pub enum EncounterStatus {
        /// Has a time.
        Planned = ("planned", "Planlagt"),
        /// Held.
        Finished = ("finished", "Holdt"),
        /// Sent regrets, or we cancelled.
        Cancelled = ("cancelled", "Aflyst"),
        /// Stayed away without word.
        NoShow = ("no_show", "Udeblevet"),
        /// Registered wrongly.
        EnteredInError = ("entered_in_error", "Fejlregistreret"),
    }
}

/// Why a contact cannot be registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncounterError {
    /// End before start.
    #[error("the contact ends before it starts")]
    EndsBeforeStart,
    /// Longer than a day.
    #[error("the contact lasts more than a day")]
    TooLong,
    /// Held in the future.
    #[error("a contact cannot have been held in the future")]
    InTheFuture,
}

impl EncounterError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::EndsBeforeStart => "Sluttidspunktet ligger før starttidspunktet.",
            Self::TooLong => "En kontakt kan højst vare et døgn. Ret tidspunkterne.",
            Self::InTheFuture => "Kontakten ligger i fremtiden og kan ikke være holdt endnu.",
        }
    }
}

/// Checks the times of a contact that was held.
pub fn check_held(start: Timestamp, end: Timestamp, now: Timestamp) -> Result<(), EncounterError> {
    if end < start {
        Err(EncounterError::EndsBeforeStart)
    } else if end.duration_since(start) > jiff::SignedDuration::from_hours(24) {
        Err(EncounterError::TooLong)
    } else if start > now {
        Err(EncounterError::InTheFuture)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    #[test]
    fn what_a_contact_delivers_is_read_as_it_is_written() {
        let id = Uuid::from_u128(7);
        for basis in [EncounterBasis::CarePlan(CarePlanId(id)), EncounterBasis::Intervention(PlannedInterventionId(id))]
        {
            let value = serde_json::to_value(basis).unwrap();
            assert_eq!(value["id"], id.to_string());
            assert_eq!(serde_json::from_value::<EncounterBasis>(value).unwrap(), basis);
        }
    }

    #[test]
    fn a_contact_that_was_held_lies_in_the_past_and_runs_forwards() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(check_held(now - 1.hour(), now, now), Ok(()));
        assert_eq!(check_held(now, now - 1.second(), now), Err(EncounterError::EndsBeforeStart));
        assert_eq!(check_held(now + 1.second(), now + 1.hour(), now), Err(EncounterError::InTheFuture));
        assert_eq!(check_held(now - 25.hours(), now, now), Err(EncounterError::TooLong));
    }

    #[test]
    fn a_contact_registered_before_it_is_over_counts() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(check_held(now - 30.minutes(), now + 30.minutes(), now), Ok(()));
    }
}
