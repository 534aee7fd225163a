//! "Overdrag mine": open tasks with their last note, all chosen, and the colleague who gets them; then what was handed
//! over, with a press to take it back.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::UserId;
use domain::permission::Role;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Seen, Tx};
use uuid::Uuid;

use super::handover::{self, HandoverInput};
use super::handover_queries::{self as queries, Handover, Item, Of};
use super::why;
use crate::access::{self, User};
use crate::layout::{Counts, Field, FormError, Frame, Nav, Tag, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, ids};

#[derive(Template)]
#[template(path = "tasks/handover.html")]
pub(super) struct HandoverPage {
    frame: Frame,
    id: Uuid,
    from: UserId,
    /// Whose they are, when they are another's.
    whose: Option<String>,
    rows: Vec<Row>,
    /// A talk among them: its time in the calendar stays where it is.
    talks: bool,
    colleagues: Vec<Colleague>,
    reason: Field,
    problem: Option<String>,
    errors: Vec<FormError>,
    /// For a leader: whose tasks to look at.
    others: Vec<Colleague>,
}

impl HandoverPage {
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

#[derive(Template)]
#[template(path = "tasks/handed.html")]
pub(super) struct HandedPage {
    frame: Frame,
    id: Uuid,
    heading: String,
    reason: Option<String>,
    rows: Vec<Row>,
    undo: bool,
    undone: bool,
}

struct Row {
    id: Uuid,
    tag: Tag,
    /// None for a message about nobody.
    name: Option<String>,
    age: Option<String>,
    what: &'static str,
    /// In the sender's or the caller's words.
    about: Option<String>,
    why: String,
    note: Option<LastNote>,
    chosen: bool,
}

struct LastNote {
    when: String,
    by: Option<String>,
    text: String,
}

/// Somebody to choose.
struct Colleague {
    value: String,
    /// Title and initials.
    label: String,
    name: Option<String>,
    active: bool,
    selected: bool,
}

/// Whose tasks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Whose {
    fra: String,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HandoverForm {
    nr: String,
    fra: String,
    opgave: Vec<String>,
    til: String,
    hvorfor: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(query): Query<Whose>,
) -> Result<Page<HandoverPage>, AppError> {
    let from = whose(&caller, &query.fra)?;
    Ok(Page(page(&app, &caller, &visit, from, None).await?))
}

/// The caller's own when nothing is said.
fn whose(caller: &Caller, said: &str) -> Result<UserId, AppError> {
    let from = match said.trim() {
        "" => caller.user,
        said => UserId(said.parse().map_err(|_| AppError::NotFound("user"))?),
    };
    if handover::may_for(caller, from) { Ok(from) } else { Err(AppError::Forbidden("hand_over_for_others")) }
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<HandoverForm>,
) -> Result<Response, AppError> {
    let from = whose(&caller, &form.fra)?;
    let input = HandoverInput {
        id: form.nr.parse().map_err(|_| AppError::Unreadable("form"))?,
        from,
        // Nobody chosen is nobody's id: refused with what is missing.
        to: UserId(form.til.parse().unwrap_or(Uuid::nil())),
        tasks: form.opgave.iter().filter_map(|id| id.parse().ok()).collect(),
        reason: Some(form.hvorfor.clone()),
    };
    let error = match handover::hand_over_all(&app, &caller, input).await {
        Ok(done) => return Ok(Redirect::to(&format!("/opgaver/overdrag/{}", done.id)).into_response()),
        Err(error) => error.at_the_form()?,
    };
    let mut page = page(&app, &caller, &visit, from, Some(&form)).await?;
    match &error {
        AppError::Field { field, .. } => page.errors = vec![FormError { field, message: error.user_message() }],
        _ => page.problem = Some(error.user_message()),
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    from: UserId,
    typed: Option<&HandoverForm>,
) -> Result<HandoverPage, AppError> {
    let now = app.now();
    let items = read(app, caller, move |tx| Ok(queries::items(tx, Of::Owner(from))?)).await?;
    let users = access::users(app, caller.organization).await?;
    let limits = app.organization(caller.organization).await?.settings.limits;
    let chosen = |item: &Item| typed.is_none_or(|form| form.opgave.contains(&item.id.to_string()));
    let rows = items.iter().map(|item| row(item, &limits, now, chosen(item))).collect();
    let whose = users.iter().find(|user| user.id == from && from != caller.user).map(label);
    if from != caller.user && whose.is_none() {
        return Err(AppError::NotFound("user"));
    }
    let can = |user: &&User| user.active && user.id != from && handover::may_receive(user.role);
    let til = typed.map_or("", |form| form.til.as_str());
    let others = users.iter().filter(|user| caller.role == Role::Leader && user.id != caller.user);
    Ok(HandoverPage {
        frame: visit.frame(Nav::Overview, Counts::default()).await?,
        id: ids::new(now),
        from,
        whose,
        talks: items.iter().any(|item| matches!(item.kind, TaskKind::HoldTalk | TaskKind::NeedsTalk)),
        rows,
        colleagues: choices(users.iter().filter(can), til),
        reason: Field::of(typed.map_or("", |form| form.hvorfor.as_str())),
        problem: None,
        errors: Vec::new(),
        others: choices(others.filter(|user| handover::may_receive(user.role)), &from.to_string()),
    })
}

/// Reads a list and notes whom it showed.
async fn read(
    app: &App,
    caller: &Caller,
    list: impl FnOnce(&mut Tx<'_>) -> Result<Vec<Item>, AppError> + Send + 'static,
) -> Result<Vec<Item>, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let items = list(tx)?;
        let mut shown: Vec<Uuid> = items.iter().filter_map(|item| item.citizen).collect();
        shown.sort_unstable();
        shown.dedup();
        Ok::<_, AppError>(if shown.is_empty() { Seen::nothing(items) } else { Seen::list(shown, items) })
    };
    app.store.view(caller.scope("handover", app.now()), read).await
}

fn label(user: &User) -> String {
    format!("{} {}", user.title, user.initials)
}

fn choices<'u>(users: impl Iterator<Item = &'u User>, chosen: &str) -> Vec<Colleague> {
    let choice = |user: &User| {
        let value = user.id.to_string();
        let name = Some(user.name.clone()).filter(|name| *name != user.title);
        Colleague { selected: value == chosen, value, label: label(user), name, active: user.active }
    };
    let mut all: Vec<Colleague> = users.map(choice).collect();
    all.sort_by(|a, b| a.label.cmp(&b.label));
    all
}

fn row(item: &Item, limits: &domain::limits::Limits, now: Timestamp, chosen: bool) -> Row {
    let today = local_date(now);
    let about = item.about.as_ref().filter(|about| !about.is_empty());
    let note = item.note.as_ref().map(|note| LastNote {
        when: dates::when(note.at, now).replace("I ", "i "),
        by: note.by.clone(),
        text: note.text.clone(),
    });
    Row {
        id: item.id,
        tag: Tag::deadline(item.due_on, today),
        name: item.name.clone(),
        age: item.born_on.map(|born_on| dates::age(born_on, today)),
        what: item.kind.label(),
        about: about.cloned(),
        why: why(item.kind, &item.rule, limits),
        note,
        chosen,
    }
}

/// What was handed over: `GET /opgaver/overdrag/{id}`.
pub(super) async fn done(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<HandedPage>, AppError> {
    let now = app.now();
    let (user, leads) = (caller.user, caller.role == Role::Leader);
    let found = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::handover(tx, id)?));
    let found = app.store.view(caller.scope("handover", now), found).await?;
    let mine = |h: &Handover| leads || [h.by, h.to, h.from].contains(&user);
    let handover = found.filter(mine).ok_or(AppError::NotFound("handover"))?;
    let items = read(&app, &caller, move |tx| Ok(queries::items(tx, Of::Handover(id))?)).await?;
    let users = access::users(&app, caller.organization).await?;
    let to = users.iter().find(|user| user.id == handover.to).map_or_else(String::new, label);
    let limits = app.organization(caller.organization).await?.settings.limits;
    let undone = handover.undone_at.is_some();
    let count = format!("{} {}", items.len(), if items.len() == 1 { "opgave" } else { "opgaver" });
    Ok(Page(HandedPage {
        frame: visit.frame(Nav::Overview, Counts::default()).await?,
        id,
        heading: if undone { "Overdragelsen er fortrudt".to_owned() } else { format!("Overdraget {count} til {to}") },
        rows: items.iter().map(|item| row(item, &limits, now, false)).collect(),
        undo: handover.by == user && handover::can_undo(&handover, now),
        reason: handover.reason,
        undone,
    }))
}

/// Takes it back: `POST /opgaver/overdrag/{id}/fortryd`.
pub(super) async fn undo(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    let count = handover::undo_handover(&app, &caller, id).await?;
    let notice = match count {
        1 => "Fortrudt. 1 opgave er tilbage, hvor den var.".to_owned(),
        count => format!("Fortrudt. {count} opgaver er tilbage, hvor de var."),
    };
    Ok(visit.done("/", notice).await?.into_response())
}
