//! Equity: who is referred, begins, completes and gains, against the population (standard, sections 3.3, 3.4 and 9.1;
//! indicators E01–E04), and what practice was expected to refer against what it did.

pub mod agreement;
pub mod coverage;
pub mod missing_people;
pub mod participation;
pub mod population;
pub mod way;
