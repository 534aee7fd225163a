//! Short messages in the API: those that wait, and that some were given. This is where a sender of text messages fits in.

use axum::extract::State;
use domain::ids::NoticeId;
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::NoticeRow;
use crate::web::{Answer, Command, Failure, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(list, given))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of short messages.
pub fn routes() -> Routes {
    Routes::new().get("/api/v1/notices", Permission::CitizenRead, list).post(
        "/api/v1/notices/given",
        Permission::CitizenWrite,
        given,
    )
}

/// Messages that wait.
#[derive(Serialize, utoipa::ToSchema)]
struct Notices {
    /// The oldest first.
    items: Vec<NoticeRow>,
}

/// Messages to citizens that were not given yet, each with its channel and number.
#[utoipa::path(get, path = "/api/v1/notices", tag = "notices",
    responses((status = 200, description = "Those that wait", body = Notices)))]
async fn list(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>| {
        let items = super::waiting(tx)?;
        let seen: Vec<Uuid> = items.iter().map(|row| row.citizen.0).collect();
        Ok::<_, AppError>(if seen.is_empty() { Seen::nothing(items) } else { Seen::list(seen, items) })
    };
    let items = app.store.view(who.scope("notice.list", app.now()), read).await?;
    Answer::ok(&Notices { items })
}

/// Messages that were given.
#[derive(Deserialize, utoipa::ToSchema)]
struct GivenInput {
    /// Which.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    notices: Vec<NoticeId>,
}

/// How many were noted.
#[derive(Serialize, utoipa::ToSchema)]
struct Given {
    /// Messages.
    given: usize,
}

/// Says that messages were given. Twice is once.
#[utoipa::path(post, path = "/api/v1/notices/given", tag = "notices", request_body = GivenInput,
    responses((status = 200, description = "Noted", body = Given)))]
async fn given(command: Command<GivenInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, GivenInput { notices }| {
            for id in &notices {
                super::given(&go.app, &go.who, *id).await?;
            }
            Answer::ok(&Given { given: notices.len() })
        })
        .await
}
