//! Improvement boards: an aim, the figure that shows it, tests of changes by Plan-Do-Study-Act, and what was learned. The chart
//! is drawn from the kept counts each time a board is opened, with a mark where each test began.
//!
//! The rules stand in `domain::improvement`. Boards are records about no citizen: each save is a version, and what it corrects
//! stays.

mod api;
mod board_page;
mod commands;
mod form;
mod list;
mod new_page;
mod queries;
mod routes;

pub use api::{document as api_document, routes as api_routes};
pub use commands::{BoardInput, TestInput, add_test, create, edit, edit_test};
pub use routes::routes;
