//! All SQL about users and tokens. Log-in reads before it is known whose turn it is; everything else is bound to the
//! organization.

use domain::ids::{OrganizationId, UserId};
use domain::permission::Role;
use jiff::Timestamp;
use store::{Row, StoreError, Tx, Unscoped};
use uuid::Uuid;

use super::{Token, User, UserChange};
use crate::Caller;

/// Users that stand for a token begin with this; nobody can log in as one.
pub(super) const TOKEN_PREFIX: &str = "token:";

/// Who wants to log in, and what to compare the password with.
pub(super) struct Account {
    pub(super) caller: Caller,
    pub(super) password_hash: Option<String>,
    pub(super) demo: bool,
}

/// An active user by name.
pub(super) fn account(unscoped: &mut Unscoped<'_>, user_name: &str) -> Result<Option<Account>, StoreError> {
    const SQL: &str = "select organization, id, name, initials, title, role, password_hash, demo from user_account
        where user_name = $1 and active";
    let rows = unscoped.query(SQL, &[user_name.into()], |row| {
        Ok(Account { caller: caller(row)?, password_hash: row.take()?, demo: row.take()? })
    })?;
    Ok(rows.into_iter().next())
}

/// Whose a token is, by its hash.
pub(super) fn caller_of_token(unscoped: &mut Unscoped<'_>, hash: &[u8]) -> Result<Option<Caller>, StoreError> {
    const SQL: &str = "select u.organization, u.id, u.name, u.initials, u.title, u.role from api_token t
        join user_account u on u.organization = t.organization and u.id = t.user_id
        where t.hash = $1 and t.revoked_at is null and u.active";
    Ok(unscoped.query(SQL, &[hash.into()], caller)?.into_iter().next())
}

/// The caller of a user's row.
fn caller(row: &mut Row<'_>) -> Result<Caller, StoreError> {
    Ok(Caller {
        organization: row.take()?,
        user: UserId(row.take()?),
        name: row.take()?,
        initials: row.take()?,
        title: row.take()?,
        role: role(row)?,
        builds_on: None,
    })
}

fn role(row: &mut Row<'_>) -> Result<Role, StoreError> {
    Role::parse(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "role" })
}

/// Demo users of all organizations, in the order they were made.
pub(super) fn demo_users(unscoped: &mut Unscoped<'_>) -> Result<Vec<(String, Caller)>, StoreError> {
    const SQL: &str = "select user_name, organization, id, name, initials, title, role from user_account
        where demo and active order by organization, id";
    unscoped.query(SQL, &[], |row| Ok((row.take()?, caller(row)?)))
}

/// Stores a new user.
pub(super) fn add(tx: &mut Tx<'_>, user: &User, password_hash: Option<&str>, at: Timestamp) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into user_account (organization, id, user_name, name, initials, title, role, password_hash,
            demo, active, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    tx.execute(
        SQL,
        &[
            user.id.0.into(),
            (&user.user_name).into(),
            (&user.name).into(),
            (&user.initials).into(),
            (&user.title).into(),
            user.role.word().into(),
            password_hash.into(),
            user.demo.into(),
            user.active.into(),
            at.into(),
        ],
    )
    .map(|_| ())
}

/// Users of an organization by name; those that stand for tokens are left out.
pub(crate) fn users(tx: &mut Tx<'_>) -> Result<Vec<User>, StoreError> {
    const SQL: &str = "select id, user_name, name, initials, title, role, demo, active from user_account
        where organization = $1 and user_name not like 'token:%' order by user_name";
    tx.query(SQL, &[], user)
}

/// Whether a user stands for a token of another system, and not for somebody.
pub(crate) fn stands_for_token(tx: &mut Tx<'_>, user: UserId) -> Result<bool, StoreError> {
    const SQL: &str = "select user_name from user_account where organization = $1 and id = $2";
    let names: Vec<String> = tx.query(SQL, &[user.0.into()], |row| row.take())?;
    Ok(names.iter().any(|name| name.starts_with(TOKEN_PREFIX)))
}

/// Takes the right to log in; says whether there was such a user.
pub(super) fn deactivate(tx: &mut Tx<'_>, user: UserId) -> Result<bool, StoreError> {
    const SQL: &str = "update user_account set active = $3 where organization = $1 and id = $2";
    Ok(tx.execute(SQL, &[user.0.into(), false.into()])? > 0)
}

/// Stores what was changed of a user.
pub(super) fn change(tx: &mut Tx<'_>, user: UserId, to: &UserChange) -> Result<u64, StoreError> {
    const SQL: &str = "update user_account set name = $3, initials = $4, title = $5, role = $6, active = $7
        where organization = $1 and id = $2";
    let UserChange { name, initials, title, role, active, .. } = to;
    let values = [user.0.into(), name.into(), initials.into(), title.into(), role.word().into(), (*active).into()];
    tx.execute(SQL, &values)
}

/// Gives a new password; says whether there was such a user.
pub(super) fn set_password(tx: &mut Tx<'_>, user: UserId, hash: &str) -> Result<bool, StoreError> {
    const SQL: &str = "update user_account set password_hash = $3 where organization = $1 and id = $2";
    Ok(tx.execute(SQL, &[user.0.into(), hash.into()])? > 0)
}

/// Stores a token's hash.
pub(super) fn add_token(
    tx: &mut Tx<'_>,
    hash: &[u8],
    user: Uuid,
    label: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into api_token (organization, hash, user_id, label, created_at) values ($1, $2, $3, $4, $5)";
    tx.execute(SQL, &[hash.into(), user.into(), label.into(), at.into()]).map(|_| ())
}

/// Tokens of an organization, the oldest first.
pub(super) fn tokens(tx: &mut Tx<'_>) -> Result<Vec<Token>, StoreError> {
    const SQL: &str = "select u.id, t.label, u.role, t.created_at, t.revoked_at from api_token t
        join user_account u on u.organization = t.organization and u.id = t.user_id
        where t.organization = $1 order by t.created_at, u.id";
    tx.query(SQL, &[], |row| {
        Ok(Token {
            id: UserId(row.take()?),
            label: row.take()?,
            role: role(row)?,
            created_at: row.take()?,
            revoked_at: row.take()?,
        })
    })
}

/// Revokes a token; says whether there was one to revoke.
pub(super) fn revoke(tx: &mut Tx<'_>, id: UserId, at: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "update api_token set revoked_at = $3
        where organization = $1 and user_id = $2 and revoked_at is null";
    Ok(tx.execute(SQL, &[id.0.into(), at.into()])? > 0)
}

/// Ties a user to the supplier that they log in for.
pub(crate) fn tie_to_supplier(tx: &mut Tx<'_>, user: UserId, supplier: OrganizationId) -> Result<(), StoreError> {
    const SQL: &str = "update user_account set supplier = $3 where organization = $1 and id = $2";
    tx.execute(SQL, &[user.0.into(), supplier.0.into()]).map(|_| ())
}

/// The supplier that an active user logs in for.
pub(crate) fn supplier_of(tx: &mut Tx<'_>, user: UserId) -> Result<Option<OrganizationId>, StoreError> {
    const SQL: &str =
        "select supplier from user_account where organization = $1 and id = $2 and active and role = 'supplier'";
    let found = tx.first(SQL, &[user.0.into()], |row| row.take::<Option<Uuid>>())?;
    Ok(found.flatten().map(OrganizationId))
}

/// Who logs in for a supplier, by user name.
pub(crate) fn users_of_supplier(tx: &mut Tx<'_>, supplier: OrganizationId) -> Result<Vec<User>, StoreError> {
    const SQL: &str = "select id, user_name, name, initials, title, role, demo, active from user_account
        where organization = $1 and supplier = $2 and role = 'supplier' order by user_name";
    tx.query(SQL, &[supplier.0.into()], user)
}

fn user(row: &mut Row<'_>) -> Result<User, StoreError> {
    Ok(User {
        id: UserId(row.take()?),
        user_name: row.take()?,
        name: row.take()?,
        initials: row.take()?,
        title: row.take()?,
        role: role(row)?,
        demo: row.take()?,
        active: row.take()?,
    })
}
