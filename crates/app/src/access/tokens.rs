//! Tokens of other systems: `fb_` and 32 random bytes, shown once and kept as their SHA-256. Each has a user of its own,
//! so that the logs say which system it was.

use domain::ids::UserId;
use domain::permission::Role;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::{Scope, Seen, StoreError};

use super::{User, queries, random_word};
use crate::{App, AppError, Caller, ids};

/// A token as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The user it stands for.
    pub id: UserId,
    /// What it is called.
    pub label: String,
    /// What it may do.
    pub role: Role,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// A new token; this is the only time it can be read.
pub async fn new_token(app: &App, organization: i64, label: &str, role: Role) -> Result<String, AppError> {
    if !(1..=80).contains(&label.trim().chars().count()) {
        return Err(AppError::field("label", "label_unreadable", "Navnet på nøglen skal have 1-80 tegn."));
    }
    let token = format!("fb_{}", random_word());
    let hash = Sha256::digest(token.as_bytes());
    let scope = Scope::system(organization, app.now(), "token.add");
    let user = system_user(ids::new(scope.at), label.trim(), role);
    app.store
        .write(scope, move |tx| {
            let at = tx.scope().at;
            queries::add(tx, &user, None, at)?;
            queries::add_token(tx, hash.as_slice(), user.id.0, &user.name, at)?;
            tx.note(&format!("token/{}/{}", user.id, role.word()));
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(token)
}

fn system_user(id: UserId, label: &str, role: Role) -> User {
    User {
        id,
        user_name: format!("{}{id}", queries::TOKEN_PREFIX),
        name: label.to_owned(),
        initials: "SY".to_owned(),
        title: Role::System.label().to_owned(),
        role,
        demo: false,
        active: true,
    }
}

/// Whose a token is; none when it is unknown or revoked.
pub async fn caller_of_token(app: &App, token: &str) -> Result<Option<Caller>, AppError> {
    let hash = Sha256::digest(token.as_bytes());
    app.store.look_up(move |u| Ok(queries::caller_of_token(u, hash.as_slice())?)).await
}

/// The tokens of an organization, the oldest first.
pub async fn tokens(app: &App, organization: i64) -> Result<Vec<Token>, AppError> {
    let scope = Scope::system(organization, app.now(), "tokens");
    app.store.view(scope, |tx| Ok(Seen::nothing(queries::tokens(tx)?))).await
}

/// Revokes a token of the scope's organization; the next request with it is refused.
pub async fn revoke_token(app: &App, scope: Scope, id: UserId) -> Result<(), AppError> {
    app.store
        .write(scope, move |tx| {
            let at = tx.scope().at;
            if !queries::revoke(tx, id, at)? {
                return Err(AppError::NotFound("token"));
            }
            tx.note(&format!("token/{id}/revoked"));
            Ok(())
        })
        .await
}
