//! Teams in their simple form: seats, sessions, attendance. A session gives one contact per citizen who came.

mod api;
mod commands;
mod queries;

pub use api::{document as api_document, routes as api_routes};
pub use commands::{
    AttendanceInput, EnrolInput, NewTeam, SessionInput, add_session, create, enrol, leave, take_attendance,
};
pub use queries::{TeamRow, list, team};
