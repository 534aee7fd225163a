//! The quality standard: what the records say, as the facts that its rules read, and what the rules say to it.

mod evaluate;
pub mod facts;
mod load;
pub mod municipality;
mod queries;

pub use evaluate::{Evaluated, evaluate_all};
pub use load::{course_of, each_course};
