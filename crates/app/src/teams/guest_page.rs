//! "Gæsteinstruktør": `GET` and `POST /hold/{id}/gange/{session}/gaest`. Two queries: the team, and who may be given it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::ids::{SessionId, TeamId, UserId};
use domain::team::{Session, Team};
use domain::workdays::local_date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::guest::{GuestInput, invite_guest, may_be_guests, send_guest_home};
use super::queries;
use super::words::{session_href, team_href, when};
use crate::access::User;
use crate::layout::{Choice, Counts, FormError, Frame, Link, Nav, capitalised, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "teams/guest.html")]
pub(super) struct GuestPage {
    frame: Frame,
    href: String,
    back: String,
    team: Link,
    heading: String,
    facts: String,
    day: String,
    people: Vec<Choice>,
    errors: Vec<FormError>,
    problem: Option<String>,
    given: Vec<GivenLine>,
    /// The day is over, or the session is called off.
    late: bool,
}

struct GivenLine {
    name: String,
    when: String,
    user: UserId,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
) -> Result<Page<GuestPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, (TeamId(team), SessionId(session)), Vec::new()).await?))
}

/// Whom it is given to, or taken from.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct GuestForm {
    gaest: String,
    fjern: String,
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(form): PageForm<GuestForm>,
) -> Result<Response, AppError> {
    let (team, session) = (TeamId(team), SessionId(session));
    let href = format!("{}/gaest", session_href(team, session));
    if let Ok(user) = form.fjern.parse() {
        send_guest_home(&app, &caller, team, session, UserId(user)).await?;
        return Ok(visit.done(&href, "Adgangen er taget tilbage.").await?.into_response());
    }
    // An empty choice is refused by the command, as one that is not in the list.
    let user = UserId(form.gaest.parse().unwrap_or_default());
    let error = match invite_guest(&app, &caller, team, session, GuestInput { user }).await {
        Ok(()) => {
            let notice =
                "Gæsteinstruktøren har adgang til fremmødet den dag, og kun til det. Adgangen slutter af sig selv.";
            return Ok(visit.done(&href, notice).await?.into_response());
        }
        Err(error @ (AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_))) => return Err(error),
        Err(error) => error,
    };
    let errors = vec![FormError { field: "gaest", message: error.user_message() }];
    let page = page(&app, &caller, &visit, (team, session), errors).await?;
    Ok((error.form_status(), Page(page)).into_response())
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (team, session): (TeamId, SessionId),
    errors: Vec<FormError>,
) -> Result<GuestPage, AppError> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let team = queries::team(tx, team)?.value;
        let session = team.session(session).cloned().map_err(|_| AppError::NotFound("session"))?;
        Ok::<_, AppError>(Seen::nothing((team, session, may_be_guests(tx)?)))
    };
    let (team, session, users): (Team, Session, Vec<User>) =
        app.store.view(caller.scope("team.guests", now), read).await?;
    let label = |user: &User| format!("{}, {}", user.name, user.title);
    let free: Vec<&User> = users.iter().filter(|u| session.guests.iter().all(|guest| guest.user != u.id)).collect();
    let only = free.len() == 1;
    let choice = |user: &&User| Choice { value: user.id.to_string(), label: label(user), hint: None, selected: only };
    let given = |guest: &domain::team::Guest| GivenLine {
        name: users.iter().find(|user| user.id == guest.user).map_or_else(|| "En kollega".to_owned(), label),
        when: format!("Givet {}", dates::short_day(local_date(guest.at), local_date(now))),
        user: guest.user,
    };
    Ok(GuestPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        href: format!("{}/gaest", session_href(team.id, session.id)),
        back: session_href(team.id, session.id),
        team: Link::new(team_href(team.id), team.name.clone()),
        heading: team.name.clone(),
        facts: capitalised(&when(&session, now)),
        day: dates::long_day(local_date(session.start), local_date(now)),
        people: free.iter().map(choice).collect(),
        problem: errors.first().map(|error| error.message.clone()),
        errors,
        given: session.guests.iter().map(given).collect(),
        late: session.cancelled.is_some() || local_date(session.start) < local_date(now),
    })
}
