//! Counting an open offer, and correcting a count: `/hold/aabne/ny` and `/hold/aabne/{id}`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{OfferId, OpenEventId};
use domain::open_event::{OpenEvent, OpenEventKind, OpenHours};
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use store::{Seen, Tx};
use uuid::Uuid;

use super::commands::{self, OpenEventInput};
use super::queries::{self, Counted};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Moment, Nav};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, catalogue, teams};

const LIST: &str = "/hold/aabne";

#[derive(Template)]
#[template(path = "open_events/form.html")]
pub(super) struct FormPage {
    frame: Frame,
    action: String,
    /// The version that a correction builds on; none while it is counted first.
    version: Option<i64>,
    kinds: Vec<Choice>,
    kind_error: Option<String>,
    day: Field,
    from: Field,
    until: Field,
    place: Field,
    offers: Vec<Choice>,
    offer_error: Option<String>,
    people: Field,
    talked: Field,
    went_on: Field,
    requests: Field,
    note: Field,
    errors: Vec<FormError>,
    history: Vec<Before>,
}

/// What a count said before it was corrected.
struct Before {
    at: Moment,
    by: String,
    people: u16,
    talked: u16,
    went_on: u16,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct EventForm {
    slags: String,
    dag: String,
    fra: String,
    til: String,
    sted: String,
    tilbud: String,
    deltagere: String,
    samtaler: String,
    videre: String,
    henvendelser: String,
    note: String,
    version: i64,
}

impl EventForm {
    fn of(version: &Counted) -> Self {
        let event = &version.event;
        Self {
            slags: event.kind.word().to_owned(),
            dag: event.held_on.to_string(),
            fra: event.hours.map(|hours| clock(hours.from)).unwrap_or_default(),
            til: event.hours.map(|hours| clock(hours.to)).unwrap_or_default(),
            sted: event.place.clone(),
            tilbud: event.offer.map(|offer| offer.to_string()).unwrap_or_default(),
            deltagere: event.people.to_string(),
            samtaler: event.talked.to_string(),
            videre: event.went_on.to_string(),
            henvendelser: event.requests.to_string(),
            note: event.note.clone().unwrap_or_default(),
            version: version.version,
        }
    }

    /// The count, or everything that is wrong with it.
    fn read(&self, today: Date) -> Result<OpenEventInput, Vec<FormError>> {
        let mut errors = Vec::new();
        let mut wrong = |field, message: &str| errors.push(FormError { field, message: message.to_owned() });
        let kind = OpenEventKind::parse(&self.slags).ok();
        if kind.is_none() {
            wrong("slags", "Vælg, hvad det var.");
        }
        let held_on = self.dag.trim().parse::<Date>().ok();
        if held_on.is_none() {
            wrong("dag", "Vælg dagen.");
        }
        let number = |text: &str| if text.trim().is_empty() { Some(0) } else { text.trim().parse::<u16>().ok() };
        let people = number(&self.deltagere).filter(|_| !self.deltagere.trim().is_empty());
        if people.is_none() {
            wrong("deltagere", "Skriv, hvor mange der kom. Kom ingen, så skriv 0.");
        }
        let (talked, went_on) = (number(&self.samtaler), number(&self.videre));
        if talked.is_none() {
            wrong("samtaler", "Skriv et helt tal.");
        }
        if went_on.is_none() {
            wrong("videre", "Skriv et helt tal.");
        }
        let requests = number(&self.henvendelser);
        if requests.is_none() {
            wrong("henvendelser", "Skriv et helt tal.");
        }
        let hours = hours(&self.fra, &self.til).unwrap_or_else(|(field, message)| {
            wrong(field, message);
            None
        });
        let input = OpenEventInput {
            kind: kind.unwrap_or(OpenEventKind::Cafe),
            held_on: held_on.unwrap_or(today),
            hours,
            place: self.sted.clone(),
            offer: self.tilbud.parse().ok().map(OfferId),
            people: people.unwrap_or_default(),
            talked: talked.filter(|_| people.is_some()).unwrap_or_default(),
            went_on: went_on.filter(|_| people.is_some()).unwrap_or_default(),
            requests: requests.filter(|_| people.is_some()).unwrap_or_default(),
            note: Some(self.note.clone()),
        };
        for fault in input.event(OpenEventId(Uuid::nil())).faults(today) {
            wrong(field_of(fault.field()), fault.user_message());
        }
        if errors.is_empty() { Ok(input) } else { Err(errors) }
    }
}

/// The hours as they were typed; both or neither.
fn hours(from: &str, until: &str) -> Result<Option<OpenHours>, (&'static str, &'static str)> {
    let minute = |text: &str| {
        teams::time(text.trim()).and_then(|at| u16::try_from(i32::from(at.hour()) * 60 + i32::from(at.minute())).ok())
    };
    if from.trim().is_empty() && until.trim().is_empty() {
        return Ok(None);
    }
    let from = minute(from).ok_or(("fra", "Skriv, hvornår det begyndte, for eksempel 10.00."))?;
    let to = minute(until).ok_or(("til", "Skriv, hvornår det sluttede, for eksempel 14.00."))?;
    Ok(Some(OpenHours { from, to }))
}

/// "10:00", as a field of time holds it.
pub(super) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The field of the form by its name in the API.
fn field_of(name: &str) -> &'static str {
    match name {
        "held_on" => "dag",
        "place" => "sted",
        "people" => "deltagere",
        "talked" => "samtaler",
        "went_on" => "videre",
        "hours" => "til",
        "requests" => "henvendelser",
        "offer" => "tilbud",
        _ => "note",
    }
}

pub(super) async fn new(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<FormPage>, AppError> {
    let form = EventForm { dag: local_date(app.now()).to_string(), ..EventForm::default() };
    Ok(Page(page((&app, &caller, &visit), None, form, Vec::new(), Vec::new()).await?))
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<EventForm>,
) -> Result<Response, AppError> {
    match form.read(local_date(app.now())) {
        Ok(input) => match commands::count(&app, &caller, &input).await {
            Ok(_) => Ok(visit.done(LIST, "Det er talt med.").await?.into_response()),
            Err(error) => again(&app, &caller, &visit, (None, form, Vec::new()), error).await,
        },
        Err(errors) => {
            let page = page((&app, &caller, &visit), None, form, errors, Vec::new()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// The form as it was typed, with what a field was refused for; everything else is an answer of its own.
async fn again(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (id, form, history): (Option<Uuid>, EventForm, Vec<Before>),
    error: AppError,
) -> Result<Response, AppError> {
    let AppError::Field { field, message, .. } = error else { return Err(error) };
    let errors = vec![FormError { field: field_of(field), message }];
    let page = page((app, caller, visit), id, form, errors, history).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// Every version of a count that was not struck, the newest first.
async fn versions(app: &App, caller: &Caller, id: Uuid) -> Result<Vec<Counted>, AppError> {
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::versions(tx, id)?));
    let versions = app.store.view(caller.scope("open_event.open", app.now()), read).await?;
    if versions.first().is_none_or(|newest| newest.struck) {
        Err(AppError::NotFound("open event"))
    } else {
        Ok(versions)
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<FormPage>, AppError> {
    let versions = versions(&app, &caller, id).await?;
    let form = versions.first().map(EventForm::of).unwrap_or_default();
    Ok(Page(page((&app, &caller, &visit), Some(id), form, Vec::new(), before(&versions, app.now())).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<EventForm>,
) -> Result<Response, AppError> {
    let versions = versions(&app, &caller, id).await?;
    match form.read(local_date(app.now())) {
        Ok(input) => match commands::correct(&app, &caller, id, form.version, &input).await {
            Ok(()) => Ok(visit.done(LIST, "Tallene er rettet.").await?.into_response()),
            Err(error) => again(&app, &caller, &visit, (Some(id), form, before(&versions, app.now())), error).await,
        },
        Err(errors) => {
            let page = page((&app, &caller, &visit), Some(id), form, errors, before(&versions, app.now())).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

pub(super) async fn strike(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<EventForm>,
) -> Result<Redirect, AppError> {
    commands::strike(&app, &caller, id, form.version).await?;
    visit.done(LIST, "Det tæller ikke med mere.").await
}

/// What the count said before, without what it says now.
fn before(versions: &[Counted], now: Timestamp) -> Vec<Before> {
    let line = |version: &Counted| {
        let OpenEvent { people, talked, went_on, .. } = version.event;
        Before { at: Moment::exactly(version.at, now), by: version.by.clone(), people, talked, went_on }
    };
    versions.iter().skip(1).map(line).collect()
}

async fn page(
    (app, caller, visit): (&App, &Caller, &Visit),
    id: Option<Uuid>,
    form: EventForm,
    errors: Vec<FormError>,
    history: Vec<Before>,
) -> Result<FormPage, AppError> {
    let error = |id: &str| errors.iter().find(|error| error.field == id).map(|error| error.message.clone());
    let field = |id: &str, value: String| Field { error: error(id), value };
    let choice = |kind: &OpenEventKind| Choice {
        value: kind.word().to_owned(),
        label: kind.label().to_owned(),
        hint: None,
        selected: kind.word() == form.slags,
    };
    let offers = catalogue::choosable(app, caller).await?.into_iter().map(|offer| {
        let value = offer.id.to_string();
        Choice { selected: value == form.tilbud, value, label: offer.name, hint: None }
    });
    Ok(FormPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        action: id.map_or_else(|| format!("{LIST}/ny"), |id| format!("{LIST}/{id}")),
        version: id.map(|_| form.version),
        kinds: OpenEventKind::ALL.iter().map(choice).collect(),
        kind_error: error("slags"),
        day: field("dag", form.dag),
        from: field("fra", form.fra),
        until: field("til", form.til),
        place: field("sted", form.sted),
        offers: offers.collect(),
        offer_error: error("tilbud"),
        people: field("deltagere", form.deltagere),
        talked: field("samtaler", form.samtaler),
        went_on: field("videre", form.videre),
        requests: field("henvendelser", form.henvendelser),
        note: field("note", form.note),
        errors,
        history,
    })
}
