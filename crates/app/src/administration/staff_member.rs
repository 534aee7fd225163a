//! One member of staff: added, changed, let in and shut out, `/administration/medarbejdere/…`. What somebody did keeps
//! their name; an account is closed, never deleted. Nobody changes their own access.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::UserId;
use domain::permission::Role;
use serde::Deserialize;
use uuid::Uuid;

use crate::access::{self, NewUser, User, UserChange};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

const LIST: &str = "/administration/medarbejdere";

/// Roles of people; the remaining one is another system's.
const ROLES: [Role; 8] = [
    Role::Visitator,
    Role::Professional,
    Role::Coordinator,
    Role::Quality,
    Role::Leader,
    Role::Administrator,
    Role::Guest,
    Role::Authority,
];

#[derive(Template)]
#[template(path = "administration/staff_member.html")]
pub(super) struct MemberPage {
    frame: Frame,
    action: String,
    heading: &'static str,
    name: Field,
    initials: Field,
    title: Field,
    roles: Vec<Choice>,
    role_error: Option<String>,
    user_name: Field,
    password: Field,
    /// None while the account is being made.
    active: Option<bool>,
    errors: Vec<FormError>,
}

/// What the form sends.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct MemberForm {
    navn: String,
    initialer: String,
    titel: String,
    rolle: String,
    brugernavn: String,
    adgangskode: String,
    aktiv: String,
}

impl MemberForm {
    fn of(user: &User) -> Self {
        Self {
            navn: user.name.clone(),
            initialer: user.initials.clone(),
            titel: user.title.clone(),
            rolle: user.role.word().to_owned(),
            brugernavn: user.user_name.clone(),
            adgangskode: String::new(),
            aktiv: if user.active { "ja".to_owned() } else { String::new() },
        }
    }

    fn role(&self) -> Option<Role> {
        Role::parse(&self.rolle).ok().filter(|role| ROLES.contains(role))
    }

    /// Everything that is wrong, by field.
    fn errors(&self, new: bool) -> Vec<FormError> {
        let mut errors = Vec::new();
        let mut wrong = |field: &'static str, text: &str| errors.push(FormError { field, message: text.to_owned() });
        if !(1..=100).contains(&self.navn.trim().chars().count()) {
            wrong("navn", "Skriv navnet, højst 100 tegn.");
        }
        let initials = self.initialer.trim();
        if !(2..=4).contains(&initials.chars().count()) || !initials.chars().all(char::is_alphabetic) {
            wrong("initialer", "Initialer er 2-4 bogstaver.");
        }
        if !(1..=60).contains(&self.titel.trim().chars().count()) {
            wrong("titel", "Skriv titlen, højst 60 tegn.");
        }
        if self.role().is_none() {
            wrong("rolle", "Vælg en rolle.");
        }
        if new && self.brugernavn.trim().is_empty() {
            wrong("brugernavn", "Skriv, hvad medarbejderen skal logge ind med.");
        }
        if new && self.adgangskode.is_empty() {
            wrong("adgangskode", "Skriv en adgangskode til den første dag.");
        }
        errors
    }

    fn change(&self, role: Role) -> UserChange {
        UserChange {
            name: self.navn.trim().to_owned(),
            initials: self.initialer.trim().to_uppercase(),
            title: self.titel.trim().to_owned(),
            role,
            active: !self.aktiv.is_empty(),
            password: Some(self.adgangskode.clone()).filter(|password| !password.is_empty()),
        }
    }
}

impl MemberPage {
    fn new(frame: Frame, id: Option<UserId>, form: MemberForm, errors: Vec<FormError>) -> Self {
        let error = |id: &str| errors.iter().find(|e| e.field == id).map(|e| e.message.clone());
        let field = |id: &str, value: String| Field { error: error(id), value };
        let choice = |role: &Role| Choice {
            value: role.word().to_owned(),
            label: role.label().to_owned(),
            hint: None,
            selected: role.word() == form.rolle,
        };
        Self {
            frame,
            action: id.map_or_else(|| format!("{LIST}/ny"), |id| format!("{LIST}/{id}")),
            heading: if id.is_some() { "Ret medarbejder" } else { "Ny medarbejder" },
            roles: ROLES.iter().map(choice).collect(),
            role_error: error("rolle"),
            name: field("navn", form.navn),
            initials: field("initialer", form.initialer),
            title: field("titel", form.titel),
            user_name: field("brugernavn", form.brugernavn),
            // What was typed does not come back in a page.
            password: field("adgangskode", String::new()),
            active: id.map(|_| !form.aktiv.is_empty()),
            errors,
        }
    }
}

async fn member(app: &App, caller: &Caller, id: Uuid) -> Result<User, AppError> {
    let users = access::users(app, caller.organization).await?;
    // A supplier's people have their accounts on the supplier's page.
    users
        .into_iter()
        .find(|user| user.id == UserId(id) && user.role != Role::Supplier)
        .ok_or(AppError::NotFound("user"))
}

pub(super) async fn new(visit: Visit) -> Result<Page<MemberPage>, AppError> {
    let frame = visit.frame(Nav::Administration, Counts::default()).await?;
    Ok(Page(MemberPage::new(frame, None, MemberForm::default(), Vec::new())))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<MemberPage>, AppError> {
    let user = member(&app, &caller, id).await?;
    let frame = visit.frame(Nav::Administration, Counts::default()).await?;
    Ok(Page(MemberPage::new(frame, Some(user.id), MemberForm::of(&user), Vec::new())))
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<MemberForm>,
) -> Result<Response, AppError> {
    let errors = form.errors(true);
    let Some(role) = form.role().filter(|_| errors.is_empty()) else {
        return refused(&visit, None, form, errors).await;
    };
    let change = form.change(role);
    let user_name = form.brugernavn.clone();
    let UserChange { name, initials, title, role, password, .. } = change;
    let new = NewUser { user_name, name, initials, title, role, password };
    match access::add_user(&app, caller.scope("user.add", app.now()), new).await {
        Ok(_) => Ok(visit.done(LIST, "Medarbejderen er oprettet og kan logge ind.").await?.into_response()),
        Err(AppError::Field { field, message, .. }) => {
            refused(&visit, None, form, vec![FormError { field, message }]).await
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(mut form): PageForm<MemberForm>,
) -> Result<Response, AppError> {
    let user = member(&app, &caller, id).await?;
    form.brugernavn.clone_from(&user.user_name);
    let mut errors = form.errors(false);
    if user.id == caller.user && (form.role() != Some(user.role) || form.aktiv.is_empty()) {
        let message = "Din egen rolle og adgang kan kun ændres af en anden administrator.".to_owned();
        errors.push(FormError { field: "rolle", message });
    }
    let Some(role) = form.role().filter(|_| errors.is_empty()) else {
        return refused(&visit, Some(user.id), form, errors).await;
    };
    match access::change_user(&app, caller.scope("user.change", app.now()), user.id, form.change(role)).await {
        Ok(()) => Ok(visit.done(LIST, "Medarbejderen er gemt.").await?.into_response()),
        Err(AppError::Field { field, message, .. }) => {
            refused(&visit, Some(user.id), form, vec![FormError { field, message }]).await
        }
        Err(error) => Err(error),
    }
}

async fn refused(
    visit: &Visit,
    id: Option<UserId>,
    form: MemberForm,
    errors: Vec<FormError>,
) -> Result<Response, AppError> {
    let frame = visit.frame(Nav::Administration, Counts::default()).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(MemberPage::new(frame, id, form, errors))).into_response())
}
