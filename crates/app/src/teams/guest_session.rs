//! What a guest instructor sees: `GET /gaest`, the sessions given for today, and `GET` and `POST /gaest/{team}/{session}`,
//! one of them with its people's names, what to mind about them, and attendance. No record, no other day.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{CitizenId, SessionId, TeamId};
use domain::team::{Presence, Session};
use domain::workdays::{day_bounds, local_date};
use store::{Seen, Tx};
use uuid::Uuid;

use super::care_page::tags;
use super::session_page::{Loaded, Typed, cancelled, facts, in_words, load_with_care};
use super::words::{place, span};
use super::{queries, take_attendance};
use crate::layout::{Choice, Counts, Frame, Nav, Tag, capitalised};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "teams/guest_list.html")]
pub(super) struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
}

struct Row {
    time: String,
    name: String,
    href: String,
    place: Option<String>,
}

/// Where a guest takes attendance.
fn href(team: TeamId, session: SessionId) -> String {
    format!("/gaest/{team}/{session}")
}

pub(super) async fn list(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ListPage>, AppError> {
    let now = app.now();
    let read =
        move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::current(tx, day_bounds(local_date(now)).0)?));
    let teams = app.store.view(caller.scope("team.guest_sessions", now), read).await?;
    let given = teams.iter().flat_map(|team| team.sessions.iter().map(move |session| (team, session)));
    let mut given: Vec<_> = given.filter(|(_, session)| session.guest_at(caller.user, now).is_some()).collect();
    given.sort_by_key(|(_, session)| session.start);
    let row = |(team, session): (&domain::team::Team, &Session)| Row {
        time: span(session),
        name: team.name.clone(),
        href: href(team.id, session.id),
        place: team.place_of(session).map(str::to_owned),
    };
    Ok(Page(ListPage {
        frame: visit.frame(Nav::Guest, Counts::default()).await?,
        rows: given.into_iter().map(row).collect(),
    }))
}

#[derive(Template)]
#[template(path = "teams/guest_session.html")]
pub(super) struct SessionPage {
    frame: Frame,
    href: String,
    heading: String,
    facts: String,
    place: Option<String>,
    problem: Option<String>,
    /// Said instead of the form when attendance cannot be taken now.
    not_now: Option<String>,
    people: Vec<Card>,
}

struct Card {
    number: usize,
    citizen: CitizenId,
    name: String,
    tags: Vec<Tag>,
    away: bool,
    regrets: bool,
    /// Why, when it is told.
    reasons: Vec<Choice>,
    /// What was taken.
    taken: Option<Tag>,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
) -> Result<Page<SessionPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, (TeamId(team), SessionId(session)), &Typed::default()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (team, session) = (TeamId(team), SessionId(session));
    // A guest takes attendance and writes in no record.
    let pairs = pairs.into_iter().filter(|(name, _)| name != "note" && !name.starts_with("linje-"));
    let typed = Typed::read(pairs.collect());
    let done = match typed.input() {
        Some(input) => take_attendance(&app, &caller, team, session, input).await,
        None => Err(AppError::Unreadable("form")),
    };
    let error = match done {
        Ok(came) => {
            let notice = format!("Fremmødet er gemt: {}.", in_words(came, &typed.absent));
            return Ok(visit.done(&href(team, session), notice).await?.into_response());
        }
        Err(error @ (AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_))) => return Err(error),
        Err(error) => error,
    };
    let (loaded, _) = load_with_care(&app, &caller, team, session, "team.guest").await?;
    if loaded.session.attendance.as_ref().is_some_and(|taken| typed.same(taken)) {
        return Ok(visit.done(&href(team, session), "Fremmødet er gemt.").await?.into_response());
    }
    let mut page = page(&app, &caller, &visit, (team, session), &typed).await?;
    let status = if loaded.session.attendance.is_some() { StatusCode::CONFLICT } else { error.status() };
    page.problem = Some(error.user_message());
    Ok((status, Page(page)).into_response())
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (team, session): (TeamId, SessionId),
    typed: &Typed,
) -> Result<SessionPage, AppError> {
    let (loaded, care) = load_with_care(app, caller, team, session, "team.guest").await?;
    let Loaded { team, session, .. } = &loaded;
    let now = app.now();
    let taken = |citizen| {
        let taken = session.attendance.as_ref()?.iter().find(|one| one.citizen == citizen)?;
        Some(match taken.presence {
            Presence::Present => Tag::done(taken.presence.label()),
            Presence::Regrets => Tag::of("mute", "call", taken.presence.label()),
            Presence::Absent => Tag::of("soon", "close", taken.presence.label()),
        })
    };
    let seats = team.enrolled.iter().filter(|seat| match &session.attendance {
        Some(all) => all.iter().any(|one| one.citizen == seat.citizen),
        None => !seat.left,
    });
    let person = |(index, seat): (usize, &domain::team::Seat)| Card {
        number: index + 1,
        citizen: seat.citizen,
        name: loaded.name(seat.citizen),
        tags: tags(&loaded, &care, seat, app),
        away: typed.absent.contains_key(&seat.citizen),
        regrets: typed.absent.get(&seat.citizen) == Some(&Presence::Regrets),
        reasons: typed.reasons(seat.citizen),
        taken: taken(seat.citizen),
    };
    let people: Vec<Card> = seats.enumerate().map(person).collect();
    let not_now = match &session.cancelled {
        Some(off) => Some(cancelled(team, off, now)),
        None if session.attendance.is_some() => {
            Some("Fremmødet er gemt. Er noget forkert, så sig det til den, der gav dig holdgangen.".to_owned())
        }
        None if people.is_empty() => Some("Ingen har plads på holdet endnu.".to_owned()),
        None if session.start > now => {
            Some(format!("Fremmødet kan tages, når holdgangen er begyndt: kl. {}.", span(session)))
        }
        None => None,
    };
    Ok(SessionPage {
        frame: visit.frame(Nav::Guest, Counts::default()).await?,
        href: href(team.id, session.id),
        heading: team.name.clone(),
        facts: capitalised(&facts(&loaded, now)),
        place: place(team),
        problem: None,
        not_now,
        people,
    })
}
