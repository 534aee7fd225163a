//! Boards in the API: what is there, one of them, and making one.

use axum::extract::{Path, State};
use domain::ids::ImprovementBoardId;
use domain::improvement::{ImprovementBoard, Measure};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::Seen;
use utoipa::OpenApi;
use uuid::Uuid;

use super::commands::{self, BoardInput};
use super::queries;
use crate::web::{Answer, Command, Failure, Go, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(every, one, made))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of boards.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/improvement", Permission::QualityRead, every)
        .get("/api/v1/improvement/{id}", Permission::QualityRead, one)
        .post("/api/v1/improvement", Permission::QualityWrite, made)
}

/// Every board.
#[derive(Serialize, utoipa::ToSchema)]
struct Boards {
    /// Those that go on first.
    #[schema(value_type = Vec<Object>)]
    items: Vec<ImprovementBoard>,
}

/// The improvement boards of the municipality.
#[utoipa::path(get, path = "/api/v1/improvement", tag = "improvement",
    responses((status = 200, description = "Every board", body = Boards)))]
async fn every(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let items = app
        .store
        .view(who.scope("improvement.list", app.now()), |tx| Ok::<_, AppError>(Seen::nothing(queries::all(tx)?)))
        .await?;
    Answer::ok(&Boards { items })
}

/// A board with its tests.
#[utoipa::path(get, path = "/api/v1/improvement/{id}", tag = "improvement", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The board", body = Object)))]
async fn one(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read =
        move |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::board(tx, ImprovementBoardId(id))?));
    let board = app.store.view(who.scope("improvement.board", app.now()), read).await?;
    Answer::ok(&board.value)
}

/// A board to make.
#[derive(Deserialize, utoipa::ToSchema)]
struct NewBoard {
    /// What it is called.
    name: String,
    /// What is to change, how much and by when.
    aim: String,
    /// Id of the indicator.
    indicator: String,
    /// Breakdown of the indicator, and group in it; none for all.
    group: Option<(String, String)>,
}

/// Makes a board.
#[utoipa::path(post, path = "/api/v1/improvement", tag = "improvement", request_body = NewBoard,
    responses((status = 201, description = "Made", body = crate::web::Changed)))]
async fn made(command: Command<NewBoard>) -> Result<Answer, Failure> {
    command
        .run(async |go, NewBoard { name, aim, indicator, group }| {
            let input = BoardInput { name, aim, ..BoardInput::default() };
            let measure = Measure { indicator, group };
            let id = commands::create(&go.app, &go.who, measure, input, None).await?;
            Go::made(id.0)
        })
        .await
}
