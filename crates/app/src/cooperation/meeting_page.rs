//! One meeting with its minutes and what was agreed: `/samarbejde/moeder/{id}`. Two queries.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::cooperation::{Agreed, AgreedState, Meeting};
use domain::ids::AgreedId;
use domain::workdays::local_date;
use jiff::civil::Date;
use uuid::Uuid;

use super::form::{Again, Typed, carried_out};
use super::history::{Before, before};
use super::kept::{self, Written};
use super::list_page::{href, tag};
use super::meeting::{self, AgreedChange, AgreedInput};
use crate::layout::{Counts, Field, FormError, Frame, Moment, Nav, Tag, capitalised, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "cooperation/meeting.html")]
pub(super) struct MeetingPage {
    frame: Frame,
    href: String,
    version: i64,
    day: String,
    forum: &'static str,
    planned: bool,
    about_prevention: bool,
    participants: Option<String>,
    agenda: String,
    decisions: Option<String>,
    agreed: Vec<AgreedView>,
    fields: AgreedFields,
    why: Field,
    errors: Vec<FormError>,
    problem: Option<String>,
    history: Vec<Before>,
}

struct AgreedView {
    id: AgreedId,
    what: String,
    who: String,
    by: Moment,
    tag: Tag,
    done: Option<Moment>,
}

struct AgreedFields {
    what: Field,
    who: Field,
    by: Field,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<MeetingPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id, Typed::default()).await?))
}

async fn page(app: &App, caller: &Caller, visit: &Visit, id: Uuid, typed: Typed) -> Result<MeetingPage, AppError> {
    let today = local_date(app.now());
    let versions = kept::versions::<Meeting>(app, caller, "meeting.open", id).await?;
    let newest = versions.first().ok_or(AppError::NotFound("meeting"))?;
    let it = &newest.value;
    Ok(MeetingPage {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        href: href(it),
        version: newest.version,
        day: capitalised(&dates::long_day(it.held_on, today)),
        forum: it.forum.label(),
        planned: !it.was_held(today),
        about_prevention: it.about_prevention,
        participants: it.participants.clone(),
        agenda: it.agenda.clone(),
        decisions: it.decisions.clone(),
        agreed: it.standing_agreed().map(|agreed| view(agreed, today)).collect(),
        fields: AgreedFields { what: typed.field("hvad"), who: typed.field("hvem"), by: typed.field("hvornaar") },
        why: typed.field("hvorfor"),
        history: history(&versions, app),
        errors: typed.errors,
        problem: typed.problem,
    })
}

fn view(agreed: &Agreed, today: Date) -> AgreedView {
    AgreedView {
        id: agreed.id,
        what: agreed.what.clone(),
        who: agreed.who.clone(),
        by: Moment::day(agreed.by, today),
        tag: tag(agreed, today),
        done: match agreed.state(today) {
            AgreedState::Done(on) => Some(Moment::day(on, today)),
            AgreedState::Open | AgreedState::Late => None,
        },
    }
}

/// What the meeting said before: everything but whether something is done.
pub(super) fn history(versions: &[Written<Meeting>], app: &App) -> Vec<Before> {
    let said = |it: &Meeting| {
        let agreed = it
            .standing_agreed()
            .map(|agreed| format!("{} · {} · {}", agreed.what, agreed.who, dates::full_day(agreed.by)));
        vec![
            ("Dag", dates::full_day(it.held_on)),
            ("Deltagere", it.participants.clone().unwrap_or_default()),
            ("Dagsorden", it.agenda.clone()),
            ("Beslutninger", it.decisions.clone().unwrap_or_default()),
            ("Aftaler", agreed.collect::<Vec<_>>().join("\n")),
        ]
    };
    before(versions, app.now(), said)
}

/// What was typed of an agreement, or everything that is wrong with it.
fn read(mut typed: Typed) -> Result<(AgreedInput, Typed), Typed> {
    if typed.text("hvad").is_empty() {
        typed.wrong("hvad", "Skriv, hvad der er aftalt.");
    }
    if typed.text("hvem").is_empty() {
        typed.wrong("hvem", "Skriv, hvem der gør det.");
    }
    let by = typed.day("hvornaar");
    match by.filter(|_| typed.errors.is_empty()) {
        Some(by) => {
            let (what, who) = (typed.text("hvad").to_owned(), typed.text("hvem").to_owned());
            Ok((AgreedInput { what, who, by }, typed))
        }
        None => Err(typed),
    }
}

pub(super) async fn agree(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let done =
        carried_out(read(Typed::sent(pairs)), |input, _| meeting::agree(&app, &caller, (id, None), input)).await?;
    answer(&app, &caller, &visit, id, done.map(|_| "Aftalen er skrevet ind.")).await
}

pub(super) async fn correct(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, agreed)): Path<(Uuid, Uuid)>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let correct = |input, _| {
        let change = AgreedChange::Correct(input);
        meeting::change_agreed(&app, &caller, (id, AgreedId(agreed)), change)
    };
    let done = carried_out(read(Typed::sent(pairs)), correct).await?;
    answer(&app, &caller, &visit, id, done.map(|_| "Aftalen er rettet.")).await
}

/// What is done is told on the meeting; what was refused stands in its form.
async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    done: Result<&'static str, Again>,
) -> Result<Response, AppError> {
    match done {
        Ok(notice) => Ok(visit.done(&to(id), notice).await?.into_response()),
        Err((typed, status)) => Ok((status, Page(page(app, caller, visit, id, typed).await?)).into_response()),
    }
}

fn to(id: Uuid) -> String {
    format!("/samarbejde/moeder/{id}")
}

pub(super) async fn done(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, agreed)): Path<(Uuid, Uuid)>,
) -> Result<Redirect, AppError> {
    meeting::change_agreed(&app, &caller, (id, AgreedId(agreed)), AgreedChange::Done).await?;
    let undo = format!("{}/aftaler/{agreed}/ikke-udfoert", to(id));
    visit.done_unless(&to(id), "Aftalen er udført.", undo).await
}

pub(super) async fn not_done(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, agreed)): Path<(Uuid, Uuid)>,
) -> Result<Redirect, AppError> {
    meeting::change_agreed(&app, &caller, (id, AgreedId(agreed)), AgreedChange::NotDone).await?;
    visit.done(&to(id), "Aftalen er ikke udført.").await
}

pub(super) async fn strike_agreed(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, agreed)): Path<(Uuid, Uuid)>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut typed = Typed::sent(pairs);
    let change = AgreedChange::Strike(typed.text("grund").to_owned());
    let done = match meeting::change_agreed(&app, &caller, (id, AgreedId(agreed)), change).await {
        Ok(_) => Ok("Aftalen er strøget."),
        Err(error) => {
            // The reason stands at the agreement, which is one of several: it is told above them.
            typed.fields.clear();
            let (typed, status) = typed.refused(error)?;
            Err((typed.told_above(), status))
        }
    };
    answer(&app, &caller, &visit, id, done).await
}

pub(super) async fn strike(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let typed = Typed::sent(pairs);
    match meeting::strike_meeting(&app, &caller, (id, Some(typed.version())), typed.text("hvorfor")).await {
        Ok(_) => Ok(visit.done("/samarbejde", "Mødet er strøget.").await?.into_response()),
        Err(error) => {
            let (typed, status) = typed.refused(error)?;
            Ok((status, Page(page(&app, &caller, &visit, id, typed).await?)).into_response())
        }
    }
}
