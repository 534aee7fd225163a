//! Own questions ("spørgsmål"): measure, split, filter and period chosen without code, answered from the reporting schema as a
//! table and a figure with the statement behind; saved under a name, shared with the municipality, and answered by itself
//! each month. Scenario Q8.
//!
//! What can be asked, and what is hidden of an answer, is decided in `analysis`. A question is about the organization of the
//! one who asks and can name no citizen: the schema has no names, and statements are put together of texts of the program.

mod answer;
mod ask;
mod commands;
mod file;
mod form;
mod kept;
mod list;
mod page;
mod queries;
mod routes;
mod saved;

pub use ask::{Answered, ask};
pub use commands::{QuestionInput, save, withdraw};
pub use kept::answer_due;
pub use routes::routes;
pub use saved::SavedQuestion;
