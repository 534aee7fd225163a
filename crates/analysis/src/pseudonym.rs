//! Pseudonyms: a keyed hash of an id, so that rows of the same citizen are found together and nobody finds the citizen.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Key of a hash: of an organization for its views, of an extract for its files. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub [u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// The first 128 bits of SHA-256 over key, organization and id, as 32 small hexadecimal digits. What is left out of the hash
/// keeps the key from being carried on from it. `reporting.pseudonym` of PostgreSQL makes the same.
pub fn pseudonym(secret: &[u8], organization: i64, id: Uuid) -> String {
    let hash = Sha256::new().chain_update(secret).chain_update(organization.to_be_bytes()).chain_update(id).finalize();
    short(&hash)
}

/// The first half of a hash, as small hexadecimal digits.
pub(crate) fn short(hash: &[u8]) -> String {
    hash.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

const fn digit(half: u8) -> char {
    match half {
        0..10 => (b'0' + half) as char,
        _ => (b'a' + half - 10) as char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_id_has_one_pseudonym_for_a_key_and_an_organization_and_another_for_others() {
        let id = Uuid::from_u128(7);
        let own = pseudonym(&[1; 32], 1, id);
        assert!(own.len() == 32 && own.bytes().all(|b| b.is_ascii_hexdigit()) && own == pseudonym(&[1; 32], 1, id));
        assert!(own != pseudonym(&[2; 32], 1, id) && own != pseudonym(&[1; 32], 2, id));
        assert!(own != pseudonym(&[1; 32], 1, Uuid::from_u128(8)));
        assert_eq!(format!("{:?}", Secret([1; 32])), "Secret(***)");
    }
}
