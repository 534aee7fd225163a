//! Measures and questionnaires ("Målinger og spørgeskemaer"): answered by staff, by the citizen on a tablet, keyed in from
//! paper, or for a whole class at once; what a result means and where it leads; change from start to end.
//!
//! The instruments themselves and all scoring are in the crate `instruments`.

mod api;
mod commands;
mod correct;
mod decision;
mod decision_form;
mod elsewhere;
mod fill;
mod form;
mod grid;
mod grid_page;
mod known;
mod list;
mod notification;
mod pairs;
mod progress;
mod queries;
mod result;
mod routes;
mod setup;
mod tablet;
mod tablet_page;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub(crate) use commands::record_in;
pub use commands::{CorrectionInput, Recorded, ResponseInput, correct, record, withdraw};
pub use decision::{DecisionInput, decide};
pub(crate) use elsewhere::{Taken, fill_for, taken};
pub(crate) use fill::{FillPage, fill_href};
pub use known::Instruments;
pub(crate) use list::{ResultLine, list_href, newest_results};
pub(crate) use result::result_href;
pub use routes::routes;
pub use setup::load_instrument;
pub(crate) use words::decided_in_words;
