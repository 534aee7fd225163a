//! The notification as it is sent: `GET /underretninger/{id}`, and that it was: `POST /underretninger/{id}/sendt`. It goes
//! on paper or by the municipality's own secure post; the program sends it nowhere. Three queries.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::NotificationId;
use domain::notification::{NotificationDecision, Told};
use domain::permission::Permission;
use domain::workdays::local_date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::commands;
use super::decide_page::decide_href;
use crate::access::{self, User};
use crate::citizens::{self, phone_text};
use crate::layout::{Counts, Frame, Nav, PersonHeader, dates};
use crate::records::{self, CitizenRecord};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "notifications/letter.html")]
pub(super) struct LetterPage {
    frame: Frame,
    person: PersonHeader,
    href: String,
    back: String,
    from: Vec<String>,
    phone: Option<String>,
    written_on: String,
    name: String,
    cpr: Option<String>,
    address: Option<String>,
    reason: String,
    consent: &'static str,
    told: &'static str,
    danger: Option<String>,
    who: String,
    /// Still to be sent, by whom may.
    may_send: bool,
    sent: Option<String>,
    problem: Option<String>,
}

/// Where the letter of a decision is.
pub(crate) fn letter_href(decision: NotificationId) -> String {
    format!("/underretninger/{decision}")
}

struct Loaded {
    record: Arc<CitizenRecord>,
    decision: NotificationDecision,
    users: Vec<User>,
}

async fn load(app: &App, caller: &Caller, id: NotificationId) -> Result<Loaded, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "notification", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let found = record.notifications.iter().map(|n| &n.value).find(|n| n.id == id && n.notify);
        let decision = found.cloned().ok_or(AppError::NotFound("notification"))?;
        let users = access::users_in(tx)?;
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { record, decision, users }))
    };
    app.store.view(caller.scope("notification.letter", app.now()), read).await
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: NotificationId,
    problem: Option<String>,
) -> Result<LetterPage, AppError> {
    let Loaded { record, decision, users } = load(app, caller, id).await?;
    let home = app.organization(caller.organization).await?;
    let (today, citizen) = (local_date(app.now()), &record.citizen.value);
    let person = citizens::person_header(citizen, None, today);
    Ok(LetterPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        href: letter_href(id),
        back: decide_href(decision.course),
        from: vec![home.name.clone(), home.department.clone()],
        phone: home.phone.as_deref().map(phone_text),
        written_on: dates::full_day(local_date(decision.at)),
        name: citizen.name.full(),
        cpr: citizen.identity.cpr().map(domain::identifiers::Cpr::with_dash),
        address: citizen.shown_address(),
        reason: decision.reason.clone(),
        consent: decision.consent.label(),
        told: match decision.told {
            Told::Told => "Borgeren er orienteret om underretningen.",
            Told::Endangers => "Borgeren er ikke orienteret om underretningen, fordi det vil bringe barnet i fare.",
        },
        danger: decision.not_told_because.clone(),
        who: access::name_of(&users, decision.by),
        may_send: caller.role.may(Permission::CourseWrite) && decision.waits_to_be_sent(),
        sent: decision.sent_on.map(|day| dates::long_day(day, today)),
        problem,
    })
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<LetterPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), None).await?))
}

pub(super) async fn sent(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    let id = NotificationId(id);
    match commands::sent(&app, &caller, id).await {
        Ok(()) => {
            Ok(visit.done(&letter_href(id), "Det er skrevet ind, at underretningen er sendt.").await?.into_response())
        }
        Err(error @ AppError::Rule { .. }) => {
            let page = page(&app, &caller, &visit, id, Some(error.user_message())).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}
