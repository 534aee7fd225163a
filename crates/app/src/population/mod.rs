//! Population tables: how many adults there are in each group of the municipality, read from a file and kept with source, day
//! and who. What participation is measured against (KS-9-01), and the size of the municipality in [`crate::capacity`].
//!
//! A file goes two steps: it is sent and lies as a draft, and its columns are checked and it is taken in whole, or nothing of
//! it is. A newer import corrects an earlier one of the same subject and year, which stays to be seen.

mod api;
mod commands;
mod draft_page;
mod list;
mod mapping;
mod measured;
mod queries;
mod routes;
pub(crate) mod sheet;
mod subject;
mod table_page;
mod upload_page;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub use commands::{ImportError, PopulationInput, import};
pub(crate) use measured::{Measured, facts, split_by};
pub(crate) use queries::own_adults;
pub use routes::routes;
pub use subject::PopulationSubject;
