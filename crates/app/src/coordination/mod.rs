//! Coordination with other departments of the municipality: who does what beside our course, whom to ring, what may be told,
//! what was agreed, and when it is talked about next. The rules are in [`domain::coordination`].

mod commands;
mod page;
mod routes;

pub use commands::{CoordinationInput, add, change, note, withdraw};
pub(crate) use page::{CoordinationLine, coordination_href, lines};
pub use routes::routes;
