//! What a single message may cost us. Defaults follow what mailboxes carry today; each is a setting of the caller.

/// Upper bounds; a message beyond one of them is refused without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a message that holds anything else than attachments.
    pub referral_bytes: usize,
    /// Bytes of a message that holds attachments only.
    pub attachment_bytes: usize,
    /// Elements inside each other, the root counted.
    pub depth: usize,
    /// Letters in one Emessage.
    pub letters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { referral_bytes: 10_000_000, attachment_bytes: 120_000_000, depth: 32, letters: 10 }
    }
}

impl Limits {
    /// The largest file worth opening: an attachment in base64 inside a VANSEnvelope, with its line breaks.
    #[must_use]
    pub fn file_bytes(&self) -> usize {
        self.attachment_bytes.saturating_add(self.attachment_bytes / 2)
    }
}

/// The limit that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OverLimit {
    /// The file is longer than the limit in bytes.
    #[error("larger than {0} bytes")]
    Bytes(usize),
    /// Elements inside each other.
    #[error("more than {0} elements deep")]
    Depth(usize),
    /// Letters in one Emessage.
    #[error("more than {0} letters in one message")]
    Letters(usize),
}
