//! Calendar feeds: somebody's own times, or a team's sessions, in the calendar of their phone. A secret address gives
//! times and places, never a name of a citizen; it can be renewed and stopped, and is kept only as its hash.

mod content;
mod ics;
mod limit;
mod links;
mod page;
mod public;
mod routes;

pub(crate) use limit::FeedLimit;
pub use links::{Subject, renew, stop};
pub use routes::routes;
