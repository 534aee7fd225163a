//! One session: `GET` and `POST /hold/{id}/gange/{session}`. Before attendance is taken, everybody on one screen, present
//! until somebody says otherwise; after it, who came and what follows.

use std::collections::{BTreeSet, HashMap, HashSet};

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::codes::InterventionCode;
use domain::encounter::AbsenceReason;
use domain::ids::{CitizenId, PlannedInterventionId, SessionId, TeamId};
use domain::permission::Permission;
use domain::team::{Attendance, Cancellation, Presence, Session, Team};
use jiff::Timestamp;
use store::{Seen, Tx};
use uuid::Uuid;

use super::care::{self, Care};
use super::guest;
use super::queries::{self, FollowUpRow, Member};
use super::taken::{Refused, taken_page};
use super::words::{place_in_row, session_href, team_href, when};
use super::{AttendanceInput, take_attendance};
use crate::citizens::person_header;
use crate::layout::{Choice, Counts, Frame, Link, Nav, Tag, capitalised};
use crate::stopbasen::{self, ClassView, Readings, SmokeView};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "teams/session.html")]
pub(super) struct SessionPage {
    frame: Frame,
    href: String,
    team: Link,
    heading: String,
    facts: String,
    place: Option<String>,
    /// In which form it is held.
    form: &'static str,
    /// Where form and place are changed.
    setting: String,
    problem: Option<String>,
    people: Vec<PersonCard>,
    /// Said instead of the form when attendance cannot be taken now.
    not_now: Option<String>,
    /// Where it is called off, while that can be done.
    cancel: Option<String>,
    /// Where it is given to a guest instructor, while that can be done.
    guest: Option<String>,
    note: String,
    relatives: String,
}

struct PersonCard {
    number: usize,
    citizen: CitizenId,
    name: String,
    needs: Vec<Tag>,
    away: bool,
    regrets: bool,
    /// Why, when it is told.
    reasons: Vec<Choice>,
    /// A line about this one.
    line: String,
    /// What a nicotine class is asked.
    smoke: Option<SmokeView>,
}

/// A session with its team and the people of it.
pub(super) struct Loaded {
    pub(super) team: Team,
    pub(super) session: Session,
    pub(super) members: HashMap<PlannedInterventionId, Member>,
    pub(super) follow_ups: Vec<FollowUpRow>,
    /// Why somebody did not come.
    pub(super) absences: HashMap<CitizenId, AbsenceReason>,
    /// What a nicotine class is asked each time.
    class: Option<ClassView>,
}

impl Loaded {
    /// The person behind a citizen's newest seat.
    pub(super) fn member(&self, citizen: CitizenId) -> Option<&Member> {
        let seat = self.team.enrolled.iter().rev().find(|seat| seat.citizen == citizen)?;
        self.members.get(&seat.intervention)
    }

    /// Whom a page shows.
    fn shown(&self) -> HashSet<Uuid> {
        self.members.values().map(|member| member.citizen.id.0).collect()
    }

    pub(super) fn name(&self, citizen: CitizenId) -> String {
        self.member(citizen).map_or_else(|| "Borger".to_owned(), |member| member.citizen.name.full())
    }
}

pub(super) async fn load(app: &App, caller: &Caller, team: TeamId, session: SessionId) -> Result<Loaded, AppError> {
    let off = app.organization(caller.organization).await?.settings.instruments_off.clone();
    let read = move |tx: &mut Tx<'_>| {
        let loaded = read(tx, team, session, &off)?;
        Ok::<_, AppError>(seen(loaded.shown(), loaded))
    };
    app.store.view(caller.scope("team.attendance", app.now()), read).await
}

/// The same with what to mind about each; refused to somebody to whom the session was not given.
pub(super) async fn load_with_care(
    app: &App,
    caller: &Caller,
    team: TeamId,
    session: SessionId,
    action: &'static str,
) -> Result<(Loaded, HashMap<PlannedInterventionId, Care>), AppError> {
    let off = app.organization(caller.organization).await?.settings.instruments_off.clone();
    let (now, who) = (app.now(), caller.clone());
    let read = move |tx: &mut Tx<'_>| {
        let loaded = read(tx, team, session, &off)?;
        if !who.role.may(Permission::TeamRead) {
            guest::answers_for(&loaded.session, &who, now)?;
        }
        let care = care::read(tx, &loaded.team)?;
        Ok::<_, AppError>(seen(loaded.shown(), (loaded, care)))
    };
    app.store.view(caller.scope(action, now), read).await
}

fn seen<T>(citizens: HashSet<Uuid>, value: T) -> Seen<T> {
    if citizens.is_empty() { Seen::nothing(value) } else { Seen::list(citizens.into_iter().collect(), value) }
}

fn read(tx: &mut Tx<'_>, team: TeamId, session: SessionId, off: &BTreeSet<String>) -> Result<Loaded, AppError> {
    let team = queries::team(tx, team)?.value;
    let session = team.session(session).cloned().map_err(|_| AppError::NotFound("session"))?;
    // Whoever was asked about then, or has a seat now.
    let asked: Option<HashSet<CitizenId>> =
        session.attendance.as_ref().map(|all| all.iter().map(|one| one.citizen).collect());
    let seats = team.enrolled.iter().filter(|seat| match &asked {
        Some(asked) => asked.contains(&seat.citizen),
        None => !seat.left,
    });
    let seats: Vec<_> = seats.map(|seat| seat.intervention).collect();
    let members = queries::members(tx, &seats)?;
    let (mut follow_ups, mut absences) = (Vec::new(), HashMap::new());
    if asked.is_some() {
        (follow_ups, absences) = (queries::follow_ups(tx, session.id)?, queries::absences(tx, session.id)?);
    }
    let asks = team.code == InterventionCode::NicotineCessation && asked.is_none();
    let citizens: Vec<CitizenId> = members.values().map(|member| member.citizen.id).collect();
    let class = if asks { Some(stopbasen::of_class(tx, &citizens, off)?) } else { None };
    Ok(Loaded { team, session, members, follow_ups, absences, class })
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
) -> Result<Response, AppError> {
    let loaded = load(&app, &caller, team.into(), session.into()).await?;
    let frame = visit.frame(Nav::Teams, Counts::default()).await?;
    let may = caller.role.may(Permission::TeamWrite);
    Ok(match &loaded.session.attendance {
        Some(taken) => Page(taken_page(frame, &loaded, taken, None, may, app.now())).into_response(),
        None => Page(page(frame, &loaded, &Typed::default(), may, app.now())).into_response(),
    })
}

/// What was pressed and written.
#[derive(Debug, Default)]
pub(super) struct Typed {
    asked: Vec<CitizenId>,
    pub(super) absent: HashMap<CitizenId, Presence>,
    note: String,
    /// How many relatives came along.
    relatives: String,
    lines: HashMap<CitizenId, String>,
    readings: Readings,
    reasons: HashMap<CitizenId, AbsenceReason>,
}

impl Typed {
    pub(super) fn read(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        let mut why: HashMap<CitizenId, Presence> = HashMap::new();
        let mut missing: Vec<CitizenId> = Vec::new();
        for (name, value) in pairs {
            let citizen = || value.parse().ok().map(CitizenId);
            match name.as_str() {
                "deltager" => typed.asked.extend(citizen()),
                "mangler" => missing.extend(citizen()),
                "paaroerende" => value.trim().clone_into(&mut typed.relatives),
                "note" => value.trim().clone_into(&mut typed.note),
                other if other.starts_with("linje-") => {
                    let of = other.strip_prefix("linje-").and_then(|id| id.parse().ok()).map(CitizenId);
                    typed.lines.extend(of.map(|of| (of, value.trim().to_owned())).filter(|(_, line)| !line.is_empty()));
                }
                other if typed.readings.take(other, &value) => {}
                other if other.starts_with("aarsag-") => {
                    let of = other.strip_prefix("aarsag-").and_then(|id| id.parse().ok()).map(CitizenId);
                    typed.reasons.extend(of.zip(AbsenceReason::parse(&value).ok()));
                }
                _ => {
                    let of = name.strip_prefix("hvorfor-").and_then(|id| id.parse().ok()).map(CitizenId);
                    why.extend(of.zip(Presence::parse(&value).ok()));
                }
            }
        }
        // One press says that somebody stayed away; regrets are one more.
        let presence = |citizen: &CitizenId| match why.get(citizen) {
            Some(Presence::Regrets) => Presence::Regrets,
            _ => Presence::Absent,
        };
        typed.absent = missing.iter().map(|citizen| (*citizen, presence(citizen))).collect();
        typed
    }

    pub(super) fn input(&self) -> Option<AttendanceInput> {
        let one = |(citizen, presence): (&CitizenId, &Presence)| Attendance { citizen: *citizen, presence: *presence };
        Some(AttendanceInput {
            absent: self.absent.iter().map(one).collect(),
            asked: Some(self.asked.clone()),
            class: None,
            note: Some(self.note.clone()).filter(|note| !note.is_empty()),
            // What is no number is too many, and told of.
            relatives: if self.relatives.is_empty() { 0 } else { self.relatives.parse().unwrap_or(u16::MAX) },
            lines: self.lines.clone(),
            readings: self.readings.read(&self.asked)?,
            reasons: self.reasons.clone(),
        })
    }

    /// The reasons to choose between for one, with what was chosen.
    pub(super) fn reasons(&self, citizen: CitizenId) -> Vec<Choice> {
        let choice = |reason: &AbsenceReason| Choice {
            value: reason.word().to_owned(),
            label: reason.label().to_owned(),
            hint: None,
            selected: self.reasons.get(&citizen) == Some(reason),
        };
        AbsenceReason::ALL.iter().map(choice).collect()
    }

    /// Whether a stored attendance says the same.
    pub(super) fn same(&self, taken: &[Attendance]) -> bool {
        let said = |one: &Attendance| self.absent.get(&one.citizen).copied().unwrap_or(Presence::Present);
        taken.len() == self.asked.len() && taken.iter().all(|one| said(one) == one.presence)
    }
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (team, session) = (TeamId(team), SessionId(session));
    let typed = Typed::read(pairs);
    let href = session_href(team, session);
    let done = match typed.input() {
        Some(input) => take_attendance(&app, &caller, team, session, input).await,
        None => Err(AppError::field("co", "out_of_range", "Se på kuliltetallene. Intet er gemt endnu.")),
    };
    let error = match done {
        Ok(came) => {
            let notice = format!("Fremmødet er gemt: {}.", in_words(came, &typed.absent));
            return Ok(visit.done(&href, notice).await?.into_response());
        }
        Err(error @ (AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_))) => return Err(error),
        Err(error) => error,
    };
    let loaded = load(&app, &caller, team, session).await?;
    if let Some(taken) = &loaded.session.attendance {
        // Pressed twice is done; somebody else's is shown with the word that it is not this one.
        if typed.same(taken) {
            return Ok(visit.done(&href, "Fremmødet er gemt.").await?.into_response());
        }
        let text = "Fremmødet var allerede gemt. Det står herunder, som det blev gemt; dine tryk er ikke kommet med.";
        let problem = Refused { of: None, text: text.to_owned() };
        let frame = visit.frame(Nav::Teams, Counts::default()).await?;
        let page = taken_page(frame, &loaded, taken, Some(problem), true, app.now());
        return Ok((StatusCode::CONFLICT, Page(page)).into_response());
    }
    let frame = visit.frame(Nav::Teams, Counts::default()).await?;
    let mut page = page(frame, &loaded, &typed, true, app.now());
    page.problem = Some(error.user_message());
    Ok((error.status(), Page(page)).into_response())
}

/// "6 mødt, 1 afbud, 1 udeblevet".
pub(super) fn in_words(came: usize, absent: &HashMap<CitizenId, Presence>) -> String {
    let count = |presence| absent.values().filter(|one| **one == presence).count();
    let mut parts = vec![format!("{came} mødt")];
    for (count, word) in [(count(Presence::Regrets), "afbud"), (count(Presence::Absent), "udeblevet")] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    parts.join(", ")
}

/// "6. gang af 8 · tirsdag 24. november kl. 10.00–11.30 · Sal 2".
pub(super) fn facts(loaded: &Loaded, now: Timestamp) -> String {
    format!("{} · {}", place_in_row(&loaded.team, loaded.session.id), when(&loaded.session, now))
}

/// "Aflyst: Lokalet kan ikke bruges. I stedet tirsdag 8. december kl. 9.00–10.30."
pub(super) fn cancelled(team: &Team, off: &Cancellation, now: Timestamp) -> String {
    let instead = off.replaced_by.and_then(|id| team.session(id).ok());
    let instead = instead.map(|new| format!(" I stedet {}.", when(new, now))).unwrap_or_default();
    format!("Aflyst: {}.{instead}", off.reason.label())
}

fn page(frame: Frame, loaded: &Loaded, typed: &Typed, may: bool, now: Timestamp) -> SessionPage {
    let Loaded { team, session, .. } = loaded;
    let today = domain::workdays::local_date(now);
    let seats = team.enrolled.iter().filter(|seat| !seat.left).enumerate();
    let card = |(index, seat): (usize, &domain::team::Seat)| PersonCard {
        number: index + 1,
        citizen: seat.citizen,
        name: loaded.name(seat.citizen),
        needs: loaded.member(seat.citizen).map(|m| person_header(&m.citizen, None, today).needs).unwrap_or_default(),
        away: typed.absent.contains_key(&seat.citizen),
        regrets: typed.absent.get(&seat.citizen) == Some(&Presence::Regrets),
        reasons: typed.reasons(seat.citizen),
        line: typed.lines.get(&seat.citizen).cloned().unwrap_or_default(),
        smoke: loaded
            .class
            .as_ref()
            .map(|class| class.person((seat.citizen, loaded.name(seat.citizen), index + 1), &typed.readings, today)),
    };
    let people: Vec<PersonCard> = seats.map(card).collect();
    let not_now = if let Some(off) = &session.cancelled {
        Some(cancelled(team, off, now))
    } else if people.is_empty() {
        Some("Ingen har plads på holdet endnu. Giv plads til borgerne først.".to_owned())
    } else if session.start > now {
        Some(format!("Fremmødet kan tages, når holdgangen er begyndt: {}.", when(session, now)))
    } else if may {
        None
    } else {
        Some("Din rolle kan se holdet, men ikke tage fremmøde.".to_owned())
    };
    SessionPage {
        frame,
        href: session_href(team.id, session.id),
        team: Link::new(team_href(team.id), team.name.clone()),
        heading: team.name.clone(),
        facts: capitalised(&facts(loaded, now)),
        place: team.place_of(session).map(str::to_owned),
        form: session.class.label(),
        setting: format!("{}/form", session_href(team.id, session.id)),
        problem: None,
        people,
        not_now,
        cancel: (may && session.cancelled.is_none()).then(|| format!("{}/aflys", session_href(team.id, session.id))),
        guest: (may && session.cancelled.is_none() && domain::workdays::local_date(session.start) >= today)
            .then(|| format!("{}/gaest", session_href(team.id, session.id))),
        note: typed.note.clone(),
        relatives: typed.relatives.clone(),
    }
}
