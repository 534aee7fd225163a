//! The citizen's record: who it is, what changed, who looked; death and moving.

mod api;
mod commands;
mod contact_form;
mod course_views;
mod edit;
mod events;
mod header;
mod queries;
mod record;
mod routes;
mod search;

pub use api::{document as api_document, routes as api_routes};
pub use commands::{CitizenInput, edit};
pub use events::{register_death, register_move};
pub use header::{person_header, phone_href, phone_text};
pub use queries::{
    AccessRow, CitizenView, Found, MessageRow, TaskRow, VersionRow, access_log, citizen, exists, search, versions,
};
pub(crate) use queries::{Wanted, after};
pub(crate) use record::{TaskLine, task_lines};
pub use routes::routes;
