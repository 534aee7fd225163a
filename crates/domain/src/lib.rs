//! The words and the rules of a municipal prevention course: values in, values out.
//!
//! Nothing here reads a clock, a file, a database or a network. Times and identifiers come in as arguments, so
//! that every rule can be tried alone. The words are those of the municipalities' common information model (FKI);
//! `docs/glossary.md` holds them with their Danish names.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod identifiers;
