//! The quality standard: what the records say, as the facts that its rules read, and what the rules say to it.

mod api;
mod decided;
mod declarations;
mod declare;
mod evaluate;
mod export;
pub mod facts;
mod kept;
mod limits;
mod list;
mod load;
pub mod municipality;
mod page;
mod queries;
mod read;
mod requirement;
mod routes;
mod settings;
mod stand;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub(crate) use decided::english;
pub use declare::{DeclarationInput, declare, set_limit, switch_off, switch_on, withdraw};
pub use evaluate::{Evaluated, evaluate_all};
pub(crate) use export::{Cell, Sheet, XLSX, book};
pub use export::{FileKind, file};
pub use kept::{Count, Finding, Standing, Wanted, forget, keep_up, refresh, run};
pub(crate) use kept::{ReadTables, indicator_totals, up_to_date};
pub use load::{course_of, each_course};
pub use read::{Whole, whole_now};
pub use routes::routes;
pub(crate) use settings::limits_in_force;
pub use settings::{Declaration, LocalGoal, Set, SetAside, StandardSettings};
pub use stand::{RequirementStand, Status};
