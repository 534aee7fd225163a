//! Packs: figures of a period for those who are given them. The committee with practice (KLU), the leader's month, and the
//! view of the authority beside that of the operator. Each is a page to print and a workbook; a schedule makes workbooks by
//! itself when a period is over.
//!
//! From 1 January 2027 the region is the authority and the municipality may be the operator by agreement: both see the same
//! indicators, the authority aggregated and with small numbers hidden, and no record.

mod api;
mod build;
mod figures;
mod page;
mod queries;
mod routes;
mod schedule;
mod show;

pub use api::{document as api_document, routes as api_routes};
pub use build::{Ask, Pack, build};
pub use routes::routes;
pub use schedule::{round, start, stop};
