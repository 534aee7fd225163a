//! What a colleague's competences rest on: `/kalender/medarbejdere/{id}/dokumentation`.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::competence::{Competence, Holding};
use domain::ids::UserId;
use domain::workdays::local_date;
use jiff::civil::Date;
use uuid::Uuid;

use super::evidence::{self, AttestationInput};
use super::staff_page::one;
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, Tag, dates};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "calendar/evidence.html")]
pub(super) struct EvidencePage {
    frame: Frame,
    errors: Vec<FormError>,
    problem: Option<String>,
    href: String,
    back: String,
    version: i64,
    name: String,
    held: Vec<HeldLine>,
    seen: Vec<SeenLine>,
    competences: Vec<Choice>,
    competence_error: Option<String>,
    evidence: Field,
    seen_on: Field,
    expires_on: Field,
}

struct HeldLine {
    label: &'static str,
    tag: Tag,
    beside: bool,
}

struct SeenLine {
    place: usize,
    label: &'static str,
    evidence: String,
    seen: String,
    by: String,
    until: String,
}

fn href(id: Uuid) -> String {
    format!("/kalender/medarbejdere/{id}/dokumentation")
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<EvidencePage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id, &HashMap::new(), Vec::new()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let version = fields::parsed(&form, "version");
    let done = match input(&form) {
        Ok(input) => evidence::attest(&app, &caller, UserId(id), version, input).await,
        Err(error) => Err(error),
    };
    let error = match done {
        Ok(_) => return Ok(visit.done(&href(id), "Dokumentationen er gemt.").await?.into_response()),
        Err(error) => error.at_the_form()?,
    };
    let errors = match &error {
        AppError::Field { field, message, .. } => {
            vec![FormError { field: field_of(field), message: message.clone() }]
        }
        _ => Vec::new(),
    };
    let mut page = page(&app, &caller, &visit, id, &form, errors).await?;
    page.problem = page.errors.is_empty().then(|| error.user_message());
    Ok((error.form_status(), Page(page)).into_response())
}

pub(super) async fn remove(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Redirect, AppError> {
    let place = fields::parsed(&form, "linje").ok_or(AppError::Unreadable("form"))?;
    evidence::take_back(&app, &caller, UserId(id), fields::parsed(&form, "version"), place).await?;
    visit.done(&href(id), "Linjen er fjernet. Kompetencen er der stadig.").await
}

fn input(form: &Fields) -> Result<AttestationInput, AppError> {
    let competence = Competence::parse(fields::text(form, "kompetence"))
        .map_err(|_| AppError::field("competence", "required", "Vælg, hvilken kompetence det gælder."))?;
    let day = |name: &str, member: &'static str| match fields::text(form, name) {
        "" => Ok(None),
        text => text.parse::<Date>().map(Some).map_err(|_| AppError::field(member, "date", "Skriv en dag.")),
    };
    let (seen_on, expires_on) = (day("set", "seen_on")?, day("udloeber", "expires_on")?);
    Ok(AttestationInput { competence, evidence: fields::text(form, "hvad").to_owned(), seen_on, expires_on })
}

/// The field that a member of the input is typed in.
fn field_of(member: &str) -> &'static str {
    match member {
        "evidence" => "hvad",
        "seen_on" => "set",
        "expires_on" => "udloeber",
        _ => "kompetence",
    }
}

/// How a competence is held, as a tag.
pub(crate) fn holding_tag(holding: Holding) -> Tag {
    match holding {
        Holding::No => Tag::of("mute", "close", "Har den ikke"),
        Holding::Unproven => Tag::of("soon", "document", "Uden dokumentation"),
        Holding::Valid => Tag::done("Dokumenteret"),
        Holding::RunsOut(day) => Tag::of("soon", "soon", format!("Udløber {}", dates::full_day(day))),
        Holding::Expired(day) => Tag::of("late", "late", format!("Udløb {}", dates::full_day(day))),
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    form: &Fields,
    errors: Vec<FormError>,
) -> Result<EvidencePage, AppError> {
    let person = one(app, caller, id).await?;
    let (role, today) = (&person.role.value, local_date(app.now()));
    let error = |name: &str| errors.iter().find(|error| error.field == name).map(|error| error.message.clone());
    let field = |name: &str| Field { value: form.get(name).cloned().unwrap_or_default(), error: error(name) };
    let held = role.competences.iter().map(|one| HeldLine {
        label: one.label(),
        tag: holding_tag(role.holding(*one, today)),
        beside: !one.leads_alone(),
    });
    let seen = role.attestations.iter().enumerate().map(|(place, one)| SeenLine {
        place,
        label: one.competence.label(),
        evidence: one.evidence.clone(),
        seen: dates::full_day(one.seen_on),
        by: one.seen_by_label.clone(),
        until: one
            .expires_on
            .map_or_else(|| "Udløber ikke".to_owned(), |day| format!("Til og med {}", dates::full_day(day))),
    });
    let chosen = form.get("kompetence").map_or("", String::as_str);
    let choice = |one: &Competence| Choice {
        value: one.word().to_owned(),
        label: one.label().to_owned(),
        hint: None,
        selected: one.word() == chosen,
    };
    Ok(EvidencePage {
        frame: visit.frame(Nav::Staff, Counts::default()).await?,
        problem: None,
        href: href(id),
        back: format!("/kalender/medarbejdere/{id}"),
        version: person.role.version,
        name: person.label(),
        held: held.collect(),
        seen: seen.rev().collect(),
        competences: Competence::ALL.iter().map(choice).collect(),
        competence_error: error("kompetence"),
        evidence: field("hvad"),
        seen_on: field("set"),
        expires_on: field("udloeber"),
        errors,
    })
}
