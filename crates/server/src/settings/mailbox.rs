//! `[mailbox]`: how the message folders are watched.

use serde::{Deserialize, Serialize};

/// The message folders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mailbox {
    /// Whether `serve` takes in and hands over messages. Off for a second process on the same data.
    pub watch: bool,
    /// A file must have been still so long before it is taken: it may be half-written.
    pub settle_seconds: u64,
    /// Pause between two looks into the folders.
    pub interval_ms: u64,
}

impl Default for Mailbox {
    fn default() -> Self {
        Self { watch: true, settle_seconds: 2, interval_ms: 1000 }
    }
}
