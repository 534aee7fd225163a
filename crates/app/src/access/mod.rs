//! Who may come in: users, log-in, sessions, and tokens for other systems.
//!
//! A session holds what a request needs to know about the caller, so that one look-up serves it; deactivating a user
//! therefore ends their sessions. Passwords are kept as argon2id; sessions and tokens only as their SHA-256.

mod sessions;
mod tokens;

pub(crate) use sessions::{SessionTable, SignedIn, clear_notice, random_word, set_notice, signed_in};
pub use tokens::caller_of_token;
