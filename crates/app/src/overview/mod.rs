//! The start page: what is over its deadline, what is mine, what is new. Three queries, and one line in the access log
//! that lists the citizens shown.

mod page;
mod queries;

pub use page::routes;
