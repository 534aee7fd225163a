//! What may be asked of the records as a whole: the reporting schema, questions over it, and what an extract may hold.
//!
//! Values in, values out. One file (`data/views.toml`) says which views there are, what each column means and how it is made;
//! the database's views, their comments, the data dictionary and the pages follow from it. A question is built of what stands
//! there, so it can name no citizen and nothing that is typed becomes part of a statement: statements are put together of
//! texts of the program ([`Built`]) and values. What is shown of an answer passes [`answer::protect`]; what an extract may hold
//! passes [`extract::Check`]. The records themselves are read elsewhere.
#![warn(missing_docs)]

pub mod answer;
mod catalogue;
mod codes;
pub mod definition;
pub mod dictionary;
pub mod extract;
pub mod function;
mod period;
mod pseudonym;
mod question;
mod statement;

pub use catalogue::{CATALOGUE, Catalogue, CatalogueError, Column, Kind, Measure, MeasureKind, View};
pub use codes::{UNKNOWN, label, words};
pub use period::{Grain, Period, PeriodError, Span};
pub use pseudonym::{Secret, pseudonym};
pub use question::{
    Asked, Filter, MOST_SPLITS, Place, Question, QuestionError, Split, Wanted, can_split, filter_values,
};
pub use statement::{Bound, Built, Statement};
