//! Who may come in: users, log-in, sessions, and tokens for other systems.
//!
//! A session holds what a request needs to know about the caller, so that one look-up serves it; deactivating a user
//! therefore ends their sessions. Passwords are kept as argon2id; sessions and tokens only as their SHA-256.
//!
//! Log-ins, refused ones too, stand in the audit by the user's id; what was typed stands nowhere.

mod api;
mod attempts;
mod demo;
mod login;
mod passwords;
mod queries;
mod sessions;
mod tokens;
mod users;

pub use api::{document as api_document, routes as api_routes};
pub use demo::{add_demo_supplier, add_demo_users, add_demo_users_of};
pub use login::routes;
pub(crate) use login::{Desk, same_site};
pub(crate) use queries::{stands_for_token, supplier_of, users as users_in, users_of_supplier};
pub(crate) use sessions::{
    SessionTable, SignedIn, choose, chosen, clear_notice, end, random_word, set_notice, signed_in,
};
pub use tokens::{Token, caller_of_token, new_token, revoke_token, tokens};
pub(crate) use users::add_supplier_user;
pub(crate) use users::name_of;
pub use users::{NewUser, User, UserChange, add_user, change_user, deactivate_user, set_password, users};
