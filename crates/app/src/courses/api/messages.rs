//! What a course says: letters to the citizen, messages to the referrer, the doctor and another municipality.

use axum::extract::Path;
use domain::course::Course;
use domain::course_message::CourseMessage;
use domain::ids::CourseId;
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use utoipa::OpenApi;
use uuid::Uuid;

use super::super::{self as courses, Outreach, OutreachInput};
use crate::web::{Answer, Command, Failure, Routes};

#[derive(OpenApi)]
#[openapi(paths(message, letter))]
pub(super) struct Messages;

pub(super) fn routes() -> Routes {
    Routes::new().post("/api/v1/courses/{id}/messages", Permission::CourseWrite, message).post(
        "/api/v1/courses/{id}/letters",
        Permission::CourseWrite,
        letter,
    )
}

/// How a message left.
#[derive(Serialize, utoipa::ToSchema)]
struct Left {
    /// It is queued for the mailbox; otherwise it is a letter that somebody must send.
    queued: bool,
}

/// Sends a message about the citizen to somebody else: M6, M8 or M18.
///
/// It rests on the citizen's consent, or for M6 and M8 on a reason under section 41; never after a refusal.
#[utoipa::path(post, path = "/api/v1/courses/{id}/messages", tag = "courses", params(("id" = Uuid, Path)),
    request_body = OutreachInput, responses((status = 200, description = "Queued or written", body = Left)))]
async fn message(Path(id): Path<Uuid>, command: Command<OutreachInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Course>(id).await?;
            let left = courses::reach_out(&go.app, &go.who, CourseId(id), input).await?;
            go.answer::<Course, _>(id, &Left { queued: left == Outreach::Queued }).await
        })
        .await
}

/// Which letter.
#[derive(Deserialize, utoipa::ToSchema)]
struct LetterInput {
    /// M5, M15 or M16.
    #[schema(value_type = String)]
    letter: CourseMessage,
}

/// Writes a letter to the citizen from the record: M5, M15 or M16. It waits until somebody has sent it.
#[utoipa::path(post, path = "/api/v1/courses/{id}/letters", tag = "courses", params(("id" = Uuid, Path)),
    request_body = LetterInput, responses((status = 200, description = "Written", body = Left)))]
async fn letter(Path(id): Path<Uuid>, command: Command<LetterInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, LetterInput { letter }| {
            go.expect::<Course>(id).await?;
            courses::write_letter(&go.app, &go.who, CourseId(id), letter).await?;
            go.answer::<Course, _>(id, &Left { queued: false }).await
        })
        .await
}
