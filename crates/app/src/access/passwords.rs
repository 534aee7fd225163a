//! Passwords as argon2id, with the crate's recommended cost. Hashing takes a processor for some hundredths of a second and
//! 19 MiB, so it runs beside the requests and one at a time: whoever guesses
//! passwords does not take the machine from those who work.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use store::StoreError;
use tokio::sync::Semaphore;

use crate::AppError;

/// Hashes at the same time.
static PLACES: Semaphore = Semaphore::const_new(1);
/// Fewer letters than this are refused.
const SHORTEST: usize = 12;
const LONGEST: usize = 200;

/// The hash of a new password.
pub(super) async fn hash(password: String) -> Result<String, AppError> {
    if !(SHORTEST..=LONGEST).contains(&password.chars().count()) {
        let text = format!("Adgangskoden skal have mindst {SHORTEST} tegn.");
        return Err(AppError::field("adgangskode", "password_too_short", text));
    }
    beside(move || hash_of(&password)).await?.ok_or(StoreError::Unreadable { what: "password" }.into())
}

/// Whether the password fits. Takes as long when there is no user or no password to compare with.
pub(super) async fn fits(password: String, hash: Option<String>) -> Result<bool, AppError> {
    beside(move || {
        let known = hash.is_some();
        let hash = hash.as_deref().unwrap_or_else(|| nobody());
        let parsed = PasswordHash::new(hash);
        let fits = parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        fits && known
    })
    .await
}

fn hash_of(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// A hash that is nobody's.
fn nobody() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash_of(&super::random_word()).unwrap_or_default())
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let _place = PLACES.acquire().await.map_err(|_| StoreError::Closed)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_no_other() {
        let kept = hash("en lang adgangskode".into()).await.expect("long enough");
        assert!(kept.starts_with("$argon2id$"));
        assert!(fits("en lang adgangskode".into(), Some(kept.clone())).await.expect("it runs"));
        assert!(!fits("en anden adgangskode".into(), Some(kept)).await.expect("it runs"));
        assert!(!fits("en lang adgangskode".into(), None).await.expect("it runs"));
        assert!(hash("kort".into()).await.is_err());
    }
}
