//! An appointment: the time of a planned talk, who holds it, where, and what is arranged for the citizen.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{NeedArrangement, NeedState, Period};
use crate::codes::{EncounterClass, InterventionCode};
use crate::ids::{AppointmentId, CitizenId, CourseId, PlannedInterventionId, UserId};
use crate::words::word_enum;

/// The time of a planned talk (FHIR `Appointment`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Stable id.
    pub id: AppointmentId,
    /// With whom.
    pub citizen: CitizenId,
    /// The course it is part of.
    pub course: CourseId,
    /// The talk or intervention it is for.
    pub intervention: PlannedInterventionId,
    /// Which of the fourteen that is.
    pub code: InterventionCode,
    /// Who holds it.
    pub professional: UserId,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// How it is held.
    pub class: EncounterClass,
    /// Where, as the citizen reads it.
    pub place: String,
    /// What is arranged for the citizen.
    pub needs: Vec<NeedArrangement>,
    /// Where it stands.
    pub state: AppointmentState,
}

/// Where an appointment stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum AppointmentState {
    /// Has a time.
    Booked,
    /// Got another time; the version before has the old one.
    Moved {
        /// Why.
        reason: AppointmentReason,
    },
    /// Called off.
    Cancelled {
        /// Why.
        reason: AppointmentReason,
        /// When it was called off.
        at: Timestamp,
    },
    /// The talk was held.
    Held,
}

word_enum! {
    /// Why a time is moved or called off. Asked for the planning, never demanded of the citizen.
    pub enum AppointmentReason {
        /// The citizen cannot come then.
        Citizen = ("citizen", "Borgeren kan ikke på det tidspunkt"),
        /// The member of staff cannot.
        Staff = ("staff", "Medarbejderen kan ikke"),
        /// Interpreter or transport could not be had.
        Need = ("need", "Tolk eller kørsel kunne ikke skaffes"),
        /// Booked by mistake.
        Mistake = ("mistake", "Booket ved en fejl"),
        /// What it was for has ended.
        Ended = ("ended", "Indsatsen eller forløbet er slut"),
    }
}

impl AppointmentState {
    /// Stable word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Moved { .. } => "moved",
            Self::Cancelled { .. } => "cancelled",
            Self::Held => "held",
        }
    }

    /// What staff read.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Booked => "Booket",
            Self::Moved { .. } => "Flyttet",
            Self::Cancelled { .. } => "Aflyst",
            Self::Held => "Holdt",
        }
    }

    /// Whether the time is taken by it.
    pub const fn is_active(&self) -> bool {
        matches!(self, Self::Booked | Self::Moved { .. })
    }
}

impl Appointment {
    /// When it is.
    pub const fn period(&self) -> Period {
        Period { start: self.start, end: self.end }
    }

    /// A need is still to be ordered.
    pub fn waits_for_need(&self) -> bool {
        self.needs.iter().any(|need| need.state == NeedState::Asked)
    }
}

/// How long a talk takes. The three talks have the length of the interventions' own table; others a local one.
pub const fn minutes_for(code: InterventionCode) -> i64 {
    match code {
        InterventionCode::ClarifyingTalk => 60,
        InterventionCode::NeedsTalk | InterventionCode::FollowUp => 30,
        _ => 45,
    }
}
