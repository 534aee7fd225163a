//! Relatives as participants, on the citizen's terms. Being named gives them nothing: no access, no letters. The rules are
//! in [`domain::relatives`].

mod commands;
mod page;
mod routes;

pub use commands::{TermsInput, set_terms};
pub(crate) use page::{RelativeLine, lines, relatives_href, said};
pub use routes::routes;
