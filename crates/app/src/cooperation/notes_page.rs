//! Notes of practice consultants: `/samarbejde/noter`, and one of them to correct: `/samarbejde/noter/{id}`.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::cooperation::ConsultantNote;
use domain::ids::OrganizationId;
use domain::workdays::local_date;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::form::{Part, Typed, carried_out, tabs};
use super::history::{Before, before};
use super::note::{self, NoteInput};
use super::practices::{self, Practice};
use super::{kept, sheet_page};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Moment, Nav, Tab, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "cooperation/notes.html")]
pub(super) struct NotesPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<NoteLine>,
    form: NoteFields,
    errors: Vec<FormError>,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "cooperation/note.html")]
pub(super) struct NotePage {
    frame: Frame,
    href: String,
    version: i64,
    form: NoteFields,
    why: Field,
    errors: Vec<FormError>,
    problem: Option<String>,
    history: Vec<Before>,
}

pub(super) struct NoteLine {
    pub(super) href: String,
    pub(super) day: Moment,
    pub(super) consultant: String,
    practice: Option<(String, String)>,
    pub(super) text: String,
}

/// The fields of a note, as both pages draw them.
struct NoteFields {
    action: String,
    version: Option<i64>,
    day: Field,
    consultant: Field,
    practices: Vec<Choice>,
    practice_error: Option<String>,
    text: Field,
}

const LIST: &str = "/samarbejde/noter";

fn fields(action: String, version: Option<i64>, typed: &Typed, known: &[Practice]) -> NoteFields {
    let choice = |one: &Practice| {
        let value = one.id.to_string();
        Choice { selected: value == typed.text("praksis"), value, label: one.name.clone(), hint: None }
    };
    NoteFields {
        action,
        version,
        day: typed.field("dag"),
        consultant: typed.field("konsulent"),
        practices: known.iter().map(choice).collect(),
        practice_error: typed.error("praksis"),
        text: typed.field("tekst"),
    }
}

/// Lines of notes, the newest first.
pub(super) fn lines(notes: Vec<Versioned<ConsultantNote>>, known: &[Practice], app: &App) -> Vec<NoteLine> {
    let today = local_date(app.now());
    let names: HashMap<OrganizationId, &str> = known.iter().map(|one| (one.id, one.name.as_str())).collect();
    let mut notes: Vec<ConsultantNote> = notes.into_iter().map(|it| it.value).collect();
    notes.sort_by_key(|it| std::cmp::Reverse((it.noted_on, it.id)));
    let practice = |id: OrganizationId| names.get(&id).map(|name| (sheet_page::href(id), (*name).to_owned()));
    notes
        .into_iter()
        .map(|it| NoteLine {
            href: format!("{LIST}/{}", it.id),
            day: Moment::day(it.noted_on, today),
            practice: it.practice.and_then(practice),
            consultant: it.consultant,
            text: it.text,
        })
        .collect()
}

pub(super) async fn list(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<NotesPage>, AppError> {
    let typed = Typed::of([("dag", local_date(app.now()).to_string())]);
    Ok(Page(list_page(&app, &caller, &visit, typed).await?))
}

async fn list_page(app: &App, caller: &Caller, visit: &Visit, typed: Typed) -> Result<NotesPage, AppError> {
    let read =
        |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing((kept::all::<ConsultantNote>(tx)?, practices::all(tx)?)));
    let (notes, known) = app.store.view(caller.scope("consultant_note.list", app.now()), read).await?;
    Ok(NotesPage {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        tabs: tabs(Part::Notes),
        rows: lines(notes, &known, app),
        form: fields(LIST.to_owned(), None, &typed, &known),
        errors: typed.errors,
        problem: typed.problem,
    })
}

/// The note as it was typed, or everything that is wrong with it.
fn read(mut typed: Typed, app: &App) -> Result<(NoteInput, Typed), Typed> {
    let noted_on = typed.day("dag");
    let today = local_date(app.now());
    let practice = typed.said("praksis").map(|text| text.parse::<Uuid>().ok().map(OrganizationId));
    if practice == Some(None) {
        typed.wrong("praksis", "Vælg en praksis fra listen.");
    }
    let input = NoteInput {
        noted_on: noted_on.unwrap_or(today),
        consultant: typed.text("konsulent").to_owned(),
        practice: practice.flatten(),
        text: typed.text("tekst").to_owned(),
    };
    for fault in input.note(domain::ids::ConsultantNoteId(Uuid::nil())).faults(today) {
        let field = match fault.field() {
            "consultant" => "konsulent",
            "noted_on" => "dag",
            _ => "tekst",
        };
        typed.wrong(field, fault.user_message());
    }
    if typed.errors.is_empty() { Ok((input, typed)) } else { Err(typed) }
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let read = read(Typed::sent(pairs), &app);
    match carried_out(read, |input, _| note::add_note(&app, &caller, input)).await? {
        Ok(_) => Ok(visit.done(LIST, "Noten er gemt.").await?.into_response()),
        Err((typed, status)) => Ok((status, Page(list_page(&app, &caller, &visit, typed).await?)).into_response()),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<NotePage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id, None).await?))
}

async fn page(app: &App, caller: &Caller, visit: &Visit, id: Uuid, typed: Option<Typed>) -> Result<NotePage, AppError> {
    let versions = kept::versions::<ConsultantNote>(app, caller, "consultant_note.open", id).await?;
    let newest = versions.first().ok_or(AppError::NotFound("consultant_note"))?;
    let known = known(app, caller).await?;
    let it = &newest.value;
    let typed = typed.unwrap_or_else(|| {
        Typed::of([
            ("dag", it.noted_on.to_string()),
            ("konsulent", it.consultant.clone()),
            ("praksis", it.practice.map(|id| id.to_string()).unwrap_or_default()),
            ("tekst", it.text.clone()),
            ("version", newest.version.to_string()),
        ])
    });
    let name = |id: OrganizationId| known.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let said = |it: &ConsultantNote| {
        vec![
            ("Dag", dates::full_day(it.noted_on)),
            ("Praksiskonsulent", it.consultant.clone()),
            ("Praksis", it.practice.and_then(name).unwrap_or_default()),
            ("Note", it.text.clone()),
        ]
    };
    let href = format!("{LIST}/{id}");
    Ok(NotePage {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        version: typed.version(),
        form: fields(href.clone(), Some(typed.version()), &typed, &known),
        href,
        why: typed.field("hvorfor"),
        errors: typed.errors,
        problem: typed.problem,
        history: before(&versions, app.now(), said),
    })
}

async fn known(app: &App, caller: &Caller) -> Result<Vec<Practice>, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(practices::all(tx)?));
    app.store.view(caller.scope("practice.list", app.now()), read).await
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let read = read(Typed::sent(pairs), &app);
    match carried_out(read, |input, version| note::correct_note(&app, &caller, (id, Some(version)), input)).await? {
        Ok(_) => Ok(visit.done(LIST, "Noten er rettet.").await?.into_response()),
        Err((typed, status)) => Ok((status, Page(page(&app, &caller, &visit, id, Some(typed)).await?)).into_response()),
    }
}

pub(super) async fn strike(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let typed = Typed::sent(pairs);
    let of = (id, Some(typed.version()));
    let Err(error) = note::strike_note(&app, &caller, of, typed.text("hvorfor")).await else {
        return Ok(visit.done(LIST, "Noten er strøget.").await?.into_response());
    };
    let (refused, status) = typed.refused(error)?;
    // The fields of the note stand as they are kept: this form did not send them.
    let mut shown = page(&app, &caller, &visit, id, None).await?;
    shown.why = refused.field("hvorfor");
    (shown.errors, shown.problem) = (refused.errors, refused.problem);
    Ok((status, Page(shown)).into_response())
}
