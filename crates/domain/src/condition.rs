//! An FSIII condition (tilstand): what the course works on.

mod proposal;

pub use proposal::{ConditionProposal, propose_conditions};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::ConditionCode;
use crate::ids::{CitizenId, ConditionId, CourseId};
use crate::words::word_enum;

/// A condition recorded in a talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Stable id, also in the report. A changed code is a new condition with a new id.
    pub id: ConditionId,
    /// Whose.
    pub citizen: CitizenId,
    /// The course it was recorded in.
    pub course: CourseId,
    /// Which of the twenty.
    pub code: ConditionCode,
    /// Day it was first recorded, not when it began.
    pub recorded_on: Date,
    /// Where it stands.
    pub state: ConditionState,
    /// What the professional wrote.
    pub note: Option<String>,
}

word_enum! {
    /// Where a condition stands (prevention guide 2.1.1, section on conditions).
    pub enum ConditionState {
        /// Present, and the course works on it.
        InFocus = ("in_focus", "I fokus"),
        /// Present, but no longer worked on.
        OutOfFocus = ("out_of_focus", "Ikke længere i fokus"),
        /// The citizen no longer has it.
        Resolved = ("resolved", "Ikke længere til stede"),
        /// Recorded wrongly.
        EnteredInError = ("entered_in_error", "Fejlregistreret"),
    }
}
