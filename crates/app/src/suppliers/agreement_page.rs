//! One supplier: its agreement, and who logs in for it. `/leverandoerer/ny` and `/leverandoerer/{id}`. Three queries.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{OrganizationId, UserId};
use domain::permission::Permission;
use domain::workdays::local_date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::agreement::{self, NewSupplierUser};
use super::agreement_form::{Fields, Typed};
use super::list::agreement_tag;
use super::queries::{self, Load};
use crate::access;
use crate::layout::{Counts, Field, FormError, Frame, Nav, Tag};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

const NEW: &str = "/leverandoerer/ny";

#[derive(Template)]
#[template(path = "suppliers/agreement.html")]
pub(super) struct AgreementPage {
    frame: Frame,
    href: String,
    /// Name and state; none while it is being made.
    known: Option<Known>,
    version: i64,
    may: bool,
    fields: Fields,
    errors: Vec<FormError>,
    problem: Option<String>,
}

struct Known {
    name: String,
    tag: Tag,
    there: i64,
    late: i64,
    users: Vec<UserLine>,
    /// An administrator lets people in.
    may_add: bool,
    user: UserFields,
}

struct UserLine {
    id: String,
    who: String,
    user_name: String,
    active: bool,
}

struct UserFields {
    name: Field,
    initials: Field,
    title: Field,
    user_name: Field,
    password: Field,
}

pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Page<AgreementPage>, AppError> {
    let typed = Typed::empty(local_date(app.now()));
    Ok(Page(blank(&visit, &typed, Vec::new()).await?))
}

async fn blank(visit: &Visit, typed: &Typed, errors: Vec<FormError>) -> Result<AgreementPage, AppError> {
    Ok(AgreementPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        href: NEW.to_owned(),
        known: None,
        version: 0,
        may: true,
        fields: typed.fields(&errors),
        errors,
        problem: None,
    })
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let typed = Typed::new(pairs);
    match typed.read(local_date(app.now())) {
        Ok(input) => {
            let id = agreement::add_supplier(&app, &caller, input).await?;
            Ok(visit.done(&href(id.0), "Aftalen er gemt.").await?.into_response())
        }
        Err(errors) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(blank(&visit, &typed, errors).await?)).into_response())
        }
    }
}

fn href(id: Uuid) -> String {
    format!("/leverandoerer/{id}")
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<AgreementPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id, Shown::default()).await?))
}

/// What a refused form leads to.
#[derive(Default)]
struct Shown {
    typed: Option<Typed>,
    user: HashMap<String, String>,
    errors: Vec<FormError>,
    problem: Option<String>,
}

async fn page(app: &App, caller: &Caller, visit: &Visit, id: Uuid, shown: Shown) -> Result<AgreementPage, AppError> {
    let today = local_date(app.now());
    let supplier = OrganizationId(id);
    let read = move |tx: &mut Tx<'_>| {
        let users = access::users_of_supplier(tx, supplier)?;
        Ok::<_, AppError>(Seen::nothing((queries::agreement(tx, supplier)?, queries::loads(tx, today)?, users)))
    };
    let (found, loads, users) = app.store.view(caller.scope("supplier.open", app.now()), read).await?;
    let load = loads.iter().find(|(one, _)| *one == supplier).map_or(Load::default(), |(_, load)| *load);
    let Shown { typed, user, errors, problem } = shown;
    let error = |name: &str| errors.iter().find(|error| error.field == name).map(|error| error.message.clone());
    let field = |name: &str| Field { value: user.get(name).cloned().unwrap_or_default(), error: error(name) };
    let line = |user: access::User| UserLine {
        id: user.id.to_string(),
        who: format!("{}, {} {}", user.name, user.title, user.initials),
        user_name: user.user_name,
        active: user.active,
    };
    let known = Known {
        name: found.value.name.clone(),
        tag: agreement_tag(&found.value, today),
        there: load.there,
        late: load.late,
        users: users.into_iter().map(line).collect(),
        may_add: caller.role.may(Permission::Administer),
        user: UserFields {
            name: field("bruger-navn"),
            initials: field("initialer"),
            title: field("titel"),
            user_name: field("brugernavn"),
            // What was typed does not come back in a page.
            password: Field { value: String::new(), error: error("adgangskode") },
        },
    };
    let version = typed.as_ref().map_or(found.version, Typed::version);
    let typed = typed.unwrap_or_else(|| Typed::of(&found.value));
    Ok(AgreementPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        href: href(id),
        known: Some(known),
        version,
        may: caller.role.may(Permission::OfferWrite),
        fields: typed.fields(&errors),
        errors,
        problem,
    })
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let typed = Typed::new(pairs);
    let (errors, problem, status) = match typed.read(local_date(app.now())) {
        Err(errors) => (errors, None, StatusCode::UNPROCESSABLE_ENTITY),
        Ok(input) => {
            match agreement::change_agreement(&app, &caller, OrganizationId(id), typed.version(), input).await {
                Ok(()) => return Ok(visit.done(&href(id), "Aftalen er gemt.").await?.into_response()),
                Err(error @ AppError::Changed { .. }) => (Vec::new(), Some(error.user_message()), error.form_status()),
                Err(error) => return Err(error),
            }
        }
    };
    let shown = Shown { typed: Some(typed), errors, problem, ..Shown::default() };
    Ok((status, Page(page(&app, &caller, &visit, id, shown).await?)).into_response())
}

pub(super) async fn add_user(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<HashMap<String, String>>,
) -> Result<Response, AppError> {
    let errors = user_errors(&form);
    if errors.is_empty() {
        let text = |name: &str| form.get(name).cloned().unwrap_or_default();
        let new = NewSupplierUser {
            name: text("bruger-navn"),
            initials: text("initialer"),
            title: text("titel"),
            user_name: text("brugernavn"),
            password: text("adgangskode"),
        };
        match agreement::add_user(&app, &caller, OrganizationId(id), new).await {
            Ok(_) => return Ok(visit.done(&href(id), "Brugeren er oprettet og kan logge ind.").await?.into_response()),
            Err(AppError::Field { field, message, .. }) => {
                return refused_user(&app, &caller, &visit, id, form, vec![FormError { field, message }]).await;
            }
            Err(error) => return Err(error),
        }
    }
    refused_user(&app, &caller, &visit, id, form, errors).await
}

fn user_errors(form: &HashMap<String, String>) -> Vec<FormError> {
    let length = |name: &str| form.get(name).map_or(0, |text| text.trim().chars().count());
    let checks = [
        ("bruger-navn", (1..=100).contains(&length("bruger-navn")), "Skriv navnet, højst 100 tegn."),
        ("initialer", (2..=4).contains(&length("initialer")), "Skriv 2-4 bogstaver."),
        ("titel", (1..=60).contains(&length("titel")), "Skriv titlen, højst 60 tegn."),
        ("adgangskode", length("adgangskode") >= 12, "Adgangskoden skal have mindst 12 tegn."),
    ];
    let wrong = checks.into_iter().filter(|(_, fine, _)| !fine);
    wrong.map(|(field, _, message)| FormError { field, message: message.to_owned() }).collect()
}

async fn refused_user(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    user: HashMap<String, String>,
    errors: Vec<FormError>,
) -> Result<Response, AppError> {
    let shown = Shown { user, errors, ..Shown::default() };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page(app, caller, visit, id, shown).await?)).into_response())
}

pub(super) async fn close_user(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<HashMap<String, String>>,
) -> Result<Redirect, AppError> {
    let user = form.get("bruger").and_then(|text| text.parse::<Uuid>().ok()).ok_or(AppError::Unreadable("form"))?;
    agreement::close_user(&app, &caller, OrganizationId(id), UserId(user)).await?;
    visit.done(&href(id), "Adgangen er lukket nu.").await
}
