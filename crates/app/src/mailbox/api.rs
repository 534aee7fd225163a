//! Messages in the API: handing one over, the mailbox, and the bytes of what came and went.

mod files;

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use domain::message::Outcome;
use domain::permission::Permission;
use medcom::Limits;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::{MailboxRow, Received, mailbox_page, receive_for};
use crate::web::{Answer, Failure, IdempotencyKey, Routes, idempotent};
use crate::{App, AppError, Caller, ids};

/// The namespace of file ids that come from keys: the same key is the same file, even after a crash.
const KEYS: Uuid = Uuid::from_u128(0x6f72_6562_7967_5f6d_6573_7361_6765_6b65);
/// Types that a message may come as; the standard knows no other.
const TYPES: [&str; 3] = ["application/xml", "text/xml", "application/octet-stream"];

#[derive(OpenApi)]
#[openapi(paths(receive, list))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi().merge_from(files::Files::openapi())
}

/// The routes of messages.
pub fn routes() -> Routes {
    Routes::new()
        .post_up_to(Limits::default().file_bytes(), "/api/v1/messages", Permission::MessageReceive, receive)
        .get("/api/v1/messages", Permission::MailboxRead, list)
        .merge(files::routes())
}

/// Takes a raw MedCom message in, byte for byte.
///
/// 202 when it is kept but waits for somebody or something (parked, quarantined), else 200. What is for another
/// organization than the token's is refused as sent to an unknown location number.
#[utoipa::path(post, path = "/api/v1/messages", tag = "messages",
    request_body(content((String = "application/xml"), (String = "text/xml"), (Vec<u8> = "application/octet-stream"))),
    responses((status = 200, description = "Taken in", body = Received),
        (status = 202, description = "Kept, and waits", body = Received)))]
async fn receive(
    State(app): State<App>,
    who: Caller,
    key: IdempotencyKey,
    request: Request,
) -> Result<Answer, Failure> {
    let bytes = message_bytes(request, app.message_limits.file_bytes()).await?;
    let file = file_id(&app, &who, &key);
    let hash = Sha256::digest(&bytes).into();
    let work = async || {
        let received = receive_for(&app, who.organization, file, bytes.into()).await?;
        let answer = Answer::ok(&received)?;
        let waits = [Outcome::Parked, Outcome::Quarantined].iter().any(|outcome| outcome.word() == received.outcome);
        Ok(if waits { Answer { status: StatusCode::ACCEPTED, ..answer } } else { answer })
    };
    idempotent(&app, &who, key, hash, work).await
}

fn file_id(app: &App, who: &Caller, key: &IdempotencyKey) -> Uuid {
    match &key.0 {
        Some(key) => Uuid::new_v5(&KEYS, format!("{}/{key}", who.organization).as_bytes()),
        None => ids::new(app.now()),
    }
}

/// The whole body, or a refusal before it is read to its end.
async fn message_bytes(mut request: Request, limit: usize) -> Result<Bytes, Failure> {
    if !TYPES.contains(&content_type(request.headers()).as_str()) {
        let text = "Send beskeden som application/xml, text/xml eller application/octet-stream.";
        return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", text));
    }
    let announced = announced_length(request.headers());
    if announced.is_some_and(|length| length > limit) {
        return Err(AppError::TooLarge.into());
    }
    DefaultBodyLimit::max(limit).apply(&mut request);
    let bytes = Bytes::from_request(request, &()).await.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge.into(),
        _ => truncated(),
    })?;
    // Proxies may pass a body on that ended early.
    if bytes.is_empty() || announced.is_some_and(|length| length != bytes.len()) {
        return Err(truncated());
    }
    Ok(bytes)
}

fn content_type(headers: &HeaderMap) -> String {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

fn truncated() -> Failure {
    let text = "Beskeden kom ikke helt frem. Intet er gemt. Send den igen.";
    Failure::new(StatusCode::BAD_REQUEST, "truncated", text)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct MailboxQuery {
    /// Messages in the answer: 50 when left out, at most 200.
    limit: Option<i64>,
}

/// The mailbox.
#[derive(Serialize, utoipa::ToSchema)]
struct Mailbox {
    /// The newest, those that need somebody first.
    items: Vec<MailboxRow>,
}

/// The newest messages and what became of them, those that need somebody first.
#[utoipa::path(get, path = "/api/v1/messages", tag = "messages", params(MailboxQuery),
    responses((status = 200, description = "The mailbox", body = Mailbox)))]
async fn list(State(app): State<App>, who: Caller, Query(query): Query<MailboxQuery>) -> Result<Answer, AppError> {
    let limit = query.limit.unwrap_or(50).clamp(1, 200);
    let read = move |tx: &mut Tx<'_>| {
        let items = mailbox_page(tx, limit)?;
        let citizens: BTreeSet<Uuid> = items.iter().filter_map(|row| row.citizen).collect();
        Ok::<_, AppError>(Seen::list(citizens.into_iter().collect(), items))
    };
    let items = app.store.view(who.scope("mailbox", app.now()), read).await?;
    Answer::ok(&Mailbox { items })
}
