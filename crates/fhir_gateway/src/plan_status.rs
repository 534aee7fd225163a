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
        PlanStatus::EnteredInError { was } => ("entered-in-error", before(was), None),
    };
    Told { status, activity, reason }
}

/// What it was, when it is withdrawn.
const fn before(was: BeforeError) -> &'static str {
    match was {
        BeforeError::InProgress => "in-progress",
        BeforeError::Completed => "completed",
        BeforeError::Cancelled => "cancelled",
        BeforeError::Stopped => "stopped",
    }
}

impl Told {
    /// The same as a course tells it: a withdrawn course no longer holds its reason, and `cancelled` or `stopped`
    /// without one breaks klgateway-119-care-plan-1, so `unknown` stands there.
    pub const fn of_course(self) -> Self {
        match (self.activity.as_bytes(), self.reason) {
            (b"cancelled" | b"stopped", None) => Self { activity: "unknown", ..self },
            _ => self,
        }
    }
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
            (PlanStatus::Granted, "active", "in-progress", "in-progress", None),
            (PlanStatus::Active { started_on: on }, "active", "in-progress", "in-progress", None),
            (PlanStatus::Paused { started_on: None, since: on }, "on-hold", "on-hold", "on-hold", None),
            (PlanStatus::Completed { ended_on: on }, "completed", "completed", "completed", None),
            (PlanStatus::Cancelled { ended_on: on, reason }, "revoked", "cancelled", "cancelled", Some(reason)),
            (PlanStatus::Stopped { ended_on: on, reason }, "revoked", "stopped", "stopped", Some(reason)),
            (was(BeforeError::InProgress), "entered-in-error", "in-progress", "in-progress", None),
            (was(BeforeError::Completed), "entered-in-error", "completed", "completed", None),
            (was(BeforeError::Cancelled), "entered-in-error", "cancelled", "unknown", None),
            (was(BeforeError::Stopped), "entered-in-error", "stopped", "unknown", None),
        ];
        for (state, status, activity, of_course, reason) in table {
            assert_eq!(tell(state), Told { status, activity, reason });
            assert_eq!(tell(state).of_course(), Told { status, activity: of_course, reason });
        }
    }
}
