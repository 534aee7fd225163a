//! Teams in the API: the list, one team, sessions, seats, attendance.

use axum::extract::{Path, State};
use domain::ids::{SeatOfferId, SessionId, TeamId};
use domain::permission::Permission;
use domain::team::Team;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::{
    AttendanceInput, CancelSession, CareInput, EnrolInput, GuestInput, NeedInput, NewSessions, NewTeam, OfferInput,
    SessionInput, SettingInput, TeamRow,
};
use crate::web::{Answer, Changed, Command, Failure, Go, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(
    list,
    team,
    create,
    set_up,
    add_session,
    enrol,
    leave,
    take_attendance,
    cancel_session,
    offer_seat,
    answer_offer,
    set_need,
    note_care,
    invite_guest
))]
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
        .put("/api/v1/teams/{id}/setting", Permission::TeamWrite, set_up)
        .get("/api/v1/teams/{id}", Permission::TeamRead, team)
        .post("/api/v1/teams/{id}/sessions", Permission::TeamWrite, add_session)
        .post("/api/v1/teams/{id}/enrolments", Permission::TeamWrite, enrol)
        .post("/api/v1/teams/{id}/leave", Permission::TeamWrite, leave)
        .post("/api/v1/teams/{id}/sessions/{session}/attendance", Permission::TeamWrite, take_attendance)
        .post("/api/v1/teams/{id}/sessions/{session}/cancel", Permission::TeamWrite, cancel_session)
        .post("/api/v1/teams/{id}/offers", Permission::TeamWrite, offer_seat)
        .post("/api/v1/teams/{id}/offers/{offer}", Permission::TeamWrite, answer_offer)
        .post("/api/v1/teams/{id}/need", Permission::TeamWrite, set_need)
        .post("/api/v1/teams/{id}/care", Permission::TeamWrite, note_care)
        .post("/api/v1/teams/{id}/sessions/{session}/guests", Permission::TeamWrite, invite_guest)
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
    command
        .run(async |go, input| Go::made(super::create(&go.app, &go.who, input, NewSessions::default()).await?.0))
        .await
}

/// Sets a team up: seats, place, instructors, intake.
#[utoipa::path(put, path = "/api/v1/teams/{id}/setting", tag = "teams", params(("id" = Uuid, Path)),
    request_body = SettingInput, responses((status = 200, description = "Set up", body = Changed)))]
async fn set_up(Path(id): Path<Uuid>, command: Command<SettingInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            super::set_up(&go.app, &go.who, TeamId(id), go.version, input).await?;
            go.changed::<Team>(id).await
        })
        .await
}

/// A session to add.
#[derive(Deserialize, utoipa::ToSchema)]
struct AddSession {
    /// Its time.
    #[serde(flatten)]
    session: SessionInput,
    /// Added although an instructor or the room is taken.
    #[serde(default)]
    despite: bool,
}

/// A session of a team.
#[derive(Serialize, utoipa::ToSchema)]
struct SessionOut {
    /// The session.
    session: Uuid,
}

/// Adds a session.
#[utoipa::path(post, path = "/api/v1/teams/{id}/sessions", tag = "teams", params(("id" = Uuid, Path)),
    request_body = AddSession, responses((status = 201, description = "Added", body = SessionOut)))]
async fn add_session(Path(id): Path<Uuid>, command: Command<AddSession>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            let AddSession { session, despite } = input;
            let new = NewSessions { inputs: vec![session], despite };
            let added = super::add_sessions(&go.app, &go.who, TeamId(id), new).await?;
            let session = added.sessions.first().ok_or(AppError::NotFound("session"))?.0;
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

/// How many are told.
#[derive(Serialize, utoipa::ToSchema)]
struct Told {
    /// Citizens with a message.
    told: usize,
}

/// Calls a session off and queues a message to everybody with a seat.
#[utoipa::path(post, path = "/api/v1/teams/{id}/sessions/{session}/cancel", tag = "teams",
    params(("id" = Uuid, Path), ("session" = Uuid, Path)), request_body = CancelSession,
    responses((status = 200, description = "Called off", body = Told)))]
async fn cancel_session(
    Path((id, session)): Path<(Uuid, Uuid)>,
    command: Command<CancelSession>,
) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            let told = super::cancel_session(&go.app, &go.who, TeamId(id), SessionId(session), input).await?;
            go.answer::<Team, _>(id, &Told { told }).await
        })
        .await
}

/// An offer of a seat.
#[derive(Serialize, utoipa::ToSchema)]
struct OfferOut {
    /// The offer.
    offer: Uuid,
}

/// Offers a free seat to a citizen who waits.
#[utoipa::path(post, path = "/api/v1/teams/{id}/offers", tag = "teams", params(("id" = Uuid, Path)),
    request_body = OfferInput, responses((status = 201, description = "Offered", body = OfferOut)))]
async fn offer_seat(Path(id): Path<Uuid>, command: Command<OfferInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            let offer = super::offer_seat(&go.app, &go.who, TeamId(id), input).await?.0;
            go.created::<Team, _>(id, &OfferOut { offer }).await
        })
        .await
}

/// What the citizen says to an offer.
#[derive(Deserialize, utoipa::ToSchema)]
struct AnswerInput {
    /// Yes.
    accepted: bool,
}

/// The citizen's answer to an offer of a seat; a yes gives the seat.
#[utoipa::path(post, path = "/api/v1/teams/{id}/offers/{offer}", tag = "teams",
    params(("id" = Uuid, Path), ("offer" = Uuid, Path)), request_body = AnswerInput,
    responses((status = 200, description = "Answered", body = Changed)))]
async fn answer_offer(Path((id, offer)): Path<(Uuid, Uuid)>, command: Command<AnswerInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, AnswerInput { accepted }| {
            go.expect::<Team>(id).await?;
            super::answer_offer(&go.app, &go.who, TeamId(id), SeatOfferId(offer), accepted).await?;
            go.changed::<Team>(id).await
        })
        .await
}

/// Says how much a citizen who waits needs a seat.
#[utoipa::path(post, path = "/api/v1/teams/{id}/need", tag = "teams", params(("id" = Uuid, Path)),
    request_body = NeedInput, responses((status = 200, description = "Said", body = Changed)))]
async fn set_need(Path(id): Path<Uuid>, command: Command<NeedInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            super::set_need(&go.app, &go.who, input).await?;
            go.changed::<Team>(id).await
        })
        .await
}

/// Notes what whoever leads the team must mind about a participant.
#[utoipa::path(post, path = "/api/v1/teams/{id}/care", tag = "teams", params(("id" = Uuid, Path)),
    request_body = CareInput, responses((status = 200, description = "Noted", body = Changed)))]
async fn note_care(Path(id): Path<Uuid>, command: Command<CareInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            super::note_care(&go.app, &go.who, input).await?;
            go.changed::<Team>(id).await
        })
        .await
}

/// Gives a session to a guest instructor on its day.
#[utoipa::path(post, path = "/api/v1/teams/{id}/sessions/{session}/guests", tag = "teams",
    params(("id" = Uuid, Path), ("session" = Uuid, Path)), request_body = GuestInput,
    responses((status = 200, description = "Given", body = Changed)))]
async fn invite_guest(
    Path((id, session)): Path<(Uuid, Uuid)>,
    command: Command<GuestInput>,
) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Team>(id).await?;
            super::invite_guest(&go.app, &go.who, TeamId(id), SessionId(session), input).await?;
            go.changed::<Team>(id).await
        })
        .await
}
