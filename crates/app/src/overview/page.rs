//! The start page: what is shown to whom, in which order.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::calendar::Period;
use domain::ids::UserId;
use domain::permission::{Permission, Role};
use domain::workdays::{day_bounds, local_date};
use jiff::Timestamp;
use store::{Seen, StoreError, Tx};
use uuid::Uuid;

use super::calls::{self, CallLine};
use super::queries::{self, Panel, Reader, Requests, Tasks};
use super::rows::{TaskPanel, Today, counted};
use super::side::{self, DayRow, Nothing, PromiseRow};
use super::waiting::{self, Promises, WaitLine};
use crate::calendar::{self, AppointmentRow};
use crate::layout::{Counts, Frame, Link, Nav, capitalised, dates, first_page};
use crate::reporting::{self, Refusals};
use crate::teams::{self, SessionRow};
use crate::web::{Page, Routes, Visit};
use crate::{App, AppError, Caller};

/// The route of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/", Permission::OwnSession, show)
}

#[derive(Template)]
#[template(path = "overview/overview.html")]
struct OverviewPage {
    frame: Frame,
    heading: String,
    facts: String,
    figures: Vec<Figure>,
    may_register: bool,
    /// For a leader, by owner.
    promises: Option<Vec<PromiseRow>>,
    /// Today's classes: attendance is one press away.
    teams: Vec<SessionRow>,
    panels: Vec<TaskPanel>,
    /// For everybody else, their own talks.
    day: Option<Vec<DayRow>>,
    /// Whoever holds talks has them first, also on a phone.
    day_first: bool,
    nothing: Nothing,
}

/// A number that leads to its list.
struct Figure {
    count: usize,
    kind: &'static str,
    icon: &'static str,
    href: &'static str,
    label: &'static str,
    says: String,
}

/// What the queries gave: four, and one each for who reads teams, for a coordinator and for who reports.
struct Overview {
    tasks: Tasks,
    requests: Requests,
    waits: Panel<WaitLine>,
    beside: Beside,
    teams: Vec<SessionRow>,
    /// Whom a coordinator rings to today.
    calls: Option<Panel<CallLine>>,
    /// What the state refused, for who reports.
    refusals: Option<Refusals>,
}

/// A leader looks after promises; everybody else has a day of their own.
enum Beside {
    Promises(Vec<Promises>),
    Day(Vec<AppointmentRow>),
}

async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Response, AppError> {
    // The page is about citizens; roles that open no records start on the first page that is theirs.
    if !caller.role.may(Permission::ReferralRead) {
        let page = first_page(caller.role).ok_or(AppError::Forbidden(Permission::ReferralRead.word()))?;
        return Ok(Redirect::to(page).into_response());
    }
    let now = app.now();
    let (user, role) = (caller.user, caller.role);
    let (reads, writes) = (role.may(Permission::TeamRead), role.may(Permission::TeamWrite));
    let seen = app.store.view(caller.scope("overview", now), move |tx| {
        let teams = if reads { teams::today(tx, writes, now)? } else { Vec::new() };
        let overview = read(tx, user, role, now, teams)?;
        let shown = shown(&overview);
        Ok::<_, AppError>(if shown.is_empty() { Seen::nothing(overview) } else { Seen::list(shown, overview) })
    });
    let overview = seen.await?;
    let limits = app.organization(caller.organization).await?.settings.limits;
    let counts = Counts { referrals: Some(overview.requests.new.total), ..Counts::default() };
    let frame = visit.frame(Nav::Overview, counts).await?;
    Ok(Page(page(frame, overview, role, &Today { now, limits: &limits })).into_response())
}

/// Whoever takes in and leads sees everybody's work; whoever holds talks sees their own.
const fn takes_in(role: Role) -> bool {
    matches!(role, Role::Visitator | Role::Leader)
}

fn read(
    tx: &mut Tx<'_>,
    user: UserId,
    role: Role,
    now: Timestamp,
    teams: Vec<SessionRow>,
) -> Result<Overview, StoreError> {
    let today = local_date(now);
    let calls = role == Role::Coordinator;
    let reader = Reader { user: user.0, everybodys: takes_in(role), intake: role == Role::Visitator, calls };
    let beside = if role == Role::Leader {
        Beside::Promises(waiting::promises(tx, today)?)
    } else {
        let (start, end) = day_bounds(today);
        Beside::Day(calendar::appointments(tx, Period { start, end }, Some(user))?)
    };
    Ok(Overview {
        tasks: queries::tasks(tx, reader, today)?,
        requests: queries::requests(tx, now)?,
        waits: waiting::waits(tx, reader, today)?,
        beside,
        teams,
        calls: if calls { Some(calls::calls(tx, user.0, today)?) } else { None },
        refusals: role.may(Permission::Report).then(|| reporting::refusals(tx, now)).transpose()?,
    })
}

/// Whom the page shows, each once.
fn shown(overview: &Overview) -> Vec<Uuid> {
    let Overview { tasks, requests, waits, beside, calls, .. } = overview;
    let tasks = tasks.late.lines.iter().chain(&tasks.mine.lines).filter_map(|line| line.person.as_ref());
    let requests = requests.new.lines.iter().chain(&requests.bare.lines).filter_map(|line| line.person.as_ref());
    let waits = waits.lines.iter().filter_map(|line| line.person.as_ref());
    let day = if let Beside::Day(times) = beside { times.as_slice() } else { &[] };
    let calls = calls.iter().flat_map(|panel| &panel.lines).map(|line| &line.person);
    let people = tasks.chain(requests).chain(waits).chain(calls).map(|person| person.id);
    let mut all: Vec<Uuid> = people.chain(day.iter().map(|time| time.citizen.0)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn page(frame: Frame, overview: Overview, role: Role, today: &Today<'_>) -> OverviewPage {
    let day = local_date(today.now);
    let Overview { tasks, requests, waits, beside, teams, calls, refusals } = overview;
    let facts = format!(
        "{} · {} over fristen, {} på din liste. Ældste frist står øverst.",
        dates::week(day),
        counted(tasks.late.total, "opgave", "opgaver"),
        tasks.mine.total
    );
    let (promises, own_day) = match beside {
        Beside::Promises(owners) => (Some(side::promises(owners, today.now)), None),
        Beside::Day(times) => (None, Some(side::day(&times, today.now))),
    };
    OverviewPage {
        frame,
        heading: capitalised(&dates::long_day(day, day)),
        facts,
        figures: figures(&tasks, &requests, &waits, refusals, role),
        may_register: role.may(Permission::ReferralWrite),
        promises,
        teams,
        nothing: side::nothing_forgotten(&requests),
        panels: panels(Lists { tasks, requests, waits, calls }, role, today),
        day: own_day,
        day_first: !takes_in(role),
    }
}

fn figures(
    tasks: &Tasks,
    requests: &Requests,
    waits: &Panel<WaitLine>,
    refusals: Option<Refusals>,
    role: Role,
) -> Vec<Figure> {
    let figure = |count, (kind, icon), href, label, says| {
        let kind = if count == 0 { "none" } else { kind };
        Figure { count, kind, icon, href, label, says: String::from(says) }
    };
    let late = match role {
        Role::Leader => "Hos alle kolleger",
        Role::Visitator => "Lederen kan se dem",
        _ => "Dine opgaver",
    };
    let mut all = vec![
        figure(tasks.late.total, ("late", "late"), "#over", "Over fristen", late),
        figure(tasks.today, ("soon", "soon"), "#mine", "Frist i dag", "På din liste"),
    ];
    if takes_in(role) {
        all.push(figure(requests.new.total, ("new", "new"), "#nye", "Nye", "Ingen har læst dem"));
    }
    all.push(figure(waits.total, ("wait", "wait"), "#venter", "Venter på andre", "Svar fra borger eller modtager"));
    if let Some(refusals) = refusals {
        let says = refusals.says();
        let line = figure(refusals.overdue, ("late", "error"), "/indberetning", "Afviste indberetninger", "");
        all.push(Figure { says, ..line });
    }
    all
}

/// The lists of the page.
struct Lists {
    tasks: Tasks,
    requests: Requests,
    waits: Panel<WaitLine>,
    calls: Option<Panel<CallLine>>,
}

fn panels(Lists { tasks, requests, waits, calls }: Lists, role: Role, today: &Today<'_>) -> Vec<TaskPanel> {
    const TASKS: (&str, &str) = ("opgave", "opgaver");
    let mine = if role == Role::Visitator { "Mine og modtagelsens opgaver" } else { "Mine opgaver" };
    let mut panels = Vec::new();
    if let Some(calls) = calls {
        let words = ("ring", "Ring i dag", "Der er ingen at ringe til i dag.");
        let mut panel = today.panel(words, calls, ("opkald", "opkald"), None, Today::call);
        panel.more = Some(Link::new("/opfoelgninger", "Se alle aftalte opfølgninger"));
        panels.push(panel);
    }
    // What has no next step cannot hide: everybody sees it, and first.
    if requests.bare.total > 0 {
        let words = ("uden", "Uden næste skridt", "");
        panels.push(today.panel(words, requests.bare, ("række", "rækker"), Some("/henvisninger"), Today::bare));
    }
    let late = ("over", "Over fristen", "Ingen opgaver er over fristen.");
    panels.push(today.panel(late, tasks.late, TASKS, Some("/henvisninger?visning=over-fristen"), Today::task));
    let own = ("mine", mine, "Du er igennem dine opgaver.");
    panels.push(today.panel(own, tasks.mine, TASKS, Some("/henvisninger?visning=aabne&ansvar=mig"), Today::task));
    if takes_in(role) {
        let new = ("nye", "Nye henvisninger", "Alle henvisninger er læst.");
        let rest = Some("/henvisninger?visning=nye");
        panels.push(today.panel(new, requests.new, ("henvisning", "henvisninger"), rest, Today::new_request));
    }
    let waiting = ("venter", "Venter på andre", "Du venter ikke på svar fra nogen.");
    panels.push(today.panel(waiting, waits, ("række", "rækker"), Some("/henvisninger"), Today::wait));
    if let Some(first) = panels.iter_mut().flat_map(|panel| panel.tasks.iter_mut()).next() {
        first.primary = true;
    }
    panels
}
