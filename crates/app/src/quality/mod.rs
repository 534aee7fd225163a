//! The quality standard: what the records say, as the facts that its rules read.

pub mod facts;
pub mod municipality;
