//! The whole record as the API shows it: every part with the version that a change of it must build on.

use domain::calendar::Appointment;
use domain::care_plan::CarePlan;
use domain::citizen::Citizen;
use domain::condition::Condition;
use domain::consent::Consent;
use domain::contact::ContactAttempt;
use domain::course::Course;
use domain::encounter::Encounter;
use domain::follow_up::FollowUp;
use domain::goal::Goal;
use domain::planned_intervention::PlannedIntervention;
use domain::service_request::{FocusCondition, ServiceRequest};
use serde::Serialize;
use store::Versioned;

use crate::records::{CitizenRecord, NextStep, StoredRequest};
use crate::web::etag;

/// A part of the record with its version.
#[derive(Serialize)]
pub(super) struct Part<T> {
    version: i64,
    etag: String,
    #[serde(flatten)]
    value: T,
}

impl<T> From<Versioned<T>> for Part<T> {
    fn from(stored: Versioned<T>) -> Self {
        Self { version: stored.version, etag: etag(stored.version), value: stored.value }
    }
}

/// A request with where it stands.
#[derive(Serialize)]
pub(super) struct RequestPart {
    state_word: &'static str,
    #[serde(flatten)]
    request: ServiceRequest,
    focus: Vec<FocusCondition>,
    next: Option<NextStep>,
}

impl From<StoredRequest> for RequestPart {
    fn from(stored: StoredRequest) -> Self {
        let StoredRequest { request, focus, next } = stored;
        Self { state_word: request.state.word(), request, focus, next }
    }
}

/// The whole record of a citizen; every part has `version` and `etag`.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct WholeRecord {
    /// The citizen.
    #[schema(value_type = Object)]
    citizen: Part<Citizen>,
    /// Requests, oldest first.
    #[schema(value_type = Vec<Object>)]
    requests: Vec<Part<RequestPart>>,
    /// Courses.
    #[schema(value_type = Vec<Object>)]
    courses: Vec<Part<Course>>,
    /// Courses of interventions.
    #[schema(value_type = Vec<Object>)]
    care_plans: Vec<Part<CarePlan>>,
    /// Interventions and talks.
    #[schema(value_type = Vec<Object>)]
    interventions: Vec<Part<PlannedIntervention>>,
    /// Contacts.
    #[schema(value_type = Vec<Object>)]
    encounters: Vec<Part<Encounter>>,
    /// Conditions.
    #[schema(value_type = Vec<Object>)]
    conditions: Vec<Part<Condition>>,
    /// Goals.
    #[schema(value_type = Vec<Object>)]
    goals: Vec<Part<Goal>>,
    /// Consents.
    #[schema(value_type = Vec<Object>)]
    consents: Vec<Part<Consent>>,
    /// Attempts at contact.
    #[schema(value_type = Vec<Object>)]
    attempts: Vec<Part<ContactAttempt>>,
    /// Follow-ups.
    #[schema(value_type = Vec<Object>)]
    follow_ups: Vec<Part<FollowUp>>,
    /// Times of talks.
    #[schema(value_type = Vec<Object>)]
    appointments: Vec<Part<Appointment>>,
}

fn parts<T>(stored: Vec<Versioned<T>>) -> Vec<Part<T>> {
    stored.into_iter().map(Part::from).collect()
}

impl From<CitizenRecord> for WholeRecord {
    fn from(record: CitizenRecord) -> Self {
        let request = |r: Versioned<StoredRequest>| Versioned { version: r.version, value: RequestPart::from(r.value) };
        Self {
            citizen: record.citizen.into(),
            requests: parts(record.requests.into_iter().map(request).collect()),
            courses: parts(record.courses),
            care_plans: parts(record.care_plans),
            interventions: parts(record.interventions),
            encounters: parts(record.encounters),
            conditions: parts(record.conditions),
            goals: parts(record.goals),
            consents: parts(record.consents),
            attempts: parts(record.attempts),
            follow_ups: parts(record.follow_ups),
            appointments: parts(record.appointments),
        }
    }
}
