//! The feed: `GET /ical/{token}`. No log-in; the address is the key. What is unknown, stopped or too long is not found, all
//! the same way.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use store::Seen;

use super::{content, ics, links};
use crate::{App, AppError};

pub(super) async fn show(State(app): State<App>, Path(token): Path<String>) -> Result<Response, AppError> {
    // A calendar program may ask for the address with the ending that such files have.
    let token = token.strip_suffix(".ics").unwrap_or(&token);
    let Some((scope, subject)) = links::open(&app, token).await? else { return Err(AppError::NotFound("feed")) };
    let now = app.now();
    let read = move |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::nothing(content::events(tx, subject, now)?));
    let (name, events) = app.store.view(scope, read).await?;
    let text = ics::calendar(&name, &events, now);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"forebyg.ics\""),
    ];
    Ok((StatusCode::OK, headers, text).into_response())
}
