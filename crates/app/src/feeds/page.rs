//! Setting a feed up: `/kalender/abonnement` for one's own, `/hold/{id}/abonnement` for a team's. The address is shown in
//! the answer to the press that made it, and never again.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::ids::TeamId;
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Seen, Tx};
use uuid::Uuid;

use super::links::{self, Subject};
use crate::layout::{Counts, Frame, Link, Nav, dates};
use crate::web::{Page, PageForm, Settings, Visit};
use crate::{App, AppError, Caller, teams};

#[derive(Template)]
#[template(path = "feeds/feed.html")]
pub(super) struct FeedPage {
    frame: Frame,
    href: String,
    back: Link,
    /// A team's name; none for one's own times.
    team: Option<String>,
    /// Since when there is an address.
    since: Option<String>,
    /// The address, when it was made now.
    address: Option<String>,
}

/// The press: make or stop.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FeedForm {
    stop: String,
}

pub(super) async fn mine(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Response, AppError> {
    let subject = Subject::User(caller.user);
    Ok(Page(page(&app, &caller, &visit, subject, None).await?).into_response())
}

pub(super) async fn team(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    Ok(Page(page(&app, &caller, &visit, Subject::Team(TeamId(id)), None).await?).into_response())
}

/// How the address is told.
type Where = (HeaderMap, Settings);

pub(super) async fn save_mine(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    headers: HeaderMap,
    Extension(settings): Extension<Settings>,
    PageForm(form): PageForm<FeedForm>,
) -> Result<Response, AppError> {
    let subject = Subject::User(caller.user);
    save(&app, &caller, &visit, subject, (headers, settings), &form).await
}

pub(super) async fn save_team(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    headers: HeaderMap,
    Extension(settings): Extension<Settings>,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<FeedForm>,
) -> Result<Response, AppError> {
    save(&app, &caller, &visit, Subject::Team(TeamId(id)), (headers, settings), &form).await
}

async fn save(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    subject: Subject,
    (headers, settings): Where,
    form: &FeedForm,
) -> Result<Response, AppError> {
    if form.stop == "ja" {
        links::stop(app, caller, subject).await?;
        let notice = "Abonnementet er stoppet. Adressen virker ikke mere.";
        return Ok(visit.done(&href(subject), notice).await?.into_response());
    }
    let path = links::renew(app, caller, subject).await?;
    let address = format!("{}{path}", settings.address(&headers));
    Ok(Page(page(app, caller, visit, subject, Some(address)).await?).into_response())
}

fn href(subject: Subject) -> String {
    match subject {
        Subject::User(_) => "/kalender/abonnement".to_owned(),
        Subject::Team(id) => format!("/hold/{id}/abonnement"),
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    subject: Subject,
    address: Option<String>,
) -> Result<FeedPage, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let name = match subject {
            Subject::Team(id) => Some(teams::team(tx, id)?.value.name),
            Subject::User(_) => None,
        };
        Ok::<_, AppError>(Seen::nothing((name, links::made_at(tx, subject)?)))
    };
    let (team, made_at): (Option<String>, Option<Timestamp>) =
        app.store.view(caller.scope("calendar_feed.open", app.now()), read).await?;
    let today = local_date(app.now());
    let (nav, back) = match subject {
        Subject::User(_) => (Nav::Calendar, Link::new("/kalender", "Kalender")),
        Subject::Team(id) => (Nav::Teams, Link::new(format!("/hold/{id}"), "Hold")),
    };
    Ok(FeedPage {
        frame: visit.frame(nav, Counts::default()).await?,
        href: href(subject),
        back,
        team,
        since: made_at.map(|at| format!("Adressen er lavet {}", dates::short_day(local_date(at), today))),
        address,
    })
}
