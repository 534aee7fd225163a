//! One team: `GET /hold/{id}`. Who has a seat, who waits for one, and the sessions.
//!
//! Three queries: the team, who has its seats, who waits.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{PlannedInterventionId, TeamId};
use domain::permission::Permission;
use domain::team::{Presence, Seat, Session, Team};
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{Seen, Tx};
use uuid::Uuid;

use super::EnrolInput;
use super::queries::{self, Member, WaitingRow};
use super::session_form::{self, SessionFields};
use super::words::{counted, place, session_href, short_day, span, team_href, when};
use crate::layout::{Counts, FormError, Frame, Link, Nav, Tag, capitalised, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

/// So many of those who wait stand on the page.
const WAITING: usize = 20;

#[derive(Template)]
#[template(path = "teams/team.html")]
pub(super) struct TeamPage {
    frame: Frame,
    href: String,
    heading: String,
    place: Option<String>,
    may: bool,
    problem: Option<String>,
    errors: Vec<FormError>,
    /// The session whose attendance can be taken now.
    take: Option<Link>,
    seats_meta: String,
    seats: Vec<SeatLine>,
    full: bool,
    waiting: Vec<WaitLine>,
    more: usize,
    code: &'static str,
    sessions_meta: String,
    sessions: Vec<SessionLine>,
    fields: SessionFields,
}

struct SeatLine {
    number: usize,
    name: String,
    href: String,
    came: String,
    /// The intervention is over, and the seat is not given back.
    ended: Option<String>,
    intervention: PlannedInterventionId,
}

struct WaitLine {
    name: String,
    href: String,
    since: String,
    intervention: PlannedInterventionId,
}

struct SessionLine {
    number: usize,
    day: String,
    href: String,
    tag: Tag,
    detail: String,
}

/// What the page is read from.
struct Loaded {
    team: Team,
    members: HashMap<PlannedInterventionId, Member>,
    waiting: Vec<WaitingRow>,
}

async fn load(app: &App, caller: &Caller, id: TeamId) -> Result<Loaded, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let team = queries::team(tx, id)?.value;
        let seats: Vec<_> = team.enrolled.iter().filter(|seat| !seat.left).map(|seat| seat.intervention).collect();
        let members = queries::members(tx, &seats)?;
        let waiting = queries::waiting(tx, team.code)?;
        let seen = members.values().map(|member| member.citizen.id.0);
        let seen: Vec<Uuid> = seen.chain(waiting.iter().take(WAITING).map(|row| row.citizen.0)).collect();
        let loaded = Loaded { team, members, waiting };
        Ok::<_, AppError>(if seen.is_empty() { Seen::nothing(loaded) } else { Seen::list(seen, loaded) })
    };
    app.store.view(caller.scope("team.open", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<TeamPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), None).await?))
}

/// A press on one citizen of the list.
#[derive(Debug, serde::Deserialize)]
pub(super) struct SeatForm {
    indsats: Uuid,
}

pub(super) async fn enrol(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<SeatForm>,
) -> Result<Response, AppError> {
    let (team, intervention) = (TeamId(id), PlannedInterventionId(form.indsats));
    match super::enrol(&app, &caller, team, EnrolInput { intervention }).await {
        Ok(()) => Ok(visit.done(&team_href(team), "Borgeren har fået plads på holdet.").await?.into_response()),
        // Pressed twice, or a colleague was first: the seat is there, as was wanted.
        Err(AppError::Team(domain::team::TeamError::AlreadyEnrolled)) => {
            Ok(visit.done(&team_href(team), "Borgeren har allerede plads på holdet.").await?.into_response())
        }
        Err(error) => refused(&app, &caller, &visit, team, error).await,
    }
}

pub(super) async fn leave(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<SeatForm>,
) -> Result<Response, AppError> {
    let (team, intervention) = (TeamId(id), PlannedInterventionId(form.indsats));
    match super::leave(&app, &caller, team, EnrolInput { intervention }).await {
        Ok(()) => {
            let notice = "Pladsen er fri igen. Indsatsen er stadig bevilget: borgeren kan få en anden plads, eller \
                          indsatsen kan afsluttes i journalen.";
            Ok(visit.done(&team_href(team), notice).await?.into_response())
        }
        Err(error) => refused(&app, &caller, &visit, team, error).await,
    }
}

pub(super) async fn add_sessions(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<HashMap<String, String>>,
) -> Result<Response, AppError> {
    let (team, today) = (TeamId(id), local_date(app.now()));
    let sessions = match session_form::sessions(&form) {
        Ok(sessions) => sessions,
        Err(errors) => {
            let page = page(&app, &caller, &visit, team, Some((&form, errors))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    };
    let made = match super::add_sessions(&app, &caller, team, sessions.inputs).await {
        Ok(0) => "Holdgangen ligger der allerede.".to_owned(),
        Ok(made) => format!("{} er lagt ind.", counted(made, "holdgang", "holdgange")),
        Err(error) => return refused(&app, &caller, &visit, team, error).await,
    };
    let left_out: Vec<String> = sessions.left_out.iter().map(|day| dates::short_day(*day, today)).collect();
    let left_out = match left_out.len() {
        0 => String::new(),
        _ => format!(" Sprunget over, fordi der er lukket: {}", left_out.join(", ")),
    };
    Ok(visit.done(&team_href(team), format!("{made}{left_out}")).await?.into_response())
}

/// The page again with what stood in the way.
async fn refused(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    team: TeamId,
    error: AppError,
) -> Result<Response, AppError> {
    if matches!(error, AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_)) {
        return Err(error);
    }
    let mut page = page(app, caller, visit, team, None).await?;
    page.problem = Some(error.user_message());
    Ok((error.status(), Page(page)).into_response())
}

/// What was typed in the form of sessions, and what is wrong with it.
type Typed<'a> = Option<(&'a HashMap<String, String>, Vec<FormError>)>;

async fn page(app: &App, caller: &Caller, visit: &Visit, id: TeamId, typed: Typed<'_>) -> Result<TeamPage, AppError> {
    let now = app.now();
    let Loaded { team, members, waiting } = load(app, caller, id).await?;
    let may = caller.role.may(Permission::TeamWrite);
    let (form, errors) = typed.map_or((None, Vec::new()), |(form, errors)| (Some(form), errors));
    let seats: Vec<&Seat> = team.enrolled.iter().filter(|seat| !seat.left).collect();
    let held = team.sessions.iter().filter(|s| s.attendance.is_some()).count();
    let take = team.sessions.iter().find(|s| s.attendance.is_none() && s.start <= now);
    let take = take.filter(|_| may && !seats.is_empty());
    Ok(TeamPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        href: team_href(id),
        heading: team.name.clone(),
        place: place(&team),
        may,
        problem: None,
        fields: SessionFields::typed(form, &errors),
        errors,
        take: take.map(|s| Link::new(session_href(id, s.id), when(s, now))),
        seats_meta: format!("{} optaget · {} ledige", seats.len(), team.free_seats()),
        full: team.free_seats() == 0,
        seats: seats.iter().enumerate().map(|(index, seat)| seat_line(index, seat, &team, &members, now)).collect(),
        more: waiting.len().saturating_sub(WAITING),
        waiting: waiting.into_iter().take(WAITING).map(|row| wait_line(row, now)).collect(),
        code: team.code.label(),
        sessions_meta: match team.sessions.len() {
            0 => String::new(),
            all => format!("{held} af {all} holdt"),
        },
        sessions: team.sessions.iter().enumerate().map(|(index, s)| session_line(index, s, id, now)).collect(),
    })
}

fn seat_line(
    index: usize,
    seat: &Seat,
    team: &Team,
    members: &HashMap<PlannedInterventionId, Member>,
    now: Timestamp,
) -> SeatLine {
    let member = members.get(&seat.intervention);
    let all = team.sessions.iter().filter_map(|s| s.attendance.as_ref()).flatten();
    let asked: Vec<Presence> = all.filter(|one| one.citizen == seat.citizen).map(|one| one.presence).collect();
    let came = asked.iter().filter(|presence| **presence == Presence::Present).count();
    let ended = member.and_then(|member| member.ended_on);
    SeatLine {
        number: index + 1,
        name: member.map_or_else(|| "Borger".to_owned(), |member| member.citizen.name.full()),
        href: format!("/borgere/{}", seat.citizen),
        came: match asked.len() {
            0 => "Ikke begyndt".to_owned(),
            all => format!("Mødt {came} af {all}"),
        },
        ended: ended.map(|day| format!("Indsatsen er afsluttet {}", dates::short_day(day, local_date(now)))),
        intervention: seat.intervention,
    }
}

fn wait_line(row: WaitingRow, now: Timestamp) -> WaitLine {
    let today = local_date(now);
    let days = (today - row.granted_on).get_days();
    let ago = match days {
        ..=0 => "i dag".to_owned(),
        1 => "i går".to_owned(),
        days => format!("for {days} dage siden"),
    };
    WaitLine {
        name: row.name,
        href: format!("/borgere/{}", row.citizen),
        since: format!("Bevilget {ago}"),
        intervention: row.intervention,
    }
}

fn session_line(index: usize, session: &Session, team: TeamId, now: Timestamp) -> SessionLine {
    let today = local_date(session.start) == local_date(now);
    let (tag, came) = match &session.attendance {
        Some(all) => {
            let came = all.iter().filter(|one| one.presence == Presence::Present).count();
            (Tag::done("Holdt"), Some(format!(" · mødt {came} af {}", all.len())))
        }
        None if session.end < now => (Tag::of("soon", "soon", "Mangler fremmøde"), None),
        None if today => (Tag::of("soon", "soon", format!("I dag kl. {}", dates::clock(session.start))), None),
        None => (Tag::planned("Planlagt"), None),
    };
    SessionLine {
        number: index + 1,
        day: capitalised(&short_day(session, now)),
        href: session_href(team, session.id),
        tag,
        detail: format!("kl. {}{}", span(session), came.unwrap_or_default()),
    }
}
