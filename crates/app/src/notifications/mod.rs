//! Notification to child and family services (underretning): the decision, kept either way, and the letter that a yes
//! makes. The rules are in [`domain::notification`]; what calls for a decision is in [`domain::safety`] (KS-8.2-08).

mod commands;
mod decide_page;
mod letter_page;
mod routes;

pub(crate) use commands::keep_task;
pub use commands::{DecideInput, decide, sent};
pub(crate) use decide_page::{decide_href, decision_tag};
pub(crate) use letter_page::letter_href;
pub use routes::routes;
