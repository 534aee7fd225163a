//! Teams in the API: the list, one team, sessions, seats, attendance.

use axum::extract::{Path, State};
use domain::ids::{SessionId, TeamId};
use domain::permission::Permission;
use domain::team::Team;
use serde::Serialize;
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::{AttendanceInput, EnrolInput, NewTeam, SessionInput, TeamRow};
use crate::web::{Answer, Changed, Command, Failure, Go, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(list, team, create, add_session, enrol, leave, take_attendance))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of teams.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/teams", Permission::TeamRead, list)
        .post("/api/v1/teams", Permission::TeamWrite, create)
        .get("/api/v1/teams/{id}", Permission::TeamRead, team)
        .post("/api/v1/teams/{id}/sessions", Permission::TeamWrite, add_session)
        .post("/api/v1/teams/{id}/enrolments", Permission::TeamWrite, enrol)
        .post("/api/v1/teams/{id}/leave", Permission::TeamWrite, leave)
        .post("/api/v1/teams/{id}/sessions/{session}/attendance", Permission::TeamWrite, take_attendance)
}

/// All teams.
#[derive(Serialize, utoipa::ToSchema)]
struct Teams {
    /// By name.
    items: Vec<TeamRow>,
}

/// All teams with their free seats.
#[utoipa::path(get, path = "/api/v1/teams", tag = "teams", responses((status = 200, description = "The teams", body = Teams)))]
async fn list(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(super::list(tx)?));
    let items = app.store.view(who.scope("team.list", app.now()), read).await?;
    Answer::ok(&Teams { items })
}

/// A team with its version.
#[derive(Serialize)]
struct TeamOut {
    version: i64,
    #[serde(flatten)]
    team: Team,
}

/// One team with seats, sessions and attendance.
#[utoipa::path(get, path = "/api/v1/teams/{id}", tag = "teams", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The team", body = Object)))]
async fn team(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let team = super::team(tx, TeamId(id))?;
        Ok::<_, AppError>(Seen::list(team.value.enrolled.iter().map(|seat| seat.citizen.0).collect(), team))
    };
    let team = app.store.view(who.scope("team.open", app.now()), read).await?;
    Answer::version(&TeamOut { version: team.version, team: team.value }, team.version)
}

/// Makes a team.
#[utoipa::path(post, path = "/api/v1/teams", tag = "teams", request_body = NewTeam,
    responses((status = 201, description = "Made", body = Changed)))]
async fn create(command: Command<NewTeam>) -> Result<Answer, Failure> {
    command.run(async |go, input| Go::made(super::create(&go.app, &go.who, input).await?.0)).await
}

/// A session of a team.
#[derive(Serialize, utoipa::ToSchema)]
struct SessionOut {
    /// The session.
    session: Uuid,
}

/// Adds a session.
#[utoipa::path(post, path = "/api/v1/teams/{id}/sessions", tag = "teams", params(("id" = Uuid, Path)),
    request_body = SessionInput, responses((status = 201, description = "Added", body = SessionOut)))]
async fn add_session(Path(id): Path<Uuid>, command: Command<SessionInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            let session = super::add_session(&go.app, &go.who, TeamId(id), input).await?.0;
            go.created::<Team, _>(id, &SessionOut { session }).await
        })
        .await
}

/// Gives a citizen a seat for a granted intervention.
#[utoipa::path(post, path = "/api/v1/teams/{id}/enrolments", tag = "teams", params(("id" = Uuid, Path)),
    request_body = EnrolInput, responses((status = 200, description = "Enrolled", body = Changed)))]
async fn enrol(Path(id): Path<Uuid>, command: Command<EnrolInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            super::enrol(&go.app, &go.who, TeamId(id), input).await?;
            go.changed::<Team>(id).await
        })
        .await
}

/// Gives a seat back.
#[utoipa::path(post, path = "/api/v1/teams/{id}/leave", tag = "teams", params(("id" = Uuid, Path)),
    request_body = EnrolInput, responses((status = 200, description = "Left", body = Changed)))]
async fn leave(Path(id): Path<Uuid>, command: Command<EnrolInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            super::leave(&go.app, &go.who, TeamId(id), input).await?;
            go.changed::<Team>(id).await
        })
        .await
}

/// How many came.
#[derive(Serialize, utoipa::ToSchema)]
struct Came {
    /// Citizens who came.
    came: usize,
}

/// Takes attendance: everybody with a seat who is not named as absent came.
#[utoipa::path(post, path = "/api/v1/teams/{id}/sessions/{session}/attendance", tag = "teams",
    params(("id" = Uuid, Path), ("session" = Uuid, Path)), request_body = AttendanceInput,
    responses((status = 200, description = "Taken", body = Came)))]
async fn take_attendance(
    Path((id, session)): Path<(Uuid, Uuid)>,
    command: Command<AttendanceInput>,
) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            let came = super::take_attendance(&go.app, &go.who, TeamId(id), SessionId(session), input).await?;
            go.answer::<Team, _>(id, &Came { came }).await
        })
        .await
}
