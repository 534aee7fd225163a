//! The citizen's record: who it is, what changed, who looked; death and moving.

mod api;
mod commands;
mod events;
mod queries;

pub use api::{document as api_document, routes as api_routes};
pub use commands::{CitizenInput, edit};
pub use events::{register_death, register_move};
pub use queries::{
    AccessRow, CitizenView, Found, MessageRow, TaskRow, VersionRow, access_log, citizen, exists, search, versions,
};
