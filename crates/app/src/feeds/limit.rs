//! How often a feed may be read, and how often wrong addresses may be tried. Kept in memory: a restart forgets it, and
//! that is all anybody gains. Where somebody calls from is not known behind a proxy, so that wrong addresses are counted
//! together; whoever has a right one is not held up by them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Reads and wrong tries are counted within so long.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// A calendar program asks every quarter of an hour or so, and a team's feed may stand in a dozen of them.
const READS: u32 = 60;
/// Wrong addresses from everybody together.
const WRONG: u32 = 60;
/// More feeds than any municipality has; those that nobody reads are forgotten first.
const MOST: usize = 50_000;

/// What a feed is known by here: the hash of its address.
pub(super) type Key = [u8; 32];

#[derive(Debug, Clone, Copy)]
struct Count {
    since: Timestamp,
    times: u32,
}

impl Count {
    const NONE: Self = Self { since: Timestamp::UNIX_EPOCH, times: 0 };

    fn add(&mut self, now: Timestamp) {
        if self.since + WINDOW <= now || self.since > now {
            *self = Self { since: now, times: 0 };
        }
        self.times = self.times.saturating_add(1);
    }

    /// How long to wait when it is full.
    fn wait(self, most: u32, now: Timestamp) -> Option<SignedDuration> {
        let left = (self.since + WINDOW).duration_since(now);
        (self.times >= most && left > SignedDuration::ZERO && left <= WINDOW).then_some(left)
    }
}

/// What was read and tried lately.
#[derive(Debug)]
pub(crate) struct FeedLimit(Mutex<(Count, HashMap<Key, Count>)>);

impl Default for FeedLimit {
    fn default() -> Self {
        Self(Mutex::new((Count::NONE, HashMap::new())))
    }
}

impl FeedLimit {
    /// How long an address must wait; none when it is let through.
    pub(super) fn wait(&self, key: &Key, now: Timestamp) -> Option<SignedDuration> {
        let (wrong, found) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match found.get(key) {
            Some(reads) => reads.wait(READS, now),
            None => wrong.wait(WRONG, now),
        }
    }

    /// Notes that an address opened a feed.
    pub(super) fn read(&self, key: Key, now: Timestamp) {
        let (_, found) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() >= MOST {
            found.retain(|_, reads| reads.since + WINDOW > now);
        }
        found.entry(key).or_insert(Count::NONE).add(now);
    }

    /// Notes that an address opened nothing; one that was stopped is like any other from then on.
    pub(super) fn wrong(&self, key: &Key, now: Timestamp) {
        let (wrong, found) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.remove(key);
        wrong.add(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).expect("a time")
    }

    #[test]
    fn a_feed_is_read_so_often_and_then_waits_for_the_rest_of_the_window() {
        let limit = FeedLimit::default();
        for second in 0..60 {
            assert_eq!(limit.wait(&[1; 32], at(second)), None);
            limit.read([1; 32], at(second));
        }
        assert_eq!(limit.wait(&[1; 32], at(60)), Some(SignedDuration::from_secs(540)));
        assert_eq!(limit.wait(&[2; 32], at(60)), None, "others are not held up");
        assert_eq!(limit.wait(&[1; 32], at(600)), None);
    }

    #[test]
    fn wrong_addresses_wait_together_and_hold_up_nobody_who_has_a_right_one() {
        let limit = FeedLimit::default();
        limit.read([9; 32], at(0));
        for number in 0..60 {
            assert_eq!(limit.wait(&[number; 32], at(1)), None);
            limit.wrong(&[number; 32], at(1));
        }
        limit.read([9; 32], at(1));
        assert!(limit.wait(&[77; 32], at(2)).is_some());
        assert_eq!(limit.wait(&[9; 32], at(2)), None);
        limit.wrong(&[9; 32], at(2));
        assert!(limit.wait(&[9; 32], at(2)).is_some(), "a stopped one is a wrong one");
        assert_eq!(limit.wait(&[77; 32], at(602)), None);
    }
}
