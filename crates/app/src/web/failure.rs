//! What went wrong, before it is known whether a person or a machine reads it. The guard makes a Danish page or a problem
//! document (RFC 9457) of it.

use std::error::Error as _;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::course::CourseError;
use serde_json::{Map, Value, json};

use crate::AppError;

/// A refusal or a failure, as both sides show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable code for machines.
    pub code: &'static str,
    /// What is wrong and what to do, in Danish.
    pub detail: String,
    /// Which field of the request, when it is about one.
    pub field: Option<String>,
    /// What else machines are told, such as everything that a talk still lacks.
    pub members: Map<String, Value>,
}

impl Failure {
    /// A failure with a code and a text of its own.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), field: None, members: Map::new() }
    }

    /// The failure that a bare status stands for, such as one that the framework answered.
    pub fn of_status(status: StatusCode) -> Self {
        let (code, detail) = match status {
            StatusCode::NOT_FOUND => ("not_found", "Siden findes ikke her. Gå tilbage, og prøv igen."),
            StatusCode::METHOD_NOT_ALLOWED => ("method_not_allowed", "Siden kan ikke bruges på den måde."),
            StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "Det, du sendte, er for stort."),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("unsupported_media_type", "Indholdets type kan ikke læses her."),
            status if status.is_server_error() => ("failed", "Noget gik galt hos os. Prøv igen om lidt."),
            _ => ("unreadable", "Forespørgslen kunne ikke læses."),
        };
        Self::new(status, code, detail)
    }

    /// Heading in Danish.
    pub fn title(&self) -> &'static str {
        match self.status {
            StatusCode::UNAUTHORIZED => "Du er ikke logget ind",
            StatusCode::FORBIDDEN => "Du har ikke adgang",
            StatusCode::NOT_FOUND => "Det findes ikke",
            StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => "En kollega har gemt imens",
            StatusCode::PAYLOAD_TOO_LARGE => "Det er for stort",
            StatusCode::TOO_MANY_REQUESTS => "Vent lidt",
            StatusCode::UNPROCESSABLE_ENTITY => "Det kan ikke gøres sådan",
            status if status.is_server_error() => "Noget gik galt hos os",
            _ => "Forespørgslen kunne ikke læses",
        }
    }

    /// The problem document.
    pub(super) fn problem(&self) -> Response {
        let mut body = json!({
            "type": format!("urn:forebyg:problem:{}", self.code),
            "title": self.title(),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
        });
        if let Some(field) = &self.field {
            body["field"] = json!(field);
        }
        for (name, value) in &self.members {
            body[name] = value.clone();
        }
        let headers = [("content-type", "application/problem+json")];
        let mut response = (self.status, headers, body.to_string()).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert("www-authenticate", axum::http::HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        if error.status().is_server_error() {
            tracing::error!(error = %error, cause = error.source().map(tracing::field::display), "request failed");
        }
        let field = if let AppError::Field { field, .. } = &error { Some((*field).to_owned()) } else { None };
        let members = members(&error);
        Self { status: error.status(), code: error.code(), detail: error.user_message(), field, members }
    }
}

/// Lists that a program can act on, beside the sentence that a person reads.
fn members(error: &AppError) -> Map<String, Value> {
    let (name, value) = match error {
        AppError::Course(CourseError::TalkIncomplete(gaps)) => ("missing", json!(gaps)),
        AppError::Course(CourseError::Blocked(blockers)) => ("blockers", json!(blockers)),
        AppError::Changed { found, .. } if *found > 0 => ("version", json!(found)),
        _ => return Map::new(),
    };
    Map::from_iter([(name.to_owned(), value)])
}

/// The status and, for the guard, what it stands for.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        Failure::from(self).into_response()
    }
}
