//! The border to HTTP: who calls, what they may, and how an answer looks. What a route *does* stands in its capability.
//!
//! # Writing routes
//!
//! Every capability has `pub fn routes() -> Routes` and a line in [`all`]. [`Routes`] is the only way to make a route, so
//! that none is without a permission:
//!
//! ```ignore
//! pub fn routes() -> Routes {
//!     Routes::new()
//!         .get("/henvisninger", Permission::ReferralRead, inbox)
//!         .post("/henvisninger/{id}/accepter", Permission::ReferralWrite, accept)
//!         .get("/api/v1/referrals/{id}", Permission::ReferralRead, api::referral)
//! }
//! ```
//!
//! Before the handler runs the caller is established (session cookie; `Authorization: Bearer` under `/api` and `/fhir`),
//! the permission is asked for, and on pages every change must come from our own page with the session's token.
//!
//! A **page** takes [`Visit`] and answers [`Page`] or [`Visit::done`] (redirect with a notice); forms come as [`PageForm`],
//! and what has no type of its own is read by `fields`:
//!
//! ```ignore
//! async fn inbox(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<InboxPage>, AppError> {
//!     let rows = queries::inbox(&app, &caller).await?;
//!     Ok(Page(InboxPage { frame: visit.frame(Nav::Referrals, Counts::default()).await?, rows }))
//! }
//! async fn accept(State(app): State<App>, caller: Caller, visit: Visit, Path(id): Path<Uuid>, PageForm(form): PageForm<Accept>)
//!     -> Result<Redirect, AppError> {
//!     commands::accept(&app, &caller, id, form.version).await?;
//!     visit.done("/henvisninger", "Henvisningen er accepteret.").await
//! }
//! ```
//!
//! The **API** takes [`ApiJson`], [`IfMatch`] and [`IdempotencyKey`], and answers [`Answer`] (JSON with an entity tag):
//!
//! ```ignore
//! async fn create(State(app): State<App>, caller: Caller, key: IdempotencyKey, body: ApiJson<New>) -> Result<Answer, AppError> {
//!     let hash = body.hash;
//!     idempotent(&app, &caller, key, hash, async || Answer::created(&commands::create(&app, &caller, body.value).await?, 1)).await
//! }
//! ```
//!
//! A form with a file (`multipart/form-data`) carries the token as every form does, and becomes an [`Upload`].
//!
//! An [`AppError`](crate::AppError) becomes a Danish page or a problem document (RFC 9457) by the side the route is on;
//! for a status of its own, return a [`Failure`]. A refusal in `text/plain`, as the framework's own are, is replaced by one.

mod api;
mod assets;
mod command;
mod failure;
pub(crate) mod fields;
mod form;
mod guard;
mod headers;
mod health;
mod idempotency;
mod metrics;
mod page;
mod router;
mod routes;
mod settings;
mod upload;
mod visit;

pub use api::{Answer, ApiJson, IfMatch, etag};
pub use command::{Changed, Command, Go, NoInput};
pub use failure::Failure;
pub use form::PageForm;
pub use idempotency::{IdempotencyKey, forget_old_keys, idempotent, sent_before};
pub use page::Page;
pub use router::{router, serve};
pub use routes::{FORM_LIMIT, Route, Routes};
pub use settings::Settings;
pub use upload::Upload;
pub use visit::Visit;
pub(crate) use visit::{cookie, is_html};

use crate::{
    access, administration, bridge, calendar, capacity, catalogue, citizens, cooperation, coordination, courses,
    digital, equity, extracts, feeds, improvement, language, letters, mailbox, measures, monitoring, notices,
    notifications, open_events, openapi, overview, packs, population, quality, questions, referrals, relatives,
    reporting, safety, stopbasen, suppliers, talks, tasks, teams,
};

/// All routes of the program; each capability adds its line.
pub fn all() -> Routes {
    Routes::new()
        .open("/assets/{*path}", assets::serve)
        .open("/healthz", health::alive)
        .open("/readyz", health::ready)
        .open("/metrics", metrics::show)
        .merge(access::routes())
        .merge(language::routes())
        .merge(letters::routes())
        .merge(open_events::routes())
        .merge(openapi::routes())
        .merge(overview::routes())
        .merge(tasks::routes())
        .merge(referrals::routes())
        .merge(citizens::routes())
        .merge(calendar::routes())
        .merge(feeds::routes())
        .merge(talks::routes())
        .merge(courses::routes())
        .merge(safety::routes())
        .merge(stopbasen::routes())
        .merge(measures::routes())
        .merge(teams::routes())
        .merge(bridge::routes())
        .merge(catalogue::routes())
        .merge(suppliers::routes())
        .merge(cooperation::routes())
        .merge(coordination::routes())
        .merge(relatives::routes())
        .merge(digital::routes())
        .merge(notices::routes())
        .merge(notifications::routes())
        .merge(mailbox::routes())
        .merge(reporting::routes())
        .merge(packs::routes())
        .merge(quality::routes())
        .merge(equity::routes())
        .merge(monitoring::routes())
        .merge(questions::routes())
        .merge(extracts::routes())
        .merge(capacity::routes())
        .merge(population::routes())
        .merge(improvement::routes())
        .merge(administration::routes())
}
