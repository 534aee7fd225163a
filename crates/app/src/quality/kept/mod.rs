//! Outcomes and indicators that are kept, so that a page adds up nothing: each citizen's part, the sum of all parts, and what
//! is missing.
//!
//! Nothing marks a citizen as changed: the log of changes says who was changed since the last look ([`changes`]), in the
//! same transaction as the change itself. What time alone changes is looked at when a new day has begun ([`refresh`]).

mod cells;
mod changes;
mod levels;
mod part;
mod participation;
mod pass;
mod queries;
mod refresh;
mod tables;
mod whole;

pub use cells::Wanted;
pub(super) use cells::contribution;
pub(crate) use cells::{strata as indicator_strata, totals as indicator_totals};
pub(crate) use levels::levels;
pub(crate) use participation::{TakePart, take_part};
pub use pass::forget_all;
pub use queries::{Count, Finding, forget};
pub(super) use queries::{counts, findings};
pub(crate) use refresh::up_to_date;
pub use refresh::{Standing, keep_up, refresh, run};
pub(super) use refresh::{period, standing};
pub(crate) use tables::ReadTables;
