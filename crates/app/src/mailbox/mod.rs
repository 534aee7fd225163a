//! The mailbox: messages in, answers and notes out.
//!
//! A file is taken in one transaction with everything it causes: the bytes, the referral, its task and the receipt.
//! Only then is it removed from the mailbox. Answers become files later, from the outbox, so a crash at any moment
//! loses nothing and doubles nothing (`docs/decisions/`, message safety).

mod answers;
mod api;
mod attachments;
mod backlog;
mod correspondence;
mod download;
mod files;
mod folder;
mod list;
mod message;
mod outgoing;
mod packing;
pub(crate) mod parties;
mod queries;
mod receipts;
mod receive;
mod referral_letters;
mod routes;
mod sniffed;
mod stored;
mod take_back;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub use backlog::{File, receive_all};
pub(crate) use download::{as_download, note as note_export};
pub use folder::{Folders, Sweep, run as run_folder, send_queued, sweep};
pub(crate) use folder::{Queued, hand_over};
pub(crate) use message::readable;
pub use outgoing::{NewOutgoing, enqueue, mark_unanswered};
pub use packing::take_body;
pub use queries::{MailboxRow, OutgoingRow, mailbox_page, original, outgoing_body, referral_letter};
pub(crate) use queries::{correspondence, outgoing_row, valid_letter};
pub use receive::{Answer, Received, receive, receive_for};
pub use routes::routes;
pub(crate) use sniffed::{is_program, mismatch};
pub use take_back::take_back;
pub(crate) use take_back::{href as take_back_href, take_back_all};
pub use words::{delivery_next, delivery_tag, file_kind, incoming_label, outcome_tag, outgoing_label};
