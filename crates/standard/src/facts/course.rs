//! Everything about one course, from reception to end: the unit of streaming and of incremental evaluation.

use jiff::civil::Date;

use super::alcohol::Alcohol;
use super::citizen::{Citizen, Consents, Needs, Relative};
use super::closing::{Bridging, Closure, Condition, Coordination, FollowUp, Report};
use super::effort::{ActivityPlan, TestResult, Training};
use super::entity::entity;
use super::intervention::{Attendance, Enrolment, Intervention, Session};
use super::nicotine::{Nicotine, Stop};
use super::nutrition::{Diet, Nutrition};
use super::referral::{Contact, Message, Referral};
use super::talk::{Assessment, Goal, Plan, Talk};
use super::values::{DecidedLevel, ParallelEffort};
use super::words::{CourseStatus, TargetGroup};

entity! {
    /// A course with all that hangs on it; a referral that never became one stands in a course of its own.
    pub struct CourseFacts: "course" {
        /// The unit.
        pub id: String,
        /// The citizen declines retention measures.
        pub retention_declined: Option<bool>,
        /// Day the measures were agreed.
        pub retention_on: Option<Date>,
        /// Day a new need was recorded.
        pub new_need_on: Option<Date>,
        /// Without CPR number.
        pub anonymous: Option<bool>,
        /// The citizen declines the form.
        pub start_form_declined: Option<bool>,
        /// Date of reception.
        pub started_on: Option<Date>,
        /// First session on: date.
        pub first_session_on: Option<Date>,
        /// Closed on: date.
        pub closed_on: Option<Date>,
        /// See flow.md.
        pub status: Option<CourseStatus>,
        /// Kronisk, risiko, nikotin, alkohol.
        pub target_group: Option<TargetGroup>,
        /// Plan id: id.
        pub plan_id: Option<String>,
        /// List of other efforts.
        pub parallel_efforts: Vec<ParallelEffort>,
        /// Staff id.
        pub contact_person: Option<String>,
        /// 1-3.
        pub strat_level: Option<i32>,
        /// Strat override reason: text.
        pub strat_override_reason: Option<String>,
        /// Every level that was decided.
        pub levels: Vec<DecidedLevel>,
        /// Retention measures: list.
        pub retention_measures: Vec<String>,
        /// The citizen.
        pub citizen: Option<Citizen>,
        /// Practical needs.
        #[serde(rename = "need")]
        pub needs: Option<Needs>,
        /// The joint plan.
        pub plan: Option<Plan>,
        /// Consents.
        #[serde(rename = "consent")]
        pub consents: Option<Consents>,
        /// How it was closed.
        pub closure: Option<Closure>,
        /// Requests that led to the course, or did not.
        #[serde(rename = "referral")]
        pub referrals: Vec<Referral>,
        /// Contacts and attempts.
        #[serde(rename = "contact")]
        pub contacts: Vec<Contact>,
        /// Talks.
        #[serde(rename = "talk")]
        pub talks: Vec<Talk>,
        /// Assessments.
        #[serde(rename = "assessment")]
        pub assessments: Vec<Assessment>,
        /// Goals.
        #[serde(rename = "goal")]
        pub goals: Vec<Goal>,
        /// Interventions.
        #[serde(rename = "intervention")]
        pub interventions: Vec<Intervention>,
        /// Seats on groups.
        #[serde(rename = "enrolment")]
        pub enrolments: Vec<Enrolment>,
        /// Individual sessions.
        #[serde(rename = "session")]
        pub sessions: Vec<Session>,
        /// Attendance at sessions, also of groups.
        #[serde(rename = "attendance")]
        pub attendances: Vec<Attendance>,
        /// Results of instruments.
        #[serde(rename = "testresult")]
        pub test_results: Vec<TestResult>,
        /// Activity plans.
        #[serde(rename = "activityplan")]
        pub activity_plans: Vec<ActivityPlan>,
        /// Planned training.
        #[serde(rename = "training")]
        pub trainings: Vec<Training>,
        /// Nutrition assessments.
        #[serde(rename = "nutrition")]
        pub nutrition_assessments: Vec<Nutrition>,
        /// Diet treatments.
        #[serde(rename = "diet")]
        pub diets: Vec<Diet>,
        /// Nicotine cessation.
        #[serde(rename = "nicotine")]
        pub nicotine_courses: Vec<Nicotine>,
        /// STOPbasen.
        #[serde(rename = "stop")]
        pub stops: Vec<Stop>,
        /// Alcohol talks.
        #[serde(rename = "alcohol")]
        pub alcohol_talks: Vec<Alcohol>,
        /// Relatives.
        #[serde(rename = "relative")]
        pub relatives: Vec<Relative>,
        /// Coordination.
        #[serde(rename = "coordination")]
        pub coordinations: Vec<Coordination>,
        /// Messages.
        #[serde(rename = "message")]
        pub messages: Vec<Message>,
        /// Follow-ups.
        #[serde(rename = "followup")]
        pub follow_ups: Vec<FollowUp>,
        /// Bridging.
        #[serde(rename = "bridging")]
        pub bridgings: Vec<Bridging>,
        /// FSIII conditions.
        #[serde(rename = "condition")]
        pub conditions: Vec<Condition>,
        /// Reportable events.
        #[serde(rename = "report")]
        pub reports: Vec<Report>,
    }
}
