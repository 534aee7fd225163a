//! What the gateway already has: one fingerprint per resource, from the latest report that was not rejected.

use std::collections::HashMap;
use std::fmt;

use sha2::{Digest, Sha256};

use crate::kind::Key;

/// SHA-256 of a resource exactly as it was sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash(pub [u8; 32]);

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a content hash is 64 hexadecimal digits")]
pub struct NotAHash;

impl ContentHash {
    /// The fingerprint of a rendered resource.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Result<Self, NotAHash> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(NotAHash);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

const fn nibble(digit: u8) -> Result<u8, NotAHash> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotAHash),
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// What the latest reports that were not rejected said about one citizen's record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reported(pub HashMap<Key, ContentHash>);

impl Reported {
    /// Whether the thing has ever been reported.
    pub fn has(&self, key: Key) -> bool {
        self.0.contains_key(&key)
    }

    /// Takes over what a report said, once it is accepted (or sent, when the next one builds on it).
    pub fn remember(&mut self, resources: &[crate::report::Resource]) {
        self.0.extend(resources.iter().map(|r| ((r.kind, r.id), r.hash)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_back_from_its_text() {
        let hash = ContentHash::of(b"{}");
        assert_eq!(ContentHash::parse(&hash.to_string()), Ok(hash));
        assert_eq!(ContentHash::parse("44"), Err(NotAHash));
        assert_eq!(ContentHash::parse(&"G".repeat(64)), Err(NotAHash));
    }
}
