//! When something that could not be sent is tried again.

use jiff::{SignedDuration, Timestamp};

/// At most so long between two tries.
const MOST_MINUTES: i64 = 240;

/// When something that was tried so many times may be tried again: after 1, 4, 9 … minutes, at most after four hours.
pub fn next_try(tried_at: Timestamp, tries: u32) -> Timestamp {
    let minutes = i64::from(tries).saturating_mul(i64::from(tries)).min(MOST_MINUTES);
    tried_at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_further_and_further_apart_up_to_four_hours() {
        let at: Timestamp = Timestamp::UNIX_EPOCH;
        let minutes = [1, 2, 3, 15, 16, u32::MAX].map(|tries| next_try(at, tries).duration_since(at).as_mins());
        assert_eq!(minutes, [1, 4, 9, 225, 240, 240]);
    }
}
