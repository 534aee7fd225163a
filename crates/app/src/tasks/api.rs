//! Tasks in the API.

use axum::extract::{Query, State};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;

use super::queries::{self, OpenTask};
use crate::web::{Answer, Routes};
use crate::{App, AppError, Caller};

/// Tasks in one answer.
const MOST: i64 = 500;

#[derive(OpenApi)]
#[openapi(paths(list))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of tasks.
pub fn routes() -> Routes {
    Routes::new().get("/api/v1/tasks", Permission::ReferralRead, list)
}

#[derive(Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct TaskQuery {
    /// Only the caller's own.
    mine: bool,
}

/// Open tasks.
#[derive(Serialize, utoipa::ToSchema)]
struct Tasks {
    /// The first due first; at most 500.
    items: Vec<OpenTask>,
}

/// Open tasks with the rule that made each, the first due first.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "tasks", params(TaskQuery),
    responses((status = 200, description = "The tasks", body = Tasks)))]
async fn list(State(app): State<App>, who: Caller, Query(query): Query<TaskQuery>) -> Result<Answer, AppError> {
    let owner = query.mine.then_some(who.user.0);
    let read = move |tx: &mut Tx<'_>| {
        let items = queries::open(tx, owner, MOST)?;
        Ok::<_, AppError>(Seen::list(items.iter().filter_map(|task| task.citizen).collect(), items))
    };
    let items = app.store.view(who.scope("task.list", app.now()), read).await?;
    Answer::ok(&Tasks { items })
}
