//! A question that was saved: a record of the municipality, with its versions.

use analysis::Question;
use domain::ids::UserId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A question under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedQuestion {
    /// Which.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// Whose it is; nobody else changes it.
    pub owner: UserId,
    /// Colleagues of the municipality see it too.
    #[serde(default)]
    pub shared: bool,
    /// It is answered by itself when a period is over, and the file is kept.
    #[serde(default)]
    pub monthly: bool,
    /// What is asked.
    pub question: Question,
    /// Day it was saved first.
    pub made_on: Date,
    /// Day it was taken away.
    #[serde(default)]
    pub withdrawn_on: Option<Date>,
}

impl SavedQuestion {
    /// Whether somebody of the municipality sees it.
    pub fn is_seen_by(&self, user: UserId) -> bool {
        self.withdrawn_on.is_none() && (self.shared || self.owner == user)
    }
}
