//! What tests stand on: fresh databases of both engines, a clock that is moved by hand, builders.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test's ground may give way loudly")]

pub mod clock;
pub mod counted;
pub mod database;
pub mod municipality;
mod nicotine;
pub mod population;
