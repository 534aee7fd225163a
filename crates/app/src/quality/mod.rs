//! The quality standard: what the records say, as the facts that its rules read, and what the rules say to it.

mod evaluate;
pub mod facts;
mod kept;
mod load;
pub mod municipality;
mod queries;
mod read;
mod settings;
pub mod stand;

pub use evaluate::{Evaluated, evaluate_all};
pub use kept::{Count, Finding, Standing, forget, keep_up, refresh, run};
pub use load::{course_of, each_course};
pub use read::{Whole, whole_now};
pub use settings::{Declaration, LocalGoal, Set, SetAside, StandardSettings};
