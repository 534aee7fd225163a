//! The people of an organization: add, list, deactivate. Their names stand in no log.

use domain::ids::{OrganizationId, UserId};
use domain::permission::Role;
use store::{Scope, Seen, StoreError, Tx};

use super::{passwords, queries, sessions};
use crate::{App, AppError, ids};

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Stable id.
    pub id: UserId,
    /// What they log in with, in lower case.
    pub user_name: String,
    /// Name.
    pub name: String,
    /// Two or three letters.
    pub initials: String,
    /// Title, such as "Sygeplejerske".
    pub title: String,
    /// Role.
    pub role: Role,
    /// Logs in without a password, in a demo only.
    pub demo: bool,
    /// May log in.
    pub active: bool,
}

/// What is needed for a new user.
#[derive(Clone)]
pub struct NewUser {
    /// What they log in with.
    pub user_name: String,
    /// Name.
    pub name: String,
    /// Two or three letters.
    pub initials: String,
    /// Title.
    pub title: String,
    /// Role.
    pub role: Role,
    /// Password; without one nobody can log in yet.
    pub password: Option<String>,
}

/// What may be changed of a user. What they did keeps their name as it was then.
#[derive(Clone)]
pub struct UserChange {
    /// Name.
    pub name: String,
    /// Two to four letters.
    pub initials: String,
    /// Title.
    pub title: String,
    /// Role.
    pub role: Role,
    /// May log in.
    pub active: bool,
    /// A new password; the old one holds when left out.
    pub password: Option<String>,
}

/// Adds a user to the organization of the scope.
pub async fn add_user(app: &App, scope: Scope, new: NewUser) -> Result<User, AppError> {
    let hash = hashed(new.password).await?;
    let user = User {
        id: ids::new(scope.at),
        user_name: user_name(&new.user_name)?,
        name: new.name,
        initials: new.initials,
        title: new.title,
        role: new.role,
        demo: false,
        active: true,
    };
    store_user(app, scope, user, hash).await
}

/// Adds somebody who logs in for a supplier.
pub(crate) async fn add_supplier_user(
    app: &App,
    scope: Scope,
    new: NewUser,
    supplier: OrganizationId,
) -> Result<User, AppError> {
    let hash = hashed(new.password).await?;
    let user = User {
        id: ids::new(scope.at),
        user_name: user_name(&new.user_name)?,
        name: new.name,
        initials: new.initials,
        title: new.title,
        role: Role::Supplier,
        demo: false,
        active: true,
    };
    store(app, scope, user, hash, Some(supplier)).await
}

/// Adds a demo's user who logs in for a supplier, without a password.
pub(super) async fn add_demo_supplier(
    app: &App,
    scope: Scope,
    user: User,
    supplier: OrganizationId,
) -> Result<User, AppError> {
    store(app, scope, user, None, Some(supplier)).await
}

/// Stores a user and notes it for the audit.
pub(super) async fn store_user(app: &App, scope: Scope, user: User, hash: Option<String>) -> Result<User, AppError> {
    store(app, scope, user, hash, None).await
}

async fn store(
    app: &App,
    scope: Scope,
    user: User,
    hash: Option<String>,
    supplier: Option<OrganizationId>,
) -> Result<User, AppError> {
    app.store
        .write(scope, move |tx| {
            let at = tx.scope().at;
            queries::add(tx, &user, hash.as_deref(), at).map_err(|error| match error {
                StoreError::Exists => AppError::field("brugernavn", "exists", "Brugernavnet er taget. Vælg et andet."),
                other => other.into(),
            })?;
            if let Some(supplier) = supplier {
                queries::tie_to_supplier(tx, user.id, supplier)?;
            }
            tx.note(&format!("user/{}/{}", user.id, user.role.word()));
            Ok(user)
        })
        .await
}

async fn hashed(password: Option<String>) -> Result<Option<String>, AppError> {
    match password {
        Some(password) => Ok(Some(passwords::hash(password).await?)),
        None => Ok(None),
    }
}

/// What a user name is compared by.
pub(super) fn normalised(text: &str) -> String {
    text.trim().to_lowercase()
}

fn user_name(text: &str) -> Result<String, AppError> {
    let name = normalised(text);
    let fits = (2..=100).contains(&name.chars().count()) && !name.chars().any(char::is_whitespace);
    if fits && !name.starts_with(queries::TOKEN_PREFIX) {
        return Ok(name);
    }
    Err(AppError::field("brugernavn", "user_name_unreadable", "Et brugernavn har 2-100 tegn og ingen mellemrum."))
}

/// The users of an organization, by user name.
pub async fn users(app: &App, organization: i64) -> Result<Vec<User>, AppError> {
    let scope = Scope::system(organization, app.now(), "users");
    app.store.view(scope, |tx| Ok(Seen::nothing(queries::users(tx)?))).await
}

/// Title and initials of somebody, as others read of them: "Fysioterapeut AL".
pub(crate) fn name_of(users: &[User], user: UserId) -> String {
    let found = users.iter().find(|known| known.id == user);
    found.map_or_else(|| "En kollega".to_owned(), |user| format!("{} {}", user.title, user.initials))
}

/// Takes a user's right to log in and ends their sessions.
pub async fn deactivate_user(app: &App, scope: Scope, user: UserId) -> Result<(), AppError> {
    shut_out(app, scope, user, "inactive", move |tx| queries::deactivate(tx, user)).await
}

/// Gives a user a new password and ends their sessions.
pub async fn set_password(app: &App, scope: Scope, user: UserId, password: String) -> Result<(), AppError> {
    let hash = passwords::hash(password).await?;
    shut_out(app, scope, user, "password", move |tx| queries::set_password(tx, user, &hash)).await
}

/// A change after which a user must log in anew; it says whether there was such a user, and `what` it was is in the log.
async fn shut_out(
    app: &App,
    scope: Scope,
    user: UserId,
    what: &'static str,
    change: impl FnOnce(&mut Tx<'_>) -> Result<bool, StoreError> + Send + 'static,
) -> Result<(), AppError> {
    app.store
        .write(scope, move |tx| {
            if !change(tx)? {
                return Err(AppError::NotFound("user"));
            }
            tx.note(&format!("user/{user}/{what}"));
            Ok(())
        })
        .await?;
    sessions::end_all_of(app, user).await
}

/// Changes a user. Another role, another password or a closed account ends their sessions: the next page asks who they are.
pub async fn change_user(app: &App, scope: Scope, user: UserId, change: UserChange) -> Result<(), AppError> {
    let hash = hashed(change.password.clone()).await?;
    let ends = app
        .store
        .write(scope, move |tx| {
            let before = queries::users(tx)?.into_iter().find(|one| one.id == user);
            let before = before.ok_or(AppError::NotFound("user"))?;
            queries::change(tx, user, &change)?;
            if let Some(hash) = &hash {
                queries::set_password(tx, user, hash)?;
            }
            let state = if change.active { "active" } else { "inactive" };
            let password = if hash.is_some() { "/password" } else { "" };
            tx.note(&format!("user/{user}/{}/{state}{password}", change.role.word()));
            Ok::<_, AppError>(hash.is_some() || before.role != change.role || !change.active)
        })
        .await?;
    if ends { sessions::end_all_of(app, user).await } else { Ok(()) }
}
