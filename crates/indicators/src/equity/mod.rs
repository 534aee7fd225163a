//! Equity: who is referred, begins, completes and gains, against the population (standard, sections 3.3, 3.4 and 9.1;
//! indicators E01–E04), what practice was expected to refer against what it did, and whether the models of stratification drift.

pub mod agreement;
pub mod coverage;
pub mod drift;
pub mod missing_people;
pub mod participation;
pub mod population;
pub mod way;
