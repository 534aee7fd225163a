//! The next task of an open request, from its state alone: so no open request can be without one.
//!
//! Source: the deadlines of the flow, counted from reception whatever happens inside.

use jiff::ToSpan;
use jiff::civil::Date;

use super::TaskKind;
use crate::deadlines::Deadline;
use crate::limits::Limits;
use crate::referral::{FirstStep, ReferralState};
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

/// The rule of the start talk of nicotine cessation. No requirement sets its day; it is kept to the same goal as a clarifying
/// talk.
const START_TALK: &str = "start_talk";

/// The one task an open request has; none when it is closed or joined to a course.
///
/// A planned operation makes every step urgent: by the last working day before it, at the latest on the usual day, and
/// never before the step could begin (SP-004-19).
///
/// The promises to the citizen are [`Deadline`]s. What lies between them is a habit of the house, one working day: the letter
/// after the last attempt, and the choice of a first step. A further attempt is on the day that was agreed, and an unreachable
/// request is closed the day after its letter ran out.
pub fn for_referral(request: &ServiceRequest, limits: &Limits, extra: ExtraClosedDays) -> Option<TaskSpec> {
    let received_on = local_date(request.received_at);
    let contact_by = urgent(request, Deadline::FirstContact.due(received_on, limits), received_on, extra);
    let spec = |kind, due_on, rule| Some(TaskSpec { kind, due_on, rule });
    match &request.state {
        ReferralState::Received => spec(TaskKind::CheckReferral, contact_by, Deadline::FirstContact.rule()),
        ReferralState::Checked { .. } => spec(TaskKind::ContactCitizen, contact_by, Deadline::FirstContact.rule()),
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
            let usual = add_workdays(reached_on, 1, extra);
            spec(TaskKind::ChooseRoute, urgent(request, usual, reached_on, extra), "KS-3.1-01")
        }
        ReferralState::Unreachable { open_until, .. } => {
            spec(TaskKind::CloseUnreachable, open_until.saturating_add(1.day()), "unreachable_open_days")
        }
        ReferralState::Routed { step, .. } => Some(for_first_step(*step, request, limits, extra)),
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

/// The task of the talk that a first step begins with.
pub fn for_first_step(step: FirstStep, request: &ServiceRequest, limits: &Limits, extra: ExtraClosedDays) -> TaskSpec {
    let (deadline, rule) = match step {
        FirstStep::NeedsTalk => (Deadline::NeedsTalk, Deadline::NeedsTalk.rule()),
        FirstStep::AlcoholTalk => (Deadline::AlcoholTalk, Deadline::AlcoholTalk.rule()),
        FirstStep::NicotineStart => (Deadline::ClarifyingTalk, START_TALK),
        FirstStep::ClarifyingTalk | FirstStep::AlcoholTreatment | FirstStep::DirectOffer => {
            (Deadline::ClarifyingTalk, Deadline::ClarifyingTalk.rule())
        }
    };
    let received_on = local_date(request.received_at);
    let due_on = urgent(request, deadline.due(received_on, limits), received_on, extra);
    TaskSpec { kind: deadline.kind(), due_on, rule }
}

/// The usual day, or the last working day before a planned operation, when that comes first and the step can begin by then.
fn urgent(request: &ServiceRequest, usual: Date, from: Date, extra: ExtraClosedDays) -> Date {
    request.operation_on.map_or(usual, |day| usual.min(workday_before(day, extra)).max(from))
}

#[cfg(test)]
mod tests;
