//! New identifiers: UUIDs of version 7, from the program's clock and randomness.

use jiff::Timestamp;
use rand::RngExt;
use uuid::Uuid;

/// A new identifier for something that comes into being now.
pub fn new<T: From<Uuid>>(now: Timestamp) -> T {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let random: [u8; 10] = rand::rng().random();
    T::from(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}
