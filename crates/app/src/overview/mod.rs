//! The start page: what is over its deadline, what is mine, what is new, what waits for others, and what has no next step.
//! Four queries, and one each for who reads teams, for a coordinator's calls and for who reports; one line in the access log
//! lists the citizens shown.

mod calls;
mod page;
mod queries;
mod rows;
mod side;
mod waiting;

pub use page::routes;
