//! Packs in the API: the figures of a pack, and what makes packs by itself.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use domain::cooperation::{PackEvery, PackKind, PackSchedule};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::build::{Pack, build};
use super::{schedule, show};
use crate::cooperation::kept;
use crate::web::{Answer, Changed, Command, Failure, Go, NoInput, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(pack, schedules, new_schedule, stop_schedule))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of packs.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/packs/{pack}", Permission::AuthorityView, pack)
        .get("/api/v1/pack-schedules", Permission::Cooperation, schedules)
        .post("/api/v1/pack-schedules", Permission::Cooperation, new_schedule)
        .post("/api/v1/pack-schedules/{id}/stop", Permission::Cooperation, stop_schedule)
}

/// A table of a pack.
#[derive(Serialize, utoipa::ToSchema)]
struct TableOut {
    id: &'static str,
    heading: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    note: Option<String>,
}

/// A pack.
#[derive(Serialize, utoipa::ToSchema)]
struct PackOut {
    title: &'static str,
    about: HashMap<&'static str, String>,
    /// Something was changed that is not counted yet.
    behind: bool,
    tables: Vec<TableOut>,
}

/// A pack: `klu`, `maaned` or `myndighed`.
#[utoipa::path(get, path = "/api/v1/packs/{pack}", tag = "packs",
    params(("pack" = String, Path), ("periode" = Option<String>, Query, description = "`2026-k3`, `2026-10` or `2026`"),
        ("set" = Option<String>, Query, description = "`myndighed`: as the authority sees it")),
    responses((status = 200, description = "The pack", body = PackOut)))]
async fn pack(
    State(app): State<App>,
    who: Caller,
    Path(pack): Path<String>,
    Query(said): Query<HashMap<String, String>>,
) -> Result<Answer, AppError> {
    let ask = show::asked(&app, &who, &pack, &said)?;
    let Pack { title, about, tables, behind } = build(&app, &who, ask).await?;
    let table = |it: crate::cooperation::Table| TableOut {
        id: it.id,
        heading: it.heading,
        columns: it.columns,
        rows: it.rows,
        note: it.note,
    };
    Answer::ok(&PackOut {
        title,
        about: about.into_iter().collect(),
        behind,
        tables: tables.into_iter().map(table).collect(),
    })
}

#[derive(Serialize)]
struct Schedules {
    items: Vec<PackSchedule>,
}

/// What makes packs by itself.
#[utoipa::path(get, path = "/api/v1/pack-schedules", tag = "packs",
    responses((status = 200, description = "The schedules", body = Object)))]
async fn schedules(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(kept::all::<PackSchedule>(tx)?));
    let found = app.store.view(who.scope("pack_schedule.list", app.now()), read).await?;
    Answer::ok(&Schedules { items: found.into_iter().map(|it| it.value).collect() })
}

/// Which pack, and how often.
#[derive(Deserialize, utoipa::ToSchema)]
struct ScheduleInput {
    /// `klu`, `maaned` or `myndighed`.
    #[schema(value_type = String)]
    pack: PackKind,
    /// `month` or `quarter`.
    #[schema(value_type = String)]
    every: PackEvery,
}

/// Starts a schedule; one that is there already is the same.
#[utoipa::path(post, path = "/api/v1/pack-schedules", tag = "packs", request_body = ScheduleInput,
    responses((status = 201, description = "Started", body = Changed)))]
async fn new_schedule(command: Command<ScheduleInput>) -> Result<Answer, Failure> {
    command
        .run(async |go: Go, input| {
            let id = schedule::start(&go.app, &go.who, input.pack, input.every).await?;
            go.made_or_found::<PackSchedule>(id).await
        })
        .await
}

/// Stops a schedule; what it made stays.
#[utoipa::path(post, path = "/api/v1/pack-schedules/{id}/stop", tag = "packs", params(("id" = Uuid, Path)),
    request_body = NoInput, responses((status = 200, description = "Stopped", body = Changed)))]
async fn stop_schedule(Path(id): Path<Uuid>, command: Command<NoInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, NoInput {}| {
            go.expect_of::<PackSchedule>(Uuid::nil(), id);
            let version = schedule::stop(&go.app, &go.who, id).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}
