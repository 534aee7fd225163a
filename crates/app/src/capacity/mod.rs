//! What if: other seats, starts, staff or referrals, tried on the simulated municipality before the real thing is changed.
//!
//! It starts from what the municipality has and got in the last year (`today`), runs many made-up years of it and of the
//! plan with the same chance (`lead`), and changes nothing. The model and what it rests on stand in the crate `simulation`
//! (decision 0012).

mod api;
mod figures;
mod form;
mod grounds;
mod lead;
mod page;
mod queries;
mod routes;
mod today;

pub use api::{document as api_document, routes as api_routes};
pub(crate) use grounds::english;
pub use routes::routes;
