//! Interventions and how they are delivered.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::entity::entity;
use super::values::Span;
use super::words::{AttendanceStatus, CourseType, Format, Fsiii, InterventionStatus, Mode, OfferAnswer};

entity! {
    /// A granted or considered intervention.
    pub struct Intervention: "intervention" {
        /// The unit.
        pub id: String,
        /// The local offer.
        pub offer: Option<String>,
        /// The referral it answers.
        pub referral: Option<String>,
        /// Taken over from another municipality with an assessment.
        pub transferred: Option<bool>,
        /// Individual sessions only supplement a group.
        pub supplements_group: Option<bool>,
        /// Planned first session.
        pub planned_start_on: Option<Date>,
        /// One of the 14.
        pub fsiii_code: Option<Fsiii>,
        /// Offered on: date.
        pub offered_on: Option<Date>,
        /// Accepted, declined, waiting.
        pub answer: Option<OfferAnswer>,
        /// Day of the answer.
        pub answered_on: Option<Date>,
        /// Granted on: date.
        pub granted_on: Option<Date>,
        /// Date of first session.
        pub started_on: Option<Date>,
        /// Ended on: date.
        pub ended_on: Option<Date>,
        /// Stopped on: date.
        pub stopped_on: Option<Date>,
        /// Granted, active, paused, completed, stopped, cancelled.
        pub status: Option<InterventionStatus>,
        /// One of the nine codes.
        pub stop_reason: Option<String>,
        /// Gruppebaseret, individuel, digital levering.
        pub delivery_type: Option<String>,
        /// Group, individual, mixed.
        pub format: Option<Format>,
        /// Intensity: code.
        pub intensity: Option<String>,
        /// 1-3.
        pub support_level: Option<i32>,
        /// Intensive, flexible, short, other.
        pub course_type: Option<CourseType>,
        /// Assessment id: id.
        pub assessment_id: Option<String>,
        /// List of FSIII conditions.
        pub reason_conditions: Vec<String>,
        /// Choice reason: code.
        pub choice_reason: Option<String>,
        /// List of the six bases.
        pub differentiation_basis: Vec<String>,
        /// Differentiation reason: text.
        pub differentiation_reason: Option<String>,
        /// Individual reason: text.
        pub individual_reason: Option<String>,
        /// Multimorbidity note: text.
        pub multimorbidity_note: Option<String>,
        /// Text per element.
        pub element_not_relevant_reason: BTreeMap<String, String>,
        /// Citizen wished later: date.
        pub citizen_wished_later: Option<Date>,
        /// From and to.
        pub paused: Vec<Span>,
        /// Supplier id: id.
        pub supplier_id: Option<String>,
    }
}

entity! {
    /// A seat on a group.
    pub struct Enrolment: "enrolment" {
        /// The unit.
        pub id: String,
        /// The intervention.
        pub intervention: Option<String>,
        /// The group.
        pub group: Option<String>,
        /// Day of enrolment.
        pub enrolled_on: Option<Date>,
        /// Day of completion.
        pub completed_on: Option<Date>,
        /// Day of dropping out.
        pub dropped_on: Option<Date>,
        /// Adaptation note: text.
        pub adaptation_note: Option<String>,
    }
}

entity! {
    /// Attendance at a session.
    pub struct Attendance: "attendance" {
        /// The unit.
        pub id: String,
        /// The session.
        pub session: Option<String>,
        /// The intervention.
        pub intervention: Option<String>,
        /// Present, late, excused, no_show, cancelled_by_us.
        pub status: Option<AttendanceStatus>,
        /// Date: date.
        pub date: Option<Date>,
    }
}

entity! {
    /// A session, individual or of a group.
    pub struct Session: "session" {
        /// The unit.
        pub id: String,
        /// The intervention, for an individual session.
        pub intervention: Option<String>,
        /// Digital and without supervision.
        pub unsupervised: Option<bool>,
        /// Staff ids of those who led it.
        pub led_by: Vec<String>,
        /// Date and time.
        pub date: Option<DateTime>,
        /// Planned minutes: integer.
        pub planned_minutes: Option<i32>,
        /// Held: yes/no.
        pub held: Option<bool>,
        /// Group, individual.
        pub format: Option<Format>,
        /// Fremmoede, hjemmebesoeg, video, telefon, app.
        pub mode: Option<Mode>,
        /// Mode reason: text.
        pub mode_reason: Option<String>,
        /// Place id.
        pub place: Option<String>,
        /// Enrolled: integer.
        pub enrolled: Option<i32>,
        /// Present: integer.
        pub present: Option<i32>,
        /// Instructors: integer.
        pub instructors: Option<i32>,
        /// List of checklist elements.
        pub elements_covered: Vec<String>,
    }
}

entity! {
    /// A group with its sessions.
    pub struct Group: "group" {
        /// The unit.
        pub id: String,
        /// The local offer.
        pub offer: Option<String>,
        /// An open lecture.
        pub open_lecture: Option<bool>,
        /// The group was cancelled.
        pub cancelled: Option<bool>,
        /// Day of an action on the waiting list.
        pub action_on: Option<Date>,
        /// Since when the first one waits.
        pub waiting_since: Option<Date>,
        /// One of the 14.
        pub fsiii_code: Option<Fsiii>,
        /// Places: integer.
        pub places: Option<i32>,
        /// Start date: date.
        pub start_date: Option<Date>,
        /// Ended on: date.
        pub ended_on: Option<Date>,
        /// Enrolled at start: integer.
        pub enrolled_at_start: Option<i32>,
        /// Waiting: integer.
        pub waiting: Option<i32>,
        /// Code or none.
        pub diagnosis: Option<String>,
        /// Local level.
        pub function_level: Option<String>,
        /// Volume reason: text.
        pub volume_reason: Option<String>,
        /// Its sessions.
        pub session: Vec<Session>,
    }
}
