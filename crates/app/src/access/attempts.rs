//! Failed log-ins slow down the next one. Kept in memory: a restart forgets them, and that is all an attacker gains.
//!
//! The wait follows the user name, whether there is such a user or not. It never grows past a quarter of an hour, so that
//! nobody can keep a colleague out for a day.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// So many tries are free.
const FREE: u32 = 5;
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// After this long without a try the name starts anew.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(1);
/// More names than any municipality has; the oldest are forgotten first.
const MOST: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last_at: Timestamp,
}

/// Failed tries by user name.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<HashMap<String, Failures>>);

impl Attempts {
    /// Whether a try is let through now.
    pub(super) fn may_try(&self, name: &str, now: Timestamp) -> bool {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.get(name).is_none_or(|f| f.last_at + wait(f.count) <= now)
    }

    /// Notes a failed try.
    pub(super) fn failed(&self, name: &str, now: Timestamp) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MOST {
            names.retain(|_, f| f.last_at + LONGEST_WAIT > now);
        }
        if names.len() >= MOST && !names.contains_key(name) {
            return;
        }
        let failures = names.entry(name.to_owned()).or_insert(Failures { count: 0, last_at: now });
        let count = if failures.last_at + FORGOTTEN <= now { 0 } else { failures.count };
        *failures = Failures { count: count.saturating_add(1), last_at: now };
    }

    /// Forgets the failures of somebody who came in.
    pub(super) fn succeeded(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// How long after the last failure the next try must wait.
fn wait(failures: u32) -> SignedDuration {
    match failures.checked_sub(FREE) {
        None => SignedDuration::ZERO,
        Some(more) => (FIRST_WAIT * 2_i32.pow(more.min(10))).min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).expect("a time")
    }

    #[test]
    fn the_sixth_try_waits_and_the_next_waits_longer() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            assert!(attempts.may_try("mk", at(0)));
            attempts.failed("mk", at(0));
        }
        assert!(!attempts.may_try("mk", at(29)) && attempts.may_try("mk", at(30)));
        attempts.failed("mk", at(30));
        assert!(!attempts.may_try("mk", at(89)) && attempts.may_try("mk", at(90)));
        assert!(attempts.may_try("al", at(29)), "others are not held up");
    }

    #[test]
    fn the_wait_never_grows_past_a_quarter_of_an_hour() {
        assert_eq!(wait(u32::MAX), LONGEST_WAIT);
        assert_eq!(wait(4), SignedDuration::ZERO);
    }

    #[test]
    fn who_came_in_starts_anew() {
        let attempts = Attempts::default();
        for _ in 0..9 {
            attempts.failed("mk", at(0));
        }
        attempts.succeeded("mk");
        assert!(attempts.may_try("mk", at(1)));
    }
}
