//! The teams: `GET /hold`. Today's sessions first, then those whose attendance is missing, then all teams.
//!
//! One query: the teams that are not over, with their sessions.

use askama::Template;
use axum::extract::{Query, State};
use domain::permission::Permission;
use domain::team::{Session, Team};
use domain::workdays::local_date;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use store::{Seen, Tx};

use super::queries;
use super::words::{counted, place, place_in_row, session_href, short_day, span, team_href, when};
use crate::layout::{Counts, Frame, Nav, Tab, Tag, capitalised};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

/// So long a team stands among the current ones after its last session.
const AFTER: SignedDuration = SignedDuration::from_hours(24 * 28);

#[derive(Template)]
#[template(path = "teams/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    may: bool,
    tabs: Vec<Tab>,
    over: bool,
    today: Vec<SessionRow>,
    missing: Vec<SessionRow>,
    teams: Vec<TeamLine>,
}

/// A session with what is to be done about it.
pub(crate) struct SessionRow {
    pub(crate) time: String,
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) what: String,
    pub(crate) place: Option<String>,
    /// Where it is seen what to mind about whom, before class.
    pub(crate) care: Option<String>,
    pub(crate) tag: Option<Tag>,
    pub(crate) press: &'static str,
    pub(crate) primary: bool,
}

struct TeamLine {
    href: String,
    name: String,
    about: &'static str,
    place: Option<String>,
    next: String,
    seats: Tag,
}

/// Which teams.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    visning: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(query): Query<ListQuery>,
) -> Result<Page<ListPage>, AppError> {
    let (now, over) = (app.now(), query.visning == "afsluttede");
    let since = now.saturating_sub(AFTER).unwrap_or(Timestamp::MIN);
    let read = move |tx: &mut Tx<'_>| {
        let teams = if over { queries::over(tx, since)? } else { queries::current(tx, since)? };
        Ok::<_, AppError>(Seen::nothing(teams))
    };
    let teams = app.store.view(caller.scope("team.list", now), read).await?;
    let may = caller.role.may(Permission::TeamWrite);
    let tab =
        |href: &str, label: &str, current| Tab { href: href.to_owned(), label: label.to_owned(), count: None, current };
    let mut today = if over { Vec::new() } else { rows(&teams, may, now, |s| is_today(s, now)) };
    if let Some(next) = today.iter_mut().find(|row| row.press == TAKE) {
        next.primary = true;
    }
    Ok(Page(ListPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        may,
        tabs: vec![tab("/hold", "Aktuelle", !over), tab("/hold?visning=afsluttede", "Afsluttede", over)],
        over,
        today,
        missing: rows(&teams, may, now, |s| {
            s.end < now && s.attendance.is_none() && s.cancelled.is_none() && !is_today(s, now)
        }),
        teams: teams.iter().map(|team| line(team, now)).collect(),
    }))
}

/// Today's sessions of all teams by time, for the start page.
pub(crate) fn today(tx: &mut Tx<'_>, may: bool, now: Timestamp) -> Result<Vec<SessionRow>, AppError> {
    let teams = queries::current(tx, domain::workdays::day_bounds(local_date(now)).0)?;
    Ok(rows(&teams, may, now, |session| is_today(session, now)))
}

fn is_today(session: &Session, now: Timestamp) -> bool {
    local_date(session.start) == local_date(now)
}

const TAKE: &str = "Tag fremmøde";

/// The sessions that fit, by time.
fn rows(teams: &[Team], may: bool, now: Timestamp, fits: impl Fn(&Session) -> bool) -> Vec<SessionRow> {
    let all = teams.iter().flat_map(|team| team.sessions.iter().map(move |session| (team, session)));
    let mut found: Vec<(&Team, &Session)> = all.filter(|(_, session)| fits(session)).collect();
    found.sort_by_key(|(_, session)| session.start);
    found.into_iter().map(|(team, session)| row(team, session, may, now)).collect()
}

fn row(team: &Team, session: &Session, may: bool, now: Timestamp) -> SessionRow {
    let participants = team.enrolled.iter().filter(|seat| !seat.left).count();
    let who = counted(participants, "deltager", "deltagere");
    let open = session.attendance.is_none() && session.cancelled.is_none();
    SessionRow {
        time: if is_today(session, now) {
            span(session)
        } else {
            format!("{} kl. {}", capitalised(&short_day(session, now)), span(session))
        },
        href: session_href(team.id, session.id),
        name: team.name.clone(),
        what: format!("{} · {who}", place_in_row(team, session.id)),
        place: place(team),
        care: (open && participants > 0).then(|| format!("{}/opmaerksom", session_href(team.id, session.id))),
        tag: match (&session.cancelled, &session.attendance) {
            (Some(_), _) => Some(Tag::of("mute", "close", "Aflyst")),
            (None, Some(_)) => Some(Tag::done("Fremmøde gemt")),
            (None, None) => None,
        },
        press: if open && may && participants > 0 && session.start <= now { TAKE } else { "Åbn" },
        primary: false,
    }
}

fn line(team: &Team, now: Timestamp) -> TeamLine {
    let next = team.sessions.iter().find(|s| s.end > now && s.attendance.is_none() && s.cancelled.is_none());
    let free = usize::from(team.free_seats());
    TeamLine {
        href: team_href(team.id),
        name: team.name.clone(),
        about: team.code.label(),
        place: place(team),
        next: match (next, team.sessions.last()) {
            (Some(next), _) => capitalised(&when(next, now)),
            (None, Some(last)) => format!("Sidste gang var {}", when(last, now)),
            (None, None) => "Ingen holdgange endnu".to_owned(),
        },
        seats: match free {
            0 => Tag::of("mute", "teams", "Fuldt"),
            _ => Tag::of("ok", "teams", format!("{} af {}", counted(free, "ledig", "ledige"), team.seats)),
        },
    }
}
