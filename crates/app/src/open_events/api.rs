//! Open offers in the API: the counts of a period, and a new one.

use axum::extract::{Query, State};
use domain::open_event::{OpenEvent, OpenEventTotal};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;

use super::commands::OpenEventInput;
use super::queries;
use crate::web::{Answer, Changed, Command, Failure, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(list, count))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of open offers.
pub fn routes() -> Routes {
    Routes::new().get("/api/v1/open-events", Permission::TeamRead, list).post(
        "/api/v1/open-events",
        Permission::TeamWrite,
        count,
    )
}

/// Both days are included.
#[derive(Deserialize, utoipa::IntoParams)]
struct Period {
    /// First day; the first of this year when left out.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Last day; today when left out.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// Counts of a period.
#[derive(Serialize, utoipa::ToSchema)]
struct OpenEvents {
    /// What they came to.
    #[schema(value_type = Object)]
    total: OpenEventTotal,
    /// The newest first.
    #[schema(value_type = Vec<Object>)]
    items: Vec<OpenEvent>,
}

/// Open offers held in a period, with what they came to.
#[utoipa::path(get, path = "/api/v1/open-events", tag = "open-events", params(Period),
    responses((status = 200, description = "The counts", body = OpenEvents)))]
async fn list(State(app): State<App>, who: Caller, Query(period): Query<Period>) -> Result<Answer, AppError> {
    let today = local_date(app.now());
    let (from, to) = (period.from.unwrap_or_else(|| today.first_of_year()), period.to.unwrap_or(today));
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::held(tx, from, to)?));
    let held = app.store.view(who.scope("open_event.list", app.now()), read).await?;
    let items: Vec<OpenEvent> = held.into_iter().map(|version| version.event).collect();
    Answer::ok(&OpenEvents { total: OpenEventTotal::of(&items), items })
}

/// Counts an open offer.
#[utoipa::path(post, path = "/api/v1/open-events", tag = "open-events", request_body = OpenEventInput,
    responses((status = 201, description = "Counted", body = Changed)))]
async fn count(command: Command<OpenEventInput>) -> Result<Answer, Failure> {
    command
        .run(async |go, input| {
            let id = super::count(&go.app, &go.who, &input).await?.0;
            Answer::created(&Changed { id, version: 1 }, 1)
        })
        .await
}
