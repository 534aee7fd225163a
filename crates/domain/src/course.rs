//! The course (forløb): all that happens from the first routed referral to the last follow-up.
//!
//! One is open per citizen and municipality; several requests and courses of interventions belong to it.
//! Source: the flow, section 2; quality standard chapters 3.1 and 3.5.

mod closing;
mod machine;
mod talk;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use closing::{CloseBlocker, CloseFacts, close_blockers};
pub use machine::{CourseError, CourseEvent, apply};
pub use talk::{RiskFactor, TalkArea, TalkGap, TalkNotes, WheelStep, WheelTheme};

use crate::ids::{CitizenId, CourseId, UserId};
use crate::organization::Responsibility;

/// A citizen's course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Stable id.
    pub id: CourseId,
    /// Whose.
    pub citizen: CitizenId,
    /// Day the first request was routed.
    pub opened_on: Date,
    /// Where it stands.
    pub state: CourseState,
    /// Who holds the thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_person: Option<UserId>,
    /// Authority, operator and legal basis by period.
    pub responsibilities: Vec<Responsibility>,
    /// First session of any intervention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_session_on: Option<Date>,
}

/// Where a course stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum CourseState {
    /// A request is routed; no assessment yet.
    Intake,
    /// The clarifying talk is booked or under way.
    Clarifying,
    /// A plan is agreed; nothing has started.
    Planned,
    /// At least one intervention has started and not ended.
    Active,
    /// An agreed pause of the whole course.
    Paused {
        /// First day of the pause.
        since: Date,
        /// When it is expected to end.
        expected_end: Option<Date>,
        /// Why.
        reason: String,
        /// Where it goes back to.
        #[serde(default)]
        before: BeforePause,
    },
    /// All interventions have ended.
    Closing {
        /// Day the last intervention ended.
        since: Date,
    },
    /// Evaluated.
    Closed {
        /// When it was closed.
        at: Timestamp,
    },
    /// The citizen stopped the whole course.
    Withdrawn {
        /// When the citizen stopped.
        at: Timestamp,
    },
    /// Taken over by another municipality.
    Transferred {
        /// When it was taken over.
        at: Timestamp,
    },
    /// The citizen died.
    Dead {
        /// When we learned it.
        at: Timestamp,
    },
    /// The last follow-up is over.
    Archived {
        /// When it was archived.
        at: Timestamp,
    },
}

/// Where a course stood when it was paused, and where it goes back to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeforePause {
    /// The talk was not held yet.
    Clarifying,
    /// Nothing had started.
    Planned,
    /// Something had started.
    #[default]
    Active,
}

impl CourseState {
    /// The stable word of the state.
    pub const fn word(&self) -> &'static str {
        self.describe().0
    }

    /// What staff read.
    pub const fn label(&self) -> &'static str {
        self.describe().1
    }

    /// When the course ended, whichever way; that of an archived one is no longer in its newest version.
    pub const fn closed_at(&self) -> Option<Timestamp> {
        match self {
            Self::Closed { at } | Self::Withdrawn { at } | Self::Transferred { at } | Self::Dead { at } => Some(*at),
            Self::Intake
            | Self::Clarifying
            | Self::Planned
            | Self::Active
            | Self::Paused { .. }
            | Self::Closing { .. }
            | Self::Archived { .. } => None,
        }
    }

    /// Open for new interventions and requests: a new request joins it.
    pub const fn is_open(&self) -> bool {
        match self {
            Self::Intake
            | Self::Clarifying
            | Self::Planned
            | Self::Active
            | Self::Paused { .. }
            | Self::Closing { .. } => true,
            Self::Closed { .. }
            | Self::Withdrawn { .. }
            | Self::Transferred { .. }
            | Self::Dead { .. }
            | Self::Archived { .. } => false,
        }
    }

    const fn describe(&self) -> (&'static str, &'static str) {
        match self {
            Self::Intake => ("intake", "Indgang"),
            Self::Clarifying => ("clarifying", "Afklaring"),
            Self::Planned => ("planned", "Planlagt"),
            Self::Active => ("active", "I gang"),
            Self::Paused { .. } => ("paused", "På pause"),
            Self::Closing { .. } => ("closing", "Afsluttes"),
            Self::Closed { .. } => ("closed", "Afsluttet"),
            Self::Withdrawn { .. } => ("withdrawn", "Stoppet af borgeren"),
            Self::Transferred { .. } => ("transferred", "Overtaget af anden kommune"),
            Self::Dead { .. } => ("dead", "Død"),
            Self::Archived { .. } => ("archived", "Arkiveret"),
        }
    }
}
