//! New identifiers: UUIDs of version 7, from the program's clock and randomness.

use jiff::Timestamp;
use rand::RngExt;
use uuid::Uuid;

/// A new identifier for something that comes into being now.
pub fn new<T: From<Uuid>>(now: Timestamp) -> T {
    T::from(at(now, rand::rng().random()))
}

/// No identifier made from then on is smaller.
pub fn first_at(then: Timestamp) -> Uuid {
    at(then, [0; 10])
}

fn at(time: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(time.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
