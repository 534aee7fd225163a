//! Teams: seats, those who wait and are asked, sessions, attendance. A session gives one contact per citizen who came.

mod api;
mod attendance;
mod cancel;
mod cancel_page;
mod care;
mod care_page;
mod clash;
mod commands;
mod correct_page;
mod guest;
mod guest_page;
mod guest_session;
mod list;
mod mix;
mod new_team;
mod offer_page;
mod offers;
mod queries;
mod routes;
mod said;
mod seats;
mod session_form;
mod session_page;
mod session_setting;
mod setting;
mod setting_page;
mod taken;
mod team_page;
mod times;
mod waiting_page;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub use attendance::{AttendanceCorrection, AttendanceInput, correct_attendance, take_attendance};
pub use cancel::{CancelSession, cancel_session};
pub use care::{CareInput, note_care};
pub(crate) use clash::meetings;
pub(crate) use commands::enrol_in;
pub use commands::{
    Added, EnrolInput, NewSessions, NewTeam, SessionInput, add_session, add_sessions, create, create_of, enrol, leave,
};
pub use guest::{GuestInput, invite_guest, send_guest_home};
pub(crate) use list::{SessionRow, today};
pub use offers::{NeedInput, OfferInput, answer_offer, offer_seat, offers_go_on, set_need, withdraw_offer};
pub use queries::{TeamRow, list, team};
pub(crate) use queries::{current, running_members};
pub use routes::routes;
pub(crate) use said::session_values;
pub(crate) use seats::{FreeSeats, free_seats};
pub(crate) use session_form::time;
pub use session_setting::{HoldInput, hold_session};
pub use setting::{SettingInput, set_up};
pub(crate) use times::{TeamTime, times};
pub(crate) use words::team_href;
