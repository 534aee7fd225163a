//! The national quality standard for municipal prevention offers: 256 requirements as data, and their evaluation.
//!
//! `data/` holds what the standard says; [`STANDARD`] is that, read and checked. [`facts`] are what rules read,
//! [`rules`] decide the 181 requirements that are decided from records, one function each, [`evaluate`] runs them over one
//! course at a time, [`attestation`] and the tests named in the data decide the rest. Nothing here reads a clock, a
//! database or a network.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod attestation;
mod case;
mod catalogue;
mod context;
pub mod document;
pub mod evaluate;
pub mod facts;
mod limits;
mod outcome;
pub mod rules;
mod share;
mod switch;
mod totals;
mod totals_kept;

pub use case::Case;
pub use catalogue::{
    Area, AttestText, Capability, Check, DesignText, Document, Files, Kind, Modality, Part, Requirement, RuleText,
    STANDARD, Standard, StandardFault, read,
};
pub use context::{Context, days_between};
pub use evaluate::{Awaited, Decide, Rule};
pub use limits::{LimitDefinition, LimitFault, LimitId, LimitUnit, LimitValue, LimitValues, LocalLimits, Origin};
pub use outcome::{Ahead, Finding, Outcome, UnitKind, Verdict};
pub use share::{Share, Tally};
pub use switch::{SwitchFault, SwitchedOff, Switches};
pub use totals::{Ended, Reach, Totals};
