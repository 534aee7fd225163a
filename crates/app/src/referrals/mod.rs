//! Requests: intake by hand, the worklist, and every step from received to routed.
//!
//! Referrals by MedCom come through [`crate::mailbox`]; from there on they are worked with the same commands.

mod actions;
mod api;
mod asking;
mod commands;
mod conversation;
mod decision;
mod endings;
mod history;
mod inbox;
mod intake;
mod letter;
mod likely;
mod new;
mod queries;
mod reentry;
mod referral;
mod routes;
mod routing;
mod search;
mod sender_message;
mod sender_view;
mod undo;
mod unreached;
mod worklist;

pub use api::{document as api_document, routes as api_routes};
pub use asking::{AskInput, answer_read, ask_sender};
pub use commands::{
    AttemptInput, CheckInput, ForwardInput, attempt, check, forward, mark_error, send_letter, take_over,
};
pub use endings::{
    DeclineInput, Ended, RejectInput, ReturnInput, TellSender, close_expired, decline, reject, return_to_sender,
    tell_sender,
};
pub(crate) use intake::register_person;
pub use intake::{NewRequest, RequestOutcome, register};
pub(crate) use letter::letter_html;
pub use queries::{AttachmentRow, ReferralView, referral};
pub(crate) use reentry::reenter_in;
pub use routes::routes;
pub use routing::{RouteInput, Routed, facts_of, proposal, route};
pub use undo::undo;
pub(crate) use undo::undo_step_of_letter;
pub use worklist::{After, Counts, Owned, Stands, View, Whose, WorklistRow, worklist};
pub(crate) use worklist::{WorklistKey, WorklistPage};
