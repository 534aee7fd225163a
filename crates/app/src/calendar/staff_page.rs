//! What colleagues may hold and when they work: `/kalender/medarbejdere`, the list and one person's form.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::calendar::{HoursError, Workday};
use domain::competence::Competence;
use domain::workdays::local_date;
use store::{Seen, Versioned};
use uuid::Uuid;

use super::queries::{self, Practitioner};
use super::set_practitioner_role;
use super::staff_form::{self, AbsenceLine, DayFields};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, dates};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "calendar/staff_list.html")]
pub(super) struct StaffListPage {
    frame: Frame,
    rows: Vec<StaffRow>,
}

struct StaffRow {
    href: String,
    name: String,
    competences: String,
    hours: String,
    /// What and from when, of the next absence.
    away: String,
    away_from: Option<String>,
}

#[derive(Template)]
#[template(path = "calendar/staff_edit.html")]
pub(super) struct StaffEditPage {
    frame: Frame,
    href: String,
    version: i64,
    name: String,
    problem: Option<String>,
    errors: Vec<FormError>,
    competences: Vec<Choice>,
    authorised: bool,
    days: Vec<DayFields>,
    absences: Vec<AbsenceLine>,
    away_from: Field,
    away_to: Field,
    away_what: Field,
}

impl StaffEditPage {
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

async fn people(app: &App, caller: &Caller) -> Result<Vec<Practitioner>, AppError> {
    let read = |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::practitioners(tx)?));
    app.store.view(caller.scope("practitioner.list", app.now()), read).await
}

pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
) -> Result<Page<StaffListPage>, AppError> {
    let today = local_date(app.now());
    let rows = people(&app, &caller).await?.iter().map(|person| row(person, today)).collect();
    Ok(Page(StaffListPage { frame: visit.frame(Nav::Staff, Counts::default()).await?, rows }))
}

fn row(person: &Practitioner, today: jiff::civil::Date) -> StaffRow {
    let role = &person.role.value;
    let competences = Competence::ALL.iter().filter(|c| role.competences.contains(c)).map(|c| c.label());
    let hours = Workday::ALL.iter().filter_map(|day| {
        let own: Vec<String> = role.hours.iter().filter(|h| h.day == *day).map(staff_form::span_text).collect();
        (!own.is_empty()).then(|| format!("{} {}", day.label().to_lowercase(), own.join(" og ")))
    });
    let away = role.absences.iter().find(|a| local_date(a.period.end) >= today);
    StaffRow {
        href: format!("/kalender/medarbejdere/{}", role.id),
        name: person.label(),
        competences: competences.collect::<Vec<_>>().join(", "),
        hours: hours.collect::<Vec<_>>().join(", "),
        away: away.map(|a| a.what.clone()).unwrap_or_default(),
        away_from: away.map(|a| dates::short_day(local_date(a.period.start), today)),
    }
}

pub(super) async fn one(app: &App, caller: &Caller, id: Uuid) -> Result<Practitioner, AppError> {
    let found = people(app, caller).await?.into_iter().find(|person| person.role.value.id.0 == id);
    found.ok_or(AppError::NotFound("user"))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<StaffEditPage>, AppError> {
    let person = one(&app, &caller, id).await?;
    Ok(Page(page(&app, &visit, &person, None).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let person = one(&app, &caller, id).await?;
    let (competences, form) = staff_form::typed(pairs);
    let version = Some(fields::version(&form));
    let done = match staff_form::input(&competences, &form, &person.role.value) {
        Ok(input) => set_practitioner_role(&app, &caller, id.into(), version, input).await,
        Err(error) => Err(error),
    };
    let error = match done {
        Ok(_) => {
            let notice = format!("Kompetencer og arbejdstid er gemt for {}.", person.label());
            return Ok(visit.done("/kalender/medarbejdere", notice).await?.into_response());
        }
        Err(error) => error.at_the_form()?,
    };
    let mut page = page(&app, &visit, &person, Some((&competences, &form))).await?;
    match &error {
        AppError::Field { field, .. } => {
            page.errors = vec![FormError { field, message: error.user_message() }];
        }
        AppError::Hours(HoursError::EndBeforeStart | HoursError::Overlap | HoursError::PlaceMissing) => {
            page.errors = vec![FormError { field: "arbejdstid", message: error.user_message() }];
        }
        _ => page.problem = Some(error.user_message()),
    }
    Ok((error.form_status(), Page(page)).into_response())
}

/// What was ticked, and the other fields by name.
type Typed<'a> = Option<(&'a [String], &'a Fields)>;

async fn page(app: &App, visit: &Visit, person: &Practitioner, typed: Typed<'_>) -> Result<StaffEditPage, AppError> {
    let Versioned { version, value: role } = &person.role;
    let today = local_date(app.now());
    let form = typed.map(|(_, form)| form);
    let said = |id: &str| Field::of(form.and_then(|form| form.get(id)).cloned().unwrap_or_default());
    let competence = |c: &Competence| Choice {
        value: c.word().to_owned(),
        label: c.label().to_owned(),
        hint: None,
        selected: typed.map_or(role.competences.contains(c), |(ticked, _)| ticked.iter().any(|t| t == c.word())),
    };
    Ok(StaffEditPage {
        frame: visit.frame(Nav::Staff, Counts::default()).await?,
        href: format!("/kalender/medarbejdere/{}", role.id),
        version: *version,
        name: person.label(),
        problem: None,
        errors: Vec::new(),
        competences: Competence::ALL.iter().map(competence).collect(),
        authorised: form.map_or(role.authorised, |form| form.contains_key("autoriseret")),
        days: staff_form::days(role, form),
        absences: staff_form::absence_lines(role, form, today),
        away_from: said("fravaer-fra"),
        away_to: said("fravaer-til"),
        away_what: said("fravaer-hvad"),
    })
}
