//! The address book: practices, hospitals, suppliers. `/administration/adresser`, the list and the form of one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::identifiers::{Gln, SorId};
use domain::ids::OrganizationId;
use domain::organization::Organization;
use domain::permission::Permission;
use serde::Deserialize;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::address_form::{AddressForm, AddressPage};
use super::tabs;
use crate::layout::{Counts, Frame, Nav, Tab};
use crate::organizations::{self, add_address, address_errors, change_address};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

/// Rows on the page; a search finds the rest.
const ROWS: usize = 200;

#[derive(Template)]
#[template(path = "administration/addresses.html")]
pub(super) struct AddressesPage {
    frame: Frame,
    tabs: Vec<Tab>,
    may_change: bool,
    text: String,
    rows: Vec<Row>,
    facts: String,
}

struct Row {
    href: String,
    name: String,
    department: Option<String>,
    kind: &'static str,
    gln: Option<String>,
    sor: Option<String>,
    phone: Option<String>,
}

/// What to look for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    tekst: String,
}

pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(search): Query<Search>,
) -> Result<Page<AddressesPage>, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(organizations::partners(tx)?));
    let all = app.store.view(caller.scope("partner.list", app.now()), read).await?;
    let text = search.tekst.trim().to_lowercase();
    let found: Vec<&Organization> = all.iter().filter(|one| !one.entered_in_error && fits(one, &text)).collect();
    let no_gln = found.iter().filter(|one| one.gln.is_none()).count();
    let no_sor = found.iter().filter(|one| one.sor.is_none()).count();
    let shown =
        if found.len() > ROWS { format!("De første {ROWS} vises. Søg for at finde resten. ") } else { String::new() };
    let facts = format!(
        "{shown}{} {}. {no_gln} mangler lokationsnummer og kan ikke få beskeder. {no_sor} mangler SOR-kode og kan ikke stå i en indberetning.",
        found.len(),
        if found.len() == 1 { "adresse" } else { "adresser" },
    );
    Ok(Page(AddressesPage {
        frame: visit.frame(Nav::Administration, Counts::default()).await?,
        tabs: tabs("/administration/adresser"),
        may_change: caller.role.may(Permission::Administer),
        rows: found.into_iter().take(ROWS).map(row).collect(),
        text: search.tekst,
        facts,
    }))
}

fn fits(one: &Organization, text: &str) -> bool {
    let gln = one.gln.as_ref().map_or("", Gln::as_str);
    let sor = one.sor.as_ref().map_or("", SorId::as_str);
    let department = one.department.as_deref().unwrap_or_default().to_lowercase();
    [one.name.to_lowercase().as_str(), &department, gln, sor].iter().any(|field| field.contains(text))
}

fn row(one: &Organization) -> Row {
    Row {
        href: format!("/administration/adresser/{}", one.id),
        name: one.name.clone(),
        department: one.department.clone(),
        kind: one.kind.label(),
        gln: one.gln.as_ref().map(|gln| gln.as_str().to_owned()),
        sor: one.sor.as_ref().map(|sor| sor.as_str().to_owned()),
        phone: one.phone.clone(),
    }
}

pub(super) async fn new(visit: Visit) -> Result<Page<AddressPage>, AppError> {
    Ok(Page(AddressPage::new(frame(&visit).await?, None, AddressForm::default(), Vec::new())))
}

async fn frame(visit: &Visit) -> Result<Frame, AppError> {
    visit.frame(Nav::Administration, Counts::default()).await
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<AddressForm>,
) -> Result<Response, AppError> {
    match add_address(&app, &caller, form.input()).await {
        Ok(_) => Ok(visit.done("/administration/adresser", "Adressen er oprettet.").await?.into_response()),
        Err(error) => refused(&visit, None, form, error).await,
    }
}

async fn one(app: &App, caller: &Caller, id: Uuid) -> Result<Versioned<Organization>, AppError> {
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(organizations::partner(tx, OrganizationId(id))?));
    app.store.view(caller.scope("partner.open", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<AddressPage>, AppError> {
    let found = one(&app, &caller, id).await?;
    Ok(Page(AddressPage::new(frame(&visit).await?, Some(id), AddressForm::of(&found), Vec::new())))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<AddressForm>,
) -> Result<Response, AppError> {
    match change_address(&app, &caller, OrganizationId(id), form.version(), form.input()).await {
        Ok(_) => Ok(visit.done("/administration/adresser", "Adressen er gemt.").await?.into_response()),
        Err(error) => refused(&visit, Some(id), form, error).await,
    }
}

/// The form again with every field that is wrong.
async fn refused(visit: &Visit, id: Option<Uuid>, form: AddressForm, error: AppError) -> Result<Response, AppError> {
    let mut errors: Vec<(&'static str, String)> =
        address_errors(&form.input()).into_iter().map(|(field, text)| (field, text.to_owned())).collect();
    let (status, problem) = match error {
        AppError::Field { field, message, .. } => {
            if errors.is_empty() {
                errors.push((field, message));
            }
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        AppError::Changed { .. } => {
            let text = "En kollega har rettet adressen, mens du skrev. Åbn den igen fra listen, og ret der.";
            (StatusCode::CONFLICT, Some(text.to_owned()))
        }
        other => return Err(other),
    };
    let mut page = AddressPage::new(frame(visit).await?, id, form, errors);
    page.problem = problem;
    Ok((status, Page(page)).into_response())
}
