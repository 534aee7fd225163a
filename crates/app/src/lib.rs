//! What a municipality can do with Forebyg, one folder per capability: routes, commands, queries, pages.
//!
//! A command is the same few beats everywhere: load, decide in the domain, save, enqueue, in one transaction. Reads of
//! citizen data go through [`store::Store::view`], which logs them before it hands them over.

mod app;
mod caller;
mod clock;
mod error;
pub mod ids;
pub mod openapi;
mod remembered;
mod rounds;

pub mod access;
pub mod administration;
pub mod bridge;
pub mod calendar;
pub mod capacity;
pub mod catalogue;
pub mod citizens;
pub mod cooperation;
pub mod coordination;
pub mod courses;
pub mod digital;
pub mod equity;
pub mod extracts;
pub mod feeds;
pub mod improvement;
pub mod language;
pub mod layout;
pub mod letters;
pub mod mailbox;
pub mod measures;
pub mod monitoring;
pub mod nightly;
pub mod notices;
pub mod notifications;
pub mod open_events;
pub mod organizations;
pub mod overview;
pub mod packs;
pub mod population;
pub mod quality;
pub mod questions;
pub mod records;
pub mod referrals;
pub mod relatives;
pub mod reporting;
pub mod retention;
pub mod safety;
pub mod simulation;
pub mod stopbasen;
pub mod suppliers;
pub mod talks;
pub mod tasks;
pub mod teams;
pub mod web;

pub use app::{App, HeldBack};
pub use caller::Caller;
pub use clock::{Clock, SteppedClock, SystemClock};
pub use error::AppError;
