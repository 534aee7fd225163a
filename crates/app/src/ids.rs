//! New identifiers: UUIDs of version 7, from the program's clock and randomness.
//!
//! Of two made for the same millisecond the later is the larger (RFC 9562, section 6.2, method 2), so that "the newest"
//! is always one: a yes that follows a no at once is the answer that counts.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use rand::RngExt;
use uuid::Uuid;

static MADE: Made = Made::none();

/// A new identifier for something that comes into being now.
pub fn new<T: From<Uuid>>(now: Timestamp) -> T {
    T::from(MADE.next(millis(now)))
}

/// No identifier made from then on is smaller.
pub fn first_at(then: Timestamp) -> Uuid {
    at(millis(then), [0; 10])
}

/// How many milliseconds are remembered: everything asked for at once keeps the moment at which it began.
const REMEMBERED: usize = 64;

/// What was made last for each of the latest milliseconds.
struct Made(Mutex<VecDeque<(u64, Random)>>);

impl Made {
    const fn none() -> Self {
        Self(Mutex::new(VecDeque::new()))
    }

    fn next(&self, millis: u64) -> Uuid {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let random = if let Some((_, last)) = made.iter_mut().rev().find(|(at, _)| *at == millis) {
            last.grow();
            *last
        } else {
            if made.len() == REMEMBERED {
                made.pop_front();
            }
            let fresh = Random::fresh();
            made.push_back((millis, fresh));
            fresh
        };
        at(millis, random.bytes())
    }
}

/// A key that nobody can guess, for pseudonyms.
pub fn secret() -> [u8; 32] {
    rand::rng().random()
}

/// The random part of an identifier: 12 bits that stay through a millisecond and 62 that grow.
#[derive(Debug, Clone, Copy)]
struct Random {
    fixed: [u8; 2],
    growing: u64,
}

impl Random {
    /// The uppermost of the growing bits is left free, so that a millisecond has room for half a billion identifiers.
    fn fresh() -> Self {
        let mut rng = rand::rng();
        Self { fixed: rng.random(), growing: rng.random::<u64>() >> 3 }
    }

    /// By a random step: the next identifier is not to be guessed from this one.
    fn grow(&mut self) {
        self.growing += 1 + u64::from(rand::rng().random::<u32>());
    }

    fn bytes(self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[..2].copy_from_slice(&self.fixed);
        bytes[2..].copy_from_slice(&self.growing.to_be_bytes());
        bytes
    }
}

fn millis(time: Timestamp) -> u64 {
    u64::try_from(time.as_millisecond()).unwrap_or(0)
}

fn at(millis: u64, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_made_for_the_same_moment_the_later_is_larger_whatever_came_between() {
        let made = Made::none();
        let (now, later) = (1_764_000_000_123, 1_764_000_000_124);
        let mut ids: Vec<Uuid> = Vec::new();
        for _ in 0..1_000 {
            ids.push(made.next(now));
            made.next(later);
        }
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| id.get_version_num() == 7 && *id < made.next(later)));
    }

    #[test]
    fn only_the_latest_moments_are_remembered() {
        let made = Made::none();
        for millis in 0..1_000 {
            made.next(millis);
        }
        assert_eq!(made.0.lock().unwrap_or_else(PoisonError::into_inner).len(), REMEMBERED);
    }
}
