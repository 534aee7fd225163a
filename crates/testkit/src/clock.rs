//! A clock that stands still until it is moved.

use std::sync::{Mutex, PoisonError};

use app::Clock;
use jiff::Timestamp;

/// Tells the time it was set to.
#[derive(Debug)]
pub struct ManualClock(Mutex<Timestamp>);

impl ManualClock {
    /// Stands at an instant, such as `2026-11-22T12:00:00Z`.
    pub fn at(text: &str) -> Self {
        Self(Mutex::new(text.parse().unwrap()))
    }

    /// Moves to another instant, forwards or back.
    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text.parse().unwrap();
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
