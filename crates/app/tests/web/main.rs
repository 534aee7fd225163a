//! The border to HTTP from the outside: log-in, permissions, forms, errors, the API's answers, headers.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod api;
#[allow(dead_code, reason = "shared with the tests of pages")]
mod browser;
mod headers;
mod log_in;
mod pages;

use std::sync::Arc;

use app::App;
use app::access::{self, NewUser, User};
use domain::permission::Role;
use store::Scope;
use testkit::clock::ManualClock;
use testkit::database::Database;
use testkit::municipality::testby;

const MORNING: &str = "2026-11-24T08:16:00Z";
const PASSWORD: &str = "en ganske lang adgangskode";

/// Testby Kommune on a fresh database.
async fn program(database: &Database) -> (App, Arc<ManualClock>) {
    let (app, clock, _) = testby(database, MORNING).await;
    (app, clock)
}

/// A user called by the word of the role.
async fn user(app: &App, role: Role) -> User {
    let new = NewUser {
        user_name: role.word().into(),
        name: role.label().into(),
        initials: "MK".into(),
        title: role.label().into(),
        role,
        password: Some(PASSWORD.into()),
    };
    access::add_user(app, Scope::system(1, app.now(), "test"), new).await.unwrap()
}
