//! The end of a course: closing, the note to the referrer, withdrawal, follow-ups.

use axum::extract::Path;
use domain::codes::StopReason;
use domain::course::Course;
use domain::follow_up::FollowUp;
use domain::ids::{CitizenId, CourseId, FollowUpId};
use domain::permission::Permission;
use serde::Deserialize;
use utoipa::OpenApi;
use uuid::Uuid;

use super::super::{self as courses, CloseInput, Closed, FollowUpResult, NoteInput, NotesSent};
use crate::web::{Answer, Changed, Command, Failure, Routes};

#[derive(OpenApi)]
#[openapi(paths(close, final_note, withdraw, follow_up))]
pub(super) struct Closing;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/courses/{id}/close", Permission::CourseWrite, close)
        .post("/api/v1/courses/{id}/final-note", Permission::CourseWrite, final_note)
        .post("/api/v1/courses/{id}/withdraw", Permission::CourseWrite, withdraw)
        .post("/api/v1/citizens/{id}/follow-ups/{follow_up}/result", Permission::CourseWrite, follow_up)
}

/// Closes a course with its closing talk.
///
/// What stands in the way is refused with `close_blocked` and listed in `blockers`; a leader may set it aside.
#[utoipa::path(post, path = "/api/v1/courses/{id}/close", tag = "courses", params(("id" = Uuid, Path)),
    request_body = CloseInput, responses((status = 200, description = "Closed", body = Closed)))]
async fn close(Path(id): Path<Uuid>, command: Command<CloseInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let closed = courses::close(&go.app, &go.who, CourseId(id), go.version, input).await?;
            go.answer::<Course, _>(id, &closed).await
        })
        .await
}

/// Queues the closing note (XDIS15) of a course to each referrer.
#[utoipa::path(post, path = "/api/v1/courses/{id}/final-note", tag = "courses", params(("id" = Uuid, Path)),
    request_body = NoteInput, responses((status = 200, description = "Queued", body = NotesSent)))]
async fn final_note(Path(id): Path<Uuid>, command: Command<NoteInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Course>(id).await?;
            let sent = courses::send_final_note(&go.app, &go.who, CourseId(id), input).await?;
            go.answer::<Course, _>(id, &sent).await
        })
        .await
}

/// Why the citizen stops.
#[derive(Deserialize, utoipa::ToSchema)]
struct WithdrawInput {
    /// One of the nine reasons.
    #[schema(value_type = String)]
    reason: StopReason,
}

/// The citizen stops the whole course.
#[utoipa::path(post, path = "/api/v1/courses/{id}/withdraw", tag = "courses", params(("id" = Uuid, Path)),
    request_body = WithdrawInput, responses((status = 200, description = "Stopped", body = Changed)))]
async fn withdraw(Path(id): Path<Uuid>, command: Command<WithdrawInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Course>(id).await?;
            courses::withdraw(&go.app, &go.who, CourseId(id), input.reason).await?;
            go.changed::<Course>(id).await
        })
        .await
}

/// What became of an agreed follow-up.
#[utoipa::path(post, path = "/api/v1/citizens/{id}/follow-ups/{follow_up}/result", tag = "courses",
    params(("id" = Uuid, Path), ("follow_up" = Uuid, Path)), request_body = FollowUpResult,
    responses((status = 200, description = "Registered", body = Changed)))]
async fn follow_up(
    Path((id, follow_up)): Path<(Uuid, Uuid)>,
    command: Command<FollowUpResult>,
) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect_of::<FollowUp>(id, follow_up);
            courses::end_follow_up(&go.app, &go.who, CitizenId(id), FollowUpId(follow_up), input).await?;
            Answer::version(&Changed { id: follow_up, version: 2 }, 2)
        })
        .await
}
