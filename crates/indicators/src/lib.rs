//! Quality indicators: 71 definitions as data, and how each is counted from the facts that the requirements are decided from.
//!
//! [`definition`] says what an indicator is, [`counting`] counts it, one function a figure; [`totals`] keeps the counts by
//! month and stratum so that a course can be added and taken away; [`results`] makes the figures of a period, with
//! [`statistics`] and with small numbers hidden by [`suppression`]. A published version is never edited: a change is a new
//! version beside it. Nothing here reads a clock, a database or a network.
#![warn(missing_docs)]
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should say where"))]

pub mod counting;
pub mod definition;
pub mod equity;
pub mod period;
pub mod results;
pub mod statistics;
pub mod suppression;
pub mod totals;
