//! The next task of an open request, from its state alone: so no open request can be without one.
//!
//! Source: the deadlines of the flow, counted from reception whatever happens inside.

use jiff::ToSpan;
use jiff::civil::Date;

use super::TaskKind;
use crate::limits::Limits;
use crate::referral::ReferralState;
use crate::service_request::ServiceRequest;
use crate::workdays::{ExtraClosedDays, add_workdays, local_date, workday_before};

/// A task that must exist: what, by when and by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskSpec {
    /// What to do.
    pub kind: TaskKind,
    /// By when.
    pub due_on: Date,
    /// The rule.
    pub rule: &'static str,
}

/// Working days a sender has for an answer before somebody reminds them. No rule sets it; contact with the citizen does
/// not wait for the answer.
pub const ANSWER_WORKDAYS: u16 = 3;

/// The one task an open request has; none when it is closed or joined to a course.
///
/// A planned operation makes every step urgent: by the last working day before it, at the latest on the usual day, and
/// never before the step could begin (SP-004-19).
pub fn for_referral(request: &ServiceRequest, limits: &Limits, extra: ExtraClosedDays) -> Option<TaskSpec> {
    let received_on = local_date(request.received_at);
    let urgent = |usual: Date, from: Date| {
        request.operation_on.map_or(usual, |day| usual.min(workday_before(day, extra)).max(from))
    };
    let contact_by = urgent(add_workdays(received_on, limits.contact_workdays, extra), received_on);
    let spec = |kind, due_on, rule| Some(TaskSpec { kind, due_on, rule });
    match &request.state {
        ReferralState::Received => spec(TaskKind::CheckReferral, contact_by, "contact_workdays"),
        ReferralState::Checked { .. } => spec(TaskKind::ContactCitizen, contact_by, "contact_workdays"),
        ReferralState::Contacting { attempts, .. } if *attempts < limits.contact_attempts_max => {
            // A day that was agreed on brings the row forward; it never moves the promise.
            let next = request.next_attempt_on.map_or(contact_by, |day| day.min(contact_by));
            spec(TaskKind::ContactCitizen, next, "contact_attempts_max")
        }
        ReferralState::Contacting { last_at, .. } => {
            spec(TaskKind::SendLetter, add_workdays(local_date(*last_at), 1, extra), "contact_attempts_max")
        }
        ReferralState::Reached { at } => {
            let reached_on = local_date(*at);
            spec(TaskKind::ChooseRoute, urgent(add_workdays(reached_on, 1, extra), reached_on), "KS-3.1-01")
        }
        ReferralState::Unreachable { open_until, .. } => {
            spec(TaskKind::CloseUnreachable, open_until.saturating_add(1.day()), "unreachable_open_days")
        }
        ReferralState::Routed { .. } => {
            let usual = received_on.saturating_add(jiff::Span::new().days(limits.clarifying_days));
            spec(TaskKind::HoldTalk, urgent(usual, received_on), "afklarende_days")
        }
        ReferralState::Joined { .. }
        | ReferralState::NeverReached { .. }
        | ReferralState::Returned { .. }
        | ReferralState::Rejected { .. }
        | ReferralState::Declined { .. }
        | ReferralState::Duplicate { .. }
        | ReferralState::Replaced { .. }
        | ReferralState::Moved { .. }
        | ReferralState::Dead { .. }
        | ReferralState::EnteredInError { .. } => None,
    }
}

#[cfg(test)]
mod tests;
