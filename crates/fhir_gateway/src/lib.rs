//! A citizen's record as the daily §119 delivery report to KL Gateway (FK-Gateway), and the check of any such report.
//!
//! Values in, bytes out: nothing here reads a clock, a file or a network. [`build`] renders what changed since the
//! last accepted report, with everything it refers to; [`check`] holds a report, ours or another system's, against
//! FHIR R4 (4.0.1) and the prevention guide `kl.dk.fhir.prevention` 2.1.1. One file per profile; the canonical
//! names stand in [`systems`], so that a new guide version is a change of names and tables.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod care_plan;
mod check;
mod citizen;
mod condition;
mod delivery;
mod elements;
mod encounter;
mod focus_condition;
mod kind;
mod organization;
mod plan_status;
mod planned_intervention;
mod records;
mod report;
mod reported;
#[cfg(feature = "sample")]
pub mod sample;
mod scope;
mod service_request;
pub mod systems;

pub use check::{CheckOptions, Issue, Outcome, Severity, check, check_with};
pub use delivery::{Answer, MENDED_WORKDAYS, ReportState, is_overdue};
pub use kind::{Key, ResourceKind};
pub use records::{Options, Records, WithdrawnCondition};
pub use report::{BuildError, DeliveryReport, Inclusion, Resource, build};
pub use reported::{ContentHash, NotAHash, Reported};
