//! A follow-up after closing: agreed for 3, 6 or 12 months, or another day (flow, section 4).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, CourseId, FollowUpId, PlannedInterventionId};
use crate::words::word_enum;

/// An agreed follow-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Stable id.
    pub id: FollowUpId,
    /// With whom.
    pub citizen: CitizenId,
    /// After which course.
    pub course: CourseId,
    /// The intervention Opfølgning that reports it.
    pub intervention: PlannedInterventionId,
    /// The agreed day.
    pub due_on: Date,
    /// Where it stands.
    pub state: FollowUpState,
    /// The nicotine intervention that STOPbasen's follow-up is about; none for every other follow-up.
    #[serde(default)]
    pub stop: Option<PlannedInterventionId>,
    /// Days on which somebody tried without success.
    #[serde(default)]
    pub attempts: Vec<Date>,
}

/// Where a follow-up stands. That it is due follows from the day and is not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum FollowUpState {
    /// Agreed.
    Planned,
    /// Held; holds how it goes.
    Done {
        /// Day it was held.
        on: Date,
        /// Whether the change was kept.
        kept: Kept,
        /// How it goes, in the citizen's words.
        words: Option<String>,
    },
    /// Tried without success.
    NotReached {
        /// Day of the last attempt.
        on: Date,
    },
    /// The citizen declined.
    Declined {
        /// Day the citizen said so.
        on: Date,
    },
    /// Called off.
    Cancelled {
        /// Day it was called off.
        on: Date,
    },
}

word_enum! {
    /// Whether the change was kept.
    pub enum Kept {
        /// Kept.
        Kept = ("kept", "Fastholdt"),
        /// Partly.
        Partly = ("partly", "Delvist fastholdt"),
        /// Lost.
        Lost = ("lost", "Ikke fastholdt"),
    }
}

/// The follow-up is no longer planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the follow-up is over")]
pub struct FollowUpOver;

impl FollowUp {
    /// Whether the day is within the window before it.
    pub fn is_due(&self, today: Date, window_days: u16) -> bool {
        let opens = self.due_on.saturating_sub(jiff::Span::new().days(window_days));
        matches!(self.state, FollowUpState::Planned) && today >= opens
    }

    /// Ends a planned follow-up; a second end is refused.
    pub fn end(self, state: FollowUpState) -> Result<Self, FollowUpOver> {
        match self.state {
            FollowUpState::Planned => Ok(Self { state, ..self }),
            FollowUpState::Done { .. }
            | FollowUpState::NotReached { .. }
            | FollowUpState::Declined { .. }
            | FollowUpState::Cancelled { .. } => Err(FollowUpOver),
        }
    }
}
