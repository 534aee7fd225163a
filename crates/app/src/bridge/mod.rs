//! The bridge to associations: the directory and its truth, what fits a citizen, the first visit, who goes along, and
//! whether the citizen got there. Follow-ups are in [`crate::courses`]; who rings today is on the start page.

mod activity_page;
mod bridge_page;
mod card;
mod commands;
mod directory;
mod edit;
mod entry_form;
mod gaps;
mod links;
mod matching;
mod own_entry;
mod queries;
mod reminders;
mod routes;
mod words;

pub use commands::{
    AgreeInput, EscortInput, add_activity, agree, answer_escort, ask_escort, change_activity, confirm_activity,
    end_bridge, note_gap, set_closed,
};
pub(crate) use matching::bridge_tag;
pub use routes::routes;
pub(crate) use words::{bridge_href, match_href};
