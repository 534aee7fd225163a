//! Cooperation with general practice: meetings of the committee (KLU) and other forums with what was agreed, notes of
//! practice consultants, news to practices about changed offers, and estimates of a year's referrals.
//!
//! The rules are in [`domain::cooperation`]. Everything is a record about no citizen: each change is a version and stands in
//! the log, what is wrong is struck with a reason, and nothing is deleted.

mod api;
mod document;
mod estimate;
mod estimates_page;
mod facts;
mod form;
mod history;
pub(crate) mod kept;
mod list_page;
mod meeting;
mod meeting_form;
mod meeting_page;
mod news;
mod news_form;
mod news_page;
mod note;
mod notes_page;
mod period;
mod practice_figures;
mod practices;
mod practices_page;
mod referred;
mod routes;
mod sheet;
mod sheet_page;

pub use api::{document as api_document, routes as api_routes};
pub(crate) use document::{Table, workbook};
pub use estimate::{EstimateInput, Imported, import_estimates, set_estimate, strike_estimate};
pub(crate) use facts::{estimates, facts};
pub use meeting::{
    AgreedChange, AgreedInput, MeetingInput, add_meeting, agree, change_agreed, correct_meeting, strike_meeting,
};
pub use news::{NewsInput, add_news, correct_news, news_not_sent, news_sent, strike_news};
pub use note::{NoteInput, add_note, correct_note, strike_note};
pub(crate) use period::{PeriodChoice, chosen, word as period_word};
pub(crate) use practice_figures::{PracticeFigures, of as practice_figures};
pub(crate) use practices_page::days_text;
pub(crate) use referred::read as referred;
pub use routes::routes;
pub(crate) use sheet::{share_text, wait_text};
