//! HTTP in, HTTP out: messages, what we sent, files, and the operator's list.
//!
//! A letter is about a citizen, so it asks for the right to read requests; the list names nobody and asks for less.

use domain::permission::Permission;

use super::{download, list, message, take_back};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/postkasse", Permission::MailboxRead, list::show)
        .get("/beskeder/{id}", Permission::ReferralRead, message::incoming)
        .get("/beskeder/{id}/original", Permission::ReferralRead, download::incoming)
        .get("/udgaaende/{id}", Permission::ReferralRead, message::outgoing)
        .post("/udgaaende/{id}/fortryd", Permission::ReferralWrite, take_back::act)
        .get("/udgaaende/{id}/original", Permission::ReferralRead, download::outgoing)
        .get("/bilag/{id}", Permission::ReferralRead, download::attachment)
}
