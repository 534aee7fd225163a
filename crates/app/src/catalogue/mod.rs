//! The catalogue of offers: what a citizen can get here, kept as SOFT asks, gone through by somebody, shown in public
//! without log-in, and copied to SOFT with a hash that shows when the two no longer say the same.

mod api;
mod capacity;
mod commands;
mod edit;
mod export;
mod form;
mod gaps;
mod list;
mod narrowing;
mod offer_page;
mod public;
mod queries;
mod routes;
mod sheet_page;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub(crate) use commands::fits_team;
pub use commands::{
    OfferInput, OnSoftInput, WithdrawInput, create, expire_due, link_team, publish, put_on_soft, review, save, withdraw,
};
pub use export::content_hash;
pub use queries::{Choosable, choosable, find};
pub(crate) use queries::{digital, names, offers};
pub use routes::routes;
