//! The daily report to FK-Gateway: what changed for each citizen, built once per day, kept exactly as it will be sent.
//!
//! Reports are computed from the versions of the record, so any missed day can be built later as it was. Sending over
//! the network comes later; the states of the outbox are here: queued, sent, accepted, rejected, unknown.

mod api;
mod build;
mod preview;
mod queries;
mod rejection;
mod reports;
mod routes;

pub use api::{document as api_document, routes as api_routes};
pub use build::{BuildFailure, Built, DaysBuilt, build_day, build_due, build_due_until};
pub use queries::{DayRow, ReportRow, ReportState, days, payload, reports_of_day, settle};
pub use routes::routes;
