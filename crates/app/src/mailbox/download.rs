//! Originals and files, always as downloads: never shown by the browser, never guessed at, never a program.
//!
//! A download leaves the program, so besides the look into the record it stands in the audit as an export.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use store::{Seen, Tx};
use uuid::Uuid;

use super::{sniffed, stored, words};
use crate::web::Failure;
use crate::{App, AppError, Caller};

pub(super) async fn incoming(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    let message = read(&app, &caller, "message.original", move |tx| stored::message(tx, id)).await?;
    note(&app, &caller, "message.export", id, &message.body).await?;
    Ok(as_download(message.body, "application/octet-stream", &format!("besked-{id}.xml")))
}

pub(super) async fn outgoing(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    let message = read(&app, &caller, "outgoing.original", move |tx| stored::outgoing(tx, id)).await?;
    note(&app, &caller, "outgoing.export", id, &message.body).await?;
    Ok(as_download(message.body, "application/octet-stream", &format!("besked-{id}.xml")))
}

pub(super) async fn attachment(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, Failure> {
    let file = read(&app, &caller, "attachment", move |tx| stored::file(tx, id)).await?;
    let kind = words::file_kind(&file.file_type).filter(|_| !sniffed::is_program(&file.body));
    let Some(kind) = kind else { return Err(harmful()) };
    // What is not what it is called leaves as bytes only: no program is led to open it as what it claims to be.
    let kind = if sniffed::mismatch(&file.file_type, &file.body).is_some() { "application/octet-stream" } else { kind };
    note(&app, &caller, "attachment.export", id, &file.body).await?;
    let name = format!("{}.{}", safe_name(file.description.as_deref()), file.file_type.trim().to_ascii_lowercase());
    Ok(as_download(file.body, kind, &name))
}

fn harmful() -> Failure {
    let text = "Filtypen kan skade en computer og kan ikke hentes. Bed afsenderen sende den som pdf.";
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "file_type_refused", text)
}

async fn read<T: Send + 'static>(
    app: &App,
    caller: &Caller,
    action: &'static str,
    query: impl FnOnce(&mut Tx<'_>) -> Result<Seen<T>, AppError> + Send + 'static,
) -> Result<T, AppError> {
    app.store.view(caller.scope(action, app.now()), query).await
}

/// Notes an export in the audit, before it leaves.
pub(crate) async fn note(
    app: &App,
    caller: &Caller,
    action: &'static str,
    id: Uuid,
    body: &[u8],
) -> Result<(), AppError> {
    let line = format!("export {id} {}", store::sha256_hex(body));
    let scope = caller.scope(action, app.now());
    app.store
        .write(scope, move |tx| {
            tx.note(&line);
            Ok::<_, AppError>(())
        })
        .await
}

/// A file that the browser saves and does not look into.
pub(crate) fn as_download(body: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment"))),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}

/// A file name of letters, digits and dashes; what somebody wrote may hold anything.
fn safe_name(text: Option<&str>) -> String {
    let name: String =
        text.unwrap_or_default().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "bilag".to_owned() } else { name.chars().take(60).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_break_out_of_its_header() {
        assert_eq!(safe_name(Some("Gang\"test\r\n; x")), "Gang-test----x");
        assert_eq!(safe_name(Some("../..")), "bilag");
        assert_eq!(safe_name(None), "bilag");
    }
}
