//! The whole program as one service: the capabilities' routes, and around them what holds for every answer.

use axum::http::StatusCode;
use axum::{Extension, Router};
use domain::permission::Permission;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use super::routes::Guarded;
use super::{FORM_LIMIT, Failure, Route, Settings, all};
use crate::App;
use crate::access::SessionTable;

/// Where an address that leads nowhere ends: with the frame of whoever asked.
const NOWHERE: Route = Route { path: "", method: "", permission: Permission::Public, body_limit: FORM_LIMIT };

/// Every route of the program.
pub fn router(app: App, settings: Settings) -> Router {
    let sessions = SessionManagerLayer::new(SessionTable::new(&app))
        .with_name(if settings.https { "__Host-forebyg" } else { "forebyg" })
        .with_same_site(SameSite::Lax)
        .with_secure(settings.https)
        .with_expiry(Expiry::OnSessionEnd);
    all()
        .into_router()
        .fallback(Guarded { route: NOWHERE, handler: not_found })
        .method_not_allowed_fallback(Guarded { route: NOWHERE, handler: not_allowed })
        .layer(sessions)
        .layer(Extension(settings))
        .with_state(app)
}

async fn not_found() -> Failure {
    Failure::of_status(StatusCode::NOT_FOUND)
}

async fn not_allowed() -> Failure {
    Failure::of_status(StatusCode::METHOD_NOT_ALLOWED)
}
