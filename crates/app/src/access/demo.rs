//! The demo's users: one a role, called by what they do. They have no password, and only a demo lets them in without one.

use domain::ids::{OrganizationId, UserId};
use domain::permission::Role;
use store::Scope;

use super::users::{self, store_user};
use super::{User, queries};
use crate::{App, AppError, ids};

/// Role, initials and title; the order is that of the log-in page.
const PEOPLE: [(Role, &str, &str); 7] = [
    (Role::Visitator, "MK", "Visitator"),
    (Role::Professional, "AL", "Fysioterapeut"),
    (Role::Coordinator, "SH", "Koordinator"),
    (Role::Quality, "TS", "Kvalitet"),
    (Role::Leader, "BN", "Leder"),
    (Role::Administrator, "EP", "Administrator"),
    (Role::Guest, "GI", "Gæsteinstruktør"),
];

/// Adds the demo's users to an organization; those that are there already stay as they are.
pub async fn add_demo_users(app: &App, organization: i64) -> Result<Vec<User>, AppError> {
    add_demo_users_of(app, organization, &PEOPLE.map(|(role, ..)| role)).await
}

/// The same for some roles.
pub async fn add_demo_users_of(app: &App, organization: i64, roles: &[Role]) -> Result<Vec<User>, AppError> {
    let code = app.organization(organization).await?.code.as_str().to_owned();
    let there = users::users(app, organization).await?;
    let mut all = Vec::with_capacity(PEOPLE.len());
    for (role, initials, title) in PEOPLE.into_iter().filter(|(role, ..)| roles.contains(role)) {
        let user_name = format!("{}-{code}", role.word());
        let user = match there.iter().find(|user| user.user_name == user_name) {
            Some(user) => user.clone(),
            None => add(app, organization, user_name, (role, initials, title)).await?,
        };
        all.push(user);
    }
    Ok(all)
}

async fn add(
    app: &App,
    organization: i64,
    user_name: String,
    (role, initials, title): (Role, &str, &str),
) -> Result<User, AppError> {
    let scope = Scope::system(organization, app.now(), "user.add_demo");
    let user = User {
        id: ids::new(scope.at),
        user_name,
        name: title.to_owned(),
        initials: initials.to_owned(),
        title: title.to_owned(),
        role,
        demo: true,
        active: true,
    };
    store_user(app, scope, user, None).await
}

/// Adds the demo's user of a supplier, unless there is one.
pub async fn add_demo_supplier(app: &App, organization: i64, supplier: OrganizationId) -> Result<UserId, AppError> {
    let code = app.organization(organization).await?.code.as_str().to_owned();
    let user_name = format!("{}-{code}", Role::Supplier.word());
    if let Some(there) = users::users(app, organization).await?.into_iter().find(|user| user.user_name == user_name) {
        // The demo starts anew with another supplier of the same name.
        let (scope, id) = (Scope::system(organization, app.now(), "user.add_demo"), there.id);
        app.store.write(scope, move |tx| Ok::<_, AppError>(queries::tie_to_supplier(tx, id, supplier)?)).await?;
        return Ok(id);
    }
    let scope = Scope::system(organization, app.now(), "user.add_demo");
    let title = Role::Supplier.label().to_owned();
    let user = User {
        id: ids::new(scope.at),
        user_name,
        name: title.clone(),
        initials: "RL".to_owned(),
        title,
        role: Role::Supplier,
        demo: true,
        active: true,
    };
    Ok(users::add_demo_supplier(app, scope, user, supplier).await?.id)
}
