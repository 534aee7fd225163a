//! The digital course of an intervention: `/indsatser/{id}/digitalt`. Two queries, one more where none has begun.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::codes::EncounterClass;
use domain::digital_course::{DigitalContactKind, DigitalCourse};
use domain::ids::{OfferId, PlannedInterventionId};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::commands::{self, BeginInput, HeldInput};
use super::digital_href;
use crate::layout::{Choice, Counts, Frame, Nav, PersonHeader, Tag, dates};
use crate::records::{self, CitizenRecord};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, catalogue, citizens, courses};

/// Feedbacks that a new course has fields for.
const FEEDBACKS: [&str; 3] = ["tilbagemelding-1", "tilbagemelding-2", "tilbagemelding-3"];

#[derive(Template)]
#[template(path = "digital/page.html")]
pub(super) struct DigitalPage {
    frame: Frame,
    href: String,
    course_href: String,
    heading: &'static str,
    person: PersonHeader,
    problem: Option<String>,
    may_write: bool,
    running: Option<Running>,
    /// Digital offers to begin with.
    offers: Vec<Choice>,
    classes: Vec<Choice>,
    typed: Fields,
}

impl DigitalPage {
    fn typed(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

struct Running {
    version: i64,
    offer: String,
    progress: Tag,
    contacts: Vec<ContactLine>,
    modules: Vec<ModuleLine>,
    next: Option<(String, &'static str)>,
    /// The start talk was held: modules can count.
    begun: bool,
}

struct ContactLine {
    label: &'static str,
    on: String,
    tag: Tag,
    href: Option<String>,
}

struct ModuleLine {
    place: usize,
    name: String,
    done: Option<String>,
}

/// What the course's page says of it: how far it is. Only agreed contacts and completed modules count.
pub(crate) fn standing(record: &CitizenRecord, id: PlannedInterventionId) -> Option<Tag> {
    record.digital_course(id).map(|it| progress(&it.value))
}

fn progress(it: &DigitalCourse) -> Tag {
    let (done, all) = it.progress();
    let text = format!("Digitalt: {done} af {all}");
    if done == all { Tag::done(text) } else { Tag::partly(text) }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<DigitalPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), Fields::new(), None).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: PlannedInterventionId,
    mut typed: Fields,
    problem: Option<String>,
) -> Result<DigitalPage, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let code = record.intervention(id)?.value.code;
        let offers = if record.digital_course(id).is_none() { catalogue::digital(tx, code)? } else { Vec::new() };
        Ok::<_, AppError>(Seen::record(citizen.0, (record, offers)))
    };
    let (record, offers) = app.store.view(caller.scope("digital.open", app.now()), read).await?;
    let today = local_date(app.now());
    let it = &record.intervention(id)?.value;
    let person = citizens::person_header(&record.citizen.value, None, today);
    let chosen = typed.get("tilbud").cloned().unwrap_or_default();
    let offer = |(id, name): (OfferId, String)| Choice {
        selected: id.to_string() == chosen,
        value: id.to_string(),
        label: name,
        hint: None,
    };
    let place = typed.get("sted").and_then(|word| EncounterClass::parse(word).ok());
    let class = |one: &EncounterClass| Choice {
        value: one.word().to_owned(),
        label: one.label().to_owned(),
        hint: None,
        selected: place == Some(*one),
    };
    typed.entry("dato".to_owned()).or_insert_with(|| today.to_string());
    Ok(DigitalPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: digital_href(id),
        course_href: courses::course_href(it.course),
        heading: it.code.label(),
        person: PersonHeader { href: Some(format!("/borgere/{}", record.citizen.value.id)), ..person },
        problem,
        may_write: caller.role.may(Permission::CourseWrite) && it.status.is_open(),
        running: record.digital_course(id).map(|stored| running(&stored.value, stored.version, today)),
        offers: offers.into_iter().map(offer).collect(),
        classes: EncounterClass::ALL.iter().map(class).collect(),
        typed,
    })
}

fn running(it: &DigitalCourse, version: i64, today: Date) -> Running {
    Running {
        version,
        offer: it.offer_name.clone(),
        progress: progress(it),
        contacts: it
            .contacts
            .iter()
            .map(|one| ContactLine {
                label: one.kind.label(),
                on: dates::long_day(one.agreed_on, today),
                tag: if one.held.is_some() { Tag::done("Holdt") } else { Tag::deadline(one.agreed_on, today) },
                href: one.held.map(|id| format!("/kontakter/{id}")),
            })
            .collect(),
        modules: it
            .modules
            .iter()
            .enumerate()
            .map(|(place, one)| ModuleLine {
                place,
                name: one.name.clone(),
                done: one.completed_on.map(|on| dates::short_day(on, today)),
            })
            .collect(),
        next: it.next().map(|one| (one.id.to_string(), one.kind.label())),
        begun: it.has_begun(),
    }
}

fn begin_input(form: &Fields) -> Result<BeginInput, AppError> {
    let offer = fields::parsed::<Uuid>(form, "tilbud");
    let offer = offer.ok_or_else(|| AppError::field("tilbud", "required", "Vælg det digitale tilbud."))?;
    let mut contacts = Vec::new();
    contacts.extend(fields::day(form, "start")?.map(|on| (DigitalContactKind::Start, on)));
    for name in FEEDBACKS {
        contacts.extend(fields::day(form, name)?.map(|on| (DigitalContactKind::Feedback, on)));
    }
    contacts.extend(fields::day(form, "slut")?.map(|on| (DigitalContactKind::End, on)));
    let modules = form.get("moduler").map(String::as_str).unwrap_or_default().lines().map(str::trim);
    let modules = modules.filter(|name| !name.is_empty()).map(|name| name.chars().take(100).collect());
    Ok(BeginInput { offer: OfferId(offer), contacts, modules: modules.collect() })
}

pub(super) async fn begin(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match begin_input(&form) {
        Ok(input) => commands::begin(&app, &caller, id.into(), input).await,
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, id, form, done, "Det digitale forløb er aftalt.").await
}

pub(super) async fn contact(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let contact = fields::parsed::<Uuid>(&form, "kontakt").unwrap_or_default();
    let done = match courses::times(&form) {
        Ok((start, end)) => {
            let class = fields::said(&form, "sted").and_then(|word| EncounterClass::parse(word).ok());
            let class = class.unwrap_or_default();
            let held = HeldInput { class, start, end, note: fields::said(&form, "notat").map(str::to_owned) };
            commands::hold(&app, &caller, (id.into(), fields::version(&form)), contact, held).await
        }
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, id, form, done, "Kontakten er gemt.").await
}

pub(super) async fn module(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let place = fields::parsed(&form, "modul").unwrap_or(usize::MAX);
    let finished = fields::said(&form, "gjort") == Some("ja");
    let done = commands::complete(&app, &caller, (id.into(), fields::version(&form)), place, finished).await;
    answer(&app, &caller, &visit, id, form, done, "Modulet er gemt.").await
}

pub(super) async fn feedback(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match fields::day(&form, "dag") {
        Ok(Some(on)) => commands::agree(&app, &caller, (id.into(), fields::version(&form)), on).await,
        Ok(None) => Err(AppError::field("dag", "required", "Vælg dagen.")),
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, id, form, done, "Tilbagemeldingen er aftalt.").await
}

async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    form: Fields,
    done: Result<(), AppError>,
    notice: &'static str,
) -> Result<Response, AppError> {
    let error = match done {
        Ok(()) => return Ok(visit.done(&digital_href(id.into()), notice).await?.into_response()),
        Err(error) => error.at_the_form()?,
    };
    let page = page(app, caller, visit, id.into(), form, Some(error.user_message())).await?;
    Ok((error.form_status(), Page(page)).into_response())
}
