//! What a member of staff may hold, and when they are there: the week that repeats, and the times they are away.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use super::Period;
use crate::competence::{Attestation, Competence, Holding};
use crate::ids::UserId;
use crate::words::word_enum;

word_enum! {
    /// A day of the working week; the others are never open.
    pub enum Workday {
        /// Monday.
        Monday = ("monday", "Mandag"),
        /// Tuesday.
        Tuesday = ("tuesday", "Tirsdag"),
        /// Wednesday.
        Wednesday = ("wednesday", "Onsdag"),
        /// Thursday.
        Thursday = ("thursday", "Torsdag"),
        /// Friday.
        Friday = ("friday", "Fredag"),
    }
}

impl Workday {
    /// Which one a day is; none at the weekend.
    pub fn of(day: Date) -> Option<Self> {
        match day.weekday() {
            Weekday::Monday => Some(Self::Monday),
            Weekday::Tuesday => Some(Self::Tuesday),
            Weekday::Wednesday => Some(Self::Wednesday),
            Weekday::Thursday => Some(Self::Thursday),
            Weekday::Friday => Some(Self::Friday),
            Weekday::Saturday | Weekday::Sunday => None,
        }
    }
}

/// Hours of a weekday in which talks may be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingHours {
    /// Every week on this day.
    pub day: Workday,
    /// From, Danish time.
    pub from: Time,
    /// To, Danish time.
    pub to: Time,
    /// Where: house and room, as the citizen reads it.
    pub place: String,
}

/// A time when somebody is away or busy with something else: course, holiday, meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// When.
    pub period: Period,
    /// What, in a word.
    pub what: String,
}

/// What a member of staff may hold and when (FHIR `PractitionerRole`: specialty, available time, not available).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PractitionerRole {
    /// Who; a person has one.
    pub id: UserId,
    /// What they may hold.
    pub competences: BTreeSet<Competence>,
    /// What of it was seen, in the order it was.
    #[serde(default)]
    pub attestations: Vec<Attestation>,
    /// The week that repeats.
    pub hours: Vec<WorkingHours>,
    /// When they are away.
    #[serde(default)]
    pub absences: Vec<Absence>,
    /// An authorised health person (SP-004-10). Nobody is, until it is said: others send on the citizen's consent alone.
    #[serde(default)]
    pub authorised: bool,
}

/// Why hours cannot stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// To before from.
    #[error("the hours end before they begin")]
    EndBeforeStart,
    /// Two on the same day that overlap.
    #[error("two hours of the same day overlap")]
    Overlap,
    /// Nobody can be invited to nowhere.
    #[error("the hours have no place")]
    PlaceMissing,
}

impl HoursError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::EndBeforeStart => "Arbejdstiden slutter, før den begynder. Ret tidspunkterne.",
            Self::Overlap => "To arbejdstider på samme dag overlapper. Ret tidspunkterne.",
            Self::PlaceMissing => "Skriv, hvor samtalerne holdes. Stedet står i borgerens brev.",
        }
    }
}

impl PractitionerRole {
    /// Nothing yet: no competence, no hours.
    pub const fn empty(id: UserId) -> Self {
        Self {
            id,
            competences: BTreeSet::new(),
            attestations: Vec::new(),
            hours: Vec::new(),
            absences: Vec::new(),
            authorised: false,
        }
    }

    /// How they hold a competence on a day.
    pub fn holding(&self, competence: Competence, today: Date) -> Holding {
        Holding::of(competence, &self.competences, &self.attestations, today)
    }

    /// What they may be said to have on a day: what has run out does not count (KS-3.2-04).
    pub fn valid_on(&self, today: Date) -> BTreeSet<Competence> {
        self.competences.iter().copied().filter(|one| self.holding(*one, today).counts()).collect()
    }

    /// Whether the hours can stand.
    pub fn check(&self) -> Result<(), HoursError> {
        for (index, hours) in self.hours.iter().enumerate() {
            if hours.to <= hours.from {
                return Err(HoursError::EndBeforeStart);
            }
            if hours.place.trim().is_empty() {
                return Err(HoursError::PlaceMissing);
            }
            let clash = |other: &WorkingHours| other.day == hours.day && other.from < hours.to && hours.from < other.to;
            if self.hours.iter().skip(index + 1).any(clash) {
                return Err(HoursError::Overlap);
            }
        }
        if self.absences.iter().any(|away| away.period.end <= away.period.start) {
            return Err(HoursError::EndBeforeStart);
        }
        Ok(())
    }
}
