//! A goal in the citizen's own words, and how it went.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, CourseId, GoalId};
use crate::words::word_enum;

/// What the citizen wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Stable id.
    pub id: GoalId,
    /// Whose.
    pub citizen: CitizenId,
    /// The course it was set in.
    pub course: CourseId,
    /// The citizen's own words.
    pub words: String,
    /// Day it was set.
    pub set_on: Date,
    /// How it went; none until evaluated.
    pub evaluation: Option<Evaluation>,
}

/// How a goal went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Reached or not.
    pub outcome: GoalOutcome,
    /// In the citizen's own words.
    pub words: Option<String>,
    /// Day of the evaluation.
    pub on: Date,
}

word_enum! {
    /// How a goal went.
    pub enum GoalOutcome {
        /// Reached.
        Reached = ("reached", "Nået"),
        /// Partly.
        Partly = ("partly", "Delvist nået"),
        /// Not reached.
        NotReached = ("not_reached", "Ikke nået"),
        /// No longer wanted.
        Dropped = ("dropped", "Ikke længere et mål"),
    }
}
