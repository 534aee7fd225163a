//! Safety and support in the API: warnings with their reasons, answers, checklists, levels, adaptations.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use domain::adaptation::Adaptation;
use domain::codes::InterventionCode;
use domain::course::Course;
use domain::ids::{CourseId, PlannedInterventionId};
use domain::permission::Permission;
use domain::safety::{Level, Weighed};
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::{AcknowledgeInput, AnswersInput, StratifyInput, commands, facts, gather, support, weighed};
use crate::records;
use crate::web::{Answer, Changed, Command, Failure, Go, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(warnings, answer, acknowledge, tick, stratify, adapt))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of safety and support.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/courses/{id}/warnings", Permission::CitizenRead, warnings)
        .put("/api/v1/courses/{id}/safety-answers", Permission::CourseWrite, answer)
        .post("/api/v1/courses/{id}/acknowledgements", Permission::CourseWrite, acknowledge)
        .post("/api/v1/courses/{id}/stratifications", Permission::CourseWrite, stratify)
        .put("/api/v1/courses/{id}/adaptations", Permission::CourseWrite, adapt)
        .put("/api/v1/interventions/{id}/checklist", Permission::CourseWrite, tick)
}

/// A warning.
#[derive(Serialize, utoipa::ToSchema)]
struct WarningItem {
    /// The requirement behind it.
    rule: &'static str,
    /// Which of the fourteen it is about.
    #[schema(value_type = Option<String>)]
    about: Option<InterventionCode>,
    /// The granted intervention, when there is one.
    #[schema(value_type = Option<Uuid>)]
    intervention: Option<PlannedInterventionId>,
    /// Refused, warning, or something to ask.
    #[schema(value_type = String)]
    level: Level,
    /// What is the matter.
    text: &'static str,
    /// What can come of it.
    consequence: &'static str,
    /// What would settle it.
    settles: &'static str,
    /// What it stands on.
    facts: Vec<String>,
    /// By when something must be done.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// Why it was set aside, when it was on these facts.
    acknowledged: Option<String>,
}

impl From<Weighed> for WarningItem {
    fn from(one: Weighed) -> Self {
        let warning = one.warning;
        Self {
            rule: warning.rule,
            about: warning.about,
            intervention: warning.intervention,
            level: warning.level,
            text: warning.text,
            consequence: warning.consequence,
            settles: warning.settles,
            facts: warning.facts,
            due_on: warning.due.map(|due| due.on),
            acknowledged: one.acknowledged.map(|said| said.reason),
        }
    }
}

/// A list.
#[derive(Serialize, utoipa::ToSchema)]
struct Warnings {
    /// Those that stand first, then those set aside.
    items: Vec<WarningItem>,
}

/// What to look at in a course by the quality standard.
#[utoipa::path(get, path = "/api/v1/courses/{id}/warnings", tag = "courses", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The warnings", body = Warnings)))]
async fn warnings(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let limits = app.organization(who.organization).await?.settings.limits;
    let (course, today) = (CourseId(id), local_date(app.now()));
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "course", id)?;
        let record = records::citizen_record(tx, citizen)?;
        let seats = gather::seats(tx, &record, course)?;
        let all = weighed(&record, course, &facts(&record, course, &limits, today, &seats));
        Ok::<_, AppError>(Seen::record(citizen.0, all))
    };
    let all = app.store.view(who.scope("safety.open", app.now()), read).await?;
    Answer::ok(&Warnings { items: all.into_iter().map(WarningItem::from).collect() })
}

/// The answers of a course, all of them; what is left out is not answered any more.
#[utoipa::path(put, path = "/api/v1/courses/{id}/safety-answers", tag = "courses", params(("id" = Uuid, Path)),
    request_body = AnswersInput, responses((status = 200, description = "Kept", body = Changed)))]
async fn answer(Path(id): Path<Uuid>, command: Command<AnswersInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version = commands::answer(&go.app, &go.who, CourseId(id), go.version, input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// Sets a warning aside with a reason. It comes back when what it stands on changes.
#[utoipa::path(post, path = "/api/v1/courses/{id}/acknowledgements", tag = "courses", params(("id" = Uuid, Path)),
    request_body = AcknowledgeInput, responses((status = 201, description = "Kept", body = Changed)))]
async fn acknowledge(Path(id): Path<Uuid>, command: Command<AcknowledgeInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            Go::made(commands::acknowledge(&go.app, &go.who, CourseId(id), go.version, input).await?)
        })
        .await
}

/// How much support a course needs, by a model; another level than the model's needs a reason.
#[utoipa::path(post, path = "/api/v1/courses/{id}/stratifications", tag = "courses", params(("id" = Uuid, Path)),
    request_body = StratifyInput, responses((status = 201, description = "Kept", body = Changed)))]
async fn stratify(Path(id): Path<Uuid>, command: Command<StratifyInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Course>(id).await?;
            Go::made(support::stratify(&go.app, &go.who, CourseId(id), input).await?)
        })
        .await
}

/// What is done differently.
#[derive(Deserialize, utoipa::ToSchema)]
struct AdaptInput {
    /// All of it; what is left out is not done.
    #[schema(value_type = Vec<String>)]
    adaptations: BTreeSet<Adaptation>,
}

/// Decides what is done differently for the citizen of a course from now on.
#[utoipa::path(put, path = "/api/v1/courses/{id}/adaptations", tag = "courses", params(("id" = Uuid, Path)),
    request_body = AdaptInput, responses((status = 200, description = "Decided", body = Changed)))]
async fn adapt(Path(id): Path<Uuid>, command: Command<AdaptInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version = support::adapt(&go.app, &go.who, CourseId(id), go.version, input.adaptations).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// Which content was dealt with.
#[derive(Deserialize, utoipa::ToSchema)]
struct TickInput {
    /// The words of the elements, all of them; what is left out is taken off.
    elements: Vec<String>,
}

/// Ticks the content elements of an intervention.
#[utoipa::path(put, path = "/api/v1/interventions/{id}/checklist", tag = "courses", params(("id" = Uuid, Path)),
    request_body = TickInput, responses((status = 200, description = "Kept", body = Changed)))]
async fn tick(Path(id): Path<Uuid>, command: Command<TickInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version =
                commands::tick(&go.app, &go.who, PlannedInterventionId(id), go.version, input.elements).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}
