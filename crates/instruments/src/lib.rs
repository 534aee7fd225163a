//! Questionnaires, screening instruments and physical tests: one file each in `catalogue/`, found through [`CATALOGUE`].
//!
//! A file holds items, answers, scoring, bands, consequences, licence and source, so that a new instrument is its file and
//! its line in the catalogue, and a municipality can load a licensed one of the same form. A published version is never
//! edited: a change is a new version beside it, and old answers keep theirs.
//!
//! [`read`] turns a file into an [`Instrument`], [`check`] holds answers against its items, [`evaluate`] scores them, and
//! [`change`] compares a start with an end. All are functions of their arguments.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod catalogue;
mod change;
mod check;
mod decide;
mod evaluate;
mod instrument;
mod read;
mod rules;
mod slots;

pub use catalogue::{CATALOGUE, find, newest};
pub use change::{Change, ChangeClass, Measured, NotComparable, change};
pub use check::{AnswerFault, FaultKind, check};
pub use decide::{DecisionFault, check_decision};
pub use evaluate::{Context, Earlier, Outcome, evaluate};
pub use instrument::{
    Ask, Band, Condition, Direction, Fact, Instrument, Item, Kind, Route, Rule, Scoring, Skip, Wording,
};
pub use read::{FileFault, read};
pub use slots::{SLOTS, Slot, may_be_loaded};
