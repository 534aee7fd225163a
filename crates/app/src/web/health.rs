//! Whether the program lives, and whether it can work.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use store::StoreError;

use crate::App;

const TEXT: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];

/// It answers.
pub(super) async fn alive() -> impl IntoResponse {
    (TEXT, "ok\n")
}

/// It reaches its database.
pub(super) async fn ready(State(app): State<App>) -> impl IntoResponse {
    let answer =
        app.store.look_up(|u| u.query("select count(*) from organization", &[], |r| r.take::<i64>().map(|_| ())));
    let answer: Result<_, StoreError> = answer.await;
    match answer {
        Ok(_) => (StatusCode::OK, TEXT, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database cannot be reached");
            (StatusCode::SERVICE_UNAVAILABLE, TEXT, "the database cannot be reached\n")
        }
    }
}
