//! The feed: `GET /ical/{token}`. No log-in; the address is the key. What is unknown, stopped or too long is not found, all
//! the same way. An address that is read too often, and wrong ones when there are many, wait.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use store::Seen;

use super::limit::FeedLimit;
use super::{content, ics, links};
use crate::web::Failure;
use crate::{App, AppError};

pub(super) async fn show(
    State(app): State<App>,
    Extension(limit): Extension<Arc<FeedLimit>>,
    Path(token): Path<String>,
) -> Result<Response, AppError> {
    // A calendar program may ask for the address with the ending that such files have.
    let token = token.strip_suffix(".ics").unwrap_or(&token);
    let key = links::key(token);
    if let Some(wait) = limit.wait(&key, app.now()) {
        return Ok(later(wait));
    }
    let Some((scope, subject)) = links::open(&app, token).await? else {
        limit.wrong(&key, app.now());
        return Err(AppError::NotFound("feed"));
    };
    limit.read(key, app.now());
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

/// Too often: when to come back (RFC 9110, section 10.2.3, in seconds).
fn later(wait: SignedDuration) -> Response {
    let detail = "Kalenderen er hentet for mange gange på kort tid. Prøv igen om lidt.";
    let mut response = Failure::new(StatusCode::TOO_MANY_REQUESTS, "too_many", detail).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().unsigned_abs().max(1)));
    response
}
