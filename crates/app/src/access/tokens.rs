//! Tokens of other systems: `fb_` and 32 random bytes, shown once and kept as their SHA-256.

use domain::ids::UserId;
use domain::permission::Role;
use sha2::{Digest, Sha256};
use store::{Row, StoreError};

use crate::{App, AppError, Caller};

/// Whose a token is; none when it is unknown or revoked.
pub async fn caller_of_token(app: &App, token: &str) -> Result<Option<Caller>, AppError> {
    const SQL: &str = "select u.organization, u.id, u.name, u.initials, u.title, u.role from api_token t
        join user_account u on u.organization = t.organization and u.id = t.user_id
        where t.hash = $1 and t.revoked_at is null and u.active";
    let hash = Sha256::digest(token.as_bytes());
    app.store.look_up(move |u| Ok(u.query(SQL, &[hash.as_slice().into()], caller)?.into_iter().next())).await
}

/// The caller of a user's row.
pub(super) fn caller(row: &mut Row<'_>) -> Result<Caller, StoreError> {
    Ok(Caller {
        organization: row.take()?,
        user: UserId(row.take()?),
        name: row.take()?,
        initials: row.take()?,
        title: row.take()?,
        role: Role::parse(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "role" })?,
    })
}
