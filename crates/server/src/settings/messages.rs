//! `[messages]`: what a single message may cost; more is refused and kept in quarantine.

use medcom::Limits;
use serde::{Deserialize, Serialize};

/// Upper bounds of an incoming message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Messages {
    /// Bytes of a message without attachments.
    pub referral_bytes: usize,
    /// Bytes of a message with attachments only.
    pub attachment_bytes: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Letters in one message.
    pub letters: usize,
}

impl Default for Messages {
    fn default() -> Self {
        let Limits { referral_bytes, attachment_bytes, depth, letters } = Limits::default();
        Self { referral_bytes, attachment_bytes, depth, letters }
    }
}

impl Messages {
    /// As the reader takes them.
    pub const fn limits(&self) -> Limits {
        Limits {
            referral_bytes: self.referral_bytes,
            attachment_bytes: self.attachment_bytes,
            depth: self.depth,
            letters: self.letters,
        }
    }
}
