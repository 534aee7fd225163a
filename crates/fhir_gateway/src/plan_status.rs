//! How the state of a course and of an intervention is told: the guide leaves it to FHIR's definitions, and its
//! reports say `in-progress` from the day of the grant on, before the first session too.

use domain::care_plan::{BeforeError, PlanStatus};
use domain::codes::StopReason;

/// The two statuses of a CarePlan and the reason, which only a course tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// `CarePlan.status`.
    pub status: &'static str,
    /// `CarePlan.activity.detail.status`.
    pub activity: &'static str,
    /// Why it ended early.
    pub reason: Option<StopReason>,
}

/// The table of the guide's section on interventions.
pub const fn tell(status: PlanStatus) -> Told {
    let (status, activity, reason) = match status {
        PlanStatus::Granted | PlanStatus::Active { .. } => ("active", "in-progress", None),
        PlanStatus::Paused { .. } => ("on-hold", "on-hold", None),
        PlanStatus::Completed { .. } => ("completed", "completed", None),
        PlanStatus::Cancelled { reason, .. } => ("revoked", "cancelled", Some(reason)),
        PlanStatus::Stopped { reason, .. } => ("revoked", "stopped", Some(reason)),
        // Withdrawn: the last state stands in the activity.
        PlanStatus::EnteredInError { was: BeforeError::InProgress } => ("entered-in-error", "in-progress", None),
        PlanStatus::EnteredInError { was: BeforeError::Completed } => ("entered-in-error", "completed", None),
        PlanStatus::EnteredInError { was: BeforeError::Cancelled(reason) } => {
            ("entered-in-error", "cancelled", Some(reason))
        }
        PlanStatus::EnteredInError { was: BeforeError::Stopped(reason) } => {
            ("entered-in-error", "stopped", Some(reason))
        }
    };
    Told { status, activity, reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_state_is_told_as_the_table_says() {
        let (on, reason) = (date(2026, 3, 2), StopReason::Event);
        let was = |was| PlanStatus::EnteredInError { was };
        let table = [
            (PlanStatus::Granted, "active", "in-progress", None),
            (PlanStatus::Active { started_on: on }, "active", "in-progress", None),
            (PlanStatus::Paused { started_on: None, since: on }, "on-hold", "on-hold", None),
            (PlanStatus::Completed { ended_on: on }, "completed", "completed", None),
            (PlanStatus::Cancelled { ended_on: on, reason }, "revoked", "cancelled", Some(reason)),
            (PlanStatus::Stopped { ended_on: on, reason }, "revoked", "stopped", Some(reason)),
            (was(BeforeError::InProgress), "entered-in-error", "in-progress", None),
            (was(BeforeError::Completed), "entered-in-error", "completed", None),
            (was(BeforeError::Cancelled(reason)), "entered-in-error", "cancelled", Some(reason)),
            (was(BeforeError::Stopped(reason)), "entered-in-error", "stopped", Some(reason)),
        ];
        for (state, status, activity, reason) in table {
            assert_eq!(tell(state), Told { status, activity, reason });
        }
    }
}
