//! Research extracts ("udtræk"): rows of the reporting schema as CSV and Parquet with a data dictionary, under pseudonyms that
//! no other extract has, for a stated purpose and legal basis. Who made it, when, of what and why is a record and stands in
//! the log. KS-9.2-03, section 9.2 Forskning.
//!
//! What may leave is decided in `analysis::extract`: combinations that too few citizens share are told, and nothing is made.

mod commands;
mod files;
mod made;
mod page;
mod parquet;
mod queries;
mod routes;

pub use commands::{ExtractInput, Outcome, Prepared, log, prepare};
pub use files::{File, zipped};
pub use made::ResearchExtract;
pub use routes::routes;
