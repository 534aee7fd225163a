//! One team: `GET /hold/{id}`. Who has a seat, who waits for one, and the sessions.
//!
//! Five queries at most: the team, who has its seats, who waits, how they function, and who leads a team of training.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{CitizenId, PlannedInterventionId, TeamId};
use domain::permission::Permission;
use domain::team::{Functioning, Intake, Mix, Presence, Seat, SeatOffer, Session, Team, Waiting, WaitingNeed};
use domain::workdays::local_date;
use jiff::{SignedDuration, Timestamp};
use store::{Seen, Tx};
use uuid::Uuid;

use super::mix::{self, MixLine};
use super::offers;
use super::queries::{self, Member};
use super::session_form::{self, SessionFields};
use super::words::{counted, in_form, place, session_href, short_day, span, team_href, when};
use super::{EnrolInput, NewSessions};
use crate::layout::{Choice, Counts, FormError, Frame, Link, Nav, Tag, capitalised, dates};
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
    mix: Option<MixLine>,
    seats: Vec<SeatLine>,
    full: bool,
    /// Seats that somebody was asked about.
    offers: Vec<OfferLine>,
    /// Last day to answer an offer made now.
    answer_on: String,
    /// Said before somebody joins a team that has begun.
    begun: bool,
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

struct OfferLine {
    name: String,
    href: String,
    answer: String,
    /// Too late for a yes.
    over: bool,
    post: String,
}

struct WaitLine {
    number: usize,
    name: String,
    href: String,
    /// Why the citizen stands here.
    reasons: Vec<String>,
    /// What speaks against this team.
    hints: Vec<String>,
    needs: Vec<Choice>,
    intervention: PlannedInterventionId,
    /// Stands first: the press is the primary one.
    first: bool,
}

struct SessionLine {
    number: usize,
    day: String,
    href: String,
    tag: Tag,
    detail: String,
    /// Whether it can be tested at: what was called off cannot.
    tests: bool,
}

/// What the page is read from.
struct Loaded {
    team: Team,
    /// Those with a seat, an offer of one, or a place among the first who wait.
    members: HashMap<PlannedInterventionId, Member>,
    /// The first of those who wait, in their order.
    waiting: Vec<Waiting>,
    /// How many more wait.
    more: usize,
    /// How participants and those who wait function, as far as it is known.
    functioning: HashMap<CitizenId, Functioning>,
    /// How many lead by a competence of their own; asked of teams of training alone.
    professionals: Option<usize>,
}

async fn load(app: &App, caller: &Caller, id: TeamId) -> Result<Loaded, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let team = queries::team(tx, id)?.value;
        let mut waiting = offers::order(&queries::waiting(tx, team.code)?, &team);
        let more = waiting.len().saturating_sub(WAITING);
        waiting.truncate(WAITING);
        let seats = team.enrolled.iter().filter(|seat| !seat.left).map(|seat| seat.intervention);
        let asked = team.open_offers().map(|offer| offer.intervention);
        let shown: Vec<_> = seats.chain(asked).chain(waiting.iter().map(|one| one.intervention)).collect();
        let members = queries::members(tx, &shown)?;
        let known: Vec<CitizenId> = members.values().map(|member| member.citizen.id).collect();
        let functioning = mix::functioning(tx, &known)?;
        let professionals = mix::professionals_in(tx, &team)?;
        let loaded = Loaded { team, members, waiting, more, functioning, professionals };
        let seen: Vec<Uuid> = known.into_iter().map(|citizen| citizen.0).collect();
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
    let new = NewSessions { inputs: sessions.inputs, despite: sessions.despite };
    let made = match super::add_sessions(&app, &caller, team, new).await.map(|added| added.new) {
        Ok(0) => "Holdgangen ligger der allerede.".to_owned(),
        Ok(made) => format!("{} er lagt ind.", counted(made, "holdgang", "holdgange")),
        Err(AppError::Field { field, message, .. }) => {
            let errors = vec![FormError { field, message }];
            let page = page(&app, &caller, &visit, team, Some((&form, errors))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
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
pub(super) async fn refused(
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
    let Loaded { team, members, waiting, more, functioning, professionals } = load(app, caller, id).await?;
    let may = caller.role.may(Permission::TeamWrite);
    let (form, errors) = typed.map_or((None, Vec::new()), |(form, errors)| (Some(form), errors));
    let seats: Vec<&Seat> = team.enrolled.iter().filter(|seat| !seat.left).collect();
    let known = |citizen: CitizenId| functioning.get(&citizen).copied().unwrap_or_default();
    let mix = Mix::of(seats.iter().map(|seat| known(seat.citizen)));
    let held = team.sessions.iter().filter(|s| s.attendance.is_some()).count();
    let take = team.sessions.iter().find(|s| s.attendance.is_none() && s.cancelled.is_none() && s.start <= now);
    let take = take.filter(|_| may && !seats.is_empty());
    let limits = app.organization(caller.organization).await?.settings.limits;
    let offer_first = take.is_none() && !team.sessions.is_empty();
    let next = team.sessions.iter().find(|s| s.start > now && s.cancelled.is_none());
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
        seats_meta: seats_meta(&team, seats.len()),
        mix: mix::line(&mix, &team, professionals),
        offers: team.open_offers().map(|offer| offer_line(offer, id, &members, now)).collect(),
        answer_on: offers::last_day(now, limits.seat_offer_workdays).to_string(),
        begun: next.is_some() && team.intake == Intake::Fixed && team.sessions.iter().any(|s| s.start <= now),
        full: team.free_seats() == 0,
        seats: seats.iter().enumerate().map(|(index, seat)| seat_line(index, seat, &team, &members, now)).collect(),
        more,
        waiting: waiting
            .iter()
            .enumerate()
            .map(|(index, one)| WaitLine {
                hints: mix::hints(&mix, known(one.citizen), team.seats),
                ..wait_line(index, one, name_of(&members, one.intervention), offer_first, limits.start_days, now)
            })
            .collect(),
        code: team.code.label(),
        sessions_meta: match team.sessions.iter().filter(|s| s.cancelled.is_none()).count() {
            0 => String::new(),
            all => format!("{held} af {all} holdt"),
        },
        sessions: team.sessions.iter().enumerate().map(|(index, s)| session_line(index, s, id, now)).collect(),
    })
}

fn name_of(members: &HashMap<PlannedInterventionId, Member>, intervention: PlannedInterventionId) -> String {
    members.get(&intervention).map_or_else(|| "Borger".to_owned(), |member| member.citizen.name.full())
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
        name: name_of(members, seat.intervention),
        href: format!("/borgere/{}", seat.citizen),
        came: match asked.len() {
            0 => "Ikke begyndt".to_owned(),
            all => format!("Mødt {came} af {all}"),
        },
        ended: ended.map(|day| format!("Indsatsen er afsluttet {}", dates::short_day(day, local_date(now)))),
        intervention: seat.intervention,
    }
}

/// "4 optaget · 1 tilbudt · 2 ledige".
fn seats_meta(team: &Team, taken: usize) -> String {
    let offered = match team.open_offers().count() {
        0 => String::new(),
        count => format!("{count} tilbudt · "),
    };
    format!("{taken} optaget · {offered}{} ledige", team.free_seats())
}

fn offer_line(
    offer: &SeatOffer,
    team: TeamId,
    members: &HashMap<PlannedInterventionId, Member>,
    now: Timestamp,
) -> OfferLine {
    let last = local_date(offer.answer_by.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(offer.answer_by));
    let over = offer.ran_out(now);
    OfferLine {
        name: name_of(members, offer.intervention),
        href: format!("/borgere/{}", offer.citizen),
        answer: if over {
            "Svarfristen er udløbet. Pladsen går videre om lidt".to_owned()
        } else {
            format!("Svar senest {}", dates::short_day(last, local_date(now)))
        },
        over,
        post: format!("{}/tilbud/{}", team_href(team), offer.id),
    }
}

fn wait_line(index: usize, one: &Waiting, name: String, primary: bool, start_days: u16, now: Timestamp) -> WaitLine {
    let need = |need: &WaitingNeed| Choice {
        value: need.word().to_owned(),
        label: need.label().to_owned(),
        hint: None,
        selected: *need == one.need,
    };
    let reasons = one.reasons(local_date(now), start_days);
    WaitLine {
        number: index + 1,
        name,
        href: format!("/borgere/{}", one.citizen),
        reasons: reasons.into_iter().map(domain::team::WaitingReason::text).collect(),
        hints: Vec::new(),
        needs: WaitingNeed::ALL.iter().map(need).collect(),
        intervention: one.intervention,
        first: index == 0 && primary,
    }
}

fn session_line(index: usize, session: &Session, team: TeamId, now: Timestamp) -> SessionLine {
    let today = local_date(session.start) == local_date(now);
    let (tag, came) = match &session.attendance {
        _ if session.cancelled.is_some() => (Tag::of("mute", "close", "Aflyst"), None),
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
        detail: format!("kl. {}{}{}", span(session), in_form(session), came.unwrap_or_default()),
        tests: session.cancelled.is_none(),
    }
}
