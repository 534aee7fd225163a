//! The log-in page, and the ways in and out: `/log-ind`, `/log-ud`.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::Permission;
use serde::Deserialize;
use store::{Scope, StoreError};

use super::attempts::Attempts;
use super::queries::{self, Account};
use super::{passwords, sessions, users};
use crate::layout::{Counts, Frame, Nav, first_page};
use crate::web::{Page, PageForm, Routes, Visit};
use crate::{App, AppError, Caller, organizations};

/// What log-in remembers between requests.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    attempts: Attempts,
}

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/log-ind", Permission::Public, show).post("/log-ind", Permission::Public, log_in).post(
        "/log-ud",
        Permission::OwnSession,
        log_out,
    )
}

#[derive(Template)]
#[template(path = "access/login.html")]
struct LoginPage {
    frame: Frame,
    organisation: String,
    unit: String,
    error: Option<String>,
    user_name: String,
    next: String,
    places: Vec<DemoPlace>,
    /// Another municipality of the demo will be here soon.
    more_to_come: bool,
}

/// A municipality of the demo.
struct DemoPlace {
    name: String,
    department: String,
    roles: Vec<DemoRole>,
}

struct DemoRole {
    value: String,
    initials: String,
    title: String,
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct LogIn {
    #[serde(default)]
    next: String,
    demo: Option<String>,
    #[serde(default)]
    brugernavn: String,
    #[serde(default)]
    adgangskode: String,
}

/// Why somebody was not let in.
enum Refused {
    Wrong,
    TooMany,
    NoDemo,
}

impl Refused {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::NoDemo => StatusCode::FORBIDDEN,
        }
    }

    const fn text(&self) -> &'static str {
        match self {
            Self::Wrong => "Brugernavn eller adgangskode passer ikke. Prøv igen.",
            Self::TooMany => "Der er prøvet for mange gange. Vent et kvarter, og prøv igen.",
            Self::NoDemo => "Her kan man ikke logge ind uden adgangskode.",
        }
    }
}

async fn show(State(app): State<App>, visit: Visit, Query(back): Query<Back>) -> Result<Response, AppError> {
    if let Some(caller) = visit.caller() {
        return Ok(Redirect::to(&landing(caller, &back.next)).into_response());
    }
    Ok(Page(login_page(&app, &visit, None, "", &back.next).await?).into_response())
}

async fn login_page(
    app: &App,
    visit: &Visit,
    refused: Option<&Refused>,
    user_name: &str,
    next: &str,
) -> Result<LoginPage, AppError> {
    let all = organizations::list(app).await?;
    let (organisation, unit) = match all.as_slice() {
        [only] => (only.name.clone(), only.department.clone()),
        _ => ("Forebyg".to_owned(), String::new()),
    };
    Ok(LoginPage {
        frame: visit.frame(Nav::None, Counts::default()).await?,
        organisation,
        unit,
        error: refused.map(|r| r.text().to_owned()),
        user_name: user_name.to_owned(),
        next: same_site(next).unwrap_or_default().to_owned(),
        places: if app.demo { demo_places(app).await? } else { Vec::new() },
        more_to_come: app.demo && app.is_making_a_past(),
    })
}

/// The demo's users by municipality.
async fn demo_places(app: &App) -> Result<Vec<DemoPlace>, AppError> {
    let users = app.store.look_up(queries::demo_users).await?;
    let mut places: Vec<(i64, DemoPlace)> = Vec::new();
    for (value, caller) in users {
        let role = DemoRole { value, initials: caller.initials, title: caller.title };
        match places.last_mut().filter(|(key, _)| *key == caller.organization) {
            Some((_, place)) => place.roles.push(role),
            None => {
                let home = app.organization(caller.organization).await?;
                let (name, department) = (home.name.clone(), home.department.clone());
                places.push((home.key, DemoPlace { name, department, roles: vec![role] }));
            }
        }
    }
    Ok(places.into_iter().map(|(_, place)| place).collect())
}

async fn log_in(
    State(app): State<App>,
    Extension(desk): Extension<Arc<Desk>>,
    visit: Visit,
    PageForm(form): PageForm<LogIn>,
) -> Result<Response, AppError> {
    let who = match &form.demo {
        Some(user_name) => demo_user(&app, user_name).await?,
        None => with_password(&app, &desk, &form.brugernavn, form.adgangskode.clone()).await?,
    };
    match who {
        Ok(caller) => {
            sessions::start(&app, visit.session()?, &caller).await?;
            Ok(Redirect::to(&landing(&caller, &form.next)).into_response())
        }
        Err(refused) => {
            let page = login_page(&app, &visit, Some(&refused), &form.brugernavn, &form.next).await?;
            Ok((refused.status(), Page(page)).into_response())
        }
    }
}

async fn demo_user(app: &App, user_name: &str) -> Result<Result<Caller, Refused>, AppError> {
    if !app.demo {
        return Ok(Err(Refused::NoDemo));
    }
    match account(app, user_name.to_owned()).await?.filter(|account| account.demo) {
        Some(account) => {
            note(app, &account.caller, "log_in.demo").await?;
            Ok(Ok(account.caller))
        }
        None => Ok(Err(Refused::Wrong)),
    }
}

async fn with_password(
    app: &App,
    desk: &Desk,
    user_name: &str,
    password: String,
) -> Result<Result<Caller, Refused>, AppError> {
    let user_name = users::normalised(user_name);
    if !desk.attempts.may_try(&user_name, app.now()) {
        return Ok(Err(Refused::TooMany));
    }
    let account = account(app, user_name.clone()).await?;
    let hash = account.as_ref().and_then(|a| a.password_hash.clone());
    let fits = passwords::fits(password, hash).await?;
    match account {
        Some(account) if fits => {
            desk.attempts.succeeded(&user_name);
            note(app, &account.caller, "log_in").await?;
            Ok(Ok(account.caller))
        }
        account => {
            desk.attempts.failed(&user_name, app.now());
            if let Some(account) = account {
                note_beside(app.clone(), account.caller);
            }
            Ok(Err(Refused::Wrong))
        }
    }
}

async fn account(app: &App, user_name: String) -> Result<Option<Account>, AppError> {
    app.store.look_up(move |u| Ok(queries::account(u, &user_name)?)).await
}

/// The user's id in the audit of their organization. A name that is nobody's leaves no trace there.
async fn note(app: &App, caller: &Caller, action: &'static str) -> Result<(), AppError> {
    let scope = Scope { actor: caller.user.0, ..Scope::system(caller.organization, app.now(), action) };
    let what = format!("user/{}", caller.user);
    app.store
        .write(scope, move |tx| {
            tx.note(&what);
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Beside the answer: a name that exists must not take longer to refuse.
fn note_beside(app: App, caller: Caller) {
    tokio::spawn(async move {
        if let Err(error) = note(&app, &caller, "log_in.refused").await {
            tracing::error!(%error, "a refused log-in is missing in the audit");
        }
    });
}

async fn log_out(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Redirect, AppError> {
    note(&app, &caller, "log_out").await?;
    sessions::end(visit.session()?).await?;
    Ok(Redirect::to("/log-ind"))
}

/// Where somebody who came in goes on to.
fn landing(caller: &Caller, next: &str) -> String {
    same_site(next).or_else(|| first_page(caller.role)).unwrap_or("/").to_owned()
}

/// An address of this site, and nothing else: no host.
pub(crate) fn same_site(next: &str) -> Option<&str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_.~%?=&+".contains(&b);
    let ours = next.starts_with('/') && !next.starts_with("//") && next.bytes().all(plain) && next.len() <= 500;
    Some(next).filter(|next| ours && *next != "/log-ind" && *next != "/log-ud")
}

#[cfg(test)]
mod tests {
    use super::same_site;

    #[test]
    fn log_in_leads_back_to_an_address_of_this_site_only() {
        for ours in ["/henvisninger/0198-a", "/kalender?uge=2026-W48"] {
            assert_eq!(same_site(ours), Some(ours));
        }
        for foreign in ["", "//andet.example", "https://andet.example", "/\\andet.example", "/log-ind", "/a\r\nb"] {
            assert_eq!(same_site(foreign), None, "{foreign:?}");
        }
    }
}
