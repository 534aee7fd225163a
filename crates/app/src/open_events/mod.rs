//! Open offers: cafés, walks and mobile days, counted without a record (`/hold/aabne`).

mod api;
mod commands;
mod form;
mod list;
mod queries;
mod routes;

pub use api::{document as api_document, routes as api_routes};
pub use commands::{OpenEventInput, correct, count, strike};
pub use routes::routes;
