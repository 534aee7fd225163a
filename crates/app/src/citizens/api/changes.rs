//! Changes of the citizen's record: contact data, consents, death, moving.

use axum::extract::Path;
use domain::citizen::Citizen;
use domain::consent::Consent;
use domain::ids::{CitizenId, ConsentId};
use domain::permission::Permission;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::OpenApi;
use uuid::Uuid;

use super::super::{self as citizens, CitizenInput};
use crate::courses::{self, ConsentInput};
use crate::web::{Answer, Changed, Command, Failure, Go, NoInput, Routes};

#[derive(OpenApi)]
#[openapi(paths(edit, died, moved, consent, withdraw_consent))]
pub(super) struct Changes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .patch("/api/v1/citizens/{id}", Permission::CitizenWrite, edit)
        .post("/api/v1/citizens/{id}/death", Permission::CitizenWrite, died)
        .post("/api/v1/citizens/{id}/move", Permission::CitizenWrite, moved)
        .post("/api/v1/citizens/{id}/consents", Permission::CitizenWrite, consent)
        .post("/api/v1/citizens/{id}/consents/{consent}/withdraw", Permission::CitizenWrite, withdraw_consent)
}

/// Changes what is known of the citizen; members left out stay as they are.
#[utoipa::path(patch, path = "/api/v1/citizens/{id}", tag = "citizens", params(("id" = Uuid, Path)),
    request_body = CitizenInput, responses((status = 200, description = "Stored", body = Changed)))]
async fn edit(Path(id): Path<Uuid>, command: Command<CitizenInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version = citizens::edit(&go.app, &go.who, CitizenId(id), go.version, input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// When the citizen died.
#[derive(Deserialize, utoipa::ToSchema)]
struct DeathInput {
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
}

/// The citizen died: requests, interventions and course close at once.
#[utoipa::path(post, path = "/api/v1/citizens/{id}/death", tag = "citizens", params(("id" = Uuid, Path)),
    request_body = DeathInput, responses((status = 200, description = "Registered", body = Changed)))]
async fn died(Path(id): Path<Uuid>, command: Command<DeathInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Citizen>(id).await?;
            citizens::register_death(&go.app, &go.who, CitizenId(id), input.on).await?;
            go.changed::<Citizen>(id).await
        })
        .await
}

/// Where the citizen moved.
#[derive(Deserialize, utoipa::ToSchema)]
struct MoveInput {
    /// The municipality.
    to: String,
}

/// The citizen moved and the new municipality takes over: what is open closes.
#[utoipa::path(post, path = "/api/v1/citizens/{id}/move", tag = "citizens", params(("id" = Uuid, Path)),
    request_body = MoveInput, responses((status = 200, description = "Registered", body = Changed)))]
async fn moved(Path(id): Path<Uuid>, command: Command<MoveInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Citizen>(id).await?;
            citizens::register_move(&go.app, &go.who, CitizenId(id), input.to).await?;
            go.changed::<Citizen>(id).await
        })
        .await
}

/// What the citizen answered to a question of consent; the newest answer for a purpose counts.
#[utoipa::path(post, path = "/api/v1/citizens/{id}/consents", tag = "citizens", params(("id" = Uuid, Path)),
    request_body = ConsentInput, responses((status = 201, description = "Recorded", body = Changed)))]
async fn consent(Path(id): Path<Uuid>, command: Command<ConsentInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Citizen>(id).await?;
            Go::made(courses::record_consent(&go.app, &go.who, CitizenId(id), input).await?.0)
        })
        .await
}

/// Withdraws a consent, at once and for the future.
#[utoipa::path(post, path = "/api/v1/citizens/{id}/consents/{consent}/withdraw", tag = "citizens",
    params(("id" = Uuid, Path), ("consent" = Uuid, Path)), request_body = NoInput,
    responses((status = 200, description = "Withdrawn", body = Changed)))]
async fn withdraw_consent(
    Path((id, consent)): Path<(Uuid, Uuid)>,
    command: Command<NoInput>,
) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, _| {
            go.expect_of::<Consent>(id, consent);
            courses::withdraw_consent(&go.app, &go.who, CitizenId(id), ConsentId(consent)).await?;
            Answer::version(&Changed { id: consent, version: 2 }, 2)
        })
        .await
}
