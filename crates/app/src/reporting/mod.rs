//! The daily report to FK-Gateway: what changed for each citizen, built once per day, kept exactly as it will be sent.
//!
//! Reports are computed from the versions of the record, so any missed day can be built later as it was. They wait
//! in the outbox until a gateway has taken them, each citizen's in its order.

mod api;
mod build;
mod delivery;
mod health;
mod outbox;
mod preview;
mod queries;
mod rejection;
mod reports;
mod routes;

pub use api::{document as api_document, routes as api_routes};
pub use build::{Again, BuildFailure, Built, DaysBuilt, build_again, build_day, build_due};
pub use delivery::{Delivery, DeliveryRound, ReportGateway, Told, deliver, run_delivery};
pub use fhir_gateway::ReportState;
pub use health::{Refusals, refusals};
pub use outbox::settle;
pub use queries::{DayRow, ReportRow, days, payload, reports_of_day};
pub use routes::routes;
