//! Cooperation with general practice: meetings of the committee (KLU) and other forums with what was agreed, notes of
//! practice consultants, news to practices about changed offers, and estimates of a year's referrals.
//!
//! The rules are in [`domain::cooperation`]. Everything is a record about no citizen: each change is a version and stands in
//! the log, what is wrong is struck with a reason, and nothing is deleted.

mod api;
mod estimate;
mod estimates_page;
mod facts;
mod form;
mod history;
mod kept;
mod list_page;
mod meeting;
mod meeting_form;
mod meeting_page;
mod news;
mod news_form;
mod news_page;
mod note;
mod notes_page;
mod practices;
mod routes;

pub use api::{document as api_document, routes as api_routes};
pub use estimate::{EstimateInput, Imported, import_estimates, set_estimate, strike_estimate};
pub(crate) use facts::facts;
pub use meeting::{
    AgreedChange, AgreedInput, MeetingInput, add_meeting, agree, change_agreed, correct_meeting, strike_meeting,
};
pub use news::{NewsInput, add_news, correct_news, news_not_sent, news_sent, strike_news};
pub use note::{NoteInput, add_note, correct_note, strike_note};
pub use routes::routes;
