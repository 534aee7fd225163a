//! The demo's users: one a role, called by what they do. They have no password, and only a demo lets them in without one.

use domain::permission::Role;
use store::Scope;

use super::User;
use super::users::{self, store_user};
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
    let code = app.organization(organization).await?.code.as_str().to_owned();
    let there = users::users(app, organization).await?;
    let mut all = Vec::with_capacity(PEOPLE.len());
    for (role, initials, title) in PEOPLE {
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
