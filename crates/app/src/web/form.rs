//! Forms: a change must come from our own page, and then becomes a typed value.
//!
//! Three locks: the cookie is `SameSite=Lax`, the browser's own word about where the request comes from, and the token.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::Failure;
use super::upload::is_upload;
use crate::AppError;

/// A form; a field may stand there several times when its type is a `Vec`.
#[derive(Debug, Clone)]
pub struct PageForm<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for PageForm<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        let bytes = axum::body::Bytes::from_request(request, state).await.map_err(|_| AppError::TooLarge)?;
        serde_html_form::from_bytes(&bytes).map(Self).map_err(|_| AppError::Unreadable("form"))
    }
}

#[derive(Deserialize)]
struct Token {
    csrf: Option<String>,
}

/// Refuses a change that does not come from our own page. Reads the body of a form and puts it back.
pub(super) async fn from_our_own_page(request: &mut Request, token: &str, limit: usize) -> Result<(), Failure> {
    if !same_origin(request.headers()) {
        return Err(Failure::new(
            StatusCode::FORBIDDEN,
            "cross_origin",
            "Handlingen kom fra en anden side end Forebyg.",
        ));
    }
    let sent = match header_token(request.headers()) {
        Some(token) => Some(token),
        None if is_form(request.headers()) => form_token(request, limit).await?,
        None if is_upload(request.headers()) => upload_token(request, limit).await?,
        None => None,
    };
    match sent {
        Some(sent) if same(&sent, token) => Ok(()),
        _ => Err(Failure::new(
            StatusCode::FORBIDDEN,
            "csrf_missing",
            "Siden har stået åben for længe. Gå tilbage, genindlæs siden, og prøv igen.",
        )),
    }
}

fn header_token(headers: &HeaderMap) -> Option<String> {
    Some(headers.get("x-csrf-token")?.to_str().ok()?.to_owned())
}

fn is_form(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}

async fn form_token(request: &mut Request, limit: usize) -> Result<Option<String>, Failure> {
    let body = std::mem::take(request.body_mut());
    let bytes = to_bytes(body, limit).await.map_err(|_| Failure::from(AppError::TooLarge))?;
    let token = serde_html_form::from_bytes::<Token>(&bytes).ok().and_then(|t| t.csrf);
    *request.body_mut() = Body::from(bytes);
    Ok(token)
}

/// The token of a form with a file. The file is not looked at when the token stands before it, as in ours.
async fn upload_token(request: &mut Request, limit: usize) -> Result<Option<String>, Failure> {
    let body = std::mem::take(request.body_mut());
    let bytes = to_bytes(body, limit).await.map_err(|_| Failure::from(AppError::TooLarge))?;
    let mut copy = Request::new(Body::from(bytes.clone()));
    copy.headers_mut().clone_from(request.headers());
    *request.body_mut() = Body::from(bytes);
    let Ok(mut parts) = Multipart::from_request(copy, &()).await else { return Ok(None) };
    while let Ok(Some(part)) = parts.next_field().await {
        if part.name() == Some("csrf") {
            return Ok(part.text().await.ok());
        }
    }
    Ok(None)
}

/// By `Sec-Fetch-Site`, which no page can forge; older browsers send `Origin`. A program without either has no cookie
/// that another page could misuse.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), ..) => matches!(site, "same-origin" | "none"),
        (None, None, _) => true,
        (None, Some(origin), host) => origin.split_once("://").map(|(_, authority)| authority) == host,
    }
}

/// Compares without telling by its duration how far two tokens agree.
pub(super) fn same(sent: &str, expected: &str) -> bool {
    Sha256::digest(sent.as_bytes()) == Sha256::digest(expected.as_bytes())
}
