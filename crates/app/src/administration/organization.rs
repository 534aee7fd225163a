//! Names and numbers of the municipality: `/administration`.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::identifiers::{Gln, SorId};
use domain::organization::ManagingOrganization;
use domain::permission::Permission;
use serde::Deserialize;

use super::{stand, tabs};
use crate::layout::{Counts, Fact, Field, FormError, Frame, Nav, Tab};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, organizations};

/// A name in a message has room for so many characters (MedCom).
const NAME_MOST: usize = 35;

#[derive(Template)]
#[template(path = "administration/organization.html")]
pub(super) struct OrganizationPage {
    frame: Frame,
    tabs: Vec<Tab>,
    may_change: bool,
    /// For whoever may not change them.
    facts: Vec<Fact>,
    stand: String,
    name: Field,
    department: Field,
    sor: Field,
    glns: Field,
    phone: Field,
    reason: Field,
    problem: Option<String>,
    errors: Vec<FormError>,
    /// The demo can be started anew.
    demo: bool,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OrganizationForm {
    stand: String,
    navn: String,
    afdeling: String,
    sor: String,
    gln: String,
    telefon: String,
    hvorfor: String,
}

impl OrganizationForm {
    fn of(organization: &ManagingOrganization) -> Self {
        let glns: Vec<&str> = organization.glns.iter().map(Gln::as_str).collect();
        Self {
            stand: stand(organization),
            navn: organization.name.clone(),
            afdeling: organization.department.clone(),
            sor: organization.sor.as_ref().map(|sor| sor.as_str().to_owned()).unwrap_or_default(),
            gln: glns.join("\n"),
            telefon: organization.phone.clone().unwrap_or_default(),
            hvorfor: String::new(),
        }
    }
}

/// What was typed, once it can be read.
struct Typed {
    name: String,
    department: String,
    sor: Option<SorId>,
    glns: Vec<Gln>,
    phone: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
) -> Result<Page<OrganizationPage>, AppError> {
    let organization = organizations::find(&app, caller.organization).await?;
    let form = OrganizationForm::of(&organization);
    Ok(Page(page(&app, &caller, &visit, &form, Vec::new()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<OrganizationForm>,
) -> Result<Response, AppError> {
    let typed = match read(&form) {
        Ok(typed) => typed,
        Err(errors) => {
            let page = page(&app, &caller, &visit, &form, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    };
    let change = |organization: &mut ManagingOrganization| {
        organization.name = typed.name;
        organization.department = typed.department;
        organization.sor = typed.sor;
        organization.glns = typed.glns;
        organization.phone = typed.phone;
    };
    match super::save(&app, &caller, "organization.change", (&form.stand, &form.hvorfor), change).await {
        Ok(()) => Ok(visit.done("/administration", "Organisationen er gemt.").await?.into_response()),
        Err(AppError::Field { field: "gln", message, .. }) => {
            let errors = vec![FormError { field: "gln", message }];
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page(&app, &caller, &visit, &form, errors).await?))
                .into_response())
        }
        Err(error @ AppError::Rule { .. }) => {
            let mut page = page(&app, &caller, &visit, &form, Vec::new()).await?;
            page.problem = Some(error.user_message());
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

fn read(form: &OrganizationForm) -> Result<Typed, Vec<FormError>> {
    let mut errors = Vec::new();
    let mut wrong = |field: &'static str, message: &str| errors.push(FormError { field, message: message.to_owned() });
    let (name, department) = (form.navn.trim(), form.afdeling.trim());
    if name.is_empty() {
        wrong("navn", "Skriv kommunens navn.");
    }
    if department.is_empty() || department.chars().count() > NAME_MOST {
        wrong("afdeling", "Skriv afdelingens navn med højst 35 tegn. Der er ikke plads til flere i en besked.");
    }
    let sor = match form.sor.trim() {
        "" => None,
        text => SorId::parse(text).ok().filter(SorId::has_valid_check_digit).or_else(|| {
            wrong("sor", "SOR-koden passer ikke. Den har 11-18 cifre, og det sidste er et kontrolciffer.");
            None
        }),
    };
    let lines = form.gln.split(['\n', ',', ' ']).map(str::trim).filter(|text| !text.is_empty());
    let mut glns: Vec<Gln> = Vec::new();
    let mut unreadable = false;
    for line in lines {
        match Gln::parse(line) {
            Ok(gln) if !glns.contains(&gln) => glns.push(gln),
            Ok(_) => {}
            Err(_) => unreadable = true,
        }
    }
    if unreadable {
        wrong("gln", "Et lokationsnummer har 13 cifre. Skriv ét på hver linje, og tjek tallene.");
    } else if glns.is_empty() {
        wrong("gln", "Skriv mindst ét lokationsnummer. Uden det kan kommunen hverken få eller sende beskeder.");
    }
    let phone = Some(form.telefon.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Typed { name: name.to_owned(), department: department.to_owned(), sor, glns, phone })
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    form: &OrganizationForm,
    errors: Vec<FormError>,
) -> Result<OrganizationPage, AppError> {
    let field = |id: &str, value: &str| Field {
        value: value.to_owned(),
        error: errors.iter().find(|error| error.field == id).map(|error| error.message.clone()),
    };
    let facts = [
        ("Kommunens navn", &form.navn),
        ("Afdeling i beskeder", &form.afdeling),
        ("SOR-kode", &form.sor),
        ("Lokationsnumre (EAN/GLN)", &form.gln),
        ("Telefon i breve", &form.telefon),
    ];
    Ok(OrganizationPage {
        frame: visit.frame(Nav::Administration, Counts::default()).await?,
        tabs: tabs("/administration"),
        may_change: caller.role.may(Permission::Administer),
        facts: facts.into_iter().map(|(label, value)| Fact::new(label, value.replace('\n', ", "))).collect(),
        stand: form.stand.clone(),
        name: field("navn", &form.navn),
        department: field("afdeling", &form.afdeling),
        sor: field("sor", &form.sor),
        glns: field("gln", &form.gln),
        phone: field("telefon", &form.telefon),
        reason: field("hvorfor", &form.hvorfor),
        problem: None,
        errors,
        demo: app.demo && app.demo_reset.is_some() && caller.role.may(Permission::Administer),
    })
}
