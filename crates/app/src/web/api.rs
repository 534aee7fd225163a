//! What the API's handlers take and answer: JSON that says where it is wrong, versions as entity tags.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::StoreError;

use super::Failure;
use crate::AppError;

/// A JSON body; an empty one is an object without members.
#[derive(Debug, Clone)]
pub struct ApiJson<T> {
    /// What it says.
    pub value: T,
    /// SHA-256 of method, path and body: the same request has the same.
    pub hash: [u8; 32],
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let mut hash = Sha256::new();
        hash.update(format!("{} {}\n", request.method(), request.uri().path()));
        let is_json = is_json(request.headers());
        let body = Bytes::from_request(request, state).await.map_err(|error| Failure::of_status(error.status()))?;
        if !is_json && !body.is_empty() {
            let text = "Indholdet skal sendes som application/json.";
            return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", text));
        }
        hash.update(&body);
        let value = read(if body.is_empty() { b"{}" } else { &body }).map_err(|error| unreadable(&error))?;
        Ok(Self { value, hash: hash.finalize().into() })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The whole body must be one document: what stands after it is refused, not dropped.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_path_to_error::Error<serde_json::Error>> {
    let mut track = serde_path_to_error::Track::new();
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = T::deserialize(serde_path_to_error::Deserializer::new(&mut reader, &mut track));
    let value = value.and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| serde_path_to_error::Error::new(track.path(), error))
}

/// Where it is wrong. What stood there is left out: it may be a CPR number.
fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Failure {
    let (path, inner) = (error.path().to_string(), error.inner());
    let place = format!("linje {}, kolonne {}", inner.line(), inner.column());
    if inner.is_syntax() || inner.is_eof() {
        let text = format!("Indholdet er ikke gyldig JSON ({place}).");
        return Failure::new(StatusCode::BAD_REQUEST, "unreadable", text);
    }
    let missing =
        inner.to_string().strip_prefix("missing field `").and_then(|rest| Some(rest.split_once('`')?.0.to_owned()));
    let (field, code, what) = match missing {
        Some(name) if path == "." => (name, "field_missing", "mangler"),
        Some(name) => (format!("{path}.{name}"), "field_missing", "mangler"),
        None => (path, "field_unreadable", "kan ikke læses"),
    };
    let text = format!("Feltet {field} {what} ({place}).");
    Failure { field: Some(field), ..Failure::new(StatusCode::UNPROCESSABLE_ENTITY, code, text) }
}

/// The version that a change builds on, from `If-Match: "v3"`; none when the header is left out or is `*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        parse_etag(value.as_bytes()).ok_or_else(|| {
            let text = "If-Match skal være den ETag, som posten blev læst med, for eksempel \"v3\".";
            Failure::new(StatusCode::BAD_REQUEST, "if_match_unreadable", text)
        })
    }
}

fn parse_etag(value: &[u8]) -> Option<IfMatch> {
    let text = std::str::from_utf8(value).ok()?.trim();
    if text == "*" {
        return Some(IfMatch(None));
    }
    let version = text.strip_prefix("W/").unwrap_or(text).strip_prefix("\"v")?.strip_suffix('"')?;
    version.parse().ok().map(|version| IfMatch(Some(version)))
}

/// The entity tag of a version: `"v3"`.
pub fn etag(version: i64) -> String {
    format!("\"v{version}\"")
}

/// An answer of the API: status, JSON and entity tag, so that it can be kept and given again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// JSON text; empty for none.
    pub body: String,
    /// Entity tag.
    pub etag: Option<String>,
}

impl Answer {
    /// JSON without a version.
    pub fn ok<T: Serialize>(value: &T) -> Result<Self, AppError> {
        Self::with(StatusCode::OK, value, None)
    }

    /// JSON of a record in a version.
    pub fn version<T: Serialize>(value: &T, version: i64) -> Result<Self, AppError> {
        Self::with(StatusCode::OK, value, Some(etag(version)))
    }

    /// JSON of a record that came into being.
    pub fn created<T: Serialize>(value: &T, version: i64) -> Result<Self, AppError> {
        Self::with(StatusCode::CREATED, value, Some(etag(version)))
    }

    /// JSON with a status of its own.
    pub(super) fn with<T: Serialize>(status: StatusCode, value: &T, etag: Option<String>) -> Result<Self, AppError> {
        let body = serde_json::to_string(value).map_err(|_| StoreError::Unreadable { what: "answer" })?;
        Ok(Self { status, body, etag })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = (self.status, [(header::CONTENT_TYPE, "application/json")], self.body).into_response();
        if let Some(value) = self.etag.and_then(|tag| HeaderValue::from_str(&tag).ok()) {
            response.headers_mut().insert(header::ETAG, value);
        }
        response
    }
}
