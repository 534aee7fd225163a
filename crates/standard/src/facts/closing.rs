//! Coordination, closing, follow-up and what is reported.

use jiff::civil::Date;

use super::answers::Noted;
use super::entity::entity;
use super::values::Loose;
use super::words::{BridgingKind, CoordinationDecision, TalkAnswer};

entity! {
    /// Coordination with others.
    pub struct Coordination: "coordination" {
        /// Unit.
        pub contact_unit: Option<String>,
        /// Date: date.
        pub date: Option<Date>,
        /// Needed, not_needed, done.
        pub decision: Option<CoordinationDecision>,
        /// Not needed reason: text.
        pub not_needed_reason: Option<String>,
    }
}

entity! {
    /// How the course was closed.
    pub struct Closure: "closure" {
        /// A single nicotine or alcohol intervention that closed inside its last session.
        pub closed_in_last_session: Option<bool>,
        /// Evaluation done: yes/no.
        pub evaluation_done: Option<bool>,
        /// Text or score.
        pub citizen_view: Option<Loose>,
        /// Without citizen: yes/no.
        pub without_citizen: Option<bool>,
        /// Maintenance plan: text.
        pub maintenance_plan: Option<String>,
        /// Support declined: yes/no.
        pub support_declined: Option<bool>,
        /// Gp info given on: date.
        pub gp_info_given_on: Option<Date>,
        /// Yes/no with reason.
        pub status_agreed_with_citizen: Option<Noted>,
        /// Yes/declined.
        pub copy_given: Option<String>,
        /// Satisfaction asked: date.
        pub satisfaction_asked: Option<Date>,
        /// Satisfaction score: number.
        pub satisfaction_score: Option<f64>,
    }
}

entity! {
    /// An agreed follow-up.
    pub struct FollowUp: "followup" {
        /// The intervention.
        pub intervention: Option<String>,
        /// Need: yes/no.
        pub need: Option<bool>,
        /// Planned on: date.
        pub planned_on: Option<Date>,
        /// Offered on: date.
        pub offered_on: Option<Date>,
        /// Accepted, declined.
        pub answer: Option<TalkAnswer>,
        /// 3, 6 or 12.
        pub due_month: Option<i32>,
        /// Done on: date.
        pub done_on: Option<Date>,
        /// Kept, partly, lost.
        pub status: Option<String>,
        /// New need: yes/no.
        pub new_need: Option<bool>,
    }
}

entity! {
    /// A bridging action.
    pub struct Bridging: "bridging" {
        /// The action.
        pub id: Option<String>,
        /// Raadgivning, besoeg, foelgeskab, introforloeb, oevrig.
        pub kind: Option<BridgingKind>,
        /// Date: date.
        pub date: Option<Date>,
        /// Offered on: date.
        pub offered_on: Option<Date>,
        /// Association id: id.
        pub association_id: Option<String>,
        /// Sessions: integer.
        pub sessions: Option<i32>,
    }
}

entity! {
    /// An FSIII condition at start and end.
    pub struct Condition: "condition" {
        /// FSIII condition.
        pub code: Option<String>,
        /// Start status: code.
        pub start_status: Option<String>,
        /// End status: code.
        pub end_status: Option<String>,
    }
}

entity! {
    /// A reportable event.
    pub struct Report: "report" {
        /// The course, where reports are written beside the courses.
        pub course: Option<String>,
        /// The intervention.
        pub intervention: Option<String>,
        /// Event on: date.
        pub event_on: Option<Date>,
        /// Sent on: date.
        pub sent_on: Option<Date>,
        /// Accepted: yes/no.
        pub accepted: Option<bool>,
        /// Error: code.
        pub error: Option<String>,
    }
}
