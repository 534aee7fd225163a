//! Bytes as downloads: the original of a message, what we sent, files that came with letters. Never shown by a browser,
//! never programs, always in the access log.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::permission::Permission;
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::super::files::attachment_file;
use super::super::{original, outgoing_body};
use crate::web::{Failure, Routes};
use crate::{App, AppError, Caller};

/// File types that run when they are opened.
const PROGRAMS: [&str; 3] = ["exe", "com", "bat"];

#[derive(OpenApi)]
#[openapi(paths(message, outgoing, attachment))]
pub(super) struct Files;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/messages/{id}/original", Permission::MailboxRead, message)
        .get("/api/v1/outgoing/{id}", Permission::CitizenRead, outgoing)
        .get("/api/v1/attachments/{id}", Permission::CitizenRead, attachment)
}

/// The bytes of a message as they came.
///
/// When it is about a citizen the right to open records is needed as well.
#[utoipa::path(get, path = "/api/v1/messages/{id}/original", tag = "messages", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The bytes", content_type = "application/xml", body = String)))]
async fn message(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Response, AppError> {
    let reader = who.clone();
    let read = move |tx: &mut Tx<'_>| {
        let (bytes, citizen) = original(tx, id)?;
        if citizen.is_some() {
            reader.require(Permission::CitizenRead)?;
        }
        Ok::<_, AppError>(seen(citizen, bytes))
    };
    let bytes = app.store.view(scope(&app, &who, "message.original", id), read).await?;
    Ok(download(&format!("{id}.xml"), "application/xml", bytes))
}

/// The bytes of a message that we sent or are about to send.
#[utoipa::path(get, path = "/api/v1/outgoing/{id}", tag = "messages", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The bytes", content_type = "application/xml", body = String)))]
async fn outgoing(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Response, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let (_, bytes, citizen) = outgoing_body(tx, id)?;
        Ok::<_, AppError>(seen(citizen, bytes))
    };
    let bytes = app.store.view(scope(&app, &who, "message.outgoing", id), read).await?;
    Ok(download(&format!("{id}.xml"), "application/xml", bytes))
}

/// A file that came with a letter. Programs (exe, com, bat) are never handed out.
#[utoipa::path(get, path = "/api/v1/attachments/{id}", tag = "messages", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>)))]
async fn attachment(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let read = move |tx: &mut Tx<'_>| {
        let file = attachment_file(tx, id)?;
        Ok::<_, AppError>(seen(file.citizen, file))
    };
    let file = app.store.view(scope(&app, &who, "attachment", id), read).await?;
    let kind: String = file.file_type.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let kind = kind.to_ascii_lowercase();
    if PROGRAMS.contains(&kind.as_str()) {
        let text = "Filen er et program og udleveres ikke. Bed afsenderen om dokumentet i et andet format.";
        return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "file_type_refused", text));
    }
    let name = if kind.is_empty() { id.to_string() } else { format!("{id}.{kind}") };
    Ok(download(&name, "application/octet-stream", file.bytes))
}

/// Of nobody's record it is still written that somebody looked: such bytes may name a citizen.
fn seen<T>(citizen: Option<Uuid>, value: T) -> Seen<T> {
    match citizen {
        Some(citizen) => Seen::record(citizen, value),
        None => Seen::list(Vec::new(), value),
    }
}

fn scope(app: &App, who: &Caller, action: &'static str, id: Uuid) -> store::Scope {
    who.scope_because(action, app.now(), Some(id.to_string()))
}

fn download(name: &str, content_type: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Kept as it came: there is only this version.
        (header::ETAG, "\"v1\""),
    ];
    (headers, bytes).into_response()
}
