//! The API from the outside: who may, whose data, what is refused and how, and one course from first message to report.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod calendar;
mod changes;
mod client;
mod cooperation;
mod course;
mod description;
mod downloads;
mod indicators;
mod measures;
mod messages;
mod permissions;
mod planning;
mod privacy;
mod quality;
mod refusals;
mod sender;
mod tenants;
