//! The whole program as one service: the capabilities' routes, and around them what holds for every answer.

use std::any::Any;
use std::sync::Arc;

use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, middleware};
use domain::permission::Permission;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use super::metrics::{self, Metrics};
use super::routes::Guarded;
use super::{FORM_LIMIT, Failure, Route, Settings, all, headers};
use crate::App;
use crate::access::{Desk, SessionTable};
use crate::feeds::FeedLimit;
use crate::language;

/// Where an address that leads nowhere ends: with the frame of whoever asked.
const NOWHERE: Route = Route { path: "", method: "", permission: Permission::Public, body_limit: FORM_LIMIT };

/// Every route of the program.
pub fn router(app: App, settings: Settings) -> Router {
    serve(all(), app, settings)
}

/// Any routes as a program of their own; tests bring theirs.
pub fn serve(routes: super::Routes, app: App, settings: Settings) -> Router {
    let metrics = Arc::new(Metrics::default());
    routes
        .into_router()
        .fallback(Guarded { route: NOWHERE, handler: not_found })
        .method_not_allowed_fallback(Guarded { route: NOWHERE, handler: not_allowed })
        .layer(sessions(&app, &settings))
        .layer(Extension(settings.clone()))
        .layer(Extension(Arc::clone(&metrics)))
        .layer(Extension(Arc::new(Desk::default())))
        .layer(Extension(Arc::new(FeedLimit::default())))
        .layer(middleware::from_fn(language::in_the_readers_language))
        .layer(compression())
        .layer(middleware::from_fn_with_state(metrics, metrics::measure))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(settings, headers::add))
        .with_state(app)
}

fn sessions(app: &App, settings: &Settings) -> SessionManagerLayer<SessionTable> {
    // The prefix makes browsers refuse the cookie from other hosts and without TLS.
    SessionManagerLayer::new(SessionTable::new(app))
        .with_name(if settings.https { "__Host-forebyg" } else { "forebyg" })
        .with_same_site(SameSite::Lax)
        .with_secure(settings.https)
        .with_expiry(Expiry::OnSessionEnd)
}

/// Pages and JSON, at the speed of the cheapest level; files come compressed already.
fn compression() -> CompressionLayer<impl Predicate> {
    let text = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        kind.starts_with("text/html") || kind.contains("json") || kind.contains("xml") || kind.starts_with("text/csv")
    };
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(SizeAbove::new(1024).and(text))
}

/// Outside the guard, where nobody is known: the status alone.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

async fn not_found() -> Failure {
    Failure::of_status(StatusCode::NOT_FOUND)
}

async fn not_allowed() -> Failure {
    Failure::of_status(StatusCode::METHOD_NOT_ALLOWED)
}
