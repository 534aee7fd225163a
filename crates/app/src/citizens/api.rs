//! The citizen's record in the API: the whole of it, its versions, who has looked, messages; search and changes.

mod changes;
mod record;

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::ids::CitizenId;
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::queries::{self, AccessRow, Found, MessageRow, VersionRow};
use crate::records;
use crate::web::{Answer, ApiJson, Failure, Routes};
use crate::{App, AppError, Caller};

/// Versions and looks in one answer.
const NEWEST: i64 = 500;

#[derive(OpenApi)]
#[openapi(paths(search, citizen, versions, access_log, messages))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi().merge_from(changes::Changes::openapi())
}

/// The routes of citizens.
pub fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/citizens/search", Permission::CitizenRead, search)
        .get("/api/v1/citizens/{id}", Permission::CitizenRead, citizen)
        .get("/api/v1/citizens/{id}/versions", Permission::CitizenRead, versions)
        .get("/api/v1/citizens/{id}/access-log", Permission::CitizenRead, access_log)
        .get("/api/v1/citizens/{id}/messages", Permission::CitizenRead, messages)
        .merge(changes::routes())
}

/// Whom to look for.
#[derive(Deserialize, utoipa::ToSchema)]
struct SearchInput {
    /// A CPR number or its beginning, or the beginning of a name.
    text: String,
}

/// A list.
#[derive(Serialize, utoipa::ToSchema)]
struct Citizens {
    /// At most fifty.
    items: Vec<Found>,
}

/// Citizens by CPR number or name. The text goes in the body, never in the address.
#[utoipa::path(post, path = "/api/v1/citizens/search", tag = "citizens", request_body = SearchInput,
    responses((status = 200, description = "Those found", body = Citizens)))]
async fn search(State(app): State<App>, who: Caller, input: ApiJson<SearchInput>) -> Result<Answer, Failure> {
    let read = move |tx: &mut Tx<'_>| {
        let items = queries::search(tx, &input.value.text)?;
        Ok::<_, AppError>(Seen::list(items.iter().map(|found| found.id).collect(), items))
    };
    let items = app.store.view(who.scope("citizen.search", app.now()), read).await?;
    Ok(Answer::ok(&Citizens { items })?)
}

/// The whole record: citizen, requests, courses, plans, interventions, contacts, conditions, goals, consents, follow-ups.
#[utoipa::path(get, path = "/api/v1/citizens/{id}", tag = "citizens", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The record", body = record::WholeRecord)))]
async fn citizen(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::record(id, records::citizen_record(tx, CitizenId(id))?));
    let found = app.store.view(who.scope("citizen.open", app.now()), read).await?;
    let version = found.citizen.version;
    Answer::version(&record::WholeRecord::from(Arc::unwrap_or_clone(found)), version)
}

/// Stored versions, the newest first.
#[derive(Serialize, utoipa::ToSchema)]
struct Versions {
    /// The newest 500.
    items: Vec<VersionRow>,
}

/// What was stored in the record: when, by whom, why.
#[utoipa::path(get, path = "/api/v1/citizens/{id}/versions", tag = "citizens", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The versions", body = Versions)))]
async fn versions(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let items = of_citizen(&app, &who, "citizen.versions", id, |tx, id| Ok(queries::versions(tx, id, NEWEST)?)).await?;
    Answer::ok(&Versions { items })
}

/// Looks into the record, the newest first.
#[derive(Serialize, utoipa::ToSchema)]
struct AccessLog {
    /// The newest 500.
    items: Vec<AccessRow>,
}

/// Who has looked into the record, this look included the next time.
#[utoipa::path(get, path = "/api/v1/citizens/{id}/access-log", tag = "citizens", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The looks", body = AccessLog)))]
async fn access_log(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>, id| Ok(queries::access_log(tx, id, NEWEST)?);
    let items = of_citizen(&app, &who, "citizen.access_log", id, read).await?;
    Answer::ok(&AccessLog { items })
}

/// Messages about the citizen, the newest first.
#[derive(Serialize, utoipa::ToSchema)]
struct Messages {
    /// The newest 200.
    items: Vec<MessageRow>,
}

/// Messages in and out about the citizen.
#[utoipa::path(get, path = "/api/v1/citizens/{id}/messages", tag = "citizens", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The messages", body = Messages)))]
async fn messages(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>, id| Ok(queries::citizen(tx, id)?.messages);
    let items = of_citizen(&app, &who, "citizen.messages", id, read).await?;
    Answer::ok(&Messages { items })
}

/// Reads something of one citizen, when there is such a citizen here.
async fn of_citizen<T: Send + 'static>(
    app: &App,
    who: &Caller,
    action: &'static str,
    id: Uuid,
    read: impl FnOnce(&mut Tx<'_>, CitizenId) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let work = move |tx: &mut Tx<'_>| {
        queries::exists(tx, CitizenId(id))?;
        Ok::<_, AppError>(Seen::record(id, read(tx, CitizenId(id))?))
    };
    app.store.view(who.scope(action, app.now()), work).await
}
