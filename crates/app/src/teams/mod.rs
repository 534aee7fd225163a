//! Teams in their simple form: seats, sessions, attendance. A session gives one contact per citizen who came.

mod api;
mod attendance;
mod commands;
mod list;
mod new_team;
mod queries;
mod routes;
mod session_form;
mod session_page;
mod taken;
mod team_page;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub use attendance::{AttendanceCorrection, AttendanceInput, correct_attendance, take_attendance};
pub use commands::{EnrolInput, NewTeam, SessionInput, add_session, add_sessions, create, enrol, leave};
pub(crate) use list::{SessionRow, today};
pub(crate) use queries::current;
pub use queries::{TeamRow, list, team};
pub use routes::routes;
