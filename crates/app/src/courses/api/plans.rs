//! Interventions and their plans: granting, contacts, pausing, ending, correcting.

use axum::extract::Path;
use domain::care_plan::CarePlan;
use domain::codes::EncounterClass;
use domain::course::Course;
use domain::encounter::Encounter;
use domain::ids::{CarePlanId, CourseId, EncounterId, PlannedInterventionId};
use domain::permission::Permission;
use domain::planned_intervention::PlannedIntervention;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::OpenApi;
use uuid::Uuid;

use super::super::{self as courses, ContactInput, CorrectInput, EndInput, GrantInput, Granted, PauseInput};
use crate::web::{Answer, Changed, Command, Failure, Go, NoInput, Routes};

#[derive(OpenApi)]
#[openapi(paths(grant, record_contact, end_care_plan, end, pause, resume, correct))]
pub(super) struct Plans;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/courses/{id}/interventions", Permission::CourseWrite, grant)
        .post("/api/v1/care-plans/{id}/contacts", Permission::CourseWrite, record_contact)
        .post("/api/v1/care-plans/{id}/end", Permission::CourseWrite, end_care_plan)
        .post("/api/v1/interventions/{id}/end", Permission::CourseWrite, end)
        .post("/api/v1/interventions/{id}/pause", Permission::CourseWrite, pause)
        .post("/api/v1/interventions/{id}/resume", Permission::CourseWrite, resume)
        .post("/api/v1/encounters/{id}/correct", Permission::CourseWrite, correct)
}

/// Grants an intervention in a course.
#[utoipa::path(post, path = "/api/v1/courses/{id}/interventions", tag = "courses", params(("id" = Uuid, Path)),
    request_body = GrantInput, responses((status = 201, description = "Granted", body = Granted)))]
async fn grant(Path(id): Path<Uuid>, command: Command<GrantInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Course>(id).await?;
            let granted = courses::grant(&go.app, &go.who, CourseId(id), input).await?;
            Answer::created(&granted, 1)
        })
        .await
}

/// A contact that was held.
#[derive(Deserialize, utoipa::ToSchema)]
struct Contact {
    /// Where.
    #[schema(value_type = String)]
    class: EncounterClass,
    /// Start.
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    /// End.
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
    /// Journal note.
    note: Option<String>,
}

/// A contact was held; the first one starts the plan's interventions.
#[utoipa::path(post, path = "/api/v1/care-plans/{id}/contacts", tag = "courses", params(("id" = Uuid, Path)),
    request_body = Contact, responses((status = 201, description = "Registered", body = Changed)))]
async fn record_contact(Path(id): Path<Uuid>, command: Command<Contact>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<CarePlan>(id).await?;
            let Contact { class, start, end, note } = input;
            let contact = ContactInput { care_plan: CarePlanId(id), class, start, end, note };
            Go::made(courses::record_contact(&go.app, &go.who, contact).await?.0)
        })
        .await
}

/// Ends a course of interventions with all that is open in it.
#[utoipa::path(post, path = "/api/v1/care-plans/{id}/end", tag = "courses", params(("id" = Uuid, Path)),
    request_body = EndInput, responses((status = 200, description = "Ended", body = Changed)))]
async fn end_care_plan(Path(id): Path<Uuid>, command: Command<EndInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            courses::end_care_plan(&go.app, &go.who, CarePlanId(id), go.version, input).await?;
            go.changed::<CarePlan>(id).await
        })
        .await
}

/// Ends one intervention; its plan ends with it when nothing else is open there.
#[utoipa::path(post, path = "/api/v1/interventions/{id}/end", tag = "courses", params(("id" = Uuid, Path)),
    request_body = EndInput, responses((status = 200, description = "Ended", body = Changed)))]
async fn end(Path(id): Path<Uuid>, command: Command<EndInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            courses::end_intervention(&go.app, &go.who, PlannedInterventionId(id), go.version, input).await?;
            go.changed::<PlannedIntervention>(id).await
        })
        .await
}

/// Pauses an intervention.
#[utoipa::path(post, path = "/api/v1/interventions/{id}/pause", tag = "courses", params(("id" = Uuid, Path)),
    request_body = PauseInput, responses((status = 200, description = "Paused", body = Changed)))]
async fn pause(Path(id): Path<Uuid>, command: Command<PauseInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            courses::pause_intervention(&go.app, &go.who, PlannedInterventionId(id), go.version, input).await?;
            go.changed::<PlannedIntervention>(id).await
        })
        .await
}

/// Resumes a paused intervention.
#[utoipa::path(post, path = "/api/v1/interventions/{id}/resume", tag = "courses", params(("id" = Uuid, Path)),
    request_body = NoInput, responses((status = 200, description = "Resumed", body = Changed)))]
async fn resume(Path(id): Path<Uuid>, command: Command<NoInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, _| {
            courses::resume_intervention(&go.app, &go.who, PlannedInterventionId(id), go.version).await?;
            go.changed::<PlannedIntervention>(id).await
        })
        .await
}

/// A corrected contact.
#[derive(Serialize, utoipa::ToSchema)]
struct Corrected {
    /// The wrong one, marked.
    wrong: Uuid,
    /// The right one; none when it was never held.
    right: Option<Uuid>,
}

/// Corrects a contact: the wrong one stays, marked, and the right one is a new one.
#[utoipa::path(post, path = "/api/v1/encounters/{id}/correct", tag = "courses", params(("id" = Uuid, Path)),
    request_body = CorrectInput, responses((status = 200, description = "Corrected", body = Corrected)))]
async fn correct(Path(id): Path<Uuid>, command: Command<CorrectInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Encounter>(id).await?;
            let right = courses::correct_contact(&go.app, &go.who, EncounterId(id), input).await?.map(|e| e.0);
            go.answer::<Encounter, _>(id, &Corrected { wrong: id, right }).await
        })
        .await
}
