//! Equity (standard, sections 3.3, 3.4 and 9.1; scenario Q5): who is referred, begins, completes and gains, by group and against
//! the population, and how many are missing of each group. A description of whom the offers do not reach, not of why. Whether the
//! models of stratification drift has a page of its own (`drift`).
//!
//! Counted by the crate `indicators`, kept by `quality`, measured against the tables of `population`. Everything that stands on
//! a page or in a file is protected together (`protect`), whoever reads it.

mod asked;
mod drift;
mod export;
mod figures;
mod page;
mod picture;
mod protect;
mod routes;
mod way;

pub use routes::routes;
