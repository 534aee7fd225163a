//! A warning that was seen and set aside with a reason.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Warning;
use crate::codes::InterventionCode;
use crate::ids::{CitizenId, CourseId, UserId};

/// Why somebody went on in spite of a warning. It holds as long as the facts are those it was given on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Stable id.
    pub id: Uuid,
    /// About whom.
    pub citizen: CitizenId,
    /// In which course.
    pub course: CourseId,
    /// The rule.
    pub rule: String,
    /// The intervention it was about.
    pub about: Option<InterventionCode>,
    /// The facts it was given on.
    pub facts: Vec<String>,
    /// Why it is right all the same.
    pub reason: String,
    /// Who says so.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

impl Acknowledgement {
    /// Whether it speaks of this warning, on the same facts.
    pub fn holds_for(&self, warning: &Warning) -> bool {
        warning.may_be_acknowledged()
            && self.rule == warning.rule
            && self.about == warning.about
            && self.facts == warning.facts
    }
}

/// A warning with the reason that set it aside, when there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The warning.
    pub warning: Warning,
    /// The newest acknowledgement on the same facts.
    pub acknowledged: Option<Acknowledgement>,
}

/// Every warning, none left out: those that stand first, then those set aside.
pub fn weigh<'a>(
    warnings: Vec<Warning>,
    acknowledged: impl Iterator<Item = &'a Acknowledgement> + Clone,
) -> Vec<Weighed> {
    let with = |warning: Warning| {
        let newest = acknowledged.clone().filter(|one| one.holds_for(&warning)).max_by_key(|one| one.at);
        Weighed { acknowledged: newest.cloned(), warning }
    };
    let mut all: Vec<Weighed> = warnings.into_iter().map(with).collect();
    all.sort_by_key(|one| one.acknowledged.is_some());
    all
}
